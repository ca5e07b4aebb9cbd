"""The pages of expected money and of sales counted when paid, driven as a person would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit.pages_rate import RateLine
from crm_desktop.duties.credit.records_credited import SALE_SHARE
from crm_desktop.duties.receivables import actions
from crm_desktop.duties.receivables.pages_deposits import DepositLine
from crm_desktop.duties.receivables.pages_tax import TaxLine
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import dates
from tests.ui.lodge import Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def lodge(store: Any, qtbot: Any) -> Iterator[Lodge]:
    dates.set_clock(dt.datetime(2026, 11, 18, 9))
    with lodge_on(store, qtbot) as house:
        hotel, client = house.add(HOTEL, code="LT", name="澜棠大酒店"), house.add(ACCOUNT, name="越岫城建集团")
        seller, manager = house.add(STAFF, name="唐屿", code="TY"), house.add(STAFF, name="陆行舟", code="LXZ")
        bills = [
            house.add(RECEIVABLE, account_id=client, hotel_id=hotel, owner_id=seller, document_no=number, bill_date="2026-10-01", due=due, amount=amount)
            for number, due, amount in (("A1", "2026-10-31", 50_000), ("A2", "2026-12-16", 20_000))
        ]
        house.add(SALE_SHARE, receivable_id=bills[0], staff_id=manager, percent=20)
        house.add(PROMISE, account_id=client, made_on="2026-11-18", due="2026-11-20", amount=40_000)
        actions.take_receipt(Desk(store, "周敏"), {"account_id": client, "amount": 12_000, "received_on": "2026-11-17"}, [(bills[0], 10_000)])
        yield house
    dates.set_clock(None)


def test_a_day_of_the_calendar_opens_its_bills(lodge: Lodge, qtbot: QtBot) -> None:
    lodge.open("zh_CN")
    page = lodge.page("expected-money")
    lodge.wait(lambda: page.cells.told())
    first = page.cells.told()[0]
    assert first == ["11-18–11-22", "", "", "18", "19", "20 · 200", "200.00", "200", "0", "400"]
    assert page.told.text() == "CNY 预计回款 600.00"
    qtbot.keyClick(page.cells.view, Qt.Key.Key_Left)
    assert page.head.text() == "2026-11-20 预计回款：200.00"
    assert page.why.words() == ["越岫城建集团：承诺付款，账单 A1 的 200.00；其承诺有 50 % 按时兑现"]
    qtbot.keyClick(page.cells.view, Qt.Key.Key_Return)
    bills = lodge.page("receivables")
    lodge.wait(lambda: bills.isVisible() and bills.list.model.rowCount() == 1)
    assert bills.list.model.value(0, 1) == "A1"


@pytest.mark.parametrize(("spoken", "typed"), [("zh_CN", "每日 0.03 %，折年 10.95 %，为一年期 LPR（3.00 %）的 3.7 倍：超过 1.5 倍，须能说明理由"), ("en", "0.03 % a day is 10.95 % a year, 3.7 times the one-year LPR of 3.00 %: above 1.5 times, so be ready to say why")])
def test_a_late_fee_is_judged_while_it_is_typed(lodge: Lodge, qtbot: QtBot, spoken: str, typed: str) -> None:
    lodge.open(spoken)
    page = lodge.page("credit-agreements", new=True)
    lodge.wait(lambda: page.form is not None and page.form.isVisible())
    line = page.form.findChild(RateLine)
    rate = page.form.cells["late_rate"].editor
    assert line.isHidden()
    qtbot.keyClicks(rate, "300")
    assert (line.words.text(), line.isHidden()) == (typed, False)
    qtbot.keyClicks(rate, "0")
    assert line.words.text().endswith("法院可能调减" if spoken == "zh_CN" else "a court may lower it")
    rate.selectAll()
    qtbot.keyClick(rate, Qt.Key.Key_Delete)
    assert line.isHidden()


def test_what_counts_for_whom_and_the_receipts_behind_it(lodge: Lodge, qtbot: QtBot) -> None:
    lodge.open("en")
    page = lodge.page("credited-sales")
    lodge.wait(lambda: len(page.cells.told()) == 3)
    assert page.cells.told() == [
        ["唐屿", "CNY", "80.00", "80.00", "", "", "80.00", "1"], ["陆行舟", "CNY", "20.00", "", "20.00", "", "20.00", "1"],
        ["Not applied to a bill", "CNY", "20.00", "", "", "", "", ""],
    ]  # fmt: skip
    assert page.told.text() == "CNY: 120.00 received = 100.00 for bills + 20.00 not applied"
    page.first.setFocus()
    page.first.selectAll()
    qtbot.keyClicks(page.first, "2026-11-30")
    qtbot.keyClick(page.first, Qt.Key.Key_Return)
    lodge.wait(lambda: page.problem.text() == "The first day is after the last")
    page.first.selectAll()
    qtbot.keyClicks(page.first, "2026-11-01")
    qtbot.keyClick(page.first, Qt.Key.Key_Return)
    page.cells.choose(1, 4)
    qtbot.keyClick(page.cells.view, Qt.Key.Key_Return)
    applied = lodge.page("applications")
    lodge.wait(lambda: applied.isVisible() and applied.list.model.rowCount() == 1)


@pytest.mark.parametrize(("spoken", "title", "refusal"), [("zh_CN", "停挂与拟停挂", "请填写决议内容。"), ("en", "Credit stopped, or to be stopped", "Write what is decided.")])
def test_what_the_meeting_decides_becomes_a_follow_up(lodge: Lodge, qtbot: QtBot, spoken: str, title: str, refusal: str) -> None:
    client = lodge.add(ACCOUNT, name="旭阑置业", credit="stopped")
    lodge.open(spoken)
    page = lodge.page("credit-meeting")
    lodge.wait(lambda: len(page.cells.told()) == 1)
    assert page.cells.told()[0][:2] == [title, "旭阑置业"]
    page.words.setFocus()
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    lodge.wait(lambda: page.problem.text() == refusal)
    qtbot.keyClicks(page.words, "visit with the director")
    page.due.selectAll()
    qtbot.keyClicks(page.due, "2026-11-26")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    lodge.wait(lambda: "visit with the director（11-26）" in page.cells.told()[0][4])
    assert (page.problem.isHidden(), page.words.text(), page.due.value()) == (True, "", "2026-11-25")
    assert lodge.one("select account_id from follow_up where name = ? and due = ?", "visit with the director", "2026-11-26") == client
    qtbot.keyClick(page.cells.view, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.window.page("accounts").shown() == ("account", client))


@pytest.mark.parametrize(
    ("spoken", "law", "refusal"),
    [
        ("zh_CN", "定金：客户违约不退，我方违约双倍返还。50,000.00 中定金 33,499.20（合同额的 20 %），其余 16,500.80 为预付款", "请写明原因：将记入操作记录。"),
        ("en", "Earnest money: lost if the client breaks the contract, given back double if we do. Of 50,000.00, 33,499.20 is earnest (a fifth of the contract), 16,500.80 a prepayment", "Say why: the log keeps it."),
    ],
)
def test_a_deposit_says_its_law_and_pays_a_bill(lodge: Lodge, qtbot: QtBot, spoken: str, law: str, refusal: str) -> None:
    client = lodge.one("select id from account")
    held = lodge.add(DEPOSIT, account_id=client, hotel_id=lodge.one("select id from hotel"), day="2026-11-02", amount=50_000_00, kind="earnest", contract=167_496_00)
    lodge.open(spoken)
    page = lodge.page("deposits")
    lodge.wait(lambda: page.list.model.rowCount() == 1)
    page.list.view.selectRow(0)
    lodge.wait(lambda: page.form is not None and page.form.row_id == held)
    line = page.form.findChild(DepositLine)
    lodge.wait(lambda: line.law.text() == law)
    assert line.amount.value() == 50_000_00
    line.back.click()
    lodge.wait(lambda: line.problem.text() == refusal)
    line.amount.setFocus()
    line.amount.selectAll()
    qtbot.keyClicks(line.amount, "400")
    line.apply.click()
    lodge.wait(lambda: lodge.one("select balance from deposit") == 49_600_00)
    assert lodge.one("select balance from receivable where document_no = 'A1'") == 0
    lodge.wait(lambda: line.amount.value() == 49_600_00 and line.problem.isHidden())


def test_a_bill_says_its_tax_while_it_is_typed(lodge: Lodge, qtbot: QtBot) -> None:
    lodge.open("en")
    page = lodge.page("receivables", new=True)
    lodge.wait(lambda: page.form is not None and page.form.isVisible())
    line, cells = page.form.findChild(TaxLine), page.form.cells
    assert line.isHidden()
    cells["amount"].editor.selectAll()
    qtbot.keyClicks(cells["amount"].editor, "1060")
    assert line.text() == "*住宿服务*住宿费, 6 %: 1,000.00 + tax 60.00"
    cells["kind"].editor.set_value("banquet")
    cells["kind"].editor.changed.emit()
    assert line.text() == "*餐饮服务*餐饮费, 6 %: 1,000.00 + tax 60.00, which the buyer cannot deduct"
