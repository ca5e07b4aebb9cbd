"""When something regular is due."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.schedule import DAY, EVERY, HOUR, MOMENT, MONTH, WEEK, is_due, latest

NOW = dt.datetime(2026, 11, 18, 9, 30)  # a Wednesday


@pytest.mark.parametrize(
    ("every", "weekday", "day", "time", "found"),
    [
        (DAY, "1", 1, "07:00", "2026-11-18T07:00"), (DAY, "1", 1, "09:30", "2026-11-18T09:30"), (DAY, "1", 1, "23:00", "2026-11-17T23:00"),
        (WEEK, "3", 1, "07:00", "2026-11-18T07:00"), (WEEK, "3", 1, "10:00", "2026-11-11T10:00"), (WEEK, "4", 1, "07:00", "2026-11-12T07:00"),
        (MONTH, "1", 18, "07:00", "2026-11-18T07:00"), (MONTH, "1", 18, "10:00", "2026-10-18T10:00"), (MONTH, "1", 31, "07:00", "2026-10-31T07:00"),
        (MONTH, "", 1, "", "2026-11-01T00:00"), (HOUR, "1", 1, "07:30", "2026-11-18T09:30"), (HOUR, "1", 1, "07:31", "2026-11-18T08:31"), (HOUR, "", 1, "", "2026-11-18T09:00"),
    ],
)  # fmt: skip
def test_the_last_moment(every: str, weekday: str, day: int, time: str, found: str) -> None:
    assert latest(every, weekday, day, time, NOW).isoformat(timespec="minutes") == found


def test_a_short_month_has_it_on_its_last_day() -> None:
    assert latest(MONTH, "1", 31, "07:00", dt.datetime(2027, 2, 28, 8)) == dt.datetime(2027, 2, 28, 7)
    assert latest(MONTH, "1", 30, "07:00", dt.datetime(2027, 3, 1, 8)) == dt.datetime(2027, 2, 28, 7)


PLANS = st.tuples(
    st.sampled_from([code for code, _, _ in EVERY]), st.sampled_from("1234567"), st.integers(1, 31),
    st.times().map(lambda time: time.strftime("%H:%M")), st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1)).map(lambda at: at.replace(microsecond=0)),
)  # fmt: skip


@given(PLANS)
def test_it_is_due_once_and_again_within_a_month(plan: tuple[str, str, int, str, dt.datetime]) -> None:
    *what, now = plan
    last = latest(*what, now)
    assert now - dt.timedelta(32) < last <= now
    assert is_due(*what, "", now)
    assert not is_due(*what, now.strftime(MOMENT), now)
    assert is_due(*what, (last - dt.timedelta(seconds=1)).strftime(MOMENT), now)
    later = now + dt.timedelta(32)
    assert is_due(*what, now.strftime(MOMENT), later)
    assert latest(*what, later) > last
