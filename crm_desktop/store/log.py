"""The change log: one entry for each user action, its rows, and a seal that chains every entry to the one before.

A row's digest is a keyed BLAKE2b over its id and given values; an entry's hash is an HMAC over the previous hash of
this seat, the entry's own fields and its rows: what they were before, and their digests. The newest hash is also noted
outside the database after COMMIT."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, repeat
from typing import Any

from crm_desktop.record.dates import now
from crm_desktop.record.ids import new_id
from crm_desktop.record.kinds import Memo, Value
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store.keys import Keys

DIGEST_BYTES = 16
GENESIS = b""
dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
INSERT_ROW = "insert into change_row (change_id, position, tbl, row_id, version, before, digest) values (?, ?, ?, ?, ?, ?, ?)"
LISTED_ROWS = 1000
OUTSIDE = Text("Changed outside the program")  # on a server: by somebody's own SQL
FOR = "|"  # between who did something and in whose place
BULK = ("Imported", "Sample hotel made")  # actions of rows: whoever brings them in did not ask for what they are about
BY_ITSELF = "by-itself"  # the source of what the program does without being asked: nobody's to undo
Head = tuple[str, int, bytes]  # seat, sequence and seal of an entry


class Change:
    """What one user action did: its id, its words, and the rows it touched (the first thousand by name)."""

    def __init__(self, change_id: int, action: str) -> None:
        self.id, self.action = change_id, action
        self.tables: set[str] = set()
        self.rows: list[tuple[str, int]] = []
        self.count = 0
        self.source = ""
        self.quiet = False  # true: nobody is told
        self.undid: Text | None = None  # of an undo or redo: what it turned back


def digest(keys: Keys, table: str, row_id: int, values: Sequence[Value]) -> bytes:
    """The seal of one row's given values."""
    return hashlib.blake2b(dump([table, row_id, *values]).encode(), key=keys.seal, digest_size=DIGEST_BYTES).digest()


def _cell(value: Value) -> str:
    """`dump` of one value: numbers are written without asking it, as every import key is another."""
    return str(value) if type(value) is int else dump(value)


class Texts:
    """Rows as JSON without their brackets, made column by column: a column of a hotel's file holds few different values."""

    def __init__(self) -> None:
        self._known: dict[str, Memo] = {}

    def of(self, names: Sequence[str], columns: Mapping[str, Sequence[Value]], same: Mapping[str, Value] | None = None) -> Iterator[str]:
        """Each row's cells as `dump` writes them, joined by commas. `same`: some columns, not all, that hold one value in all rows;
        those that follow each other are one piece."""
        same = same or {}
        cells = list[Iterable[str]]()
        for alike, run in groupby(names, key=same.__contains__):
            if alike:
                cells.append(repeat(",".join(_cell(same[name]) for name in run)))
            else:
                cells += [map(self._known.setdefault(name, Memo(_cell)).__getitem__, columns[name]) for name in run]
        return map(",".join, zip(*cells, strict=False))  # what is repeated has no end


def digests(keys: Keys, table: str, ids: Sequence[int], texts: Iterable[str]) -> list[bytes]:
    """`digest` of many rows at once, from their Texts."""
    begun, out = hashlib.blake2b(dump([table])[:-1].encode(), key=keys.seal, digest_size=DIGEST_BYTES), []
    for row_id, text in zip(ids, texts, strict=True):
        seal = begun.copy()
        seal.update(f",{row_id},{text}]".encode())
        out.append(seal.digest())
    return out


def row_digest(keys: Keys, record: Record, row: Row) -> bytes:
    """`digest` of a row read whole."""
    return digest(keys, record.key, row["id"], [row[name] for name in record.values])


def chained(keys: Keys, previous: bytes, meta: Sequence[Any], rows: Iterable[bytes]) -> bytes:
    """The hash of an entry: `meta` is (id, seat, seq, at, who, action, reason, source, rows), `rows` one `noted` each."""
    seal = hmac.new(keys.seal, previous, "sha256")
    seal.update(dump(list(meta)).encode())
    for part in rows:
        seal.update(part)
    return seal.digest()


def noted(row: Sequence[Any]) -> bytes:
    """What the hash of an entry covers of one row: (table, row id, version, before, digest)."""
    return f"{row[0]} {row[1]} {row[2]} {row[3]} ".encode() + bytes(row[4])


def newest_id(db: Any) -> int:
    """The newest change there is; 0 in an empty log."""
    return int(db.execute("select max(id) from change").fetchone()[0] or 0)


def newest_at(db: Any) -> str:
    """When the newest change was made, by the clock of then; '' in an empty log."""
    found = db.execute("select at from change order by id desc limit 1").fetchone()
    return str(found[0]) if found else ""


class Entry:
    """The log entry being written inside one transaction."""

    def __init__(self, db: Any, keys: Keys, *, seat: str, who: str, action: str, reason: str, source: str) -> None:
        self._db, self._keys, self.reason = db, keys, reason
        head = db.execute("select seq, hash from change where seat = ? order by seq desc limit 1", (seat,)).fetchone()
        self._seq: int = head[0] + 1 if head else 1
        self._previous = bytes(head[1]) if head else GENESIS
        self._meta: tuple[Any, ...] = (seat, self._seq, now(), who, action, reason, source)
        self._sealed: list[bytes] = []
        self.change = Change(max(new_id(), newest_id(db) + 1), action)  # in order also when the clock was put back
        self.change.source = source

    def rows(self, table: str, rows: Iterable[tuple[int, int, str | None, bytes]]) -> None:
        """Note rows as (id, new version, JSON of the changed columns before, digest)."""
        change, start = self.change, self.change.count
        block = [(change.id, start + n, table, *row) for n, row in enumerate(rows)]
        self._db.many(INSERT_ROW, block)
        self._noted(table, [row[2:] for row in block])

    def copied(self, table: str, select: str, parameters: Sequence[Any]) -> int:
        """Note rows by a statement giving (row id, new version, before, digest) in order; returns how many."""
        change, start = self.change, self.change.count
        self._db.execute(
            "insert into change_row (change_id, position, tbl, row_id, version, before, digest)"
            f" select ?, ? + row_number() over (order by 1) - 1, ?, a, b, c, d from ({select})",
            (change.id, start, table, *parameters),
        )
        done = self._db.execute(
            "select tbl, row_id, version, before, digest from change_row where change_id = ? and position >= ? order by position",
            (change.id, start),
        ).fetchall()
        self._noted(table, done)
        return len(done)

    def _noted(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        change = self.change
        change.count += len(rows)
        change.tables.add(table)
        change.rows += [(table, row[1]) for row in rows[: max(0, LISTED_ROWS - len(change.rows))]]
        self._sealed += map(noted, rows)

    def acts_for(self, name: str) -> None:
        """Note that it was done in the place of somebody else."""
        seat, seq, at, who, *rest = self._meta
        self._meta = (seat, seq, at, f"{who}{FOR}{name}", *rest)

    def again(self) -> None:
        """Go on from the newest entry as it is now: what stood before was sealed anew."""
        found = self._db.execute("select hash from change where seat = ? and seq = ?", (self._meta[0], self._seq - 1)).fetchone()
        self._previous = bytes(found[0]) if found else GENESIS

    def close(self) -> Head:
        """Write the entry itself; returns seat, sequence and hash for the head file."""
        meta = (self.change.id, *self._meta, self.change.count)
        seal = chained(self._keys, self._previous, meta, self._sealed)
        self._db.execute("insert into change values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*meta, seal))
        return self._meta[0], self._seq, seal


def note_head(keys: Keys, head: Head) -> None:
    """Write the newest seal outside the database. It may lag behind after a power cut; it is never ahead."""
    seat, seq, seal = head
    descriptor = os.open(keys.head_file, os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        written = os.write(descriptor, f"{seq:020d} {seal.hex()} {json.dumps(seat)}\n".encode())
        os.ftruncate(descriptor, written)
    finally:
        os.close(descriptor)


def noted_head(keys: Keys) -> Head | None:
    """The entry noted outside, or None when there is none yet."""
    try:
        seq, seal, seat = keys.head_file.read_text("utf-8").removesuffix("\n").split(" ", 2)
        return str(json.loads(seat)), int(seq), bytes.fromhex(seal)
    except (OSError, ValueError):  # none, or torn by a power cut
        return None
