"""Does the search index hold exactly the words of the living rows?

The index is read whole, as words and the rows they stand in, and added up to one number; a fresh index of the same
rows, made in memory a block at a time, must add up to the same. Nothing is written to the database."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Record
from crm_desktop.record.terms import holds, query_words
from crm_desktop.store import database
from crm_desktop.store.schema import LIVING, TOKENS

BLOCK = 5_000
SUM = (
    "select count(*), coalesce(sum((doc % 999983) * (length(term) * 7919 + unicode(term) + 31 * coalesce(unicode(substr(term, 2)), 0))"
    " % 1000003), 0)"
)


class Found:
    """How many rows have lost words of their own, and whether the index is that of the rows."""

    def __init__(self, lost: int, same: bool) -> None:
        self.lost, self.same = lost, same


def compare(connection: Any, record: Record) -> Found:
    """Compare the index of a record with its living rows."""
    lost, count, total = 0, 0, 0
    names = record.found_on
    cursor = connection.execute(f"select id, sort, terms, {', '.join(names)} from {record.key} where {LIVING}")
    while block := cursor.fetchmany(BLOCK):
        lost += sum(not has_words(record, row[1], row[2], dict(zip(names, row[3:], strict=True))) for row in block)
        words, share = _fresh([(row[0], row[2]) for row in block])
        count, total = count + words, total + share
    try:
        with vocabulary(connection, record.key):
            return Found(lost, connection.execute(f"{SUM} from temp.words").fetchone() == (count, total))
    except database.Error:
        return Found(lost, False)


def has_words(record: Record, sort: str, terms: str, texts: dict[str, Value]) -> bool:
    """Latin words have exactly their terms; of others at least the words themselves, as their readings may be improved."""
    if all(str(text or "").isascii() for text in texts.values()):
        return record.found_by(texts) == {"sort": sort, "terms": terms}
    there, blank = set(terms.split()), dict.fromkeys(texts, "")
    for name in record.searched:
        text = str(texts[name] or "")
        if text.isascii():
            if not set(record.found_by(blank | {name: text})["terms"].split()) <= there:
                return False
        elif not holds(terms, query_words(text)):
            return False
    return True


def _fresh(rows: Sequence[tuple[int, str]]) -> tuple[int, int]:
    with contextlib.closing(database.in_memory()) as memory:
        memory.execute(f"create virtual table found using fts5 (terms, content='', detail=none, columnsize=0, {TOKENS})")
        memory.execute("create virtual table words using fts5vocab(found, instance)")
        memory.execute("begin")
        memory.executemany("insert into found (rowid, terms) values (?, ?)", rows)
        memory.execute("commit")
        count, total = memory.execute(f"{SUM} from words").fetchone()
    return int(count), int(total)


@contextlib.contextmanager
def vocabulary(connection: Any, table: str) -> Iterator[None]:
    """The words of an index as a table of this connection alone; a connection that only reads may make no table else."""
    reading = connection.execute("pragma query_only").fetchone()[0]
    connection.execute("pragma query_only = off")
    try:
        connection.execute(f"create virtual table temp.words using fts5vocab('main', '{table}_fts', 'instance')")
        yield
    finally:
        connection.execute("drop table if exists temp.words")
        connection.execute(f"pragma query_only = {reading}")
