"""Rules of visits: who was not seen for too long, and which of them are proposed for which day of a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.workdays import is_working, next_working

SILENT_FOR = {"A": 20, "B": 35, "C": 100, "D": 200}  # days without a contact, by class, after which a client is proposed
A_DAY = 3  # visits and calls of one seller on one day
IN_PERSON = ("A", "B")  # the others are called up


class Candidate:
    """A client as the rule sees it: whose, which class, when there was contact last ('' = never), and the money at risk
    (room revenue, minor units)."""

    def __init__(
        self, account_id: int, name: str, level: str, owner_id: int | None, revenue: int, last: str, person_id: int | None = None, person: str = ""
    ) -> None:
        self.account_id, self.name, self.level, self.owner_id = account_id, name, level, owner_id
        self.revenue, self.last, self.person_id, self.person = revenue, last, person_id, person


class Proposed:
    """A visit or call proposed for a day; `silent`: days since the last contact by then, None when there never was one."""

    def __init__(self, candidate: Candidate, day: str, kind: str, silent: int | None) -> None:
        self.client, self.day, self.kind, self.silent = candidate, day, kind, silent


def monday(day: str) -> str:
    """The Monday of the week a day is in."""
    ahead = days_between("1900-01-01", day) % 7  # that was a Monday
    return add_days(day, -ahead)


def next_week(day: str) -> str:
    """The Monday after a day."""
    return add_days(monday(day), 7)


def working_days(week: str) -> list[str]:
    """The working days of the week that begins on this Monday."""
    return [day for day in (add_days(week, n) for n in range(7)) if is_working(day)]


def silence(last: str, day: str) -> int | None:
    """Days without a contact; None when there never was one."""
    return days_between(last, day) if last else None


def is_due(level: str, last: str, day: str) -> bool:
    """True for a client of a class that was not seen for longer than its class allows."""
    limit, silent = SILENT_FOR.get(level), silence(last, day)
    return limit is not None and (silent is None or silent > limit)


def plan(candidates: Sequence[Candidate], week: str, taken: Mapping[tuple[int | None, str], int] | None = None) -> list[Proposed]:
    """The week's proposal: who is due by its first working day, most money at risk first (then the better class, then the
    longer silence), at most three a day for each seller with those `taken` already by (owner, day), in order of the days."""
    days, loads = working_days(week), dict(taken or {})
    if not days:
        return []
    due = [one for one in candidates if is_due(one.level, one.last, days[0])]
    found: list[Proposed] = []
    for one in sorted(due, key=lambda c: (-c.revenue, c.level, c.last, c.account_id)):
        day = next((day for day in days if loads.get((one.owner_id, day), 0) < A_DAY), None)
        if day is not None:
            loads[(one.owner_id, day)] = loads.get((one.owner_id, day), 0) + 1
            found.append(Proposed(one, day, "visit" if one.level in IN_PERSON else "call", silence(one.last, day)))
    return sorted(found, key=lambda p: p.day)


def step_day(next_on: str, day: str) -> str:
    """The day of a next step: as said, else the next working day."""
    return next_on or next_working(day)
