"""The pages of plans, visits, follow-ups and bookings, driven by keyboard in both languages on a real store."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.care.records_standard import CARE_HOLD
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.follow_ups import pages_keeper
from crm_desktop.duties.follow_ups.records import AUTOMATIC, FOLLOW_UP
from crm_desktop.duties.receivables.records import PROMISE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.text import say
from crm_desktop.ui.commands import Finder, load_readings
from crm_desktop.ui.one_button import OneButton
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LANGUAGES = pytest.mark.parametrize("spoken", ["zh_CN", "en"])


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def company(lodge: Lodge, name: str, **values: Any) -> int:
    return lodge.add(ACCOUNT, name=name, code=name, kind="company", **values)


def listed(lodge: Lodge, page: Any, rows: int) -> None:
    lodge.wait(lambda: page.list.model.rowCount() == rows and (rows == 0 or page.list.model.row_id(0) is not None))


def picked(lodge: Lodge, page: Any, row: int = 0) -> Any:
    """The form beside the list, once it shows the row that the keyboard went to."""
    page.list.view.setFocus()
    page.list.view.selectRow(row)
    wanted = page.list.model.row_id(row)
    lodge.wait(lambda: page.form is not None and page.form.can_remove() and page.form._id == wanted)
    return page.form


@LANGUAGES
@pytest.mark.parametrize("words", ["维护", "保养", "关怀", "weihu", "by"])
def test_the_palette_finds_the_plans(lodge: Lodge, spoken: str, words: str) -> None:
    load_readings()
    window = lodge.open(spoken)
    found = [command.name for command in Finder(window.commands()).find(words)]
    assert any("Maintenance plans" in name for name in found)


@LANGUAGES
def test_a_plan_is_taken_over_by_its_button(lodge: Lodge, spoken: str) -> None:
    plan = lodge.add(CARE_PLAN, name="2026年11月保养", code="2026-11", budget=100_00)
    lodge.add(CARE_ITEM, plan_id=plan, day="2026-11-05", kind="call", name="问候")
    window = lodge.open(spoken)
    page = lodge.page("care")
    listed(lodge, page, 1)
    form = picked(lodge, page)
    line = form.findChild(OneButton)
    lodge.wait(line.isVisible)
    assert "2026-12" in line.button.text()
    line.button.setFocus()
    QTest.keyClick(line.button, Qt.Key.Key_Space)
    lodge.wait(lambda: page._sheet is not None and page._sheet.form.values().get("code") == "2026-12")
    assert lodge.one("select count(*) from care_item where gone is null and day = '2026-12-07'") == 1
    lodge.wait(lambda: page._sheet.figures.isVisible())
    window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from care_plan where gone is null") == 1)


def pages_of(duty: str) -> Any:
    from importlib import import_module

    return import_module(f"crm_desktop.duties.{duty}.pages")


@LANGUAGES
def test_items_are_narrowed_by_month_and_an_office_gets_no_gift(lodge: Lodge, spoken: str) -> None:
    plan = lodge.add(CARE_PLAN, name="保养", code="2026")
    office = company(lodge, "市府办", type="government")
    for day in ("2026-10-31", "2026-11-05", "2026-12-01"):
        lodge.add(CARE_ITEM, plan_id=plan, account_id=office, day=day, kind="visit")
    lodge.open(spoken)
    page = lodge.page("care-items")
    listed(lodge, page, 3)
    box = next(box for box in page.list.boxes if box.field.name == "day")
    at = box.findText("2026-11")
    box.setFocus()
    box.setCurrentIndex(at)
    box.activated.emit(at)
    listed(lodge, page, 1)
    form = picked(lodge, page)
    editor = form.cells["kind"].editor
    editor.setFocus()
    while editor.value() != "gift":
        QTest.keyClick(editor, Qt.Key.Key_Down)
    editor.changed.emit()
    form.save()
    note = form.cells["kind"]._note
    lodge.wait(lambda: note.property("class") == "error")
    assert ("no gifts" if spoken == "en" else "不得安排礼品") in note.text()
    assert lodge.one("select count(*) from care_item where kind = 'gift'") == 0


def next_week(lodge: Lodge, spoken: str, rows: int) -> tuple[Any, Any]:
    """F8 on a window that is opened: the window, and the page when so many visits are proposed there."""
    window = lodge.open(spoken)
    window.activateWindow()
    lodge.wait(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F8)
    lodge.wait(lambda: window.page("visit-plan") is not None)
    page = window.page("visit-plan")
    lodge.wait(lambda: len(page.rows) == rows and page.view.hasFocus())
    return window, page


@LANGUAGES
def test_next_weeks_visits_are_accepted_row_by_row(lodge: Lodge, spoken: str) -> None:
    for number, name in enumerate(("澄籁", "禾渚", "瑞栀")):
        company(lodge, name, level="A")
        lodge.add(VISIT, account_id=lodge.one("select id from account where name = ?", name), day=f"2026-09-0{number + 1}")
    window, page = next_week(lodge, spoken, 3)
    assert ("83 days" if spoken == "en" else "83天") in page.grid.index(0, 6).data()
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Space)  # the second is left out, and the third is next
    assert page.view.currentIndex().row() == 2
    assert "瑞栀" in page.why.text()  # all its reasons, with their points
    assert ("Too long silent 60" if spoken == "en" else "超期未联系 60") in page.why.text()
    assert [one.client.name for one in page.accepted()] == ["澄籁", "瑞栀"]
    window.switch_language()
    assert ("Not now" if spoken != "en" else "不排") == page.grid.index(1, 0).data()
    window.switch_language()
    QTest.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: window.stack.currentWidget() is window.page("visits"))
    listed(lodge, window.page("visits"), 2)
    assert lodge.one("select count(*) from visit where gone is null and state = 'planned' and day in ('2026-11-23', '2026-11-25') and purpose <> ''") == 2
    window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from visit where gone is null and state = 'planned'") == 0)


@LANGUAGES
def test_whom_next_week_leaves_out_is_shown_with_why(lodge: Lodge, spoken: str) -> None:
    for name, day in (("澄籁", "2026-09-01"), ("禾渚", "2026-09-02")):
        lodge.add(VISIT, account_id=company(lodge, name, level="A"), day=day)
    held = lodge.one("select id from account where name = '禾渚'")
    lodge.add(CARE_HOLD, account_id=held, kind="consent", since="2026-11-01", words="来函不收营销信息")
    window, page = next_week(lodge, spoken, 1)
    assert page.left_button.text() == ("Not proposed: 1" if spoken == "en" else "未列入：1")
    page.left_button.setFocus()
    QTest.keyClick(page.left_button, Qt.Key.Key_Space)
    assert page.left_view.hasFocus()
    assert "禾渚" in page.why.text()
    assert page.left_rows.index(0, 0).data() == "禾渚"
    assert page.left_rows.index(0, 3).data()  # why not
    QTest.keyClick(page.left_button, Qt.Key.Key_Space)
    assert page.view.hasFocus()
    QTest.keyClick(page.left_button, Qt.Key.Key_Space)
    QTest.keyClick(page.left_view, Qt.Key.Key_Return)
    lodge.wait(lambda: window.shown() == ("account", held))


def test_nobody_to_see_is_said(lodge: Lodge) -> None:
    window = lodge.open("zh_CN")
    page = lodge.page("visit-plan")
    lodge.wait(lambda: page._body.currentWidget() is page.nothing)
    assert "无须走访" in page.nothing._what.text()
    assert not page.write_button.isEnabled()
    page.write()
    assert window.stack.currentWidget() is page


@LANGUAGES
def test_a_follow_up_is_put_off_and_opens_what_it_is_about(lodge: Lodge, spoken: str) -> None:
    client = company(lodge, "禾渚软件")
    lodge.add(FOLLOW_UP, name="催发票", due="2026-11-10", account_id=client)
    lodge.add(FOLLOW_UP, name="旧事", due="2026-11-01", state="done")
    window = lodge.open(spoken)
    page = lodge.page("follow-ups")
    listed(lodge, page, 1)  # what is open
    more = picked(lodge, page).findChild(pages_of("follow_ups").MoreSteps)
    lodge.wait(more.isVisible)
    more.tomorrow.setFocus()
    QTest.keyClick(more.tomorrow, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select due from follow_up where name = '催发票'") == "2026-11-19")
    lodge.wait(lambda: page.form.values()["due"] == "2026-11-19")
    load_readings()
    names = [command.name for command in Finder(window.commands()).find("推迟")]
    assert names == ["Put the follow-up off to tomorrow", "Put the follow-up off by a week"]
    more.about.setFocus()
    QTest.keyClick(more.about, Qt.Key.Key_Space)
    lodge.wait(lambda: window.stack.currentWidget() is window.page("accounts"))


@LANGUAGES
def test_a_clash_is_said_beside_what_was_typed(lodge: Lodge, spoken: str) -> None:
    house = lodge.add(HOTEL, name="澜棠", code="LT")
    base = {"hotel_id": house, "day": "2026-11-18", "period": "dinner", "kind": "private-room"}
    lodge.add(BOOKING, **base, place="听泉", name="王先生")
    lodge.add(BOOKING, **base, place="兰亭", name="李女士")
    lodge.open(spoken)
    page = lodge.page("bookings")
    listed(lodge, page, 2)
    who = [field.name for field in page.list.model.fields].index("name")
    form = picked(lodge, page, [page.list.model.words(row, who) for row in range(2)].index("李女士"))
    bar = form.findChild(pages_of("bookings").Clashes).bar
    assert not bar.isVisible()
    editor = form.cells["place"].editor
    editor.setFocus()
    editor.selectAll()
    editor.insert("听泉包厢")
    editor.changed.emit()
    form.save()
    lodge.wait(bar.isVisible)
    assert "王先生" in bar._words.text()
    assert ("Both are on the books" if spoken == "en" else "都已登记") in bar._words.text()
    assert lodge.one("select count(*) from booking where place = '听泉包厢'") == 1  # a warning, no refusal
    editor.selectAll()
    editor.insert("沈园")
    editor.changed.emit()
    form.save()
    lodge.wait(lambda: not bar.isVisible())


def test_follow_ups_are_kept_while_the_window_is_open(lodge: Lodge) -> None:
    me = lodge.add(STAFF, name="周敏")
    lodge.add(STAFF, name="唐屿")
    client = company(lodge, "禾渚软件", owner_id=me)
    promise = lodge.add(PROMISE, account_id=client, made_on="2026-11-01", due="2026-11-16", amount=100_00, owner_id=me)
    other = lodge.one("select id from staff where name = '唐屿'")
    lodge.add(FOLLOW_UP, name="别人的", due="2026-11-18", owner_id=other)
    from crm_desktop.desk.settings import COLLEAGUE

    lodge.settings.set(COLLEAGUE, me)
    window = lodge.open("zh_CN")
    keeper = pages_keeper.Keeper(window)
    badge = window.rail.buttons["follow-ups"]
    keeper.look()
    lodge.wait(lambda: lodge.one("select count(*) from follow_up where source = ? and state = 'open'", AUTOMATIC) == 1)
    lodge.wait(lambda: badge.badge == 1)  # not that of the colleague
    assert not window.toast.isVisible()  # nobody is told
    kept = lodge.one("select name from follow_up where source = ?", AUTOMATIC)
    assert kept.startswith("禾渚软件")
    from crm_desktop.ui import jobs

    jobs.act(window, lambda desk, job: desk.move(PROMISE, promise, 1, "kept", values={"received": 100_00}))
    lodge.wait(lambda: lodge.one("select state from follow_up where source = ?", AUTOMATIC) == "expired")
    lodge.wait(lambda: badge.badge == 0)
    assert say(keeper._window.rail.buttons["follow-ups"].page.title) == "待办"
