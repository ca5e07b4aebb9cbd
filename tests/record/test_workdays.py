"""Working days against the calendars printed for these years."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.workdays import is_holiday, is_published, is_working, mark, next_working, working_from

HOLIDAYS = (
    "2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-04-05", "2026-05-01", "2026-05-02", "2026-06-19", "2026-09-25",
    "2026-10-01", "2026-10-02", "2026-10-03", "2027-02-05", "2027-02-06", "2025-01-28", "2025-01-29", "2025-10-06", "2025-05-31", "2024-04-04",
)  # fmt: skip
OPEN = ("2026-01-05", "2026-02-24", "2026-04-07", "2026-06-18", "2026-09-24", "2026-10-08", "2026-11-18", "2025-08-25", "2025-07-25")
INSTEAD = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10", "2025-09-28")  # weekends worked
BRIDGES = ("2026-01-02", "2026-02-20", "2026-02-23", "2026-04-06", "2026-05-05", "2026-10-07")  # weekdays off besides the statutory ones


@pytest.mark.parametrize("day", HOLIDAYS)
def test_the_office_is_closed(day: str) -> None:
    assert is_holiday(day)
    assert not is_working(day)


@pytest.mark.parametrize("day", OPEN)
def test_the_office_is_open(day: str) -> None:
    assert not is_holiday(day)
    assert is_working(day)


@pytest.mark.parametrize("day", INSTEAD)
def test_a_weekend_is_worked_instead(day: str) -> None:
    assert is_working(day)
    assert mark(day)[0] == "work"


@pytest.mark.parametrize("day", BRIDGES)
def test_a_published_day_off_is_no_statutory_one(day: str) -> None:
    assert not is_working(day)
    assert not is_holiday(day)


def test_a_year_that_is_not_published_has_its_weekends_and_statutory_days() -> None:
    assert (is_published(2026), is_published("2007-05-01"), is_published(2027), is_published(2006)) == (True, True, False, False)
    assert [is_working(day) for day in ("2027-02-05", "2027-02-06", "2027-02-11", "2027-10-04", "2027-05-03")] == [False, False, True, True, True]
    assert mark("2027-10-01") == ("", "")


def test_thirteen_days_a_year_are_off() -> None:
    for year in (2025, 2026, 2027, 2028):
        days = [(dt.date(year, 1, 1) + dt.timedelta(n)).isoformat() for n in range(365)]
        assert 12 <= sum(map(is_holiday, days)) <= 14  # Mid-Autumn and National Day may share a day


def test_the_next_one() -> None:
    assert next_working("2026-11-20") == "2026-11-23"
    assert next_working("2026-09-30") == "2026-10-08"
    assert next_working("2026-10-09") == "2026-10-10"
    assert working_from("2026-11-18") == "2026-11-18"
    assert working_from("2026-02-15") == "2026-02-24"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_a_working_day_is_never_far(day: dt.date) -> None:
    found = next_working(day.isoformat())
    assert 1 <= (dt.date.fromisoformat(found) - day).days <= 10
    assert is_working(found)
