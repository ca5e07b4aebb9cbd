"""Who answers for whom on a day: deputies while somebody is away, the manager after somebody left. No store, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Colleague = Mapping[str, Any]  # id, manager_id, deputy_id, deputy_from, deputy_to, left_on


def is_away(one: Colleague, day: str) -> bool:
    """True on the days a deputy was named for, both included; an empty first or last day has no bound."""
    if not one["deputy_id"] or not (one["deputy_from"] or one["deputy_to"]):
        return False
    return (one["deputy_from"] or day) <= day <= (one["deputy_to"] or day)


def has_left(one: Colleague, day: str) -> bool:
    """True after a colleague's last day."""
    return bool(one["left_on"]) and bool(one["left_on"] < day)


def answers_for(staff: Sequence[Colleague], person: int, day: str) -> int | None:
    """Who does a colleague's work on a day: themselves, or the first one present along their deputies.

    Somebody who left hands on to the deputy, else to the manager. When the deputies lead in a circle, whoever has not
    left keeps the own work; None when nobody is left to do it."""
    known = {one["id"]: one for one in staff}
    at, seen = person, set[int]()
    while at in known and at not in seen:
        one = known[at]
        seen.add(at)
        if has_left(one, day):
            at = one["deputy_id"] or one["manager_id"] or 0
        elif is_away(one, day):
            at = one["deputy_id"]
        else:
            return at
    own = known.get(person)
    return person if own is not None and not has_left(own, day) else None


def covered_by(staff: Sequence[Colleague], person: int, day: str) -> set[int]:
    """Everybody whose work this colleague does on a day, with themselves where they are here."""
    return {one["id"] for one in staff if answers_for(staff, one["id"], day) == person}
