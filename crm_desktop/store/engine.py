"""The writer: sqlite-utils, with transactions that take the write lock before they read."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.store import database  # its alias must come before sqlite_utils

import sqlite_utils  # isort: skip

from crm_desktop.record.record import Record
from crm_desktop.store.keys import Keys
from crm_desktop.store.schema import migrations

MANY_ROWS, BULK_CACHE_MB = 10_000, 256


class Local(sqlite_utils.Database):
    """sqlite_utils.Database whose outermost `atomic` is BEGIN IMMEDIATE: a deferred one that reads first and
    writes later fails at once when another seat writes in between."""

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

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows."""
        self.conn.executemany(sql, rows)


def open_engine(path: Path, keys: Keys) -> Local:
    """The database at `path`, ready to be written through sqlite-utils."""
    return Local(database.connect(path, keys), strict=True)


def empty_reader(records: Sequence[Record]) -> Any:
    """A connection to an empty database in memory, for looking at a file before there is a database."""
    made = Local(database.in_memory(), strict=True)
    migrations(records).apply(made)
    return made.conn
