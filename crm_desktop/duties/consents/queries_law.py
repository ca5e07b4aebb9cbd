"""What compliance rules ask of an event or a banquet that is still to come."""

from __future__ import annotations

from typing import Any

from crm_desktop.record import lawbook
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import NowPoint
from crm_desktop.record.text import Text

EVENT, BOOKING = "big_event", "booking"
FEASTS = ("banquet", "wedding")
PAST = ("held", "summed-up", "cancelled", "lost", "done", "closed", "turned-down", "no-show")


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a guest event and a booking still to come: the permit of the police, food samples."""
    if record == EVENT:
        found = reader.execute("select day, state, public, coalesce(tables, 0) * coalesce(per_table, 0), coalesce(invited, 0) from big_event where id = ?", (row_id,)).fetchone()
        at, state, public, seats, invited = found or ("", "", 0, 0, 0)
        return _crowd(at, max(seats, invited), day) if public and at >= day and state not in PAST else []
    if record == BOOKING:
        found = reader.execute("select day, state, kind, coalesce(people, 0) from booking where id = ?", (row_id,)).fetchone()
        at, state, kind, people = found or ("", "", "", 0)
        return [*_crowd(at, people, day, known=False), *_samples(at, people if kind in FEASTS else 0)] if at >= day and state not in PAST else []
    return []


def _crowd(at: str, people: int, day: str, *, known: bool = True) -> list[NowPoint]:
    bound = lawbook.numbers(lawbook.CROWD, at)
    if bound is None or people < bound[0]:
        return []
    last = add_days(at, -bound[1])
    words = Text("{n} people: the permit of the police is applied for until {day}", n=f"{people:,}", day=last)
    if not known:
        words = Text("{n} people: if it is open to the public, the permit of the police is applied for until {day}", n=f"{people:,}", day=last)
    return [NowPoint(words, "red" if known and day > add_days(last, -7) else "amber")]


def _samples(at: str, people: int) -> list[NowPoint]:
    bound = lawbook.numbers(lawbook.SAMPLES, at)
    return [NowPoint(Text("More than {n} people: food samples are kept for {hours} hours, at least 125 g of each dish", n=bound[0], hours=bound[1]), "amber")] if bound and people > bound[0] else []
