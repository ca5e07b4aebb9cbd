"""How English names days: tomorrow, next Wednesday, in 3 days, end of month, Dec 15, the 25th."""

from __future__ import annotations

import datetime as dt
import re

from crm_desktop.record.said.days import Ask, Reading, Rule, date, month_later, month_part
from crm_desktop.record.said.days_zh import nearest_weekday

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![:.,]?[0-9a-z])(?!\s?(?:pax|people|persons?|guests?|tables?|rooms?|am|pm)(?![a-z]))"
_YEAR = r"(?:,?\s?(?P<year>20[0-9]{2})(?![0-9]))"
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"monday|mon|tuesday|tues|tue|wednesday|wed|thursday|thurs|thur|thu|friday|fri|saturday|sunday|weekend"
_CALLED = r"(?<!mr )(?<!ms )(?<!mrs )(?<!miss )(?<!call )(?<!see )(?<!meet )"  # Sun and Mon are surnames too
_WORDS = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "day after tomorrow": 2}
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_NUMBERS[1:])}|an?)\s(?P<unit>day|week|month|year)s?(?![a-z])"
_SHIFT = {"last": -1, "this": 0, "the": 0, "coming": 0, "next": 1}
_FEASTS = {"new year's day": (1, 1), "valentine's day": (2, 14), "labour day": (5, 1), "labor day": (5, 1), "national day": (10, 1), "christmas eve": (12, 24), "christmas": (12, 25)}  # fmt: skip


def _word(match: re.Match[str], ask: Ask) -> dt.date:
    return ask.today + dt.timedelta(_WORDS.get(match[0].removeprefix("the "), 1))


def _weekday(match: re.Match[str], ask: Ask) -> Reading | dt.date | None:
    """next Wednesday is of next week, this Friday of this one, Friday the nearest."""
    weekend = match["day"] == "weekend"
    index = 5 if weekend else _WEEK.index(match["day"][:3])
    near = match["near"]
    if near not in ("last", "this", "next"):
        return nearest_weekday(index, weekend, ask)
    found = ask.today + dt.timedelta(7 * _SHIFT[near] + index - ask.today.weekday())
    return Reading((found + dt.timedelta(7),), sure=False) if near == "this" and ask.passed(found) else found


def _span(match: re.Match[str], ask: Ask) -> Reading:
    """in 3 days, within a week, two weeks ago."""
    sign = -1 if match["side"] == "ago" else 1
    words = match["count"]
    count = sign * (int(words) if words.isdigit() else max(1, _NUMBERS.index(words) if words != "an" else 1))
    if match["unit"] in ("day", "week"):
        found = ask.today + dt.timedelta(count * (7 if match["unit"] == "week" else 1))
    else:
        found = month_later(ask.today, count * (12 if match["unit"] == "year" else 1))
    return Reading((found,), latest=match["side"] == "within")


def _part(match: re.Match[str], ask: Ask) -> dt.date:
    """end of month, end of next month, mid of the year, month end."""
    span, shift = match["span"], _SHIFT.get(match["near"] or "this", 0)
    last = (match["part"] or "end") == "end"
    if span == "week":
        return ask.today + dt.timedelta(7 * shift - ask.today.weekday() + (4 if last else 0))
    month = ask.today.replace(day=1)
    if span == "year":
        return month.replace(year=month.year + shift, month=12 if last else 1, day=31 if last else 1)
    found = month_part(month_later(month, shift), 31 if last else 1)
    return month_later(month, 1) if not last and shift == 0 and ask.passed(found) else found


def _dated(match: re.Match[str], ask: Ask) -> dt.date | None:
    """Dec 15, 15th of December."""
    return ask.yearly(_MONTHS.index(match["month"][:3]) + 1, int(match["day"]))


def _full(match: re.Match[str], _ask: Ask) -> dt.date | None:
    """15 Dec 2026."""
    return date(int(match["year"]), _MONTHS.index(match["month"][:3]) + 1, int(match["day"]))


def _ordinal(match: re.Match[str], ask: Ask) -> dt.date | None:
    """the 25th: of this month or of the next that has it."""
    firsts = [month_later(ask.today.replace(day=1), more) for more in range(-2, 3)]
    return ask.nearest(date(first.year, first.month, int(match["day"])) for first in firsts)


def _feast(match: re.Match[str], ask: Ask) -> dt.date | None:
    return ask.yearly(*_FEASTS[match[0]])


def _some(match: re.Match[str], ask: Ask) -> Reading:
    """next week: its working days; next month: its first, middle and last day."""
    shift = _SHIFT[match["near"]]
    monday = ask.today + dt.timedelta(7 * shift - ask.today.weekday())
    month = month_later(ask.today.replace(day=1), shift)
    week = [monday + dt.timedelta(more) for more in range(5)]
    days = week if match["span"] == "week" else [month_part(month, part) for part in (1, 15, 31)]
    return Reading(tuple(day for day in days if not ask.passed(day)), sure=False)


RULES: tuple[Rule, ...] = (
    (
        r"(?<![a-z])(?:(?:the )?day (?:after tomorrow|before yesterday)|tomorrow|tmrw?|tonight|today|yesterday)(?![a-z'])",
        _word,
        False,
    ),
    (
        rf"(?<![a-z]){_CALLED}(?:(?P<near>last|this|next|coming|the)\s+)?(?P<day>{_WEEKDAY})\.?(?![a-z'])",
        _weekday,
        False,
    ),
    (r"(?:^|(?<=on )|(?<=by ))(?P<near>)(?P<day>sat|sun)(?![a-z'])", _weekday, False),
    (r"(?<![a-z])(?P<near>last|this|next|coming)\s+(?P<day>sat|sun)(?![a-z'])", _weekday, False),
    (rf"(?<![a-z])(?P<side>in|within)\s{_COUNT}", _span, False),
    (rf"(?<![0-9a-z.]){_COUNT}\s(?P<side>later|ago|from now|from today)(?![a-z])", _span, False),
    (
        r"(?<![a-z])(?:the )?(?P<part>end|beginning|start) of (?:(?P<near>the|this|next) )?(?P<span>week|month|year)(?![a-z])",
        _part,
        False,
    ),
    (r"(?<![a-z])(?P<part>)(?P<near>)(?P<span>month|year)[ -]end(?![a-z])", _part, False),
    (rf"(?<![a-z]){_MONTH}\s?{_DAY}", _dated, False),
    (rf"(?<![a-z]){_MONTH}\s?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_YEAR}", _full, True),
    (rf"(?<![0-9a-z.,])(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s?(?:of )?{_MONTH}", _dated, False),
    (rf"(?<![0-9a-z.,])(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s?(?:of )?{_MONTH}{_YEAR}", _full, True),
    (
        r"(?<![0-9a-z])(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?![a-z])(?! (?:floor|avenue|street|anniversary|birthday))",
        _ordinal,
        False,
    ),
    (rf"(?<![a-z])(?:{'|'.join(_FEASTS)})(?![a-z])", _feast, False),
    (r"(?<![a-z])(?P<near>this|next) (?P<span>week|month)(?![a-z'])", _some, False),
)
