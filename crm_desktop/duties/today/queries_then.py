"""A past day as it was: figures that speak of a state are counted by the states of that day's end, from the status history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Record
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery

BLOCK, MOST = 500, 5_000  # rows asked for at once; of one figure
SETS = {"=": "in", "in": "in", "<>": "not in", "not in": "not in"}  # how a filter on the state asks
STEPS = 'select at, id, "row", before from step where record = ? and day > ? and before <> \'\' and gone is null'


def states_then(reader: Any, record: Record, day: str) -> dict[int, str]:
    """The state at a day's end of every row of a record that took a step since."""
    found = sorted(reader.execute(STEPS, (record.key, day)).fetchall(), reverse=True)  # the first step since is the last to be taken over
    return {int(row): str(before) for _at, _id, row, before in found}


def fits(filters: Sequence[Filter], field: str, state: str) -> bool:
    """True where a state fulfils the filters on its field."""
    for name, operator, value in filters:
        if name == field:
            wanted = value if isinstance(value, tuple | list | frozenset | set) else (value,)
            if (state in wanted) != (SETS[operator] == "in"):
                return False
    return True


def as_it_was(reader: Any, records: Mapping[str, Record], lines: Sequence[TodayLine], day: str) -> list[TodayLine]:
    """The lines of a past day, each with the rows that had its state then."""
    moved: dict[str, dict[int, str]] = {}
    out = []
    for line in lines:
        record = records.get(line.record)
        field = record.machine.field if record is not None and record.machine is not None else ""
        if record is None or not any(name == field and operator in SETS for name, operator, _ in line.filters):
            out.append(line)
            continue
        if record.key not in moved:
            moved[record.key] = states_then(reader, record, day)
        out.append(_then(reader, record, line, field, moved[record.key]))
    return out


def _then(reader: Any, record: Record, line: TodayLine, field: str, moved: Mapping[int, str]) -> TodayLine:
    """One figure: rows that did not move since and are counted now, and those that moved and had the state then."""
    others = [each for each in line.filters if each[0] != field]
    had = _among(reader, record, others, sorted(row for row, state in moved.items() if fits(line.filters, field, state)))
    has = _among(reader, record, line.filters, sorted(moved))
    if had == has:
        return line
    now = {int(row[0] or 0) for row in pages.fetch(reader, ListQuery(record, line.filters, columns=(record.listed[0],)), limit=MOST)}
    ids: tuple[int, ...] = tuple(sorted((now - has) | had))
    tone = line.tone if ids else ""
    return TodayLine(line.label, len(ids), line.before, line.record, [("id", "in", ids)], group=line.group, tone=tone, order=line.order, note=line.note, short=line.short)


def _among(reader: Any, record: Record, filters: Sequence[Filter], ids: Sequence[int]) -> set[int]:
    """Those of some rows that fulfil filters."""
    found: set[int] = set()
    for at in range(0, len(ids), BLOCK):
        query = ListQuery(record, [*filters, ("id", "in", tuple(ids[at : at + BLOCK]))], columns=(record.listed[0],))
        found |= {int(row[0] or 0) for row in pages.fetch(reader, query, limit=BLOCK)}
    return found
