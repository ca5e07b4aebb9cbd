"""Who does a step of collecting: whoever its ladder names, found from the client's owner upwards; and to whom it goes when it waits too
long. No store, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.record import rights
from crm_desktop.record.text import Text

WAITS = 5  # working days a step may wait before it goes one up
MOST = 3  # how far up at most
NAMED = (  # words of a ladder, in either language -> role; the first that is found counts
    (("副总", "总经理", "general manager"), rights.GM), (("营销总监", "销售总监", "director"), rights.DOSM), (("财务", "信贷", "信用", "finance", "credit"), rights.CREDIT),
    (("经理", "主管", "manager"), rights.MANAGER),
)  # fmt: skip
Colleague = Mapping[str, Any]  # id, role, manager_id, left_on


def role_of(who: Text | str) -> str:
    """The role that a ladder's words name; '' for the client's owner."""
    words = (who.source if isinstance(who, Text) else who).casefold()
    return next((role for marks, role in NAMED if any(mark in words for mark in marks)), "")


def answerable(staff: Sequence[Colleague], owner: int | None, role: str, day: str) -> int | None:
    """Who does a step of a role: the owner, the first of this role above the owner, or else the first in the house."""
    known = {one["id"]: one for one in staff if not one["left_on"] or one["left_on"] >= day}
    if not role:
        return owner
    for at in above(staff, owner):
        if at in known and known[at]["role"] == role:
            return at
    return next((key for key, one in sorted(known.items()) if one["role"] == role), owner)


def above(staff: Sequence[Colleague], person: int | None) -> list[int]:
    """Everybody a colleague reports to, the nearest first."""
    known, out = {one["id"]: one for one in staff}, list[int]()
    at: int | None = known[person]["manager_id"] if person in known else None
    while at is not None and at in known and at not in out and at != person:
        out.append(at)
        at = known[at]["manager_id"]
    return out


def escalated(staff: Sequence[Colleague], person: int | None, waited: int) -> tuple[int, int] | None:
    """To whom a step goes that has waited so many working days, and how far up that is; None while it need not."""
    steps, bosses = min(waited // WAITS, MOST), above(staff, person)
    return (bosses[min(steps, len(bosses)) - 1], min(steps, len(bosses))) if steps and bosses else None
