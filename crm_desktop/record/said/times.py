"""Times of day in a typed line: 下午3点, 3点半, 15:40, 3pm; and the parts of a day: 晚上, 午市."""

from __future__ import annotations

import re

from crm_desktop.record.said.line import END, LATEST, START, TAKEN, pattern
from crm_desktop.record.said.numerals import whole

PERIODS = {
    "凌晨": "morning", "清晨": "morning", "早晨": "morning", "早上": "morning", "上午": "morning", "早餐": "breakfast",
    "早市": "breakfast", "中午": "noon", "午间": "noon", "午市": "lunch", "午餐": "lunch", "午饭": "lunch", "午宴": "lunch",
    "下午": "afternoon", "傍晚": "evening", "晚上": "evening", "晚间": "evening", "夜里": "evening", "晚市": "dinner",
    "晚餐": "dinner", "晚饭": "dinner", "晚宴": "dinner", "晚": "evening", "早": "morning", "中": "noon", "晨": "morning",
    "morning": "morning", "noon": "noon", "midday": "noon", "afternoon": "afternoon", "evening": "evening", "tonight": "evening",
    "breakfast": "breakfast", "lunch": "lunch", "dinner": "dinner",
}  # fmt: skip
LATER = ("afternoon", "evening", "dinner")
_LONG = "|".join(word for word in PERIODS if len(word) > 1 and not word.isascii())
_ENGLISH = "|".join(word for word in PERIODS if word.isascii())
_HOUR = "[0-9]{1,2}|十[一二]|二十[一二三]?|[一二两三四五六七八九十]"
_MINUTE = "[0-9]{1,2}|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九]"
_NO_MORE = "(?![0-9一二三四五六七八九十]|[位人桌间个万千])"
_CLOCK = (
    rf"(?:(?P<period>{_LONG}|[早晚中])\s?)?(?<![0-9.:一二三四五六七八九十])(?P<hour>{_HOUR})"
    r"(?:点钟?|时(?![间候刻段差]))(?!建议|意见|要求|问题|原因|说明|希望|[菜心评赞餐头儿])"
    rf"(?:(?P<half>半)|(?P<quarter>[一三])刻|整|(?P<minute>{_MINUTE})(?:分|{_NO_MORE}))?"
)
_FIGURES = (
    rf"(?:(?P<period>{_LONG}|[早晚中])\s?)?(?<![0-9.:])(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?![0-9:])"
    r"(?:\s?(?P<half_day>[ap])\.?m\.?(?![a-z]))?"
)
_LATIN = (
    r"(?<![0-9a-z.:])(?:(?:at )?(?P<hour>1[0-2]|0?[1-9])\s?(?P<half_day>[ap])\.?m\.?(?![a-z])"
    r"|at (?P<at>1[0-2]|[1-9])(?: o'clock)?(?![0-9a-z:.,/%]))"
)
_PERIOD = (
    rf"(?P<word>{_LONG})(?![请会])|(?<={TAKEN})(?P<short>[早晚晨])(?!点)|{START}(?P<alone>[早晚]){END}"
    rf"|(?<![a-z])(?:(?:in|for|at) )?(?:the )?(?P<english>{_ENGLISH})(?![a-z])"
)


class Clock:
    """A time found in a line: HH:MM, '' when only a part of the day is named; `bare` without a word for morning or evening."""

    __slots__ = ("bare", "end", "latest", "period", "start", "time")

    def __init__(self, match: re.Match[str], time: str, period: str, bare: bool) -> None:
        self.start, self.end = match.span()
        self.time, self.period, self.bare = time, period, bare
        before = pattern(r"(?<![a-z])(?:by|before|until|no later than)\s$|最[迟晚]$").search(match.string[: self.start])
        after = pattern(LATEST).match(match.string, self.end)
        self.start, self.end = before.start() if before else self.start, after.end() if after else self.end
        self.latest = bool(before or after)


def find(text: str) -> list[Clock]:
    """The times, in their order; a part of the day without an hour only where no time is named."""
    found = [clock for source in (_CLOCK, _FIGURES, _LATIN) for match in pattern(source).finditer(text) if (clock := _clock(match))]
    return sorted(found, key=lambda clock: clock.start)


def find_period(text: str) -> Clock | None:
    """The first part of a day named without an hour."""
    match = pattern(_PERIOD).search(text)
    word = next((word for word in match.groups() if word), "") if match else ""
    return Clock(match, "", PERIODS[word], False) if match else None


def _clock(match: re.Match[str]) -> Clock | None:
    parts = match.groupdict()
    word, half_day = parts.get("period") or "", parts.get("half_day") or ""
    period = PERIODS.get(word, "")
    figures = parts["hour"] or parts["at"] or ""
    hour, minute = whole(figures), _minute(parts)
    a_little = figures == "一" and not period and not match[0].endswith(("半", "刻", "分", "整", "钟"))  # 快一点
    if hour is None or minute > 59 or a_little:
        return None
    late = _of_24(hour, period, word, figures.startswith("0")) if not half_day else hour % 12 + 12 * (half_day == "p")
    if late is None or late > 23:
        return None
    return Clock(match, f"{late:02d}:{minute:02d}", period, not period and not half_day and hour < 13)


def _minute(parts: dict[str, str | None]) -> int:
    if parts.get("half"):
        return 30
    if parts.get("quarter"):
        return 15 if parts["quarter"] == "一" else 45
    return whole((parts.get("minute") or "").removeprefix("零") or "0") or 0


def _of_24(hour: int, period: str, word: str, written: bool) -> int | None:
    """The hour of 24; None where word and hour disagree. One to six without a word are of the afternoon: nobody works then."""
    if period == "afternoon":
        return hour + 12 if 1 <= hour < 12 else hour
    if period in LATER:
        return hour + 12 if 5 <= hour < 12 else hour if hour > 16 else None
    if period in ("noon", "lunch"):
        return hour + 12 if hour < 4 else hour
    if period:
        return 0 if hour == 12 and word == "凌晨" else hour
    return hour + 12 if 1 <= hour <= 6 and not written else hour
