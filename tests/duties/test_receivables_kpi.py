"""Figures of collection, and ageing from other days than the due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.credit.records_collection import COLLECTION_STEP
from crm_desktop.duties.receivables import (
    actions,
    documents,
    queries,
    queries_ageing,
    queries_kpi,
    queries_open,
    rules,
    rules_kpi,
)
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.record.dates import set_clock
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import say
from tests.samples import account, added, hotel, row

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


@pytest.mark.parametrize(
    ("found", "tenths"),
    [
        (rules_kpi.dso(572_506, 1_919_681), 268), (rules_kpi.dso(511_985, 1_990_370), 232), (rules_kpi.dso(1, 0), None),
        (rules_kpi.count_back(0, []), 0), (rules_kpi.count_back(150, [(100, 18), (100, 31)]), 335), (rules_kpi.count_back(100, [(100, 18)]), 180),
        (rules_kpi.count_back(101, [(100, 18)]), None), (rules_kpi.count_back(50, [(0, 18), (100, 31)]), 335),
        (rules_kpi.best_dso(90, 900), 90), (rules_kpi.delinquent(268, 231), 37), (rules_kpi.delinquent(None, 231), None),
        (rules_kpi.effectiveness(1_000, 500, 600, 400), 818), (rules_kpi.effectiveness(0, 400, 400, 400), None),
        (rules_kpi.recovery(300, 400, 200), 500), (rules_kpi.recovery(300, 0, 0), None),
    ],
)  # fmt: skip
def test_the_formulas(found: int | None, tenths: int | None) -> None:
    assert found == tenths


@given(owes=st.integers(1, 10**9), sales=st.lists(st.tuples(st.integers(0, 10**8), st.integers(1, 31)), max_size=30))
def test_counting_back_never_takes_longer_than_the_months_it_has(owes: int, sales: list[tuple[int, int]]) -> None:
    found = rules_kpi.count_back(owes, sales)
    assert (found is None) == (sum(amount for amount, _ in sales) < owes)
    assert found is None or 0 <= found <= 10 * sum(days for _, days in sales)


def bill(desk: Desk, client: int, amount: int, billed: str, due: str, **values: Any) -> int:
    return added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, bill_date=billed, due=due, **values)


def test_the_figures_of_a_house(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    bill(desk, client, 60_000, "2026-08-10", "2026-09-09")
    paid = bill(desk, client, 30_000, "2026-10-05", "2026-11-04")
    bill(desk, client, 30_000, "2026-11-03", "2026-12-03")
    actions.take_receipt(desk, {"amount": 30_000, "account_id": client, "received_on": "2026-11-10"}, [(paid, 30_000)])
    for received in (0, 400):
        added(desk, PROMISE, account_id=client, made_on="2026-10-01", due="2026-10-10", amount=400, received=received)
    added(desk, PROMISE, account_id=client, made_on="2026-10-01", due="2026-12-10", amount=9_000)
    found = {say(figure.label): figure for figure in queries_kpi.figures(reader, TODAY)}
    assert {name: figure.value for name, figure in found.items()} == {
        "DSO": "135.0", "DSO, count-back": "94.5", "Best possible DSO": "45.0", "Days delinquent": "90.0", "CEI": "33.3 %",
        "Recovery rate": "33.3 %", "Over 60 days": "66.7 %", "Promises kept": "50.0 %", "Cost to collect": "–",
    }  # fmt: skip
    assert "900.00 / sales of 90 days 600.00" in say(found["DSO"].note)
    then = {say(figure.label): figure.value for figure in queries_kpi.figures(reader, "2026-11-09")}
    assert (then["DSO"], then["Recovery rate"]) == ("180.0", "0.0 %")


def test_the_figures_of_a_seller_and_what_collecting_cost(desk: Desk, reader: Any) -> None:
    client, seller = account(desk, "甲"), added(desk, STAFF, name="唐屿", code="TY")
    mine = bill(desk, client, 60_000, "2026-09-10", "2026-10-10", owner_id=seller)
    bill(desk, client, 60_000, "2026-09-10", "2026-10-10")
    actions.take_receipt(desk, {"amount": 40_000, "account_id": client, "received_on": "2026-11-10"}, [(mine, 40_000)])
    for channel in ("call", "letter"):
        added(desk, COLLECTION_STEP, account_id=client, day="2026-11-03", name=channel, channel=channel, owner_id=seller)
    found = [{say(each.label): each.value for each in queries_kpi.figures(reader, TODAY, owner=owner)} for owner in (None, seller)]
    assert [(one["DSO"], one["Recovery rate"], one["Cost to collect"]) for one in found] == [("60.0", "33.3 %", "7.5 %"), ("30.0", "66.7 %", "7.5 %")]
    rows = queries_kpi.report(reader, TODAY, "seller").rows
    assert [(row["seller"], row["open"], row["dso"]) for row in rows] == [("唐屿", "200.00", "30.0")]
    assert queries_kpi.report(reader, TODAY).rows[0]["open"] == "800.00"


def test_ages_count_from_the_day_one_chooses(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    bill(desk, client, 100, "2026-10-01", "2026-11-17", transferred_on="2026-09-10", checked_out_on="2026-08-20", event_on="2026-07-01")
    bill(desk, client, 7, "2026-11-18", "2026-12-18")
    found = {base: queries.ageing(reader, TODAY, base=base)[0].amounts for base in queries_open.DAYS}
    assert found == {
        "due": [7, 100, 0, 0, 0], "bill": [7, 0, 100, 0, 0], "transfer": [7, 0, 0, 100, 0], "checkout": [7, 0, 0, 100, 0], "event": [7, 0, 0, 0, 100],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "statement", "invoice", "kind"),
    [
        ("signed", "", "", "unmatched"), ("matched", "2026-11-01", "", "uninvoiced"), ("confirmed", "", "", "uninvoiced"), ("waiting", "", "", ""),
        ("waiting", "2026-11-19", "2026-11-20", "unmatched"), ("waiting", "2026-11-18", "2026-11-19", "uninvoiced"), ("lawyer", "2026-11-01", "2026-11-18", ""),
    ],
)  # fmt: skip
def test_what_had_no_statement_or_invoice_on_a_day(stage: str, statement: str, invoice: str, kind: str) -> None:
    assert rules.early_kind(stage, statement, invoice, TODAY) == kind


@pytest.mark.parametrize("day", [TODAY, "2026-11-10"])
def test_what_is_not_billed_to_the_end_stands_before_the_ages(desk: Desk, reader: Any, day: str) -> None:
    one, two = account(desk, "甲"), account(desk, "乙")
    bill(desk, one, 500, "2026-11-01", "2026-12-01")
    bill(desk, two, 300, "2026-11-01", "2026-11-05")
    sent = bill(desk, two, 70, "2026-11-01", "2026-12-01", statement_no="S1", statement_on="2026-11-12")
    desk.move(RECEIVABLE, sent, row(desk, RECEIVABLE, sent)["version"], "match")
    later = day == TODAY
    whole, first, second = queries_ageing.lines(reader, day, (0, 30), "due", "account")
    assert whole.aged.early == ({"unmatched": (800, 2), "uninvoiced": (70, 1)} if later else {"unmatched": (870, 3)})
    assert (first.aged.early, whole.aged.amounts) == ({"unmatched": (500, 1)}, [570, 300, 0])
    assert second.aged.early.get("uninvoiced", (0, 0))[0] == (70 if later else 0)
    assert queries_ageing.ids(reader, day, (0, 30), "due", "account", whole, "uninvoiced") == ([sent] if later else [])
    assert len(queries_ageing.ids(reader, day, (0, 30), "due", "account", second, "unmatched")) == (1 if later else 2)


def test_the_paper_has_the_bases_of_the_page(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    bill(desk, client, 500, "2026-10-01", "2026-11-17", event_on="2026-07-01")
    made = documents.ageing(reader, Ask(0, TODAY, limits=(0, 10), base="event", by="seller", language="en"))
    assert (made.data["base"], made.data["by"], made.data["ages"]) == ("Day of the event", "Seller", ["Not due", "1–10 days", "Over 10 days"])
    assert made.data["totals"] == [["CNY", "5.00", "5.00", "", "", "", "5.00", ""]]
    assert made.data["rows"] == [["Nobody", [], "5.00", ["5.00", "–"], "", "", "5.00", "", "", "", "", ""]]
    usual = documents.ageing(reader, Ask(0, TODAY, language="en"))
    assert (usual.data["rows"][0][:6], usual.data["ages"][-1]) == (["甲", [], "5.00", ["5.00", "–"], "", "5.00"], "Over 365 days")
    assert usual.data["rows"][0][-2:] == ["", "1,095"]


@pytest.mark.parametrize("by", ["account", "seller", "segment"])
def test_the_items_behind_a_cell_are_those_it_adds_up(desk: Desk, reader: Any, by: str) -> None:
    one, two = account(desk, "甲", segment="Corporate"), account(desk, "乙")
    late = bill(desk, one, 500, "2026-09-01", "2026-10-01")
    bill(desk, one, 300, "2026-11-01", "2026-12-01")
    bill(desk, two, 200, "2026-09-01", "2026-10-01", currency="USD")
    paid = bill(desk, two, 50, "2026-09-01", "2026-10-01")
    actions.take_receipt(desk, {"amount": 50, "account_id": two, "received_on": TODAY}, [(paid, 50)])
    for day, total in ((TODAY, 800), ("2026-11-17", 850)):
        lines = queries_ageing.lines(reader, day, (0, 30, 60), "due", by)
        assert [(line.aged.currency, line.aged.owes) for line in lines if line.keys is None] == [("CNY", total), ("USD", 200)]
        for line in lines:
            for bucket in (None, 0, 1, 2, 3):
                ids = queries_ageing.ids(reader, day, (0, 30, 60), "due", by, line, bucket)
                assert len(ids) == (line.aged.items if bucket is None else line.aged.counts[bucket])
    [whole] = [line for line in lines if line.keys is None and line.aged.currency == "CNY"]
    assert set(queries_ageing.ids(reader, "2026-11-17", (0, 30, 60), "due", by, whole, 2)) == {late, paid}
