"""What arrives in a database file as it is: its log is sealed anew with the file's key. Until all of it is there the file
says of itself that it is not whole."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Sequence
from io import BytesIO
from itertools import chain, groupby, islice
from operator import itemgetter

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import closing, log
from crm_desktop.store.moving import CHANGE, KEPT, summed, walked
from crm_desktop.store.moving_lines import SIZE, Block, Row
from crm_desktop.store.store import Store

LATEST = (
    "select row_id, change_id, position from (select row_id, change_id, position,"
    " row_number() over (partition by row_id order by version desc, change_id desc, position desc) as n from change_row where tbl = ?) as x where n = 1"
)


class FileTarget:
    """A database file that was just made and is empty."""

    def __init__(self, store: Store, *, loose: bool = False, mark: str = "") -> None:
        """`loose`: only a part of the rows arrives, so that some refer to one that is not there; `mark`: what the file
        says of itself once all is there (store/closing.py)."""
        self._store, self._db, self._loose, self._mark = store, store.writer, loose, mark

    def refuse_if_used(self) -> None:
        """Raises Refused when there is an entry in its log."""
        if self._db.execute("select 1 from change limit 1").fetchone():
            raise Refused(Text("{file} holds data already. Nothing was written over it.", file=self._store.path))

    def shown(self, _table: str, columns: Sequence[str]) -> Sequence[str]:
        """The columns whose cells it takes one by one."""
        return columns

    @contextlib.contextmanager
    def open(self) -> Generator[None, None, None]:
        """One transaction around all; references are looked at when it ends."""
        if self._loose:
            self._db.execute("pragma foreign_keys = off")
        with self._db.room_for(1_000_000), self._db.atomic():
            self._db.execute("pragma defer_foreign_keys = on")
            yield
            if self._mark:
                self._store.set_setting(closing.KEY, self._mark)

    def put(self, table: str, columns: Sequence[str], blocks: Iterator[Block]) -> None:
        """Write rows as they are."""
        if table == KEPT:
            self._db.execute(f"delete from {KEPT}")
        sql = f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
        for block in blocks:
            self._db.many(sql, block.rows)

    def blocks(self, sql: str) -> Iterator[list[Row]]:
        """What is there now."""
        return walked(self._db, sql)

    def summed(self, _table: str, sql: str) -> str:
        """Count and sum of what is there now."""
        return summed(self.blocks(sql))

    def keep(self, name: str, content: BytesIO) -> None:
        """Keep a file; one that is there already stays."""
        kept, _ = self._store.keep_file(content)
        if kept != name:
            raise Refused(Text("A file did not arrive whole. Nothing was kept; try again."))

    def seal(self, since: str) -> None:
        """The log under this file's key; rows count as declared since the same instant as where they come from."""
        for record in self._store.records:
            places = {row_id: place for row_id, *place in self._db.execute(LATEST, (record.key,)).fetchall()}
            names = ("id", *record.values)
            rows = chain.from_iterable(walked(self._db, f"select {', '.join(names)} from {record.key}"))
            sealed = ((log.digest(self._store.keys, record.key, row[0], row[1:]), *places[row[0]]) for row in rows if row[0] in places)
            while block := list(islice(sealed, SIZE)):
                self._db.many("update change_row set digest = ? where change_id = ? and position = ?", block)
        self._chain()
        self._db.execute("update _sqlite_migrations set applied_at = ? where name like 'declared %'", (since,))

    def _chain(self) -> None:
        head: log.Head | None = None
        newest = 0
        entries = self._db.execute(f"select {CHANGE} from change order by seat, seq").fetchall()
        for seat, of_seat in groupby(entries, key=itemgetter(1)):
            previous = log.GENESIS
            for entry in of_seat:
                rows = self._db.execute("select tbl, row_id, version, before, digest from change_row where change_id = ? order by position", (entry[0],))
                previous = log.chained(self._store.keys, previous, entry[:9], map(log.noted, rows))
                self._db.execute("update change set hash = ? where id = ?", (previous, entry[0]))
                if entry[0] > newest:
                    newest, head = entry[0], (seat, entry[2], previous)
        if head:
            log.note_head(self._store.keys, head)
