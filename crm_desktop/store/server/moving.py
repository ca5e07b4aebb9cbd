"""What arrives on a server as it is: copied in with triggers and indexes off, its log sealed anew with the server's key on
its way from a table beside to its place: a row written once costs half of one that is written and then changed. The search's
terms go over beside their rows. Tables are emptied in the transaction that fills them, so that their rows are kept as frozen:
nobody has to look at each of them once more."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import islice

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import schema
from crm_desktop.store.moving import CHANGE_ROW, ESCAPED, KEPT, ODD, PATIENT, Block, Row, Sum, walked
from crm_desktop.store.server import files, log_sql, term_sql
from crm_desktop.store.server import schema as server_schema
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.server.log_sql import PAIRS
from crm_desktop.store.server.store import ServerStore

BESIDE = {"change_row": "moved_row"}  # where a table's rows wait
NONE = {""}
SPELL = 20  # blocks of rows copied before their terms are
WORKING = (
    "set local maintenance_work_mem = '256MB'", "set local work_mem = '64MB'", "set local parallel_setup_cost = 0", "set local parallel_tuple_cost = 0",
)  # fmt: skip


class ServerTarget:
    """An empty database on a server; `store` is open with the log-in of its owner."""

    def __init__(self, store: ServerStore) -> None:
        self._store, self._db = store, store.writer
        self._tables = [record.key for record in store.records]
        self._searched = [record.key for record in store.records if record.searched]

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
            for sql in (*PATIENT, *WORKING, *(f"create unlogged table {new} (like {old})" for old, new in BESIDE.items())):
                db.execute(sql)
            server_schema.unrefer(db)
            for table in self._tables:
                db.execute(f"alter table {table} disable trigger user")
            db.execute(f"truncate {', '.join((*self._tables, 'change'))}")
            for table in self._searched:
                for sql in term_sql.made_anew(table):
                    db.execute(sql)
            for record in self._store.records:
                for index in schema.indexes(record):
                    db.execute(f"drop index if exists {schema.index_name(record, index)}")
            yield
            for record in self._store.records:
                for index in schema.indexes(record):
                    db.execute(schema.index_sql(record, index))
                if record.searched:
                    db.execute(term_sql.indexed(record.key))
                db.execute(f"alter table {record.key} enable trigger user")
            server_schema.refer(db, self._store.records)

    def put(self, table: str, columns: Sequence[str], blocks: Iterator[Block]) -> None:
        """Copy rows in."""
        if table == KEPT:
            self._db.execute(f"truncate {KEPT}")
        if table not in self._searched:
            self._copy(BESIDE.get(table, table), columns, (block.lines for block in blocks))
            return
        terms = [b""]
        while terms:
            terms.clear()
            self._copy(table, columns, _with_terms(islice(blocks, SPELL), columns, terms))
            self._copy(f"{table}_term", ("term", "row_id"), iter(terms))

    def _copy(self, table: str, columns: Sequence[str], lines: Iterator[bytes]) -> None:
        with self._db.watched(), self._db.raw.cursor() as cursor:
            names = ", ".join(f'"{name}"' for name in columns)
            with cursor.copy(f"copy {table} ({names}) from stdin with (freeze)".encode()) as copy:
                for each in _ahead(lines):
                    copy.write(each)

    def tidy(self) -> None:
        """After all is there: the server learns what every seat may see, so that its indexes answer alone. Best effort."""
        with contextlib.suppress(ServerError):
            self._db.execute("set statement_timeout = 0")
            for table in sorted({*self._tables, *(f"{table}_term" for table in self._searched), "change_row"}):
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


def _ahead(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The same, each made while the server takes the one before."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, lines, None)
        while (each := coming.result()) is not None:
            coming = pool.submit(next, lines, None)
            yield each


def _with_terms(blocks: Iterable[Block], columns: Sequence[str], terms: list[bytes]) -> Iterator[bytes]:
    """The lines of rows; the lines of the terms of those that live are put by."""
    row_id, gone, words = (columns.index(name) for name in ("id", "gone", "terms"))
    for block in blocks:
        terms.append(_term_lines([row[row_id] for row in block.rows if row[gone] is None], [row[words] for row in block.rows if row[gone] is None]))
        yield block.lines


def _term_lines(ids: Sequence[int], words: Sequence[str]) -> bytes:
    """What stands in the place of terms for these rows, each term once."""
    for one, other in zip(*PAIRS, strict=True):
        words = [each.replace(one, other) for each in words]
    if ODD.search("".join(words)):
        words = [each.translate(ESCAPED) for each in words]
    return "".join([f"\t{row_id}\n".join([*(set(each.split(" ")) - NONE), ""]) for row_id, each in zip(ids, words, strict=True)]).encode()
