"""Reading what very many rows will be put between, before the write lock is taken: whoever waits for the lock does not
wait for the disk too. The pages stay in the writer's cache; when somebody else writes meanwhile they are only read again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable
from typing import Any

from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Record
from crm_desktop.store.database import Error
from crm_desktop.store.schema import index_name, index_sql, indexes

SPREAD = 10  # an index with more new values than a tenth of the rows is touched all over
BLOCK = 500


Coming = Callable[[str], Collection[Value]]  # the values a column will get


def look_ahead(db: Any, record: Record, coming: Coming, ids: Collection[int], rows: int) -> None:
    """Read the places of `rows` coming rows, and the rows of these ids, which are here."""
    with contextlib.suppress(Error):  # what is wrong with the file is told by the work itself
        if db.execute(f"select count(*) from (select 1 from {record.key} limit ?)", (rows,)).fetchone()[0] < rows:
            return
        for sql, values in _scattered(record, coming, rows):
            db.execute(sql, values).fetchone()
        for field in record.references():
            _read(db, field.ref, coming(field.name))
        _read(db, record.key, ids)


def _scattered(record: Record, coming: Coming, rows: int) -> Iterable[tuple[str, list[Value]]]:
    """Selects that read the part of an index the coming values lie in, where they lie all over it."""
    for index in indexes(record):
        first = index.columns[0]
        values = {value for value in coming(first) if value not in ("", None)}
        if index.apart or len(values) * SPREAD < rows:
            continue
        living = index_sql(record, index).partition(" where ")[2]
        name = index_name(record, index)
        yield f"select count(*) from {record.key} indexed by {name} where {living} and {first} >= ? and {first} <= ?", [min(values), max(values)]


def _read(db: Any, table: str, ids: Iterable[Value]) -> None:
    wanted = sorted({row_id for row_id in ids if row_id is not None})
    for at in range(0, len(wanted), BLOCK):
        block = wanted[at : at + BLOCK]
        db.execute(f"select count(version) from {table} where id in ({', '.join('?' * len(block))})", block).fetchone()
