"""The page of receivables driven as a person would, in both languages: the strip opens rows, the foot keeps currencies apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.receivables import actions, pages_keeper
from crm_desktop.duties.receivables.pages_paying import PAYS
from crm_desktop.duties.receivables.pages_strip import ALL, LONG
from crm_desktop.duties.receivables.records import PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import dates
from crm_desktop.ui import jobs
from tests.ui.lodge import Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TODAY = "2026-11-18"
BILLS = (  # due, amount, paid, currency
    ("2026-04-30", 11_800_000, 3_000_000, "CNY"), ("2026-08-31", 5_130_000, 0, "CNY"), ("2026-10-31", 5_900_000, 0, "CNY"), ("2026-12-01", 70_000, 0, "CNY"),
    ("2026-11-25", 420_000, 0, "USD"), ("2026-03-01", 900, 900, "CNY"),
)  # fmt: skip


@pytest.fixture
def lodge(store: Any, qtbot: Any) -> Iterator[Lodge]:
    dates.set_clock(dt.datetime(2026, 11, 18, 9))
    with lodge_on(store, qtbot) as house:
        hotel = house.add(HOTEL, code="LT", name="澜棠大酒店")
        client = house.add(ACCOUNT, name="越岫城建集团")
        for at, (due, amount, paid, unit) in enumerate(BILLS):
            values = {"document_no": f"A{at}", "bill_date": min(due, "2026-11-01"), "due": due, "amount": amount, "paid": paid, "currency": unit, "stage": "waiting", "invoiced": 1}
            house.add(RECEIVABLE, account_id=client, hotel_id=hotel, **values)
        house.add(PROMISE, account_id=client, made_on="2026-11-10", due="2026-12-15", amount=100)
        yield house


def shown(page: Any) -> list[str]:
    """The numbers of the bills listed, once all of them are here."""
    model = page.list.model
    column = next(at for at, field in enumerate(model.fields) if field.name == "document_no")
    return [str(model.value(at, column)) for at in range(model.rowCount())]


def opened(lodge: Lodge, spoken: str) -> Any:
    lodge.open(spoken)
    page = lodge.page("receivables")
    lodge.wait(lambda: shown(page) == ["A0", "A1", "A2", "A4", "A3"])
    lodge.wait(lambda: len(page.strip.parts()) == 14)
    return page


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("en", ["CNY: Open · 4 199,000.00", "CNY: Not due · 1 700.00", "CNY: Over 60 days 70.0 %", "USD: Open · 1 4,200.00"]),
        ("zh_CN", ["CNY：未收 · 4 199,000.00", "CNY：未到期 · 1 700.00", "CNY：超60天 70.0 %", "USD：未收 · 1 4,200.00"]),
    ],
)
def test_what_is_open_stands_above_the_list_by_currency_and_age(lodge: Lodge, spoken: str, words: list[str]) -> None:
    page = opened(lodge, spoken)
    said = [page.strip.words_of(part) for part in (("CNY", ALL), ("CNY", 0), ("CNY", LONG), ("USD", ALL))]
    assert said == words
    assert all(each in page.strip.accessibleDescription() for each in words)
    assert page.strip.isVisible()


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_part_opens_its_rows_by_mouse_and_by_keys(lodge: Lodge, qtbot: Any, spoken: str) -> None:
    page = opened(lodge, spoken)
    qtbot.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.box_of(("CNY", 4)).center())
    lodge.wait(lambda: shown(page) == ["A0"])
    assert page.strip.picked == ("CNY", 4)
    assert page.list.clear_button.isVisible()
    page.strip.setFocus()
    qtbot.keyClick(page.strip, Qt.Key.Key_Return)  # again: all that is open
    lodge.wait(lambda: shown(page) == ["A0", "A1", "A2", "A4", "A3"])
    qtbot.keyClick(page.strip, Qt.Key.Key_Right)
    qtbot.keyClick(page.strip, Qt.Key.Key_Space)
    lodge.wait(lambda: shown(page) == ["A0", "A1"])
    assert page.strip.picked == ("CNY", LONG)
    qtbot.keyClick(page.strip, Qt.Key.Key_Down)
    qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    qtbot.keyClick(page.strip, Qt.Key.Key_Up)
    qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    qtbot.keyClick(page.strip, Qt.Key.Key_Space)
    lodge.wait(lambda: shown(page) == ["A1"])
    qtbot.mouseClick(page.list.clear_button, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: len(shown(page)) == 6)
    assert page.strip.picked is None


def test_the_strip_follows_what_the_list_is_narrowed_by_and_what_is_paid(lodge: Lodge, qtbot: Any) -> None:
    page = opened(lodge, "zh_CN")
    qtbot.keyClicks(page.list.search, "A2")
    lodge.wait(lambda: [part for part in page.strip.parts() if part[1] == ALL] == [("CNY", ALL)])
    assert page.strip.words_of(("CNY", ALL)) == "CNY：未收 · 1 59,000.00"
    bill = lodge.one("select id from receivable where document_no = 'A2'")
    jobs.act(lodge.window, lambda desk, job: actions.take_receipt(desk, {"amount": 5_900_000}, [(bill, 5_900_000)]))
    lodge.wait(lambda: not page.strip.isVisible())
    assert lodge.one("select count(*) from application where gone is null") == 1


@pytest.mark.parametrize(("spoken", "said"), [("en", "CNY: Amount "), ("zh_CN", "CNY：金额 ")])
def test_the_foot_never_adds_two_currencies(lodge: Lodge, spoken: str, said: str) -> None:
    page = opened(lodge, spoken)
    page.list.view.selectAll()
    lodge.wait(lambda: "USD" in page.list.count_label.text())
    words = page.list.count_label.text()
    assert f"{said}229,000.00" in words
    assert "199,000.00" in words
    assert "4,200.00" in words
    assert "233,200.00" not in words
    assert page.list.count_label.toolTip() == words


def test_the_way_to_promises_and_receipts(lodge: Lodge, qtbot: Any) -> None:
    page = opened(lodge, "zh_CN")
    assert (page.promises_link.text(), page.receipts_link.text()) == ("付款承诺", "到账")
    qtbot.mouseClick(page.promises_link, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: lodge.window.page("promises").list.model.rowCount() == 1)
    lodge.window.go("receivables")
    qtbot.mouseClick(page.receipts_link, Qt.MouseButton.LeftButton)
    assert lodge.window.stack.currentWidget() is lodge.window.page("receipts")


def test_an_application_is_looked_at_and_taken_back_not_edited(lodge: Lodge, qtbot: Any) -> None:
    lodge.open("en")
    bill = lodge.one("select id from receivable where document_no = 'A3'")
    jobs.act(lodge.window, lambda desk, job: actions.take_receipt(desk, {"amount": 70_000}, [(bill, 70_000)]))
    page = lodge.page("applications")
    lodge.wait(lambda: page.list.model.rowCount() == 1)
    assert not page.list.new_button.isVisible()
    page.list.view.selectRow(0)
    lodge.wait(lambda: page.form is not None and page.form.values().get("amount") == 70_000)
    assert not page.form.cells["amount"].editor.isEnabled()
    assert not page.form.can_remove()
    command = next(command for command in page.commands() if "back" in str(command.title))
    command.run()
    lodge.wait(lambda: lodge.one("select balance from receivable where id = ?", bill) == 70_000)
    lodge.wait(lambda: page.list.model.rowCount() == 0)


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_receipt_kept_unapplied_is_applied_later_as_proposed(lodge: Lodge, spoken: str) -> None:
    client, hotel = lodge.one("select id from account"), lodge.one("select id from hotel")
    receipt = lodge.add(RECEIPT, hotel_id=hotel, received_on=TODAY, payer="越岫城建", amount=5_130_000, currency="CNY")
    lodge.open(spoken)
    lodge.window.open_record("receipt", receipt)
    page = lodge.window.page("receipts")
    lodge.wait(lambda: any(bar.go.isVisible() for bar in page._bars))
    bar = next(bar for bar in page._bars if bar.go.isVisible())
    assert "51,300.00" in bar.words.text()
    paid = {bar.pays.index(row, 0).data(): bar.pays.index(row, PAYS).data() for row in range(bar.pays.rowCount())}
    assert {number: amount for number, amount in paid.items() if amount} == {"A1": "51,300.00"}
    lodge.qtbot.mouseClick(bar.go, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: lodge.one("select balance from receivable where document_no = 'A1'") == 0)
    assert (lodge.one("select unapplied from receipt"), lodge.one("select account_id from receipt")) == (0, client)
    lodge.wait(lambda: not bar.go.isVisible() and bar.back.isVisible())  # it may be taken back


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_a_missed_promise_is_broken_by_itself_and_nobody_is_told(lodge: Lodge, spoken: str) -> None:
    client = lodge.one("select id from account where name = '越岫城建集团'")
    late = lodge.add(PROMISE, account_id=client, made_on="2026-11-01", due="2026-11-10", amount=500)
    window = lodge.open(spoken)
    pages_keeper.begin(window).look()
    lodge.wait(lambda: lodge.one("select state from promise where id = ?", late) == "broken")
    assert lodge.one("select count(*) from promise where state = 'open'") == 1
    assert not window.toast.isVisible()


def test_what_a_receipt_was_applied_to_is_not_written_by_hand(lodge: Lodge) -> None:
    lodge.open("zh_CN")
    bill = lodge.one("select id from receivable where document_no = 'A3'")
    jobs.act(lodge.window, lambda desk, job: actions.take_receipt(desk, {"amount": 70_000}, [(bill, 70_000)]))
    lodge.wait(lambda: lodge.one("select count(*) from application") == 1)
    lodge.window.open_record("receipt", lodge.one("select id from receipt"))
    tabs = lodge.window.page("receipts")._sheet.tabs
    lodge.wait(lambda: bool(tabs.bar.keys()))
    tabs.bar.choose("0")
    lodge.wait(lambda: tabs.shown is not None and tabs.shown.model.rowCount() == 1)
    assert not tabs.shown.new_button.isVisible()
    assert not tabs.shown.import_button.isVisible()
    assert tabs.shown.export_button.isVisible()


def test_a_proposal_that_comes_after_the_receipt_was_applied_is_not_shown(lodge: Lodge) -> None:
    """The row is read again before the proposal for what it was is there."""
    hotel = lodge.one("select id from hotel")
    receipt = lodge.add(RECEIPT, hotel_id=hotel, received_on=TODAY, payer="越岫城建", amount=5_130_000, currency="CNY")
    lodge.open("zh_CN")
    lodge.window.open_record("receipt", receipt)
    page = lodge.window.page("receipts")
    lodge.wait(lambda: any(bar.go.isVisible() for bar in page._bars))
    bar = next(bar for bar in page._bars if bar.go.isVisible())
    before, proposal = dict(bar._row), bar.proposal
    bar._on_settled({**before, "version": before["version"] + 1, "unapplied": 0})
    bar._on_proposed((before, proposal))
    assert not bar.isVisible()
