"""Undo and redo: the inverse of a whole change, saved as a new change; all of its rows or none.

Rows that were added or removed are turned over by one statement for each table; rows that were edited go one by one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import catalog, rollups
from crm_desktop.store.database import all_rows
from crm_desktop.store.log import BY_ITSELF
from crm_desktop.store.rows import Writing
from crm_desktop.store.schema import LIVING, declared_at, remade_indexes

ADDED = "r.before is null"
TAKEN = "r.before like '{\"gone\":null}'"
PUT_BACK = "r.before like '{\"gone\":%' and r.before not like '{\"gone\":null}' and instr(r.before, ',') = 0"
EDITED = f"not ({ADDED}) and (r.before not like '{{\"gone\":%' or instr(r.before, ',') > 0)"  # also put back and edited at once
UNDONE, REDONE, ERASED = "Undone", "Redone", "Personal data erased"
REMEMBERED = 200
BLOCK = 500
MOVED_ON = Text("Some of these rows were changed later; undo the later changes first.")


def invert(writing: Writing, records: Sequence[Record], change_id: int) -> None:
    """Write the inverse of a change. Raises Refused when any of its rows has moved on or is in use."""
    db = writing.db
    touched = {row[0] for row in db.execute("select distinct tbl from change_row where change_id = ?", (change_id,))}
    if not touched:
        raise Refused(Text("There is nothing to undo here."))
    order = [record for record in records if record.key in touched]
    _check_whole(db, change_id)
    _check_lasting(db, change_id)
    _check_standing(db, change_id)
    _check_final(db, order, change_id)
    for record in order:  # parents come back before their children, children leave before their parents
        _turn(writing, record, change_id, TAKEN, "null")
        _turn(writing, record, change_id, PUT_BACK, str(writing.entry.change.id))
    for record in reversed(order):
        _edits(writing, record, change_id)
        _turn(writing, record, change_id, ADDED, str(writing.entry.change.id))
    _check_references(db, records, touched, change_id)
    for record in order:
        _rollups(db, records, record, change_id)


def _standing(db: Any, change_id: int) -> set[int]:
    """This change and the later ones that still hold: a change and its undo cancel out, and so on up the chain."""
    standing = {change_id}
    for later, action, source in db.execute("select id, action, source from change where id > ? order by id", (change_id,)):
        if action in (UNDONE, REDONE) and source.isdecimal() and int(source) in standing:
            standing.remove(int(source))
        else:
            standing.add(later)
    return standing


def _check_whole(db: Any, change_id: int) -> None:
    """A server gives a seat no former values that are hidden from it: then nothing is undone by halves."""
    counted = "select 1 from change as c where c.id = ? and c.rows <> (select count(*) from change_row as r where r.change_id = c.id)"
    if catalog.guarded(db) and db.execute(counted, (change_id,)).fetchone():
        raise Refused(Text("Part of what this changed is hidden from you. Whoever did it, or whoever sees it, undoes it."))


def _check_lasting(db: Any, change_id: int) -> None:
    """What was erased is nowhere any more."""
    if db.execute("select 1 from change where id = ? and action = ?", (change_id, ERASED)).fetchone():
        raise Refused(Text("What was erased is gone for good: there is nothing to bring back."))


def _check_standing(db: Any, change_id: int) -> None:
    """The change must still hold, and no later change that holds may have touched its rows."""
    standing = _standing(db, change_id)
    if change_id not in standing:
        raise Refused(Text("This was undone already."))
    later = sorted(standing - {change_id})
    for at in range(0, len(later), BLOCK):
        block = later[at : at + BLOCK]
        touched = db.execute(
            "select 1 from change_row as l join change_row as r on r.row_id = l.row_id and r.tbl = l.tbl and r.change_id = ?"
            f" where l.change_id in ({', '.join('?' * len(block))}) limit 1",
            (change_id, *block),
        ).fetchone()
        if touched:
            raise Refused(MOVED_ON)


def _check_final(db: Any, records: Sequence[Record], change_id: int) -> None:
    """What was given to people as it is (an issued paper) cannot become unmade."""
    for record in records:
        rows = f"select 1 from change_row as r where r.change_id = ? and r.tbl = ? and {ADDED} limit 1"
        if record.final is not None and db.execute(rows, (change_id, record.key)).fetchone():
            raise Refused(record.final)


def _turn(writing: Writing, record: Record, change_id: int, which: str, gone: str) -> None:
    """Turn rows over at once: `gone` becomes the given value, the log notes what it was."""
    db, table = writing.db, record.key
    rows = f"from change_row as r where r.change_id = ? and r.tbl = ? and {which}"
    turned = db.execute(f"select count(*) {rows}", (change_id, table)).fetchone()[0]
    if not turned:
        return
    if _older_than_declared(db, change_id):  # its digests cover other columns
        for (row_id,) in db.execute(f"select r.row_id {rows} order by r.position", (change_id, table)).fetchall():
            writing.rewrite(record, row_id, {"gone": None if gone == "null" else int(gone)})
        return
    was = "'{\"gone\":null}'" if gone != "null" else "'{\"gone\":' || t.gone || '}'"
    writing.entry.copied(
        table,
        f"select r.row_id as a, t.version + 1 as b, {was} as c, r.digest as d"
        f" from change_row as r join {table} as t on t.id = r.row_id where r.change_id = ? and r.tbl = ? and {which}"
        " order by r.position",
        (change_id, table),
    )
    with remade_indexes(db, record, turned, among=turned):
        db.execute(f"update {table} set gone = {gone}, version = version + 1 where id in (select r.row_id {rows})", (change_id, table))


def _older_than_declared(db: Any, change_id: int) -> bool:
    at = db.execute("select at from change where id = ?", (change_id,)).fetchone()[0]
    return bool(at < declared_at(db))


def _edits(writing: Writing, record: Record, change_id: int) -> None:
    sql = f"select r.row_id, r.before from change_row as r where r.change_id = ? and r.tbl = ? and {EDITED} order by r.position desc"
    found = all_rows(writing.db, sql, (change_id, record.key))
    if len({row_id for row_id, _ in found}) < len(found):  # a row edited twice in one change: one step after the other
        for row_id, before in found:
            writing.rewrite(record, row_id, json.loads(before))
    else:
        writing.rewrite_many(record, {row_id: json.loads(before) for row_id, before in found})


def _check_references(db: Any, records: Sequence[Record], touched: set[str], change_id: int) -> None:
    """No living row may refer to one that this inverse has taken away, or that is no longer what it is referred to as;
    no row it brings back to such a one."""
    for record in records:
        for field in record.references():
            other = f" or t.{field.ref_where[0]} <> '{field.ref_where[1]}'" if field.ref_where else ""
            gone = f"(t.gone is not null{other}) and c.{LIVING} and c.{field.name} is not null and r.change_id = ? and r.tbl = ? limit 1"
            child, parent = f"{record.key} as c on {{}}", f"{field.ref} as t on {{}}"
            pair = f"c.{field.name} = t.id"
            taken = f"select 1 from change_row as r join {parent.format('t.id = r.row_id')} join {child.format(pair)} where {gone}"
            back = f"select 1 from change_row as r join {child.format('c.id = r.row_id')} join {parent.format(pair)} where r.before is not null and {gone}"
            if field.ref in touched and db.execute(taken, (change_id, field.ref)).fetchone():
                raise Refused(Text("Later records refer to these rows; undo those first."))
            if record.key in touched and db.execute(back, (change_id, record.key)).fetchone():
                raise Refused(Text("What these rows refer to was removed later; undo that first."))


def _rollups(db: Any, records: Sequence[Record], record: Record, change_id: int) -> None:
    """Bring sums up to date for whatever the turned rows point to, and for turned rows that hold sums."""
    for target in rollups.targets(record):
        pointed = " union ".join(
            f"select distinct t.{by} from change_row as r join {record.key} as t on t.id = r.row_id"
            f" where r.change_id = ? and r.tbl = '{record.key}' and t.{by} is not null"
            for by in target.by
        )
        rollups.recompute(db, target, [row[0] for row in db.execute(pointed, (change_id,) * len(target.by)).fetchall()])
    for target in rollups.into(records, record.key):
        rows = db.execute("select row_id from change_row where change_id = ? and tbl = ?", (change_id, record.key)).fetchall()
        rollups.recompute(db, target, [row[0] for row in rows])


class Stacks:
    """What can be undone and redone, newest last, as the log tells it."""

    def __init__(self, undo: list[int], redo: list[int]) -> None:
        self.undo, self.redo = undo, redo


def stacks(db: Any, seat: str) -> Stacks:
    """Replay this seat's newest changes: an undo takes its change away, a new action forgets what was undone.

    What the program did by itself is not among them: Ctrl+Z takes back what a person did."""
    found = db.execute(
        "select id, action, source from change where seat = ? and rows > 0 and source <> ? and action <> ? order by seq desc limit ?",
        (seat, BY_ITSELF, ERASED, REMEMBERED),
    ).fetchall()
    undo: list[int] = []
    redo: list[int] = []
    for change_id, action, source in reversed(found):
        if action == UNDONE:
            undo = [one for one in undo if str(one) != source]
            redo.append(change_id)
        else:
            redo = [one for one in redo if str(one) != source] if action == REDONE else []
            undo.append(change_id)
    return Stacks(undo, redo)
