"""What arrives on a server as it is: copied in with triggers and indexes off, its log sealed anew with the server's key on
its way from a table beside to its place: a row written once costs half of one that is written and then changed."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Generator, Iterator, Sequence
from io import BytesIO

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import schema
from crm_desktop.store.moving import CHANGE_ROW, KEPT, Block, Row, Sum, walked
from crm_desktop.store.server import files, log_sql, term_sql
from crm_desktop.store.server import schema as server_schema
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.server.store import ServerStore

BESIDE = {"change_row": "moved_row"}  # where a table's rows wait
WORKING = (
    "set local maintenance_work_mem = '256MB'", "set local work_mem = '64MB'", "set local parallel_setup_cost = 0", "set local parallel_tuple_cost = 0",
)  # fmt: skip


class ServerTarget:
    """An empty database on a server; `store` is open with the log-in of its owner."""

    def __init__(self, store: ServerStore) -> None:
        self._store, self._db = store, store.writer
        self._tables = [record.key for record in store.records]

    def refuse_if_used(self) -> None:
        """Raises Refused when there is a row of any kind: ids that are there already are not ours to judge."""
        for table in (*self._tables, "change"):
            if self._db.execute(f"select 1 from {table} limit 1").fetchone():
                raise Refused(Text("There is data on the server already ({table}). Move into a database that is new; give log-ins afterwards.", table=table))

    @contextlib.contextmanager
    def open(self) -> Generator[None, None, None]:
        """One transaction around all: without triggers, references and time limits."""
        db = self._db
        with db.atomic():
            for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
                db.execute(f"set local {limit} = 0")
            for sql in (*WORKING, *(f"create unlogged table {new} (like {old})" for old, new in BESIDE.items())):
                db.execute(sql)
            server_schema.unrefer(db)
            for table in self._tables:
                db.execute(f"alter table {table} disable trigger user")
            for record in self._store.records:
                for index in schema.indexes(record):
                    db.execute(f"drop index if exists {schema.index_name(record, index)}")
            yield
            for record in self._store.records:
                for index in schema.indexes(record):
                    db.execute(schema.index_sql(record, index))
                for sql in term_sql.filled(record) if record.searched else ():
                    db.execute(sql)
                db.execute(f"alter table {record.key} enable trigger user")
            server_schema.refer(db, self._store.records)

    def put(self, table: str, columns: Sequence[str], blocks: Iterator[Block]) -> None:
        """Copy rows in."""
        if table == KEPT:
            self._db.execute(f"delete from {KEPT}")
        with self._db.watched(), self._db.raw.cursor() as cursor:
            names = ", ".join(f'"{name}"' for name in columns)
            with cursor.copy(f"copy {BESIDE.get(table, table)} ({names}) from stdin".encode()) as copy:
                for block in blocks:
                    copy.write(block.lines)

    def tidy(self) -> None:
        """After all is there: the server learns what every seat may see, so that its indexes answer alone. Best effort."""
        searched = {f"{record.key}_term" for record in self._store.records if record.searched}
        with contextlib.suppress(ServerError):
            self._db.execute("set statement_timeout = 0")
            for table in sorted({*self._tables, *searched, "change_row"}):
                self._db.execute(f"vacuum (analyze) {table}")

    def blocks(self, sql: str) -> Iterator[list[Row]]:
        """What is there now."""
        return walked(self._db, sql)

    def summed(self, table: str, sql: str) -> str:
        """Count and sum of what arrived, as the server itself writes it."""
        found = Sum()
        with self._db.watched(), self._db.raw.cursor() as cursor:
            with cursor.copy(f"copy ({sql.replace(f' from {table} ', f' from {BESIDE.get(table, table)} ')}) to stdout".encode()) as copy:
                for block in copy:
                    found.add(block, 0)
            found.count = cursor.rowcount
        return found.text

    def keep(self, name: str, content: BytesIO) -> None:
        """Keep a file; one that is there already stays."""
        kept, _ = files.keep(self._store.url, content, None, 0)
        if kept != name or hashlib.sha256(b"".join(self._store.read_file(name))).hexdigest() != name:
            raise Refused(Text("A file did not arrive whole. Nothing was kept; try again."))

    def seal(self, since: str) -> None:
        """The log under the server's key; rows count as declared since the same instant as where they come from."""
        for table in (*self._tables, "change", *BESIDE.values()):
            self._db.execute(f"analyze {table}")  # what was copied in just now has no statistics: some plans would take for ever
        filled = [record for record in self._store.records if self._db.execute(f"select 1 from {record.key} limit 1").fetchone()]
        for sql in log_sql.sealed_anew(BESIDE["change_row"], CHANGE_ROW, filled):
            self._db.execute(sql)
        self._db.execute(log_sql.CHAINED_ANEW)
        self._db.execute("update _sqlite_migrations set applied_at = ? where name like 'declared %'", (since,))
