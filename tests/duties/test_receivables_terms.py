"""Terms of payment and the stages of an item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.receivables import rules_stages as stages
from crm_desktop.duties.receivables import rules_terms as terms
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.dates import days_between, set_clock
from crm_desktop.record.text import Refused, say
from tests.samples import account, added, change, hotel, row, sound

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)).map(str)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


@pytest.mark.parametrize(
    ("kind", "number", "statement", "handed", "day", "words"),
    [
        (terms.AT_ONCE, 30, "", "", "2026-11-03", "At once: due on 2026-11-03"), (terms.BILL, 30, "", "", "2026-12-03", "Bill date 2026-11-03 + 30 days = 2026-12-03"),
        (terms.MONTH_DAY, 15, "", "", "2026-12-15", "Monthly account of 2026-11, day 15 of the month after = 2026-12-15"),
        (terms.MONTH_DAY, 31, "", "", "2026-12-31", "Monthly account of 2026-11, day 31 of the month after = 2026-12-31"),
        (terms.MONTH_END, 30, "", "", "2026-12-30", "End of 2026-11 + 30 days = 2026-12-30"),
        (terms.HAND_OVER, 15, "", "", "2026-11-28", "Expected: statement 2026-11-03 + 10 + 15 days = 2026-11-28; fixed when the invoice is handed over"),
        (terms.HAND_OVER, 15, "2026-11-05", "", "2026-11-30", "Expected: statement 2026-11-05 + 10 + 15 days = 2026-11-30; fixed when the invoice is handed over"),
        (terms.HAND_OVER, 15, "2026-11-05", "2026-11-09", "2026-11-24", "Invoice handed over 2026-11-09 + 15 days = 2026-11-24"),
    ],
)  # fmt: skip
def test_the_due_date_and_how_it_comes(kind: str, number: int, statement: str, handed: str, day: str, words: str) -> None:
    found = terms.due(kind, number, "2026-11-03", statement, handed)
    assert found is not None
    assert (found.day, say(found.words), found.expected) == (day, words, "Expected" in words)


def test_the_month_after_may_be_shorter_or_of_another_year() -> None:
    assert [terms.due(terms.MONTH_DAY, 31, day).day for day in ("2026-01-31", "2028-01-05", "2026-12-31")] == ["2026-02-28", "2028-02-29", "2027-01-31"]  # type: ignore[union-attr]
    assert terms.due("", 30, "2026-11-03") is None
    assert terms.due(terms.BILL, 30, "") is None


@given(kind=st.sampled_from([code for code, _, _ in terms.TERMS]), number=st.integers(0, 366), day=DAYS)
def test_nothing_is_due_before_it_is_billed(kind: str, number: int, day: str) -> None:
    found = terms.due(kind, number, day)
    assert found is not None
    assert 0 <= days_between(day, found.day) <= 366 + 62


def bill(desk: Desk, **values: Any) -> int:
    given_values = {"account_id": account(desk, "甲"), "hotel_id": hotel(desk), "amount": 900, "bill_date": "2026-11-03"}
    return added(desk, RECEIVABLE, **(given_values | values))


def test_a_bill_goes_its_way_to_the_hand_over_of_its_invoice(desk: Desk) -> None:
    owed = bill(desk, pay_terms=terms.HAND_OVER, pay_days=15)

    def step(key: str, **values: Any) -> Any:
        desk.move(RECEIVABLE, owed, row(desk, RECEIVABLE, owed)["version"], key, values=values)
        return row(desk, RECEIVABLE, owed)

    assert (row(desk, RECEIVABLE, owed)["stage"], row(desk, RECEIVABLE, owed)["due"], row(desk, RECEIVABLE, owed)["expected"]) == (stages.SIGNED, "2026-11-28", 1)
    with pytest.raises(Refused, match="number of the statement"):
        step("match")
    assert step("match", statement_no="DZ2611-01", statement_way="wechat")["statement_on"] == "2026-11-18"
    assert row(desk, RECEIVABLE, owed)["due"] == "2026-12-13"
    assert step("confirm", confirmed_on="2026-11-18")["stage"] == stages.CONFIRMED
    with pytest.raises(Refused, match="number of the invoice"):
        step("invoice", invoice_kind="e-special")
    with pytest.raises(Invalid, match="20 digits"):
        step("invoice", invoice_kind="e-special", invoice_no="26332000001234567890X")
    done = step("invoice", invoice_kind="e-special", invoice_no="26332000001234567890", invoice_title="甲", tax_no="91990000MA0DM00173")
    assert (done["invoiced"], done["invoiced_on"], done["expected"]) == (1, "2026-11-18", 1)
    with pytest.raises(Refused, match="who took the invoice"):
        step("hand")
    done = step("hand", handed_to="王会计")
    assert (done["stage"], done["handed_on"], done["due"], done["expected"]) == (stages.WAITING, "2026-11-18", "2026-12-03", 0)
    with pytest.raises(Refused, match="issued anew"):
        step("reissue")
    done = step("reissue", reissue="抬头写错")
    assert (done["stage"], done["invoice_no"], done["invoiced"], done["expected"]) == (stages.CONFIRMED, "", 0, 1)
    desk.undo()
    assert row(desk, RECEIVABLE, owed)["invoice_no"] == "26332000001234567890"
    sound(desk.store)


def test_without_terms_the_due_date_is_written(desk: Desk) -> None:
    with pytest.raises(Invalid, match="Write the due date, or choose terms"):
        bill(desk)
    owed = bill(desk, due="2026-11-30")
    change(desk, RECEIVABLE, owed, pay_terms=terms.BILL, pay_days=45)
    assert row(desk, RECEIVABLE, owed)["due"] == "2026-12-18"
    sound(desk.store)


def test_an_invoice_is_not_handed_over_before_it_is_issued() -> None:
    assert set(stages.problems({"invoiced_on": "2026-11-05", "handed_on": "2026-11-04"})) == {"handed_on"}
    assert stages.problems({"invoiced_on": "2026-11-05", "handed_on": "2026-11-05", "invoice_no": "0" * 20}) == {}
