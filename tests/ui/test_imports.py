"""The question PySide6 asks of every module is answered for the program's own, and asked on for the others."""

from __future__ import annotations

import sys
import types

import PySide6.QtCore
import pytest

from crm_desktop.ui import imports


@pytest.fixture
def feature(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """Where PySide6 asks, as it was before."""
    found = sys.modules["shibokensupport.feature"]
    monkeypatch.setattr(found, imports.ASKED, getattr(found, imports.ASKED))
    return found


def test_own_modules_are_known_and_others_are_read(feature: types.ModuleType) -> None:
    imports.hurry()
    imports.hurry()
    asked = getattr(feature, imports.ASKED)
    assert asked(types.ModuleType("crm_desktop.ui.nothing"))  # it has no source at all
    assert not asked(types.ModuleType("somebody.elses"))
    assert asked(sys.modules[__name__])  # by its source, which says PySide6
    assert PySide6.QtCore.__name__ in sys.modules


def test_where_it_is_not_asked_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "shibokensupport.feature")
    imports.hurry()
