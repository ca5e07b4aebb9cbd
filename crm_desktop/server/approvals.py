"""Approvals as the server itself asks for them: a row comes to a state that needs one, or its amount is raised there, only
by somebody whose level reaches it, whom the hotel's list names for it, and who did not ask for it; a value that was given once
(the class of a client) is changed only by who approves it. Whatever program or statement it is written with.

Who asked is read from the sealed log. What stood so before the row's last change may be put back by who made that change, or
undoes what others did: that is an undo."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from crm_desktop.record import approving
from crm_desktop.record.approving import Approving, Asked
from crm_desktop.record.machine import Named
from crm_desktop.record.own_rights import ANY, NO, UP_TO
from crm_desktop.record.record import Record
from crm_desktop.record.rights import APPROVALS, UNDO
from crm_desktop.store import naming
from crm_desktop.store.log import BULK, FOR

SCHEMA = "rights"
SAFE = "language plpgsql security definer set search_path = public, pg_temp"
_TEXT = 'text collate "C"'

LEVELS = f"create table if not exists {SCHEMA}.level (role {_TEXT}, kind {_TEXT}, most bigint, primary key (role, kind))"

APPROVES = f"""
create or replace function {SCHEMA}.approves(wanted text, amount bigint, asked text[], roles text[]) returns boolean {SAFE} stable as $f$
begin
  return not {SCHEMA}.me() = any (asked) and exists (select 1 from {SCHEMA}.hats() as h join staff as s on s.id = h.person
    left join {SCHEMA}.level as l on l.role = h.role and l.kind = wanted
    left join approval_level as a on a.role = h.role and a.kind = wanted and a.gone is null
    where case a.way when '{ANY}' then true when '{NO}' then false when '{UP_TO}' then abs(coalesce(amount, 0)) <= a.most
        else l.role is not null and (l.most is null or abs(coalesce(amount, 0)) <= l.most) end
      and not s.name = any (asked) and (roles is null or h.role = any (roles)));
end $f$"""
FORMER = f"drop function if exists {SCHEMA}.approves(text, bigint, text[])"

# what a row was before its last change, where who is logged in may put that back
BEFORE = f"""
create or replace function {SCHEMA}.undone(kind text, row_id bigint) returns jsonb {SAFE} stable as $f$
begin
  return (with latest as (select r.before, r.change_id from change_row as r where r.row_id = undone.row_id and r.tbl = kind
      order by r.change_id desc, r.position desc limit 1),
    acts as (select c.who from change as c join latest as l on l.change_id = c.id
      union all select n.who from change_now as n join latest as l on l.change_id = n.id)
  select l.before::jsonb from latest as l where {SCHEMA}.has('{UNDO}')
    or exists (select 1 from acts where {SCHEMA}.me() = any (string_to_array(acts.who, '{FOR}'))));
end $f$"""

# who entered a row, and who took it to the state it has: of rows of a file, whoever brought it in did not ask for them
ASKED = f"""
create or replace function {SCHEMA}.asked_by(kind text, row_id bigint, field text) returns text[] {SAFE} stable as $f$
begin
  return (with noted as (select r.before, r.change_id, r.position from change_row as r where r.row_id = asked_by.row_id and r.tbl = kind),
    wanted as (select change_id from noted where before is null
      union (select change_id from noted where field <> '' and jsonb_exists(before::jsonb, field) order by change_id desc, position desc limit 1)),
    acts as (select c.who, c.action from change as c join wanted as w on w.change_id = c.id
      union all select n.who, n.action from change_now as n join wanted as w on w.change_id = n.id)
  select coalesce(array_agg(one), '{{}}') from acts cross join lateral unnest(string_to_array(acts.who, '{FOR}')) as one
    where acts.action not in ({", ".join(f"'{words}'" for words in BULK)}));
end $f$"""


def data() -> Iterator[str]:
    """The levels, as rows the functions read."""
    yield f"truncate {SCHEMA}.level"
    for kind, levels in APPROVALS.items():
        for role, most in levels.items():
            yield f"insert into {SCHEMA}.level values ('{role}', '{kind}', {'null' if most is None else most})"


def statements(records: Sequence[Record]) -> list[str]:
    """All of it, after the functions of the rights and before anybody is given anything."""
    out = [LEVELS, *data(), FORMER, APPROVES, ASKED, BEFORE]
    for record in records:
        if found := approving.of(record):
            out += _of_table(record, found)
        if record.approved:
            out += _of_rows(record)
        if kinds := approving.given(record):
            out += _of_columns(record, kinds)
    return out


def _of_rows(record: Record) -> Sequence[str]:
    """Rows that only those write who approve their kind: that two were made one."""
    key = record.key
    function = f"""
create or replace function {SCHEMA}.written_{key}() returns trigger {SAFE} as $f$
begin
  if {SCHEMA}.me() is not null and not {SCHEMA}.approves({_text(record.approved)}, null, '{{}}', null) then
    raise exception 'this needs an approval' using errcode = '42501';
  end if;
  return new;
end $f$"""
    return function, f"create or replace trigger rights_written before insert or update on {key} for each row execute function {SCHEMA}.written_{key}()"


def _of_columns(record: Record, kinds: Mapping[str, str]) -> Sequence[str]:
    """Columns that are free to be filled, and changed only by who approves them."""
    key = record.key
    cases = "\n".join(
        f"  if old.{name} <> '' and new.{name} is distinct from old.{name} and not coalesce(b ->> '{name}' = new.{name}, false)"
        f" and not {SCHEMA}.approves({_text(kind)}, null, '{{}}', null) then raise exception 'this needs an approval' using errcode = '42501'; end if;"
        for name, kind in kinds.items()
    )
    function = f"""
create or replace function {SCHEMA}.given_{key}() returns trigger {SAFE} as $f$
declare b jsonb;
begin
  if {SCHEMA}.me() is null then return new; end if;
  b := {SCHEMA}.undone('{key}', old.id);
{cases}
  return new;
end $f$"""
    when = " or ".join(f"(old.{name} <> '' and old.{name} is distinct from new.{name})" for name in kinds)
    return function, f"create or replace trigger rights_given before update on {key} for each row when ({when}) execute function {SCHEMA}.given_{key}()"


def _of_table(record: Record, rule: Approving) -> Sequence[str]:
    key, field = record.key, rule.field
    amounts = sorted({asked.amount for asked in (*rule.behind.values(), *rule.steps.values()) if asked.amount})
    now, was = _amount("new", amounts), _amount("old", amounts)
    restored = "".join(f" and coalesce((b ->> '{name}')::bigint, old.{name}) is not distinct from new.{name}" for name in amounts)
    levelled, roles = "false", "null"
    if named := rule.named:
        levelled = f"old.{named.field} is distinct from new.{named.field}"
        restored += f" and coalesce(b ->> '{named.field}', old.{named.field}) = new.{named.field}"
        roles = f"case when named then (select array_agg(p.role) from (values {_parts(named)}) as p(who, role) where p.who = ({naming.question(named, f'new.{named.field}')})) end"
    owners = " || ".join([f"{SCHEMA}.asked_by('{key}', old.id, by_state)", *_owners(record)])
    function = f"""
create or replace function {SCHEMA}.approval_{key}() returns trigger {SAFE} as $f$
declare b jsonb; by_state text := ''; asked text[] := '{{}}'; wanted text; spent text := ''; named boolean := false; free boolean;
begin
  if {SCHEMA}.me() is null then return new; end if;
  select g.kind, g.spent, g.named into wanted, spent, named from (values {_behind(rule)}) as g(state, kind, spent, named) where g.state = new.{field};
  if tg_op = 'UPDATE' then
    b := {SCHEMA}.undone('{key}', old.id);
    if b is not null and coalesce(b ->> '{field}', old.{field}) = new.{field}{restored} then return new; end if;
    free := old.{field} = new.{field} or (old.{field}, new.{field}) in ({_pairs(rule.free)});
    if free and not coalesce(coalesce({now}, 0) > coalesce({was}, 0) or (named and {levelled}), false) then return new; end if;
    if not free then
      by_state := '{field}';
      select g.kind, g.spent, g.named into wanted, spent, named from (values {_steps(rule)}) as g(was, state, kind, spent, named)
        where (g.was, g.state) = (old.{field}, new.{field}) union all select wanted, spent, named limit 1;
    end if;
    asked := {owners};
  end if;
  if wanted is not null and not {SCHEMA}.approves(wanted, {now}, asked, {roles}) then
    raise exception 'this needs an approval' using errcode = '42501';
  end if;
  return new;
end $f$"""
    when = " or ".join([f"old.{field} is distinct from new.{field}", levelled, *(f"coalesce(new.{name}, 0) > coalesce(old.{name}, 0)" for name in amounts)])
    return (
        function,
        f"create or replace trigger rights_approval_new before insert on {key} for each row execute function {SCHEMA}.approval_{key}()",
        f"create or replace trigger rights_approval before update on {key} for each row when ({when}) execute function {SCHEMA}.approval_{key}()",
    )


def _amount(row: str, names: Sequence[str]) -> str:
    """The amount that decides, of the row as it is or was."""
    cases = " ".join(f"when {_text(name)} then {row}.{name}" for name in names)
    return f"case spent {cases} end" if names else "null::bigint"


def _behind(rule: Approving) -> str:
    return ", ".join(f"({_text(state)}, {_asked(asked)})" for state, asked in sorted(rule.behind.items()))


def _steps(rule: Approving) -> str:
    return ", ".join(f"({_text(a)}, {_text(z)}, {_asked(asked)})" for (a, z), asked in sorted(rule.steps.items()))


def _asked(asked: Asked) -> str:
    return f"{_text(asked.kind)}, {_text(asked.amount)}, {asked.named}"


def _pairs(pairs: Collection[tuple[str, str]]) -> str:
    return ", ".join(f"({_text(a)}, {_text(z)})" for a, z in sorted(pairs)) or "('', '')"


def _parts(named: Named) -> str:
    return ", ".join(f"({_text(who)}, {_text(role)})" for who, roles in named.roles.items() for role in roles)


def _owners(record: Record) -> Iterator[str]:
    """Where nobody but a file entered the row, whoever's work it is counts as who asked."""
    own = [f"s.id = old.{name}" for name in record.owners]
    if own:
        yield f"(select coalesce(array_agg(s.name), '{{}}') from staff as s where ({' or '.join(own)}) and cardinality({SCHEMA}.asked_by('{record.key}', old.id, by_state)) = 0)"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
