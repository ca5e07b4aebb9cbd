"""Days in a typed line, Chinese and English, seen from a given day. The week begins on Monday.

周三 is the next Wednesday, today included; 下周三 and *next Wednesday* are of next week. 前, 之前 and *by* mean no later
than; 后 and *after* the day after. Of several readings of a day without its year the nearest is meant: ahead, or back for
what has happened."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from crm_desktop.record.said.line import END, LATEST, pattern

YEARS = range(-4, 9)  # of a day and month without a year: also the next 29 February is among them
_AFTER = (
    rf"(?:(?P<latest>{LATEST})"
    r"|\s?(?P<after>之后|以后|过后|后(?![台续厅面来勤援果期天半])))"
)
_BEFORE = (
    r"(?:(?P<latest>最迟|最晚|不晚于|不迟于|截止到?|截至|(?<![a-z])(?:by|before|until|till|no later than|not later than))"
    r"|(?P<after>(?<![a-z])after)|(?<!现)在|(?<![a-z])(?:on|for))\s*(?:the )?$"
)
_SHORT = (
    r"(?<![0-9a-z.,:/¥$-])(?P<first>[0-9]{1,2})(?P<sign>[./-])(?P<second>[0-9]{1,2})"
    rf"(?:{END}|(?=之?前|以前|晚|早|上午|下午|中午|付|打|还))(?!\s?(?:pax|people|person|guest|table|room|位|人|桌|间|[万千元块k]))"
)


class Reading(NamedTuple):
    """The days some words may mean; `loose` words name a thing as often as a day, and stay in the text."""

    days: tuple[dt.date, ...]
    sure: bool = True
    latest: bool = False
    loose: bool = False


class Ask:
    """From which day, and in which direction, words are read."""

    def __init__(self, today: dt.date, back: bool = False) -> None:
        self.today = today
        self.back = back

    def nearest(self, days: Iterable[dt.date | None]) -> dt.date | None:
        """The nearest of some days in the direction asked, today included."""
        if self.back:
            return max((day for day in days if day and day <= self.today), default=None)
        return min((day for day in days if day and day >= self.today), default=None)

    def passed(self, day: dt.date) -> bool:
        """True for a day behind when one ahead is asked for."""
        return not self.back and day < self.today

    def yearly(self, month: int, day: int) -> dt.date | None:
        """The nearest such day of a year."""
        return self.nearest(date(self.today.year + more, month, day) for more in YEARS)


Reader = Callable[[re.Match[str], Ask], Reading | dt.date | None]
Rule = tuple[str, Reader, bool]  # pattern, what reads it, whether it names its year


class Day:
    """A day found in a line: from where to where, its ISO days (several: one of them), and how it is meant."""

    __slots__ = ("days", "end", "full", "latest", "loose", "start", "sure")

    def __init__(self, start: int, end: int, reading: Reading, full: bool) -> None:
        self.start, self.end, self.full = start, end, full
        self.days = tuple(day.isoformat() for day in reading.days)
        self.sure, self.latest, self.loose = reading.sure, reading.latest, reading.loose


def date(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where there is none."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def month_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later; the last of the month where it is shorter. Raises ValueError beyond year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_part(first: dt.date, part: int) -> dt.date:
    """A day of the month that begins at `first`; beyond its end, its last."""
    return first.replace(day=min(part, calendar.monthrange(first.year, first.month)[1]))


def find(text: str, today: str, *, back: bool = False, short: bool = False) -> list[Day]:
    """The days in a text spelled plainly, in their order. `short` reads 12.5 and 11-18 too, `back` looks behind."""
    ask = Ask(dt.date.fromisoformat(today), back)
    found = [day for rule in _rules(text, short) for day in _matches(text, rule, ask)]
    kept: list[Day] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return [_meant(text, day) for day in kept]


def _rules(text: str, short: bool) -> Iterator[Rule]:
    english, chinese = _languages()
    if not text.isascii():
        yield from chinese
    elif any("0" <= c <= "9" for c in text):
        yield chinese[0]
    if pattern("[a-z]").search(text):
        yield from english
    if short:
        yield _SHORT, _short, False


@cache
def _languages() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    from crm_desktop.record.said import days_en, days_zh  # they name what stands here

    return days_en.RULES, days_zh.RULES


def _matches(text: str, rule: Rule, ask: Ask) -> Iterator[Day]:
    source, reader, full = rule
    for match in pattern(source).finditer(text):
        try:
            reading = reader(match, ask)
        except (ValueError, OverflowError):
            continue
        if isinstance(reading, dt.date):
            reading = Reading((reading,))
        if reading and reading.days:
            yield Day(match.start(), match.end(), reading, full)


def _meant(text: str, day: Day) -> Day:
    """The day with the words around it that say how it is meant."""
    if pattern(r"每$|(?<![a-z])every $").search(text[: day.start]):  # again and again: which one is meant is asked
        day.loose, day.sure = True, False
    after = pattern(_AFTER).match(text, day.end)
    before = pattern(_BEFORE).search(text[: day.start])
    for found in (after, before):
        if found and not day.loose:
            day.latest = day.latest or bool(found["latest"])
            if found["after"]:
                day.days = tuple(_day_after(d) for d in day.days)
    day.end = after.end() if after and not day.loose else day.end
    day.start = before.start() if before and not day.loose else day.start
    return day


def _day_after(day: str) -> str:
    return dt.date.fromordinal(min(dt.date.fromisoformat(day).toordinal() + 1, dt.date.max.toordinal())).isoformat()


def _short(match: re.Match[str], ask: Ask) -> dt.date | None:
    first, second = int(match["first"]), int(match["second"])
    if match["sign"] == "/" and first > 12 and (first, second) != (24, 7):
        first, second = second, first
    return ask.yearly(first, second)
