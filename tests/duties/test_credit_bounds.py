"""What the other rows forbid: shares beyond a bill, guarantees beyond the cap, bookings on account without credit or room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import queries_beside, rules_file, rules_room
from crm_desktop.duties.credit.records import CREDIT_OVERRIDE, GUARANTEE
from crm_desktop.duties.credit.records_credited import SALE_SHARE
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.dates import set_clock
from crm_desktop.record.text import Refused, say
from tests.hotel import TODAY
from tests.samples import account, added, change, hotel, row


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


@pytest.mark.parametrize(
    ("pays", "credit", "room", "allowed", "wanted"),
    [
        ("self", "stopped", None, 0, ""), ("prepaid", "none", None, 0, ""), ("account", "stopped", 100, 0, "stopped"), ("", "stopped", 100, 0, "stopped"),
        ("", "stopped", -100, 100, ""), ("", "none", None, 0, ""), ("account", "none", None, 0, "none"), ("account", "", None, 0, "none"), ("account", "none", None, 500, ""),
        ("", "open", 0, 0, ""), ("", "open", -1, 0, "over"), ("", "open", -100, 99, "over"), ("", "open", -100, 100, ""), ("", "open", -100, None, ""), ("account", "open", None, 0, ""),
    ],
)  # fmt: skip
def test_what_may_go_on_account(pays: str, credit: str, room: int | None, allowed: int | None, wanted: str) -> None:
    assert rules_room.verdict(pays, credit, room, allowed) == wanted


@given(st.sampled_from(["", "account"]), st.sampled_from(["open", "stopped", "none", ""]), st.one_of(st.none(), st.integers(-10, 10)), st.integers(0, 10), st.integers(0, 10))
def test_more_allowed_never_forbids_more(pays: str, credit: str, room: int | None, allowed: int, more: int) -> None:
    if rules_room.verdict(pays, credit, room, allowed) == rules_room.FINE:
        assert rules_room.verdict(pays, credit, room, allowed + more) == rules_room.FINE
    assert rules_room.verdict(pays, credit, room, None) == rules_room.FINE


@pytest.mark.parametrize(
    ("oldest", "room", "broken", "wanted"),
    [(0, 10, 0, []), (59, None, 1, []), (60, 0, 0, [("late", 60)]), (0, -5, 2, [("over", 5), ("broken", 2)])],
)
def test_what_speaks_for_a_stop(oldest: int, room: int | None, broken: int, wanted: list[tuple[str, int]]) -> None:
    assert rules_room.stop_reasons(oldest, room, broken) == wanted


@pytest.mark.parametrize(
    ("starts", "due", "billed", "wanted"),
    [
        ("2026-01-01", "2026-09-20", "2026-08-20", None), ("2026-01-01", "2026-09-19", "2026-08-20", ("late", "2026-09-19")), ("2025-11-18", "", "", None),
        ("2025-11-17", "", "", ("silent", "2025-11-17")), ("2024-01-01", "", "2025-11-17", ("silent", "2025-11-17")), ("2024-01-01", "", "2025-11-18", None), ("", "", "", None),
    ],
)  # fmt: skip
def test_what_calls_for_a_review_before_its_time(starts: str, due: str, billed: str, wanted: tuple[str, str] | None) -> None:
    assert rules_file.happened(starts, due, billed, TODAY) == wanted


def test_shares_are_at_most_all_of_a_bill(desk: Desk) -> None:
    bill = added(desk, RECEIVABLE, account_id=account(desk), hotel_id=hotel(desk), amount=100, bill_date=TODAY, due=TODAY)
    one, other = added(desk, STAFF, name="陆行舟", code="LXZ"), added(desk, STAFF, name="唐屿", code="TY")
    first = added(desk, SALE_SHARE, receivable_id=bill, staff_id=one, percent=60)
    with pytest.raises(Refused, match="at most 40 %"):
        added(desk, SALE_SHARE, receivable_id=bill, staff_id=other, percent=41)
    second = added(desk, SALE_SHARE, receivable_id=bill, staff_id=other, percent=40)
    with pytest.raises(Refused, match="at most 60 %"):
        change(desk, SALE_SHARE, first, percent=61)
    assert (row(desk, SALE_SHARE, first)["percent"], row(desk, SALE_SHARE, second)["percent"]) == (60, 40)


def test_nobody_guarantees_more_than_the_cap_in_all(desk: Desk) -> None:
    who, client = added(desk, STAFF, name="贺小满", code="HXM"), account(desk)
    values: dict[str, Any] = {"account_id": client, "staff_id": who, "given_on": TODAY, "due": "2026-11-30"}
    with pytest.raises(Refused, match=r"at most 5,000\.00"):
        added(desk, GUARANTEE, amount=5_000_01, **values)
    added(desk, GUARANTEE, amount=3_000_00, **values)
    with pytest.raises(Refused, match=r"stands for 3,000\.00"):
        added(desk, GUARANTEE, amount=2_000_01, **values)
    added(desk, GUARANTEE, amount=2_000_00, **values)


def test_a_definite_booking_on_account_needs_credit_and_room(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲", credit="open", credit_limit=1_000_00)

    def booked(**values: Any) -> int:
        return added(desk, BOOKING, **({"account_id": client, "hotel_id": hotel(desk), "day": "2026-12-05", "kind": "meeting"} | values))

    def confirm(row_id: int) -> str:
        desk.move(BOOKING, row_id, row(desk, BOOKING, row_id)["version"], "confirm")
        return str(row(desk, BOOKING, row_id)["state"])

    wanted = booked(price=1_000_01)
    with pytest.raises(Refused, match=r"0\.01 over the limit of 1,000\.00"):
        confirm(wanted)
    assert row(desk, BOOKING, wanted)["state"] == "inquiry"
    change(desk, BOOKING, wanted, price=1_000_00)
    assert confirm(wanted) == "definite"
    with pytest.raises(Refused, match=r"1\.00 over"):
        change(desk, BOOKING, wanted, price=1_001_00)
    more = booked(price=500_00)
    change(desk, BOOKING, more, pays="prepaid")
    assert confirm(more) == "definite"
    change(desk, ACCOUNT, client, credit="stopped")
    stopped = booked(price=100)
    with pytest.raises(Refused, match="is stopped"):
        confirm(stopped)
    given = added(desk, CREDIT_OVERRIDE, account_id=client, given_on=TODAY, until=TODAY, amount=0, reason="GM")
    desk.move(CREDIT_OVERRIDE, given, row(desk, CREDIT_OVERRIDE, given)["version"], "give")
    assert confirm(stopped) == "definite"
    set_clock(dt.datetime(2026, 11, 19, 9))  # the override has ended by itself
    with pytest.raises(Refused, match="is stopped"):
        confirm(booked(price=100))
    said = queries_beside.of_booking(reader, {"account_id": client, "pays": ""}, TODAY).said
    assert [each.tone for each in said] == ["red"]


@pytest.mark.parametrize(
    ("client", "due", "tone", "words"),
    [
        ({"type": "government"}, "2026-10-31", "", "State body or institution: the payment regulation allows terms up to 2026-11-30; these are within them"),
        ({"type": "government"}, "2026-12-01", "amber", "State body or institution: by the payment regulation due on 2026-11-30 at the latest, counted from 2026-10-01; what is agreed beyond that does not hold"),
        ({"size": "large"}, "", "", "Large enterprise: by the payment regulation due on 2026-11-30, counted from 2026-10-01"),
        ({"size": "small"}, "2027-10-31", "", ""),
    ],
)  # fmt: skip
def test_the_regulations_day_stands_beside_a_bill(desk: Desk, reader: Any, client: dict[str, Any], due: str, tone: str, words: str) -> None:
    hotel(desk)
    said = queries_beside.of_bill(reader, {"account_id": account(desk, "甲", **client), "bill_date": "2026-10-01", "due": due}, TODAY).said
    assert [(each.tone, say(each.words)) for each in said] == ([(tone, words)] if words else [])


def test_terms_beyond_the_regulation_are_told_beside_an_agreement(desk: Desk, reader: Any) -> None:
    client = account(desk, "局", type="government")
    rows = [{"account_id": client, "days": days, "signed_on": TODAY, "small_firm": small} for days, small in ((60, 1), (61, 1), (60, 0))]
    found = [queries_beside.of_agreement(reader, each, TODAY).said for each in rows]
    assert [[(each.tone, say(each.chip)) for each in said] for said in found] == [[], [("amber", "Longer than the law")], [("amber", "Not declared")]]


def test_what_is_deducted_from_a_guarantor_says_why(desk: Desk, reader: Any) -> None:
    from crm_desktop.duties.credit import documents
    from crm_desktop.record.paper import Ask

    client, who = account(desk, "云程"), added(desk, STAFF, name="贺小满", code="HXM")
    made = added(desk, GUARANTEE, account_id=client, staff_id=who, amount=5_000_00, given_on=TODAY, due=TODAY)
    desk.move(GUARANTEE, made, 1, "deduct", reason="客户拒付")
    found = documents.deduction(reader, Ask(made, TODAY, language="en"))
    assert found is not None
    assert (found.data["why"], found.data["amount"], found.data["guarantor"]) == ("客户拒付", "5,000.00", "贺小满")
