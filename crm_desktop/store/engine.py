"""The writer: sqlite-utils, with transactions that take the write lock before they read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.store import database  # its alias must come before sqlite_utils

import sqlite_utils  # isort: skip

from crm_desktop.record.record import Record
from crm_desktop.store import look_ahead
from crm_desktop.store.keys import Keys
from crm_desktop.store.schema import LIVING, migrations, search_sql

MANY_ROWS, BULK_CACHE_MB = 10_000, 256


class Local(sqlite_utils.Database):
    """sqlite_utils.Database whose outermost `atomic` is BEGIN IMMEDIATE: a deferred one that reads first and
    writes later fails at once when another seat writes in between."""

    remakes_indexes = True
    keeps_sums = False  # the program adds up what rows mean for those they refer to

    @contextlib.contextmanager
    def atomic(self) -> Generator[sqlite_utils.Database, None, None]:
        """A transaction; inside another one, a savepoint."""
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        self.conn.execute("begin immediate")
        try:
            yield self
        except BaseException:
            self.rollback()
            raise
        try:
            self.conn.execute("commit")
        except BaseException:
            self.rollback()
            raise

    @contextlib.contextmanager
    def room_for(self, rows: int) -> Generator[None, None, None]:
        """A larger page cache while very many rows are written: a small one writes each page many times over."""
        if rows < MANY_ROWS:
            yield
            return
        self.conn.execute(f"pragma cache_size = -{BULK_CACHE_MB * 1024}")
        try:
            yield
        finally:
            self.conn.execute(f"pragma cache_size = -{database.WRITER_CACHE_MB * 1024}")
            self.conn.execute("pragma shrink_memory")

    def look_ahead(self, record: Record, coming: Callable[[str], Collection[Any]], ids: Collection[int], rows: int) -> None:
        """Read what very many coming rows will touch, before anybody must wait for it."""
        if rows >= MANY_ROWS:
            look_ahead.look_ahead(self, record, coming, ids, rows)

    def put(self, table: str, row: Mapping[str, Any]) -> None:
        """A new row. sqlite-utils would list all tables first."""
        self.conn.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """One statement for many rows; how many it touched."""
        return int(self.conn.executemany(sql, rows).rowcount)

    def index_statement(self, name: str) -> str:
        """How an index was declared; '' when there is none."""
        found = self.execute("select sql from sqlite_master where type = 'index' and name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def search_index(self, record: Record) -> None:
        """What finds the rows of a new table by any piece of their words."""
        for sql in search_sql(record):
            self.execute(sql)

    def renew_search(self, record: Record) -> None:
        """The same for a table that is there: made anew when there is none or it is another."""
        table, index = record.key, f"{record.key}_fts"
        wanted = search_sql(record)
        found = self.execute("select sql from sqlite_master where name = ?", (index,)).fetchone()
        if found and found[0].lower() == wanted[0].replace(" if not exists", "").lower():
            return
        for trigger in ("ai", "ad", "au"):
            self.execute(f"drop trigger if exists {table}_{trigger}")
        self.execute(f"drop table if exists {index}")
        self.search_index(record)
        self.execute(f"insert into {index} (rowid, terms) select id, terms from {table} where {LIVING}")


def open_engine(path: Path, keys: Keys) -> Local:
    """The database at `path`, ready to be written through sqlite-utils."""
    return Local(database.connect(path, keys), strict=True)


def in_memory() -> Local:
    """An empty database that is gone when it is closed."""
    return Local(database.in_memory(), strict=True)


def empty_reader(records: Sequence[Record]) -> Any:
    """A connection to an empty database in memory, for looking at a file before there is a database."""
    made = in_memory()
    migrations(records).apply(made)
    return made.conn
