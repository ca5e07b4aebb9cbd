"""Any list as a CSV file that Excel opens rightly: UTF-8 with BOM or GB18030, no live formulas, ids as 13 letters.

Columns are converted one after another in blocks of rows, each different value once; memory stays the same for any
length, and the file stands there whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from crm_desktop.exchange.formulas import guarded
from crm_desktop.exchange.mapping import heading
from crm_desktop.exchange.progress import Of, Progress, Quiet
from crm_desktop.record.ids import Encoder
from crm_desktop.record.kinds import PLAIN, Kind, Memo
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.folders import writing
from crm_desktop.store.pages import ListQuery, count, where
from crm_desktop.store.schema import LIVING
from crm_desktop.store.store import Store

BLOCK = 1000
ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
_QUOTED = re.compile('[",\r\n;\t]')


def quoted(text: str) -> str:
    """A guarded text as one CSV cell."""
    safe = guarded(text)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


Encode = Callable[[tuple[Any, ...]], Iterator[str] | list[str]]


class Column:
    """One column of the file: its heading, its SQL, and how a block of its values is written."""

    def __init__(self, title: str, sql: str, encode: Encode) -> None:
        self.title, self.sql, self.encode = title, sql, encode


def _memo(convert: Callable[[Any], str]) -> Encode:
    memo = Memo(lambda value: "" if value is None else convert(value))
    return lambda values: list(map(memo.__getitem__, values))


def columns_of(record: Record, only: Sequence[str] | None = None, *, words: bool = False) -> tuple[list[Column], str]:
    """The file's columns and the joins they need. `only`: these fields; `words`: headings as people read them.

    A whole export leaves derived columns out, so that it can be read back; a list as seen has what is seen."""
    fields = [record.by_name[name] for name in only] if only is not None else [record.by_name[name] for name in record.values]
    out = [Column("id", "t.id", Encoder().column)]
    joins = []
    for field in fields:
        title = say(field.label) if words else heading(field)
        if field.kind == Kind.REF:
            joins.append(f"left join {field.ref} as {field.name}_ on {field.name}_.id = t.{field.name}")
            out += [Column(title, f"{field.name}_.name", _memo(quoted))] if words else _reference(field, title)
        else:
            out.append(Column(title, f"t.{field.name}", _encoder(field)))
    return out, " ".join(joins)


def _encoder(field: Field) -> Encode:
    if field.kind == Kind.KEY:
        return Encoder().column
    return _memo(quoted if field.kind in (Kind.TEXT, Kind.LONG, Kind.CODE, Kind.CHOICE) else PLAIN[field.kind])


def _ambiguous(table: str) -> str:
    """SQL for the rows that another one shares both code and name with (a client that is company and agency)."""
    living = f"from {table} where {LIVING} and code <> ''"
    return f"select id {living} and (code, name) in (select code, name {living} group by code, name having count(*) > 1)"


def _reference(field: Field, title: str) -> list[Column]:
    """A reference as code and name; a row that these do not tell from all others is known by its id."""
    ids = Encoder()
    memo = Memo(lambda value: quoted(value) if isinstance(value, str) else ids.column((value,))[0])
    code = f"coalesce(nullif({field.name}_.code, ''), {field.name}_.id)"
    if not field.ref_where:
        code = f"case when {field.name}_.id in ({_ambiguous(field.ref)}) then {field.name}_.id else {code} end"
    return [
        Column(title, code, lambda values: list(map(memo.__getitem__, values))),
        Column(f"{title} name", f"{field.name}_.name", _memo(quoted)),
    ]


def export(
    reader: Any, query: ListQuery, path: Path, *, only: Sequence[str] | None = None, words: bool = False,
    encoding: str = "utf-8", by_id: bool = False, progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write the list to a file; returns the number of rows. Raises Refused; a file there before stays as it was."""
    if encoding not in ENCODINGS:
        raise Refused(Text("Files are written in UTF-8 or GB18030."))
    columns, joins = columns_of(query.record, only, words=words)
    sql, values = where(reader, query)
    order = "t.id" if by_id else f"t.{query.sort_sql} {'desc' if query.descending else 'asc'}, t.id {'desc' if query.descending else 'asc'}"
    cursor = reader.execute(
        f"select {', '.join(c.sql for c in columns)} from {query.record.key} as t {joins} where {sql} order by {order}", values
    )
    counted = _Counted(cursor, columns, ENCODINGS[encoding], progress or Quiet())
    writing(path, counted.write)
    return counted.rows


class _Counted:
    """Writes the blocks and counts the rows."""

    def __init__(self, cursor: Any, columns: Sequence[Column], encoding: str, progress: Progress) -> None:
        self.cursor, self.columns, self.encoding, self.progress = cursor, columns, encoding, progress
        self.rows = 0

    def write(self, file: IO[bytes]) -> None:
        """The headings, then every block."""
        file.write((",".join(quoted(c.title) for c in self.columns) + "\r\n").encode(self.encoding))
        plain = self.encoding.removesuffix("-sig")
        while block := self.cursor.fetchmany(BLOCK):
            cells = [column.encode(values) for column, values in zip(self.columns, zip(*block, strict=True), strict=True)]
            file.write(("\r\n".join(map(",".join, zip(*cells, strict=True))) + "\r\n").encode(plain))
            self.rows += len(block)
            self.progress.step(self.rows, 0)


def write_rows(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A small table of texts as CSV: UTF-8 with BOM, every cell guarded."""
    words = "".join(",".join(map(quoted, row)) + "\r\n" for row in rows)

    def write(file: IO[bytes]) -> None:
        file.write(words.encode("utf-8-sig"))

    writing(path, write)


def export_apart(
    progress: Progress, database: Path, records: Sequence[Record], record_key: str, filters: Sequence[Any], sort: str,
    descending: bool, listed: Sequence[str], path: Path, only: Sequence[str] | None, encoding: str,
) -> Iterator[int]:  # fmt: skip
    """`export` in a process of its own: as people see the list when `only` names columns, else whole and by id."""
    with Store(database, records) as store, closing(store.open_reader()) as reader:
        query = ListQuery(store.by_key[record_key], filters, sort, descending, listed)
        total = count(reader, query)
        yield export(
            reader, query, path, only=only, words=only is not None, encoding=encoding, by_id=only is None, progress=Of(progress, total)
        )
