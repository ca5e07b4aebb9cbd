"""A telephone session driven as a person does: dial, count, write down, the next one; and the month handed in, the missed ones shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.gifts.records import GIFT_ITEM
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.duties.visits.records_week import CALL_LINE, CALL_SHEET
from crm_desktop.record import dates
from crm_desktop.ui.one_button import OneButton
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Telephone(QObject):
    """What would dial."""

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[str] = []

    @Slot(QUrl)
    def dial(self, address: QUrl) -> None:
        """Write down what was asked for."""
        self.dialled.append(address.toString())


@pytest.fixture
def telephone() -> Any:
    made = Telephone()
    QDesktopServices.setUrlHandler("tel", made, "dial")  # type: ignore[call-overload]
    yield made
    QDesktopServices.unsetUrlHandler("tel")


@pytest.mark.parametrize(("spoken", "asked"), [("zh_CN", "结果"), ("en", "Result")])
def test_a_sheet_is_called_through(lodge: Lodge, telephone: Telephone, spoken: str, asked: str) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 10, 20))
    sheet = lodge.add(CALL_SHEET, name="问候", day="2026-11-18", script="问近况")
    for name, phone in (("祁曼", "0575-8512 0001"), ("沈总", "")):
        client = lodge.add(ACCOUNT, name=f"{name}公司", code=name, level="C")
        lodge.add(CALL_LINE, sheet_id=sheet, account_id=client, name=name, phone=phone, why="100 天没有联系")
    window = lodge.open(spoken)
    window.open_record("call_sheet", sheet)
    page = window.page("call-sheets")
    lodge.wait(lambda: page._sheet is not None and page._sheet.form._id == sheet)
    lodge.wait(lambda: page._sheet.tabs.show_rows("call-session", []))
    shown = page._sheet.tabs._built["call-session"]
    lodge.wait(lambda: shown.call is not None)
    assert (shown.whom.text(), shown.dial_button.isEnabled()) == ("祁曼 · 祁曼公司", True)
    shown.focus_first()
    QTest.keyClick(shown.dial_button, Qt.Key.Key_Space)
    assert telephone.dialled == ["tel:057585120001"]
    lodge.wait(lambda: shown.clock.text() == "0:01")
    QTest.keyClick(shown.steps["reached"], Qt.Key.Key_Space)
    lodge.wait(shown.problem.isVisible)
    assert asked in shown.problem.text()
    QTest.keyClicks(shown.fields["words"], "20 rooms")
    shown.fields["result"].set_value("demand")
    QTest.keyClick(shown.pass_button, Qt.Key.Key_Space)
    assert (shown.whom.text(), shown.fields["words"].value(), shown.dial_button.isEnabled()) == ("沈总 · 沈总公司", "", False)
    QTest.keyClick(shown.pass_button, Qt.Key.Key_Space)
    assert (shown.whom.text(), shown.fields["words"].value()) == ("祁曼 · 祁曼公司", "20 rooms")
    QTest.keyClick(shown.dial_button, Qt.Key.Key_Space)
    lodge.wait(lambda: shown.seconds >= 1)
    QTest.keyClick(shown.steps["reached"], Qt.Key.Key_Space)
    lodge.wait(lambda: shown.whom.text() == "沈总 · 沈总公司")
    assert lodge.one("select words from visit where gone is null") == "20 rooms"
    assert lodge.one("select seconds from call_line where state = 'reached'") >= 1
    for _ in range(3):
        lodge.wait(lambda: shown.call is not None and shown.call.version == lodge.one("select version from call_line where id = ?", shown.call.id))
        before = shown.call.id
        QTest.keyClick(shown.steps["nobody"], Qt.Key.Key_Space)
        lodge.wait(lambda at=before: shown.call is None or shown.call.id != at)
    lodge.wait(lambda: not shown.body.isVisible())


def test_the_month_is_handed_in_and_the_missed_are_shown(lodge: Lodge) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    seller = lodge.add(STAFF, name="周一禾")
    clients = [lodge.add(ACCOUNT, name=name, code=name, level="A", owner_id=seller) for name in ("澄籁", "禾渚")]
    lodge.add(VISIT, account_id=clients[0], day="2026-11-17", result="demand", words="20 间", owner_id=seller)
    window = lodge.open("zh_CN")
    page = lodge.page("visit-grid")
    lodge.wait(lambda: page.missed_button.isVisible() and page.model.rowCount() == 1)
    assert page.missed_button.text() == "超期未访：1"
    page.turn_button.click()
    lodge.wait(lambda: len(page.model.days) == 30)
    page.view.setCurrentIndex(page.model.index(0, 5))
    lodge.wait(page.ask_button.isEnabled)
    QTest.keyClick(page.ask_button, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select count(*) from visit_week where span = 'month' and state = 'asked' and week = '2026-11-01'") == 1)
    QTest.keyClick(page.missed_button, Qt.Key.Key_Space)
    accounts = window.page(window.page_of("account"))
    lodge.wait(lambda: accounts is not None and accounts.list.query().filters == (("id", "in", [clients[1]]),))


def test_a_plan_item_asks_for_its_gift(lodge: Lodge) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    client = lodge.add(ACCOUNT, name="禾渚", code="1", level="A")
    plan = lodge.add(CARE_PLAN, name="十一月", code="2026-11", state="running")
    item = lodge.add(CARE_ITEM, plan_id=plan, account_id=client, kind="birthday", day="2026-11-20", name="生日礼")
    lodge.add(GIFT_ITEM, name="青瓷茶具", cost=298_00, stock=3)
    window = lodge.open("zh_CN")
    window.open_record("care_item", item)
    page = window.page("care-items")
    lodge.wait(lambda: page._sheet is not None and page._sheet.form._id == item)
    ask = page._sheet.form.findChild(OneButton)
    lodge.wait(ask.button.isVisible)
    QTest.keyClick(ask.button, Qt.Key.Key_Space)
    lodge.wait(lambda: window.page("gifts") is not None and window.page("gifts").form is not None and window.page("gifts").form.isVisible())
    form = window.page("gifts").form
    lodge.wait(lambda: form.cells["care_item_id"].editor.value() == item)
    assert (form.cells["account_id"].editor.value(), form.cells["occasion"].editor.value(), form.cells["day"].editor.value()) == (client, "birthday", "2026-11-20")
