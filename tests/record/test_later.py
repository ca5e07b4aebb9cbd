"""What is only named at a start is right when it is used, and the catalogue says what the standard library would say."""

from __future__ import annotations

import gettext
import pkgutil
import re
import sys
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crm_desktop
from crm_desktop.record.catalogue import Catalogue
from crm_desktop.record.later import _Pattern, later, pattern
from crm_desktop.record.places import resource

PATH = resource("locale") / "zh_CN" / "LC_MESSAGES" / "crm.mo"
OURS = Catalogue(PATH.read_bytes())
with PATH.open("rb") as file:
    KNOWN = gettext.GNUTranslations(file)


def _named() -> list[_Pattern]:
    """Every pattern of every room below the windows, also those in lists."""
    for module in pkgutil.walk_packages(crm_desktop.__path__, "crm_desktop."):
        if module.name.split(".")[-1].startswith(("rules", "records")) or module.name.startswith("crm_desktop.record."):
            import_module(module.name)
    out: list[Any] = []
    for name, found in list(sys.modules.items()):
        if name.startswith("crm_desktop."):
            for value in vars(found).values():
                out += value if isinstance(value, list | tuple) else [value]
    return [value for value in out if isinstance(value, _Pattern)]


def test_every_pattern_compiles() -> None:
    found = _named()
    assert len(found) > 30
    for each in found:
        assert each.sub("", "") == ""


def test_a_pattern_is_a_pattern_at_its_first_use() -> None:
    made = pattern(r"(\d+)([a-z])", re.IGNORECASE)
    assert [found.groups() for found in made.finditer("12A 3b")] == [("12", "A"), ("3", "b")]
    assert made.fullmatch("12A 3b") is None
    with pytest.raises(re.error):
        pattern("(").match("")


def test_a_function_is_called_where_it_is() -> None:
    assert later("crm_desktop.record.dates:add_days")("2026-11-30", 1) == "2026-12-01"
    with pytest.raises(AttributeError):
        later("crm_desktop.record.dates:nothing")()


def test_the_catalogue_says_what_the_standard_reader_says() -> None:
    messages = [message for message in KNOWN._catalog if isinstance(message, str) and message]  # type: ignore[attr-defined]
    assert len(messages) > 4_000
    assert [OURS.said(message) for message in messages] == [KNOWN.gettext(message) for message in messages]


@given(st.text(max_size=40))
def test_words_nobody_translated_stay_as_they_are(words: str) -> None:
    assert not words or OURS.said(words) == KNOWN.gettext(words)
    assert Catalogue().said(words) == words


def test_what_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="catalogue"):
        Catalogue(b"\0" * 40)
