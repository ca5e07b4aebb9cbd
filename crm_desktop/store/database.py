"""The one module that opens a database.

The alias below must come before sqlite-utils is imported anywhere: it makes sqlite-utils catch SQLCipher's own
exceptions. Reasons for each setting: docs/decisions/001-sqlcipher.md."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import sqlcipher3
import sqlcipher3.dbapi2 as sqlite3

from crm_desktop.record.os_words import AWAY, IN_USE, TOO_MANY, why
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.keys import Keys

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlite3

OLDEST_SAFE = (3, 51, 3)  # earlier ones can lose a WAL that two connections reset at once
SETTINGS = (
    "synchronous = full", "foreign_keys = on", "trusted_schema = off", "cell_size_check = on",
    "mmap_size = 0", "secure_delete = on", "temp_store = memory",
)  # fmt: skip
WRITER_CACHE_MB, READER_CACHE_MB = 32, 16
BUSY_SECONDS = 10.0
WRITE_BUSY_SECONDS = 120.0  # a save that meets a long import waits for it, and the window says so
Error = sqlite3.Error
Connection = sqlite3.Connection


class Reader(Protocol):
    """What reads need of a connection, on either engine."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def interrupt(self) -> None: ...
    def close(self) -> None: ...


def connect(path: Path, keys: Keys, *, readonly: bool = False, cache_mb: int = WRITER_CACHE_MB) -> Any:
    """An open connection with every setting the data needs. Raises Refused when the file is not ours."""
    if sqlite3.sqlite_version_info < OLDEST_SAFE:
        raise Refused(Text("The database engine here is too old to be safe; install the packages again."))
    if not readonly and not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # -wal and -shm take over its mode
    name = f"file:{_quoted(path)}?mode={'ro' if readonly else 'rw'}"
    timeout = BUSY_SECONDS if readonly else WRITE_BUSY_SECONDS
    connection = sqlite3.connect(name, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        _prepare(connection, path, keys, readonly, cache_mb)
    except BaseException:
        connection.close()
        raise
    return connection


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()).replace("\\", "/"))


def _prepare(connection: Any, path: Path, keys: Keys, readonly: bool, cache_mb: int) -> None:
    connection.execute("pragma cipher_log_level = none")
    connection.execute(f"pragma key = \"x'{keys.secret}'\"")
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):  # its id and key are there: it was ours
            raise Refused(Text("{file} is damaged: it cannot be read. Restore a backup.", file=path)) from error
        raise
    if readonly:
        connection.execute("pragma query_only = on")
    elif connection.execute("pragma journal_mode = wal").fetchone()[0] != "wal":
        raise Refused(Text("The folder of {file} cannot hold a safe database; choose a folder on this PC's own disk.", file=path))
    for setting in (*SETTINGS, f"cache_size = -{cache_mb * 1024}"):
        connection.execute("pragma " + setting)


def engine_versions() -> tuple[str, str, str]:
    """The versions of SQLite, of SQLCipher and of the library it ciphers with that are really in use."""
    connection = in_memory()
    try:
        connection.execute("pragma key = 'only to ask'")
        found = [connection.execute(f"pragma {name}").fetchone() for name in ("cipher_version", "cipher_provider_version")]
    finally:
        connection.close()
    cipher, crypto = (str(row[0]) if row else "" for row in found)  # "4.19.0 community", "OpenSSL 3.6.0 1 Oct 2025"
    return sqlite3.sqlite_version, cipher.partition(" ")[0], crypto.removeprefix("OpenSSL ").partition(" ")[0]


def in_memory() -> Any:
    """An empty database that is gone when it is closed."""
    return sqlite3.connect(":memory:", isolation_level=None)


def attach_plain(connection: Any, path: Path) -> None:
    """Attach an unencrypted file to an encrypted connection as `plain`."""
    connection.execute("attach database ? as plain key ''", (str(path),))


def explain(error: BaseException) -> Refused:
    """The sentence for what the machine under the database refused; Refused itself passes through."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, OSError):
        return Refused(_SIGNS.get(error.errno or 0) or _refused(why(error)))
    if (known := getattr(error, "text", None)) is not None:  # of a server
        return Refused(known)
    if isinstance(error, MemoryError):
        return Refused(NO_MEMORY)
    words = str(error).lower()
    for sign, text in _SENTENCES:
        if sign in words:
            return Refused(text)
    return Refused(_refused(str(error)))


def of_the_machine(error: BaseException) -> Refused | None:
    """The sentence for what is the fault of the disk, its rights, or another program; None for a fault of this one."""
    if isinstance(error, OSError):
        return explain(error) if error.errno in _SIGNS or why(error) in (AWAY, IN_USE, TOO_MANY) else None
    if isinstance(error, MemoryError):
        return Refused(NO_MEMORY)
    words = str(error).lower() if isinstance(error, Error) else ""
    return explain(error) if any(sign in words for sign, _ in _MACHINE) else None


def is_damage(error: object) -> bool:
    """True for what sounds like a damaged file: to be looked at again before it is believed."""
    return isinstance(error, (Refused, Error)) and explain(error).text.source in DAMAGE


def has_zeros(row: Sequence[Any]) -> bool:
    """True where a text may end in zeros that nobody wrote."""
    return any(isinstance(value, str) and "\0" in value for value in row)


def believe(connection: Any, rows: Iterable[Sequence[Any]], sql: str, values: Sequence[Any]) -> None:
    """Raise Error where rows that were just read by this statement are not what was written.

    The engine gives the last page of a long text as zeros when its seal does not hold, and says so only with the next page it
    reads in the same transaction: a text with zeros in it is read again with something after it."""
    if not any(map(has_zeros, rows)):
        return
    connection = getattr(connection, "conn", connection)  # of the writer
    own = not connection.in_transaction
    connection.execute("begin" if own else "pragma shrink_memory")
    try:
        connection.execute(sql, values).fetchall()
        say_damage(connection)
    finally:
        if own:
            with contextlib.suppress(Error):
                connection.execute("rollback")


def say_damage(connection: Any) -> None:
    """Raise Error where a page that was read in this transaction was given as zeros: the engine says it with the next one."""
    connection.execute("pragma shrink_memory")  # a page that is remembered says nothing
    connection.execute("select count(*) from sqlite_master").fetchone()


def all_rows(connection: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    """The rows of a statement as they were written. Raises Error where the end of a text is lost."""
    found: list[Any] = connection.execute(sql, values).fetchall()
    believe(connection, found, sql, values)
    return found


def walked(connection: Any, sql: str, values: Sequence[Any]) -> Iterator[Any]:
    """The same for an answer too long to hold: what is lost is said at its end. Of one moment, like any statement."""
    own = not connection.in_transaction  # inside of one the next read says it
    if own:
        connection.execute("begin")
    try:
        yield from connection.execute(sql, values)
        if own:
            say_damage(connection)
    finally:
        if own:
            with contextlib.suppress(Error):
                connection.execute("rollback")


def _refused(reason: Text | str) -> Text:
    return Text("The database refused this: {reason}. Nothing was changed.", reason=reason)


FULL = Text("The disk is full. Nothing was changed; make room and try again.")
UNREADABLE = Text("The disk could not be read or written. Nothing was changed; check the disk and its free space, then try again.")
READ_ONLY = Text("The database cannot be written here. Nothing was changed; check the rights of its folder.")
MALFORMED = Text("The database file is damaged. Nothing was changed; restore the newest backup in Settings.")
NO_DATABASE = Text("The database file is damaged or not ours. Nothing was changed.")
CANNOT_READ = "{file} is damaged: it cannot be read. Restore a backup."
NO_MEMORY = Text("This PC has not enough memory free for this. Nothing was changed; close other programs and try again.")
DAMAGE = frozenset((MALFORMED.source, NO_DATABASE.source, CANNOT_READ, "The database file is damaged: {detail}"))
_SIGNS = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL, errno.EIO: UNREADABLE, errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY, errno.EPERM: READ_ONLY}
_MACHINE: Sequence[tuple[str, Text]] = (
    ("database or disk is full", FULL), ("disk i/o", UNREADABLE), ("readonly", READ_ONLY),
    ("unable to open", Text("The database cannot be opened here; check that its folder exists and can be written.")),
    ("locked", Text("Another program is writing at this moment. Nothing was changed; try again in a minute.")),
    ("malformed", MALFORMED), ("vtable constructor failed", MALFORMED), ("not a database", NO_DATABASE), ("out of memory", NO_MEMORY),
)
_SENTENCES: Sequence[tuple[str, Text]] = (
    *_MACHINE,
    ("unique constraint", Text("Another living record already has this number. Nothing was changed.")),
    ("foreign key", Text("Something this refers to is no longer there. Nothing was changed.")),
)
