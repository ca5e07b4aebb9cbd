"""A follow-up in one line: 下周三 催发票; call Li next Wednesday."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.record.said.line import Said, Understood
from crm_desktop.record.said.when import blank, later, take_day, take_time


class FollowUp(Understood):
    """What is to be done and when: `due` an ISO day (`latest`: no later than), `time` HH:MM, `period` a part of the day."""

    due = ""
    latest = False
    time = ""
    period = ""
    what = ""


def follow_up(line: str, today: str, names: Iterable[str] = ()) -> FollowUp:
    """Understand a follow-up; `names` (people, clients) are never read as days. Without a day, today is the first choice."""
    said = Said(line, names)
    found = FollowUp(said)
    if blank(line):
        return found
    day = take_day(said, today, "due")
    found.due = day.day
    hour = take_time(said)
    found.time, found.period, found.latest = hour.time, hour.period, day.latest or hour.latest
    found.close(said)
    found.what = found.rest
    if not day.day and not day.doubts and (found.time or found.period):
        found.due = today
    elif not day.day:
        found.doubts["due"] = day.doubts or (today, later(today, 1), later(today, 7))
    if not found.what:
        found.doubts["what"] = ()
    return found
