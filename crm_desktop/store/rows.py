"""Rows inside one logged change: added, updated, removed; each guarded by the version it was read at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.ids import new_id
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Index, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import rollups
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Entry, dump, row_digest
from crm_desktop.store.schema import LIVING


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


def reference_name(record_key: str, alias: str, column: str) -> str:
    """SQL for the name of the row a column refers to."""
    return f"(select name from {record_key} where id = {alias}.{column})"


def read(db: Any, record: Record, row_id: int) -> Row | None:
    """One row with every column, also a removed one; None when there never was one."""
    columns = all_columns(record)
    found = db.execute(f"select {', '.join(columns)} from {record.key} where id = ?", (row_id,)).fetchone()
    return dict(zip(columns, found, strict=True)) if found else None


def get(reader: Any, record: Record, row_id: int) -> Row | None:
    """A living row for people: with `field.name` beside each reference."""
    columns = all_columns(record)
    references = record.references()
    names = [reference_name(f.ref, "t", f.name) for f in references]
    found = reader.execute(
        f"select {', '.join(f't.{c}' for c in columns)}{''.join(', ' + n for n in names)}"
        f" from {record.key} as t where t.id = ? and t.{LIVING}", (row_id,),
    ).fetchone()  # fmt: skip
    if not found:
        return None
    return dict(zip((*columns, *(f"{f.name}.name" for f in references)), found, strict=True))


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
        rollups.moved(self.db, record, None, row)
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
        logged = [n for n in changed if n == "gone" or (n in record.by_name and not record.by_name[n].derived)]
        self._note(record, new, dump({name: old[name] for name in logged}))
        rollups.moved(self.db, record, old, new)
        return new

    def _note(self, record: Record, row: Row, before: str | None) -> None:
        self.entry.rows(record.key, [(row["id"], row["version"], before, row_digest(self._keys, record, row))])


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
