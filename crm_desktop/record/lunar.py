"""The Chinese calendar: the lunar date of a day, as calendars print it and as numbers, and the day of a lunar date.

Month lengths are those of cnlunar's tables, for the lunar years 1901 to 2099."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from crm_desktop.record.text import language

NONE = "无"
FIRST_YEAR, LAST_YEAR = 1901, 2099  # lunar years
LEAP_LENGTH_BIT, LEAP_MONTH_BIT = 12, 13  # of cnlunar's month table; bits 0 to 11: the ordinary months of 30 days

Month = tuple[int, bool]  # 1 to 12, and True for the leap month that follows it


@lru_cache(64)
def chinese(day: str) -> str:
    """农历十月初十, and 中秋节 or 冬至 where it is one. Right for 1901 to 2099; '' beyond."""
    if lunar_date(day) is None:
        return ""
    import cnlunar

    date = dt.date.fromisoformat(day)
    found = cnlunar.Lunar(dt.datetime(date.year, date.month, date.day, 12))
    month = str(found.lunarMonthCn).rstrip("大小")
    term = str(found.todaySolarTerms)
    festival = str(found.get_legalHolidays()) or ("" if term == NONE else term)
    return f"农历{month}{found.lunarDayCn}{' ' + festival if festival else ''}"


@lru_cache(64)
def term(day: str) -> str:
    """清明 or another of the 24 solar terms where the day is one; '' on other days and beyond 1901 to 2099."""
    if lunar_date(day) is None:
        return ""
    import cnlunar

    date = dt.date.fromisoformat(day)
    found = str(cnlunar.Lunar(dt.datetime(date.year, date.month, date.day, 12)).todaySolarTerms)
    return "" if found == NONE else found


def words(day: str) -> str:
    """The lunar date in Chinese; nothing in other languages, whose readers do not use it."""
    return chinese(day) if language() == "zh_CN" else ""


@lru_cache(256)
def months(year: int) -> tuple[tuple[Month, dt.date, int], ...]:
    """The months of a lunar year in order, each with its first day and its length (29 or 30); none beyond the tables."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    from cnlunar.config import lunarMonthData, lunarNewYearList

    bits, new_year = lunarMonthData[year - FIRST_YEAR], lunarNewYearList[year - FIRST_YEAR]
    leap, first, out = bits >> LEAP_MONTH_BIT & 0xF, dt.date(year, new_year >> 5 & 3, new_year & 31), []
    for month in range(1, 13):
        for is_leap in (False, True) if month == leap else (False,):
            length = 29 + (bits >> (LEAP_LENGTH_BIT if is_leap else month - 1) & 1)
            out.append(((month, is_leap), first, length))
            first += dt.timedelta(length)
    return tuple(out)


def lunar_date(day: str) -> tuple[int, Month, int] | None:
    """The lunar year, month and day of the month of a date; None beyond the tables."""
    date = dt.date.fromisoformat(day)
    for year in (date.year, date.year - 1):
        for month, first, length in reversed(months(year)):
            if first <= date:
                number = (date - first).days + 1
                return (year, month, number) if number <= length else None
    return None


def has_leap(year: int, month: int) -> bool:
    """True for a lunar year in which this month is followed by its leap month."""
    return any(found == (month, True) for found, _, _ in months(year))


def day_in(year: int, month: Month, number: int) -> str:
    """The date on which a lunar date is kept in a lunar year; '' beyond the tables.

    Where the year has no such leap month it is the ordinary month; a 30th that the month does not have is its 29th."""
    there = {found: (first, length) for found, first, length in months(year)}
    if not there:
        return ""
    first, length = there.get(month) or there[(month[0], False)]
    return (first + dt.timedelta(min(number, length) - 1)).isoformat()
