"""Sales that count when they are paid: shares, what is taken back, and that every fen of the receipts is accounted for."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.credit import queries_credited, rules_credited
from crm_desktop.duties.credit.records_credited import SALE_SHARE
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY
from crm_desktop.duties.credit.rules_credited import Part, Received
from crm_desktop.duties.receivables import actions
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.dates import add_days, set_clock
from tests.hotel import TODAY
from tests.samples import account, added, hotel


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


@pytest.mark.parametrize(
    ("amount", "parts", "expected"),
    [
        (1_000, [], [(1, 1_000, False)]),
        (1_000, [Part(2, 10)], [(1, 900, False), (2, 100, True)]),
        (999, [Part(2, 20)], [(1, 800, False), (2, 199, True)]),
        (100, [Part(2, 60), Part(3, 60)], [(2, 60, True), (3, 40, True)]),
        (1, [Part(2, 50)], [(1, 1, False)]),
        (0, [], [(1, 0, False)]),
    ],
)
def test_an_amount_between_sellers(amount: int, parts: list[Part], expected: list[tuple[int, int, bool]]) -> None:
    assert rules_credited.divided(amount, 1, parts) == expected


@pytest.mark.parametrize(
    ("due", "day", "terms", "taken"),
    [
        ("2026-08-20", TODAY, (90, 100), 0), ("2026-08-19", TODAY, (90, 100), 1_000), ("2026-08-19", TODAY, (90, 50), 500),
        ("2026-08-19", TODAY, (0, 100), 0), ("", TODAY, (90, 100), 0), ("2027-01-01", TODAY, (90, 100), 0),
    ],
)  # fmt: skip
def test_what_came_too_late_is_taken_back(due: str, day: str, terms: tuple[int, int], taken: int) -> None:
    assert rules_credited.taken_back(1_000, due, day, *terms) == taken


PARTS = st.lists(st.tuples(st.integers(2, 5), st.integers(1, 99)).map(lambda pair: Part(*pair)), max_size=4)
RECEIVED = st.lists(
    st.tuples(st.integers(0, 10**10), st.integers(-400, 400), PARTS).map(lambda one: Received(1, TODAY, one[0], add_days(TODAY, one[1]), 1, one[2])), max_size=10
)


@given(RECEIVED, st.integers(0, 200), st.integers(0, 100))
def test_no_fen_is_lost_between_sellers(received: list[Received], days: int, percent: int) -> None:
    found = rules_credited.credits(received, lambda _: (days, percent))
    assert sum(one.amount for one in found) == sum(one.amount for one in received)
    assert all(0 <= one.taken <= one.amount and one.credited + one.taken == one.amount for one in found)


def test_a_share_is_neither_nothing_nor_all_of_it(desk: Desk) -> None:
    bill = added(desk, RECEIVABLE, account_id=account(desk), hotel_id=hotel(desk), amount=100, bill_date=TODAY, due=TODAY)
    colleague = added(desk, STAFF, name="陆行舟", code="LXZ")
    for percent in (0, 100):
        with pytest.raises(Invalid):
            added(desk, SALE_SHARE, receivable_id=bill, staff_id=colleague, percent=percent)
    added(desk, SALE_SHARE, receivable_id=bill, staff_id=colleague, percent=20, reason="led")


def test_the_figures_tie_to_the_receipts(desk: Desk, reader: Any) -> None:
    dice = random.Random(28)
    client = account(desk, "甲")
    sellers = [added(desk, STAFF, name=name, code=name) for name in ("周一禾", "唐屿", "江叙")]
    added(desk, CREDIT_POLICY, since="2026-10-01", back_days=30, back_share=50)
    for at in range(14):
        unit = "USD" if at % 5 == 0 else "CNY"
        day = add_days("2026-09-01", dice.randrange(75))
        bill = added(
            desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), owner_id=dice.choice([*sellers, None]), amount=10_000 + dice.randrange(9_999), currency=unit,
            bill_date="2026-06-01", due=add_days(day, -dice.randrange(60)),
        )  # fmt: skip
        if at % 3 == 0:
            added(desk, SALE_SHARE, receivable_id=bill, staff_id=dice.choice(sellers), percent=dice.randrange(1, 60))
        paid = dice.randrange(1, 9_999)
        actions.take_receipt(desk, {"account_id": client, "amount": paid + dice.choice((0, 777)), "currency": unit, "received_on": day}, [(bill, paid)])
    for first, last in (("2026-01-01", TODAY), ("2026-09-15", "2026-10-15")):
        found = queries_credited.credited(reader, first, last)
        came = dict(reader.execute("select currency, sum(amount) from receipt where gone is null and received_on >= ? and received_on <= ? group by currency", (first, last)).fetchall())
        mine = {unit: sum(one.received for key, one in found.sellers.items() if key[0] == unit) for unit in came}
        assert {unit: mine[unit] + found.unapplied[unit] for unit in came} == came
        by_bill = queries_credited.report(reader, first, last, "bill").rows
        by_seller = queries_credited.report(reader, first, last).rows
        for column in ("taken_back", "credited"):
            assert round(sum(float(row[column]) for row in by_bill), 2) == round(sum(float(row[column]) for row in by_seller), 2)
    assert any(one.shared and one.taken for one in queries_credited.credited(reader, "2026-01-01", TODAY).sellers.values())


def test_the_policy_of_the_day_money_came_takes_back(desk: Desk, reader: Any) -> None:
    seller, client = added(desk, STAFF, name="周一禾", code="ZYH"), account(desk, "甲")
    added(desk, CREDIT_POLICY, since="2026-10-01", back_days=30, back_share=50)
    for due, day in (("2026-07-01", "2026-09-20"), ("2026-08-01", "2026-10-20")):  # 81 and 80 days late: by the first policy neither counts as too late
        bill = added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), owner_id=seller, amount=1_000_00, bill_date="2026-06-01", due=due)
        actions.take_receipt(desk, {"account_id": client, "amount": 1_000_00, "received_on": day}, [(bill, 1_000_00)])
    (row,) = queries_credited.report(reader, "2026-01-01", TODAY).rows
    assert (row["seller"], row["received"], row["taken_back"], row["credited"], row["receipts"]) == ("周一禾", "2000.00", "500.00", "1500.00", 2)
    assert queries_credited.report(reader, "2026-10-01", TODAY).rows[0]["credited"] == "500.00"
