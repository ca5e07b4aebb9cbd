"""The columns of a list with their values as they are - numbers, days, words - for files that know more than text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.exchange.mapping import heading
from crm_desktop.record.ids import encode
from crm_desktop.record.kinds import NO, YES, Kind, plain, shown
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import say
from crm_desktop.store.pages import cell_sql
from crm_desktop.store.rows import code_of, reference_name

Value = str | int | None
AS_KEPT = frozenset({Kind.INT, Kind.MONEY, Kind.DATE})
ID_WIDTH = 130


class Typed:
    """One column: its heading, the SQL of its value, how that becomes what is written, its kind there, its width in pixels."""

    def __init__(self, title: str, sql: str, read: Callable[[Any], Value], kind: Kind, name: str = "", width: int = 110) -> None:
        self.title, self.sql, self.read, self.kind, self.name, self.width = title, sql, read, kind, name, width


def of(record: Record, only: Sequence[str] | None, *, words: bool) -> list[Typed]:
    """The columns of a file: all that a file can bring back (`only` None), or these as a person reads them."""
    out = [Typed("id", "t.id", encode, Kind.CODE, width=ID_WIDTH)]
    for field in (record.by_name[name] for name in (record.values if only is None else only) if not record.by_name[name].asked):
        out += _columns(record, field, words)
    return out


def _columns(record: Record, field: Field, words: bool) -> list[Typed]:
    title, width = say(field.label) if words else heading(field), field.width or 110
    if field.work:
        return [Typed(title, cell_sql(record, field), _worked(field, words), field.kind, field.name, width)]
    if field.kind == Kind.REF:
        name = Typed(title if words else f"{title} name", reference_name(field, "t"), _text, Kind.TEXT, field.name, max(width, 120))
        return [name] if words else [Typed(title, _known_by(field), _code, Kind.CODE, width=100), name]
    return [Typed(title, f"t.{field.name}", _reader(field, words), field.kind, field.name, width)]


def _known_by(field: Field) -> str:
    """SQL for the code of what is referred to, or its id where it has none."""
    code = f"(select {code_of(field)} from {field.ref} where id = t.{field.name})"
    return f"case when coalesce({code}, '') <> '' then {code} else cast(t.{field.name} as text) end"


def _code(value: Any) -> str:
    text = "" if value is None else str(value)
    return encode(int(text)) if text.isdecimal() and len(text) > 15 else text


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _reader(field: Field, words: bool) -> Callable[[Any], Value]:
    if field.kind in AS_KEPT:
        return _same
    if words and field.kind == Kind.BOOL:
        return _yes_or_no
    if words and field.choices:
        return _said(field)
    if words and field.kind == Kind.SEAL:
        return lambda value: shown(Kind.SEAL, value) if value else ""
    return lambda value: plain(field.kind, value)


def _same(value: Any) -> Value:
    number: Value = value
    return number


def _said(field: Field) -> Callable[[Any], str]:
    return lambda value: say(field.choice_text(value)) if value else ""


def _yes_or_no(value: Any) -> str:
    return "" if value is None else say(YES if value else NO)


def _worked(field: Field, words: bool) -> Callable[[Any], Value]:
    write = _reader(field, words)
    work = field.work
    assert work is not None
    return lambda sources: write(work(*(json.loads(sources) if isinstance(sources, str) else sources)))
