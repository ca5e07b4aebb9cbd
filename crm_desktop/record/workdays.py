"""Working days: no Saturdays, Sundays and statutory holidays of mainland China.

The days off are those of the regulation on public holidays as in force since 2025: New Year 1, Spring Festival 4 (its eve
included), Qingming 1, Labour Day 2, Dragon Boat 1, Mid-Autumn 1, National Day 3. The weekends that are worked instead
are announced year by year and not known here."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from crm_desktop.record.dates import add_days

SOLAR = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
LUNAR = frozenset({(1, 1), (1, 2), (1, 3), (5, 5), (8, 15)})
QINGMING = "清明"
KNOWN = range(1901, 2100)  # years of the lunar calendar's tables


@lru_cache(512)
def is_holiday(day: str) -> bool:
    """True on a statutory holiday."""
    date = dt.date.fromisoformat(day)
    if (date.month, date.day) in SOLAR:
        return True
    if date.month in (7, 8, 11, 12) or date.year not in KNOWN:  # no moving feast ever falls there
        return False
    month, number, leap, term = _lunar(date)
    next_month, next_number, next_leap, _ = _lunar(date + dt.timedelta(1))
    eve = (next_month, next_number, next_leap) == (1, 1, False)
    return eve or term == QINGMING or (not leap and (month, number) in LUNAR)


def _lunar(date: dt.date) -> tuple[int, int, bool, str]:
    import cnlunar

    found = cnlunar.Lunar(dt.datetime(date.year, date.month, date.day, 12))
    return int(found.lunarMonth), int(found.lunarDay), bool(found.isLunarLeapMonth), str(found.todaySolarTerms)


def is_working(day: str) -> bool:
    """True when the office is open."""
    return dt.date.fromisoformat(day).weekday() < 5 and not is_holiday(day)


def next_working(day: str) -> str:
    """The first working day after a day."""
    later = add_days(day, 1)
    while not is_working(later):
        later = add_days(later, 1)
    return later


def working_from(day: str) -> str:
    """The day itself when it is a working day, else the next one."""
    return day if is_working(day) else next_working(day)
