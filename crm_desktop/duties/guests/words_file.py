"""A guest's file in words: what it lacks, with whom they stayed, and how complete the files of each class are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients.words_standing import FIELD, NEW, Block, Line, tone_of
from crm_desktop.duties.guests import queries, rules
from crm_desktop.duties.guests.queries import Counted, GuestFile
from crm_desktop.record.text import Text

RIGHT = ("classes",)


def blocks(reader: Any, row_id: int, day: str) -> Sequence[Block] | None:
    """What there is to say of a guest's file; None for somebody who is no guest."""
    found = queries.guest_file(reader, row_id)
    if found is None:
        return [] if queries.is_there(reader, row_id) else None
    together = queries.together(reader, row_id)
    return [_file(found), *([_together(together)] if together else []), _classes(queries.by_class(reader, day), found)]


def _file(found: GuestFile) -> Block:
    lines = [Line(f"+{part.weight}", part.words, "", _where(found, part)) for part in found.missing]
    return Block("file", Text("File complete"), f"{found.percent} %", tone_of(found.percent), found.percent, lines or [Line("", Text("Nothing is missing"))])


def _where(found: GuestFile, part: rules.Part) -> tuple[str, Any]:
    if part.names:
        return (FIELD, part.names[0])
    return (NEW, ("preference", {"person_id": found.row["id"], "person_id.name": found.row["name"]}))


def _together(found: Sequence[tuple[int, str, int, str]]) -> Block:
    lines = [Line(f"{stays}", Text("{person}, last on {day}", person=name, day=last), "", ("person", other)) for other, name, stays, last in found]
    return Block("together", Text("Stayed in one room with"), "", "", None, lines)


def _classes(counted: Sequence[Counted], found: GuestFile) -> Block:
    mine = str(found.row["vip"] or found.level)
    lines = [
        Line(f"{each.percent} %", _of_class(each), "amber" if each.percent < queries.POOR else "green" if each.name == mine else "", ("person", [("id", "in", tuple(each.poor[:queries.MOST]))]) if each.poor else None)
        for each in counted
    ]  # fmt: skip
    return Block("classes", Text("Files of those who stayed within a year"), "", "", None, lines)


def _of_class(each: Counted) -> Text:
    name: Text | str = Text("Without a class") if not each.name else each.name if each.name.startswith("V") else Text("Class {level}", level=each.name)
    return Text("{name}: {n} files, {poor} under {least} %", name=name, n=f"{each.files:,}", poor=f"{len(each.poor):,}", least=queries.POOR)
