"""The log of changes without what was erased: former values go, that something was done stays. The entries are sealed anew
from the first one touched; on a server by the server, with the key nobody reads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Record, Row
from crm_desktop.store import catalog, erasing
from crm_desktop.store.database import all_rows
from crm_desktop.store.erasing import Plan
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import GENESIS, chained, dump, noted

BLOCK = 500
Clean = Callable[[Row], Row]


def scrub(db: Any, keys: Keys, records: Sequence[Record], found: Plan) -> None:
    """Take what a plan erases out of every entry of the log, and seal it anew."""
    touched: set[int] = set()
    every, strong = erasing.pattern(found.words), erasing.pattern(found.strong)
    for record in records:
        touched |= _rows(db, record, found.whole.get(record.key, ()), lambda row, _id, record=record: _emptied(record, row))  # type: ignore[misc]
        loose = found.loose.get(record.key, {})
        touched |= _rows(db, record, loose, lambda row, row_id, record=record, loose=loose: _loosened(record, row, loose[row_id], found, every))  # type: ignore[misc]
    for record in records:
        touched |= _rows(db, record, found.near.get(record.key, ()), lambda row, _id: _cleaned(row, every))
    touched |= _mentions(db, found.strong, strong)
    about = {row[0] for record in records for row in _entries_of(db, record, (*found.whole.get(record.key, ()), *found.loose.get(record.key, ()), *found.near.get(record.key, ())))}
    touched |= _words(db, about, every, strong)
    seal_anew(db, keys, touched)


def _rows(db: Any, record: Record, ids: Iterable[int], clean: Callable[[Row, int], Row]) -> set[int]:
    """Clean what the log keeps of these rows; the entries that were touched."""
    out: set[int] = set()
    wanted = sorted(ids)
    for start in range(0, len(wanted), BLOCK):
        block = wanted[start : start + BLOCK]
        sql = f"select change_id, position, row_id, before from change_row where tbl = ? and row_id in ({', '.join('?' * len(block))}) and before is not null"
        rows = all_rows(db, sql, [record.key, *block])
        out |= _put(db, ((row[0], row[1], row[3], dump(clean(json.loads(row[3]), row[2]))) for row in rows))
    return out


def _put(db: Any, rows: Iterable[tuple[int, int, str, str]]) -> set[int]:
    """Write those that differ, as (entry, position, before, clean)."""
    changed = [row for row in rows if row[2] != row[3] and json.loads(row[2]) != json.loads(row[3])]
    db.many("update change_row set before = ? where change_id = ? and position = ?", [(clean, change_id, position) for change_id, position, _, clean in changed])
    return {row[0] for row in changed}


def _emptied(record: Record, before: Row) -> Row:
    return {name: value if name == "gone" else _nothing(record, name, value) for name, value in before.items()}


def _nothing(record: Record, name: str, value: Any) -> Any:
    """What stands in the place of a former value; of a column that is no more, nothing of its kind."""
    field = record.by_name.get(name)
    if field is not None and field.kind in (Kind.KEY,):
        return value
    return erasing.blank(field, record) if field is not None else "" if isinstance(value, str) else None


def _loosened(record: Record, before: Row, columns: set[str], found: Plan, words: re.Pattern[str] | None) -> Row:
    out = dict(before)
    for name, value in before.items():
        field = record.by_name.get(name)
        if field is None or name == "gone":
            out[name] = erasing.without(value, words) if isinstance(value, str) else value
        elif field.data in erasing.PERSONAL:
            out[name] = erasing.blank(field, record)
        elif field.kind == Kind.REF:
            out[name] = None if name in columns and found.is_whole(field.ref, int(value or 0)) and not field.required else value
        elif isinstance(value, str):
            out[name] = "" if name in columns else erasing.without(value, words)
    return out


def _mentions(db: Any, words: Sequence[str], strong: re.Pattern[str] | None) -> set[int]:
    """Former values anywhere that held what is nobody else's."""
    out: set[int] = set()
    for word in words:
        rows = all_rows(db, "select change_id, position, before from change_row where before is not null and instr(before, ?) > 0", (word,))
        out |= _put(db, ((row[0], row[1], row[2], dump(_cleaned(json.loads(row[2]), strong))) for row in rows))
    return out


def _cleaned(before: Row, words: re.Pattern[str] | None) -> Row:
    return {name: erasing.without(value, words) if isinstance(value, str) else value for name, value in before.items()}


def _entries_of(db: Any, record: Record, ids: Sequence[int]) -> Iterator[tuple[int]]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), BLOCK):
        block = wanted[start : start + BLOCK]
        yield from db.execute(f"select distinct change_id from change_row where tbl = ? and row_id in ({', '.join('?' * len(block))})", [record.key, *block]).fetchall()


def _words(db: Any, about: set[int], every: re.Pattern[str] | None, strong: re.Pattern[str] | None) -> set[int]:
    """Reasons people gave and names of files: of entries about the person without their names, of all others without what is
    nobody else's."""
    changed = []
    for change_id, reason, source in db.execute("select id, reason, source from change where reason <> '' or source <> ''").fetchall():
        words = every if change_id in about else strong
        clean = erasing.without(reason, words), erasing.without(source, words)
        if clean != (reason, source):
            changed.append((*clean, change_id))
    db.many("update change set reason = ?, source = ? where id = ?", changed)
    return {row[2] for row in changed}


def seal_anew(db: Any, keys: Keys, touched: set[int]) -> None:
    """Chain the entries again, each seat's from the first one touched."""
    if not touched:
        return
    if catalog.is_server(db):
        from crm_desktop.store.server import log_sql

        db.execute(log_sql.CHAINED_ANEW)
        return
    for seat, first in _first(db, touched).items():
        found = db.execute("select hash from change where seat = ? and seq = ?", (seat, first - 1)).fetchone()
        before = bytes(found[0]) if found else GENESIS
        sql = "select id, seat, seq, at, who, action, reason, source, rows from change where seat = ? and seq >= ? order by seq"
        for entry in db.execute(sql, (seat, first)).fetchall():
            rows = db.execute("select tbl, row_id, version, before, digest from change_row where change_id = ? order by position", (entry[0],))
            before = chained(keys, before, tuple(entry), map(noted, rows.fetchall()))
            db.execute("update change set hash = ? where id = ?", (before, entry[0]))


def _first(db: Any, touched: set[int]) -> dict[str, int]:
    """The first of these entries of each seat, by its number."""
    out: dict[str, int] = {}
    wanted = sorted(touched)
    for start in range(0, len(wanted), BLOCK):
        block = wanted[start : start + BLOCK]
        for seat, seq in db.execute(f"select seat, min(seq) from change where id in ({', '.join('?' * len(block))}) group by seat", block).fetchall():
            out[seat] = min(out.get(seat, seq), seq)
    return out
