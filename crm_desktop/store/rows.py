"""Rows inside one logged change: added, updated, removed; each guarded by the version it was read at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from crm_desktop.record.ids import new_id
from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Field, Index, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import rollups
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Entry, dump, row_digest
from crm_desktop.store.schema import LIVING

BLOCK = 500


class Stale(Refused):
    """The row is no longer as it was read: `theirs` is what it is now, None when it is gone."""

    def __init__(self, theirs: Row | None) -> None:
        if theirs is None:
            super().__init__(Text("This record was removed meanwhile. What you typed is still here."))
        else:
            super().__init__(Text("Someone else changed this record meanwhile. What you typed is still here."))
        self.theirs = theirs


def all_columns(record: Record) -> tuple[str, ...]:
    """Every column of the table, in the order rows are read."""
    return ("id", "version", "gone", *record.columns)


def reference_name(field: Field, alias: str) -> str:
    """SQL for the name of the row a reference points to."""
    return f"(select {field.ref_name} from {field.ref} where id = {alias}.{field.name})"


def code_of(field: Field) -> str:
    """SQL for the code of the row a reference points to; '' where such rows have none."""
    return field.ref_code or "''"


def read(db: Any, record: Record, row_id: int) -> Row | None:
    """One row with every column, also a removed one; None when there never was one."""
    columns = all_columns(record)
    found = db.execute(f"select {', '.join(columns)} from {record.key} where id = ?", (row_id,)).fetchone()
    return dict(zip(columns, found, strict=True)) if found else None


def read_many(db: Any, record: Record, ids: Sequence[int]) -> dict[int, Row]:
    """Rows with every column, by id, also removed ones; not more than a block at a time."""
    columns = all_columns(record)
    found = db.execute(f"select {', '.join(columns)} from {record.key} where id in ({', '.join('?' * len(ids))})", list(ids))
    return {row[0]: dict(zip(columns, row, strict=True)) for row in found.fetchall()}


def missing(db: Any, field: Field, ids: Iterable[Value]) -> set[Value]:
    """Which of these ids a reference may not hold: no living row of the right kind has them."""
    wanted = sorted({row_id for row_id in ids if row_id is not None})
    kind, values = (f" and {field.ref_where[0]} = ?", [field.ref_where[1]]) if field.ref_where else ("", [])
    there: set[Value] = set()
    for at in range(0, len(wanted), BLOCK):
        block = wanted[at : at + BLOCK]
        sql = f"select id from {field.ref} where id in ({', '.join('?' * len(block))}) and {LIVING}{kind}"
        there.update(row[0] for row in db.execute(sql, [*block, *values]))
    return set(wanted) - there


def get(reader: Any, record: Record, row_id: int) -> Row | None:
    """A living row for people: with `field.name` beside each reference."""
    columns = all_columns(record)
    references = record.references()
    names = [reference_name(f, "t") for f in references]
    found = reader.execute(
        f"select {', '.join(f't.{c}' for c in columns)}{''.join(', ' + n for n in names)}"
        f" from {record.key} as t where t.id = ? and t.{LIVING}", (row_id,),
    ).fetchone()  # fmt: skip
    if not found:
        return None
    row = dict(zip((*columns, *(f"{f.name}.name" for f in references)), found, strict=True))
    return row | record.work(row)


class Writing:
    """The rows of one change, inside its transaction."""

    def __init__(self, db: Any, keys: Keys, entry: Entry, records: Sequence[Record] = ()) -> None:
        self.db, self._keys, self.entry, self._records = db, keys, entry, records

    def add(self, record: Record, values: Row, row_id: int | None = None) -> int:
        """A new row; returns its id."""
        row: Row = {"id": row_id or new_id(), "version": 1, "gone": None}
        row |= {f.name: f.default for f in record.fields} | record.typed(values)
        row |= record.settled(row)
        columns = all_columns(record)
        self.db[record.key].insert({name: row[name] for name in columns})
        self._note(record, row, None)
        rollups.moved(self.db, record, [(None, row)])
        return int(row["id"])

    def add_many(self, record: Record, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], digests: Sequence[bytes]) -> None:
        """New rows that are whole, settled and sealed already; the first column is the id. Sums are the caller's."""
        marks = ", ".join("?" * len(columns))
        self.db.many(f"insert into {record.key} ({', '.join(columns)}) values ({marks})", rows)
        self.entry.rows(record.key, [(row[0], 1, None, seal) for row, seal in zip(rows, digests, strict=True)])

    def update(self, record: Record, row_id: int, version: int, values: Row) -> Row:
        """Change some columns of a row read at `version`; returns the row as it is now. Raises Stale."""
        old = self._living(record, row_id, version)
        new = old | record.typed(values)
        new |= record.settled(new)
        changed = [name for name in record.columns if new[name] != old[name]]
        self._check_meaning(record, row_id, changed)
        return self._write(record, old, new, changed) if changed else old

    def update_many(self, record: Record, updates: Sequence[tuple[int, int, Row]]) -> None:
        """`update` for many rows as (id, version, values), a block at a time; a value for `gone` brings a row back."""
        for at in range(0, len(updates), BLOCK):
            block = updates[at : at + BLOCK]
            olds = read_many(self.db, record, [row_id for row_id, _, _ in block])
            pairs = [self._pair(record, olds.get(row_id), version, values) for row_id, version, values in block]
            self._write_many(record, [(old, new, changed) for old, new, changed in pairs if changed])

    def rewrite_many(self, record: Record, befores: Mapping[int, Row]) -> None:
        """`rewrite` for many different rows, a block at a time."""
        ids = list(befores)
        for at in range(0, len(ids), BLOCK):
            block, pairs = ids[at : at + BLOCK], []
            olds = read_many(self.db, record, block)
            for row_id in block:
                old = olds[row_id]
                new = old | befores[row_id] | {"version": old["version"] + 1}
                new |= record.settled(new)
                pairs.append((old, new, tuple(name for name in ("gone", *record.columns) if new[name] != old[name])))
            self._write_many(record, pairs)

    def _pair(self, record: Record, old: Row | None, version: int, values: Row) -> tuple[Row, Row, tuple[str, ...]]:
        """A row before and after, and the columns that change. Raises Stale."""
        if old is None or old["version"] != version or (old["gone"] is not None and "gone" not in values):
            raise Stale(None)
        new = old | record.typed(values) | {"version": version + 1}
        new |= record.settled(new)
        changed = tuple(name for name in ("gone", *record.columns) if new[name] != old[name])
        self._check_meaning(record, old["id"], changed)
        return old, new, changed

    def _write_many(self, record: Record, pairs: Sequence[tuple[Row, Row, tuple[str, ...]]]) -> None:
        for changed, alike in groupby(pairs, key=itemgetter(2)):  # in their order: a code may go from one row to the next
            sets = "".join(f"{name} = ?, " for name in changed)
            rows = [(*(new[name] for name in changed), new["id"]) for _, new, _ in alike]
            self.db.many(f"update {record.key} set {sets}version = version + 1 where id = ?", rows)
        noted = [(new["id"], new["version"], _before(record, old, changed), row_digest(self._keys, record, new)) for old, new, changed in pairs]
        self.entry.rows(record.key, noted)
        rollups.moved(self.db, record, [(old, new) for old, new, _ in pairs])

    def _check_meaning(self, record: Record, row_id: int, changed: Sequence[str]) -> None:
        """A row that others refer to as what it is (an agency) cannot become something else."""
        for other in self._records:
            for field in other.references():
                if field.ref != record.key or not field.ref_where or field.ref_where[0] not in changed:
                    continue
                sql = f"select 1 from {other.key} where {field.name} = ? and {LIVING} limit 1"
                if self.db.execute(sql, (row_id,)).fetchone():
                    raise Refused(
                        Text("{records} refer to this as {label}, so it cannot become something else.", records=other.many, label=field.label)
                    )

    def remove(self, record: Record, row_id: int, version: int) -> None:
        """Take a row out of every list; it stays in the table and can be put back. Raises Stale, Refused."""
        old = self._living(record, row_id, version)
        self._write(record, old, old | {"gone": self.entry.change.id}, ["gone"])

    def rewrite(self, record: Record, row_id: int, before: Row, version: int | None = None) -> None:
        """Put earlier column values back (undo); the caller has checked the version, or gives it. Raises Stale."""
        old = read(self.db, record, row_id)
        if old is None or version not in (None, old["version"]):
            raise Stale(old)
        new = old | before
        new |= record.settled(new)
        self._write(record, old, new, [n for n in ("gone", *record.columns) if new[n] != old[n]])

    def _living(self, record: Record, row_id: int, version: int) -> Row:
        old = read(self.db, record, row_id)
        if old is None or old["gone"] is not None:
            raise Stale(None)
        if old["version"] != version:
            raise Stale(get(self.db, record, row_id))
        return old

    def _write(self, record: Record, old: Row, new: Row, changed: Sequence[str]) -> Row:
        new["version"] = old["version"] + 1
        sets = ", ".join(f"{name} = ?" for name in changed)
        done = self.db.execute(
            f"update {record.key} set {sets}{', ' if sets else ''}version = version + 1 where id = ? and version = ?",
            (*(new[name] for name in changed), old["id"], old["version"]),
        )
        if done.rowcount != 1:
            raise Stale(None)
        self._note(record, new, _before(record, old, changed))
        rollups.moved(self.db, record, [(old, new)])
        return new

    def _note(self, record: Record, row: Row, before: str | None) -> None:
        self.entry.rows(record.key, [(row["id"], row["version"], before, row_digest(self._keys, record, row))])


def _before(record: Record, old: Row, changed: Sequence[str]) -> str:
    """What the log keeps of a row: the changed columns that a person or file gives, as they were."""
    return dump({n: old[n] for n in changed if n == "gone" or (n in record.by_name and not record.by_name[n].derived)})


def in_use(db: Any, records: Sequence[Record], table: str, row_id: int) -> Record | None:
    """A record whose living rows refer to this row, or None."""
    for record in records:
        for field in record.fields:
            if field.kind == Kind.REF and field.ref == table:
                sql = f"select 1 from {record.key} where {field.name} = ? and {LIVING} limit 1"
                if db.execute(sql, (row_id,)).fetchone():
                    return record
    return None


def holder(db: Any, record: Record, index: Index, row: Row) -> str:
    """The name of another living row that already has this row's unique columns; '' when nobody has."""
    same = " and ".join(f"{column} = ?" for column in index.columns)
    found = db.execute(
        f"select {record.name} from {record.key} where {same} and {LIVING} and id <> ? limit 1",
        [*(row[column] for column in index.columns), row.get("id") or 0],
    ).fetchone()
    return str(found[0]) if found else ""
