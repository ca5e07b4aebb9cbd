"""What became of rows, as the log tells it: a row's past, the row as it was at a moment, and what was touched since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.rights import MASK, OPEN, Rights
from crm_desktop.record.text import Text
from crm_desktop.store.catalog import guarded
from crm_desktop.store.database import all_rows
from crm_desktop.store.history import readable
from crm_desktop.store.log import BY_ITSELF
from crm_desktop.store.rows import BLOCK
from crm_desktop.store.veils import is_veiled

MOST = 2_000  # entries of one row; actions since somebody looked
FEW = 30  # rows of one action that are told one by one
PUT_BACK = Text("Put back")


class Noted:
    """One entry about a row: the action's id, when, who, what, and the changed columns as they were (None: the row was new)."""

    __slots__ = ("action", "at", "before", "id", "who")

    def __init__(self, entry: Sequence[Any]) -> None:
        self.id, self.at, self.who, self.action = entry[:4]
        self.before: Row | None = json.loads(entry[4]) if entry[4] is not None else None


class Line:
    """One line of a row's history: an entry, and the value it changed (no field: the row was added, removed or put back)."""

    __slots__ = ("after", "before", "field", "noted")

    def __init__(self, noted: Noted, field: Field | None, before: Text | str, after: Text | str) -> None:
        self.noted, self.field, self.before, self.after = noted, field, before, after


def noted(reader: Any, record: Record, row_id: int) -> list[Noted]:
    """The entries about a row, the newest first. A server gives a seat those of the rows it sees, without hidden values."""
    if guarded(reader):
        sql = "select id, at, who, action, before from rights.past(?, ?) order by id desc, position desc limit ?"
    else:
        sql = (
            "select c.id, c.at, c.who, c.action, r.before from change_row as r join change as c on c.id = r.change_id"
            " where r.tbl = ? and r.row_id = ? order by c.id desc, r.position desc limit ?"
        )
    found = [Noted(entry) for entry in all_rows(reader, sql, (record.key, row_id, MOST))]
    return _veiled(found) if is_veiled(reader, record, row_id) else found


class Origin:
    """Where a row came from: when and by whom it was added, the file it stood in ('' where it was typed, or the log is
    closed), and how many entries changed it since."""

    __slots__ = ("at", "later", "source", "who")

    def __init__(self, first: Noted, source: str, later: int) -> None:
        self.at, self.who, self.source, self.later = first.at, first.who, source, later


def origin(reader: Any, record: Record, row_id: int) -> Origin | None:
    """Where a row came from; None where the log says nothing of it."""
    entries = noted(reader, record, row_id)
    if not entries or entries[-1].before is not None:
        return None
    found = None if guarded(reader) else reader.execute("select source from change where id = ?", (entries[-1].id,)).fetchone()
    source = str(found[0]) if found else ""
    return Origin(entries[-1], "" if source == BY_ITSELF or source.isdecimal() else source, len(entries) - 1)


def _veiled(found: list[Noted]) -> list[Noted]:
    """The entries with who and when, without what it was."""
    for one in found:
        one.before = one.before and {name: value for name, value in one.before.items() if name == "gone"}
    return found


def told(record: Record) -> Iterator[Field]:
    """The fields that people read and somebody gave."""
    return (field for field in record.fields if field.stored and not field.hidden)


def words(reader: Any, record: Record, field: Field, value: Any, rights: Rights = OPEN) -> Text | str:
    """A value as people read it; what is sensitive is masked as everywhere."""
    if field.name in rights.masked(record):
        return MASK if value else ""
    return readable(reader, field, value)


def lines(reader: Any, record: Record, row: Row, entries: Iterable[Noted], rights: Rights = OPEN) -> Iterator[Line]:
    """A row's history, the newest first: what each entry found is what the one before it had left."""
    after, shown = dict(row), {field.name: field for field in told(record)}
    for one in entries:
        if one.before is None:
            yield Line(one, None, "", "")
            continue
        if "gone" in one.before:
            yield Line(one, None, "", "" if one.before["gone"] is None else PUT_BACK)
        for name, old in one.before.items():
            if name in shown:
                both = [words(reader, record, shown[name], value, rights) for value in (old, after.get(name))]
                yield Line(one, shown[name], both[0], both[1])
        after.update(one.before)


def at(row: Row, entries: Iterable[Noted], moment: str) -> Row | None:
    """A row as it was at an instant (UTC text); None when it was not there yet, or removed. In the order of the log: a clock
    may have been put back."""
    found = dict(row)
    for one in entries:
        if one.at <= moment:
            return found if found["gone"] is None else None
        if one.before is None:
            return None
        found.update(one.before)
    return None


class Touched:
    """One action since somebody looked, and a row it touched (0: more than are told one by one)."""

    __slots__ = ("action", "at", "id", "row_id", "rows", "source", "table", "who")

    def __init__(self, entry: Sequence[Any]) -> None:
        self.id, self.at, self.who, self.action, self.source, self.rows, self.table, self.row_id = entry


def since(reader: Any, mark: int, begun: str) -> list[Touched]:
    """What people did after an action (by its id) and after an instant, the newest first: row by row, and of an action with
    many rows its tables only."""
    log = "rights.since(?) as c where" if guarded(reader) else "change as c where c.id > ? and"
    sql = f"select c.id, c.at, c.who, c.action, c.source, c.rows from {log} c.at >= ? and c.who <> '' and c.source <> '{BY_ITSELF}' order by c.id desc limit ?"
    found = reader.execute(sql, (mark, begun, MOST)).fetchall()
    few = {entry[0]: entry for entry in found if 0 < entry[5] <= FEW}
    out = [Touched((*few[change_id], table, row_id)) for change_id, table, row_id in _rows(reader, list(few))]
    for entry in found:
        if entry[5] > FEW:
            out += [Touched((*entry, table, 0)) for table in _tables(reader, entry[0])]
    return sorted(out, key=lambda one: one.id, reverse=True)


def _rows(reader: Any, ids: Sequence[int]) -> Iterator[tuple[int, str, int]]:
    """The rows of actions that have few, in the order they were touched."""
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        marks = ", ".join("?" * len(block))
        if guarded(reader):
            sql = f"select t.change_id, t.tbl, t.row_id from rights.touched(array[{marks}]::bigint[]) as t order by t.change_id, t.position"
        else:
            sql = f"select change_id, tbl, row_id from change_row where change_id in ({marks}) order by change_id, position"
        yield from reader.execute(sql, block).fetchall()


def _tables(reader: Any, change_id: int) -> list[str]:
    if guarded(reader):
        sql = "select distinct t.tbl from rights.touched(array[?]::bigint[]) as t"
    else:
        sql = "select distinct tbl from change_row where change_id = ?"
    return [row[0] for row in reader.execute(sql, (change_id,)).fetchall()]


def newest_rows(reader: Any, mark: int, most: int) -> list[tuple[str, int, bool, str]]:
    """The rows of what was done after an action, the newest first: table, id, whether it was added there, by whom.

    Of one action at most so many, and eight times that in all: after a file of a million rows the figure is asked for as quickly.
    A server's log-in is not told what was new: there it is told by the id, which is made with the row."""
    own = guarded(reader)
    sql = f"select c.id, c.rows, c.who from {'rights.since(?) as c' if own else 'change as c where c.id > ?'} order by c.id desc limit ?"
    out: list[tuple[str, int, bool, str]] = []
    block: dict[int, str] = {}
    room = 0
    for change_id, rows, who in reader.execute(sql, (mark, MOST)).fetchall():
        if block and room + rows > most:
            out += _newest(reader, block, mark, most, own)
            block, room = {}, 0
        if len(out) >= 8 * most:
            return out
        block[int(change_id)] = str(who)
        room += rows
    return out + (_newest(reader, block, mark, most, own) if block else [])


def _newest(reader: Any, by: Mapping[int, str], mark: int, most: int, own: bool) -> list[tuple[str, int, bool, str]]:
    marks = ", ".join("?" * len(by))
    if own:
        sql = f"select t.change_id, t.tbl, t.row_id, case when t.row_id > {int(mark)} then 1 else 0 end from rights.touched(array[{marks}]::bigint[]) as t order by t.change_id desc, t.position desc limit ?"
    else:
        sql = f"select change_id, tbl, row_id, case when before is null then 1 else 0 end from change_row where change_id in ({marks}) order by change_id desc, position desc limit ?"
    return [(table, int(row_id), bool(added), by.get(int(change_id), "")) for change_id, table, row_id, added in reader.execute(sql, (*by, most)).fetchall()]


def before(reader: Any, record: Record, ids: Sequence[int], mark: int) -> dict[int, Row]:
    """What the columns of some rows that changed after an action were at that action, by id: the changed columns only."""
    out: dict[int, Row] = {}
    if guarded(reader):
        sql = "select ?, before from rights.past(?, ?) where id > ? and before is not null order by id desc, position desc"
        found = [row for row_id in ids[:FEW] for row in all_rows(reader, sql, (row_id, record.key, row_id, mark))]
    else:
        found = []
        for start in range(0, len(ids), BLOCK):
            block = ids[start : start + BLOCK]
            sql = f"select row_id, before from change_row where tbl = ? and row_id in ({', '.join('?' * len(block))}) and change_id > ? and before is not null order by change_id desc, position desc"
            found += all_rows(reader, sql, (record.key, *block, mark))
    for row_id, text in found:
        out.setdefault(int(row_id), {}).update(json.loads(text))  # the oldest is read last and stands
    return out


def seen(reader: Any, record: Record, ids: Sequence[int]) -> dict[int, bool]:
    """Those of these rows that whoever reads may see, by id: does it live?"""
    out: dict[int, bool] = {}
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        found = reader.execute(f"select id, gone from {record.key} where id in ({', '.join('?' * len(block))})", block)
        out |= {row[0]: row[1] is None for row in found.fetchall()}
    return out


def looked(reader: Any, person: str) -> int:
    """Up to which action a person has looked; 0 before they ever did."""
    found = reader.execute("select value from setting where key = ?", (mark_of(person),)).fetchone()
    return int(found[0]) if found and str(found[0]).isdecimal() else 0


def instant(reader: Any, change_id: int) -> str:
    """When an action was done; '' where its entry is not read."""
    found = reader.execute("select at from change where id <= ? order by id desc limit 1", (change_id,)).fetchone()
    return str(found[0]) if found else ""


def mark_of(person: str) -> str:
    """The key under which it is kept with the data how far a person has looked."""
    return f"looked {person}"
