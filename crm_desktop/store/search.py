"""Finding by any piece of a name, pinyin, initials, code or phone number; in any searched record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.record.terms import query_words
from crm_desktop.store.schema import LIVING

TOP = "\U0010ffff"


class Hit:
    """A found row: which record, its id, its name and what tells it from others."""

    __slots__ = ("id", "note", "record", "title")

    def __init__(self, record: str, row_id: int, title: str, note: str) -> None:
        self.record, self.id, self.title, self.note = record, row_id, title, note


def match_words(words: str) -> str:
    """What a person typed as an expression for the index: every word the beginning of a term; '' when empty."""
    return " ".join(f'"{word}"*' for word in query_words(words))


def matching(table: str) -> str:
    """SQL for the ids whose terms match one parameter."""
    return f"select rowid from {table}_fts where {table}_fts match ?"


def find(reader: Any, words: str, limit: int, records: Sequence[Record]) -> list[Hit]:
    """Names that begin with the words first, then whatever holds them, newest first; `limit` of each record."""
    match = match_words(words)
    return [hit for record in records if match for hit in _of(reader, record, words.strip(), match, limit)]


def _of(reader: Any, record: Record, words: str, match: str, limit: int) -> list[Hit]:
    columns = f"t.id, t.name, {_note(record)}"
    rows = _exact(reader, record, columns, words, limit)
    if len(rows) < limit:
        have = {row[0] for row in rows}
        found = reader.execute(
            f"select {columns} from {record.key} as t where t.id in ({matching(record.key)} order by rowid desc limit ?) order by t.id desc",
            (match, limit),
        ).fetchall()
        rows += [row for row in found if row[0] not in have]
    return [Hit(record.key, row[0], row[1], " · ".join(str(part) for part in row[2:] if part)) for row in rows[:limit]]


def _exact(reader: Any, record: Record, columns: str, words: str, limit: int) -> list[tuple[Any, ...]]:
    """Names that begin exactly as typed, by their sort key: only worth asking when the words are one Latin beginning."""
    if not words.isascii():
        return []
    key = words.lower()
    return list(
        reader.execute(
            f"select {columns} from {record.key} as t where t.sort >= ? and t.sort < ? and t.{LIVING} order by t.sort, t.id limit ?",
            (key, key + TOP, limit),
        ).fetchall()
    )


def _note(record: Record) -> str:
    names = [name for name in (record.code, "city", "phone", "position") if name in record.by_name]
    parts = [f"t.{name}" for name in names]
    if "account_id" in record.by_name:
        parts.append("(select name from account where id = t.account_id)")
    return ", ".join(parts) or "''"
