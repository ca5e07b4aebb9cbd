"""A row saved together with its lines: one action, and nobody's change of a line is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.desk.desk import ADDED, CHANGED, Conflict, Desk, Invalid
from crm_desktop.record.kinds import Value
from crm_desktop.record.lines import Lines, Rows
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change
from crm_desktop.store.row_reads import lines_of
from crm_desktop.store.rows import Writing, get, in_use, read


def shown(reader: Any, record: Record, row_id: int) -> dict[str, Any]:
    """The lines of a row as its form holds them, and beside them the names of what they refer to, by line and column."""
    out: dict[str, Any] = {}
    for lines in record.lines:
        found = lines_of(reader, lines.record, lines.by, row_id)
        names = [field.name for field in lines.fields if field.ref]
        out[lines.name] = [lines.part(row) for row in found]
        out[f"{lines.name}.name"] = {str(row["id"]): {name: row[f"{name}.name"] or "" for name in names} for row in found}
    return out


def save(
    desk: Desk, record: Record, row_id: int | None, version: int, values: Mapping[str, Value], typed: Mapping[str, Rows], *, step: str = "", reason: str = ""
) -> Change:  # fmt: skip
    """Save a row, do a step of it, and its lines. Raises Invalid (by the name of the lines), Conflict, Refused."""
    action = record.machine.move(step).title if step and record.machine else CHANGED if row_id else ADDED
    with desk.writing(action, reason=reason) as writing:
        here = row_id if row_id is not None else desk.save_in(writing, record, None, 0, values)
        _rests(desk, record, here, version if row_id is not None else 1)
        for lines in record.lines:
            if lines.name in typed:
                _save_lines(desk, writing, record, lines, here, typed[lines.name])
        if step:
            desk.move_in(writing, record, here, version, step, reason=reason, values=values)
        elif row_id is not None and values:
            desk.save_in(writing, record, here, version, values)
        change: Change = writing.entry.change
    return change


def go_with(desk: Desk, writing: Writing, record: Record, row_id: int) -> None:
    """With a row that is removed go its lines. Raises Refused where something refers to one of them."""
    for lines in record.lines:
        for row in lines_of(desk.store.writer, lines.record, lines.by, row_id):
            _remove(desk, writing, lines, row)


def _rests(desk: Desk, record: Record, row_id: int, version: int) -> Row:
    """The row the lines are of, as it was read by the person. Raises Conflict."""
    row = get(desk.store.writer, record, row_id)
    if row is None or row["version"] != version:
        raise Conflict(row and row | shown(desk.store.writer, record, row_id))
    return row


def _save_lines(desk: Desk, writing: Writing, record: Record, lines: Lines, row_id: int, typed: Rows) -> None:
    before = {row["id"]: row for row in typed.before}
    given: Row = {lines.by: row_id}
    if record.currency and lines.record.currency:
        given[lines.record.currency] = (read(desk.store.writer, record, row_id) or {})[record.currency]
    kept = {row["id"] for row in typed}
    for was in typed.before:
        if was["id"] not in kept:
            _remove(desk, writing, lines, _untouched(desk, record, lines, row_id, was))
    for at, row in enumerate(typed, 1):
        values = {name: row[name] for name in lines.columns if name in row}  # one kept from before a column was added has none
        old = before.get(row["id"])
        try:
            if old is None:
                desk.save_in(writing, lines.record, None, 0, given | values, as_id=row["id"])
            elif old != row:
                there = _untouched(desk, record, lines, row_id, old)
                desk.save_in(writing, lines.record, row["id"], there["version"], {name: value for name, value in values.items() if value != old[name]})
        except Invalid as error:
            raise Invalid({lines.name: Text("Line {n}: {problem}", n=at, problem=error.text)}) from None


def _untouched(desk: Desk, record: Record, lines: Lines, row_id: int, old: Row) -> Row:
    """The line as it is, unless somebody else has changed it. Raises Conflict."""
    there = read(desk.store.writer, lines.record, old["id"])
    if there is None or there["gone"] is not None or lines.part(there) != old:
        row = get(desk.store.writer, record, row_id)
        raise Conflict(row and row | shown(desk.store.writer, record, row_id))
    return there


def _remove(desk: Desk, writing: Writing, lines: Lines, row: Row) -> None:
    if user := in_use(desk.store.writer, desk.store.records, lines.record.key, row["id"]):
        raise Refused(Text("{records} still refer to this; it was not removed.", records=user.many))
    writing.remove(lines.record, row["id"], row["version"])
