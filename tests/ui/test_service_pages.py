"""Complaints and orders in the window: taken down from a phone call without the mouse, the clocks, and what to say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.complaints.pages import TalkBox
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.record import dates
from crm_desktop.ui.clock_bar import ClockBar
from tests.moments.shift import CTRL, Hands
from tests.samples import hotel
from tests.ui.lodge import Lodge
from tests.ui.test_by_keyboard import choose, reach

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def begin(lodge: Lodge, hands: Hands, key: str) -> Any:
    """A new row of a page, by Ctrl+N."""
    page = lodge.page(key)
    lodge.wait(lambda: lodge.window.stack.currentWidget() is page and page.isAncestorOf(hands.focus()) and page.list.model.rowCount() == 0)
    hands.press(Qt.Key.Key_N, CTRL)
    lodge.wait(lambda: page.form is not None and page.form.isVisible() and page.form.isAncestorOf(hands.focus()))
    return page.form


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_a_complaint_is_taken_down_from_a_call_without_the_mouse(lodge: Lodge, spoken: str) -> None:
    hotel(Desk(lodge.store, "顾言舟"))
    lodge.add(ACCOUNT, name="瑞栀药业", code="R1")
    hands = Hands(lodge.open(spoken), lodge.store, lodge.qtbot)
    lodge.window.activateWindow()
    lodge.wait(lambda: QApplication.focusWidget() is not None)
    form = begin(lodge, hands, "complaints")
    hands.write("空调不制冷")
    for name, words in (("guest", "解采薇"), ("phone", "199 0000 1001")):
        reach(hands, form, name)
        hands.write(words)
    choose(lodge, hands, form, "account_id", "rzyy")
    for name, words in (("room_no", "1216"), ("story", "整晚不制冷，老人没睡好"), ("demand", "换房")):
        reach(hands, form, name)
        hands.write(words)
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select 1 from complaint"))
    found = hands.rows("select c.code, c.name, c.guest, c.room_no, c.story, c.demand, c.received_on, c.received_at, c.due, a.name from complaint as c join account as a on a.id = c.account_id")
    assert found == [("TS261118-01", "空调不制冷", "解采薇", "1216", "整晚不制冷，老人没睡好", "换房", "2026-11-18", "13:20", "2026-11-18 13:35", "瑞栀药业")]
    bar = form.findChild(ClockBar)
    lodge.wait(lambda: bar.isVisible() and len(bar.words()) == 4)
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 36))
    bar.look()
    assert bar.words()[0] == ("受理：已超 0:01" if spoken == "zh_CN" else "Taken on: 0:01 over")
    bar.grab()
    talk = form.findChild(TalkBox)
    assert ("营销部" in talk.greeting.text()) == (spoken == "zh_CN")
    assert not talk.rest[0].isVisible()
    talk.more.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert all(label.isVisible() for label in talk.rest)
    hands.press(Qt.Key.Key_Space)
    assert not any(label.isVisible() for label in talk.rest)


def test_the_list_of_orders_counts_along(lodge: Lodge) -> None:
    department = lodge.add(DEPARTMENT, name="工程部", code="ENG")
    house = hotel(Desk(lodge.store, "顾言舟"))
    lodge.add(
        RECTIFICATION, name="换电机", department_id=department, hotel_id=house, state="on-scene", received_on="2026-11-18", received_at="10:05", scene_on="2026-11-18", scene_at="10:40",
    )  # fmt: skip
    lodge.open()
    page = lodge.page("rectifications")
    column = page.list.visible_columns().index("left")
    lodge.wait(lambda: page.list.model.words(0, column) == "0:45")
    page.list.view.selectRow(0)
    lodge.wait(lambda: page.form is not None and page.form.findChild(ClockBar).isVisible())
    bar = page.form.findChild(ClockBar)
    assert bar.words() == ["On the scene: 10:40", "Plan handed in: 0:45 left"]
    dates.set_clock(dt.datetime(2026, 11, 18, 14, 7))
    page._on_tick()
    lodge.wait(lambda: page.list.model.words(0, column) == "\u22120:02")
    bar.look()
    assert bar.accessibleDescription() == "On the scene: 10:40; Plan handed in: 0:02 over"
    bar.grab()
