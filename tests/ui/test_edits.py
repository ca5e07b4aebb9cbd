from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.ui.edits import Edit, GridDelegate, LongEdit

Compose = Callable[[QObject, str, str], None]
KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_Tab, Qt.Key.Key_Escape,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Backspace,
)  # fmt: skip


class Ear(QObject):
    """Counts what was heard."""

    told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def word(self, text: str) -> None:
        self.heard.append(text)

    def entered(self) -> None:
        self.heard.append("<enter>")

    def changed(self) -> None:
        self.heard.append("<typed>")


class Page(QWidget):
    """A page with shortcuts a person might hit while composing."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.ear = Ear()
        self.other = Edit(self)
        for key in ("Return", "F2", "Ctrl+S", "Ctrl+Return", "Escape", "Alt+Left"):
            QShortcut(QKeySequence(key), self).activated.connect(self.ear.entered)
        self.box = QVBoxLayout(self)
        self.box.addWidget(self.other)
        qtbot.addWidget(self)

    def show_with(self, qtbot: QtBot, widget: QWidget) -> None:
        self.box.insertWidget(0, widget)
        self.show()
        self.activateWindow()
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def press_everything(widget: QWidget) -> None:
    for key in KEYS:
        QTest.keyClick(widget, key)
    QTest.keyClick(widget, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_a_line_reports_only_what_was_committed(qtbot: QtBot, page: Page, compose: Compose) -> None:
    edit = Edit()
    page.show_with(qtbot, edit)
    edit.typed.connect(page.ear.word)
    edit.entered.connect(page.ear.entered)
    compose(edit, "wang", "")
    assert edit.composing
    press_everything(edit)
    assert page.ear.heard == []
    assert edit.hasFocus()
    compose(edit, "", "王")
    assert page.ear.heard == ["王"]
    assert not edit.composing


def test_return_is_heard_after_the_composition(qtbot: QtBot, page: Page, compose: Compose) -> None:
    edit = Edit()
    edit.entered.connect(page.ear.entered)
    qtbot.addWidget(edit)
    edit.show()
    compose(edit, "li", "")
    compose(edit, "", "李")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Enter)
    assert page.ear.heard == ["<enter>"] * 2
    assert edit.text() == "李"


def test_shortcuts_work_when_nothing_is_composed(qtbot: QtBot, page: Page) -> None:
    edit = Edit()
    page.show_with(qtbot, edit)
    QTest.keyClick(edit, Qt.Key.Key_F2)
    QTest.keyClick(edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(page.ear.heard) == 2


def test_a_composition_given_up_over_a_selection_is_told(qtbot: QtBot, compose: Compose) -> None:
    edit, ear = Edit(), Ear()
    qtbot.addWidget(edit)
    edit.setText("王小明")
    edit.typed.connect(ear.word)
    edit.show()
    edit.selectAll()
    compose(edit, "li", "")
    assert ear.heard == []
    compose(edit, "", "")
    assert ear.heard == [""]


def test_set_text_is_not_typing(qtbot: QtBot) -> None:
    edit, ear = Edit(), Ear()
    qtbot.addWidget(edit)
    edit.typed.connect(ear.word)
    edit.setText("王")
    assert ear.heard == []
    QTest.keyClicks(edit, "x")
    assert ear.heard == ["王x"]


def test_leaving_ends_the_composition(qtbot: QtBot, page: Page, compose: Compose) -> None:
    edit = Edit()
    page.show_with(qtbot, edit)
    compose(edit, "wang", "")
    page.other.setFocus()
    qtbot.waitUntil(page.other.hasFocus)
    assert not edit.composing


def test_a_text_box_keeps_the_same_discipline(qtbot: QtBot, page: Page, compose: Compose) -> None:
    box = LongEdit()
    page.show_with(qtbot, box)
    box.typed.connect(page.ear.changed)
    box.setPlainText("早到")
    assert page.ear.heard == []
    compose(box, "wan", "")
    press_everything(box)
    assert (page.ear.heard, box.toPlainText(), box.hasFocus()) == ([], "早到", True)
    compose(box, "", "晚")
    assert page.ear.heard == ["<typed>"]
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.toPlainText() == "晚\n早到"


def test_tab_leaves_a_text_box(qtbot: QtBot, page: Page) -> None:
    box = LongEdit()
    page.show_with(qtbot, box)
    QTest.keyClick(box, Qt.Key.Key_Tab)
    qtbot.waitUntil(page.other.hasFocus)


def test_a_grid_keeps_a_composition_in_its_cell(qtbot: QtBot, page: Page, compose: Compose) -> None:
    view, model = QTableView(), QStandardItemModel(2, 1)
    model.setItem(0, 0, QStandardItem("早餐"))
    view.setModel(model)
    view.setItemDelegate(GridDelegate(view))
    page.show_with(qtbot, view)
    index = model.index(0, 0)
    view.setCurrentIndex(index)
    view.edit(index)
    edit = view.findChild(Edit)
    assert isinstance(edit, Edit)
    assert edit.text() == "早餐"
    edit.selectAll()
    compose(edit, "wan", "")
    press_everything(edit)
    assert view.state() == QTableView.State.EditingState
    assert (model.data(index), page.ear.heard) == ("早餐", [])
    compose(edit, "", "晚餐")
    QTest.keyClick(edit, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: model.data(index) == "晚餐")
