"""What a later ledger takes back of earlier ones, and ledgers with one column of amounts; a bill that was taken back was no sale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.credit import queries as credit
from crm_desktop.duties.mappings import by_headings, recognised
from crm_desktop.duties.receivables import actions, mappings_amounts, queries_kpi, queries_reports
from crm_desktop.duties.receivables import queries as owed
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.duties.receivables.records_ledger import LEDGER_LINE
from crm_desktop.exchange import importing
from crm_desktop.record.dates import set_clock
from crm_desktop.record.text import Refused, say
from tests.samples import account, added, csv_file, facts, hotel, imported, prepared, row, sound

HEADINGS = ["账号", "单位", "日期", "单号", "摘要", "借方", "贷方", "余额"]
FIRST = [["1", "甲", "2026-08-01", "A", "房费", "500", "", "500"], ["1", "甲", "2026-08-20", "R1", "收款", "", "500", "0"], ["1", "甲", "2026-09-01", "B", "餐费", "300", "", "300"]]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def balances(desk: Desk) -> dict[str, int]:
    return dict(desk.store.writer.execute("select document_no, balance from receivable where gone is null order by document_no").fetchall())


def test_a_receipt_of_an_earlier_file_bounces(desk: Desk, tmp_path: Path) -> None:
    """What it paid is open again and paid by what comes next; the promise it kept is kept no longer; undo puts all of it back."""
    hotel(desk)
    client = account(desk, "甲", code="1")
    promise = added(desk, PROMISE, account_id=client, made_on="2026-08-01", due="2026-08-20", amount=500_00)
    imported(desk, csv_file(tmp_path / "a.csv", HEADINGS, *FIRST), LEDGER_LINE)
    assert balances(desk) == {"A": 0, "B": 300_00}
    actions.judge(desk, client)
    assert row(desk, PROMISE, promise)["state"] == "kept"
    before = facts(desk.store)
    second = [["1", "甲", "2026-09-05", "R1", "退票", "", "-500", "800"], ["1", "甲", "2026-09-20", "R2", "收款", "", "600", "200"]]
    ready = prepared(desk, csv_file(tmp_path / "b.csv", HEADINGS, *second), LEDGER_LINE)
    assert ready.bad == []
    assert "1 receipts that were here are taken back" in say(ready.notes[0])
    change = importing.write(desk, ready)
    assert balances(desk) == {"A": 0, "B": 200_00}
    found = desk.store.writer.execute("select r.document_no, p.amount, p.day from application as p join receivable as r on r.id = p.receivable_id where p.gone is null order by 1").fetchall()
    assert found == [("A", 500_00, "2026-09-20"), ("B", 100_00, "2026-09-20")]
    assert (row(desk, PROMISE, promise)["state"], row(desk, PROMISE, promise)["received"]) == ("open", 0)
    assert owed.untied(desk.store.writer) is None
    sound(desk.store)
    assert imported(desk, tmp_path / "b.csv", LEDGER_LINE)["same"] == 2
    desk.undo(change.id)
    assert facts(desk.store) == before


def test_a_receipt_typed_here_bounces_and_nothing_new_comes(desk: Desk, tmp_path: Path) -> None:
    client = account(desk, "甲", code="1")
    bill = added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), document_no="A", amount=700_00, due="2026-09-01", bill_date="2026-08-01")
    actions.take_receipt(desk, {"account_id": client, "amount": 500_00, "received_on": "2026-08-20"}, [(bill, 500_00)])
    imported(desk, csv_file(tmp_path / "b.csv", HEADINGS[:-1], ["1", "甲", "2026-09-05", "", "退票", "", "-500"]), LEDGER_LINE)
    assert (row(desk, RECEIVABLE, bill)["balance"], row(desk, RECEIVABLE, bill)["paid"]) == (700_00, 0)
    assert desk.store.writer.execute("select count(*) from receipt where gone is null").fetchone()[0] == 0
    sound(desk.store)


def test_of_two_receipts_alike_neither_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    client = account(desk, "甲", code="1")
    hotel(desk)
    for day in ("2026-08-20", "2026-08-21"):
        actions.take_receipt(desk, {"account_id": client, "amount": 500_00, "received_on": day})
    counts = imported(desk, csv_file(tmp_path / "b.csv", HEADINGS[:-1], ["1", "甲", "2026-09-05", "", "退票", "", "-500"]), LEDGER_LINE)
    assert (counts["added"], counts["refused"]) == (0, 1)


def test_what_was_taken_back_was_no_sale(desk: Desk, tmp_path: Path, reader: Any) -> None:
    """A reversed bill is in no figure of sales from the day it was taken back on; before that it was one."""
    hotel(desk)
    rows = [
        ["1", "甲", "2026-09-10", "A", "房费", "500", "", "500"], ["1", "甲", "2026-09-12", "B", "房费", "900", "", "1400"], ["1", "甲", "2026-10-05", "B", "红冲", "-900", "", "500"],
    ]  # fmt: skip
    imported(desk, csv_file(tmp_path / "a.csv", HEADINGS, *rows), LEDGER_LINE)
    client = desk.store.writer.execute("select id from account where code = '1'").fetchone()[0]
    sales = {day: queries_reports.figures(reader, day).rows[0]["credit_sales_last_90_days"] for day in ("2026-10-04", "2026-10-05", "2026-11-18")}
    assert sales == {"2026-10-04": "1400.00", "2026-10-05": "500.00", "2026-11-18": "500.00"}
    dso = {day: queries_kpi.figures(reader, day)[0].value for day in ("2026-10-04", "2026-11-18")}
    assert dso == {"2026-10-04": "90.0", "2026-11-18": "90.0"}  # all of it is open on either day
    assert queries_reports.paid(reader).rows[0]["rows"] == 1
    found = credit.credit_file(reader, client, "2026-11-18")
    assert found is not None
    assert found.month == 500_00 // 12
    assert len(found.habit.days) == 1  # the bill that was taken back says nothing of how the client pays


ONE = ["客户编号", "单位", "日期", "单号", "摘要", "金额", "借贷", "余额"]


@pytest.mark.parametrize(("debit", "credit"), [("借", "贷"), ("借方", "贷方"), ("D", "C"), ("Dr.", "Cr.")])
def test_one_column_of_amounts_with_its_side(desk: Desk, tmp_path: Path, debit: str, credit: str) -> None:
    hotel(desk)
    rows = [
        ["1", "甲", "2026-09-01", "", "期初余额", "", "", "100"], ["1", "甲", "2026-09-02", "A", "房费", "500", debit, "600"], ["1", "甲", "2026-09-09", "R", "收款", "250", credit, "350"],
        ["1", "甲", "2026-09-10", "A", "红冲", "-500", debit, "-150"], ["1", "甲", "2026-09-12", "X", "?", "1", "斜", "-149"],
    ]  # fmt: skip
    ready = prepared(desk, csv_file(tmp_path / "a.csv", ONE, *rows), LEDGER_LINE)
    importing.write(desk, ready)
    assert [bad.line for bad in ready.bad] == [6]
    assert balances(desk) == {"": 0, "A": 0}
    assert desk.store.writer.execute("select unapplied from receipt where gone is null").fetchall() == [(150_00,)]
    sound(desk.store)


def test_which_headings_are_a_ledger_with_one_column() -> None:
    assert {title: name for title, name in recognised(LEDGER_LINE, ONE).items() if name in ("debit", "credit")} == {"金额": "debit", "借贷": "credit"}
    both = [*HEADINGS, "方向"]  # the side of the balance, beside two columns of amounts
    assert {title: name for title, name in recognised(LEDGER_LINE, both).items() if name in ("debit", "credit")} == {"借方": "debit", "贷方": "credit"}
    with pytest.raises(Refused):
        by_headings(LEDGER_LINE, [title for title in ONE if title != "借贷"])  # an amount without its side is none
    assert mappings_amounts.line_side(["日期", "余额方向", "方向"]) == "方向"
