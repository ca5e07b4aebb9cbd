"""What was done: the newest actions, and one row's past."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop.record.kinds import Kind, Value, shown
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Text
from crm_desktop.store.log import BY_ITSELF
from crm_desktop.store.log import newest_id as newest_id
from crm_desktop.store.rows import read
from crm_desktop.store.schema import LIVING
from crm_desktop.store.undo import stacks


def since(reader: Any, change_id: int, own: Collection[int] = ()) -> tuple[int, set[str]]:
    """The newest change there is, and the tables touched after `change_id` by changes that are not `own`."""
    newest = newest_id(reader)
    if newest <= change_id:
        return change_id, set()
    others = [row[0] for row in reader.execute("select id from change where id > ?", (change_id,)) if row[0] not in own]
    tables: set[str] = set()
    for one in others:
        tables.update(row[0] for row in reader.execute("select distinct tbl from change_row where change_id = ?", (one,)))
    return newest, tables


def action_of(reader: Any, change_id: int) -> str:
    """What an action was, by its English words; '' when there is none of this id."""
    found = reader.execute("select action from change where id = ?", (change_id,)).fetchone()
    return str(found[0]) if found else ""


class Entry:
    """One action: when, who, what it was, on which row (the last it touched), how many rows, whether it can be undone."""

    def __init__(self, row: Sequence[Any], name: str, undoable: bool) -> None:
        self.id, self.at, self.who, self.action, self.source, self.rows, self.table = row[:7]
        self.name, self.undoable = name, undoable

    @property
    def about(self) -> str:
        """What it was about: the file it came from, or its one row."""
        return self.source if self.source and not self.source.isdecimal() and self.source != BY_ITSELF else self.name if self.rows == 1 else ""


ENTRIES = (
    "select c.id, c.at, c.who, c.action, c.source, c.rows, r.tbl, r.row_id from change as c"
    " left join change_row as r on r.change_id = c.id and r.position = (select max(position) from change_row where change_id = c.id)"
)


def newest(reader: Any, records: Mapping[str, Record], limit: int = 300) -> list[Entry]:
    """The newest actions of all seats, newest first."""
    found = reader.execute(f"{ENTRIES} order by c.id desc limit ?", (limit,)).fetchall()
    seats = [row[0] for row in reader.execute("select distinct seat from change")]
    standing = {one for seat in seats for one in stacks(reader, seat).undo}
    return [_entry(reader, records, row, row[0] in standing) for row in found]


def entry(reader: Any, records: Mapping[str, Record], change_id: int) -> Entry | None:
    """One action by its id."""
    found = reader.execute(f"{ENTRIES} where c.id = ?", (change_id,)).fetchone()
    return _entry(reader, records, found, False) if found else None


def _entry(reader: Any, records: Mapping[str, Record], row: Sequence[Any], undoable: bool) -> Entry:
    record = records.get(row[6] or "")
    return Entry(row, name_of(reader, record, row[7]) if record else "", undoable)


def name_of(reader: Any, record: Record, row_id: int) -> str:
    """What people know a row by: its name, else its first column and whom it is for."""
    row = read(reader, record, row_id)
    if row is None:
        return ""
    if row.get(record.name):
        return str(row[record.name])
    names = [_referred(reader, field, row[field.name]) for field in record.references() if field.name in record.listed]
    return " ".join([str(row[record.listed[0]]), *(name for name in names[:2] if name)])


def _referred(reader: Any, field: Field, row_id: Value) -> str:
    found = reader.execute(f"select {field.ref_name} from {field.ref} where id = ?", (row_id,)).fetchone() if row_id else None
    return str(found[0]) if found else ""


class Detail:
    """One value that an action changed: of which row, which field, what it was and what it became, as people read them."""

    def __init__(self, name: str, field: Field, before: Text | str, after: Text | str) -> None:
        self.name, self.field, self.before, self.after = name, field, before, after


def details(reader: Any, records: Mapping[str, Record], change_id: int, limit: int = 100) -> list[Detail]:
    """The values an action changed, of its first rows."""
    found = reader.execute(
        "select tbl, row_id, before from change_row where change_id = ? and before is not null order by position limit ?", (change_id, limit)
    ).fetchall()
    out: list[Detail] = []
    for table, row_id, before in found:
        record = records.get(table)
        old = json.loads(before)
        for name in old if record else ():
            if record and name in record.by_name:
                field = record.by_name[name]
                after = _next_value(reader, record, row_id, change_id, name)
                out.append(Detail(name_of(reader, record, row_id), field, _read(reader, field, old[name]), _read(reader, field, after)))
    return out


def _next_value(reader: Any, record: Record, row_id: int, change_id: int, name: str) -> Value:
    """A value as an action left it: what the next change of it found there, else what it is now."""
    later = reader.execute(
        "select before from change_row where row_id = ? and tbl = ? and change_id > ? and before is not null order by change_id",
        (row_id, record.key, change_id),
    )
    for (before,) in later:
        if name in (values := json.loads(before)):
            return values[name]
    row = read(reader, record, row_id)
    return row[name] if row else None


def _read(reader: Any, field: Field, value: Value) -> Text | str:
    if field.kind == Kind.REF:
        return _referred(reader, field, value)
    return field.choice_text(value) if field.choices and value else shown(field.kind, value)


def touched_since(reader: Any, record: Record, change_id: int, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """These columns of every living row that was touched after a change."""
    found = reader.execute(
        f"select distinct {', '.join(f't.{name}' for name in names)} from change_row as r join {record.key} as t on t.id = r.row_id"
        f" where r.change_id > ? and r.tbl = ? and t.{LIVING}",
        (change_id, record.key),
    )
    return list(found.fetchall())
