"""Complaints and orders in the window: taken down from a phone call without the mouse, the clocks, and what to say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.complaints.pages import TalkBox
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.record import dates
from crm_desktop.ui.clock_bar import ClockBar
from crm_desktop.ui.edits import ENTER
from tests.moments.shift import CTRL, Hands
from tests.samples import hotel
from tests.ui.lodge import Lodge
from tests.ui.test_by_keyboard import reach

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


def choose(lodge: Lodge, hands: Hands, form: Any, name: str, letters: str) -> None:
    """A row of another record, by what one types of its name."""
    reach(hands, form, name)
    editor = form.cells[name].editor
    QTest.keyClicks(editor, letters)
    lodge.wait(lambda: editor._popup is not None and editor._popup.isVisible())
    hands.press(ENTER[0])
    lodge.wait(lambda: editor.value() is not None)


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


WRITTEN = (  # page, table, what is typed into which field, references by their initials, what is kept
    ("rectifications", "rectification", {"name": "换风机电机", "person": "石固", "room_no": "1216", "standard": "24 度以下"}, {"department_id": "gcb"}, {"code": "ZG261118-01", "room_no": "1216", "state": "draft"}),
    ("feedback", "feedback", {"name": "解采薇", "due": "2026-11-19", "words": "处理得很快"}, {"account_id": "rzyy"}, {"due": "2026-11-19", "words": "处理得很快"}),
    ("agreements", "agreement", {"name": "2027 年度协议", "promised_nights": "300", "blackout": "国庆、博览会"}, {"account_id": "rzyy"}, {"code": "XY-2026-0001", "promised_nights": 300, "until": "2027-11-17"}),
    ("settlements", "settlement", {"name": "年终会", "deposit": "30000", "signed_by": "屠会计", "tax_no": "91990000MA0DM00173"}, {"account_id": "rzyy"}, {"code": "JS261118-01", "deposit": 30_000_00, "day": "2026-11-18"}),
    ("bookings", "booking", {"day": "2026-11-28", "time": "18:00", "ends": "21:00", "place": "澜庭 A+B", "guaranteed": "420", "rooms": "双床 20 间", "deposit": "50000"}, {"account_id": "rzyy"}, {"code": "YD261118-01", "guaranteed": 420, "ends": "21:00", "rooms": "双床 20 间"}),
)  # fmt: skip


def test_every_form_is_filled_from_a_call_without_the_mouse(lodge: Lodge) -> None:
    hotel(Desk(lodge.store, "顾言舟"))
    lodge.add(ACCOUNT, name="瑞栀药业", code="R1")
    lodge.add(DEPARTMENT, name="工程部", code="ENG")
    hands = Hands(lodge.open("zh_CN"), lodge.store, lodge.qtbot)
    lodge.window.activateWindow()
    lodge.wait(lambda: QApplication.focusWidget() is not None)
    for key, table, typed, chosen, kept in WRITTEN:
        form = begin(lodge, hands, key)
        for name, letters in chosen.items():
            choose(lodge, hands, form, name, letters)
        form.focus_first()
        for name, words in typed.items():
            reach(hands, form, name)
            if form.cells[name].editor.value() not in ("", None, 0):
                hands.press(Qt.Key.Key_A, CTRL)
            hands.write(words)
        hands.press(Qt.Key.Key_S, CTRL)
        lodge.wait(lambda table=table: hands.rows(f"select 1 from {table}"))
        (found,) = hands.rows(f"select {', '.join(kept)} from {table} where gone is null")
        assert dict(zip(kept, found, strict=True)) == kept, key
