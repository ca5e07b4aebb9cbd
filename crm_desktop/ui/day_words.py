"""Days as people type them: today, 明天, +3, 11-18, 1118, 2026-11-18. Without Qt."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from crm_desktop.record.dates import add_days, parse_date
from crm_desktop.record.text import Refused, Text

_NAMED = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
    "昨天": -1, "昨日": -1, "前天": -2,
}  # fmt: skip
_SHIFT = re.compile(r"[+\-\u2212]\d{1,4}")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_FOUR = re.compile(r"(\d{2})(\d{2})")


def parse_day(words: str, today: str, base: str = "") -> str:
    """ISO text of a day as typed, '' for nothing. A day without a year is the one nearest to `base`, and
    +2 counts from it; where there is none that is `today`. Raises Refused."""
    text = unicodedata.normalize("NFKC", words).strip().lower()
    if not text:
        return ""
    if text in _NAMED:
        return add_days(today, _NAMED[text])
    if _SHIFT.fullmatch(text):
        return add_days(base or today, int(text.replace("\u2212", "-")))
    found = _MONTH_DAY.fullmatch(text) or _FOUR.fullmatch(text)
    if found:
        return _nearest(int(found[1]), int(found[2]), base or today, words)
    return parse_date(text)


def _nearest(month: int, day: int, today: str, words: str) -> str:
    here = dt.date.fromisoformat(today)
    days = [made for year in range(here.year - 1, here.year + 2) if (made := _day(year, month, day))]
    if not days:
        raise Refused(Text("There is no day {value}", value=words.strip()))
    return min(days, key=lambda made: abs((made - here).days)).isoformat()


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
