"""Dates as other programs write them: what a whole column can mean, so that no day is guessed.

A style is the order of the parts: `ymd`, `dmy`, `mdy`, or `md` and `dm` where no year is written (the one nearest to
today is meant). Where the parts leave no choice (2026-11-18, 18 Nov 2026, 2026年11月18日) every style reads the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from crm_desktop.record.dates import parse_date
from crm_desktop.record.text import Refused, Text

STYLES = ("ymd", "dmy", "mdy", "md", "dm")
NAMES = {"ymd": Text("year first"), "dmy": Text("day first"), "mdy": Text("month first"), "md": Text("month first, no year"), "dm": Text("day first, no year")}
EVERY = frozenset(STYLES)
NEAR = 800  # days around today in which a hotel's dates lie
_TAIL = r"(?:[ T]+\d{1,2}[:：]\d{2}.*|\s*[(（]?(?:星期|周).[)）]?|[ T]+00[:：]00.*)?"
_PARTS = re.compile(rf"(\d{{1,4}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*(\d{{1,4}}){_TAIL}")
_TWO = re.compile(rf"(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}}){_TAIL}")
_CHINESE = re.compile(rf"(?:(\d{{2}}|\d{{4}})年)?(\d{{1,2}})月(\d{{1,2}})[日号]{_TAIL}")
_NAMED = re.compile(r"(?:[A-Za-z]{3,9},?\s+)??(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})[-/., ]*(\d{4}|\d{2})?(?:[ T]+\d{1,2}:\d{2}.*)?")
_AMERICAN = re.compile(r"([A-Za-z]{3,9})[-/. ]+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?(?:[ T]+\d{1,2}:\d{2}.*)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")  # the day a workbook keeps, where its cell was not formatted as a date
_FIRST_SERIAL, _LAST_SERIAL, _DAY_ZERO = 25_569, 73_050, dt.date(1899, 12, 30)  # 1970 to 2099
_MONTHS = {name: at for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
Parts = tuple[int, int, int]


def readings(words: str, today: str) -> dict[str, str]:
    """What a text means in each style that can read it, as ISO dates; nothing for what is no date."""
    text = words.strip()
    fixed = _fixed(text, today)
    if fixed is not None:
        return dict.fromkeys(STYLES, fixed) if fixed else {}
    found = _PARTS.fullmatch(text)
    parts = _orders(found[1], found[3], found[4]) if found else {}
    if not found and (two := _TWO.fullmatch(text)):
        parts = {"md": ("", two[1], two[2]), "dm": ("", two[2], two[1])}
    out = {style: _date(*three, today) for style, three in parts.items()}
    return {style: day for style, day in out.items() if day}


def _orders(first: str, second: str, third: str) -> dict[str, tuple[str, str, str]]:
    """(year, month, day) of three numbers in each style that fits their length."""
    out = {}
    if len(first) == 2 and len(third) <= 2:
        out["ymd"] = (first, second, third)
    if len(third) in (2, 4) and len(first) <= 2:
        out |= {"dmy": (third, second, first), "mdy": (third, first, second)}
    return out


def _fixed(text: str, today: str) -> str | None:
    """The date of a text that can mean only one; '' where it means none, None where the order decides."""
    if found := _CHINESE.fullmatch(text):
        return _date(found[1] or "", found[2], found[3], today)
    for pattern, day, month in ((_NAMED, 1, 2), (_AMERICAN, 2, 1)):
        if (found := pattern.fullmatch(text)) and found[month][:3].lower() in _MONTHS:
            return _date(found[3] or "", str(_MONTHS[found[month][:3].lower()]), found[day], today)
    if _SERIAL.fullmatch(text):
        number = int(float(text))
        return (_DAY_ZERO + dt.timedelta(number)).isoformat() if _FIRST_SERIAL <= number <= _LAST_SERIAL else ""
    if (found := _PARTS.fullmatch(text)) and len(found[1]) == 4:
        return _date(found[1], found[3], found[4], today) if len(found[4]) <= 2 else ""
    if found or _TWO.fullmatch(text):
        return None
    try:
        return parse_date(text) if text else ""
    except Refused:
        return ""


def _date(year: str, month: str, day: str, today: str) -> str:
    """ISO text, or '' for a day there is not."""
    now = dt.date.fromisoformat(today)
    try:
        if not year:
            return _nearest(int(month), int(day), now)
        whole = int(year) if len(year) == 4 else 2000 + int(year)
        whole -= 100 if len(year) == 2 and whole > now.year + 20 else 0
        return dt.date(whole, int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _nearest(month: int, day: int, now: dt.date) -> str:
    days = []
    for year in (now.year - 1, now.year, now.year + 1):
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    return min(days, key=lambda one: abs((one - now).days)).isoformat() if days else ""


def possible(values: Iterable[str], today: str) -> set[str]:
    """The styles in which every value that is a date can be read, without those that would only say the same again;
    where two-digit years leave a choice, the one in which all dates lie near today."""
    read = [found for value in values if (found := readings(value, today))]
    left = set.intersection(*(set(found) for found in read)) if read else set()
    same: dict[tuple[str, ...], str] = {}
    for style in (style for style in STYLES if style in left):
        same.setdefault(tuple(found[style] for found in read), style)
    if len(same) > 1 and "ymd" in same.values():
        near = {days: style for days, style in same.items() if all(_is_near(day, today) for day in days)}
        same = near if len(near) == 1 else same
    return set(same.values())


def _is_near(day: str, today: str) -> bool:
    return abs((dt.date.fromisoformat(day) - dt.date.fromisoformat(today)).days) <= NEAR


def is_plain(words: str) -> bool:
    """True for a date that is read without any style, and for nothing."""
    try:
        return not words.strip() or bool(parse_date(words))
    except Refused:
        return False
