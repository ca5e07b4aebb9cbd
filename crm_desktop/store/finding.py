"""Words typed into a list's search box, as a condition that stays fast whether they mean one row or nearly all.

A row is found by its own words, by those of a row it refers to, or by the beginning of one of its codes. Few rows are
fetched through the indexes of their references; many are met soon enough by walking the list in its own order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Field, Record
from crm_desktop.store import search

MANY_TARGETS = 2_000
MANY_ROWS = 5_000
Part = tuple[str, list[Value]]


def condition(reader: Any, record: Record, words: str) -> Part:
    """The condition over the table called `t`, and its values."""
    match = search.match_words(words)
    if not match:
        return "1 = 1", []
    parts = [_by_code(name, words.strip()) for name in _codes(record)]
    if record.searched:
        parts.append((f"t.id in ({search.matching(record.key)})", [match]))
    parts += _by_references(reader, record, match)
    if not parts:
        return "0 = 1", []
    return f"({' or '.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]


def _codes(record: Record) -> list[str]:
    """Code columns that begin an index; a searched record has its codes among its words."""
    indexed = {index.columns[0] for index in record.indexes}
    return [f.name for f in record.fields if f.kind == Kind.CODE and f.name in indexed and not record.searched]


def _by_code(name: str, words: str) -> Part:
    return f"(t.{name} >= ? and t.{name} < ? and t.{name} <> '')", [words, words + search.TOP]


def _by_references(reader: Any, record: Record, match: str) -> list[Part]:
    fields = [field for field in record.fields if field.kind == Kind.REF and not field.hidden]
    found = {field.name: _targets(reader, field, match) for field in fields}
    many = any(len(ids) > MANY_TARGETS for ids in found.values())
    if many or sum(_rows_behind(reader, record, field, found[field.name]) for field in fields) > MANY_ROWS:
        # the plus keeps the engine from gathering them all through the reference's index, only to sort them
        return [(f"+t.{field.name} in ({search.matching(field.ref)})", [match]) for field in fields if found[field.name]]
    return [
        (f"t.{name} = ?" if len(ids) == 1 else f"t.{name} in ({', '.join('?' * len(ids))})", list(ids))
        for name, ids in found.items()
        if ids
    ]


def _targets(reader: Any, field: Field, match: str) -> list[int]:
    sql, values = search.matching(field.ref), [match]
    if field.ref_where:
        sql = f"select id from {field.ref} where id in ({sql}) and {field.ref_where[0]} = ?"
        values.append(field.ref_where[1])
    return [row[0] for row in reader.execute(f"{sql} limit {MANY_TARGETS + 1}", values)]


def _rows_behind(reader: Any, record: Record, field: Field, ids: Sequence[int]) -> int:
    """About how many rows refer to these, where a kept count tells; else as many as there are targets."""
    for rollup in record.rollups:
        counts = [name for name, parts in rollup.sums.items() if not parts]
        if field.name in rollup.by and counts and ids:
            sql = f"select sum({counts[0]}) from {field.ref} where id in ({', '.join('?' * len(ids))})"
            return int(reader.execute(sql, list(ids)).fetchone()[0] or 0)
    return len(ids)
