"""When the hint about typing Chinese is due, and that it goes for good."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.app import Program
from crm_desktop.desk.settings import INPUT_HINT, Settings
from crm_desktop.record.text import say, use
from crm_desktop.ui import input_method
from crm_desktop.ui.input_method import INSTALL, contexts, hint

WHEELS = ("ibus", "compose")  # what comes with Qt for Python
PATIENCE = 20_000


@pytest.mark.parametrize(
    ("platform", "environment", "there", "programs", "words"),
    [
        ("xcb", {}, WHEELS, (), "im-config -n ibus"),
        ("xcb", {"QT_IM_MODULE": ""}, WHEELS, ("ibus",), "im-config -n ibus"),
        ("xcb", {"QT_IM_MODULE": "xim"}, WHEELS, (), "im-config -n ibus"),
        ("xcb", {"QT_IM_MODULE": "compose"}, WHEELS, (), "im-config -n ibus"),
        ("xcb", {"QT_IM_MODULE": "fcitx"}, WHEELS, ("fcitx5",), "no part for fcitx"),
        ("xcb", {"QT_IM_MODULE": "fcitx5"}, WHEELS, ("fcitx5",), "QT_IM_MODULE=ibus"),
        ("xcb", {"QT_IM_MODULE": "fcitx5"}, (*WHEELS, "fcitx5"), ("fcitx5",), None),
        ("xcb", {"QT_IM_MODULE": "fcitx"}, (*WHEELS, "fcitx5"), ("fcitx5",), None),
        ("xcb", {"QT_IM_MODULE": "ibus"}, WHEELS, ("ibus-daemon",), None),
        ("xcb", {"QT_IM_MODULE": "IBus"}, WHEELS, ("ibus",), None),
        ("xcb", {"QT_IM_MODULE": "ibus"}, WHEELS, ("fcitx5",), None),
        ("xcb", {"QT_IM_MODULE": "ibus"}, WHEELS, (), "ibus is set up but not installed"),
        ("xcb", {"QT_IM_MODULE": "ibus"}, (), ("ibus",), "no part for ibus"),
        ("xcb", {"QT_IM_MODULES": "wayland;fcitx;ibus", "QT_IM_MODULE": "fcitx"}, WHEELS, ("ibus",), None),
        ("xcb", {"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "ibus"}, WHEELS, ("ibus",), "no part for fcitx"),
        ("xcb", {"QT_IM_MODULES": "wayland"}, WHEELS, (), "im-config -n ibus"),
        ("wayland", {}, WHEELS, (), None),
        ("offscreen", {}, WHEELS, (), None),
        ("windows", {}, (), (), None),
        ("cocoa", {}, (), (), None),
    ],
)
def test_when_it_is_due(platform: str, environment: dict[str, str], there: tuple[str, ...], programs: tuple[str, ...], words: str | None) -> None:
    found = hint(platform, environment, there, programs)
    assert (found is None) == (words is None)
    assert words is None or (found is not None and words in say(found))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the plugins of Linux")
def test_the_parts_of_this_qt_are_seen() -> None:
    assert set(WHEELS) <= contexts()


@pytest.fixture
def without(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Opens the program where no Chinese can be typed."""
    monkeypatch.setattr(input_method, "LOOK_AFTER", 0)
    monkeypatch.setattr(input_method, "hint", lambda *_: INSTALL)
    monkeypatch.setattr(sys, "platform", "linux")
    running: list[Program] = []

    def one(language: str) -> Program:
        use(language)
        running.append(Program(tmp_path / "data" / "crm.db", Settings()))
        running[-1].window.show()
        return running[-1]

    yield one
    for each in running:
        if each.window is not None:
            each.close()


def test_it_is_said_once_where_chinese_is_spoken(without: Any, qtbot: Any) -> None:
    program = without("zh_CN")
    qtbot.waitUntil(lambda: program.window.strips.strip("typing") is not None, timeout=PATIENCE)
    strip = program.window.strips.strip("typing")
    assert "ibus" in strip.words.text()
    strip.close_button.setFocus()
    QTest.keyClick(strip.close_button, Qt.Key.Key_Space)
    assert program.window.strips.strip("typing") is None
    assert Settings().get(INPUT_HINT)
    program.close()
    program.window = None
    again = without("zh_CN")
    qtbot.wait(50)
    assert again.window.strips.strip("typing") is None


def test_english_speakers_are_not_asked_to_install_anything(without: Any, qtbot: Any) -> None:
    program = without("en")
    qtbot.wait(50)
    assert program.window.strips.strip("typing") is None
