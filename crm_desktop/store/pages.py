"""Lists of any length: counted, and read page by page by key, never by depth.

A list is a record, filters, and a declared sort column; `(sort value, id)` is a row's place in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.later import named
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Text
from crm_desktop.store import finding
from crm_desktop.store.rows import reference_name
from crm_desktop.store.schema import LIVING, apart, sort_column

Place = tuple[Value, int]
COMPARE = ("=", "<>", "<=", ">=", "<", ">")


class ListQuery:
    """What a list shows: filters (column, operator, value), the column it is sorted by, the columns it shows.

    Operators: the comparisons, `in` and `not in` (a sequence), `begins` (a day's month), and `find` (words; column `*`). Columns joined by `|` mean any."""

    def __init__(
        self, record: Record, filters: Sequence[Filter] = (), sort: str = "", descending: bool = False, columns: Sequence[str] = ()
    ) -> None:
        self.record, self.filters = record, tuple(filters)
        self.sort = sort or record.sorted_by.lstrip("-")
        self.descending = descending if sort else record.sorted_by.startswith("-")
        self.columns = tuple(columns) or record.listed

    @property
    def sort_sql(self) -> str:
        """The column of the table that gives the order."""
        if self.sort not in self.record.sortable:
            raise ValueError(f"{self.record.key} is not sorted by {self.sort}")
        return sort_column(self.record, self.sort)

    @property
    def order_sql(self) -> str:
        """What gives the order, as SQL over the table called `t`: a column, or columns of rows referred to, empty ones last."""
        if self.sort not in self.record.orders:
            return f"t.{self.sort_sql}"
        return " || ".join(f"coalesce(nullif({column_sql(self.record, name)}, ''), '~')" for name in self.record.orders[self.sort])


def where(reader: Any, query: ListQuery, *, ordered: bool = True) -> tuple[str, list[Value]]:
    """The filters as SQL over the table called `t`; `ordered`: its rows are wanted in the list's order."""
    parts, values = [f"t.{LIVING}"], []
    own = _of_its_own(reader, query, ordered)
    for column, operator, value in query.filters:
        if operator == "find":
            sql, more = finding.condition(reader, query.record, str(value))
        elif (column, operator, value) == own:
            sql, more = _apart(column), [value]
        else:
            sql, more = _any(query.record, column, operator, value)
        parts.append(sql)
        values += more
    return " and ".join(parts), values


def _of_its_own(reader: Any, query: ListQuery, ordered: bool) -> Filter | None:
    """The filter that an index of its own answers: the only one, in the order of that index, or one that few rows meet.

    Where many rows meet several filters they are met soon enough by walking the list in its own order."""
    known = {index.columns[0]: index.columns[1] for index in query.record.indexes if index.apart}
    own = [(column, operator, value) for column, operator, value in query.filters if operator == "=" and column in known]
    if own and len(query.filters) == 1 and (not ordered or known[own[0][0]] == sort_column(query.record, query.sort)):
        return own[0]
    return next((one for one in own if _is_rare(reader, query.record, one)), None)


def _is_rare(reader: Any, record: Record, one: Filter) -> bool:
    column, _, value = one
    some = f"select 1 from {record.key} as t where t.{LIVING} and {_apart(column)} limit ?"
    return int(reader.execute(f"select count(*) from ({some})", [value, finding.MANY_ROWS]).fetchone()[0]) < finding.MANY_ROWS


def _apart(column: str) -> str:
    return f"{apart(f't.{column}')} = ?"


def _any(record: Record, column: str, operator: str, value: Any) -> tuple[str, list[Value]]:
    parts: list[str] = []
    values: list[Value] = []
    for name in column.split("|"):
        if name != "id" and name not in record.by_name:
            raise ValueError(f"{record.key} has no column {name}")
        if operator in ("in", "not in"):
            parts.append(f"t.{name} {operator} ({', '.join('?' * len(value))})" if value else "0 = 1" if operator == "in" else "1 = 1")
            values += list(value)
        elif operator == "begins":  # as a range, which an index knows
            parts.append(f"(t.{name} >= ? and t.{name} < ?)")
            values += [value, f"{value}~"]
        elif operator in COMPARE:
            parts.append(f"t.{name} {operator} ?")
            values.append(value)
        else:
            raise ValueError(operator)
    return f"({' or '.join(parts)})", values


def count(reader: Any, query: ListQuery, most: int = 0) -> int:
    """How many rows the list has; `most`: no more than that are counted."""
    sql, values = where(reader, query, ordered=False)
    if most:
        some = f"select 1 from {query.record.key} as t where {sql} limit ?"
        return int(reader.execute(f"select count(*) from ({some})", [*values, most]).fetchone()[0])
    return int(reader.execute(f"select count(*) from {query.record.key} as t where {sql}", values).fetchone()[0])


def column_sql(record: Record, name: str) -> str:
    """SQL for a column of the table called `t`, or for one of a row it refers to (`guest_id.vip`)."""
    own, _, theirs = name.partition(".")
    return f"(select {theirs} from {record.by_name[own].ref} where id = t.{own})" if theirs else f"t.{own}"


def cell_sql(record: Record, field: Field) -> str:
    """SQL for what a list shows of a field; of a worked-out one, what it is worked out from."""
    if field.asked:
        return "''"
    if field.work:
        return f"json_array({', '.join(column_sql(record, name) for name in field.of)})"
    return reference_name(field, "t") if field.kind == Kind.REF else f"t.{field.name}"


def fetch(
    reader: Any, query: ListQuery, *, start: Place | None = None, inclusive: bool = True, backwards: bool = False, skip: int = 0, limit: int = 100
) -> list[tuple[Value, ...]]:  # fmt: skip
    """Rows (id, sort value, *cells) in list order.

    Forwards from `start` (None: the first row); `backwards`: the rows before `start` (None: the last ones)."""
    from crm_desktop.store.database import all_rows  # not before there is one: the window begins without

    record, column = query.record, query.order_sql
    sql, values = where(reader, query)
    down = query.descending != backwards
    if start is not None:
        sign = ("<" if down else ">") + ("=" if inclusive and not backwards else "")
        sql += f" and ({column}, t.id) {sign} (?, ?)"
        values += start
    way = "desc" if down else "asc"
    # only ids are sorted and skipped, all from an index; the rows themselves are read for one page
    ids = f"select t.id from {record.key} as t where {sql} order by {column} {way}, t.id {way} limit ? offset ?"
    cells = "".join(f", {cell_sql(record, record.by_name[name])}" for name in query.columns)
    rows: list[tuple[Value, ...]] = all_rows(
        reader, f"select t.id, {column}{cells} from {record.key} as t where t.id in ({ids}) order by {column} {way}, t.id {way}", [*values, limit, skip],
    )  # fmt: skip
    fields = [record.by_name[name] for name in query.columns]
    rows = _asked(reader, fields, _worked(fields, rows))
    return rows[::-1] if backwards else rows


def _worked(fields: Sequence[Field], rows: list[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """The rows with what their worked-out cells show."""
    works = {at: field.work for at, field in enumerate(fields, 2) if field.work and not field.asked}
    if not works:
        return rows
    return [tuple(works[at](*json.loads(cell)) if at in works else cell for at, cell in enumerate(row)) for row in rows]


def _asked(reader: Any, fields: Sequence[Field], rows: list[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """The rows with the cells that are asked for all of them at once."""
    asked = {at: field.asked for at, field in enumerate(fields, 2) if field.asked}
    if not (asked and rows):
        return rows
    found = {at: _answer(name, reader, [int(row[0] or 0) for row in rows]) for at, name in asked.items()}
    return [tuple(found[at].get(row[0], "") if at in found else cell for at, cell in enumerate(row)) for row in rows]


def _answer(name: str, reader: Any, ids: Sequence[int]) -> dict[Value, Value]:
    answer: dict[Value, Value] = named(name)(reader, ids)
    return answer


def sums(reader: Any, query: ListQuery, ids: Sequence[int]) -> dict[str, dict[str, int]]:
    """The sums of the list's money columns over some rows, for each currency on its own: amounts of different ones are
    never added. A record whose amounts have no currency has them under ''."""
    record = query.record
    names = [name for name in query.columns if record.by_name[name].kind == Kind.MONEY and not record.by_name[name].work]
    currency = record.currency or "''"
    total: dict[str, dict[str, int]] = {}
    for at in range(0, len(ids) if names else 0, 500):
        block = list(ids[at : at + 500])
        sql = (
            f"select {currency}, {', '.join(f'coalesce(sum({name}), 0)' for name in names)}"
            f" from {record.key} where id in ({', '.join('?' * len(block))}) group by 1"
        )
        for unit, *values in reader.execute(sql, block):
            add_up(total, {unit: dict(zip(names, values, strict=True))})
    return dict(sorted(total.items()))


def add_up(total: dict[str, dict[str, int]], more: dict[str, dict[str, int]]) -> None:
    """Add sums to sums, each in its currency."""
    for currency, amounts in more.items():
        kept = total.setdefault(currency, {})
        for name, amount in amounts.items():
            kept[name] = kept.get(name, 0) + amount


def options(reader: Any, field: Field, limit: int = 200) -> list[tuple[int, str]]:
    """The rows a reference may point to, for a list's drop-down: (id, name) by name."""
    kind, values = (f" and {field.ref_where[0]} = ?", [field.ref_where[1]]) if field.ref_where else ("", [])
    sql = f"select id, {field.ref_name} from {field.ref} where {LIVING}{kind} order by {field.ref_name} limit ?"
    return list(reader.execute(sql, [*values, limit]).fetchall())


def waiting(
    reader: Any, label: Text, record: Record, filters: Sequence[Filter], *, group: str, tone: str = "", late: Sequence[Filter] = (), short: Text | None = None
) -> list[TodayLine]:
    """The line of *Today* for rows that wait for somebody; none where none does. Red when any of them is `late`."""
    number = count(reader, ListQuery(record, filters))
    if number and late and count(reader, ListQuery(record, [*filters, *late])):
        tone = "red"
    return [TodayLine(label, number, None, record.key, filters, group=group, tone=tone, short=short)] if number else []


def counted(reader: Any, label: Text, record: Record, filters: Sequence[Filter], *, group: str, tone: str = "", short: Text | None = None) -> TodayLine:
    """A line of *Today* that stands there also while it counts nothing, then without its tone."""
    number = count(reader, ListQuery(record, filters))
    return TodayLine(label, number, None, record.key, filters, group=group, tone=tone if number else "", short=short)
