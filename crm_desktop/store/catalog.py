"""Which tables and columns there are, on either engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

# Stands in statements asked with every key, which find by their indexes whatever their values: a server plans them once
ONE_PLAN = "/* one plan */"
GUARDED = (  # a log-in of a seat: whoever looks after the server reads the log itself
    "select to_regprocedure('rights.past(text, bigint)') is not null"
    " and not pg_has_role(session_user, (select relowner from pg_class where oid = 'public.change'::regclass), 'usage')"
)


def is_server(connection: Any) -> bool:
    """True for a connection to a server, false for one to a file."""
    return hasattr(connection, "stream")


class Walk:
    """A long answer, read as it comes, with the call of a cursor."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows

    def fetchmany(self, count: int) -> list[tuple[Any, ...]]:
        """The next rows."""
        return list(islice(self._rows, count))


def is_narrowed(connection: Any, table: str) -> bool:
    """True where a view shows one person's rows of a table in its place. A server narrows by itself."""
    sql = "select 1 from sqlite_temp_master where type = 'view' and name = ?"
    return not is_server(connection) and connection.execute(sql, (table,)).fetchone() is not None


def walk(connection: Any, sql: str, values: Sequence[Any] = ()) -> Any:
    """The cursor of a statement whose answer may be too long to hold. Of a file, it raises Error at the end where a text's is lost."""
    from crm_desktop.store import database  # not before there is one: the window begins without

    return Walk(connection.stream(sql, values) if is_server(connection) else database.walked(connection, sql, values))


def tables(connection: Any) -> set[str]:
    """The names of the tables."""
    if is_server(connection):
        return set(connection.table_names())
    return {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'").fetchall()}


def columns(connection: Any, table: str) -> set[str]:
    """The columns of a table; none when there is no such table."""
    if is_server(connection):
        return set(connection.column_names(table))
    return {row[1] for row in connection.execute(f"pragma table_info({table})").fetchall()}


def guarded(reader: Any) -> bool:
    """True on a server that gives each log-in its own part of the log."""
    return is_server(reader) and bool(reader.execute(GUARDED).fetchone()[0])
