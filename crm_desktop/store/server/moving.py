"""What arrives on a server as it is: copied in with triggers and indexes off, its log sealed anew with the server's key on
its way from a table beside to its place: a row written once costs half of one that is written and then changed. The search's
terms go over beside their rows. Tables are emptied in the transaction that fills them, so that their rows are kept as frozen:
nobody has to look at each of them once more."""

from __future__ import annotations

import contextlib
import hashlib
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import islice
from typing import TypeVar

from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import schema
from crm_desktop.store.moving import CHANGE_ROW, KEPT, PATIENT, Sum, walked
from crm_desktop.store.moving_lines import ESCAPED, ODD, Block, Row
from crm_desktop.store.server import files, log_sql, term_sql
from crm_desktop.store.server import schema as server_schema
from crm_desktop.store.server.errors import TAKEN, ServerError
from crm_desktop.store.server.log_sql import PAIRS
from crm_desktop.store.server.store import ServerStore

Made = TypeVar("Made")

BESIDE = {"change_row": "moved_row"}  # where a table's rows wait
TERMS_OF = ("id", "gone", "terms")
SPELL = 8  # blocks of rows copied before their terms are, and as many made meanwhile
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

    def shown(self, table: str, _columns: Sequence[str]) -> Sequence[str]:
        """The columns whose cells it looks at: what terms are made of."""
        return TERMS_OF if table in self._searched else ()

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
                    self._index_terms(record)
                db.execute(f"alter table {record.key} enable trigger user")
            server_schema.refer(db, self._store.records)

    def _index_terms(self, record: Record) -> None:
        """Terms that do not stand each once with a row are not what search makes: the server makes them anew."""
        try:
            with self._db.atomic():
                self._db.execute(term_sql.indexed(record.key))
        except ServerError as error:
            if error.text is not TAKEN:
                raise
            for sql in term_sql.filled(record):
                self._db.execute(sql)

    def put(self, table: str, columns: Sequence[str], blocks: Iterator[Block]) -> None:
        """Copy rows in."""
        if table == KEPT:
            self._db.execute(f"truncate {KEPT}")
        if table not in self._searched:
            self._copy(BESIDE.get(table, table), columns, _ahead(block.lines for block in blocks))
            return
        made, terms = _ahead(_with_terms(blocks)), [b""]
        while terms:
            terms.clear()
            self._copy(table, columns, _apart(islice(made, SPELL), terms))
            self._copy(f"{table}_term", ("term", "row_id"), terms)

    def _copy(self, table: str, columns: Sequence[str], lines: Iterable[bytes]) -> None:
        with self._db.watched(), self._db.raw.cursor() as cursor:
            names = ", ".join(f'"{name}"' for name in columns)
            with cursor.copy(f"copy {table} ({names}) from stdin with (freeze)".encode()) as copy:
                for each in lines:
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


def _ahead(made: Iterator[Made]) -> Iterator[Made]:
    """The same, some made while the server takes those before."""
    with ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(next, made, None) for _ in range(SPELL))
        while (each := coming.popleft().result()) is not None:
            coming.append(pool.submit(next, made, None))
            yield each


def _with_terms(blocks: Iterable[Block]) -> Iterator[tuple[bytes, bytes]]:
    """The lines of rows, and those of the terms of the rows that live."""
    for block in blocks:
        living = [(row_id, words) for row_id, gone, words in block.rows if gone is None]
        yield block.lines, _term_lines(living)


def _apart(made: Iterable[tuple[bytes, bytes]], terms: list[bytes]) -> Iterator[bytes]:
    """The lines of rows; those of their terms are put by."""
    for lines, of_terms in made:
        terms.append(of_terms)
        yield lines


def _term_lines(rows: Sequence[tuple[int, str]]) -> bytes:
    """What stands in the place of terms for these rows. As a rule terms are what search made of them: each once, a space between."""
    every = f" {' '.join([words for _, words in rows])} "
    if "  " in every or any(one in every for one in PAIRS[0]) or ODD.search(every):
        return "".join([_terms(_folded(words), f"\t{row_id}\n") for row_id, words in rows]).encode()
    return "".join([_terms(words, f"\t{row_id}\n") for row_id, words in rows]).encode()


def _terms(words: str, end: str) -> str:
    return words.replace(" ", end) + end if words else ""


def _folded(words: str) -> str:
    for one, other in zip(*PAIRS, strict=True):
        words = words.replace(one, other)
    return " ".join(dict.fromkeys(filter(None, words.translate(ESCAPED).split(" "))))
