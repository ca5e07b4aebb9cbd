"""*Today* with more figures than a screen has room for, a greeter named from its arrival list, and the ninety days ahead, by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.record.duty import Duty, TodayLine
from crm_desktop.record.text import Text, say
from crm_desktop.ui.quick import QuickLine
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CALM, LATE = 16, 3
GROUPS = ("care", "office", "market", "service")


def many(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """More figures than there is room for: in each of four groups three that are late and sixteen calm ones."""
    return [
        TodayLine(Text("Room {n}", n=f"{group} {n}"), n + 1, None, "person", [("id", "<", 0)], group=group, tone="red" if n < LATE else "")
        for group in GROUPS for n in range(CALM + LATE)
    ]  # fmt: skip


@pytest.mark.parametrize("english", [False, True])
def test_all_that_is_late_stands_on_the_first_screen(lived: House, qtbot: Any, english: bool) -> None:
    if english:
        lived.window.switch_language()
    page = lived.window.page("today")
    lived.window.resize(1366, 700)
    lived.window.duties = (*lived.window.duties, Duty("many", Text("Many"), today=many))
    page.read()
    qtbot.waitUntil(lambda: any(card.line.group == "market" for card in page.cards), timeout=PATIENCE)
    groups = page.groups
    assert groups._inside.height() <= groups.viewport().height()
    late = [card for card in page.cards if card.line.group in GROUPS and card.line.tone]
    assert len(late) >= LATE * len(GROUPS)
    assert all(card.isVisible() for card in late)
    assert all(card.isVisible() for card in page.cards if card.line.group in ("vip", "birthdays", "promises"))
    folded = next(card for card in groups.cards.values() if card.folded)
    assert folded.more.text() == say(Text("{n} more, all calm", n=f"{sum(not line.isVisible() for line in folded.lines)}"))
    folded.more.setFocus()
    qtbot.keyClick(folded.more, Qt.Key.Key_Space)
    assert all(card.isVisible() for card in page.cards)


def test_a_greeter_is_named_from_the_arrival_list(lived: House, qtbot: Any) -> None:
    greeter = lived.one("select name from staff where gone is null order by id limit 1")
    page = lived.window.page("today")
    lived.window.activateWindow()
    qtbot.waitUntil(lived.window.isActiveWindow, timeout=PATIENCE)
    panel = page.rows.panel
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0, timeout=PATIENCE)
    assert page.shown() is None  # nothing is about a row the keyboard is not on
    for at in range(panel.model.rowCount()):
        if lived.one("select count(*) from stay where id = ? and guest_id is not null", panel.model.row_id(at)):
            panel.view.setFocus()
            panel.view.setCurrentIndex(panel.model.index(at, 0))
            break
    stay = panel.view.current_id()
    assert page.shown() == ("stay", stay)
    qtbot.keyClick(panel.view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: lived.window.findChild(QuickLine) is not None, timeout=PATIENCE)
    line = lived.window.findChild(QuickLine)
    line.edit.setText(f"{greeter} 谈续签")
    line.edit.typed.emit(line.edit.text())
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lived.one("select count(*) from greeting where name = '谈续签' and gone is null") == 1, timeout=PATIENCE)
    assert lived.one("select g.person_id from greeting as g") == lived.one("select guest_id from stay where id = ?", stay)


def test_a_day_ahead_is_opened_with_enter(lived: House, qtbot: Any) -> None:
    today = lived.window.page("today")
    qtbot.mouseClick(today._days_card.further, Qt.MouseButton.LeftButton)
    page = lived.window.page("outlook")
    qtbot.waitUntil(lambda: len(page.model.days) == 91, timeout=PATIENCE)
    assert page.model.day(page.view.currentIndex()).day == lived.window.today()
    page.focus_first()
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    wanted = page.model.day(page.view.currentIndex()).day
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: today._day == wanted, timeout=PATIENCE)
    assert QApplication.activeWindow() is None or lived.window.stack.currentWidget() is today
