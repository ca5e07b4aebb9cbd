"""The columns of a CSV file: what each asks of the database, and how a block of its values becomes cells.

A million rows have forty million cells: numbers and dates beside each other come from the database as one text, a
reference is looked up once, a text is only taken apart when something in it needs care."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import partial
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
_CHANGED = r"0[0-9]|[0-9]{12}|[0-9]+[eE][0-9]"  # so begin codes that a spreadsheet takes for other numbers; in quotes they can stay text
_HARMLESS = re.compile(f'(?:(?!{_CHANGED})[0-9A-Za-z\u4e00-\u9fff][^",\r\n;\t]*)?')  # nothing to quote, and no formula begins so
_CODE = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+")
BARE = frozenset({Kind.INT, Kind.BOOL, Kind.DATE, Kind.TIME})  # written by the program alone: no comma, quote or formula in them
TOGETHER = BARE | {Kind.MONEY, Kind.TEXT, Kind.CODE, Kind.CHOICE}  # a long text nearly always needs care: it stands alone
PLAIN_CELL, TEXT_CELL = "\x1e", "\x1f"  # stand before each cell of a run; no value has them: see record/kinds.py
_CARE, _ROW = '",\r;\t', "\n"  # no safe run has any of them
_LIVE_HEAD = re.compile(f"\x1f(?:(?![0-9A-Za-z\u4e00-\u9fff\x1e\x1f\n]|$)|{_CHANGED})")
_SAFE_RUN = re.compile(f'[^",\r\n;\t\x1f]*(?:\x1f(?!{_CHANGED})(?:[0-9A-Za-z\u4e00-\u9fff\x1e][^",\r\n;\t\x1f]*)?)*')  # no text in it needs care
_NEEDS_CARE = re.compile(f'\x1f(?:(?:(?={_CHANGED})|(?![0-9A-Za-z\u4e00-\u9fff\x1e\x1f]))[^\x1e\x1f]+|[^\x1e\x1f",\r\n;\t]*[",\r\n;\t][^\x1e\x1f]*)')  # a text that does
Encode = Callable[[tuple[Any, ...]], Sequence[str]]
Cell = Callable[[str], str]  # a text as one cell


def quoted(text: str) -> str:
    """A guarded text as one CSV cell."""
    if _HARMLESS.fullmatch(text):
        return text
    safe = guarded(text)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) or _CODE.fullmatch(safe) else safe


def for_sheets(text: str) -> str:
    """The same for a file that a spreadsheet opens by itself: behind a code that it would take for another number stands a
    tab, which nobody sees, which makes it a text there (no formula), and which an import takes away."""
    return f'"{text}\t"' if _CODE.fullmatch(text) else quoted(text)


class Columns:
    """Neighbouring columns of the file: their headings, the SQL of their values, and how a block of them is written."""

    def __init__(self, titles: Sequence[str], sql: str, encode: Encode) -> None:
        self.titles, self.sql, self.encode = titles, sql, encode


def of(reader: Any, record: Record, only: Sequence[str] | None, *, words: bool, sheets: bool = False) -> list[Columns]:
    """The file's columns. `only`: these fields; `words`: headings as people read them, a reference by its name alone;
    `sheets`: codes stay texts in a spreadsheet that opens the file.

    A whole file leaves derived columns out, so that it can be read back; a list as seen has what is seen."""
    fields = [record.by_name[name] for name in (record.values if only is None else only) if not record.by_name[name].asked]
    out, cell = [Columns(["id"], "t.id", Encoder().column)], for_sheets if sheets else quoted
    for together, run in groupby(fields, _goes_together):
        if together:
            out.append(_run(list(run), words, cell))
        else:
            out += [_column(reader, record, field, words, cell) for field in run]
    return out


def _goes_together(field: Field) -> bool:
    return field.kind in TOGETHER and not field.work


def _shown_by(field: Field, cell: Cell) -> Callable[[str], str]:
    def write(sources: str) -> str:
        value = field.work(*json.loads(sources)) if field.work else None
        return cell(plain(field.kind, value))

    return write


def _title(field: Field, words: bool) -> str:
    return say(field.label) if words else heading(field)


def _run(fields: Sequence[Field], words: bool, cell: Cell) -> Columns:
    cells = ", ".join(_marked(field) for field in fields)
    return Columns([_title(field, words) for field in fields], f"concat({cells})", _Runs(len(fields), cell).column)


def _marked(field: Field) -> str:
    """SQL for a cell with its mark before it; money as people write it, without separators."""
    name = f"t.{field.name}"
    if field.kind == Kind.MONEY:
        name = f"case when {name} < 0 then '-' else '' end, abs({name}) / 100, '.', substr(cast(100 + abs({name}) % 100 as text), 2)"
    return f"char({ord(PLAIN_CELL if field.kind in BARE or field.kind == Kind.MONEY else TEXT_CELL)}), {name}"


class _Runs:
    """Cells that came as one text: a block of rows at once where no text in it needs care, else row by row."""

    def __init__(self, count: int, cell: Cell) -> None:
        self._count, self._cell = count, cell

    def column(self, values: tuple[str, ...]) -> list[str]:
        """The cells of each row, joined."""
        block = _ROW.join(values)
        if block.count(_ROW) < len(values) and not _LIVE_HEAD.search(block) and not any(sign in block for sign in _CARE):
            first = block[0]  # every row begins with the mark of its first cell
            return block[1:].replace(_ROW + first, _ROW).replace(TEXT_CELL, ",").replace(PLAIN_CELL, ",").split(_ROW)
        safe, careful = _SAFE_RUN.fullmatch, self._careful
        return [v[1:].replace(TEXT_CELL, ",").replace(PLAIN_CELL, ",") if safe(v) else careful(v) for v in values]

    def _careful(self, value: str) -> str:
        if value.count(PLAIN_CELL) + value.count(TEXT_CELL) != self._count:
            raise Refused(Text("There is a character here that cannot be shown; delete it and type it anew"))
        return _NEEDS_CARE.sub(self._with_care, value)[1:].replace(TEXT_CELL, ",").replace(PLAIN_CELL, ",")

    def _with_care(self, found: re.Match[str]) -> str:
        return TEXT_CELL + self._cell(found[0][1:])


def _column(reader: Any, record: Record, field: Field, words: bool, cell: Cell) -> Columns:
    title, sql = _title(field, words), cell_sql(record, field) if field.work else f"t.{field.name}"
    if field.work:
        return Columns([title], sql, _remembered(_shown_by(field, cell)))
    if field.kind == Kind.REF:
        titles = [title] if words else [title, f"{title} name"]
        return Columns(titles, sql, References(reader, field, cell, names_only=words).column)
    if field.kind == Kind.KEY:
        return Columns([title], sql, encode_keys)
    if field.kind == Kind.LONG:
        return Columns([title], sql, partial(_each, cell))
    return Columns([title], sql, _remembered(PLAIN[field.kind]))


def _remembered(convert: Callable[[Any], str]) -> Encode:
    memo = Memo(lambda value: "" if value is None else convert(value))

    def encode(values: tuple[Any, ...]) -> list[str]:
        return list(map(memo.__getitem__, values))

    return encode


def _each(cell: Cell, values: tuple[str, ...]) -> list[str]:
    return list(map(cell, values))


class References:
    """A reference as code and name, or by its name alone; each row is looked up once. A row that code and name do not
    tell from all others (no code; a client that is company and agency) is known by its id."""

    def __init__(self, reader: Any, field: Field, cell: Cell, *, names_only: bool) -> None:
        self._reader, self._field, self._cell, self._names_only = reader, field, cell, names_only
        self._known: dict[int | None, str] = {}
        self._twice: set[tuple[str, str]] | None = None

    def column(self, values: tuple[Any, ...]) -> list[str]:
        """The cells of each reference, joined."""
        if len(self._known) > 200_000:
            self._known.clear()
        self._known[None] = "" if self._names_only else ","
        unknown = [row_id for row_id in set(values) if row_id not in self._known]  # `set - keys` would walk all that is known
        if unknown:
            self._look_up(unknown)
        return list(map(self._known.__getitem__, values))

    def _look_up(self, ids: list[Any]) -> None:
        if self._twice is None:
            self._twice = self._namesakes()
        sql = f"select id, {code_of(self._field)}, {self._field.ref_name} from {self._field.ref} where id in (select value from json_each(?))"
        for row_id, code, name in self._reader.execute(sql, (json.dumps(ids),)).fetchall():
            cells = self._cell(name)
            if not self._names_only:
                known = code and (code, name) not in self._twice
                cells = f"{self._cell(code) if known else encode(row_id)},{cells}"
            self._known[row_id] = cells

    def _namesakes(self) -> set[tuple[str, str]]:
        """Code and name that more than one living row has: found once, in one walk."""
        if self._field.ref_where or self._names_only or not self._field.ref_code:
            return set()
        code, name = self._field.ref_code, self._field.ref_name
        sql = f"select {code}, {name} from {self._field.ref} where {LIVING} and {code} <> '' group by {code}, {name} having count(*) > 1"
        return {(code, name) for code, name in self._reader.execute(sql).fetchall()}
