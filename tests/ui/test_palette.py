"""The palette: everything by its Chinese name, pinyin, initials or English; freed when it closes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.record.text import Text
from crm_desktop.ui import commands
from crm_desktop.ui.commands import Command, Finder, remember
from crm_desktop.ui.palette import Overlay, Palette


class Notes:
    """What was run."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def one(self) -> None:
        self.ran.append("one")

    def two(self) -> None:
        self.ran.append("two")

    def three(self) -> None:
        self.ran.append("three")


@pytest.fixture
def notes() -> Notes:
    """A notebook."""
    return Notes()


@pytest.fixture
def offered(notes: Notes) -> list[Command]:
    """Three commands, two of them with Chinese names, once their readings are known."""
    commands.load_readings()
    return [
        Command(Text("Maintenance plans"), notes.one, "F7"),
        Command(Text("Go to {page}", page=Text("Stays")), notes.two, "Ctrl+3", ("住店", "bookings")),
        Command(Text("Export"), notes.three, "", ("导出", "excel")),
    ]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window to lie over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("维护", "one"), ("weihu", "one"), ("wh", "one"), ("khwh", "one"), ("Maint", "one"), ("plans", "one"), ("计划", "one"),
        ("住店", "two"), ("zdjl", "two"), ("zhudian", "two"), ("stay", "two"), ("book", "two"), ("go stay", "two"),
        ("daochu", "three"), ("dc", "three"), ("EXCEL", "three"), ("port", "three"), ("住", "two"),
    ],
)  # fmt: skip
def test_found_by_any_of_its_words(offered: list[Command], notes: Notes, typed: str, found: str) -> None:
    first = Finder(offered).find(typed)[0]
    first.run()
    assert notes.ran == [found]


def test_words_nobody_has_find_nothing(offered: list[Command]) -> None:
    assert Finder(offered).find("qqq") == []
    assert Finder(offered).find("？") == []
    assert len(Finder(offered).find("  ")) == 3


def test_those_used_last_come_first(offered: list[Command]) -> None:
    assert Finder(offered, ["Export"]).find("")[0].name == "Export"
    assert remember(["a", "b"], "b") == ["b", "a"]
    assert len(remember([str(n) for n in range(20)], "x")) == commands.REMEMBERED


def test_typing_choosing_and_running(window: QWidget, offered: list[Command], notes: Notes, qtbot: QtBot) -> None:
    palette = Palette(window, offered)
    palette.open()
    qtbot.keyClicks(palette.edit, "export")
    assert palette.list.titles() == ["Export"]
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.ran == ["three"])


def test_arrows_go_round(window: QWidget, offered: list[Command], qtbot: QtBot) -> None:
    palette = Palette(window, offered)
    palette.open()
    rows = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Up,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    ):
        qtbot.keyClick(palette.edit, key)
        rows.append(palette.list.currentRow())
    assert rows == [1, 2, 0, 2, 0, 2]
    palette.close()


def test_it_is_as_high_as_what_it_shows(window: QWidget, offered: list[Command]) -> None:
    palette = Palette(window, offered)
    palette.open()
    three = palette.panel.height()
    palette.edit.setText("export")
    assert palette.panel.height() < three
    palette.edit.setText("nothing has this")
    assert palette.none.isVisible()
    assert palette.panel.height() < 120
    window.resize(800, 300)
    assert palette.geometry() == window.rect()
    palette.close()


def test_esc_closes_and_gives_the_keyboard_back(window: QWidget, offered: list[Command], qtbot: QtBot) -> None:
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setFocus()
    palette = Palette(window, offered)
    palette.open()
    qtbot.keyClick(palette.edit, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is palette.edit
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window
    assert window.findChildren(Overlay) == []


def test_a_click_beside_it_closes(window: QWidget, offered: list[Command], qtbot: QtBot) -> None:
    palette = Palette(window, offered)
    palette.open()
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.panel.geometry().center())
    assert palette.isVisible()
    with qtbot.waitSignal(palette.destroyed):
        qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomRight())


def test_a_click_on_a_line_runs_it(window: QWidget, offered: list[Command], notes: Notes, qtbot: QtBot) -> None:
    palette = Palette(window, offered)
    palette.open()
    place = palette.list.visualItemRect(palette.list.item(1)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: notes.ran == ["two"])


def test_return_while_composing_runs_nothing(
    window: QWidget, offered: list[Command], notes: Notes, qtbot: QtBot
) -> None:
    palette = Palette(window, offered)
    palette.open()
    QApplication.sendEvent(palette.edit, QInputMethodEvent("wei", []))
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    qtbot.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert notes.ran == []
    assert palette.isVisible()
    QApplication.sendEvent(palette.edit, QInputMethodEvent("", []))
    palette.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
