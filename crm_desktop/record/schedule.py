"""When something that is done regularly is due: every hour, every day, on a day of the week, on a day of the month, at a time."""

from __future__ import annotations

import calendar
import datetime as dt

from crm_desktop.record.text import Text

HOUR, DAY, WEEK, MONTH = "hour", "day", "week", "month"
EVERY = ((HOUR, Text("Every hour"), ""), (DAY, Text("Every day"), ""), (WEEK, Text("Every week"), ""), (MONTH, Text("Every month"), ""))
WEEKDAYS = (
    ("1", Text("Monday"), ""), ("2", Text("Tuesday"), ""), ("3", Text("Wednesday"), ""), ("4", Text("Thursday"), ""), ("5", Text("Friday"), ""),
    ("6", Text("Saturday"), ""), ("7", Text("Sunday"), ""),
)  # fmt: skip
MOMENT = "%Y-%m-%d %H:%M:%S"


def latest(every: str, weekday: str, day: int, time: str, now: dt.datetime) -> dt.datetime:
    """The last moment at or before `now` (local time) at which it was to be done; a month without the day has it on its last."""
    hour, minute = (int(part) for part in (time or "00:00").split(":")[:2])
    if every == HOUR:  # at the minutes of its time
        at = now.replace(minute=minute, second=0, microsecond=0)
        return at if at <= now else at - dt.timedelta(hours=1)
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if every == WEEK:
        at -= dt.timedelta((now.isoweekday() - int(weekday or "1")) % 7)
        return at if at <= now else at - dt.timedelta(7)
    if every == MONTH:
        this = _on(at, day)
        return this if this <= now else _on(at.replace(day=1) - dt.timedelta(1), day)
    return at if at <= now else at - dt.timedelta(1)


def _on(at: dt.datetime, day: int) -> dt.datetime:
    return at.replace(day=max(1, min(day, calendar.monthrange(at.year, at.month)[1])))


def is_due(every: str, weekday: str, day: int, time: str, last: str, now: dt.datetime) -> bool:
    """True when it was to be done since `last` (the moment it was done, or made); what was missed while the program was closed
    is done once."""
    try:
        before = dt.datetime.strptime(last, MOMENT)
    except ValueError:
        return True
    return latest(every, weekday, day, time, now) > before
