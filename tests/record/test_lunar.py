"""The Chinese calendar: known days, another calendar's months, and the way there and back."""

from __future__ import annotations

import datetime as dt

import pytest
from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import lunar
from crm_desktop.record.text import use

DISPUTED = {(2057, 9), (2089, 8), (2097, 7)}  # the new moon is within minutes of midnight: tables differ by a day


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-11-18", (2026, (10, False), 10)), ("1984-12-04", (1984, (10, True), 12)), ("2026-02-17", (2026, (1, False), 1)),
        ("2026-02-16", (2025, (12, False), 29)), ("2033-12-22", (2033, (11, True), 1)), ("2025-07-25", (2025, (6, True), 1)),
        ("1901-02-19", (1901, (1, False), 1)), ("1901-02-18", None), ("2100-02-08", (2099, (12, False), 30)), ("2100-02-09", None),
    ],
)  # fmt: skip
def test_known_days(day: str, found: object) -> None:
    assert lunar.lunar_date(day) == found


def test_another_calendar_has_the_same_months() -> None:
    """Every month of two centuries begins on the day it begins in borax's tables."""
    other = {
        (year, month)
        for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1)
        for (month, leap), first, _ in lunar.months(year)
        if LunarDate(year, month, 1, int(leap)).to_solar_date() != first
    }
    assert other == DISPUTED


@given(st.dates(dt.date(1901, 2, 19), dt.date(2100, 2, 8)))
def test_there_and_back(date: dt.date) -> None:
    found = lunar.lunar_date(date.isoformat())
    assert found is not None
    year, month, number = found
    assert lunar.day_in(year, month, number) == date.isoformat()
    assert 1 <= number <= 30


@pytest.mark.parametrize(("year", "month", "number", "day"), [(2026, (10, True), 12, "2026-11-20"), (2025, (10, True), 12, "2025-12-01"), (2014, (9, True), 30, "2014-11-21"), (1900, (1, False), 1, "")])
def test_a_leap_month_a_year_does_not_have(year: int, month: lunar.Month, number: int, day: str) -> None:
    assert lunar.day_in(year, month, number) == day


def test_the_words_of_a_calendar() -> None:
    assert lunar.chinese("2026-11-18") == "农历十月初十"
    assert [lunar.chinese(day) for day in ("1900-12-31", "1901-01-05", "2100-06-01")] == [""] * 3
    assert lunar.words("2026-11-18") == ""
    use("zh_CN")
    assert lunar.words("2026-11-18") == "农历十月初十"
