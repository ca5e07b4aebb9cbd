"""Working days of mainland China: as the State Council published them for a year, with the weekends worked instead.

For a year that is not published yet: no Saturdays, Sundays and statutory holidays. Those are the days of the regulation
on public holidays as in force since 2025: New Year 1, Spring Festival 4 (its eve included), Qingming 1, Labour Day 2,
Dragon Boat 1, Mid-Autumn 1, National Day 3."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache, lru_cache

from crm_desktop.record.dates import add_days
from crm_desktop.record.places import resource

SOLAR = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
LUNAR = frozenset({(1, 1), (1, 2), (1, 3), (5, 5), (8, 15)})
QINGMING = "清明"
OFF, WORKED = "off", "work"  # marks of published days
WHOLE = 10  # marked days of a published year at least: one that only has the end of another's holiday is none
KNOWN = range(1901, 2100)  # years of the lunar calendar's tables


@cache
def _published() -> dict[str, tuple[str, str]]:
    lines = resource("calendar", "holidays_cn.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {day: (mark, name) for day, mark, name in rows}


@cache
def _years() -> frozenset[str]:
    days = Counter(day[:4] for day in _published())
    return frozenset(year for year, count in days.items() if count >= WHOLE)


def is_published(year: int | str) -> bool:
    """True for a year whose calendar the State Council published, as far as this program knows."""
    return str(year)[:4] in _years()


def mark(day: str) -> tuple[str, str]:
    """What is published of a day: OFF or WORKED and the holiday it is for; two empty words of an ordinary day."""
    return _published().get(day, ("", ""))


@lru_cache(4096)
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
    if found := _published().get(day):
        return found[0] == WORKED
    if day[:4] in _years():
        return dt.date.fromisoformat(day).weekday() < 5
    return dt.date.fromisoformat(day).weekday() < 5 and not is_holiday(day)


def next_working(day: str) -> str:
    """The first working day after a day."""
    later = add_days(day, 1)
    while not is_working(later):
        later = add_days(later, 1)
    return later


@lru_cache(4096)
def working_from(day: str) -> str:
    """The day itself when it is a working day, else the next one."""
    return day if is_working(day) else next_working(day)


@lru_cache(512)
def working_until(day: str) -> str:
    """The day itself when it is a working day, else the one before: whatever is done on working days from a day on is done by `day` if
    that day is not after this one."""
    while not is_working(day):
        day = add_days(day, -1)
    return day
