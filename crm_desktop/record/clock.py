"""Clocks of service: when something is due that must be done within so many minutes, round the clock or in waking hours only.

A moment is `YYYY-MM-DD HH:MM` in the hotel's time, so that moments compare as texts; '' is one nobody knows."""

from __future__ import annotations

import datetime as dt

from crm_desktop.record.dates import local_time
from crm_desktop.record.text import Text, say

DAY = 24 * 60
ALWAYS = (0, DAY)  # minutes of the day between which a clock runs
WAKING = (8 * 60, 22 * 60)
MINUS = "\u2212"
LONG = 2 * DAY  # minutes from which hours say nothing any more
SOON = 60  # minutes left from which a clock is amber
Hours = tuple[int, int]


def moment(day: str, time: str) -> str:
    """A day and a time as a moment; '' while one of them is missing."""
    return f"{day} {time}" if day and time else ""


def now() -> str:
    """This moment, by the wall clock."""
    return f"{local_time():%Y-%m-%d %H:%M}"


def stamp(on: str, at: str) -> dict[str, str]:
    """The columns of a moment, filled with this one. The calendar's day, not the business day: a clock runs through the night."""
    day, time = now().split()
    return {on: day, at: time}


def _run(at: str, hours: Hours) -> int:
    """Minutes a clock of these hours has run since the first day there is."""
    found = dt.datetime.fromisoformat(at)
    first, last = hours
    return found.toordinal() * (last - first) + min(max(found.hour * 60 + found.minute - first, 0), last - first)


def gone(since: str, until: str, hours: Hours = ALWAYS) -> int:
    """Minutes the clock ran between two moments; less than nothing when the second is before the first."""
    return _run(until, hours) - _run(since, hours)


def after(since: str, minutes: int, hours: Hours = ALWAYS) -> str:
    """The moment so many minutes (at least 1) after another, by the clock of these hours."""
    first, last = hours
    day, rest = divmod(_run(since, hours) + minutes - 1, last - first)
    return f"{dt.datetime.fromordinal(day) + dt.timedelta(minutes=first + rest + 1):%Y-%m-%d %H:%M}"


def span(minutes: int) -> Text | str:
    """Minutes as hours and minutes: 0:45, −1:20; from two days on as whole days."""
    sign, (hours, rest) = MINUS if minutes < 0 else "", divmod(abs(minutes), 60)
    return Text("{n} d", n=f"{sign}{abs(minutes) // DAY:,}") if abs(minutes) >= LONG else f"{sign}{hours}:{rest:02d}"


def left(due: str | None) -> str:
    """What is left until a moment, as a list shows it; '' where nothing is due."""
    return say(span(gone(now(), due))) if due else ""


def tint(shown: str | None) -> str:
    """The colour of what is left: red when it is past, amber in the last hour."""
    if not shown:
        return "text"
    return "late4" if shown.startswith(MINUS) else "late1" if shown.startswith("0:") else "text"


class Clock:
    """One clock of a row: its words, since when it runs and for how many minutes, in which hours, and when it was stopped
    ('' = it runs)."""

    def __init__(self, label: Text, since: str, minutes: int, *, hours: Hours = ALWAYS, stopped: str = "") -> None:
        self.label, self.since, self.minutes, self.hours, self.stopped = label, since, minutes, hours, stopped

    @property
    def due(self) -> str:
        """When it runs out."""
        return after(self.since, self.minutes, self.hours)

    def left(self, at: str = "") -> int:
        """Minutes left at a moment (now), or left when it was stopped; less than nothing: too late."""
        return self.minutes - gone(self.since, self.stopped or at or now(), self.hours)

    def tone(self, at: str = "") -> str:
        """How it stands: "green" stopped in time, "red" too late, "amber" in the last quarter, "" running."""
        rest = self.left(at)
        if rest < 0:
            return "red"
        return "green" if self.stopped else "amber" if rest * 4 <= self.minutes else ""

    def words(self, at: str = "") -> Text:
        """How it stands in words."""
        rest = self.left(at)
        if self.stopped:
            return Text("{what}: {time}", what=self.label, time=self.stopped[-5:]) if rest >= 0 else Text("{what}: {time}, {span} late", what=self.label, time=self.stopped[-5:], span=span(-rest))
        return Text("{what}: {span} left", what=self.label, span=span(rest)) if rest >= 0 else Text("{what}: {span} over", what=self.label, span=span(-rest))
