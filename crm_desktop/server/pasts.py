"""What a seat reads of the log about the rows it sees: their past, without the columns hidden from it, and that others
touched them. The log itself is read by whoever may (policies.py)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_desktop.record.rights import SENSITIVE
from crm_desktop.server.members import text
from crm_desktop.store.veils import VEILS

BARE = """
create or replace function {schema}.bare(kind text, before text) returns text {safe} as $f$
begin
  if before is null then return null; end if;
  return (select coalesce(json_object_agg(e.name, e.value order by e.n), '{{}}'::json)::text
    from json_each(before::json) with ordinality as e(name, value, n)
    where e.name = 'gone' or exists (select 1 from pg_attribute as a where a.attrelid = to_regclass('public.' || quote_ident(kind))
      and a.attname = e.name and not a.attisdropped and has_column_privilege(session_user, a.attrelid, a.attnum, 'select')));
end $f$"""

PAST = """
create or replace function {schema}.past(kind text, wanted bigint)
returns table (id bigint, at text, who text, action text, before text, "position" bigint) {safe} as $f$
#variable_conflict use_column
begin
  if not {schema}.reached(kind, wanted) then return; end if;
  return query select c.id, c.at, c.who, c.action, case when {veil} and r.before is not null then '{{}}' else {schema}.bare(kind, r.before) end, r.position
    from change_row as r join change as c on c.id = r.change_id where r.row_id = wanted and r.tbl = kind;
end $f$"""

SINCE = """
create or replace function {schema}.since(after bigint)
returns table (id bigint, at text, who text, action text, source text, rows bigint) {safe} as $f$
#variable_conflict use_column
begin
  return query select c.id, c.at, c.who, c.action, case when c.source = 'by-itself' then c.source else '' end, c.rows
    from change as c where c.id > after and c.rows > 0;
end $f$"""

TOUCHED = """
create or replace function {schema}.touched(wanted bigint[])
returns table (change_id bigint, "position" bigint, tbl text, row_id bigint) {safe} as $f$
#variable_conflict use_column
begin
  return query select r.change_id, r.position, r.tbl, r.row_id from change_row as r where r.change_id = any (wanted);
end $f$"""


WHOLE = """
create or replace function {schema}.whole() returns boolean {safe} as $f$
begin
  return {kinds};
end $f$"""

VEILED = """
create or replace function {schema}.veiled(kind text, wanted bigint) returns boolean {safe} as $f$
begin
  return {veil};
end $f$"""


def former(schema: str, secret: Sequence[str]) -> str:
    """The condition of the rows of the log a seat reads itself, their entry being its to read: former values only of its own
    acts, or where no kind of value is hidden from it, and never of what is a matter of being told."""
    hidden = " and ".join([f"tbl not in ({', '.join(map(text, secret))})" if secret else "true", f"not {schema}.veiled(tbl, row_id)"])
    mine = f"c.who = (select {schema}.me()) or ((select {schema}.whole()) and {hidden})"
    return f"exists (select 1 from change as c where c.id = change_row.change_id and (before is null or {mine}))"


def _reached(schema: str, safe: str, rules: Sequence[tuple[str, str]]) -> str:
    """Whether whoever asks sees a row; asked by the functions here, which run as the owner."""
    cases = "\n".join(f"    when '{key}' then return exists (select 1 from {key} where {key}.id = $2 and {rule});" for key, rule in rules)
    return f"""
create or replace function {schema}.reached(kind text, wanted bigint) returns boolean {safe} as $f$
begin
  case kind
{cases}
    else return false;
  end case;
end $f$"""


def statements(schema: str, safe: str, rules: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The functions; `rules`: the condition for seeing a row, by table."""
    yield _reached(schema, safe, rules)
    keys = {key for key, _ in rules}
    veils = [f"(kind = '{key}' and exists ({sql.format(row='wanted')}))" for key, sql in VEILS.items() if {key, "confidence"} <= keys]
    veil, kinds = " or ".join(veils) or "false", " and ".join(f"{schema}.shows('{kind}')" for kind in SENSITIVE)
    for words in (BARE, PAST, SINCE, TOUCHED, WHOLE, VEILED):
        yield words.format(schema=schema, safe=safe, veil=veil, kinds=kinds)
