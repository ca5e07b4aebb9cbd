"""The writer on the server, with the calls of sqlite_utils.Database that the store and its migrations make."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.store import engine
from crm_desktop.store.server import log_sql, term_sql
from crm_desktop.store.server.connection import STATEMENT_SECONDS, Connection
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.server.tables import SCHEMA, Table
from crm_desktop.store.server.words import table_ddl, translated

NEW_ROWS = re.compile(r"insert into (\w+) \(([\w, ]+)\) values \(\?(?:, \?)*\)")
TABLE = re.compile(r"\s*(create table\b|alter table \S+ add column\b)", re.IGNORECASE)
INDEX = re.compile(r"create (?:unique )?index (?:if not exists )?(\w+) on ", re.IGNORECASE)
WORTH_COPYING = 20  # rows
KINDS = "select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped"
BACK_SECONDS = 8.0  # how long a save waits for a server that is being started
TURN_SECONDS, TURNS_SECONDS = 20, 120.0  # how long for its turn, until it is asked whether anybody keeps it for nothing; and in all
TAKEN = "55P03"  # somebody else has it
UNBLOCK = "select rights.unblock()"
TURN = f"select pg_advisory_xact_lock({log_sql.WRITING})".encode()
PATIENTLY = b"; set local lock_timeout = '%ds'" % STATEMENT_SECONDS  # tables are changed once everybody has finished reading


class Server(Connection):
    """A connection that writes. All that write take turns, as they do in a file: what one reads there before it writes is
    still true when it does."""

    remakes_indexes = False  # they are the owner's, and others read by them
    keeps_sums = True

    def table(self, name: str) -> Table:
        """A table, there or not yet."""
        return Table(self, name)

    __getitem__ = table

    def model_statement(self, name: str, columns: Mapping[str, Any], options: Mapping[str, Any]) -> str:
        """The statement sqlite-utils would make this table with."""
        model = engine.in_memory()
        model.table(name).create(dict(columns), **{key: value for key, value in options.items() if key != "foreign_keys"})
        words = str(model.table(name).schema)
        model.close()
        return words

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Run one statement, also one that makes a table or an index as SQLite writes it."""
        if TABLE.match(sql):
            return super().execute(table_ddl(sql), parameters)
        done = super().execute(sql, parameters)
        if found := INDEX.match(sql):  # how it was declared, to be compared with how it is declared next time
            words = sql.replace(" if not exists", "").replace("'", "''")
            super().execute(f"comment on index {found[1]} is '{words}'")
        return done

    def search_index(self, record: Record) -> None:
        """What finds the rows of a new table by any piece of their words."""
        for sql in term_sql.of_table(record):
            self.execute(sql)

    def renew_search(self, record: Record) -> None:
        """The same for a table that is there: made anew when there is none."""
        there = f"{record.key}_term" in self.table_names()
        self.search_index(record)
        for sql in () if there else term_sql.filled(record):
            self.execute(sql)

    def index_statement(self, name: str) -> str:
        """How an index was declared; '' when there is none."""
        found = self.execute("select obj_description(to_regclass(?), 'pg_class')", (name,)).fetchone()
        return str(found[0] or "")

    @contextlib.contextmanager
    def atomic(self, opened: bytes = TURN) -> Generator[Any, None, None]:
        """A transaction in which nobody else writes; inside another one, a savepoint. Yields the answer to the question that
        opens it, which takes the turn and travels with `begin`."""
        if self.in_transaction:
            with self.watched(), self.raw.transaction():
                yield self.raw.execute(opened).fetchone()
            return
        try:
            yield self._begin(opened)
        except BaseException:
            with contextlib.suppress(ServerError):
                self.execute("rollback")
            raise
        self.execute("commit")

    def _begin(self, opened: bytes) -> Any:
        """Begin, also while the server is just starting again: nothing was done yet, so that it may be tried over and over."""
        begun = time.monotonic()
        while True:
            try:
                if self.broken:
                    self.renew()
                with self.watched():
                    found = self.raw.execute(b"begin; set local lock_timeout = '%ds'; %b%b" % (TURN_SECONDS, opened, PATIENTLY if opened == TURN else b""), prepare=False)
                    found.nextset()
                    found.nextset()
                    return found.fetchone()
            except ServerError as error:
                waited = time.monotonic() - begun
                if error.state == TAKEN and waited < TURNS_SECONDS:
                    self.unblock()
                elif error.lost and waited < BACK_SECONDS:
                    time.sleep(0.2)
                else:
                    raise

    def unblock(self) -> None:
        """Let whoever keeps the turn for nothing be thrown out: crm_desktop/server/turns.py."""
        with contextlib.suppress(ServerError):  # a database without people has no such function
            if self.in_transaction:
                self.execute("rollback")
            self.execute(UNBLOCK)

    @contextlib.contextmanager
    def room_for(self, rows: int) -> Generator[None, None, None]:
        """Time for very many rows."""
        if rows < engine.MANY_ROWS:
            yield
            return
        self.execute("set statement_timeout = 0")
        try:
            yield
        finally:
            with contextlib.suppress(ServerError):
                self.execute(f"set statement_timeout = '{STATEMENT_SECONDS}s'")

    def look_ahead(self, record: Record, coming: Callable[[str], Collection[Any]], ids: Collection[int], rows: int) -> None:
        """Nothing: the server keeps its own pages at hand."""

    def put(self, table: str, row: Mapping[str, Any]) -> None:
        """A new row."""
        self[table].insert(row)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """One statement for many rows; new ones are copied in. Returns how many it touched: rules for rows leave out in silence."""
        rows = list(rows)
        found = NEW_ROWS.fullmatch(sql)
        with self.watched():
            if found and len(rows) >= WORTH_COPYING:
                self._copy(found[1], found[2], rows)
            elif rows:
                own = sql.replace(f"into {found[1]}", f"into {SCHEMA}.{found[1]}", 1) if found else sql
                with self.raw.cursor() as cursor:
                    cursor.executemany(translated(own).encode(), rows)
                    return cursor.rowcount
        return len(rows)

    def _copy(self, table: str, names: str, rows: Sequence[Sequence[Any]]) -> None:
        """New rows, all at once. Where rules for rows hold, PostgreSQL copies only into a table of one's own first."""
        ruled = self.raw.execute("select row_security_active(to_regclass($1))", (f"{SCHEMA}.{table}",)).fetchone()
        into = f"new_{table}" if ruled and ruled[0] else f"{SCHEMA}.{table}"
        if into != f"{SCHEMA}.{table}":
            kinds = dict(self.raw.execute(KINDS, (f"{SCHEMA}.{table}",)).fetchall())
            columns = ", ".join(f"{name} {kinds[name]}" for name in names.split(", "))
            self.raw.execute(f"create temporary table {into} ({columns})".encode())
        with self.raw.cursor() as cursor, cursor.copy(f"copy {into} ({names}) from stdin".encode()) as copy:
            for row in rows:
                copy.write_row(row)
        if into != f"{SCHEMA}.{table}":
            self.raw.execute(f"insert into {SCHEMA}.{table} ({names}) select {names} from {into}".encode())
            self.raw.execute(f"drop table {into}".encode())
