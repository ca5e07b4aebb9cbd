"""Money through the window: a receipt that pays the bills a person chooses, a ledger brought in, and the real file of invoices."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.receivables import queries_reports
from crm_desktop.duties.receivables.pages_paying import PAYS
from crm_desktop.duties.receivables.records import RECEIPT, RECEIVABLE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import dates
from tests.samples import SHARED, csv_file
from tests.ui.lodge import Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
APART = 120_000  # ms: a process of its own reads and writes 2,466 rows, beside whatever else the machine does
BILLS = (("12,300", 1_230_000, "2026-09-30", 0), ("28,000", 2_800_000, "2026-10-15", 0), ("15,000", 1_500_000, "2026-10-20", 1_500_000), ("20,000", 2_000_000, "2026-11-10", 0))


@pytest.fixture
def lodge(store: Any, qtbot: Any) -> Iterator[Lodge]:
    dates.set_clock(dt.datetime(2026, 11, 18, 9))
    with lodge_on(store, qtbot) as house:
        hotel = house.add(HOTEL, code="LT", name="澜棠大酒店")
        client = house.add(ACCOUNT, name="越岫城建集团", code="0042")
        for number, amount, due, disputed in BILLS:
            house.add(RECEIVABLE, account_id=client, hotel_id=hotel, document_no=number, bill_date="2026-09-01", due=due, amount=amount, disputed=disputed, stage="waiting", invoiced=1)
        house.add(RECEIPT, account_id=client, hotel_id=hotel, amount=5_000_000, received_on="2026-11-18", payer="越岫城建")
        yield house


def balances(lodge: Lodge) -> dict[str, int]:
    with closing(lodge.store.open_reader()) as reader:
        return dict(reader.execute("select document_no, balance from receivable where gone is null").fetchall())


def opened(lodge: Lodge, spoken: str) -> Any:
    """The receipt on the page, with its bills shown."""
    lodge.open(spoken)
    page = lodge.page("receipts")
    lodge.wait(lambda: page.list.model.rowCount() == 1)
    page.list.view.setFocus()
    lodge.window.open_record("receipt", lodge.one("select id from receipt"))
    lodge.wait(lambda: any(bar.go.isVisible() for bar in page._bars))
    return next(bar for bar in page._bars if bar.go.isVisible())


def pays(bar: Any) -> list[str]:
    return [str(bar.pays.index(at, PAYS).data()) for at in range(bar.pays.rowCount())]


@pytest.mark.parametrize(("spoken", "left"), [("en", "Nothing stays on account"), ("zh_CN", "全部核销，账上无余款")])
def test_the_oldest_are_paid_first_and_what_is_disputed_waits(lodge: Lodge, qtbot: Any, spoken: str, left: str) -> None:
    bar = opened(lodge, spoken)
    assert pays(bar) == ["12,300.00", "28,000.00", "", "9,700.00"]
    assert bar.rest.text() == left
    qtbot.keyClick(bar.go, Qt.Key.Key_Space)
    lodge.wait(lambda: balances(lodge) == {"12,300": 0, "28,000": 0, "15,000": 1_500_000, "20,000": 1_030_000})
    with closing(lodge.store.open_reader()) as reader:
        aged = {day: queries_reports.ageing(reader, day).rows[0] for day in ("2026-11-18", "2026-11-17")}
    assert aged["2026-11-18"]["1-30"] == "25300.00"
    assert (aged["2026-11-17"]["1-30"], aged["2026-11-17"]["31-60"]) == ("35000.00", "40300.00")
    lodge.wait(lambda: bar.back.isVisible() and not bar.go.isVisible())
    qtbot.keyClick(bar.back, Qt.Key.Key_Space)  # and taken back
    lodge.wait(lambda: balances(lodge) == {number: amount for number, amount, _, _ in BILLS})
    lodge.wait(lambda: bar.go.isVisible() and not bar.back.isVisible())
    assert lodge.one("select applied from receipt") == 0


def test_other_bills_and_parts_are_chosen_by_hand(lodge: Lodge, qtbot: Any) -> None:
    """Nothing at first, then one whole by Space, a part typed on another, with why; what is too much is said and not taken."""
    bar = opened(lodge, "zh_CN")
    qtbot.keyClick(bar.none, Qt.Key.Key_Space)
    assert pays(bar) == ["", "", "", ""]
    assert not bar.go.isEnabled()
    bar.table.setFocus()
    bar.table.setCurrentIndex(bar.pays.index(1, PAYS))
    qtbot.keyClick(bar.table, Qt.Key.Key_Space)
    assert pays(bar) == ["", "28,000.00", "", ""]
    assert not bar.why.isEnabled()
    bar.table.setCurrentIndex(bar.pays.index(3, PAYS))
    for figures, said in (("30000", "账单 20,000 只剩 20,000.00 未收。"), ("19000", "")):
        qtbot.keyClick(bar.table, figures[0])
        editor = bar.table.pays.editor
        qtbot.keyClicks(editor, figures[1:])
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        lodge.wait(lambda said=said: bar.problem.text() == said)
    assert pays(bar) == ["", "28,000.00", "", "19,000.00"]
    assert "3,000.00" in bar.rest.text()
    bar.why.setCurrentIndex(bar.why.findData("price"))
    qtbot.keyClick(bar.go, Qt.Key.Key_Space)
    lodge.wait(lambda: balances(lodge) == {"12,300": 1_230_000, "28,000": 0, "15,000": 1_500_000, "20,000": 100_000})
    assert lodge.one("select unapplied from receipt") == 300_000
    assert lodge.one("select why_short from application where short = 100000") == "price"


# files


def brought(lodge: Lodge, qtbot: Any, record: str, path: Path, unit: str = "") -> Any:
    """The import page after it brought a file in; the currency chosen by keys where one is given."""
    lodge.open("zh_CN")
    page = lodge.page("import", record=record, file=str(path))
    qtbot.waitUntil(lambda: page._summary is not None, timeout=APART)
    assert page.currency_box.isVisible() == bool(unit)
    if unit:
        page._summary = None
        page.currency_box.box.setFocus()
        while page.currency_box.answer() != unit:
            qtbot.keyClick(page.currency_box.box, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: page._summary is not None and page._job is None, timeout=APART)
    qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page._job is None and page.done_label.text() != "", timeout=APART)
    return page


def test_a_ledger_is_recognised_told_and_brought_in(lodge: Lodge, qtbot: Any, tmp_path: Path) -> None:
    rows = [["0042", "越岫城建", "2026-11-01", "期初余额", "", "", "500.00", "CNY"], ["0042", "越岫城建", "2026-11-02", "房费", "88.00", "", "588.00", "CNY"]]
    path = csv_file(tmp_path / "往来.csv", ["账号", "单位", "日期", "摘要", "借方", "贷方", "余额", "币种"], *rows)
    page = brought(lodge, qtbot, "ledger_line", path)
    assert page.record_box.currentData() == "ledger_line"
    assert "CNY：借方 588.00" in page.outcome.made.text()
    assert balances(lodge)[""] in (50_000, 8_800)
    assert lodge.one("select count(*) from receivable where gone is null") == len(BILLS) + 2


INVOICES, ANSWERS = SHARED / "ar" / "WA_Fn-UseC_-Accounts-Receivable.csv", SHARED / "expected" / "ar.json"


@pytest.mark.skipif(not (INVOICES.exists() and ANSWERS.exists()), reason=f"the invoices and their answers are not at {INVOICES}")
def test_the_real_invoices_through_the_window(lodge: Lodge, qtbot: Any) -> None:
    """Brought in as dollars; the ageing page tells what is known of a day."""
    facts: dict[str, Any] = json.loads(ANSWERS.read_text("utf-8"))["ibm_ar"]["as_of"]
    brought(lodge, qtbot, "receivable", INVOICES, "USD")
    assert lodge.one("select count(*) from receivable where currency = 'USD' and gone is null") == 2466
    with closing(lodge.store.open_reader()) as reader:
        for day, told in facts.items():
            [row] = [row for row in queries_reports.figures(reader, day).rows if row["currency"] == "USD"]
            assert {name: row[name] for name in told if name in row} == {name: told[name] for name in told if name in row}
    page = lodge.page("ageing")
    lodge.wait(lambda: page.rows.rowCount() > 0)
    for day, told in facts.items():
        page.day.setFocus()
        page.day.selectAll()
        qtbot.keyClicks(page.day, day)
        qtbot.keyClick(page.day, Qt.Key.Key_Return)
        shown = [bucket["amount"] for bucket in told["buckets"].values()]
        wanted = ["USD", told["open_balance"], *shown, str(told["open_invoices"])]
        lodge.wait(lambda wanted=wanted: plain(page) == wanted)


def plain(page: Any) -> list[str]:
    """The first line of the ageing page as a report writes it: currency, what is open, by age, how many items."""
    cells = [str(page.rows.index(0, column).data()).replace(",", "") for column in range(1, page.rows.columnCount())]
    return [cell or "0.00" for cell in (*cells[:2], *cells[-7:-1])]
