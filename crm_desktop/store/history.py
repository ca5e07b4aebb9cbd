"""What was done: the newest actions, and one row's past."""

from __future__ import annotations

import json
from typing import Any

from crm_desktop.record.record import Record, Row
from crm_desktop.store.undo import stacks


def newest_id(reader: Any) -> int:
    """The newest change there is; 0 in an empty log."""
    return int(reader.execute("select max(id) from change").fetchone()[0] or 0)


def since(reader: Any, change_id: int) -> tuple[int, set[str]]:
    """The newest change there is, and the tables touched after `change_id` (by whatever seat or program)."""
    newest = newest_id(reader)
    if newest <= change_id:
        return change_id, set()
    found = reader.execute("select distinct tbl from change_row where change_id > ?", (change_id,))
    return newest, {row[0] for row in found}


def action_of(reader: Any, change_id: int) -> str:
    """What an action was, by its English words; '' when there is none of this id."""
    found = reader.execute("select action from change where id = ?", (change_id,)).fetchone()
    return str(found[0]) if found else ""


class Entry:
    """One action: when, who, what it was, on which row (the first), how many rows, and whether it can be undone."""

    def __init__(self, row: tuple[Any, ...], name: str, undoable: bool) -> None:
        self.id, self.at, self.who, self.action, self.source, self.rows, self.table = row[:7]
        self.name, self.undoable = name, undoable


def newest(reader: Any, records: dict[str, Record], seat: str, limit: int = 300) -> list[Entry]:
    """The newest actions of all seats, newest first."""
    found = reader.execute(
        "select c.id, c.at, c.who, c.action, c.source, c.rows, r.tbl, r.row_id from change as c"
        " left join change_row as r on r.change_id = c.id and r.position = (select max(position) from change_row where change_id = c.id)"
        " order by c.id desc limit ?",
        (limit,),
    ).fetchall()
    standing = set(stacks(reader, seat).undo)
    return [Entry(row, _name(reader, records, row[6], row[7]), row[0] in standing) for row in found]


def _name(reader: Any, records: dict[str, Record], table: str | None, row_id: int | None) -> str:
    record = records.get(table or "")
    if record is None or record.name not in record.by_name:
        return ""
    found = reader.execute(f"select {record.name} from {record.key} where id = ?", (row_id,)).fetchone()
    return str(found[0]) if found else ""


def of_row(reader: Any, record: Record, row_id: int, limit: int = 200) -> list[tuple[str, str, str, Row]]:
    """One row's past, newest first: (at, who, action, the values that were there before)."""
    found = reader.execute(
        "select c.at, c.who, c.action, r.before from change_row as r join change as c on c.id = r.change_id"
        " where r.row_id = ? and r.tbl = ? order by r.change_id desc limit ?",
        (row_id, record.key, limit),
    ).fetchall()
    return [(at, who, action, json.loads(before) if before else {}) for at, who, action, before in found]
