"""The day and time a line is about, taken out of it; what every understanding with a date shares."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from crm_desktop.record.said import days, times
from crm_desktop.record.said.line import SEPARATORS, TAKEN, Said, pattern

_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_LIKE_A_DAY = (  # 2月30日, 13月40号, 2026-02-30, Feb 30: looked for when no rule could read them
    r"(?<![0-9.一二三四五六七八九十])(?:(?:19|20)?[0-9]{2}年\s?)?[0-9]{1,2}月份?\s?[0-9]{1,2}[日号]?(?![0-9])"
    r"|(?<![0-9.])20[0-9]{2}([./-])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
    rf"|(?<![a-z])(?:{_MONTHS})[a-z]*\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9:])|(?<![0-9])[0-9]{{1,2}}\s(?:{_MONTHS})(?![a-z])"
)


class When(NamedTuple):
    """A day ('' with `doubts` when several may be meant), and whether no later than it is meant."""

    day: str = ""
    latest: bool = False
    doubts: tuple[str, ...] = ()


class NoDay(NamedTuple):
    """Words meant as a day that cannot be it: `over` when it is past, else there is no such day; '' when there are none."""

    words: str = ""
    over: bool = False


def take_no_day(said: Said, today: str, field: str, *, past: bool = True) -> NoDay:
    """The words of the line that name no day, or with `past` one that is over: they are no part of a name."""
    if found := pattern(_LIKE_A_DAY).search(said.text):
        return _took(said, field, found.span(), False)
    gone = [day for day in days.find(said.text, today) if not day.loose and max(day.days) < today] if past else []
    return _took(said, field, (gone[0].start, gone[0].end), True) if gone else NoDay()


def _took(said: Said, field: str, span: tuple[int, int], over: bool) -> NoDay:
    said.take(field, *span)
    return NoDay(said.line[slice(*span)].strip(), over)


def take_day(said: Said, today: str, field: str, *, back: bool = False, short: bool = True) -> When:
    """The day of the line. Of several, the one that begins the line or the only one with *no later than*."""
    found = [day for day in days.find(said.text, today, back=back, short=short) if _wanted(day, today, back)]
    firm = [day for day in found if not day.loose] or found
    if not firm:
        return When()
    chosen = _chosen(said, firm)
    if not chosen:
        return When(doubts=tuple(dict.fromkeys(iso for day in firm for iso in day.days)))
    if not chosen.loose:
        said.take(field, chosen.start, chosen.end)
    return When(chosen.days[0], chosen.latest) if chosen.sure else When("", chosen.latest, chosen.days)


def _wanted(day: days.Day, today: str, back: bool) -> bool:
    """A day on the wrong side of today is none, unless it names its year."""
    day.days = day.days if day.full else tuple(iso for iso in day.days if (iso <= today if back else iso >= today))
    return bool(day.days)


def _chosen(said: Said, found: list[days.Day]) -> days.Day | None:
    latest = [day for day in found if day.latest]
    if len({day.days for day in found}) == 1 or not said.text[: found[0].start].strip(SEPARATORS):
        return found[0]
    return latest[0] if len(latest) == 1 else None


class Hour(NamedTuple):
    """A time HH:MM, the part of the day, `bare` without a word for morning or evening, `latest` no later than it."""

    time: str = ""
    period: str = ""
    bare: bool = False
    latest: bool = False


def take_time(said: Said) -> Hour:
    """The time the line names, or only a part of the day."""
    clocks = times.find(said.text)
    if not clocks:
        return Hour(period=take_period(said))
    clock = clocks[0]
    said.take("time", clock.start, clock.end)
    if not clock.bare:
        return Hour(clock.time, clock.period, False, clock.latest)
    period = take_period(said)
    hour = int(clock.time[:2])
    if period in times.LATER and (5 if period != "afternoon" else 1) <= hour < 12:
        return Hour(f"{hour + 12}{clock.time[2:]}", period, False, clock.latest)
    return Hour(clock.time, period, not period, clock.latest)


def take_period(said: Said) -> str:
    """The part of the day the line names."""
    found = times.find_period(said.text)
    if found:
        said.take("period", found.start, found.end)
        return found.period
    return "evening" if any("tonight" in piece.text.lower() for piece in said.pieces) else ""


def later(today: str, count: int) -> str:
    """The day some days later; the last there is when that would be beyond it."""
    return dt.date.fromordinal(min(dt.date.fromisoformat(today).toordinal() + count, dt.date.max.toordinal())).isoformat()


def blank(line: str) -> bool:
    """True for a line that says nothing."""
    return not line.strip().strip(SEPARATORS + TAKEN).strip()
