"""The columns of a CSV file: what each asks of the database, and how a block of its values becomes cells.

A million rows have forty million cells: numbers and dates beside each other come from the database as one text, a
reference is looked up once, a text is only taken apart when something in it needs care."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from crm_desktop.exchange.formulas import guarded
from crm_desktop.exchange.mapping import heading
from crm_desktop.record.ids import Encoder, encode, encode_keys
from crm_desktop.record.kinds import PLAIN, Kind, Memo, plain
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import say
from crm_desktop.store.pages import cell_sql
from crm_desktop.store.rows import code_of
from crm_desktop.store.schema import LIVING

_QUOTED = re.compile('[",\r\n;\t]')
_HARMLESS = re.compile('(?:[0-9A-Za-z\u4e00-\u9fff][^",\r\n;\t]*)?')  # nothing to quote, and no formula begins so
BARE = frozenset({Kind.INT, Kind.BOOL, Kind.DATE, Kind.TIME})  # written by the program alone: no comma, quote or formula in them
FEW = 2_000  # different texts of a column that are worth remembering
Encode = Callable[[tuple[Any, ...]], Sequence[str]]


def quoted(text: str) -> str:
    """A guarded text as one CSV cell."""
    if _HARMLESS.fullmatch(text):
        return text
    safe = guarded(text)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


class Columns:
    """Neighbouring columns of the file: their headings, the SQL of their values, and how a block of them is written."""

    def __init__(self, titles: Sequence[str], sql: str, encode: Encode) -> None:
        self.titles, self.sql, self.encode = titles, sql, encode


def of(reader: Any, record: Record, only: Sequence[str] | None, *, words: bool) -> list[Columns]:
    """The file's columns. `only`: these fields; `words`: headings as people read them, a reference by its name alone.

    A whole file leaves derived columns out, so that it can be read back; a list as seen has what is seen."""
    fields = [record.by_name[name] for name in (record.values if only is None else only)]
    out = [Columns(["id"], "t.id", Encoder().column)]
    for bare, run in groupby(fields, _is_bare):
        if bare:
            out.append(_run(list(run), words))
        else:
            out += [_column(reader, field, words) for field in run]
    return out


def _is_bare(field: Field) -> bool:
    return field.kind in BARE and not field.work


def _shown_by(field: Field) -> Callable[[str], str]:
    def write(sources: str) -> str:
        value = field.work(*json.loads(sources)) if field.work else None
        return quoted(plain(field.kind, value))

    return write


def _title(field: Field, words: bool) -> str:
    return say(field.label) if words else heading(field)


def _run(fields: Sequence[Field], words: bool) -> Columns:
    together = ", ',', ".join(f"t.{field.name}" for field in fields)
    return Columns([_title(field, words) for field in fields], f"concat({together})", list)


def _column(reader: Any, field: Field, words: bool) -> Columns:
    title, sql = _title(field, words), cell_sql(field) if field.work else f"t.{field.name}"
    if field.work:
        return Columns([title], sql, _remembered(_shown_by(field)))
    if field.kind == Kind.REF:
        titles = [title] if words else [title, f"{title} name"]
        return Columns(titles, sql, References(reader, field, names_only=words).column)
    if field.kind == Kind.KEY:
        return Columns([title], sql, encode_keys)
    if field.kind in (Kind.TEXT, Kind.LONG, Kind.CODE):
        return Columns([title], sql, _Texts().column)
    return Columns([title], sql, _remembered(quoted if field.kind == Kind.CHOICE else PLAIN[field.kind]))


class _Texts:
    """Texts as cells: looked up where a block holds few different ones, looked at one by one where it holds many."""

    def __init__(self) -> None:
        self._few = True
        self._known = Memo(quoted, FEW)

    def column(self, values: tuple[Any, ...]) -> list[str]:
        """The cells of a block."""
        if self._few and len(self._known) < FEW:
            return list(map(self._known.__getitem__, values))
        if self._few:
            self._few = False
            self._known.clear()
        harmless = _HARMLESS.fullmatch
        return [text if harmless(text) else quoted(text) for text in values]


def _remembered(convert: Callable[[Any], str]) -> Encode:
    memo = Memo(lambda value: "" if value is None else convert(value))

    def encode(values: tuple[Any, ...]) -> list[str]:
        return list(map(memo.__getitem__, values))

    return encode


class References:
    """A reference as code and name, or by its name alone; each row is looked up once. A row that code and name do not
    tell from all others (no code; a client that is company and agency) is known by its id."""

    def __init__(self, reader: Any, field: Field, *, names_only: bool) -> None:
        self._reader, self._field, self._names_only = reader, field, names_only
        self._known: dict[int | None, str] = {}
        self._twice: set[tuple[str, str]] | None = None

    def column(self, values: tuple[Any, ...]) -> list[str]:
        """The cells of each reference, joined."""
        if len(self._known) > 200_000:
            self._known.clear()
        self._known[None] = "" if self._names_only else ","
        unknown = list(set(values) - self._known.keys())
        if unknown:
            self._look_up(unknown)
        return list(map(self._known.__getitem__, values))

    def _look_up(self, ids: list[Any]) -> None:
        if self._twice is None:
            self._twice = self._namesakes()
        sql = f"select id, {code_of(self._field)}, {self._field.ref_name} from {self._field.ref} where id in (select value from json_each(?))"
        for row_id, code, name in self._reader.execute(sql, (json.dumps(ids),)).fetchall():
            cells = quoted(name)
            if not self._names_only:
                known = code and (code, name) not in self._twice
                cells = f"{quoted(code) if known else encode(row_id)},{cells}"
            self._known[row_id] = cells

    def _namesakes(self) -> set[tuple[str, str]]:
        """Code and name that more than one living row has: found once, in one walk."""
        if self._field.ref_where or self._names_only or not self._field.ref_code:
            return set()
        code, name = self._field.ref_code, self._field.ref_name
        sql = f"select {code}, {name} from {self._field.ref} where {LIVING} and {code} <> '' group by {code}, {name} having count(*) > 1"
        return {(code, name) for code, name in self._reader.execute(sql).fetchall()}
