"""The change log on the server: written by triggers, so that a row changed with raw SQL is in it like any other, and sealed
with a key that no seat can read.

The program says what a person does (`crm_open`); the trigger of each table notes its rows; at COMMIT the entry is
numbered and chained to the one before it of the same seat, and everybody who listens is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_desktop.record.record import Record
from crm_desktop.store.log import OUTSIDE
from crm_desktop.store.undo import ERASED

WRITING, BRINGING = 7_041_776, 7_041_777  # advisory locks: one who writes, one who makes tables
CHANNEL = "crm"
LISTED = 40  # rows named to those who listen
SAFE = "security definer set search_path = public, pg_temp"
KEPT_PLAN = f"{SAFE} set plan_cache_mode = force_generic_plan"  # what runs in every save is planned once
# a full join is never looked through row by row, whatever number of rows the plan was first made for
CHANGED = "old_rows as o full join new_rows as n on n.id = o.id"
PAIRS = ("ς", "σ")  # what search takes for one letter and the rules of words leave apart
NOW = "n.txid, n.id, n.seat, n.at, n.who, n.action, n.reason, n.source, n.always, n.rows"
ENTRIES = "x.id, x.seat, x.seq, x.at, x.who, x.action, x.reason, x.source, x.rows, x.hash"
NOW_ID = "(((extract(epoch from clock_timestamp()) * 1000)::bigint - 1577836800000) << 22)"  # as record/ids.py makes them
LATEST = f"{NOW_ID} + (86400000::bigint << 22)"  # a seat's clock may be a day ahead; ids from further on would leave none for the others
INSTANT = "to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"

TABLES = (
    "create unlogged table if not exists change_now (txid bigint primary key, id bigint not null, seat text not null, at text not null,"
    " who text not null, action text not null, reason text not null, source text not null, always bigint not null, rows bigint not null)",
    "create table if not exists log_key (inner_pad blob not null, outer_pad blob not null)",
    "create table if not exists log_in (name text primary key, person text not null, staff_id integer)",
    "revoke all on change_now, log_key, log_in from public",
)

PERSON = f"""
create or replace function crm_person(given text) returns text language plpgsql stable {KEPT_PLAN} as $f$
declare known text;
begin
  select person into known from log_in where name = session_user;
  if found then return known; end if;
  if pg_has_role(session_user, (select relowner from pg_class where oid = 'public.change'::regclass), 'usage') then return given; end if;
  return session_user;
end $f$"""

OPEN = f"""
create or replace function crm_open(wanted bigint, seat text, who text, action text, reason text, source text, always bigint)
returns bigint language plpgsql {KEPT_PLAN} as $f$
declare made bigint;
begin
  if action = '{ERASED}' and exists (select 1 from log_in as l where l.name = session_user) then  -- it is done again after each restore
    raise exception 'only whoever looks after the server erases' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock({WRITING});
  select greatest(least(wanted, {LATEST}), coalesce(max(c.id), 0) + 1) into made from change as c;
  insert into change_now values (pg_current_xact_id()::text::bigint, made, seat, {INSTANT}, crm_person(who), action, reason, source, always, 0);
  return made;
end $f$"""

# a change that was prepared before its turn: nothing it rests on may have moved since the newest change there was then; its id is
# the one it was sent with, by which the seat knows it again when the answer is lost
OPEN_AHEAD = f"""
create or replace function crm_open_ahead(wanted bigint, seat text, who text, action text, reason text, source text, head bigint, tables text[], ids bigint[])
returns bigint language plpgsql {KEPT_PLAN} as $f$
begin
  perform pg_advisory_xact_lock({WRITING});
  if exists (select 1 from change_row as r join unnest(tables, ids) as x(tbl, row_id) on x.tbl = r.tbl and x.row_id = r.row_id where r.change_id > head)
    or wanted > {LATEST} or exists (select 1 from change as c where c.id >= wanted) then
    raise exception 'moved on' using errcode = 'CRM01';
  end if;
  return crm_open(wanted, seat, who, action, reason, source, 0);
end $f$"""

HEAD = f"""
create or replace function crm_head() returns bigint language plpgsql stable {KEPT_PLAN} as $f$
begin
  return coalesce((select max(c.id) from change as c), 0);
end $f$"""

EXPECT = f"""
create or replace function crm_expect(wanted bigint) returns void language plpgsql {KEPT_PLAN} as $f$
begin
  if (select n.rows from change_now as n where n.txid = pg_current_xact_id()::text::bigint) is distinct from wanted then
    raise exception 'other rows' using errcode = 'CRM01';
  end if;
end $f$"""

ENTRY = f"""
create or replace function crm_entry() returns change_now language plpgsql {KEPT_PLAN} as $f$
declare entry change_now;
begin
  select {NOW} into entry from change_now as n where n.txid = pg_current_xact_id()::text::bigint;
  if not found then
    perform crm_open({NOW_ID}, session_user || ' sql', session_user,
      '{OUTSIDE.source}', '', 'sql', 0);
    select {NOW} into entry from change_now as n where n.txid = pg_current_xact_id()::text::bigint;
  end if;
  return entry;
end $f$"""

MAC = "sha256(k.outer_pad || sha256(k.inner_pad || {message}))"
CHAINED = MAC.format(
    message="{previous} || convert_to(json_build_array({e}.id, {e}.seat, {seq}, {e}.at, {e}.who, {e}.action, {e}.reason, {e}.source, {rows})::text, 'UTF8')"
    " || coalesce((select string_agg(convert_to(concat_ws(' ', r.tbl, r.row_id, r.version, coalesce(r.before, '-'), ''), 'UTF8') || r.digest,"
    " ''::bytea order by r.position) from change_row as r where r.change_id = {e}.id), ''::bytea)"
)

SEAL = f"""
create or replace function crm_seal() returns trigger language plpgsql {KEPT_PLAN} as $f$
declare e change_now; head record; k log_key; number bigint; previous bytea;
begin
  delete from change_now as n where n.txid = new.txid returning {NOW} into e;
  if not found or (e.rows = 0 and e.always = 0) then return null; end if;
  select c.seq, c.hash into head from change as c where c.seat = e.seat order by c.seq desc limit 1;
  number := coalesce(head.seq, 0) + 1;
  previous := coalesce(head.hash, ''::bytea);
  select inner_pad, outer_pad into k from log_key;
  insert into change values (e.id, e.seat, number, e.at, e.who, e.action, e.reason, e.source, e.rows, {CHAINED.format(previous="previous", e="e", seq="number", rows="e.rows")});
  perform pg_notify('{CHANNEL}', json_build_object('change', e.id, 'seat', e.seat, 'who', e.who, 'rows', e.rows,
    'tables', (select coalesce(json_agg(distinct r.tbl), '[]'::json) from change_row as r where r.change_id = e.id),
    'some', (select coalesce(json_agg(json_build_array(s.tbl, s.row_id)), '[]'::json) from
      (select r.tbl, r.row_id from change_row as r where r.change_id = e.id order by r.position limit {LISTED}) as s))::text);
  return null;
end $f$"""

SEAL_TRIGGER = (
    "drop trigger if exists crm_seal on change_now",
    "create constraint trigger crm_seal after insert on change_now deferrable initially deferred for each row execute function crm_seal()",
)

TURN = f"""
create or replace function crm_turn() returns trigger language plpgsql as $f$
begin
  perform pg_advisory_xact_lock({WRITING});
  return null;
end $f$"""

CHAIN_CHECK = f"""
create or replace function crm_wrong_entries(most bigint) returns table(seq bigint, kind text) language plpgsql stable {SAFE} as $f$
declare c change; k log_key; last_seat text := null; last_seq bigint := 0; previous bytea := ''; found_bad bigint := 0;
begin
  select inner_pad, outer_pad into k from log_key;
  for c in select {ENTRIES} from change as x order by x.seat, x.seq loop
    if c.seat is distinct from last_seat then last_seq := 0; previous := ''; last_seat := c.seat; end if;
    if c.seq <> last_seq + 1 then seq := c.seq; kind := 'gap'; found_bad := found_bad + 1; return next; end if;
    if c.hash <> {CHAINED.format(previous="previous", e="c", seq="c.seq", rows="c.rows")} then
      seq := c.seq; kind := 'changed'; found_bad := found_bad + 1; return next;
    end if;
    last_seq := c.seq; previous := c.hash;
    exit when found_bad >= most;
  end loop;
end $f$"""


def making_key(secret: bytes) -> tuple[str, tuple[bytes, bytes]]:
    """The statement that keeps the key of the log, once, and its values: HMAC's two paddings of 64 bytes."""
    long = secret.ljust(64, b"\0")
    pads = bytes(b ^ 0x36 for b in long), bytes(b ^ 0x5C for b in long)
    return "insert into log_key select ?::bytea, ?::bytea where not exists (select 1 from log_key)", pads


def functions() -> Sequence[str]:
    """What all tables share."""
    return (PERSON, OPEN, OPEN_AHEAD, HEAD, EXPECT, ENTRY, SEAL, *SEAL_TRIGGER, TURN, CHAIN_CHECK)


def digest(record: Record, row: str) -> str:
    """The seal of a row's values, under the key `k`."""
    values = "".join(f", {row}.{_name(name)}" for name in record.values)
    message = f"convert_to(json_build_array('{record.key}', {row}.id{values})::text, 'UTF8')"
    return f"substr({MAC.format(message=message)}, 1, 16)"


def _name(name: str) -> str:
    return f'"{name}"'


NO_SEAL = "select 0::bigint as change_id, 0::bigint as position, ''::bytea as digest where false"


def sealed_anew(beside: str, columns: str, records: Sequence[Record]) -> Iterator[str]:
    """Bring the rows of the log from a table beside to their place; the values of each row of these records are sealed anew,
    in the newest entry about it. Two tables of the work itself are made by `create table ... as`, which uses every core."""
    yield (
        f"create unlogged table moved_newest as select distinct on (x.tbl, x.row_id) x.tbl, x.row_id, x.change_id, x.position from {beside} as x"
        " order by x.tbl, x.row_id, x.version desc, x.change_id desc, x.position desc"
    )
    yield "analyze moved_newest"
    seals = [
        f"select l.change_id, l.position, {digest(record, 't')} as digest from {record.key} as t"
        f" join moved_newest as l on l.tbl = '{record.key}' and l.row_id = t.id cross join log_key as k"
        for record in records
    ]
    yield f"create unlogged table moved_digest as {' union all '.join(seals) or NO_SEAL}"
    yield "analyze moved_digest"
    shown = ", ".join(f"coalesce(d.{name}, r.{name})" if name == "digest" else f"r.{name}" for name in columns.split(", "))
    yield (
        f"insert into change_row ({columns}) select {shown} from {beside} as r"
        " left join moved_digest as d on d.change_id = r.change_id and d.position = r.position order by r.change_id, r.position"
    )
    yield f"drop table {beside}, moved_newest, moved_digest"
    yield "analyze change_row"


CHAINED_ANEW = f"""
do $f$
declare c change; k log_key; last_seat text := null; previous bytea := ''; made bytea;
begin
  select inner_pad, outer_pad into k from log_key;
  for c in select {ENTRIES} from change as x order by x.seat, x.seq loop
    if c.seat is distinct from last_seat then previous := ''; last_seat := c.seat; end if;
    made := {CHAINED.format(previous="previous", e="c", seq="c.seq", rows="c.rows")};
    update change as x set hash = made where x.id = c.id;
    previous := made;
  end loop;
end $f$"""


def _logged(record: Record) -> list[str]:
    """The columns the log keeps the former values of."""
    return ["gone", *(field.name for field in record.fields if not field.derived)]


def of_table(record: Record) -> Sequence[str]:
    """The function and the triggers that log one table."""
    key, logged = record.key, _logged(record)
    was = ", ".join(f"case when o.{_name(n)} is distinct from n.{_name(n)} then '\"{n}\":' || coalesce(to_json(o.{_name(n)})::text, 'null') end" for n in logged)
    differs = f"({', '.join(f'o.{_name(n)}' for n in ('version', *logged))}) is distinct from ({', '.join(f'n.{_name(n)}' for n in ('version', *logged))})"
    head = f"insert into change_row (change_id, position, tbl, row_id, version, before, digest) select entry.id, entry.rows + row_number() over () - 1, '{key}'"
    function = f"""
create or replace function crm_log_{key}() returns trigger language plpgsql {KEPT_PLAN} as $f$
declare entry change_now; k log_key; made bigint;
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from new_rows) then return null; end if;
  elsif not exists (select 1 from {CHANGED} where n.id is null or {differs}) then return null;
  end if;
  entry := crm_entry();
  select inner_pad, outer_pad into k from log_key;
  if tg_op = 'INSERT' then
    {head}, n.id, n.version, null, {digest(record, "n")} from new_rows as n;
  else
    {head}, n.id, n.version, '{{' || concat_ws(',', {was}) || '}}', {digest(record, "n")}
      from {CHANGED} where n.id is null or {differs};
  end if;
  get diagnostics made = row_count;
  update change_now set rows = rows + made where txid = entry.txid;
  return null;
end $f$"""
    run = f"for each statement execute function crm_log_{key}()"
    return (
        function,
        f"create or replace trigger crm_turn before insert or update or delete on {key} for each statement execute function crm_turn()",
        f"create or replace trigger crm_log_new after insert on {key} referencing new table as new_rows {run}",
        f"create or replace trigger crm_log_old after update on {key} referencing old table as old_rows new table as new_rows {run}",
        _row_check(record),
    )


def _row_check(record: Record) -> str:
    """How many rows are not what the log says: their version, whether they live, their values since today's declaration."""
    key = record.key
    gone = "r.before like '{\"gone\":%'"
    return f"""
create or replace function crm_wrong_{key}(begun text) returns bigint language plpgsql stable {SAFE} as $f$
declare k log_key; bad bigint;
begin
  select inner_pad, outer_pad into k from log_key;
  with latest as (select distinct on (r.row_id) r.row_id, r.version, r.change_id, r.digest from change_row as r where r.tbl = '{key}'
      order by r.row_id, r.version desc, r.change_id desc, r.position desc),
    turned as (select distinct on (r.row_id) r.row_id, (r.before is null or r.before not like '{{"gone":null%') as lives from change_row as r
      where r.tbl = '{key}' and (r.before is null or {gone}) order by r.row_id, r.version desc, r.change_id desc, r.position desc)
  select count(*) into bad from latest as l full join {key} as t on t.id = l.row_id left join turned as u on u.row_id = l.row_id
    left join change as c on c.id = l.change_id
    where t.id is null or l.row_id is null or t.version <> l.version or (t.gone is null) is distinct from u.lives
      or (c.at >= begun and l.digest <> {digest(record, "t")});
  return bad;
end $f$"""
