"""Rules of the calendar: which days a month, a week or an agenda shows, and what each day is by both calendars."""

from __future__ import annotations

import calendar
from typing import NamedTuple

from crm_desktop.record import lunar, workdays
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Text

MONTH, WEEK, AGENDA = "month", "week", "agenda"
AHEAD = 30  # days of an agenda
FESTIVALS = {  # as cnlunar names them
    "元旦节": Text("New Year's Day"), "春节": Text("Spring Festival"), "清明节": Text("Qingming"), "国际劳动节": Text("Labour Day"), "端午节": Text("Dragon Boat Festival"),
    "中秋节": Text("Mid-Autumn Festival"), "国庆节": Text("National Day"), "冬至": Text("Winter Solstice"),
}  # fmt: skip
BY_MOON = {  # month and day of the Chinese calendar, kept without a day off
    (1, 15): Text("Lantern Festival"), (7, 7): Text("Qixi"), (9, 9): Text("Double Ninth"), (12, 8): Text("Laba"),
}  # fmt: skip
EVE = Text("New Year's Eve by the moon")


class Day(NamedTuple):
    """A day: its lunar date as numbers ('' beyond the tables) and in Chinese, its festival, and whether it is "off" or "work" by publication."""

    day: str
    moon: str
    moon_zh: str
    festival: Text | None
    mark: str
    working: bool


def monday(day: str) -> str:
    """The Monday of a day's week."""
    return add_days(day, -(days_between("1900-01-01", day) % 7))


def span(view: str, day: str) -> tuple[str, str]:
    """First and last day that a view of a day shows: whole weeks of its month, its week, or the days after it."""
    if view == WEEK:
        return monday(day), add_days(monday(day), 6)
    if view == AGENDA:
        return day, add_days(day, AHEAD - 1)
    first, last = day[:8] + "01", f"{day[:8]}{calendar.monthrange(int(day[:4]), int(day[5:7]))[1]:02d}"
    return monday(first), add_days(monday(last), 6)


def moved(view: str, day: str, step: int) -> str:
    """The same view earlier (-1) or later (1): the first of the month, the same weekday, the same day of the agenda."""
    if view != MONTH:
        return add_days(day, step * (7 if view == WEEK else AHEAD))
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + step, 12)
    return f"{year:04d}-{month + 1:02d}-01"


def day_of(day: str) -> Day:
    """What a day is."""
    found = lunar.lunar_date(day)
    if found is None:
        return Day(day, "", "", None, workdays.mark(day)[0], workdays.is_working(day))
    _, (month, leap), number = found
    words, _, festival = lunar.chinese(day).removeprefix("农历").partition(" ")
    name = words[-2:] if number > 1 else words[:-2]  # the first of a month says the month
    return Day(day, f"{'+' if leap else ''}{month}-{number}", name, _festival(day, month, number, leap, festival), workdays.mark(day)[0], workdays.is_working(day))


def _festival(day: str, month: int, number: int, leap: bool, festival: str) -> Text | None:
    if festival in FESTIVALS:
        return FESTIVALS[festival]
    if month == 12 and lunar.lunar_date(add_days(day, 1)) is not None and (lunar.lunar_date(add_days(day, 1)) or (0, (0, False), 0))[1:] == ((1, False), 1):
        return EVE
    return None if leap else BY_MOON.get((month, number))


def unpublished(first: str, last: str) -> list[str]:
    """The years of a span whose days off nobody published yet."""
    return [str(year) for year in range(int(first[:4]), int(last[:4]) + 1) if not workdays.is_published(year)]
