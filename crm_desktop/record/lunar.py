"""The lunar date of a day, as Chinese calendars print it, with its festival or solar term."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from crm_desktop.record.text import language

NONE = "无"


@lru_cache(64)
def chinese(day: str) -> str:
    """农历十月初十, and 中秋节 or 冬至 where it is one. Right for 1901 to 2100; '' beyond."""
    import cnlunar

    date = dt.date.fromisoformat(day)
    if not 1901 <= date.year <= 2100:
        return ""
    found = cnlunar.Lunar(dt.datetime(date.year, date.month, date.day, 12))
    month = str(found.lunarMonthCn).rstrip("大小")
    term = str(found.todaySolarTerms)
    festival = str(found.get_legalHolidays()) or ("" if term == NONE else term)
    return f"农历{month}{found.lunarDayCn}{' ' + festival if festival else ''}"


def words(day: str) -> str:
    """The lunar date in Chinese; nothing in other languages, whose readers do not use it."""
    return chinese(day) if language() == "zh_CN" else ""
