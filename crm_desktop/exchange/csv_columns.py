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
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.pages import cell_sql
from crm_desktop.store.rows import code_of
from crm_desktop.store.schema import LIVING

_QUOTED = re.compile('[",\r\n;\t]')
_HARMLESS = re.compile('(?:[0-9A-Za-z\u4e00-\u9fff][^",\r\n;\t]*)?')  # nothing to quote, and no formula begins so
BARE = frozenset({Kind.INT, Kind.BOOL, Kind.DATE, Kind.TIME})  # written by the program alone: no comma, quote or formula in them
TOGETHER = BARE | {Kind.MONEY, Kind.TEXT, Kind.LONG, Kind.CODE, Kind.CHOICE}
PLAIN_CELL, TEXT_CELL = "\x1e", "\x1f"  # stand before each cell of a run; no value has them: see record/kinds.py
_SAFE_RUN = re.compile('[^",\r\n;\t\x1f]*(?:\x1f(?:[0-9A-Za-z\u4e00-\u9fff\x1e][^",\r\n;\t\x1f]*)?)*')  # no text in it needs care
_NEEDS_CARE = re.compile('\x1f(?:(?![0-9A-Za-z\u4e00-\u9fff\x1e\x1f])[^\x1e\x1f]+|[^\x1e\x1f",\r\n;\t]*[",\r\n;\t][^\x1e\x1f]*)')  # a text that does
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
    for together, run in groupby(fields, _goes_together):
        if together:
            out.append(_run(list(run), words))
        else:
            out += [_column(reader, field, words) for field in run]
    return out


def _goes_together(field: Field) -> bool:
    return field.kind in TOGETHER and not field.work


def _shown_by(field: Field) -> Callable[[str], str]:
    def write(sources: str) -> str:
        value = field.work(*json.loads(sources)) if field.work else None
        return quoted(plain(field.kind, value))

    return write


def _title(field: Field, words: bool) -> str:
    return say(field.label) if words else heading(field)


def _run(fields: Sequence[Field], words: bool) -> Columns:
    cells = ", ".join(_marked(field) for field in fields)
    return Columns([_title(field, words) for field in fields], f"concat({cells})", _Runs(len(fields)).column)


def _marked(field: Field) -> str:
    """SQL for a cell with its mark before it; money as people write it, without separators."""
    name = f"t.{field.name}"
    if field.kind == Kind.MONEY:
        name = f"case when {name} < 0 then '-' else '' end, abs({name}) / 100, '.', substr('0' || (abs({name}) % 100), -2)"
    return f"char({ord(PLAIN_CELL if field.kind in BARE or field.kind == Kind.MONEY else TEXT_CELL)}), {name}"


class _Runs:
    """Cells that came as one text: taken apart only where a text among them needs care."""

    def __init__(self, count: int) -> None:
        self._count = count

    def column(self, values: tuple[str, ...]) -> list[str]:
        """The cells of each row, joined."""
        safe, careful = _SAFE_RUN.fullmatch, self._careful
        return [v[1:].replace(TEXT_CELL, ",").replace(PLAIN_CELL, ",") if safe(v) else careful(v) for v in values]

    def _careful(self, value: str) -> str:
        if value.count(PLAIN_CELL) + value.count(TEXT_CELL) != self._count:
            raise Refused(Text("There is a character here that cannot be shown"))
        return _NEEDS_CARE.sub(_with_care, value)[1:].replace(TEXT_CELL, ",").replace(PLAIN_CELL, ",")


def _with_care(found: re.Match[str]) -> str:
    return TEXT_CELL + quoted(found[0][1:])


def _column(reader: Any, field: Field, words: bool) -> Columns:
    title, sql = _title(field, words), cell_sql(field) if field.work else f"t.{field.name}"
    if field.work:
        return Columns([title], sql, _remembered(_shown_by(field)))
    if field.kind == Kind.REF:
        titles = [title] if words else [title, f"{title} name"]
        return Columns(titles, sql, References(reader, field, names_only=words).column)
    if field.kind == Kind.KEY:
        return Columns([title], sql, encode_keys)
    return Columns([title], sql, _remembered(PLAIN[field.kind]))


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
