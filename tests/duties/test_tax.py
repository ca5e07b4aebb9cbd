"""The tax table: which line a bill belongs to, what held on a day, and amounts with and without tax to the fen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.credit import documents_collection
from crm_desktop.duties.receivables import actions_tax, queries_tax
from crm_desktop.duties.receivables import rules_tax as rules
from crm_desktop.duties.receivables.records import KINDS, RECEIVABLE
from crm_desktop.duties.receivables.records_tax import TAX_RATE
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import Refused
from tests.samples import account, added, hotel


@pytest.mark.parametrize(
    ("gross", "rate", "expected"),
    [(1_060_00, 600, (1_000_00, 60_00)), (1_000_00, 600, (943_40, 56_60)), (1_090_00, 900, (1_000_00, 90_00)), (1, 600, (1, 0)), (9, 600, (8, 1)), (500, 0, (500, 0)), (-1_000_00, 600, (-943_40, -56_60)), (0, 600, (0, 0))],
)
def test_an_amount_and_its_tax(gross: int, rate: int, expected: tuple[int, int]) -> None:
    assert rules.parts(gross, rate) == expected


@given(st.integers(-(10**12), 10**12), st.integers(0, 5_000))
def test_net_and_tax_are_the_amount(gross: int, rate: int) -> None:
    net, tax = rules.parts(gross, rate)
    assert net + tax == gross
    assert abs(2 * (net * (rules.WHOLE + rate) - gross * rules.WHOLE)) <= rules.WHOLE + rate  # nearer than any other fen
    assert rules.parts(-gross, rate) == (-net, -tax)


@pytest.mark.parametrize(("kind", "line"), [("room", "lodging"), ("meal", "meals"), ("banquet", "meals"), ("meeting", "meeting"), ("rent", "rent"), ("other", "other"), ("own", "other")])
def test_the_line_of_a_kind_of_bill(kind: str, line: str) -> None:
    assert rules.line_of(kind) == line
    assert set(rules.LINE_OF) <= {code for code, _, _ in KINDS}


def test_the_hotels_own_rows_hold_from_their_day(desk: Desk, reader: Any) -> None:
    for since, rate in (("2026-01-01", 500), ("2026-07-01", 300)):
        added(desk, TAX_RATE, since=since, line="rent", rate=rate, goods="*经营租赁*场租", deductible=0)
    own = queries_tax.table(reader)
    assert [rules.rate_on(own, "rent", day).rate for day in ("2025-12-31", "2026-06-30", "2026-07-01")] == [900, 500, 300]
    assert rules.rate_on(own, "lodging", "2026-07-01") == rules.DEFAULTS["lodging"]
    assert rules.rate_on(own, "rent", "2026-07-01") == ("rent", 300, "*经营租赁*场租", False)
    with pytest.raises(Invalid):
        added(desk, TAX_RATE, since="2026-07-01", line="rent", rate=100, goods="x")


def test_the_usual_rates_are_written_down_once(desk: Desk, reader: Any) -> None:
    added(desk, TAX_RATE, since="2026-01-01", line="rent", rate=500, goods="*经营租赁*场租")
    actions_tax.write_usual(desk)
    own = queries_tax.table(reader)
    assert [rules.rate_on(own, line, "2026-11-18") == rules.DEFAULTS[line] for line, _, _ in rules.LINES] == [True, True, True, False, True]
    with pytest.raises(Refused, match="already"):
        actions_tax.write_usual(desk)
    desk.undo()
    assert len(queries_tax.table(reader)) == 1


def test_a_statement_adds_its_items_up_by_invoice_line(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    for kind, amount in (("room", 1_060_00), ("meal", 500_00), ("banquet", 560_00), ("rent", 1_090_00)):
        added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, kind=kind, due="2026-11-10", bill_date="2026-11-01")
    made = documents_collection.statement(reader, Ask(client, "2026-11-18", language="en"))
    assert made is not None
    assert made.data["tax"] == [
        ["Lodging", "*住宿服务*住宿费", "1,060.00", "6 %", "1,000.00", "60.00"], ["Meals and drinks", "*餐饮服务*餐饮费", "1,060.00", "6 %", "1,000.00", "60.00"],
        ["Rent of places", "*经营租赁*场地租赁费", "1,090.00", "9 %", "1,000.00", "90.00"],
    ]  # fmt: skip
