"""Lines in a form, typed from a telephone call: all by keyboard, nothing lost, taken back as one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.duties.bookings.pages import Clashes
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.house.records import ROOM_TYPE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.ui import seat
from crm_desktop.ui.edits import ENTER
from tests.moments.shift import CTRL, Hands
from tests.ui.lodge import Lodge
from tests.ui.test_by_keyboard import choose as chosen
from tests.ui.test_by_keyboard import reach

NAME = "agreement_rate.lines"
KEPT = "select t.name, r.season, r.rate, r.breakfast from agreement_rate as r join room_type as t on t.id = r.room_type_id where r.gone is null order by r.id"


def cell(hands: Hands, form: Any) -> Any:
    """The editor with the keyboard, which is one of the lines'."""
    assert form.cells[NAME].isAncestorOf(hands.focus())
    return hands.focus()


def choose(lodge: Lodge, hands: Hands, form: Any, letters: str) -> None:
    editor = cell(hands, form)
    QTest.keyClicks(editor, letters)
    lodge.wait(lambda: editor._popup is not None and editor._popup.isVisible() and editor._is_fresh())
    hands.press(ENTER[0])
    lodge.wait(lambda: editor.value() is not None)


def type_line(lodge: Lodge, hands: Hands, form: Any, room: str, rate: str) -> None:
    """From the room type to the beginning of the next line."""
    choose(lodge, hands, form, room)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    hands.write(rate)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)


def test_an_agreement_with_its_rates_from_a_call(lodge: Lodge) -> None:
    lodge.add(HOTEL, name="澜棠大酒店", code="LT")
    lodge.add(ACCOUNT, name="越岫城建集团", kind="company")
    for code, name in (("SK", "高级大床房"), ("ST", "高级双床房"), ("EK", "行政大床房")):
        lodge.add(ROOM_TYPE, code=code, name=name)
    hands = Hands(lodge.open("zh_CN"), lodge.store, lodge.qtbot)
    lodge.window.activateWindow()
    lodge.wait(lambda: QApplication.focusWidget() is not None and seat.here() is not None)
    page = lodge.page("agreements")
    lodge.wait(lambda: page.isAncestorOf(hands.focus()))
    hands.press(Qt.Key.Key_N, CTRL)
    lodge.wait(lambda: page.form.isVisible() and page.form.isAncestorOf(hands.focus()))
    form = page.form
    chosen(lodge, hands, form, "account_id", "yxcj")
    reach(hands, form, NAME)
    type_line(lodge, hands, form, "gjdc", "420")
    type_line(lodge, hands, form, "gjsc", "430")
    choose(lodge, hands, form, "xzdc")  # and the telephone is put down: two seconds later it is all on the disk, here at once
    hands.press(Qt.Key.Key_Escape)
    lodge.wait(lambda: page.isAncestorOf(hands.focus()))
    hands.press(Qt.Key.Key_N, CTRL)
    lodge.wait(lambda: form.isVisible() and len(form.cells[NAME].value()) == 3)
    reach(hands, form, NAME)
    for _ in range(8):
        hands.press(Qt.Key.Key_Tab)
    cell(hands, form)
    hands.press(Qt.Key.Key_Minus, CTRL)  # the third line after all not
    assert len(form.cells[NAME].value()) == 2
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows(KEPT))
    assert hands.rows(KEPT) == [("高级大床房", "all", 420_00, ""), ("高级双床房", "all", 430_00, "")]
    lodge.wait(lambda: form.row_id is not None and not form.dirty() and form._row.get("rates") == 2)
    change_a_line(lodge, hands, form)
    for left in (2, 0):
        hands.press(Qt.Key.Key_Z, CTRL)
        lodge.wait(lambda left=left: len(hands.rows(KEPT)) == left)


def change_a_line(lodge: Lodge, hands: Hands, form: Any) -> None:
    """Another rate; then a line without one thing it needs is told by its number, and saved once it is there."""
    form.focus_first(NAME)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    hands.focus().selectAll()  # type: ignore[attr-defined]
    hands.write("455")
    form.cells[NAME].editor._lines[2].editors["rate"].setFocus(Qt.FocusReason.TabFocusReason)
    hands.write("600")
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: form.cells[NAME]._note.isVisible())
    assert form.cells[NAME]._note.text() == "第 3 行：请填写房型"
    assert form.cells[NAME].isAncestorOf(hands.focus())
    choose(lodge, hands, form, "xzdc")
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: [each[2] for each in hands.rows(KEPT)] == [455_00, 430_00, 600_00])
    lodge.wait(lambda: not form.dirty() and len(form._row[NAME]) == 3)


ROOMS = "booking_room.lines"


def test_a_booking_with_its_rooms_from_a_call(lodge: Lodge) -> None:
    """Rooms by type and number are lines; that somebody else wants the hall is said as before."""
    house = lodge.add(HOTEL, name="澜棠大酒店", code="LT")
    lodge.add(BOOKING, kind="banquet", day="2026-11-28", period="dinner", place="澜庭大宴会厅", name="柏知行", hotel_id=house)
    for code, name in (("SK", "高级大床房"), ("ST", "高级双床房")):
        lodge.add(ROOM_TYPE, code=code, name=name)
    hands = Hands(lodge.open("zh_CN"), lodge.store, lodge.qtbot)
    lodge.window.activateWindow()
    lodge.wait(lambda: QApplication.focusWidget() is not None and seat.here() is not None)
    page = lodge.page("bookings")
    lodge.wait(lambda: page.isAncestorOf(hands.focus()))
    hands.press(Qt.Key.Key_N, CTRL)
    lodge.wait(lambda: page.form.isVisible() and page.form.isAncestorOf(hands.focus()))
    form = page.form
    for name, words in (("day", "2026-11-28"), ("time", "18:00"), ("place", "澜庭 A+B")):
        reach(hands, form, name)
        hands.write(words)
    reach(hands, form, ROOMS)
    for room, number, rate in (("gjdc", "20", "468"), ("gjsc", "15", "450")):
        editor = hands.focus()
        QTest.keyClicks(editor, room)
        lodge.wait(lambda editor=editor: editor._popup is not None and editor._popup.isVisible() and editor._is_fresh())
        hands.press(ENTER[0])
        lodge.wait(lambda editor=editor: editor.value() is not None)
        for words in (number, rate):
            hands.press(Qt.Key.Key_Tab)
            hands.write(words)
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_S, CTRL)
    kept = "select t.code, r.number, r.rate from booking_room as r join room_type as t on t.id = r.room_type_id where r.gone is null order by r.id"
    lodge.wait(lambda: hands.rows(kept))
    assert hands.rows(kept) == [("SK", 20, 468_00), ("ST", 15, 450_00)]
    assert hands.rows("select room_count from booking where place = '澜庭 A+B'") == [(35,)]
    lodge.wait(lambda: form.findChild(Clashes).bar.isVisible())
