"""The timeline of a row: what all duties say about it, merged newest first, read page by page by key.

Each declaration of `Entries` is one statement, answered by the index of the columns that point to the row; a page asks
every declaration for no more than a page."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.record.duty import Entries, TimelineEntry
from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Record, Row
from crm_desktop.store.database import all_rows
from crm_desktop.store.rows import reference_name
from crm_desktop.store.schema import LIVING

Place = tuple[str, str, int]
PAGE = 60
LAST = (1 << 63) - 1


def end_of(day: str) -> Place:
    """The place after everything of a day: what comes before it is past, what comes after it is still to come."""
    return day, "~", LAST


class Look:
    """Whose timeline: the declarations, the records they speak of, and the row (record key, id) they are about."""

    def __init__(self, entries: Sequence[Entries], records: Mapping[str, Record], about: str, row_id: int) -> None:
        self.entries = tuple(entry for entry in entries if about in entry.by)
        self.records, self.about, self.row_id = records, about, row_id

    def only(self, record: str) -> Look:
        """The same with the entries of one record only."""
        return Look([entry for entry in self.entries if entry.record == record], self.records, self.about, self.row_id)


def before(reader: Any, look: Look, place: Place, limit: int = PAGE) -> list[TimelineEntry]:
    """The entries before a place, the newest first."""
    found = [_read(reader, look, entry, place, limit, "desc") for entry in look.entries]
    return list(heapq.merge(*found, key=_place_of, reverse=True))[:limit]


def after(reader: Any, look: Look, place: Place, limit: int = PAGE) -> list[TimelineEntry]:
    """The entries after a place, the nearest last, so that they stand above those before it. What was cancelled is not
    to come; it stands among the others once its day is over."""
    found = [_read(reader, look, entry, place, limit, "asc") for entry in look.entries]
    return list(heapq.merge(*found, key=_place_of))[:limit][::-1]


def kinds(reader: Any, look: Look) -> list[str]:
    """The records that have any entry here, in the order they were declared."""
    there = dict.fromkeys(entry.record for entry in look.entries if _any(reader, look, entry))
    return list(there)


def _place_of(entry: TimelineEntry) -> Place:
    return entry.place


def _wanted(entry: Entries) -> tuple[str, list[Value]]:
    """What holds for every row of a declaration."""
    sql = f"{LIVING} and {entry.at} <> ''"
    # the plus keeps the engine from an index of all rows in that state
    return (f"{sql} and +{entry.when[0]} = ?", [entry.when[1]]) if entry.when else (sql, [])


def _any(reader: Any, look: Look, entry: Entries) -> bool:
    sql, values = _wanted(entry)
    return any(
        reader.execute(f"select 1 from {entry.record} where {_points(look, entry, column)} and {sql} limit 1", [look.row_id, *values]).fetchone()
        for column in entry.by[look.about]
    )


def _points(look: Look, entry: Entries, column: str) -> str:
    """That a row points to the one looked at: by its own column, or by that of another row it points to (`complaint_id.account_id`)."""
    own, _, theirs = column.partition(".")
    if not theirs:
        return f"{own} = ?"
    ref = look.records[entry.record].by_name[own].ref
    return f"{own} in (select r.id from {ref} as r where r.{theirs} = ? and r.gone is null)"


def statement(look: Look, entry: Entries, place: Place, limit: int, way: str) -> tuple[str, list[Value]]:
    """The statement for one page of a declaration. Only ids are sorted, each column's from its own index."""
    sql, values = _wanted(entry)
    if way == "asc" and entry.dropped:
        sql = f"{sql} and +{entry.chip} not in ({', '.join('?' * len(entry.dropped))})"
        values = [*values, *entry.dropped]
    time, sign = entry.time or "''", "<" if way == "desc" else ">"
    timed = f"{entry.time} {way}, " if entry.time else ""
    parts, given = [], list[Value]()
    for column in entry.by[look.about]:
        # the bound on the day alone is what the index understands
        where = f"{_points(look, entry, column)} and {sql} and {entry.at} {sign}= ? and ({entry.at}, {time}, id) {sign} (?, ?, ?)"
        parts.append(f"select id from (select id from {entry.record} where {where} order by {entry.at} {way}, {timed}id {way} limit ?)")
        given += [look.row_id, *values, place[0], *place, limit]
    names = ", ".join(f"t.{name}" for name in _columns(entry))
    names += "".join(f", {reference_name(f, 't')}" for f in _references(look, entry))
    order = f"t.{entry.at} {way}, {f't.{entry.time} {way}, ' if entry.time else ''}t.id {way}"
    return f"select {names} from {entry.record} as t where t.id in ({' union '.join(parts)}) order by {order} limit ?", [*given, limit]


def _columns(entry: Entries) -> list[str]:
    chip = [entry.chip] if entry.chip else []
    time = [entry.time] if entry.time else []
    return list(dict.fromkeys(("id", entry.at, *time, *entry.columns, *chip)))


def _references(look: Look, entry: Entries) -> list[Any]:
    fields = [look.records[entry.record].by_name[name] for name in entry.columns]
    return [field for field in fields if field.kind == Kind.REF]


def _read(reader: Any, look: Look, entry: Entries, place: Place, limit: int, way: str) -> list[TimelineEntry]:
    names = [*_columns(entry), *(f"{f.name}.name" for f in _references(look, entry))]
    sql, values = statement(look, entry, place, limit, way)
    return [_said(look.records[entry.record], entry, dict(zip(names, row, strict=True), about=look.about)) for row in all_rows(reader, sql, values)]


def _said(record: Record, entry: Entries, row: Row) -> TimelineEntry:
    chip = None
    if entry.chip and row[entry.chip]:
        field = record.by_name[entry.chip]
        chip = (field.choice_text(row[entry.chip]), field.tone(row[entry.chip]))
    time = row[entry.time] if entry.time else ""
    return TimelineEntry(row[entry.at], time, entry.record, row["id"], entry.says(row), entry.icon, chip)
