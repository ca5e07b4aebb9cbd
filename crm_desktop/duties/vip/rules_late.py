"""Rules of a guest who comes later: what a line says of the new time, as a time of the day or as minutes more."""

from __future__ import annotations

import re

from crm_desktop.duties.vip.rules_plan import Due, moved
from crm_desktop.record.later import pattern

MOST = 3 * 24 * 60  # minutes; whoever comes later than that has another arrival
_CLOCK = pattern(r"(?<!\d)([01]?\d|2[0-3])[:：点时]\s*([0-5]\d)?(?!\d)")
_HALF = pattern(r"(\d+|一|两|二|三)\s*个半\s*(?:小时|钟头)")
_HOURS = pattern(r"(\d+(?:\.5)?|半|一|两|二|三)\s*(?:个)?(?:小时|钟头|h(?:ours?|rs?)?(?![a-z]))", re.IGNORECASE)
_MINUTES = pattern(r"(\d+)\s*(?:分钟?|min(?:utes?)?|m(?![a-z]))", re.IGNORECASE)
_PLUS = pattern(r"([+＋-]|−)\s*(\d+)(?!\d|[:：])")
_EARLIER = pattern(r"提前|早到|earlier|early", re.IGNORECASE)
_TOMORROW = pattern(r"明天|次日|第二天|tomorrow|next day", re.IGNORECASE)
WORDS = {"半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3}


def later(words: str, day: str, time: str) -> Due | None:
    """The new day and time of an arrival that was to be at `time` of `day`; None where the line names none.

    A time of the day is taken as it is (tomorrow's where the line says so); minutes and hours are added, with 'earlier' taken off."""
    clock = None if _HOURS.search(words) else _CLOCK.search(words)
    if clock is not None:
        at = f"{int(clock[1]):02d}:{clock[2] or '00'}"
        return moved(day, at, 24 * 60) if _TOMORROW.search(words) else (day, at)
    minutes = _minutes(words)
    return moved(day, time, minutes) if minutes is not None and time and abs(minutes) <= MOST else None


def _minutes(words: str) -> int | None:
    way = -1 if _EARLIER.search(words) else 1
    if (half := _HALF.search(words)) is not None:
        return way * int(60 * (_number(half[1]) + 0.5))
    hours, minutes = _HOURS.search(words), _MINUTES.search(words)
    if hours is None and minutes is None:
        plus = _PLUS.search(words)
        return int(plus[2]) * (1 if plus[1] in "+＋" else -1) if plus else None
    whole = int(60 * _number(hours[1])) if hours else 0
    return way * (whole + (int(minutes[1]) if minutes else _rest(words, hours)))


def _number(word: str) -> float:
    return WORDS[word] if word in WORDS else float(word)


def _rest(words: str, hours: re.Match[str] | None) -> int:
    """1小时45: minutes that stand behind the hours without their word."""
    rest = re.match(r"\s*(\d{1,2})(?!\d|[:：])", words[hours.end() :]) if hours else None
    return int(rest[1]) if rest else 0
