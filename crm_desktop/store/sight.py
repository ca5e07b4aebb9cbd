"""What a person sees, as SQL: the rows of their reach and the columns without what is sensitive.

A connection that reads for a person is narrowed: temporary views take the names of the tables, so that every statement,
of a list, a search or a duty's own, finds the permitted rows and masked columns only. Somebody who sees everything reads
the tables themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.record.kinds import TEXTUAL
from crm_desktop.record.record import Field, Record
from crm_desktop.record.rights import ABOUT, MASK, Rights, Scope
from crm_desktop.store import database
from crm_desktop.store.log import FOR
from crm_desktop.store.rows import all_columns

ALL, NOBODY = "", "0 = 1"
OWN = "main."  # of the file itself, whatever view has taken the name of a table
LOG_TABLES = ("change", "change_row")
Records = Mapping[str, Record]


def seen(records: Records, record: Record, rights: Rights, alias: str = "t", schema: str = "") -> str:
    """The condition a row must meet to be seen, with no parameters; '' where every row is."""
    if record.area == ABOUT:
        return _beside(records, record, rights, alias, schema)
    return _within(records, record, rights.sees(record.area), alias, schema)


def worked_on(records: Records, record: Record, rights: Rights, verb: str, alias: str = "t") -> str:
    """The condition a row must meet for something to be done with it; '' where every row does."""
    if record.area == ABOUT:
        return _beside(records, record, rights, alias, "")
    return _within(records, record, rights.edits(record.area, verb), alias, "")


def _within(records: Records, record: Record, scope: Scope, alias: str, schema: str) -> str:
    """The rows of a scope: by owner or by hotel; a record that knows neither is everybody's who has any reach."""
    if scope.everything or (scope.hotels and "hotel_id" not in record.by_name):
        return ALL
    if scope.nothing:
        return NOBODY
    parts = []
    if scope.hotels:
        parts.append(f"{alias}.hotel_id in ({_ids(scope.hotels)}) or {alias}.hotel_id is null")
    if scope.owners:
        owned = _owned(records, record, scope, alias, schema)
        if owned == ALL:
            return ALL
        parts.append(owned)
    return f"({' or '.join(parts)})"


def _owned(records: Records, record: Record, scope: Scope, alias: str, schema: str) -> str:
    """Rows of these owners, of what these owners have (a client's receivables), and those that are nobody's."""
    if not record.owners and not record.follows:
        return ALL
    parts = [f"{alias}.{name} in ({_ids(scope.owners)})" for name in record.owners]
    for name in record.follows:
        target = records[record.by_name[name].ref]
        deeper = f"{alias}_{target.key}"
        rule = _owned(records, target, scope, deeper, schema)
        within = f" and ({rule})" if rule else ""
        parts.append(f"exists (select 1 from {schema}{target.key} as {deeper} where {deeper}.id = {alias}.{name}{within})")
    parts.append(" and ".join(f"{alias}.{name} is null" for name in (*record.owners, *record.follows)))
    return " or ".join(f"({part})" for part in parts)


def _beside(records: Records, record: Record, rights: Rights, alias: str, schema: str) -> str:
    """Rows that lie by others are seen by whoever sees those."""
    table, row = record.about
    parts = []
    for key, other in records.items():
        rule = ALL if other.area == ABOUT else seen(records, other, rights, "o", schema)
        if rule:
            parts.append(f"({alias}.{table} <> '{key}' or exists (select 1 from {schema}{key} as o where o.id = {alias}.{row} and {rule}))")
    return " and ".join(parts)


def _ids(ids: frozenset[int]) -> str:
    return ", ".join(str(int(one)) for one in sorted(ids))


def masked(field: Field, alias: str = "t") -> str:
    """SQL for what stands in the place of a sensitive column."""
    column = f"{alias}.{field.name}"
    return f"case when {column} = '' then '' else '{MASK}' end" if field.kind in TEXTUAL else "null"


def narrow(connection: Any, records: Sequence[Record], rights: Rights, reads_log: bool, person: str) -> None:
    """Let a reading connection show what these rights see, and nothing else. May be called again with others."""
    if not isinstance(connection, database.Connection):
        connection.hide({record.key: columns for record in records if (columns := rights.masked(record))})
        return  # a server narrows by itself whose rows each log-in of its own sees
    by_key = {record.key: record for record in records}
    writable = connection.execute("pragma query_only").fetchone()[0]
    connection.execute("pragma query_only = off")  # views of this connection alone: nothing of the file is touched
    try:
        for table in (*by_key, *LOG_TABLES):
            connection.execute(f"drop view if exists temp.{table}")
        for record in records:
            if (view := _view(by_key, record, rights)) is not None:
                connection.execute(f"create temp view {record.key} as {view}")
        for table, view in _log(person).items() if not reads_log else ():
            connection.execute(f"create temp view {table} as {view}")
    finally:
        connection.execute(f"pragma query_only = {writable}")


def _view(records: Records, record: Record, rights: Rights) -> str | None:
    rule, hidden = seen(records, record, rights, schema=OWN), rights.masked(record)
    if not rule and not hidden:
        return None
    cells = [f"{masked(record.by_name[name])} as {name}" if name in hidden else f"t.{name}" for name in all_columns(record)]
    return f"select {', '.join(cells)} from main.{record.key} as t{' where ' + rule if rule else ''}"


def _log(person: str) -> dict[str, str]:
    """The log for those who may not read it: that something changed, but only of their own actions who, what and why."""
    name = person.replace("'", "''")
    mine = f"(c.who = '{name}' or substr(c.who, 1, {len(person) + 1}) = '{name}{FOR}')"
    change = "c.id, c.seat, c.seq, c.at, " + ", ".join(
        f"case when {mine} then c.{column} else '' end as {column}" for column in ("who", "action", "reason", "source")
    )
    own = f"exists (select 1 from main.change as c where c.id = r.change_id and {mine})"
    before = f"case when r.before is null or {own} then r.before else '{{}}' end as before"
    return {
        "change": f"select {change}, c.rows, c.hash from main.change as c",
        "change_row": f"select r.change_id, r.position, r.tbl, r.row_id, r.version, {before}, r.digest from main.change_row as r",
    }
