"""What is done in the plan of visits: visits moved to another day or seller, or planned there again; one step each."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.visits.records import PLANNED, VISIT
from crm_desktop.duties.visits.rules_grid import Visit
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

MOVED, COPIED = Text("Visits moved"), Text("Visits planned again")
KEPT = ("account_id", "person_id", "stakeholder_id", "kind", "time", "place", "purpose", "owner_id", "next")


def move(desk: Desk, visits: Sequence[Visit], day: str, owner_id: int | None) -> Change:
    """Visits that are still planned, on another day or with another seller. Raises Refused for those that were made, Conflict."""
    planned = [one for one in visits if one.state == PLANNED]
    if not planned:
        raise Refused(Text("What was made already stays on its day; copy it to plan it again."))
    with desk.writing(MOVED) as writing:
        for one in planned:
            desk.save_in(writing, VISIT, one.id, one.version, {"day": day, "owner_id": owner_id})
    change: Change = writing.entry.change
    return change


def copy(desk: Desk, visits: Sequence[Visit], day: str, owner_id: int | None) -> Change:
    """The same visits planned on another day. Raises Refused when none is there any more."""
    with desk.writing(COPIED) as writing:
        rows = [row for one in visits if (row := desk.get(VISIT, one.id)) is not None]
        if not rows:
            raise Refused(Text("These visits are no longer there; nothing was planned."))
        for row in rows:
            desk.save_in(writing, VISIT, None, 0, {name: row[name] for name in KEPT} | {"day": day, "owner_id": owner_id, "state": PLANNED})
    change: Change = writing.entry.change
    return change
