"""What is due for whom and when nobody is disturbed: every case, and on the store with deputies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk import notices
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.notices import awake, clock, is_due, is_quiet
from crm_desktop.desk.records import STAFF
from crm_desktop.duties import DUTIES
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.receivables.records import PROMISE
from crm_desktop.record import dates
from crm_desktop.store import due, seat
from tests.samples import account, added, change, hotel

TODAY = "2026-11-18"
DUES = [one for duty in DUTIES for one in duty.dues]


@pytest.mark.parametrize(
    ("hour", "minute", "words"), [(6, 0, "06:00"), (23, 59, "23:59"), (0, 5, "24:05"), (5, 59, "29:59"), (14, 30, "14:30")]
)
def test_the_clock_of_a_business_day_goes_on_after_midnight(hour: int, minute: int, words: str) -> None:
    assert clock(dt.datetime(2026, 11, 18, hour, minute), 6) == words


@pytest.mark.parametrize(
    ("day", "time", "now", "due_now"),
    [
        ("2026-11-17", "23:00", "08:00", True), (TODAY, "", "06:00", True), (TODAY, "14:00", "13:59", False), (TODAY, "14:00", "14:00", True),
        (TODAY, "23:00", "25:30", True), ("2026-11-19", "", "23:00", False), ("2026-11-19", "01:00", "25:30", False),
    ],
)  # fmt: skip
def test_what_is_due(day: str, time: str, now: str, due_now: bool) -> None:
    assert is_due(day, time, TODAY, now) is due_now


@pytest.mark.parametrize(
    ("now", "begins", "ends", "quiet"),
    [
        ("23:00", "22:00", "07:00", True), ("06:59", "22:00", "07:00", True), ("07:00", "22:00", "07:00", False), ("21:59", "22:00", "07:00", False),
        ("25:30", "22:00", "07:00", True), ("12:30", "12:00", "13:30", True), ("13:30", "12:00", "13:30", False), ("11:59", "12:00", "13:30", False),
        ("12:00", "", "", False), ("12:00", "12:00", "", False), ("12:00", "12:00", "12:00", False),
    ],
)  # fmt: skip
def test_quiet_hours(now: str, begins: str, ends: str, quiet: bool) -> None:
    assert is_quiet(now, begins, ends) is quiet


_MINUTES = st.integers(0, 24 * 60 - 1).map(lambda n: f"{n // 60:02d}:{n % 60:02d}")


@given(_MINUTES, _MINUTES, _MINUTES)
def test_a_moment_is_quiet_in_one_half_of_the_day_only(now: str, begins: str, ends: str) -> None:
    if begins != ends:
        assert is_quiet(now, begins, ends) != is_quiet(now, ends, begins)


def test_what_was_put_off_wakes_up() -> None:
    kept = ["follow_up:1|2026-11-18 10:00", "follow_up:2|2026-11-18 11:00", "broken"]
    assert awake(kept, "2026-11-18 10:00") == {"follow_up:2": "2026-11-18 11:00"}


def found(desk: Desk, person: int, now: str = "12:00") -> list[tuple[str, bool]]:
    by_key = {record.key: record for record in desk.store.records}
    return [(str(one.words), one.late) for one in notices.collect(desk.store.writer, DUES, by_key, person, TODAY, now)]


def test_own_rows_and_those_of_who_is_away(desk: Desk) -> None:
    me = added(desk, STAFF, name="周敏")
    away = added(desk, STAFF, name="方予安", deputy_id=me, deputy_from="2026-11-16", deputy_to="2026-11-20")
    other = added(desk, STAFF, name="顾言舟")
    client = account(desk, "禾渚软件")

    def task(name: str, owner: int, day: str = TODAY, **values: Any) -> int:
        return added(desk, FOLLOW_UP, name=name, owner_id=owner, due=day, **values)

    task("催发票", me, "2026-11-16", account_id=client)
    task("回电", me, due_time="11:30")
    task("晚些", me, due_time="15:00")
    task("明天", me, "2026-11-19")
    task("代办", away)
    task("别人的", other)
    done = task("做完的", me)
    desk.move(FOLLOW_UP, done, 1, "done")
    added(desk, PROMISE, account_id=client, made_on="2026-11-01", due=TODAY, amount=50_000_00, owner_id=me)
    assert found(desk, me) == [("禾渚软件: 催发票", True), ("代办", False), ("禾渚软件 promised CNY 50,000.00", False), ("回电", False)]
    assert ("晚些", False) in found(desk, me, "15:00")
    assert found(desk, other) == [("别人的", False)]
    assert found(desk, away) == [("代办", False)]


def test_the_quiet_hours_are_the_hotels(desk: Desk) -> None:
    from tests.samples import HOTEL

    house = hotel(desk)
    assert due.quiet_hours(desk.store.writer, house) == ("", "")
    change(desk, HOTEL, house, quiet_from="22:00", quiet_to="07:00")
    assert due.quiet_hours(desk.store.writer, house) == ("22:00", "07:00")
    assert due.quiet_hours(desk.store.writer, None) == ("", "")
    assert seat.colleagues(desk.store.writer) == []


def test_now_is_the_hotels_day_and_its_time() -> None:
    dates.set_clock(dt.datetime(2026, 11, 19, 1, 30))
    assert notices.moment() == ("2026-11-18", "25:30")


def test_every_declared_one_can_be_asked_for(desk: Desk) -> None:
    for one in DUES:
        record = desk.store.by_key[one.record]
        assert {one.day, one.owner, *(one.when or ())[:1], *one.columns, *([one.time] if one.time else [])} <= set(record.by_name)
        assert due.rows(desk.store.writer, record, one, [1], TODAY, 5) == []
