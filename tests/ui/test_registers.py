"""All registers: every page the rail has no room for is there, reached by the arrow keys; the rail fits a small laptop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.duties import DUTIES
from crm_desktop.duties.registers.pages import beside
from crm_desktop.record.text import say
from tests.ui.lodge import Lodge

LOW = 700  # px: the window on a laptop of 1366x768 without its bars


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_every_page_without_a_place_in_the_rail_is_reached_by_the_keyboard(lodge: Lodge, spoken: str) -> None:
    window = lodge.open(spoken)
    window.activateWindow()
    window.resize(1366, LOW)
    page = lodge.page("registers")
    wanted = [each for duty in DUTIES for each in beside(duty)]
    assert [button.text() for button in page.buttons] == [say(each.title) for each in wanted]
    lodge.wait(lambda: QApplication.focusWidget() is page.buttons[0])
    QTest.keyClick(page.buttons[0], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.buttons[-1]
    QTest.keyClick(page.buttons[-1], Qt.Key.Key_Down)
    at = next(n for n, each in enumerate(wanted) if each.key == "preference-slips")
    for n in range(at):
        QTest.keyClick(page.buttons[n], Qt.Key.Key_Down)
    QTest.keyClick(page.buttons[at], Qt.Key.Key_Space)
    lodge.wait(lambda: window.stack.currentWidget() is window.page("preference-slips"))


def test_the_rail_fits_a_small_laptop(lodge: Lodge) -> None:
    window = lodge.open("zh_CN")
    window.resize(1366, LOW)
    QApplication.processEvents()
    inside = window.rail._scroll
    assert inside.verticalScrollBar().maximum() == 0, "a page more than there is room for: put it among all registers (rail=False)"


def test_a_plus_begins_a_row(lodge: Lodge) -> None:
    window = lodge.open("en")
    page = lodge.page("registers")
    page._new("key-dates")
    lodge.wait(lambda: window.page("key-dates") is not None and window.page("key-dates").form is not None)
    assert window.page("key-dates").form.isVisible()
