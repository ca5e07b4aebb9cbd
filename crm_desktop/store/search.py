"""Finding by any piece of a name, pinyin, initials, code or phone number; in any searched record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.kinds import Kind, Value, shown
from crm_desktop.record.marks import as_typed
from crm_desktop.record.record import Field, Record
from crm_desktop.record.terms import query_words, sort_key, words_in
from crm_desktop.record.text import say
from crm_desktop.store.catalog import ONE_PLAN, is_narrowed
from crm_desktop.store.rows import reference_name
from crm_desktop.store.schema import LIVING

TOP = "\U0010ffff"
ALIKE = 64  # names of one sound that are looked at for those written so
POOL = 48  # rows put in order before the first of them are shown: enough for the branches of one house

AS_WRITTEN = (Kind.TEXT, Kind.CODE, Kind.REF)


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
    """The row of exactly this code, then of exactly this name, then names that begin with the words, then whatever holds
    them: heads before their branches, who brings more first (`Record.ranked`), then the newest; `limit` of each record,
    only rows whose `where` column has its value. A kind may stand among the words (agency 9)."""
    words = words.strip()
    return [hit for record in records if match_words(words) for hit in _of(reader, record, words, limit, where)]


def _by_number(reader: Any, record: Record, words: str, limit: int) -> list[Hit]:
    """Rows without words of their own, by the beginning of their number, in small letters or large."""
    column, rows = f"t.{record.numbered}", list[tuple[Any, ...]]()
    for begun in dict.fromkeys((words, words.upper())):
        sql = (
            f"select t.id, {column}, {_note(record)} from {record.key} as t where t.{LIVING} and {column} <> ''"
            f" and {column} >= ? and {column} < ? order by {column}, t.id limit ?"
        )
        rows += reader.execute(sql, (begun, begun + TOP, limit)).fetchall()
    return _hits(record, rows[:limit])


def _hits(record: Record, rows: Sequence[Sequence[Any]]) -> list[Hit]:
    fields = [record.by_name[name] for name in record.note]
    return [Hit(record.key, row[0], row[1], " · ".join([_words(f, v) for f, v in zip(fields, row[2:], strict=False) if v not in (None, "")])) for row in rows]


def _words(field: Field, value: Any) -> str:
    """What stands beside a name as people read it: money with its point, a choice by its words."""
    if field.kind == Kind.CHOICE:
        return say(field.choice_text(value))
    return value if isinstance(value, str) and field.kind in AS_WRITTEN else str(value) if field.kind == Kind.REF else shown(field.kind, value)


def _of(reader: Any, record: Record, words: str, limit: int, where: Where | None) -> list[Hit]:
    if not record.searched:
        return _by_number(reader, record, words, limit) if record.numbered and where is None else []
    look = _Look(reader, record, limit, where)
    look.search(words)
    for rest, kind in _by_kind(record, words):
        if where in (None, kind):
            look.where = kind
            look.search(rest)
    return _hits(record, look.rows[:limit])


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
        """Look for words until the limit is reached: the row of exactly this code, then the names that begin with the words,
        then what holds them. One question, each is a way to a server."""
        if len(self.rows) >= self.limit:
            return
        (first, asked), (holding, pool) = self._first(words), self._holding(match_words(words))
        kind, wanted = self._of_kind("t.")
        order, known = ranks(self.record, words)
        if code := self._code():
            order, known = f"case when t.{code} = ? then 0 else 1 end, {order}", [words, *known]
        sql = (
            f"with begun as materialized ({first}) select {ONE_PLAN} {self._columns} from {self.record.key} as t where t.{LIVING}{kind}"
            f" and t.id in (select id from begun union all {holding}) order by case when t.id in (select id from begun) then 0 else 1 end, {order} limit ?"
        )
        have = {row[0] for row in self.rows}
        self.rows += [row for row in self.reader.execute(sql, [*asked, *wanted, *pool, *known, self.limit]) if row[0] not in have]

    def _of_kind(self, table: str = "") -> tuple[str, list[Value]]:
        return (f" and {table}{self.where[0]} = ?", [self.where[1]]) if self.where else ("", [])

    def _code(self) -> str:
        return self.record.code if self.record.code in self.record.by_name else ""

    def _holding(self, match: str) -> tuple[str, list[Value]]:
        """SQL for the newest rows that hold the words, and its values."""
        table, most = self.record.key, max(POOL, self.limit)
        if self.where is None and not is_narrowed(self.reader, table):
            enough = "where (select count(distinct id) from begun) < ?"  # else nobody looks for more
            return f"select w.rowid from ({matching(table)} order by rowid desc limit ?) as w {enough}", [match, most, self.limit]
        # the newest of all would be those of colleagues
        kind, wanted = self._of_kind()
        return f"select w.id from (select id from {table} where {LIVING}{kind} and id in ({matching(table)}) order by id desc limit ?) as w", [*wanted, match, most]

    def _first(self, words: str) -> tuple[str, list[Value]]:
        """SQL for the row of exactly this code and the names that begin with the words, and its values."""
        parts, values, begun = list[str](), list[Value](), sort_key(as_typed(words))
        if code := self._code():  # `<> ''` lets it use the code's index
            parts.append(f"select id from {self.record.key} where {code} = ? and {code} <> '' and {LIVING}")
            values.append(words)
        if begun:
            parts.append(self._beginning(words.isascii()))
            values += [begun, begun + TOP, *(() if words.isascii() else (words, words + TOP))]
        return " union all ".join(parts) or "select 0 as id where 1 = 0", values

    def _beginning(self, latin: bool) -> str:
        """SQL for the names that begin with the words, by the sort key; of the many that only sound alike not all are looked at."""
        table, name = self.record.key, self.record.name
        sounds = f"select id, {name} from {table} where {LIVING} and sort >= ? and sort < ? order by sort, id limit {POOL if latin else ALIKE}"
        some = f"select s.id from ({sounds}) as s" + ("" if latin else f" where s.{name} >= ? and s.{name} < ? limit {POOL}")
        return f"select b.id from ({some}) as b"


def ranks(record: Record, words: str) -> tuple[str, list[Value]]:
    """The order of what is found, and its values: this name, names begun so, heads, what the record is ranked by, the newest."""
    names = [name for name in (record.name, "short_name") if name in record.by_name]
    same = " or ".join(f"t.{name} = ?" for name in names)
    begun = " or ".join(f"(t.{name} >= ? and t.{name} < ?)" for name in names)
    values: list[Value] = [*(words for _ in names), *(value for _ in names for value in (words, words + TOP))]
    parts = [f"case when {same} then 0 when {begun} then 1 else 2 end"]
    parts += [f"case when t.{field.name} is null then 0 else 1 end" for field in record.fields if field.tree]
    parts += [f"t.{name.lstrip('-')}{' desc' if name.startswith('-') else ''}" for name in record.ranked]
    return ", ".join([*parts, "t.id desc"]), values


def notes(reader: Any, record: Record, ids: Sequence[int]) -> dict[int, str]:
    """What tells these rows from others of their name, by id."""
    sql = f"select t.id, {_note(record)} from {record.key} as t where t.id in ({', '.join('?' * len(ids))})"
    return {row[0]: " · ".join(str(part) for part in row[1:] if part) for row in reader.execute(sql, list(ids)).fetchall()} if ids else {}


def _note(record: Record) -> str:
    """What tells rows of one name apart: declared columns, a reference by its name."""
    fields = [record.by_name[name] for name in record.note]
    return ", ".join(reference_name(f, "t") if f.kind == Kind.REF else f"t.{f.name}" for f in fields) or "''"
