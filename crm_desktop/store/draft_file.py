"""What is typed and not saved, of one running program: a small file beside the database, encrypted with its key.

Each program has a file of its own and holds its lock while it runs. A file whose lock is free was left behind, by a
crash or on closing: the next program takes its drafts over."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from crm_desktop.record.text import Refused
from crm_desktop.store import database, locks
from crm_desktop.store.folders import DRAFTS, discard
from crm_desktop.store.keys import Keys

TABLE = "create table if not exists draft (key text primary key, content text not null) strict"
LOCK = ".lock"


class DraftFile:
    """The drafts of this program. Nothing is on the disk before the first; one thread at a time uses it."""

    def __init__(self, path: Path, keys: Keys, person: str = "") -> None:
        """`person`: who signed in; nobody finds the drafts of somebody else."""
        self._starts = [f"{path.name}{DRAFTS}{person}-", f"{path.name}{DRAFTS}"] if person else [f"{path.name}{DRAFTS}"]
        self.path, self._database, self._keys = path.with_name(f"{self._starts[0]}{secrets.token_hex(4)}"), path, keys
        self._lock = -1
        self._connection: Any = None

    def write(self, kept: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        """Keep these drafts and forget those, all or nothing, on the disk when this returns."""
        gone = list(gone)
        if not kept and (self._connection is None or not gone):
            return
        connection = self._open()
        connection.execute("begin immediate")
        try:
            connection.executemany("insert or replace into draft (key, content) values (?, ?)", list(kept.items()))
            connection.executemany("delete from draft where key = ?", [(key,) for key in gone])
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise

    def take_over(self) -> dict[str, str]:
        """The drafts that programs left behind; from now on they are in this file. What cannot be read stays."""
        found: dict[str, str] = {}
        for file in self._others():
            with _free(file) as free:
                if not free or not file.exists():
                    continue
                left = self._read(file)
                if left is not None:
                    self.write(left)
                    found |= left
                    discard(file)
        return found

    def rewrite(self, become: Callable[[str, str], str]) -> None:
        """Have every draft become other words ('' = none) for good, also those that programs left behind, whoever typed them.

        `become` is given a draft's key and its content."""
        if self._connection is not None:
            _rewrite(self._connection, become)
        for file in self._left():
            with _free(file) as free, suppress(database.Error, Refused):
                if free and file.exists():
                    with closing(database.connect(file, self._keys, cache_mb=1)) as other:
                        other.execute(TABLE)
                        _rewrite(other, become)

    def _left(self) -> list[Path]:
        """The files of other programs, of any person."""
        start, ends = f"{self._database.name}{DRAFTS}", (LOCK, "-wal", "-shm", "-journal")
        with suppress(OSError):
            return sorted(path for path in self._database.parent.iterdir() if path != self.path and path.name.startswith(start) and not path.name.endswith(ends))
        return []

    def close(self) -> None:
        """Let go of the file; an empty one is taken away."""
        if self._connection is None:
            return
        empty = not self._connection.execute("select count(*) from draft").fetchone()[0]
        self._connection.close()
        self._connection = None
        if empty:
            discard(self.path)
        os.close(self._lock)
        if empty:
            with suppress(OSError):
                _lock_of(self.path).unlink()

    def _open(self) -> Any:
        if self._connection is None:
            self._lock = os.open(_lock_of(self.path), os.O_CREAT | os.O_RDWR, 0o600)
            try:
                locks.take(self._lock, alone=True)
                self._connection = self._connect()
            except BaseException:
                os.close(self._lock)
                raise
        return self._connection

    def _connect(self) -> Any:
        """The file with its table; nothing stays open where the disk is full: the next draft tries anew."""
        connection = database.connect(self.path, self._keys, cache_mb=1)
        try:
            connection.execute(TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _others(self) -> list[Path]:
        """Files of this person, and those from before anybody signed in."""
        with suppress(OSError):
            there = [path for path in self._database.parent.iterdir() if path != self.path]
            return sorted(path for path in there for start in self._starts if path.name.startswith(start) and len(path.name) == len(start) + 8)
        return []

    def _read(self, file: Path) -> dict[str, str] | None:
        """The drafts of a file; None for one that cannot be read."""
        try:
            with closing(database.connect(file, self._keys, cache_mb=1)) as other:
                other.execute(TABLE)  # it may have been left before there was one
                return dict(other.execute("select key, content from draft").fetchall())
        except Exception as error:
            if isinstance(error, database.Error | OSError | Refused):
                return None
            raise


def _rewrite(connection: Any, become: Callable[[str, str], str]) -> None:
    for key, content in connection.execute("select key, content from draft").fetchall():
        new = become(key, content)
        if not new:
            connection.execute("delete from draft where key = ?", (key,))
        elif new != content:
            connection.execute("update draft set content = ? where key = ?", (new, key))
    connection.execute("pragma wal_checkpoint(truncate)")


def _lock_of(file: Path) -> Path:
    return file.with_name(file.name + LOCK)


@contextmanager
def _free(file: Path) -> Iterator[bool]:
    """True when no running program holds the file; until the end nobody else gets it."""
    lock = _lock_of(file)
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        free = locks.take(descriptor, alone=True)
        yield free
    finally:
        os.close(descriptor)
        if not file.exists():
            with suppress(OSError):
                lock.unlink()
