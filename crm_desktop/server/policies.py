"""Who may do what, as PostgreSQL itself enforces it: grants, row-level security and what these ask, made from
record/rights.py. A seat with a log-in of its own and any SQL tool gets no further than with this program.

Every role of the house is a group; each log-in is in the groups it needs. Columns are a matter of grants to groups, rows of
policies that ask `rights.scope(table, verb)`: whose rows the person who is logged in reaches just now, own part and those
they stand in for. Nothing is ever deleted by a seat; the log, the settings and the rights have rules of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crm_desktop.record.dates import AUDIT_HOUR, AUDIT_SETTING
from crm_desktop.record.record import Record
from crm_desktop.record.rights import ABOUT, LOG, PLAIN, POWERS, REVEAL, ROLE_CODES, SECRET, SETTINGS, UNDO, worded
from crm_desktop.record.table_rules import TableRule, server_rules
from crm_desktop.server import approvals, calls, members, pasts, turns
from crm_desktop.server.members import group, text
from crm_desktop.store import merging
from crm_desktop.store.schema import column_types, defaults

SEATS, OWNER = "seats", "owner"
SCHEMA = "rights"
EVERYTHING, NOBODYS, NOWHERE = 0, 1, 2  # of what `scope` gives, beside ids of people, and of hotels with a minus
SEE, ADD, CHANGE, REMOVE = "see", "add", "change", "remove"
NEVER_READ = ("change_now", "log_key", "log_in")  # and the terms of search: only functions of the owner look in there
SAFE = "language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan"  # sql would plan each time
_TEXT = 'text collate "C"'


def groups(database: str) -> list[str]:
    """Every role without a log-in that a database needs, the owner first."""
    return [group(database, role) for role in (OWNER, SEATS, *members.GIVEN)]


def quoted(name: str) -> str:
    """An identifier as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


TABLES = (
    f"create schema if not exists {SCHEMA}",
    f"create table if not exists {SCHEMA}.rule (role {_TEXT}, tbl {_TEXT}, see {_TEXT}, edit {_TEXT},"
    " adds boolean, changes boolean, removes boolean, primary key (role, tbl))",
    f"create table if not exists {SCHEMA}.power (role {_TEXT}, power {_TEXT}, primary key (role, power))",
    f"create table if not exists {SCHEMA}.guarded (role {_TEXT}, tbl {_TEXT}, col {_TEXT}, primary key (role, tbl, col))",
    f"create table if not exists {SCHEMA}.shown (role {_TEXT}, kind {_TEXT}, primary key (role, kind))",
)

HATS = f"""
create or replace function {SCHEMA}.hats() returns table (person bigint, role text, hotel bigint) {SAFE} as $f$
#variable_conflict use_column
begin
  return query with recursive
    day as (select to_char(localtimestamp - make_interval(hours => coalesce((select s.value::integer from setting as s
      where s.key = '{AUDIT_SETTING}' and s.value ~ '^[0-9]{{1,2}}$'), {AUDIT_HOUR})), 'YYYY-MM-DD') as d),
    hand as (select s.id, case when s.left_on <> '' and s.left_on < d then coalesce(s.deputy_id, s.manager_id)
        when s.deputy_from || s.deputy_to <> '' and (s.deputy_from = '' or s.deputy_from <= d) and (s.deputy_to = '' or s.deputy_to >= d)
        then s.deputy_id end as heir
      from staff as s, day where s.gone is null),
    me as (select s.id from staff as s join log_in as l on l.staff_id = s.id cross join day
      where l.name = session_user and s.gone is null and (s.left_on = '' or s.left_on >= d)),
    mine as (select id from me union select h.id from hand as h join mine on h.heir = mine.id
      where exists (select 1 from hand as own join me on me.id = own.id where own.heir is null))
  select s.id, case when s.left_on <> '' and s.left_on < d then own.role else s.role end, s.hotel_id
    from staff as s join mine on mine.id = s.id join me on true join staff as own on own.id = me.id cross join day
    where case when s.left_on <> '' and s.left_on < d then own.role else s.role end <> '';
end $f$"""

SCOPE = f"""
create or replace function {SCHEMA}.scope(wanted text, verb text) returns bigint[] {SAFE} as $f$
begin
  return (with recursive
    reached as (select h.person, h.hotel, case verb when '{SEE}' then r.see else r.edit end as reach from {SCHEMA}.hats() as h
      join {SCHEMA}.rule as r on r.role = h.role and r.tbl = wanted
      where case verb when '{SEE}' then true when '{ADD}' then r.adds when '{REMOVE}' then r.removes else r.changes end),
    team as (select person as id from reached where reach = 'TEAM' union select s.id from staff as s join team on s.manager_id = team.id)
  select coalesce(array_agg(distinct one), '{{}}') from (
    select {EVERYTHING}::bigint as one from reached where reach = 'ALL' or (reach = 'HOTEL' and hotel is null)
    union all select {NOBODYS} from reached where reach in ('OWN', 'TEAM')
    union all select {NOWHERE} from reached where reach = 'HOTEL'
    union all select person from reached where reach = 'OWN'
    union all select id from team
    union all select -hotel from reached where reach = 'HOTEL' and hotel is not null) as found);
end $f$"""

WRITES = f"""
create or replace function {SCHEMA}.writes(wanted text, named text) returns boolean {SAFE} as $f$
begin
  return exists (select 1 from {SCHEMA}.hats() as h join {SCHEMA}.rule as r on r.role = h.role and r.tbl = wanted
    where (r.adds or r.changes) and not exists (select 1 from {SCHEMA}.guarded as g where g.role = h.role and g.tbl = wanted and g.col = named));
end $f$"""

ME = f"""
create or replace function {SCHEMA}.me() returns text {SAFE} as $f$
begin
  return (select person from log_in where name = session_user);
end $f$"""


class Guard:
    """The policies of one record's table. `rules`: what each role has there."""

    def __init__(self, record: Record, rules: Sequence[TableRule], by_key: Mapping[str, Record]) -> None:
        self.record, self.rules, self.by_key, self.table = record, rules, by_key, record.key
        self.guarded = sorted({name for rule in rules for name in rule.locked})
        self.sensitive = {field.name: field.sensitive for field in record.fields if field.sensitive}
        self.read_by = {**self.sensitive, **worded(record)}  # what a column is read by: the words of search are, too

    def statements(self, database: str) -> Iterator[str]:
        """Row-level security and the grants of every group."""
        yield f"alter table {self.table} enable row level security"
        yield from self._policies()
        yield f"revoke all on {self.table} from public, {', '.join(quoted(name) for name in groups(database)[1:])}"
        for rule in self.rules:
            yield from self._grants(rule, quoted(group(database, rule.role)))
        for kind in sorted(set(self.sensitive.values())):
            read, written = (_columns(name for name, one in columns.items() if one == kind) for columns in (self.read_by, self.sensitive))
            yield f"grant select {read}, update {written} on {self.table} to {quoted(group(database, members.sees(kind)))}"

    def _grants(self, rule: TableRule, to: str) -> Iterator[str]:
        """What is sensitive is granted by its kind, since a colleague may see more or less than the role."""
        columns = [name for name in column_types(self.record) if name not in self.sensitive]
        read = _columns(name for name in columns if name not in self.read_by) if self.sensitive else ""
        yield f"grant select {read} on {self.table} to {to}"
        if rule.add:
            yield f"grant insert on {self.table} to {to}"
        if rule.change:
            kept = {"id", *rule.locked, *(field.name for field in self.record.fields if field.derived)}
            yield f"grant update {_columns(name for name in columns if name not in kept)} on {self.table} to {to}"

    def _policies(self) -> Iterator[str]:
        kept = [self._nothing(field.name) for field in self.record.fields if field.derived]  # what others add up
        unguarded = " and ".join([self.given(ADD), *kept, *map(self._untouched, self.guarded), *map(self._unseen, self.sensitive)])
        keeps = f"{self.given(CHANGE)} and (gone is null or {self.rows(REMOVE)})"
        for command, rule in (
            ("select", f"using ({self.rows(SEE)})"), ("insert", f"with check ({unguarded})"),
            ("update", f"using ({self.rows(CHANGE)}) with check ({keeps})"),
        ):  # fmt: skip
            yield f"drop policy if exists rights_{command} on {self.table}"
            yield f"create policy rights_{command} on {self.table} for {command} {rule}"

    def _untouched(self, name: str) -> str:
        """A new row holds nothing in a column that only some may fill."""
        return f"({self._nothing(name)} or (select {SCHEMA}.writes('{self.table}', '{name}')))"

    def _unseen(self, name: str) -> str:
        """Nor in one whose kind of value its writer may not see."""
        return f"({self._nothing(name)} or (select {SCHEMA}.shows('{self.sensitive[name]}')))"

    def _nothing(self, name: str) -> str:
        value = defaults(self.record).get(name)
        return f"{name} is null" if value is None else f"{name} = {text(value) if isinstance(value, str) else value}"

    def rows(self, verb: str) -> str:
        """The condition of the rows something may be done with."""
        if self.record.area == ABOUT:
            return self._about(verb)
        scope = f"(select {SCHEMA}.scope('{self.table}', '{verb}'))"
        whose = _whose(self.record, self.table, self.by_key)
        if self.record.follows:  # whoever reaches everything need not look what a row follows
            return f"({EVERYTHING} = any ({scope}::bigint[]) or {scope} && {whose})"
        return f"({scope} && {whose})"

    def found(self) -> str:
        """The condition of the rows that are seen, asked by a function of the owner, whom no rule holds back."""
        if self.record.area == ABOUT:
            kind, row = (f"{self.table}.{name}" for name in self.record.about)
            return f"{SCHEMA}.reached({kind}, {row})"
        return self.rows(SEE)

    def given(self, verb: str) -> str:
        """The condition of rows as they are written: work may be given to a colleague, never to another hotel."""
        if self.record.area == ABOUT:
            return self._about(verb)
        anybodys = ", ".join([str(EVERYTHING), str(NOBODYS), *_where(self.record, self.table)])  # whoever has own rows has these marks too
        return f"((select {SCHEMA}.scope('{self.table}', '{verb}')) && array[{anybodys}]::bigint[])"

    def _about(self, verb: str) -> str:
        """Of rows that lie by another row: whoever sees that one sees them."""
        kind, row = (f"{self.table}.{name}" for name in self.record.about)
        if verb == SEE:
            others = [key for key, record in self.by_key.items() if record.area != ABOUT]
            return "(" + " or ".join(f"({kind} = '{key}' and exists (select 1 from {key} as x where x.id = {row}))" for key in others) + ")"
        return f"(cardinality((select {SCHEMA}.scope('{self.table}', '{verb}'))) > 0 and {SCHEMA}.sees({kind}, {row}))"


def _sees(records: Sequence[Record]) -> str:
    """The same as a function that whoever asks runs as themselves: an entry of the log's words is checked one at a time."""
    cases = "\n".join(f"    when '{r.key}' then return exists (select 1 from {r.key} as x where x.id = row_id);" for r in records if r.area != ABOUT)
    return f"""
create or replace function {SCHEMA}.sees(kind text, row_id bigint) returns boolean language plpgsql stable set search_path = public, pg_temp as $f$
begin
  case kind
{cases}
    else return false;
  end case;
end $f$"""


def _refers(records: Sequence[Record]) -> str:
    """How many living rows refer to one, counted by the owner: whoever merges two rows must see all that moves."""
    cases = []
    for target in records:
        if target.compare is not None:
            counts = [_counted(link, target) for link in merging.links(records, target)]
            cases.append(f"    when '{target.key}' then return {' + '.join(counts)};")
    body = "\n".join(cases)
    return f"""
create or replace function {merging.REFERS}(kind text, row_id bigint, words text) returns bigint {SAFE} as $f$
begin
  case kind
{body}
    else return 0;
  end case;
end $f$"""


def _counted(link: merging.Link, target: Record) -> str:
    value = "words" if link.kind == merging.ABOUT else "row_id"
    more = f" and x.{link.kind} = '{target.key}'" if link.kind not in ("", merging.ABOUT) else ""
    return f"(select count(*) from {link.record.key} as x where x.{link.column} = {value}{more} and x.gone is null)"


def _columns(names: Iterable[str]) -> str:
    return f"({', '.join(map(quoted, names))})"


def _whose(record: Record, alias: str, by_key: Mapping[str, Record]) -> str:
    """Everybody a row belongs to, as an array to be compared with a scope: its owners and the owners of what it
    follows, or nobody; its hotel, or nowhere."""
    nobodys = " and ".join(f"{alias}.{name} is null" for name in (*record.owners, *record.follows)) or "true"
    parts = [*_owned(record, alias, by_key), f"case when {nobodys} then {NOBODYS} end", *_where(record, alias)]
    return f"array[{EVERYTHING}::bigint, {', '.join(parts)}]"


def _where(record: Record, alias: str) -> list[str]:
    """The hotel of a row; of a row or a table without one, nowhere."""
    return [f"coalesce(-{alias}.hotel_id, {NOWHERE})"] if "hotel_id" in record.by_name else [str(NOWHERE)]


def _owned(record: Record, alias: str, by_key: Mapping[str, Record]) -> Iterator[str]:
    """The owners of a row and, along the references it follows, of those rows."""
    yield from (f"{alias}.{name}" for name in record.owners)
    for name in record.follows:
        target, other = by_key[record.by_name[name].ref], f"{alias}_{name}"
        for owner in _owned(target, other, by_key):
            yield f"(select {owner} from {target.key} as {other} where {other}.id = {alias}.{name})"


def _data(rules: Sequence[TableRule]) -> Iterator[str]:
    """The matrix itself, as rows the functions read."""
    yield f"truncate {SCHEMA}.rule, {SCHEMA}.power, {SCHEMA}.guarded, {SCHEMA}.shown"
    for r in rules:
        flags = ", ".join(str(flag).lower() for flag in (r.add, r.change, r.remove))
        yield f"insert into {SCHEMA}.rule values ('{r.role}', '{r.table}', '{r.see.name}', '{r.edit.name}', {flags})"
        for name in r.locked:
            yield f"insert into {SCHEMA}.guarded values ('{r.role}', '{r.table}', '{name}')"
    for role, powers in POWERS.items():
        for power in sorted(powers):
            yield f"insert into {SCHEMA}.power values ('{role}', '{power}')"
    for role in ROLE_CODES:
        for kind in sorted(PLAIN.get(role, frozenset()) | REVEAL.get(role, frozenset())):
            yield f"insert into {SCHEMA}.shown values ('{role}', '{kind}')"


def _own_tables(seats: str, secret: Sequence[str]) -> Iterator[str]:
    """The log is read by who may, or of one's own acts, and written by nobody; settings are read by all; a file is read by
    whoever sees a row it lies by."""
    mine = f"who = (select {SCHEMA}.me()) or (select {SCHEMA}.has('{LOG}')) or (select {SCHEMA}.has('{UNDO}'))"
    yield from _ruled("change", "select", mine)
    yield from _ruled("change_row", "select", pasts.former(SCHEMA, secret))
    yield from _ruled("setting", "select", "true")
    looked = f"key = 'looked ' || (select {SCHEMA}.me())"  # how far somebody has looked through what others did
    sets = f"((select {SCHEMA}.has('{SETTINGS}')) or {looked})"
    yield from _ruled("setting", "insert", "", sets)
    yield from _ruled("setting", "update", sets, sets)
    named = "exists (select 1 from attachment as a where a.sha256 = file_part.sha256)"
    yield from _ruled("file_part", "select", named)
    yield from _ruled("file_part", "insert", "", f"cardinality((select {SCHEMA}.scope('attachment', '{ADD}'))) > 0")
    yield "create index if not exists rights_file on attachment (sha256)"  # asked for each part of a file
    yield f"revoke all on change, change_row, setting, file_part, _sqlite_migrations, {', '.join(NEVER_READ)} from public, {seats}"
    yield f"grant select on change, change_row, setting, _sqlite_migrations to {seats}"
    yield f"grant insert, update (value) on setting to {seats}"  # of a whole table it would let a seat lock out all others
    yield f"grant select, insert on file_part to {seats}"


def _ruled(table: str, command: str, using: str, check: str = "") -> Iterator[str]:
    yield f"alter table {table} enable row level security"
    yield f"drop policy if exists rights_{command} on {table}"
    words = (f" using ({using})" if using else "") + (f" with check ({check})" if check else "")
    yield f"create policy rights_{command} on {table} for {command}{words}"


def statements(database: str, records: Sequence[Record], zone: str) -> list[str]:
    """Everything that makes the rights of a database, in order; run by its owner, in one transaction, as often as wanted.

    `zone`: the time zone of the hotel's days, as PostgreSQL names it."""
    seats, by_key = quoted(group(database, SEATS)), {record.key: record for record in records}
    rules = list(server_rules(records))
    out = [*TABLES, ME, HATS, f"alter function {SCHEMA}.hats() set timezone = {text(zone)}", SCOPE, WRITES, _sees(records), _refers(records), *members.statements(database)]
    out += [f"revoke all on schema {SCHEMA} from public", f"revoke all on all tables in schema {SCHEMA} from public, {seats}"]
    out += [f"grant usage on schema {SCHEMA} to {seats}", *_data(rules)]
    out += [*approvals.statements(records), turns.unblock()]
    for record in records:
        out += Guard(record, [rule for rule in rules if rule.table == record.key], by_key).statements(database)
    out += _pasts(records)
    out += _own_tables(seats, [record.key for record in records if record.area == SECRET])
    out += [f"revoke all on {SCHEMA}.level from public, {seats}"]
    out += _calls(database, records, rules)
    out += [f"comment on schema {SCHEMA} is {text(mark(records))}", f"select {SCHEMA}.join_groups()"]
    return out


def _pasts(records: Sequence[Record]) -> list[str]:
    by_key = {record.key: record for record in records}
    rules = [(record.key, Guard(record, (), by_key).rows(SEE)) for record in records if record.area != ABOUT]
    return list(pasts.statements(SCHEMA, SAFE, rules))


def _calls(database: str, records: Sequence[Record], rules: Sequence[TableRule]) -> list[str]:
    by_key = {record.key: record for record in records}
    return list(calls.statements(database, records, rules, lambda record: Guard(record, (), by_key).found()))


def mark(records: Sequence[Record]) -> str:
    """A name for these rights: a database that carries another one was set up by another version."""
    words = [HATS, SCOPE, WRITES, turns.unblock(), *members.statements("x"), _refers(records), *_pasts(records), *_calls("x", records, list(server_rules(records))), *approvals.statements(records), *_data(list(server_rules(records)))]
    for record in records:
        words += Guard(record, list(server_rules([record])), {r.key: r for r in records}).statements("x")
    return hashlib.blake2b("".join(words).encode(), digest_size=8).hexdigest()
