"""After a new declaration: what is worked out from other columns or rows is worked out for the rows that were there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop.record.ids import new_id
from crm_desktop.record.kinds import Memo
from crm_desktop.record.record import Field, Record
from crm_desktop.store import rollups, schema
from crm_desktop.store.schema import LIVING

BLOCK = 2_000
SET = "crm-words"  # among the migrations: of what and how the search words of each record were made, at which declaration
New = Collection[tuple[str, str]]  # (record key, column) of the columns just added


def catch_up(db: Any, records: Sequence[Record], new: New) -> None:
    """Search words, settled columns and kept sums of rows older than the declaration."""
    words = Words(db, records)
    for record in records:
        for old, name in record.former.items():
            if (record.key, name) in new:
                _refer(db, record, old, record.by_name[name], {r.key: r for r in records})
    for record in records:
        if any((record.key, field.name) in new for field in record.fields if field.settled):
            _settle(db, record)
        if record.searched:
            db.renew_search(record)
            if not words.stand(record, new):
                _words(db, record)
    for record in records:
        for target in rollups.targets(record):
            if any((target.table, column) in new for column in target.columns):
                rollups.recompute(db, target)
    words.keep()


class Words:
    """Whose search words stand as today's declaration makes them: working out a million takes minutes.

    What is kept counts only as long as the declaration it was made with was the last one applied: a program that knows
    nothing of it may have made other words since."""

    def __init__(self, db: Any, records: Sequence[Record]) -> None:
        self._db = db
        self._today = {record.key: f"{record.key} {schema.words_by(record)}" for record in records if record.searched}
        self._shape = schema.shape(records)
        sql = "select name from _sqlite_migrations where migration_set = ? and applied_at = ?"
        self._kept = {row[0] for row in db.execute(sql, (SET, schema.last_declared(db))).fetchall()}

    def stand(self, record: Record, new: New) -> bool:
        """True when no row of a record needs other words."""
        settles = any((record.key, field.name) in new for field in record.fields if field.settled)
        return not settles and self._today[record.key] in self._kept

    def keep(self) -> None:
        """From now on they stand."""
        self._db.execute("delete from _sqlite_migrations where migration_set = ?", (SET,))
        for name in self._today.values():
            self._db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)", (SET, name, self._shape))


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


def _words(db: Any, record: Record) -> None:
    """Sort keys and search words as today's rules make them; only rows that have others are written."""
    names = record.found_on
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
