"""Many rows at once in the window: selected with the keyboard, changed in one panel, taken back by one undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from crm_desktop.desk.rights import Sighted
from crm_desktop.record import rights
from crm_desktop.record.rights import Hat, Rights
from crm_desktop.record.text import Refused
from crm_desktop.ui import list_view
from crm_desktop.ui.mass_edit import MassEdit
from tests.samples import ACCOUNT, PERSON
from tests.ui.lodge import Lodge

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def accounts(lodge: Lodge, count: int = 4) -> list[int]:
    return [lodge.add(ACCOUNT, name=f"澄籁{n}号有限公司", level="C", code=f"C{n}") for n in range(count)]


def opened(lodge: Lodge, key: str, spoken: str, rows: int) -> Any:
    lodge.open(spoken)
    page = lodge.page(key)
    lodge.wait(lambda: page.list.model.rowCount() == rows and page.list.isVisible())
    page.list.view.setFocus()
    return page


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_selected_rows_get_one_value(lodge: Lodge, spoken: str) -> None:
    accounts(lodge)
    page = opened(lodge, "accounts", spoken, 4)
    view = page.list.view
    view.selectRow(0)
    assert not page.tools.change_link.isVisible()
    for _ in range(2):
        lodge.qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    lodge.wait(lambda: page.tools.change_link.isVisible())
    lodge.qtbot.keyClick(view, Qt.Key.Key_D, CTRL)
    lodge.wait(lambda: lodge.window.findChild(MassEdit) is not None)
    panel = lodge.window.findChild(MassEdit)
    panel.choice.setCurrentIndex(panel.choice.findData("level"))
    panel.choice.activated.emit(panel.choice.currentIndex())
    lodge.qtbot.keyClick(panel.choice, Qt.Key.Key_Tab)
    assert panel.editor.hasFocus()
    panel.editor.set_value("A")
    lodge.qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from account where level = 'A'") == 3)
    lodge.wait(lambda: lodge.window.findChild(MassEdit) is None)
    lodge.window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from account where level = 'C'") == 4)


def test_rows_that_cannot_are_told_and_the_others_offered(lodge: Lodge) -> None:
    for n in range(3):
        lodge.add(PERSON, name=f"客人{n}")
    page = opened(lodge, "people", "en", 3)
    lodge.qtbot.keyClick(page.list.view, Qt.Key.Key_A, CTRL)
    page.tools.change()
    lodge.wait(lambda: lodge.window.findChild(MassEdit) is not None)
    panel = lodge.window.findChild(MassEdit)
    panel.choice.setCurrentIndex(panel.choice.findData("email"))
    panel.choice.activated.emit(panel.choice.currentIndex())
    panel.editor.setFocus()
    lodge.qtbot.keyClicks(panel.editor, "nobody")
    lodge.qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    lodge.wait(lambda: "name@company.com" in panel.note.text())
    assert lodge.one("select count(*) from person where email <> ''") == 0
    panel.editor.selectAll()
    lodge.qtbot.keyClicks(panel.editor, "a@example.com")
    lodge.qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from person where email = 'a@example.com'") == 3)


def test_the_panel_keeps_the_keyboard_and_leaves_with_esc(lodge: Lodge) -> None:
    accounts(lodge, 2)
    page = opened(lodge, "accounts", "zh_CN", 2)
    page.list.view.selectAll()
    page.tools.change()
    lodge.wait(lambda: lodge.window.findChild(MassEdit) is not None)
    panel = lodge.window.findChild(MassEdit)
    for _ in range(9):
        lodge.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert panel.isAncestorOf(QApplication.focusWidget())
    lodge.qtbot.keyClick(panel.choice, Qt.Key.Key_Escape)
    lodge.wait(lambda: lodge.window.findChild(MassEdit) is None)


def test_a_right_click_offers_what_can_be_done(lodge: Lodge) -> None:
    accounts(lodge, 2)
    page = opened(lodge, "accounts", "en", 2)
    page.list.view.selectRow(0)
    place = QPoint(20, 50)
    QApplication.sendEvent(page.list.view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, page.list.view.mapToGlobal(place)))
    menu = page.list.findChild(QMenu)
    assert "Change the selected rows" in [action.text() for action in menu.actions()]
    menu.close()


@pytest.mark.parametrize(
    ("role", "rows", "words"),
    [(rights.KITCHEN, 50, ""), (rights.KITCHEN, 51, "may not export"), (rights.SELLER, 200, ""), (rights.SELLER, 201, "use Export"), (rights.GM, 10_000, "")],
)
def test_more_than_a_screenful_is_copied_only_by_who_may_export(role: str, rows: int, words: str) -> None:
    reader = Sighted.__new__(Sighted)
    reader.rights = Rights([Hat(1, "x", role)])
    if words:
        with pytest.raises(Refused, match=words):
            list_view._may_copy(reader, ACCOUNT, rows)
    else:
        list_view._may_copy(reader, ACCOUNT, rows)
