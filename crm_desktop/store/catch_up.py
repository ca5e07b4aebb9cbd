"""After a new declaration: what is worked out from other columns or rows is worked out for the rows that were there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop.record.ids import new_id
from crm_desktop.record.kinds import Memo
from crm_desktop.record.record import Field, Record
from crm_desktop.store import rollups
from crm_desktop.store.schema import LIVING, search_sql

BLOCK = 2_000
New = Collection[tuple[str, str]]  # (record key, column) of the columns just added


def catch_up(db: Any, records: Sequence[Record], new: New) -> None:
    """Search words, settled columns and kept sums of rows older than the declaration."""
    for record in records:
        for old, name in record.former.items():
            if (record.key, name) in new:
                _refer(db, record, old, record.by_name[name], {r.key: r for r in records})
    for record in records:
        if any((record.key, field.name) in new for field in record.fields if field.settled):
            _settle(db, record)
        if record.searched:
            _index(db, record)
            _words(db, record)
    for record in records:
        for target in rollups.targets(record):
            if any((target.table, column) in new for column in target.columns):
                rollups.recompute(db, target)


def _settle(db: Any, record: Record) -> None:
    """Settled columns as today's rules make them; only rows that have others are written, a block at a time."""
    on, names = record.settle_on, [field.name for field in record.fields if field.settled]
    settle = Memo(lambda values: record.settle(dict(zip(on, values, strict=True))))
    sets, last = ", ".join(f"{name} = ?" for name in names), 0
    while rows := db.execute(
        f"select id, {', '.join((*on, *names))} from {record.key} where id > ? order by id limit {BLOCK}", (last,)
    ).fetchall():
        changed = []
        for row in rows:
            here = dict(zip(names, row[1 + len(on) :], strict=True))
            right = settle[row[1 : 1 + len(on)]]
            if any(right.get(name, value) != value for name, value in here.items()):
                changed.append((*(right.get(name, value) for name, value in here.items()), row[0]))
        db.many(f"update {record.key} set {sets} where id = ?", changed)
        last = rows[-1][0]


def _index(db: Any, record: Record) -> None:
    """The search index, made anew when there is none or it is another."""
    table, index = record.key, f"{record.key}_fts"
    wanted = search_sql(record)
    found = db.execute("select sql from sqlite_master where name = ?", (index,)).fetchone()
    if found and found[0].lower() == wanted[0].replace(" if not exists", "").lower():
        return
    for trigger in ("ai", "ad", "au"):
        db.execute(f"drop trigger if exists {table}_{trigger}")
    db.execute(f"drop table if exists {index}")
    for sql in wanted:
        db.execute(sql)
    db.execute(f"insert into {index} (rowid, terms) select id, terms from {table} where {LIVING}")


def _words(db: Any, record: Record) -> None:
    """Sort keys and search words as today's rules make them; only rows that have others are written."""
    names = list(dict.fromkeys((record.name, *record.searched)))
    last = 0
    while rows := db.execute(
        f"select id, sort, terms, {', '.join(names)} from {record.key} where id > ? order by id limit {BLOCK}", (last,)
    ).fetchall():
        right = [(record.found_by(dict(zip(names, row[3:], strict=True))), row) for row in rows]
        other = [(r["sort"], r["terms"], row[0]) for r, row in right if (r["sort"], r["terms"]) != (row[1], row[2])]
        db.many(f"update {record.key} set sort = ?, terms = ? where id = ?", other)
        last = rows[-1][0]


def _refer(db: Any, record: Record, old: str, field: Field, by_key: Mapping[str, Record]) -> None:
    """A text that became a reference: a row for every different text, and each text's rows refer to it."""
    target = by_key[field.ref]
    names = [row[0] for row in db.execute(f"select distinct {old} from {record.key} where {old} <> ''").fetchall()]
    for name in names:
        found = db.execute(f"select id from {target.key} where name = ? and {LIVING} order by id limit 1", (name,)).fetchone()
        row_id = found[0] if found else new_id()
        if not found and field.make:
            row = field.make("", name)
            db[target.key].insert({"id": row_id} | row | target.settled(target.blank() | row))
        db.execute(f"update {record.key} set {field.name} = ? where {old} = ?", (row_id, name))
