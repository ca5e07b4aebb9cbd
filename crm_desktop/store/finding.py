"""Words typed into a list's search box, as a condition that stays fast whether they mean one row or nearly all.

A row is found by its own words, by those of a row it refers to, or by the beginning of one of its codes. Few rows are
fetched through the indexes of their references; many are met soon enough by walking the list in its own order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Field, Record
from crm_desktop.store import search
from crm_desktop.store.schema import LIVING

MANY_TARGETS = 2_000
MANY_ROWS = 5_000
Part = tuple[str, list[Value]]


def condition(reader: Any, record: Record, words: str) -> Part:
    """The condition over the table called `t`, and its values."""
    match = search.match_words(words)
    if not match:
        return "1 = 1", []
    found = {field: _targets(reader, field, match) for field in _references(record)}
    indexed = {index.columns[0] for index in record.indexes}
    selects = _own(record, words.strip(), match, indexed)
    countable = all(len(ids) <= MANY_TARGETS and (field.name in indexed or not ids) for field, ids in found.items())
    gathered = selects + [_pointing(record, field, ids) for field, ids in found.items() if ids]
    if countable and not _are_many(reader, gathered):
        return _among(gathered)
    # the plus keeps the engine from gathering them all through the reference's index, only to sort them
    walked = [(f"+t.{field.name} in ({search.matching(field.ref)})", [match]) for field, ids in found.items() if ids]
    return _joined(" or ", [_among(selects), *walked])


def _references(record: Record) -> list[Field]:
    return [field for field in record.fields if field.kind == Kind.REF and not field.hidden]


def _own(record: Record, words: str, match: str, indexed: set[str]) -> list[Part]:
    """Selects of the rows found by their own words, or by the beginning of a code that has an index."""
    if record.searched:  # its codes are among its words
        return [(search.matching(record.key), [match])]
    codes = [f.name for f in record.fields if f.kind == Kind.CODE and f.name in indexed]
    where = "{name} >= ? and {name} < ? and {name} <> ''"
    return [(f"select id from {record.key} where {where.format(name=n)} and {LIVING}", [words, words + search.TOP]) for n in codes]


def _pointing(record: Record, field: Field, ids: Sequence[int]) -> Part:
    return f"select id from {record.key} where {field.name} in ({', '.join('?' * len(ids))}) and {LIVING}", list(ids)


def _among(selects: Sequence[Part]) -> Part:
    if not selects:
        return "1 = 0", []
    sql, values = _joined(" union all ", selects)
    return f"t.id in {sql}", values


def _joined(word: str, parts: Sequence[Part]) -> Part:
    return f"({word.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]


def _are_many(reader: Any, selects: Sequence[Part]) -> bool:
    if not selects:
        return False
    sql, values = _joined(" union all ", selects)
    return int(reader.execute(f"select count(*) from (select 1 from {sql} limit {MANY_ROWS})", values).fetchone()[0]) >= MANY_ROWS


def _targets(reader: Any, field: Field, match: str) -> list[int]:
    sql, values = search.matching(field.ref), [match]
    if field.ref_where:
        sql = f"select id from {field.ref} where id in ({sql}) and {field.ref_where[0]} = ?"
        values.append(field.ref_where[1])
    return [row[0] for row in reader.execute(f"{sql} limit {MANY_TARGETS + 1}", values)]
