"""Clocks of service: minutes round the clock and in waking hours, what is left, and how it is said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import clock, dates
from crm_desktop.record.clock import ALWAYS, WAKING, Clock
from crm_desktop.record.text import Text, say_in

MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 12, 31)).map(lambda at: f"{at:%Y-%m-%d %H:%M}")
HOURS = st.sampled_from([ALWAYS, WAKING, (9 * 60, 17 * 60 + 30)])


@given(MOMENTS, st.integers(1, 30 * 24 * 60), HOURS)
def test_after_so_many_minutes_so_many_are_gone(since: str, minutes: int, hours: clock.Hours) -> None:
    due = clock.after(since, minutes, hours)
    assert clock.gone(since, due, hours) == minutes
    assert due > since


@given(MOMENTS, MOMENTS, HOURS)
def test_a_clock_never_runs_backwards_nor_faster_than_time(one: str, other: str, hours: clock.Hours) -> None:
    first, last = sorted((one, other))
    whole = int((dt.datetime.fromisoformat(last) - dt.datetime.fromisoformat(first)).total_seconds()) // 60
    assert 0 <= clock.gone(first, last, hours) <= whole
    assert clock.gone(first, last) == whole
    assert clock.gone(last, first, hours) == -clock.gone(first, last, hours)


@pytest.mark.parametrize(
    ("since", "minutes", "hours", "due"),
    [
        ("2026-11-18 10:05", 240, ALWAYS, "2026-11-18 14:05"), ("2026-11-18 22:30", 240, ALWAYS, "2026-11-19 02:30"),
        ("2026-11-18 23:00", 60, ALWAYS, "2026-11-19 00:00"), ("2026-11-18 21:50", 30, WAKING, "2026-11-19 08:20"),
        ("2026-11-18 21:50", 10, WAKING, "2026-11-18 22:00"), ("2026-11-18 23:40", 15, WAKING, "2026-11-19 08:15"),
        ("2026-11-18 03:00", 15, WAKING, "2026-11-18 08:15"), ("2026-12-31 21:00", 14 * 60, WAKING, "2027-01-01 21:00"),
    ],
)  # fmt: skip
def test_when_it_runs_out(since: str, minutes: int, hours: clock.Hours, due: str) -> None:
    assert clock.after(since, minutes, hours) == due


@pytest.mark.parametrize(
    ("now", "stopped", "left", "tone", "says"),
    [
        ("2026-11-18 13:20", "", 45, "amber", "原因：还剩 0:45"), ("2026-11-18 10:05", "", 240, "", "原因：还剩 4:00"),
        ("2026-11-18 14:05", "", 0, "amber", "原因：还剩 0:00"), ("2026-11-18 15:25", "", -80, "red", "原因：已超 1:20"),
        ("2026-11-19 15:25", "2026-11-18 10:40", 205, "green", "原因：10:40"), ("2026-12-07 15:25", "", -27_440, "red", "原因：已超 19 天"), ("2026-11-19 15:25", "2026-11-18 14:06", -1, "red", "原因：14:06，迟 0:01"),
    ],
)  # fmt: skip
def test_a_clock_in_words(now: str, stopped: str, left: int, tone: str, says: str) -> None:
    dates.set_clock(dt.datetime.fromisoformat(now))
    one = Clock(Text("Reason"), "2026-11-18 10:05", 240, stopped=stopped)
    assert (one.left(), one.tone(), one.due) == (left, tone, "2026-11-18 14:05")
    assert say_in(one.words(), "zh_CN") == says


@pytest.mark.parametrize(("due", "shown", "tint"), [("2026-11-18 14:05", "0:45", "late1"), ("2026-11-18 13:20", "0:00", "late1"), ("2026-11-18 12:00", "\u22121:20", "late4"), ("2026-11-20 13:19", "47:59", "text"), ("2026-11-20 13:20", "2 d", "text"), ("2026-10-30 10:00", "\u221219 d", "late4"), ("2026-11-16 13:21", "\u221247:59", "late4"), ("", "", "text"), (None, "", "text")])
def test_what_a_list_shows(due: str | None, shown: str, tint: str) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    assert clock.left(due) == shown
    assert clock.tint(shown) == tint


def test_a_moment_is_the_calendars_day_also_after_midnight() -> None:
    dates.set_clock(dt.datetime(2026, 11, 19, 1, 7))
    assert clock.stamp("on", "at") == {"on": "2026-11-19", "at": "01:07"}
    assert dates.business_date() == "2026-11-18"
    assert (clock.moment("2026-11-19", "01:07"), clock.moment("2026-11-19", "")) == ("2026-11-19 01:07", "")
