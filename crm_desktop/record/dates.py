"""Dates as ISO text, instants as UTC text, and the hotel's business day."""

from __future__ import annotations

import datetime as dt

from crm_desktop.record.later import pattern
from crm_desktop.record.text import Refused, Text

_ISO = pattern(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]00:00(?::00)?)?")
_TIME = pattern(r"(\d{1,2})\s*[:：点時时]\s*(\d{1,2})?分?")
_CHINESE = pattern(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
AUDIT_HOUR, LATEST_AUDIT = 6, 12  # the business day ends with the night audit: hours of the day
AUDIT_SETTING = "night_audit_hour"  # where the hotel's own hour is kept with the data


def parse_date(words: str) -> str:
    """ISO text of a date written year first (2026-11-18, 2026/11/18, 2026.11.18, 20261118, 2026年11月18日)."""
    text = words.strip()
    if len(text) == 8 and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if found := _ISO.fullmatch(text):
        year, _, month, day = found.groups()
    elif found := _CHINESE.fullmatch(text):
        year, month, day = found.groups()
    else:
        raise Refused(Text("'{value}' is not a date like 2026-11-18", value=words.strip()))
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise Refused(Text("There is no day {value}", value=words.strip())) from None


def parse_time(words: str) -> str:
    """`HH:MM` of a time of the day (9:30, 09：30, 0930, 9点, 9点30分). Raises Refused."""
    text = words.strip()
    if len(text) == 4 and text.isdigit():
        text = f"{text[:2]}:{text[2:]}"
    found = _TIME.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise Refused(Text("'{value}' is not a time like 15:40", value=words.strip()))
    return f"{hour:02d}:{minute:02d}"


def add_days(day: str, count: int) -> str:
    """The date `count` days later. Raises Refused beyond year 9999."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(count)).isoformat()
    except OverflowError:
        raise Refused(Text("There is no day {value}", value=f"{day} + {count}")) from None


def days_before(day: str, count: int) -> str:
    """The date `count` days earlier; the first there is when that would be before it."""
    return dt.date.fromordinal(max(1, dt.date.fromisoformat(day).toordinal() - count)).isoformat()


def days_between(first: str, last: str) -> int:
    """Whole days from one date to another."""
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def now() -> str:
    """This instant, UTC, to the millisecond: 2026-11-18T05:20:00.000Z."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class _Clock:
    fixed: dt.datetime | None = None
    audit_hour = AUDIT_HOUR


def set_clock(moment: dt.datetime | None) -> None:
    """Fix the wall clock (tests, the sample hotel); None lets it run."""
    _Clock.fixed = moment


def local_time() -> dt.datetime:
    """The wall clock of this PC, or the fixed moment."""
    return _Clock.fixed or dt.datetime.now()


def audit_hour() -> int:
    """The hour at which a new business day begins here."""
    return _Clock.audit_hour


def set_audit_hour(hour: object) -> None:
    """Let the business day begin at another hour; what is no hour from 0 to 12 means 6. Opening the data calls this."""
    right = isinstance(hour, int) and not isinstance(hour, bool) and 0 <= hour <= LATEST_AUDIT
    _Clock.audit_hour = hour if right else AUDIT_HOUR  # type: ignore[assignment]


def business_date() -> str:
    """What *today* means everywhere: the calendar day that began before the last night audit."""
    return (local_time() - dt.timedelta(hours=_Clock.audit_hour)).date().isoformat()


def local_instant(instant: str) -> str:
    """A UTC instant in this PC's time, to the minute."""
    moment = dt.datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone()
    return moment.strftime("%Y-%m-%d %H:%M")
