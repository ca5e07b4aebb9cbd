"""An empty database on the server, handed from test to test: emptying it takes less than making another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


def _ask(address: str, *statements: str) -> Any:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for sql in statements:
            answer = connection.execute(sql.encode())
        return answer.fetchone()


class Spare:
    """The database that is free at the moment, and the tables it has."""

    def __init__(self) -> None:
        self._address, self._shape = "", None

    @contextmanager
    def lent(self, server: Server, template: str) -> Iterator[str]:
        """The address of an empty database, a copy of the template, for one test."""
        if not self._address:
            self._address = server.fresh_database(template)
            self._shape = _ask(self._address, SHAPE)
        yield self._address
        if _ask(self._address, OTHERS, EMPTIED, SHAPE) != self._shape:  # a test made or dropped a table or an index
            server.drop(self._address)
            self._address = ""
