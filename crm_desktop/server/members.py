"""Who a log-in is on the server: the groups it is in, and the powers and kinds of sensitive value it has, with what the hotel
gave or took from one colleague alone.

Columns are a matter of groups: one for each role, and one for each kind of sensitive value (`sees_health`), since a colleague may
see more or less than the role. Dates of deputies are a matter of rows, so a log-in is in the groups of all it may stand in for."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.record.own_rights import LESS, MORE
from crm_desktop.record.rights import ROLE_CODES, SENSITIVE

SCHEMA = "rights"
SAFE = "language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan"  # as of all that is asked often


def sees(kind: str) -> str:
    """What the group of a kind of sensitive value is called after the database's name."""
    return f"sees_{kind}"


GIVEN = (*ROLE_CODES, *map(sees, SENSITIVE))  # the groups that people are put into


def group(database: str, role: str) -> str:
    """The group of a role: roles belong to the whole server, so the database's name stands before."""
    return f"{database}_{role}"


def text(words: str) -> str:
    """A text as SQL has it."""
    return "'" + words.replace("'", "''") + "'"


OWN = f"""
create or replace function {SCHEMA}.own(wanted text) returns text {SAFE} as $f$
begin
  return (select p.way from person_right as p join log_in as l on l.staff_id = p.staff_id
    where l.name = session_user and p.what = wanted and p.gone is null limit 1);
end $f$"""


def _asked(name: str, table: str, column: str) -> str:
    """A function that says whether somebody has what their roles give, with what was given or taken from them alone."""
    return f"""
create or replace function {SCHEMA}.{name}(wanted text) returns boolean {SAFE} as $f$
begin
  return case {SCHEMA}.own(wanted) when '{LESS}' then false when '{MORE}' then exists (select 1 from {SCHEMA}.hats())
    else exists (select 1 from {SCHEMA}.hats() as h join {SCHEMA}.{table} as p on p.role = h.role where p.{column} = wanted) end;
end $f$"""


def _join_groups(database: str) -> str:
    def own(way: str) -> str:
        return f"select l.name, p.what from person_right as p join log_in as l on l.staff_id = p.staff_id where p.way = '{way}' and p.gone is null"

    return f"""
create or replace function {SCHEMA}.join_groups() returns void language plpgsql security definer set search_path = public, pg_temp as $f$
declare one record;
begin
  for one in
    with recursive
      hand as (select id, deputy_id as heir from staff where gone is null and deputy_id is not null),
      able as (select l.name, s.id from log_in as l join staff as s on s.id = l.staff_id where s.gone is null and s.left_on = ''
        union select a.name, h.id from able as a join hand as h on h.heir = a.id),
      parts as (select distinct a.name, s.role from able as a join staff as s on s.id = a.id where s.role <> ''),
      kinds as (select p.name, k.kind from parts as p join {SCHEMA}.shown as k on k.role = p.role
        union select m.name, m.what from ({own(MORE)}) as m join parts as p on p.name = m.name where m.what = any ({_array(SENSITIVE)})
        except ({own(LESS)})),
      wanted as (select name, {text(database + "_")} || role as grp from parts
        union select name, {text(database + "_" + sees(""))} || kind from kinds),
      there as (select m.rolname::text as name, g.rolname::text as grp from pg_auth_members as x join pg_roles as m on m.oid = x.member
        join pg_roles as g on g.oid = x.roleid join log_in as l on l.name = m.rolname
        where g.rolname = any ({_array(group(database, role) for role in GIVEN)}))
    select coalesce(w.name, t.name) as name, coalesce(w.grp, t.grp) as grp, t.name is null as comes
    from wanted as w full join there as t on t.name = w.name and t.grp = w.grp
    where (w.name is null or t.name is null) and exists (select 1 from pg_roles where rolname = coalesce(w.name, t.name))
  loop
    if one.comes then execute format('grant %I to %I', one.grp, one.name);
    else execute format('revoke %I from %I', one.grp, one.name); end if;
  end loop;
end $f$"""


def _array(names: Iterable[str]) -> str:
    return f"array[{', '.join(map(text, names))}]::text[]"


def statements(database: str) -> list[str]:
    """All of it, once the functions that say whose parts somebody plays are there."""
    changed = f"for each statement execute function {SCHEMA}.people_changed()"
    return [
        OWN, _asked("has", "power", "power"), _asked("shows", "shown", "kind"), _join_groups(database),
        f"create or replace function {SCHEMA}.people_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp"
        f" as $f$ begin perform {SCHEMA}.join_groups(); return null; end $f$",
        f"create or replace trigger rights_people after insert or update of role, deputy_id, manager_id, left_on, gone on staff {changed}",
        f"create or replace trigger rights_people after insert or update on person_right {changed}",
    ]  # fmt: skip
