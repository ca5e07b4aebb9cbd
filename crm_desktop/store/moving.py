"""A whole database from one place to another, with the same ids, versions, log and files: from one PC to a server, and back.

The place it comes from is only read, at one moment. What arrives is one transaction, compared row by row with what was read
before it is kept; cut off anywhere, the other place is as it was, and moving begins anew."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, Protocol

from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, catalog, moving_lines, schema
from crm_desktop.store.moving_lines import Block, Row, lines
from crm_desktop.store.store import Store

CHANGE = "id, seat, seq, at, who, action, reason, source, rows, hash"
CHANGE_ROW = "change_id, position, tbl, row_id, version, before, digest"
KEPT = "setting"
PATIENT = ("set local statement_timeout = 0", "set local idle_in_transaction_session_timeout = 0")  # a server waits for the other place, however slow
LOG = {"change": "hash", "change_row": "digest"}  # and the column of each that holds bytes
Part = tuple[str, tuple[str, ...], str]


class Step(Protocol):
    """Told how far it is; may raise to stop it."""

    def __call__(self, done: int, total: int) -> None: ...


class Moved:
    """What arrived: rows by table, and how many files."""

    def __init__(self, rows: dict[str, int], files: int) -> None:
        self.rows, self.files = rows, files

    @property
    def total(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


class Target(Protocol):
    """Where it arrives: each engine has its own way to write very many rows as they are."""

    def refuse_if_used(self) -> None: ...
    def shown(self, table: str, columns: Sequence[str]) -> Sequence[str]: ...
    def open(self) -> contextlib.AbstractContextManager[None]: ...
    def put(self, table: str, columns: Sequence[str], blocks: Iterator[Block]) -> None: ...  # a block has the cells of `shown`
    def blocks(self, sql: str) -> Iterator[list[Row]]: ...
    def summed(self, table: str, sql: str) -> str: ...
    def keep(self, name: str, content: BytesIO) -> None: ...
    def seal(self, since: str) -> None: ...


def columns_of(record: Record) -> tuple[str, ...]:
    """Every column of a record's table."""
    return tuple(schema.column_types(record))


def move(source: Store, target: Target, step: Step | None = None) -> Moved:
    """Bring everything over. Raises Refused when something is there already, or when what arrived is not what was read."""
    target.refuse_if_used()
    with _one_moment(source) as reader:
        return _bring(source, reader, target, list(_parts(source.records)), step, sealed=True)


def take_along(source: Store, target: Target, step: Step | None = None) -> Moved:
    """Bring over what whoever is logged in there may see: living rows, without the log."""
    target.refuse_if_used()
    with _one_moment(source) as reader:
        parts = [part for table, columns, order in _parts(source.records) if table not in LOG for part in _allowed(reader, table, columns, order)]
        return _bring(source, reader, target, parts, step, sealed=False)


@contextlib.contextmanager
def _one_moment(source: Store) -> Iterator[Any]:
    """A connection that sees what is there now, as long as it takes."""
    with contextlib.closing(source.open_reader()) as reader:
        reader.execute("begin")
        for sql in PATIENT if catalog.is_server(reader) else ():
            reader.execute(sql)
        yield reader
        reader.execute("rollback")


def is_same(source: Store, reader: Any, target: Target) -> bool:
    """True when all that moves is in the other place already, but for the seals, which each place makes itself."""
    for table, columns, order in _parts(source.records):
        shown = columns[:-1] if table in LOG else columns
        here, there = (summed(blocks) for blocks in (walked(reader, _select(table, shown, order)), target.blocks(_select(table, shown, order))))
        if here != there:
            return False
    return True


def summed(blocks: Iterable[Sequence[Row]]) -> str:
    """Count and sum of rows."""
    found = Sum()
    for rows in blocks:
        found.add(lines(rows), len(rows))
    return found.text


def _bring(source: Store, reader: Any, target: Target, parts: Sequence[Part], step: Step | None, *, sealed: bool) -> Moved:
    rows = {table: _select(table, columns, order, living=not sealed and table != KEPT) for table, columns, order in parts}
    total = sum(int(reader.execute(f"select count(*) from ({sql}) as x").fetchone()[0]) for sql in rows.values())
    files = _move_files(source, reader, target)
    told, counts, sums = _Told(step, total), dict[str, int](), dict[str, str]()
    since = schema.declared_at(reader)
    with target.open():
        for table, columns, _ in parts:
            found = Sum()
            target.put(table, columns, told.over(found.over(_blocks(reader, target, table, columns, rows[table]))))
            counts[table], sums[table] = found.count, found.text
        for table, sql in rows.items():
            if target.summed(table, sql) != sums[table]:
                raise Refused(Text("What arrived of {table} is not what was read. Nothing was kept; try again.", table=table))
        if sealed:
            target.seal(since)
    return Moved(counts, files)


def _parts(records: Sequence[Record]) -> Iterator[Part]:
    """Tables, their columns and their order, each after those it refers to."""
    for record in schema.referred_first(records):
        yield record.key, columns_of(record), "id"
    yield "change", tuple(CHANGE.split(", ")), "id"
    yield "change_row", tuple(CHANGE_ROW.split(", ")), "change_id, position"
    yield KEPT, ("key", "value"), "key"


def _allowed(reader: Any, table: str, columns: Sequence[str], order: str) -> Iterator[Part]:
    """What of a table the log-in may read: nothing, some columns, or all."""
    sql = "select a.attname from pg_attribute as a where a.attrelid = to_regclass(?) and a.attnum > 0 and has_column_privilege(a.attrelid, a.attnum, 'select')"
    may = {row[0] for row in reader.execute(sql, (table,)).fetchall()}
    shown = tuple(name for name in columns if name in may)
    if "id" in shown or table == KEPT:
        yield table, shown, order


def _select(table: str, columns: Sequence[str], order: str, *, living: bool = False) -> str:
    return f"select {', '.join(columns)} from {table}{f' where {schema.LIVING}' if living else ''} order by {order}"


def _blocks(reader: Any, target: Target, table: str, columns: Sequence[str], sql: str) -> Iterator[Block]:
    shown = target.shown(table, columns)
    if catalog.is_server(reader) or shown == columns:
        return (Block(rows, lines(rows)) for rows in walked(reader, sql))
    return moving_lines.blocks(reader, columns, shown, sql[sql.index(" from ") :], LOG.get(table, ""))


def walked(reader: Any, sql: str) -> Iterator[list[Row]]:
    """The rows of a long answer, block by block as they come, on either engine."""
    found = iter(reader.stream(sql, size=moving_lines.SIZE) if catalog.is_server(reader) else reader.execute(sql))
    while block := list(islice(found, moving_lines.SIZE)):
        yield block


def _move_files(source: Store, reader: Any, target: Target) -> int:
    names = attached.digests(reader)
    for name in names:
        target.keep(name, BytesIO(b"".join(source.read_file(name))))
    return len(names)


class _Told:
    """Tells how many rows have gone over."""

    def __init__(self, step: Step | None, total: int) -> None:
        self._step, self._total, self._done = step, total, 0

    def over(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The same rows, counted."""
        for block in blocks:
            self._done += len(block.rows)
            if self._step:
                self._step(self._done, self._total)
            yield block


class Sum:
    """Count and sum of the rows of one table, the same whichever engine they come from."""

    def __init__(self) -> None:
        self.count, self._sum = 0, hashlib.blake2b(digest_size=16)

    def over(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The same rows, summed."""
        for block in blocks:
            self.add(block.lines, len(block.rows))
            yield block

    def add(self, more: bytes | bytearray | memoryview, rows: int) -> None:
        """Further lines, and how many rows they are."""
        self.count += rows
        self._sum.update(more)

    @property
    def text(self) -> str:
        """Count and sum so far."""
        return f"{self.count} {self._sum.hexdigest()}"
