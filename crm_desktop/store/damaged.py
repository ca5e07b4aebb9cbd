"""Reading what can be read of a damaged database. After a page that does not hold, the engine reads nothing more over the
same connection: each time a new one is opened."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.record.text import Refused
from crm_desktop.store import check, database
from crm_desktop.store.keys import Keys
from crm_desktop.store.raw_pages import RawPages

GREATEST = (1 << 63) - 1
Row = tuple[Any, ...]


def problems(path: Path, keys: Keys) -> list[Any]:
    """What is wrong with the pages of a database, looked at anew over a connection of its own: a disk that faltered for a
    moment is told apart from a damaged file."""
    try:
        with contextlib.closing(database.connect(path, keys, readonly=True)) as fresh:
            return check.pages(fresh)
    except (database.Error, Refused) as error:
        return [database.explain(error).text]


def begins(path: Path, keys: Keys) -> bool:
    """True when at least the list of its tables can be read."""
    try:
        with contextlib.closing(database.connect(path, keys, readonly=True)) as fresh:
            return bool(fresh.execute("select name from sqlite_master").fetchall())
    except (database.Error, Refused):
        return False


class Reading:
    """The rows of a damaged file. `failed` counts how often it had to be opened again."""

    def __init__(self, path: Path, keys: Keys) -> None:
        self._path, self._keys = path, keys
        self._open: Callable[[], Any] = lambda: database.connect(path, keys, readonly=True)
        self._connection = self._open()
        self.failed = 0

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Row] | None:
        """All rows of a statement, or None when it touches what cannot be read."""
        try:
            found = [tuple(row) for row in self._connection.execute(sql, tuple(values)).fetchall()]
            database.believe(self._connection, found, sql, tuple(values))
            return found
        except database.Error:
            self._again()
            return None

    def _again(self) -> None:
        self.failed += 1
        self._connection.close()
        self._connection = self._open()

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """The rows of a table in the order of their ids, the first column; what cannot be read is passed over."""
        select, last = f"select {', '.join(columns)} from {table} where id", 0
        while True:
            try:
                with contextlib.closing(self._connection.execute(f"{select} > ? order by id", (last,))) as found:
                    for row in found:
                        if database.has_zeros(row):
                            break  # asked for alone
                        yield tuple(row)
                        last = row[0]
                    else:
                        return
            except database.Error:
                self._again()
            one = f"{select} >= ? order by id limit 1"  # a row at a time: an error also swallows the row before it
            beyond = self._beyond(one, last)
            next_one = self.ask(one, (beyond,)) if beyond is not None else None
            if not next_one:
                return
            yield next_one[0]
            last = next_one[0][0]

    def _beyond(self, sql: str, last: int) -> int | None:
        """The first id after one that cannot be read from which on there is something to read; None when there is nothing."""
        step = 1
        while self.ask(sql, (min(last + step, GREATEST),)) is None:
            if last + step >= GREATEST:
                return None
            step *= 2
        bad, good = last + step // 2, min(last + step, GREATEST)
        while good - bad > 1:
            middle = (bad + good) // 2
            if self.ask(sql, (middle,)) is None:
                bad = middle
            else:
                good = middle
        return good

    def by_id(self, table: str, columns: Sequence[str], ids: Sequence[int]) -> Iterator[Row]:
        """Single rows that can be read though their neighbours cannot."""
        for row_id in ids:
            yield from self.ask(f"select {', '.join(columns)} from {table} where id = ?", (row_id,)) or ()

    def lying(self, table: str, columns: Sequence[str], ids: Container[int], newest: Mapping[int, int]) -> Iterator[Row]:
        """Rows that nothing leads to any more, from the pages themselves: where the log knows which version is the newest, that one."""
        shape = self.ask("select name, dflt_value from pragma_table_info(?) order by cid", (table,)) or []
        names = [name for name, _ in shape]
        usual = {name: (self.ask(f"select {words}") or [(None,)])[0][0] if words else None for name, words in shape}
        if not set(columns) <= set(names):
            return
        with contextlib.closing(RawPages(self._path, self._keys)) as pages:
            for row_id, found in pages.rows(ids):
                row = usual | dict(zip(names, found, strict=False)) | {"id": row_id}  # a column that was added later is not in older rows
                if len(found) <= len(names) and row["version"] == newest.get(row_id, row["version"]):
                    yield tuple(row[name] for name in columns)

    def known(self, table: str) -> set[int]:
        """The ids that the indexes of a table know, also of rows that cannot be read themselves."""
        out: set[int] = set()
        names = self.ask("select name from sqlite_master where type = 'index' and tbl_name = ? and sql is not null", (table,)) or []
        for (name,) in names[:6]:
            where = (self.ask("select sql from sqlite_master where name = ?", (name,)) or [("",)])[0][0].partition(" where ")[2]
            out.update(row[0] for row in self.ask(f"select id from {table} indexed by {name}{' where ' + where if where else ''}") or ())
        return out
