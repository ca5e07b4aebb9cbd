"""The calendar of expected money: its rules alone, and what it reads from the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.credit import queries_cash, rules_cash
from crm_desktop.duties.credit.records_collection import INSTALMENT_PLAN
from crm_desktop.duties.credit.rules_cash import DAY, FORECAST, INSTALMENT, PROMISE, WEEK, Bill, Guess, Vow
from crm_desktop.duties.credit.rules_forecast import Forecast, Settled
from crm_desktop.duties.receivables import actions
from crm_desktop.duties.receivables.records import PROMISE as PROMISE_RECORD
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.dates import add_days, set_clock
from tests.hotel import TODAY
from tests.samples import account, added, hotel


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def bill(number: int, amount: int, due: str, client: int = 1) -> Bill:
    return Bill(number, client, f"B{number}", "2026-10-01", due, amount)


def guess(_bill: Bill) -> Guess:
    return Guess("2026-11-25", "2026-12-02", "2026-12-16")


def made(bills: list[Bill], vows: list[Vow], share: int = 40) -> list[tuple[str, int, int, str, str, str]]:
    return [(p.source, p.bill.id, p.amount, p.quick, p.day, p.slow) for p in rules_cash.pieces(bills, vows, lambda _: share, guess)]


def test_a_bill_nobody_spoke_of_stands_where_the_forecast_puts_it() -> None:
    assert made([bill(1, 900, "2026-11-01")], []) == [(FORECAST, 1, 900, "2026-11-25", "2026-12-02", "2026-12-16")]


def test_a_bill_like_none_that_was_paid_comes_later_than_any_week() -> None:
    (piece,) = rules_cash.pieces([bill(1, 900, "2023-11-01")], [], lambda _: 40, lambda _: Guess(*(add_days(TODAY, rules_cash.LONG),) * 3, known=False))
    assert not piece.known
    assert [span.expected for span in rules_cash.spans([piece], TODAY)[-2:]] == [0, 900]


def test_a_promise_takes_the_oldest_bills_with_its_share() -> None:
    bills = [bill(2, 500, "2026-11-10"), bill(1, 300, "2026-10-10")]
    assert made(bills, [Vow(PROMISE, 7, 1, "2026-11-20", 400)]) == [
        (PROMISE, 1, 120, "2026-11-20", "2026-11-20", "2026-12-16"), (FORECAST, 1, 180, "2026-11-20", "2026-12-02", "2026-12-16"),
        (PROMISE, 2, 40, "2026-11-20", "2026-11-20", "2026-12-16"), (FORECAST, 2, 60, "2026-11-20", "2026-12-02", "2026-12-16"),
        (FORECAST, 2, 400, "2026-11-25", "2026-12-02", "2026-12-16"),
    ]  # fmt: skip


def test_a_promise_of_no_amount_is_of_everything_and_one_of_another_client_of_nothing() -> None:
    vows = [Vow(PROMISE, 7, 1, "2026-11-20", 0), Vow(PROMISE, 8, 2, "2026-11-20", 0)]
    assert [each[:3] for each in made([bill(1, 300, "2026-10-10")], vows, 100)] == [(PROMISE, 1, 300)]


def test_an_instalment_on_a_saturday_comes_on_monday_and_its_rest_not_before_it_was_broken() -> None:
    found = made([bill(1, 200, "2026-10-10")], [Vow(INSTALMENT, 9, 1, "2026-12-05", 200)], 50)
    assert found == [(INSTALMENT, 1, 100, "2026-12-07", "2026-12-07", "2026-12-16"), (FORECAST, 1, 100, "2026-12-07", "2026-12-08", "2026-12-16")]


@pytest.mark.parametrize(("promised", "kept", "house", "share"), [(0, 0, 50, 50), (0, 0, 80, 80), (1_000_000, 1_000_000, 50, 75), (1_000_000, 0, 50, 25), (9_000_000, 9_000_000, 50, 95)])
def test_the_share_of_promises_that_are_kept(promised: int, kept: int, house: int, share: int) -> None:
    assert rules_cash.share_kept(promised, kept, house) == share


def test_weeks_begin_with_what_is_left_of_this_one() -> None:
    first, second, *_, last = rules_cash.edges(TODAY)
    assert (first, second, last) == (("2026-11-18", "2026-11-22"), ("2026-11-23", "2026-11-29"), ("2027-02-08", ""))
    assert rules_cash.edges(TODAY, DAY)[0] == (TODAY, TODAY)


DAYS = st.integers(0, 160).map(lambda far: add_days(TODAY, far))
BILLS = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 10**9), DAYS), max_size=8).map(lambda rows: [bill(at, amount, due, client) for at, (client, amount, due) in enumerate(rows)])
VOWS = st.lists(st.tuples(st.sampled_from((PROMISE, INSTALMENT)), st.integers(1, 3), DAYS, st.integers(0, 10**9)), max_size=6).map(lambda rows: [Vow(what, at, *rest) for at, (what, *rest) in enumerate(rows)])
GUESSES = st.lists(DAYS, min_size=3, max_size=3).map(lambda days: Guess(*sorted(days)))


@given(BILLS, VOWS, st.integers(0, 100), GUESSES, st.sampled_from((WEEK, DAY)))
def test_no_fen_is_lost_or_counted_twice(bills: list[Bill], vows: list[Vow], share: int, when: Guess, by: str) -> None:
    found = rules_cash.pieces(bills, vows, lambda _: share, lambda _: when)
    for each in bills:
        assert sum(piece.amount for piece in found if piece.bill is each) == each.open
    assert all(piece.amount > 0 and piece.quick <= piece.day <= piece.slow and piece.day >= TODAY for piece in found)
    spans = rules_cash.spans(found, TODAY, by)
    total = sum(each.open for each in bills)
    assert sum(span.expected for span in spans) == total == sum(sum(p.amount for p in rules_cash.within(found, span.first, span.last)) for span in spans)
    assert all(span.least <= span.together <= span.most and span.expected == span.promised + span.instalments + span.guessed for span in spans)
    assert [span.together for span in spans] == sorted(span.together for span in spans)
    assert (spans[-1].least, spans[-1].together, spans[-1].most) == (total, total, total)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 120)), max_size=12), st.sampled_from("abc"), st.integers(0, 130))
def test_the_days_between_are_the_fifths_of_such_bills(rows: list[tuple[str, int]], client: str, open_for: int) -> None:
    past = [Settled(who, "2024-01-01", "2024-01-31", add_days("2024-01-01", took)) for who, took in rows]
    learned = Forecast(past, TODAY)
    quick, slow = learned.between(client, add_days(TODAY, -open_for))
    longer = [took for _, took in rows if took > open_for]
    if not longer:
        assert TODAY < quick <= slow
        return
    weighed = [(took, (who == client) + 2 / len(longer)) for who, took in rows if took > open_for]
    whole = sum(weight for _, weight in weighed)

    def fifth(parts: float) -> int:
        return next(days for days in range(open_for + 1, 200) if sum(weight for took, weight in weighed if took <= days) >= whole * parts - 1e-9)

    assert (quick, slow) == tuple(add_days(TODAY, fifth(part) - open_for) for part in (0.2, 0.8))


# on the ledger


def owed(desk: Desk, client: int, amount: int, due: str, **more: Any) -> int:
    return added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, due=due, bill_date=min(due, "2026-11-01"), **more)


def test_the_calendar_of_a_ledger(desk: Desk, reader: Any) -> None:
    one, two = account(desk, "甲"), account(desk, "乙")
    for at in range(4):
        paid = owed(desk, one, 100_00, f"2026-0{at + 5}-21")
        actions.take_receipt(desk, {"account_id": one, "amount": 100_00, "received_on": f"2026-0{at + 5}-28"}, [(paid, 100_00)])
    owed(desk, one, 1_000_00, "2026-11-10", disputed=200_00)
    owed(desk, one, -50_00, "2026-11-10", kind="credit")
    owed(desk, two, 700_00, "2026-12-10", currency="USD")
    added(desk, PROMISE_RECORD, account_id=one, made_on=TODAY, due="2026-11-20", amount=500_00)
    added(desk, PROMISE_RECORD, account_id=one, made_on="2026-10-01", due="2026-10-10", amount=900_00)  # broken
    home, dollars = queries_cash.cash(reader, TODAY)
    assert (home.currency, home.total, home.disputed, home.credit_notes) == ("CNY", 800_00, 200_00, 50_00)
    assert (dollars.currency, dollars.total) == ("USD", 700_00)
    assert home.spans[0].promised == 210_00  # 500.00 x 42 %: nothing of 900.00 was kept, mixed with the house's share
    plan = added(desk, INSTALMENT_PLAN, account_id=one, agreed_on=TODAY, total=300_00, count=3, first_due="2026-12-01", paid=100_00)
    found = queries_cash.cash(reader, TODAY)[0]
    assert {piece.vow for piece in found.pieces if piece.source == INSTALMENT} == {plan}
    assert (found.total, sum(span.instalments for span in found.spans)) == (800_00, 84_00)
    rows = queries_cash.report(reader, TODAY).rows
    assert (rows[0]["currency"], rows[0]["promised"], rows[-1]["currency"], rows[-1]["by_then"]) == ("CNY", "210.00", "USD", "700.00")


def test_the_calendar_of_a_day_that_is_over_knows_no_later_money(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    paid = owed(desk, client, 100_00, "2026-10-20")
    actions.take_receipt(desk, {"account_id": client, "amount": 100_00, "received_on": "2026-11-10"}, [(paid, 100_00)])
    assert queries_cash.cash(reader, TODAY) == []
    (then,) = queries_cash.cash(reader, "2026-11-02")
    assert (then.total, then.spans[0].first) == (100_00, "2026-11-02")
