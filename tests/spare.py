"""An empty database on the server, handed from test to test: emptying it takes less than making another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tests.postgres import Server

EMPTIED = """
do $$ declare t text; begin
  set local session_replication_role = replica;
  for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0
      and relname not in ('_sqlite_migrations', 'log_key') loop
    execute format('delete from %I', t);
  end loop;
end $$"""  # a table that never had a row has no page: to ask each of two hundred takes longer than the rest
SHAPE = "select count(*), max(oid::bigint) from pg_class where relnamespace = 'public'::regnamespace"
OTHERS = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


class Spare:
    """A copy of a template that is free at the moment, the tables it has, and the connection that empties it."""

    def __init__(self, server: Server, template: str) -> None:
        self._server, self._template = server, template
        self._address, self._shape = "", None
        self._link: Any = None

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of the empty database, for one test."""
        if not self._address:
            self._address = self._server.fresh_database(self._template, **self._server.quick)
            self._shape = self._ask(SHAPE)
        yield self._address
        if self._ask(OTHERS, EMPTIED, SHAPE) != self._shape:  # a test made or dropped a table or an index
            self.close()
            self._server.drop(self._address)
            self._address = ""

    def _ask(self, *statements: str) -> Any:
        import psycopg

        if self._link is not None:
            with suppress(psycopg.OperationalError):  # a test threw everybody out
                return self._asked(statements)
            self.close()
        self._link = psycopg.connect(self._address, autocommit=True)
        return self._asked(statements)

    def _asked(self, statements: tuple[str, ...]) -> Any:
        for sql in statements:
            answer = self._link.execute(sql.encode())
        return answer.fetchone()

    def close(self) -> None:
        """Let the connection go."""
        if self._link is not None:
            self._link.close()
            self._link = None
