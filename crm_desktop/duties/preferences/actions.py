"""What is done with preferences: a fact noted or confirmed, a slip filed as a fact."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.preferences import queries
from crm_desktop.duties.preferences.records import PREFERENCE, SLIP
from crm_desktop.record import facts
from crm_desktop.record.facts import LIKE
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say

NOTED, SLIP_FILED = Text("Preference noted"), Text("Preference slip filed")
GONE = Text("This slip is no longer there; nothing was filed.")


def note(
    desk: Any, person_id: int, name: str, kind: str = "other", polarity: str = LIKE, allergen: str = "", source: str = "", evidence: str = ""
) -> Any:
    """Note what a guest likes, dislikes or must never meet, told today; returns the Change. Raises Invalid.

    The same fact noted before is confirmed: it keeps its row and gets today's date; what was known and is not said this
    time (an allergen, the evidence) stays."""
    with desk.writing(NOTED) as writing:
        note_in(desk, writing, {
            "person_id": person_id, "name": name, "kind": kind, "polarity": polarity, "allergen": allergen, "source": source, "evidence": evidence,
        })  # fmt: skip
    return writing.entry.change


def note_in(desk: Any, writing: Any, said: Row) -> int:
    """`note` as a part of an action that changes more; returns the row's id. `said` are columns of a preference, with
    the day it was told in `told_on` (today where it is not there)."""
    given: Row = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    told = given.pop("told_on", "") or desk.today()
    name, polarity, allergen = given["name"], given["polarity"], given.get("allergen", "")
    known = next((f for f in queries.of_person(desk.store.writer, given["person_id"]) if facts.same(f, polarity, name, allergen)), None)
    if known is None:
        return int(desk.save_in(writing, PREFERENCE, None, 0, given | {"told_on": told}))
    row = desk.get(PREFERENCE, known.id)
    news = {column: given[column] for column in ("source", "evidence", "allergen", "strength") if given.get(column)}
    news |= {"told_on": max(told, row["told_on"]), "expires": "", "times": (row["times"] or 1) + 1}
    return int(desk.save_in(writing, PREFERENCE, known.id, row["version"], news))


def file_slip(desk: Any, slip_id: int, version: int) -> Any:
    """Put what a slip says into the guest's file and end its clock, in one action. Raises Refused, Conflict, Invalid."""
    slip = desk.get(SLIP, slip_id)
    if slip is None:
        raise Refused(GONE)
    with desk.writing(SLIP_FILED) as writing:
        desk.move_in(writing, SLIP, slip_id, version, "file")
        note_in(desk, writing, _said(slip))
    return writing.entry.change


def _said(slip: Row) -> Row:
    """The fact behind a slip: who saw it is its source, the slip its evidence."""
    who = " ".join(part for part in (slip["department_id.name"] or "", slip["observer"]) if part)
    where = " ".join(part for part in (slip["seen_on"], slip["room_no"]) if part)
    kept = {name: slip[name] for name in ("person_id", "name", "kind", "polarity", "allergen")}
    return kept | {"source": who, "evidence": say(Text("Preference slip {where}", where=where)).strip(), "told_on": slip["seen_on"]}
