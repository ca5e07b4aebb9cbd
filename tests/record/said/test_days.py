"""Days and times in a typed line, seen from Wednesday 18 November 2026."""

from __future__ import annotations

import datetime as dt

import cnlunar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.said import days, times
from crm_desktop.record.said.line import plain

TODAY = "2026-11-18"
SURE = [
    ("今天", "2026-11-18"), ("今日", "2026-11-18"), ("明天", "2026-11-19"), ("明日", "2026-11-19"), ("后天", "2026-11-20"), ("後天", "2026-11-20"),
    ("大后天", "2026-11-21"), ("昨天", "2026-11-17"), ("前天", "2026-11-16"), ("大前天", "2026-11-15"), ("明晚", "2026-11-19"), ("今早", "2026-11-18"),
    ("周三", "2026-11-18"), ("周四", "2026-11-19"), ("周二", "2026-11-24"), ("星期五", "2026-11-20"), ("礼拜天", "2026-11-22"), ("周日", "2026-11-22"),
    ("禮拜六", "2026-11-21"), ("週五", "2026-11-20"), ("周5", "2026-11-20"), ("下周三", "2026-11-25"), ("下週三", "2026-11-25"), ("下周一", "2026-11-23"),
    ("下个星期日", "2026-11-29"), ("下下周一", "2026-11-30"), ("本周五", "2026-11-20"), ("这周日", "2026-11-22"), ("上周三", "2026-11-11"), ("周末", "2026-11-21"),
    ("下周末", "2026-11-28"), ("月底", "2026-11-30"), ("月末", "2026-11-30"), ("月初", "2026-12-01"), ("月中", "2026-12-15"), ("本月底", "2026-11-30"),
    ("下月底", "2026-12-31"), ("下个月初", "2026-12-01"), ("12月底", "2026-12-31"), ("2月底", "2027-02-28"), ("12月中旬", "2026-12-20"),
    ("年底", "2026-12-31"), ("明年初", "2027-01-01"), ("2027年底", "2027-12-31"), ("季末", "2026-12-31"), ("下季度末", "2027-03-31"),
    ("下月3号", "2026-12-03"), ("下个月十五号", "2026-12-15"), ("本月25号", "2026-11-25"), ("25号", "2026-11-25"), ("25號", "2026-11-25"),
    ("18号", "2026-11-18"), ("3号", "2026-12-03"), ("31号", "2026-12-31"), ("25日", "2026-11-25"), ("二十五号", "2026-11-25"), ("２５号", "2026-11-25"),
    ("3月8日", "2027-03-08"), ("11月18日", "2026-11-18"), ("11月17日", "2027-11-17"), ("十二月五号", "2026-12-05"), ("12月15", "2026-12-15"),
    ("2月29日", "2028-02-29"), ("明年3月8日", "2027-03-08"), ("26年12月1日", "2026-12-01"), ("2025年3月8号", "2025-03-08"), ("11-18", "2026-11-18"),
    ("11.18", "2026-11-18"), ("12/5", "2026-12-05"), ("18/11", "2026-11-18"), ("1.3", "2027-01-03"), ("2026-11-18", "2026-11-18"), ("26.11.18", "2026-11-18"),
    ("2026/12/1", "2026-12-01"), ("20261201", "2026-12-01"), ("2026年11月20日", "2026-11-20"), ("2025.3.8", "2025-03-08"),
    ("3天后", "2026-11-21"), ("三天后", "2026-11-21"), ("3天內", "2026-11-21"), ("3天内", "2026-11-21"), ("3日后", "2026-11-21"), ("两周后", "2026-12-02"),
    ("一个星期后", "2026-11-25"), ("两个月后", "2027-01-18"), ("半个月后", "2026-12-03"), ("半年后", "2027-05-18"), ("一年后", "2027-11-18"), ("再过三天", "2026-11-21"),
    ("三天前", "2026-11-15"), ("十天之后", "2026-11-28"), ("国庆", "2027-10-01"), ("國慶節", "2027-10-01"), ("元旦", "2027-01-01"), ("五一", "2027-05-01"),
    ("清明", "2027-04-05"), ("春节", "2027-02-06"), ("中秋", "2027-09-15"), ("端午节", "2027-06-09"), ("除夕", "2027-02-05"), ("元宵节", "2027-02-20"),
    ("圣诞节", "2026-12-25"), ("农历十月十二", "2026-11-20"), ("農曆十月十二", "2026-11-20"), ("农历10月12", "2026-11-20"), ("腊月廿八", "2027-02-04"),
    ("正月十五", "2027-02-20"), ("八月初八", "2027-09-08"), ("阴历十月初十", "2026-11-18"),
    ("today", "2026-11-18"), ("tomorrow", "2026-11-19"), ("Tomorrow", "2026-11-19"), ("tmr", "2026-11-19"), ("the day after tomorrow", "2026-11-20"),
    ("yesterday", "2026-11-17"), ("tonight", "2026-11-18"), ("Fri", "2026-11-20"), ("on Friday", "2026-11-20"), ("next Wednesday", "2026-11-25"),
    ("this Friday", "2026-11-20"), ("last Monday", "2026-11-09"), ("on Sun", "2026-11-22"), ("Sat", "2026-11-21"), ("weekend", "2026-11-21"),
    ("in 3 days", "2026-11-21"), ("in two weeks", "2026-12-02"), ("in a month", "2026-12-18"), ("within 5 days", "2026-11-23"), ("3 days later", "2026-11-21"),
    ("two weeks ago", "2026-11-04"), ("end of month", "2026-11-30"), ("the end of next month", "2026-12-31"), ("month end", "2026-11-30"),
    ("end of the year", "2026-12-31"), ("end of this week", "2026-11-20"), ("Dec 15", "2026-12-15"), ("December 15th", "2026-12-15"), ("15 Dec", "2026-12-15"),
    ("15th of December", "2026-12-15"), ("Mar 8, 2028", "2028-03-08"), ("8 March 2025", "2025-03-08"), ("the 25th", "2026-11-25"), ("3rd", "2026-12-03"),
    ("Christmas", "2026-12-25"), ("national day", "2027-10-01"),
]  # fmt: skip
TRAPS = [
    "", "周大福", "周一禾 回电", "给周一禾打电话", "找周三丰", "周六福珠宝", "周年庆", "两周三次", "五一路", "五一广场", "李国庆", "给张国庆", "3号楼", "3号厅", "A3号",
    "第3号", "一号线", "10点", "12位", "万豪", "2日游", "500日元", "说明天气", "12.5万", "1702", "13800000000", "0575-88880000", "192.168.1.1", "2026-13-01",
    "2.30", "32号", "13月1日", "农历十三月一", "三人成虎", "call Sun", "Mr Mon", "the sun room", "may I", "marble", "Friday's report", "24/7", "3rd floor",
    "9999999天后", "99年99月99日", "12-15位", "12-15 people", "每年中秋月饼", "前台", "3个人", "3月份账单", "每周五", "中旬", "1/2/3/4",
]  # fmt: skip


def _one(words: str) -> days.Day | None:
    return next(iter(days.find(plain(words), TODAY, short=True)), None)


@pytest.mark.parametrize(("words", "day"), SURE)
def test_a_day(words: str, day: str) -> None:
    found = _one(words)
    assert found is not None
    assert (found.days, found.sure, found.start) == ((day,), True, 0)
    assert words[found.end :] in ("", "早", "晚")  # what is left is a part of the day


@pytest.mark.parametrize("words", TRAPS)
def test_no_day(words: str) -> None:
    found = _one(words)
    assert found is None or (found.loose and not found.sure)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("十月十二", ("2026-11-20", "2027-10-12")), ("下周", ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")),
        ("本周", ("2026-11-18", "2026-11-19", "2026-11-20")), ("本周一", ("2026-11-23",)), ("this Monday", ("2026-11-23",)),
        ("下个月", ("2026-12-01", "2026-12-15", "2026-12-31")), ("next month", ("2026-12-01", "2026-12-15", "2026-12-31")),
        ("年前", ("2026-12-31", "2027-02-05")), ("国庆房价", ("2027-10-01",)), ("本月3号", ("2026-12-03",)), ("国庆后", ("2027-10-02", "2027-10-08")), ("12月", ("2026-12-01", "2026-12-31")), ("下周内", ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")),
        ("next week", ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")),
    ],
)  # fmt: skip
def test_a_day_to_be_asked(words: str, found: tuple[str, ...]) -> None:
    day = _one(words)
    assert day is not None
    assert (day.days, day.sure) == (found, False)


@pytest.mark.parametrize(
    ("words", "day", "latest"),
    [
        ("25号前", "2026-11-25", True), ("25号之前", "2026-11-25", True), ("最迟周五", "2026-11-20", True), ("by Friday", "2026-11-20", True),
        ("before the 25th", "2026-11-25", True), ("no later than Dec 15", "2026-12-15", True), ("月底前", "2026-11-30", True), ("3天内", "2026-11-21", True),
        ("周五后", "2026-11-21", False), ("25号以后", "2026-11-26", False), ("after Wednesday", "2026-11-19", False), ("周五前台", "2026-11-20", False),
        ("明天前往", "2026-11-19", False), ("12.5前", "2026-12-05", True), ("3日前", "2026-12-03", True), ("年底前", "2026-12-31", True), ("本月内", "2026-11-30", True), ("周六日", "2026-11-21", False),
    ],
)  # fmt: skip
def test_no_later_than_and_after(words: str, day: str, latest: bool) -> None:
    found = _one(words)
    assert found is not None
    assert (found.days, found.latest) == ((day,), latest)


@pytest.mark.parametrize(
    ("words", "day"),
    [("周三", "2026-11-18"), ("周四", "2026-11-12"), ("25号", "2026-10-25"), ("3月8日", "2026-03-08"), ("国庆", "2026-10-01"), ("昨天", "2026-11-17"), ("月初", "2026-11-01"), ("12.5", "2025-12-05")],
)
def test_what_has_happened_is_behind(words: str, day: str) -> None:
    assert [found.days for found in days.find(words, TODAY, back=True, short=True)] == [(day,)]


def test_short_days_only_where_one_is_expected() -> None:
    assert not days.find("12.5", TODAY)
    assert [day.days for day in days.find("11-25 12.5", TODAY, short=True)] == [("2026-11-25",), ("2026-12-05",)]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2098, 12, 31)), st.dates(dt.date(2000, 1, 1), dt.date(2098, 12, 31)))
def test_a_written_day_is_read_back(today: dt.date, day: dt.date) -> None:
    forms = (day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day.day} {day:%b} {day.year}")
    for form in forms:
        assert [found.days for found in days.find(form.lower(), today.isoformat())] == [(day.isoformat(),)]
    ahead = today if (today.month, today.day) == (day.month, day.day) else None
    [found] = days.find(f"{day.month}月{day.day}日", today.isoformat())
    read = dt.date.fromisoformat(found.days[0])
    assert (read.month, read.day) == (day.month, day.day)
    assert read >= today
    assert ahead in (None, read)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_within_seven_days_and_next_week_in_the_next(today: dt.date, index: int) -> None:
    [near], [later] = (days.find(f"{word}周{'一二三四五六日'[index]}", today.isoformat()) for word in ("", "下"))
    gap = (dt.date.fromisoformat(near.days[0]) - today).days
    week = dt.date.fromisoformat(later.days[0])
    assert 0 <= gap < 7
    assert (today + dt.timedelta(gap)).weekday() == week.weekday() == index
    assert week - dt.timedelta(index) == today - dt.timedelta(today.weekday()) + dt.timedelta(7)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)), st.integers(1, 12), st.integers(1, 29))
def test_a_lunar_day_is_that_of_the_calendar(today: dt.date, month: int, day: int) -> None:
    [found] = days.find(f"农历{month}月{day}", today.isoformat())
    when = dt.datetime.fromisoformat(found.days[0]) + dt.timedelta(hours=12)
    known = cnlunar.Lunar(when)
    assert (known.lunarMonth, known.lunarDay, bool(known.isLunarLeapMonth)) == (month, day, False)
    assert 0 <= (when.date() - today).days <= 385


@pytest.mark.parametrize(("words", "day"), [("2025年闰六月初三", "2025-07-27"), ("2026年闰六月初三", ""), ("2026年腊月三十", ""), ("2026年腊月廿九", "2027-02-05"), ("1900年正月初一", "")])
def test_a_lunar_day_there_is_and_one_there_is_not(words: str, day: str) -> None:
    assert [found.days for found in days.find(words, TODAY)] == ([(day,)] if day else [])


TIMES = [
    ("下午3点", "15:00"), ("下午三点", "15:00"), ("下午三點", "15:00"), ("3点半", "15:30"), ("3点", "15:00"), ("15:40", "15:40"), ("15：40", "15:40"), ("晚上7点", "19:00"),
    ("晚7点", "19:00"), ("早8点", "08:00"), ("上午10点", "10:00"), ("10点", "10:00"), ("10点一刻", "10:15"), ("三点三刻", "15:45"), ("下午3点20分", "15:20"),
    ("中午12点", "12:00"), ("中午1点", "13:00"), ("凌晨2点", "02:00"), ("凌晨12点", "00:00"), ("09:30", "09:30"), ("3:30", "15:30"), ("03:30", "03:30"), ("3pm", "15:00"),
    ("3 p.m.", "15:00"), ("12am", "00:00"), ("12pm", "12:00"), ("10:30 am", "10:30"), ("7:15pm", "19:15"), ("at 3", "15:00"), ("at 10 o'clock", "10:00"), ("二十点", "20:00"),
    ("十二点半", "12:30"), ("下午一点", "13:00"), ("15时30分", "15:30"), ("晚市6点", "18:00"), ("两点十分", "14:10"), ("8点钟", "08:00"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "time"), TIMES)
def test_a_time(words: str, time: str) -> None:
    assert [clock.time for clock in times.find(plain(words))] == [time]


@pytest.mark.parametrize(
    "words",
    ["", "10号", "快一点", "有点", "两点建议", "三点意见", "25点", "12:60", "晚上2点", "1.5点", "2小时", "比分3:2", "pm", "at 30", "晚点", "1:2:3", "15:400"],
)
def test_no_time(words: str) -> None:
    assert not times.find(words)


@pytest.mark.parametrize(
    ("words", "period"),
    [("晚市", "dinner"), ("午市", "lunch"), ("中午", "noon"), ("晚上", "evening"), ("早餐", "breakfast"), ("下午", "afternoon"), ("\0晚 12位", "evening"), ("周 晚 ", "evening"), ("for dinner", "dinner"), ("in the morning", "morning"), ("早点", ""), ("晚宴请", "")],
)
def test_a_part_of_the_day(words: str, period: str) -> None:
    found = times.find_period(words)
    assert (found.period if found else "") == period


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_written_time_is_read_back(hour: int, minute: int) -> None:
    assert [clock.time for clock in times.find(f"{hour:02d}:{minute:02d}")] == [f"{hour:02d}:{minute:02d}"]
