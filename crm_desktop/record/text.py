"""Texts for people: written once in English, translated only where they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from crm_desktop.record.catalogue import Catalogue
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


def listed(words: Sequence[Text]) -> Text:
    """Several words as one, each translated by itself."""
    out = words[0] if words else Text("nobody")
    for more in words[1:]:
        out = Text("{first}, {second}", first=out, second=more)
    return out


class Refused(Exception):
    """Something that cannot be done, with the sentence that tells a person why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return say(self.text)


def in_words(error: Exception) -> Exception:
    """An error of the server that has a sentence, as the sentence; any other as it is."""
    words = getattr(error, "text", None)
    if words is None or isinstance(error, Refused):
        return error
    refused = Refused(words)
    refused.__cause__ = error
    return refused


class _Speech:
    language = "en"
    catalogue = Catalogue()


def use(language: str) -> None:
    """Choose the language of everything said from now on; an unknown one means English."""
    _Speech.language = language if language in LANGUAGES else "en"
    _Speech.catalogue = _catalogue(_Speech.language)


@lru_cache(2)
def _catalogue(language: str) -> Catalogue:
    path = resource("locale") / language / "LC_MESSAGES" / "crm.mo"
    return Catalogue(path.read_bytes() if path.exists() else b"")


def both(text: Text) -> tuple[str, str]:
    """A label without values in English and in Chinese, whatever language is in use."""
    return (text.source, text.chinese if isinstance(text, Own) else _catalogue(LANGUAGES[0]).said(text.source))


def language() -> str:
    """The language in use: `zh_CN` or `en`."""
    return _Speech.language


def say(text: Text | str) -> str:
    """The words of a text in the language in use; a plain string is data and stays as it is."""
    if isinstance(text, str):
        return text
    if isinstance(text, Own):
        return text.chinese if _Speech.language == LANGUAGES[0] else text.source
    words = _Speech.catalogue.said(text.source) if text.source else ""
    if not text.args:
        return words
    return words.format(**{k: say(v) if isinstance(v, Text) else v for k, v in text.args.items()})


def say_in(text: Text | str, language: str) -> str:
    """The words of a text in a language that need not be the one in use: `zh_CN` or `en`."""
    if isinstance(text, str):
        return text
    chinese = language == LANGUAGES[0]
    if isinstance(text, Own):
        return text.chinese if chinese else text.source
    words = _catalogue(LANGUAGES[0]).said(text.source) if chinese and text.source else text.source
    if not text.args:
        return words
    return words.format(**{name: say_in(value, language) if isinstance(value, Text) else value for name, value in text.args.items()})
