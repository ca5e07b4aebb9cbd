"""Rules of visits: the weeks they are planned in, how a touch proposed is made, when a next step is due."""

from __future__ import annotations

from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.workdays import next_working

VISIT, CALL = "visit", "call"
IN_PERSON = ("A", "B")  # classes one goes to see; the others are called up


def monday(day: str) -> str:
    """The Monday of the week a day is in."""
    ahead = days_between("1900-01-01", day) % 7  # that was a Monday
    return add_days(day, -ahead)


def next_week(day: str) -> str:
    """The Monday after a day."""
    return add_days(monday(day), 7)


def kind_of(touch: str, level: str) -> str:
    """How a touch of the proposal is made in a week: a visit or a call; a birthday, thanks or a thin file is a visit to a good client."""
    if touch in (VISIT, CALL):
        return touch
    return VISIT if level in IN_PERSON else CALL


def step_day(next_on: str, day: str) -> str:
    """The day of a next step: as said, else the next working day."""
    return next_on or next_working(day)
