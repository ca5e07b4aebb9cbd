"""Rules of follow-ups: how automatic ones merge, when one may come again, and how a day that has too many gives some away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.duty import Cause
from crm_desktop.record.ids import decode, row_words
from crm_desktop.record.workdays import next_working

LIMIT = 15  # automatic follow-ups a person has on one day, what is overdue counted with today
DROPPED_QUIET = 30  # days: who drops one does not want it again tomorrow
_NUMBER = re.compile(r"\d+")
Wanted = tuple[int, str, int]  # urgency (the smaller, the earlier it is kept), day it is wanted on, id
About = tuple[str, str]  # cause, `record:id in letters`


def about_row(words: str) -> tuple[str, int] | None:
    """The record and row that `about` names; None where it names none."""
    record, _, letters = words.partition(":")
    try:
        return (record, decode(letters)) if record and letters else None
    except ValueError:
        return None


def merged(causes: Iterable[Cause]) -> dict[About, Cause]:
    """One cause for each kind and row: the earliest day, the greatest urgency, and how many there were; those that another stands for are
    left out."""
    found: dict[About, Cause] = {}
    causes = list(causes)
    covered = {(kind, row_words(*cause.about)) for cause in causes for kind in cause.instead}
    for cause in (each for each in causes if (each.key, row_words(*each.about)) not in covered):
        key = (cause.key, row_words(*cause.about))
        if key not in found:
            found[key] = cause
            continue
        first = found[key]
        if cause.due < first.due:
            cause, first = first, cause
        found[key] = first
        first.urgency = min(first.urgency, cause.urgency)
        first.count += cause.count
    return found


def may_return(state: str, closed_on: str, day: str, quiet: int) -> bool:
    """Whether a cause that still holds asks again: not while one is open, nor within its quiet days after it was done or
    dropped."""
    if state == "open":
        return False
    if state == "expired" or not closed_on:
        return True
    return days_between(closed_on, day) >= (max(quiet, DROPPED_QUIET) if state == "dropped" else quiet)


def spread(wanted: Sequence[Wanted], day: str, limit: int = LIMIT, taken: Mapping[str, int] | None = None) -> dict[int, str]:
    """The day each automatic follow-up of one person gets, by id.

    At most `limit` a day, where what was wanted before `day` counts with that day and stays overdue. The most urgent stay;
    the others go to the next working day that has room. `taken`: places already filled, by day."""
    loads = dict(taken or {})
    given: dict[int, str] = {}
    for _, due, row_id in sorted(wanted):
        slot = max(due, day)
        while loads.get(slot, 0) >= limit:
            slot = next_working(slot)
        loads[slot] = loads.get(slot, 0) + 1
        given[row_id] = due if slot == max(due, day) else slot
    return given


def says_anew(words: str, name: str, said: str, more: bool) -> bool:
    """Whether what the program would say now replaces a follow-up's words: there are `more` causes or other figures, and
    nobody has written words of their own. The same in another language is nothing new."""
    return name == said and (more or _NUMBER.findall(words) != _NUMBER.findall(name))


def snoozed(due: str, day: str, days: int) -> str:
    """The day a follow-up is put off to: so many days from its own, or from today when that is past."""
    return add_days(max(due, day), days)
