"""What a client runs up: open bills, guests in house, what is to come on account, less deposits; the light of its headroom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.receivables import queries, rules_exposure
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.receivables.rules_exposure import AMBER, GREEN, GREY, RED, Exposure
from crm_desktop.record.dates import add_days, days_between, set_clock
from tests.samples import account, added, change, hotel, stay

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


# rules


@pytest.mark.parametrize(
    ("arrival", "departure", "nights"),
    [
        ("2026-11-14", "2026-11-21", 4), ("2026-11-17", "2026-11-18", 1), ("2026-11-18", "2026-11-20", 0), ("2026-11-19", "2026-11-20", 0),
        ("2026-11-10", "2026-11-12", 2), ("2026-11-18", "2026-11-18", 0),
    ],
)  # fmt: skip
def test_nights_that_are_over(arrival: str, departure: str, nights: int) -> None:
    assert rules_exposure.nights_so_far(arrival, departure, TODAY) == nights


@pytest.mark.parametrize(
    ("kind", "price", "tables", "value"),
    [("wedding", 3_988_00, 42, 167_496_00), ("banquet", 100, None, 100), ("banquet", 100, 0, 100), ("meeting", 96_000_00, 22, 96_000_00), ("group", 0, None, 0)],
)
def test_what_a_booking_comes_to(kind: str, price: int, tables: int | None, value: int) -> None:
    assert rules_exposure.booking_value(kind, price, tables) == value


@pytest.mark.parametrize(
    ("limit", "run_up", "credit", "left", "light"),
    [
        (200_000_00, 262_800_00, "stopped", -62_800_00, RED), (100, 40, "open", 60, GREEN), (100, 80, "open", 20, AMBER), (100, 79, "open", 21, GREEN),
        (100, 100, "open", 0, AMBER), (100, 101, "open", -1, RED), (100, 0, "stopped", 100, RED), (0, 40, "none", None, GREY), (0, 40, "", None, GREY),
        (0, 40, "open", -40, RED), (50, 0, "none", 50, GREEN), (None, 40, "open", None, GREY),
    ],
)  # fmt: skip
def test_room_and_its_light(limit: int | None, run_up: int, credit: str, left: int | None, light: str) -> None:
    room = rules_exposure.room_left(limit, run_up, credit)
    assert (room, rules_exposure.light(limit, room, credit)) == (left, light)


@given(st.lists(st.tuples(st.sampled_from(["stay", "room", "booking"]), st.integers(0, 10**8), st.integers(0, 10**8))), st.integers(-(10**8), 10**8))
def test_the_terms_add_up(parts: list[tuple[str, int, int]], owes: int) -> None:
    exposure, expected = Exposure(owes), owes
    for at, (kind, amount, deposit) in enumerate(parts):
        if kind == "booking":
            exposure.booked(at, amount, deposit)
            expected += amount - deposit
        else:
            (exposure.in_house if kind == "stay" else exposure.booked_stay)(at, amount)
            expected += amount
    assert exposure.total == expected
    assert len(exposure.unbilled_stays) + len(exposure.coming_stays) + len(exposure.coming_bookings) == len(parts)


# on the store


def bill(desk: Desk, client: int, amount: int, **more: Any) -> int:
    return added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, due="2026-12-01", bill_date="2026-11-01", **more)


def booking(desk: Desk, client: int, **more: Any) -> int:
    return added(desk, BOOKING, **({"account_id": client, "hotel_id": hotel(desk), "kind": "meeting", "state": "definite", "day": add_days(TODAY, 14)} | more))


def exposure(reader: Any, client: int) -> tuple[int, int, int, int]:
    money = queries.account_money(reader, client, TODAY)
    assert money is not None
    found = money.exposure
    assert money.headroom == money.limit - found.total
    return found.open, found.unbilled, found.coming, found.deposits


def test_everything_counts_that_will_be_billed(desk: Desk, reader: Any) -> None:
    client = account(desk, "沐棹会展", credit="open", credit_limit=200_000_00)
    booking(desk, client, price=96_000_00, deposit=30_000_00)  # while there was room
    bill(desk, client, 148_000_00)
    for _ in range(14):
        stay(desk, "2026-11-14", "2026-11-21", company_id=client, rate=400_00, status="In-House")
    assert exposure(reader, client) == (148_000_00, 22_400_00, 96_000_00, 30_000_00)
    money = queries.account_money(reader, client, TODAY)
    assert money is not None
    assert (money.headroom, money.light, len(money.exposure.unbilled_stays), len(money.exposure.coming_bookings)) == (-36_400_00, "red", 14, 1)


def test_what_does_not_count(desk: Desk, reader: Any) -> None:
    client, agency = account(desk, "甲", credit="open", credit_limit=1_000_00), account(desk, "乙旅行社", kind="agency", credit="open", credit_limit=1_000_00)
    stay(desk, "2026-11-20", "2026-11-22", company_id=client, agency_id=agency, rate=100, status="Booked")  # the company pays
    stay(desk, "2026-11-20", "2026-11-22", company_id=client, rate=100, status="Booked", deposit="Non Refund")
    stay(desk, "2026-11-20", "2026-11-22", company_id=client, rate=100, status="Canceled")
    stay(desk, "2026-11-10", "2026-11-12", company_id=client, rate=100, status="Check-Out")
    stay(desk, "2026-11-10", "2026-11-12", company_id=client, rate=100, status="Booked")  # never came
    stay(desk, "2026-11-17", "2026-11-22", company_id=client, rate=100, status="In-House", currency="USD")
    stay(desk, add_days(TODAY, 91), add_days(TODAY, 92), company_id=client, rate=100, status="Booked")
    stay(desk, "2026-11-17", "2026-11-19", agency_id=agency, rate=70, status="In-House")
    booking(desk, client, price=500, pays="self")
    booking(desk, client, price=500, state="tentative")
    booking(desk, client, price=500, currency="USD")
    booking(desk, client, price=500, day="2026-11-17")
    bare = booking(desk, client, pays="account")
    assert exposure(reader, client) == (0, 0, 200, 0)
    assert exposure(reader, agency) == (0, 70, 0, 0)
    money = queries.account_money(reader, client, TODAY)
    assert money is not None
    assert money.exposure.unpriced == [bare]


def test_what_is_taken_out_again_counts_no_more(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲", credit="open", credit_limit=1_000_00)
    row_id = booking(desk, client, price=500, deposit=100)
    assert exposure(reader, client) == (0, 0, 500, 100)
    change(desk, BOOKING, row_id, pays="self")
    assert exposure(reader, client) == (0, 0, 0, 0)
    desk.undo()
    assert exposure(reader, client) == (0, 0, 500, 100)


def test_cash_clients_have_no_headroom(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    booking(desk, client, price=500)
    money = queries.account_money(reader, client, TODAY)
    assert money is not None
    assert (money.headroom, money.light, money.exposure.total) == (None, "grey", 0)
    assert days_between(TODAY, add_days(TODAY, rules_exposure.AHEAD)) == 90
