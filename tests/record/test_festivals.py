"""Festivals by both calendars, the solar terms people keep, working days, and what comes next."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import festivals, workdays
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import say, use


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-01-01", ["New Year's Day"]), ("2026-02-16", ["New Year's Eve (lunar)"]), ("2026-02-17", ["Spring Festival"]), ("2026-03-03", ["Lantern Festival"]),
        ("2026-04-05", ["Qingming"]), ("2025-04-04", ["Qingming"]), ("2025-04-05", []), ("2026-06-19", ["Dragon Boat Festival"]), ("2026-08-19", ["Qixi"]),
        ("2026-09-25", ["Mid-Autumn Festival"]), ("2026-10-01", ["National Day"]), ("2026-10-18", ["Double Ninth"]), ("2026-12-22", ["Winter solstice"]),
        ("2025-08-25", []), ("2025-07-25", []), ("2026-11-18", []), ("2200-10-01", ["National Day"]), ("2200-02-14", ["Valentine's Day"]),
    ],
)  # fmt: skip
def test_the_festivals_of_a_day(day: str, wanted: list[str]) -> None:
    assert [say(words) for words in festivals.festivals(day)] == wanted


def test_the_line_of_the_calendar() -> None:
    assert say(festivals.calendar_words("2026-11-18")) == "Working day · in 34 days Winter solstice 12-22"
    assert say(festivals.calendar_words("2026-10-01")) == "Holiday · National Day · in 17 days Double Ninth 10-18"
    assert say(festivals.calendar_words("2026-11-21")).startswith("Day off · ")
    use("zh_CN")
    assert say(festivals.calendar_words("2026-11-18")) == "工作日 · 34 天后冬至 12-22"


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)).map(str))
def test_the_next_one_is_the_next(day: str) -> None:
    found = festivals.coming(day)
    between = [add_days(day, ahead) for ahead in range(1, festivals.AHEAD + 1)]
    kept = [each for each in between if festivals.festivals(each)]
    assert (found[0] if found else None) == (kept[0] if kept else None)
    assert (festivals.kind(day) == festivals.WORKING) == workdays.is_working(day)
