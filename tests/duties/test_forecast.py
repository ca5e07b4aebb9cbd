"""The late-payment forecast: what it says of one bill, that it never looks ahead, and how well it does on the real invoices."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.credit import queries_forecast, words_beside
from crm_desktop.duties.credit.rules_forecast import Forecast, Judged, Settled, judge
from crm_desktop.duties.receivables import actions
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.dates import add_days, set_clock
from crm_desktop.record.text import say
from tests.samples import SHARED, account, added, hotel

INVOICES = SHARED / "ar" / "WA_Fn-UseC_-Accounts-Receivable.csv"
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)).map(dt.date.isoformat)
BILLS = st.lists(st.tuples(st.sampled_from("abc"), DAYS, st.integers(0, 60), st.integers(0, 200)), max_size=12).map(
    lambda rows: [Settled(who, issued, add_days(issued, terms), add_days(issued, took)) for who, issued, terms, took in rows]
)


def bill(client: str, took: int, issued: str = "2026-01-01") -> Settled:
    return Settled(client, issued, add_days(issued, 30), add_days(issued, took))


def test_a_client_pays_as_it_used_to() -> None:
    learned = Forecast([*(bill("slow", 60) for _ in range(8)), *(bill("quick", 20) for _ in range(8))], "2026-06-30")
    assert learned.expect("slow", "2026-06-30", "2026-07-30") == ("2026-08-25", 26, 8, True)  # (8 x 60 + 2 x 40) / 10 = 56 days
    assert learned.expect("quick", "2026-06-30", "2026-07-30") == ("2026-07-24", 0, 8, True)
    assert learned.expect("new", "2026-06-30", "2026-07-30") == ("2026-08-09", 10, 0, True)


def test_a_bill_that_is_open_for_long_is_compared_with_such_bills_only() -> None:
    learned = Forecast([*(bill("a", 20) for _ in range(9)), bill("a", 80), bill("a", 90)], "2026-06-30")
    found = learned.expect("a", "2026-05-11", "2026-06-10")  # open for 50 days
    assert (found.day, found.learned) == ("2026-08-04", 2)
    longer = learned.expect("a", "2026-01-01", "2026-01-31")  # than any bill was
    assert (longer.day, longer.told) == ("2026-07-07", False)
    assert say(words_beside.expected(longer)) == "no day can be told: no bill that was paid had been open so long"


@given(BILLS, DAYS, st.sampled_from("abcd"), DAYS)
def test_nothing_is_expected_before_tomorrow_and_nothing_learned_from_later(bills: list[Settled], day: str, client: str, issued: str) -> None:
    if issued > day:
        return
    due = add_days(issued, 30)
    found = Forecast(bills, day).expect(client, issued, due)
    assert found.day > day
    assert found == Forecast([each for each in bills if each.settled <= day], day).expect(client, issued, due)
    judged = judge(bills, day)
    assert judged.bills == sum(each.issued <= day < each.settled for each in bills)


@pytest.mark.skipif(not INVOICES.exists(), reason=f"the invoices are not at {INVOICES}")
def test_it_beats_the_plain_guess_on_the_real_invoices() -> None:
    def iso(words: str) -> str:
        month, day, year = words.split("/")
        return f"{year}-{int(month):02d}-{int(day):02d}"

    with INVOICES.open(encoding="utf-8", newline="") as file:
        rows = [Settled(row["customerID"], iso(row["InvoiceDate"]), iso(row["DueDate"]), iso(row["SettledDate"])) for row in csv.DictReader(file)]
    found = judge(rows, "2013-06-30")
    assert found.bills == 84
    assert found.better
    assert (found.off, found.plain) == (pytest.approx(5.86, abs=0.1), pytest.approx(10.08, abs=0.1))


def test_what_is_expected_of_open_bills(desk: Desk) -> None:
    set_clock(dt.datetime(2026, 11, 18, 9))
    try:
        client = account(desk, "甲")
        for at in range(4):
            paid = added(
                desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), document_no=f"A{at}", amount=100_00, bill_date=f"2026-0{at + 5}-01", due=f"2026-0{at + 5}-21"
            )
            actions.take_receipt(desk, {"account_id": client, "amount": 100_00, "payer": "甲", "received_on": f"2026-0{at + 5}-28"}, [(paid, 100_00)])
        added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), document_no="B", amount=70_00, bill_date="2026-11-10", due="2026-11-30")
        found = queries_forecast.outlook(desk.store.writer, client, "2026-11-18")
        ((_, number, amount, expected),) = found.bills
        assert (number, amount) == ("B", 70_00)
        assert expected.day > "2026-11-18"
        assert isinstance(found.judged, Judged)
    finally:
        set_clock(None)
