"""Dates and the business day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import dates
from crm_desktop.record.text import Refused


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-11-18", "2026-11-18"), ("2026/11/18", "2026-11-18"), ("2026.1.8", "2026-01-08"), ("20261118", "2026-11-18"),
        ("2026年11月18日", "2026-11-18"), ("2026年1月8日", "2026-01-08"), (" 2026-11-18 ", "2026-11-18"), ("2024-02-29", "2024-02-29"),
        ("2026-11-18 00:00", "2026-11-18"), ("2026-11-18T00:00:00", "2026-11-18"), ("２０２６-11-18", "2026-11-18"), ("0001-01-01", "0001-01-01"),
    ],
)  # fmt: skip
def test_what_is_a_date(words: str, day: str) -> None:
    assert dates.parse_date(words) == day


@pytest.mark.parametrize(
    "words",
    [
        "", "tomorrow", "18/11/2026", "11/18/2026", "2026-11", "2026-13-01", "2026-02-29", "2026-00-10", "2026-1-32", "0000-01-01", "2026-11/18",
        "2026-11-18 14:30", "26-11-18", "2026111", "99999999", "²0261118", "45000", "-2026-11-18", "2026-11-18x",
    ],
)  # fmt: skip
def test_what_is_none(words: str) -> None:
    with pytest.raises(Refused):
        dates.parse_date(words)


@given(st.dates())
def test_every_day_is_read_as_written(day: dt.date) -> None:
    assert dates.parse_date(day.isoformat()) == day.isoformat()
    assert dates.parse_date(f"{day.year:04d}年{day.month}月{day.day}日") == day.isoformat()


@given(st.text(max_size=12))
def test_any_words_are_a_date_or_refused(words: str) -> None:
    try:
        found = dates.parse_date(words)
    except Refused:
        found = "0001-01-01"
    assert dt.date.fromisoformat(found).isoformat() == found


@given(st.dates(max_value=dt.date(9000, 1, 1)), st.integers(0, 100_000))
def test_days_are_counted_both_ways(day: dt.date, count: int) -> None:
    later = dates.add_days(day.isoformat(), count)
    assert dates.days_between(day.isoformat(), later) == count
    assert dates.add_days(later, -count) == day.isoformat()


def test_there_is_an_end_of_days() -> None:
    with pytest.raises(Refused, match="no day"):
        dates.add_days("9999-12-31", 1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-18T05:59", "2026-11-17"), ("2026-11-18T06:00", "2026-11-18"), ("2026-11-18T23:59", "2026-11-18"),
        ("2026-11-19T00:00", "2026-11-18"), ("2026-01-01T03:00", "2025-12-31"),
    ],
)  # fmt: skip
def test_the_business_day_ends_with_the_night_audit(moment: str, day: str) -> None:
    dates.set_clock(dt.datetime.fromisoformat(moment))
    assert dates.business_date() == day
    dates.set_audit_hour(0)
    assert dates.business_date() == moment[:10]


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)), st.integers(0, 12))
def test_the_day_begins_at_the_hotels_own_hour(moment: dt.datetime, hour: int) -> None:
    dates.set_audit_hour(hour)
    dates.set_clock(moment)
    before = moment.hour < hour
    assert dates.business_date() == (moment.date() - dt.timedelta(before)).isoformat()


@pytest.mark.parametrize("wrong", [-1, 13, True, "6", None, 6.0])
def test_what_is_no_hour_means_six(wrong: object) -> None:
    dates.set_audit_hour(3)
    assert dates.audit_hour() == 3
    dates.set_audit_hour(wrong)
    assert dates.audit_hour() == 6


def test_an_instant_is_utc_to_the_millisecond() -> None:
    found = dates.now()
    assert len(found) == 24
    moment = dt.datetime.fromisoformat(found.replace("Z", "+00:00"))
    assert abs((dt.datetime.now(dt.UTC) - moment).total_seconds()) < 60
    assert dates.local_instant(found) == moment.astimezone().strftime("%Y-%m-%d %H:%M")
