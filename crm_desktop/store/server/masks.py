"""Columns a log-in may not read, kept from the statements that name them: temporary views of the connection take the names of
the tables, with nothing in the place of such a column. Every list, search and form then works for every role.

Changes go through the view to the table; new rows go to the table itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from crm_desktop.record.rights import MASK

COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, has_column_privilege(c.oid, a.attnum, 'select')
from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  and (c.relname = any ($1) or (not has_table_privilege(c.oid, 'select') and has_any_column_privilege(c.oid, 'select') and exists (
    select 1 from pg_attribute as b where b.attrelid = c.oid and b.attnum > 0 and not b.attisdropped and not has_column_privilege(c.oid, b.attnum, 'select'))))
order by c.relname, a.attnum"""
MADE = "select relname from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'v'"


def hide(raw: Any, masked: Mapping[str, Collection[str]]) -> None:
    """Make the views of a new connection, or make them anew: without what the log-in may not read, and with a mask for the
    values of `masked` columns by table."""
    found = raw.execute(COLUMNS, (list(masked),)).fetchall()
    made = [row[0] for row in raw.execute(MADE).fetchall()]
    if not (found or made):
        return
    with raw.transaction():
        raw.execute("set transaction read write")  # nothing of the data is touched
        for name in made:
            raw.execute(f'drop view if exists pg_temp."{name}"')
        for table, columns in groupby(found, key=itemgetter(0)):
            cells = ", ".join(_cell(row, masked.get(table, ())) for row in columns)
            raw.execute(f'create temporary view "{table}" as select {cells} from public."{table}" as t')


def _cell(row: tuple[Any, ...], masked: Collection[str]) -> str:
    _, name, kind, never_null, granted = row
    text = kind == "text"
    if not granted:
        nothing = "''::text collate \"C\"" if text else f"{0 if never_null else 'null'}::{kind}"
        return f'{nothing} as "{name}"'
    if name not in masked:
        return f't."{name}"'
    return f"""case when t."{name}" = '' then '' else '{MASK}' end collate "C" as "{name}\"""" if text else f'null::{kind} as "{name}"'
