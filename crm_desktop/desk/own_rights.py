"""What a hotel's own rights do when they are written: somebody is always left who approves, a post brings its role."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records_rights import APPROVAL_LEVEL
from crm_desktop.record.own_rights import ANY, UP_TO, settled
from crm_desktop.record.record import Row
from crm_desktop.record.rights import APPROVAL_WORDS, APPROVALS, RIGHTS
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import seat
from crm_desktop.store.log import Change

NOBODY_LEFT = Text("Then nobody would approve any amount of {what}. Give it to another role first.")
NO_ROLE = Text("Whoever signs in needs a role")
WRITTEN = Text("Usual approval levels written down")


def still_approved(_desk: Any, writing: Any, row: Row) -> None:
    """After a level was written: some role still approves any amount of its kind. Raises Refused."""
    _someone_approves(seat.levels(writing.db), str(row["kind"]))


def leaving(_desk: Any, writing: Any, row: Row) -> None:
    """The same before a level is taken away."""
    _someone_approves([one for one in seat.levels(writing.db) if one[:2] != (row["kind"], row["role"])], str(row["kind"]))


def _someone_approves(rows: Any, kind: str) -> None:
    if not any(most is None for most in settled(APPROVALS, rows).get(kind, {}).values()):
        raise Refused(Text(NOBODY_LEFT.source, what=APPROVAL_WORDS[kind]))


def role_of_post(desk: Any, writing: Any, row: Row) -> None:
    """A colleague without a role gets that of the post, from whoever may give roles. Raises Invalid for a log-in without any."""
    if row["role"]:
        return
    if row["post"] and desk.rights.has(RIGHTS) and (role := seat.role_of(writing.db, str(row["post"]))):
        desk.save_in(writing, desk.store.by_key["staff"], row["id"], row["version"], {"role": role})
    elif row["login"]:
        raise Invalid({"role": NO_ROLE})


def write_usual(desk: Desk) -> Change:
    """Make the levels the program begins with rows of the hotel's own, where it has none. Raises Refused where each has one."""
    there = {row[:2] for row in seat.levels(desk.store.writer)}
    missing = [(kind, role, most) for kind, levels in APPROVALS.items() for role, most in levels.items() if (kind, role) not in there]
    if not missing:
        raise Refused(Text("All usual levels are written down already: change them here."))
    with desk.writing(WRITTEN) as writing:
        for kind, role, most in missing:
            desk.save_in(writing, APPROVAL_LEVEL, None, 0, {"kind": kind, "role": role, "way": ANY if most is None else UP_TO, "most": most or 0})
    change: Change = writing.entry.change
    return change
