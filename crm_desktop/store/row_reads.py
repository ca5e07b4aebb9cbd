"""Rows read one by one or in blocks, and what is asked of them before something is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.record.dated import KEPT
from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Field, Index, Record, Row
from crm_desktop.store.schema import LIVING

BLOCK, MOST_LINES = 500, 200
_NO_TEXT = "''"


def all_columns(record: Record) -> tuple[str, ...]:
    """Every column of the table, in the order rows are read."""
    return ("id", "version", "gone", *record.columns)


def reference_name(field: Field, alias: str) -> str:
    """SQL for the name of the row a reference points to."""
    return f"(select {field.ref_name} from {field.ref} where id = {alias}.{field.name})"


def code_of(field: Field) -> str:
    """SQL for the code of the row a reference points to; '' where such rows have none."""
    return field.ref_code or "''"


def read(db: Any, record: Record, row_id: int) -> Row | None:
    """One row with every column, also a removed one; None when there never was one."""
    columns = all_columns(record)
    found = _believed(db, f"select {', '.join(columns)} from {record.key} where id = ?", (row_id,))
    return dict(zip(columns, found[0], strict=True)) if found else None


def _believed(db: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    from crm_desktop.store.database import all_rows  # heavy: pages import this file before there is a database

    return all_rows(db, sql, values)


def read_many(db: Any, record: Record, ids: Sequence[int]) -> dict[int, Row]:
    """Rows with every column, by id, also removed ones; not more than a block at a time."""
    columns = all_columns(record)
    found = _believed(db, f"select {', '.join(columns)} from {record.key} where id in ({', '.join('?' * len(ids))})", list(ids))
    return {row[0]: dict(zip(columns, row, strict=True)) for row in found}


def missing(db: Any, field: Field, ids: Iterable[Value]) -> set[Value]:
    """Which of these ids a reference may not hold: no living row of the right kind has them."""
    wanted = sorted({row_id for row_id in ids if row_id is not None})
    kind, values = (f" and {field.ref_where[0]} = ?", [field.ref_where[1]]) if field.ref_where else ("", [])
    there: set[Value] = set()
    for at in range(0, len(wanted), BLOCK):
        block = wanted[at : at + BLOCK]
        sql = f"select id from {field.ref} where id in ({', '.join('?' * len(block))}) and {LIVING}{kind}"
        there.update(row[0] for row in db.execute(sql, [*block, *values]))
    return set(wanted) - there


def pointed(db: Any, references: Sequence[tuple[Field, Value]]) -> dict[str, tuple[bool, str, str]]:
    """What references point to, asked at once, by field: whether it lives, its name, and what decides whether it is of the
    right kind; nothing where there is no such row."""
    each = (f"select '{f.name}', gone, {f.ref_name}, {f.ref_where[0] if f.ref_where else _NO_TEXT} from {f.ref} where id = ?" for f, _ in references)
    found = db.execute(" union all ".join(each), [row_id for _, row_id in references]).fetchall() if references else ()
    return {name: (gone is None, str(label), str(kind)) for name, gone, label, kind in found}


def get(reader: Any, record: Record, row_id: int) -> Row | None:
    """A living row for people: with `field.name` beside each reference."""
    columns = all_columns(record)
    references = record.references()
    names = [reference_name(f, "t") for f in references]
    sql = f"select {', '.join(f't.{c}' for c in columns)}{''.join(', ' + n for n in names)} from {record.key} as t where t.id = ? and t.{LIVING}"
    found = _believed(reader, sql, (row_id,))
    if not found:
        return None
    row = dict(zip((*columns, *(f"{f.name}.name" for f in references)), found[0], strict=True))
    return row | record.work(row)


def may_see(db: Any, record: Record, row_id: int, rule: str) -> bool:
    """True when a row meets the condition of what somebody sees; '' is no condition."""
    return not rule or db.execute(f"select 1 from {record.key} as t where t.id = ? and {rule}", (row_id,)).fetchone() is not None


def in_use(db: Any, records: Sequence[Record], table: str, row_id: int) -> Record | None:
    """A record whose living rows refer to this row, or None. What the program keeps of the row itself, and its lines, go with it."""
    own = {(each.into, each.by) for record in records if record.key == table for each in record.dated}
    lines = {(each.record.key, each.by) for record in records if record.key == table for each in record.lines}
    for record in records:
        for field in record.fields:
            if field.kind == Kind.REF and field.ref == table and (record.key, field.name) not in lines:
                by_hand = f" and {KEPT} = 0" if (record.key, field.name) in own else ""
                values: list[Value] = [row_id]
                if goes_along(record, field):
                    by_hand, values = f"{by_hand} and {record.along[0]} <> ?", [row_id, record.along[1]]
                sql = f"select 1 from {record.key} where {field.name} = ? and {LIVING}{by_hand} limit 1"
                if db.execute(sql, values).fetchone():
                    return record
    return None


def goes_along(record: Record, field: Field) -> bool:
    """True where rows the program made by itself go with the row this column names; whose they are is no such."""
    return bool(record.along[0]) and field.name not in record.owners


def next_number(db: Any, record: Record, head: str) -> str:
    """The number after the greatest one of a record's series that begins with `head`, asked inside the transaction that adds the
    row. Removed rows keep theirs; what a person wrote in a way of their own does not count."""
    assert record.series is not None
    code = record.code
    sql = f"select {code} from {record.key} where {code} >= ? and {code} < ? order by length({code}) desc, {code} desc limit {BLOCK}"
    tails = [str(row[0])[len(head) :] for row in db.execute(sql, (f"{head}0", f"{head}:")).fetchall()]
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    return f"{head}{last + 1:0{record.series.width}d}"


def leads_back(db: Any, record: Record, field: Field, row: Row) -> bool:
    """True when a row's reference to its own record, followed upwards, comes to the row again."""
    seen, at = {row.get("id")}, row.get(field.name)
    while at is not None and row.get("id") is not None:
        if at in seen:
            return True
        seen.add(at)
        found = db.execute(f"select {field.name} from {record.key} where id = ?", (at,)).fetchone()
        at = found[0] if found else None
    return False


def holder(db: Any, record: Record, index: Index, row: Row) -> str:
    """The name of another living row that already has this row's unique columns; '' when nobody has."""
    same = " and ".join(f"{column} = ?" for column in index.columns)
    found = db.execute(
        f"select {record.name} from {record.key} where {same} and {LIVING} and id <> ? limit 1",
        [*(row[column] for column in index.columns), row.get("id") or 0],
    ).fetchone()
    return str(found[0]) if found else ""


def lines_of(reader: Any, record: Record, by: str, row_id: int) -> list[Row]:
    """The living rows of a record that point to a row, in the order they were entered, each as `get` gives it."""
    sql = f"select id from {record.key} where {by} = ? and {LIVING} order by id limit {MOST_LINES}"
    found = [get(reader, record, each) for (each,) in reader.execute(sql, (row_id,)).fetchall()]
    return [row for row in found if row is not None]
