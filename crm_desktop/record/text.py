"""Texts for people: written once in English, translated only where they are shown."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from crm_desktop.record.places import resource

LANGUAGES = ("zh_CN", "en")


class Text:
    """A sentence or label with its values; `say` gives it in the language in use."""

    __slots__ = ("args", "source")

    def __init__(self, source: str, /, **args: object) -> None:
        self.source = source
        self.args = args

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.source, self.args) == (other.source, other.args)

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Text({self.source!r}{''.join(f', {k}={v!r}' for k, v in self.args.items())})"

    def __str__(self) -> str:
        return say(self)


class Own(Text):
    """Words a hotel gave itself, in English and Chinese: no catalogue knows them."""

    __slots__ = ("chinese",)

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own) and (self.source, self.chinese) == (other.source, other.chinese)

    def __hash__(self) -> int:
        return hash(self.source)


class Refused(Exception):
    """Something that cannot be done, with the sentence that tells a person why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return say(self.text)


class _Speech:
    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Choose the language of everything said from now on; an unknown one means English."""
    _Speech.language = language if language in LANGUAGES else "en"
    path = resource("locale") / _Speech.language / "LC_MESSAGES" / "crm.mo"
    _Speech.catalogue = _read(path) if path.exists() else gettext.NullTranslations()


def _read(path: Path) -> gettext.NullTranslations:
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


@lru_cache(1)
def _chinese() -> gettext.NullTranslations:
    path = resource("locale") / LANGUAGES[0] / "LC_MESSAGES" / "crm.mo"
    return _read(path) if path.exists() else gettext.NullTranslations()


def both(text: Text) -> tuple[str, str]:
    """A label without values in English and in Chinese, whatever language is in use."""
    return (text.source, text.chinese if isinstance(text, Own) else _chinese().gettext(text.source))


def language() -> str:
    """The language in use: `zh_CN` or `en`."""
    return _Speech.language


def say(text: Text | str) -> str:
    """The words of a text in the language in use; a plain string is data and stays as it is."""
    if isinstance(text, str):
        return text
    if isinstance(text, Own):
        return text.chinese if _Speech.language == LANGUAGES[0] else text.source
    words = _Speech.catalogue.gettext(text.source) if text.source else ""
    if not text.args:
        return words
    return words.format(**{k: say(v) if isinstance(v, Text) else v for k, v in text.args.items()})
