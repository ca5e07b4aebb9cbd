"""Finding by any piece of a name, pinyin, initials, code or phone number; in any searched record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Record
from crm_desktop.record.terms import query_words, words_in
from crm_desktop.record.text import say
from crm_desktop.store.rows import reference_name
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


def ending(reader: Any, record: Record, digits: str, limit: int) -> list[int]:
    """Living rows of which a number (phone, code) ends with these digits, newest first.

    Every tail of a number is a term of its own, so that a whole term is what a number ends with."""
    sql = f"select rowid from {record.key}_fts where {record.key}_fts match ? order by rowid desc limit ?"
    return [int(row[0]) for row in reader.execute(sql, (f'"{digits}"', limit)).fetchall()]


Where = tuple[str, Value]  # a column and the value it must have


def find(reader: Any, words: str, limit: int, records: Sequence[Record], where: Where | None = None) -> list[Hit]:
    """The row of exactly this code, then names that begin with the words, then whatever holds them, newest first;
    `limit` of each record, only rows whose `where` column has its value. A kind may stand among the words (agency 9)."""
    words = words.strip()
    return [hit for record in records if match_words(words) for hit in _of(reader, record, words, limit, where)]


def _of(reader: Any, record: Record, words: str, limit: int, where: Where | None) -> list[Hit]:
    look = _Look(reader, record, limit, where)
    look.search(words)
    for rest, kind in _by_kind(record, words):
        if where in (None, kind):
            look.where = kind
            look.search(rest)
    return [Hit(record.key, row[0], row[1], " · ".join(str(part) for part in row[2:] if part)) for row in look.rows[:limit]]


def _by_kind(record: Record, words: str) -> list[tuple[str, Where]]:
    """The search without a word that is a kind of the record, in either language, and that kind."""
    parts = words_in(words)
    return [
        (" ".join(parts[:at] + parts[at + 1 :]), (field.name, code))
        for field in record.fields
        if field.closed and len(parts) > 1
        for code, text, _ in field.choices
        for at, part in enumerate(parts)
        if part in (code.lower(), text.source.lower(), say(text).lower())
    ]


class _Look:
    """The rows of one record found so far, in order."""

    def __init__(self, reader: Any, record: Record, limit: int, where: Where | None) -> None:
        self.reader, self.record, self.limit, self.where = reader, record, limit, where
        self.rows: list[tuple[Any, ...]] = []
        self._columns = f"t.id, t.{record.name}, {_note(record)}"

    def search(self, words: str) -> None:
        """Look for words until the limit is reached."""
        record, match = self.record, match_words(words)
        if record.code in record.by_name:
            same = f"t.{record.code} = ? and t.{record.code} <> ''"  # the second half lets it use the code's index
            self._take(f"{same} order by t.id limit ?", words)
        if words.isascii():  # by the sort key: only worth asking when the words are one Latin beginning
            self._take("t.sort >= ? and t.sort < ? order by t.sort, t.id limit ?", words.lower(), words.lower() + TOP)
        if self.where is None:
            self._take(f"t.id in ({matching(record.key)} order by rowid desc limit ?) order by t.id desc limit ?", match, self.limit)
        else:
            self._take(f"t.id in ({matching(record.key)}) order by t.id desc limit ?", match)

    def _take(self, condition: str, *values: Value) -> None:
        if len(self.rows) >= self.limit:
            return
        kind, wanted = (f" and t.{self.where[0]} = ?", [self.where[1]]) if self.where else ("", [])
        sql = f"select {self._columns} from {self.record.key} as t where t.{LIVING}{kind} and {condition}"
        have = {row[0] for row in self.rows}
        self.rows += [row for row in self.reader.execute(sql, [*wanted, *values, self.limit]) if row[0] not in have]


def _note(record: Record) -> str:
    """What tells rows of one name apart: declared columns, a reference by its name."""
    fields = [record.by_name[name] for name in record.note]
    return ", ".join(reference_name(f, "t") if f.kind == Kind.REF else f"t.{f.name}" for f in fields) or "''"
