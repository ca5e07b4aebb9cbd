"""Rows inside one logged change: added, updated, removed; each guarded by the version it was read at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol

from crm_desktop.record.ids import new_id
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import dated, rollups
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Entry, Texts, digests, dump, row_digest
from crm_desktop.store.row_reads import (
    BLOCK,
    all_columns,
    code_of,
    get,
    goes_along,
    holder,
    in_use,
    leads_back,
    may_see,
    missing,
    next_number,
    pointed,
    read,
    read_many,
    reference_name,
)
from crm_desktop.store.schema import LIVING

__all__ = [
    "BLOCK", "Gate", "InTurn", "Stale", "Writing", "all_columns", "code_of", "get", "holder", "in_use", "leads_back", "may_see", "missing", "next_number", "pointed", "read", "read_many", "reference_name",
]  # fmt: skip


class Stale(Refused):
    """The row is no longer as it was read: `theirs` is what it is now, None when it is gone."""

    def __init__(self, theirs: Row | None) -> None:
        if theirs is None:
            super().__init__(Text("This record was removed meanwhile. What you typed is still here."))
        else:
            super().__init__(Text("Someone else changed this record meanwhile. What you typed is still here."))
        self.theirs = theirs


class InTurn(Exception):
    """This can only be done while nobody else writes; nothing of it was done yet."""


class Gate(Protocol):
    """What every row of a change is shown to before it is written; it raises Refused for what may not be."""

    def adding(self, record: Record, row: Row | None, /) -> None: ...
    def changing(self, record: Record, old: Row, changed: Sequence[str], /) -> None: ...


class _Ways:
    """What is the same for every row of a record that is changed with many others."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._columns = ("gone", *record.columns)
        self._settling = {*record.settle_on, *(record.found_on if record.searched else ())}
        self._values, self._texts = record.values, Texts()

    def changed(self, old: Row, values: Row) -> tuple[Row, Row, tuple[str, ...]]:
        """A row before and after, and the columns that change."""
        new = old | values | {"version": old["version"] + 1}
        if not self._settling.isdisjoint(values):
            new |= self.record.settled(new)
        return old, new, tuple([name for name in self._columns if new[name] != old[name]])

    def digests(self, keys: Keys, rows: Sequence[Row]) -> list[bytes]:
        """The seal of each row."""
        columns = {name: [row[name] for row in rows] for name in self._values}
        return digests(keys, self.record.key, [row["id"] for row in rows], self._texts.of(self._values, columns))


class Writing:
    """The rows of one change, inside its transaction.

    `effective`: the day from which what is changed holds, for what is kept with its days ('' = the business day);
    `because`: why a row changes, where that is more than the reason of the whole action."""

    def __init__(self, db: Any, keys: Keys, entry: Entry, records: Sequence[Record] = (), gate: Gate | None = None) -> None:
        self.db, self.keys, self.entry, self._records, self._gate = db, keys, entry, records, gate
        self.effective = self.because = ""
        self.rests_on: list[tuple[str, int]] | None = None  # prepared before its turn: the rows, as (record, id), it was checked by
        self._meant: dict[str, list[tuple[Record, Field, str]]] = {}  # who refers to a record as something, and the column that says so

    def record(self, key: str) -> Record | None:
        """A record of this database by its key."""
        return next((record for record in self._records if record.key == key), None)

    def rests(self, record: Record, row: Row) -> None:
        """Note what a row was checked by: itself and what it refers to. Nothing to note while nobody else writes."""
        if self.rests_on is not None:
            self.rests_on += [(field.ref, row[field.name]) for field in record.references() if row.get(field.name) is not None]
            self.rests_on += [(record.key, row["id"])] if row.get("id") else []

    def in_turn(self) -> None:
        """What follows is checked by more than that. Raises InTurn unless it is this seat's turn."""
        if self.rests_on is not None:
            raise InTurn

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What the program keeps of a row goes with the row: whoever may change that needs no further right."""
        gate, self._gate = self._gate, None
        try:
            yield
        finally:
            self._gate = gate

    def add(self, record: Record, values: Row, row_id: int | None = None) -> int:
        """A new row; returns its id."""
        row = self._new(record, values, row_id or new_id())
        columns = all_columns(record)
        self.db.put(record.key, {name: row[name] for name in columns})
        self._note(record, row, None)
        rollups.moved(self.db, record, [(None, row)])
        dated.moved(self, record, None, row)
        return int(row["id"])

    def _new(self, record: Record, values: Row, row_id: int) -> Row:
        """A new row, whole, that the gate lets in."""
        row: Row = {"id": row_id, "version": 1, "gone": None}
        row |= {f.name: f.default for f in record.fields} | record.typed(values)
        row |= record.settled(row)
        if self._gate:
            self._gate.adding(record, row)
        return row

    def add_several(self, record: Record, rows: Mapping[int, Row]) -> None:
        """`add` for many rows by their ids."""
        columns = all_columns(record)
        whole = [self._new(record, values, row_id) for row_id, values in rows.items()]
        self.db.many(_insert(record, columns), [[row[name] for name in columns] for row in whole])
        self.entry.rows(record.key, [(row["id"], 1, None, row_digest(self.keys, record, row)) for row in whole])
        rollups.moved(self.db, record, [(None, row) for row in whole])
        for row in whole if record.dated else ():
            dated.moved(self, record, None, row)

    def add_many(self, record: Record, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], digests: Sequence[bytes]) -> None:
        """New rows that are whole, settled and sealed already; the first column is the id. Sums and what is kept with its
        days are the caller's."""
        if self._gate:
            self._gate.adding(record, None)
        self.db.many(_insert(record, columns), rows)
        self.entry.rows(record.key, [(row[0], 1, None, seal) for row, seal in zip(rows, digests, strict=True)])

    def update(self, record: Record, row_id: int, version: int, values: Row, *, old: Row | None = None) -> Row:
        """Change some columns of a row read at `version`; returns the row as it is now. Raises Stale.

        `old`: the row as it was read in this very transaction."""
        old = self._living(record, row_id, version, old)
        new = old | record.typed(values)
        new |= record.settled(new)
        if record.searched and all(new[name] == old[name] for name in record.found_on):  # whoever does not see all of them would lose the words
            new |= {"sort": old["sort"], "terms": old["terms"]}
        changed = [name for name in record.columns if new[name] != old[name]]
        self._check_meaning(record, row_id, changed)
        if not changed:
            return old
        done = self._write(record, old, new, changed)
        dated.moved(self, record, old, done)
        return done

    def update_many(self, record: Record, updates: Sequence[tuple[int, int, Row]]) -> None:
        """`update` for many rows as (id, version, values), a block at a time; a value for `gone` brings a row back."""
        ways = _Ways(record)
        for at in range(0, len(updates), BLOCK):
            block = updates[at : at + BLOCK]
            olds = read_many(self.db, record, [row_id for row_id, _, _ in block])
            pairs = [self._pair(ways, olds.get(row_id), version, values) for row_id, version, values in block]
            self._write_many(ways, [(old, new, changed) for old, new, changed in pairs if changed])
            for old, new, _ in pairs if record.dated else ():
                dated.moved(self, record, old, new)

    def rewrite_many(self, record: Record, befores: Mapping[int, Row]) -> None:
        """`rewrite` for many different rows, a block at a time."""
        ids, ways = list(befores), _Ways(record)
        for at in range(0, len(ids), BLOCK):
            block, pairs = ids[at : at + BLOCK], []
            olds = read_many(self.db, record, block)
            for row_id in block:
                pairs.append(ways.changed(olds[row_id], befores[row_id]))
            self._write_many(ways, pairs)

    def _pair(self, ways: _Ways, old: Row | None, version: int, values: Row) -> tuple[Row, Row, tuple[str, ...]]:
        """A row before and after, and the columns that change. Raises Stale."""
        if old is None or old["version"] != version or (old["gone"] is not None and "gone" not in values):
            raise Stale(None)
        pair = ways.changed(old, ways.record.typed(values))
        self._check_meaning(ways.record, old["id"], pair[2])
        return pair

    def _write_many(self, ways: _Ways, pairs: Sequence[tuple[Row, Row, tuple[str, ...]]]) -> None:
        record = ways.record
        for old, _, changed in pairs if self._gate else ():
            self._gate.changing(record, old, changed)  # type: ignore[union-attr]
        for changed, alike in groupby(pairs, key=itemgetter(2)):  # in their order: a code may go from one row to the next
            sets = "".join(f"{name} = ?, " for name in changed)
            rows = [(*(new[name] for name in changed), new["id"]) for _, new, _ in alike]
            if self.db.many(f"update {record.key} set {sets}version = version + 1 where id = ?", rows) < len(rows):
                raise Refused(Text("Some of these {records} are not yours to change. Nothing was changed.", records=record.many))
        seals = ways.digests(self.keys, [new for _, new, _ in pairs])
        noted = [(new["id"], new["version"], _before(record, old, changed), seal) for (old, new, changed), seal in zip(pairs, seals, strict=True)]
        self.entry.rows(record.key, noted)
        rollups.moved(self.db, record, [(old, new) for old, new, _ in pairs])

    def _check_meaning(self, record: Record, row_id: int, changed: Sequence[str]) -> None:
        """A row that others refer to as what it is (an agency) cannot become something else."""
        if record.key not in self._meant:
            self._meant[record.key] = [(other, field, field.ref_where[0]) for other in self._records for field in other.references() if field.ref == record.key and field.ref_where]
        for other, field, column in self._meant[record.key]:
            sql = f"select 1 from {other.key} where {field.name} = ? and {LIVING} limit 1"
            if column not in changed:
                continue
            self.in_turn()
            if self.db.execute(sql, (row_id,)).fetchone():
                raise Refused(
                    Text("{records} refer to this as {label}, so it cannot become something else.", records=other.many, label=field.label)
                )

    def remove(self, record: Record, row_id: int, version: int) -> None:
        """Take a row out of every list; it stays in the table and can be put back. Raises Stale, Refused."""
        old = self._living(record, row_id, version)
        dated.gone(self, record, row_id)
        with self.kept():
            _take_along(self, self._records, record.key, row_id)
        self._write(record, old, old | {"gone": self.entry.change.id}, ["gone"])

    def rewrite(self, record: Record, row_id: int, before: Row, version: int | None = None) -> None:
        """Put earlier column values back (undo); the caller has checked the version, or gives it. Raises Stale."""
        old = read(self.db, record, row_id)
        if old is None or version not in (None, old["version"]):
            raise Stale(old)
        new = old | before
        new |= record.settled(new)
        self._write(record, old, new, [n for n in ("gone", *record.columns) if new[n] != old[n]])

    def _living(self, record: Record, row_id: int, version: int, old: Row | None = None) -> Row:
        old = old or read(self.db, record, row_id)
        if old is None or old["gone"] is not None:
            raise Stale(None)
        if old["version"] != version:
            raise Stale(get(self.db, record, row_id))
        return old

    def _write(self, record: Record, old: Row, new: Row, changed: Sequence[str]) -> Row:
        if self._gate:
            self._gate.changing(record, old, changed)
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
        self.entry.rows(record.key, [(row["id"], row["version"], before, row_digest(self.keys, record, row))])


def _insert(record: Record, columns: Sequence[str]) -> str:
    return f"insert into {record.key} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"


def _before(record: Record, old: Row, changed: Sequence[str]) -> str:
    """What the log keeps of a row: the changed columns that a person or file gives, as they were."""
    return dump({n: old[n] for n in changed if n == "gone" or (n in record.by_name and not record.by_name[n].derived)})


def _take_along(writing: Writing, records: Sequence[Record], table: str, row_id: int) -> None:
    """With a row that is removed go those the program made about it."""
    for record in (each for each in records if each.along[0]):
        column, made = record.along
        about = [field.name for field in record.references() if field.ref == table and goes_along(record, field)]
        for name in about:
            sql = f"select id, version from {record.key} where {name} = ? and {column} = ? and {LIVING} order by id"
            for found in writing.db.execute(sql, (row_id, made)).fetchall():
                writing.remove(record, found[0], found[1])
