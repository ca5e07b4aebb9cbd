"""Which functions of the database a seat may call, and finding for those who do not see everything.

Functions run as the owner, so a seat is given the few it needs and no other: a trigger's function set on a table of one's own
would write the log, the sums and the words of search. What finds rows looks through the words of all of them: only roles that
see all rows and all those words call it; the others are told of the rows they see, and not by words hidden from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from crm_desktop.record.record import Record
from crm_desktop.record.rights import ROLE_CODES, Reach, worded
from crm_desktop.record.table_rules import TableRule
from crm_desktop.server.members import SAFE, group
from crm_desktop.store import merging

SCHEMA = "rights"
FIND = ("crm_found(text, text)", "crm_newest(text, text, bigint)")
OF_ALL = (
    "crm_open(bigint, text, text, text, text, text, bigint)", "crm_open_ahead(bigint, text, text, text, text, text, bigint, text[], bigint[])",
    "crm_head()", "crm_expect(bigint)", "crm_wrong_entries(bigint)",
    *(f"{SCHEMA}.{name}" for name in (
        "me()", "hats()", "scope(text, text)", "writes(text, text)", "has(text)", "shows(text)", "sees(text, bigint)",
        "approves(text, bigint, text[], text[])", "past(text, bigint)", "since(bigint)", "touched(bigint[])", "whole()", "veiled(text, bigint)",
        "found(text, text)", "newest(text, text, bigint)", "unblock()",
    )), f"{merging.REFERS}(text, bigint, text)",
)  # fmt: skip

# every word typed stands somewhere in what may be seen of the row
HOLDS = f"""
create or replace function {SCHEMA}.holds(words text, seen text) returns boolean language plpgsql immutable set search_path = public, pg_temp as $f$
begin
  return (select coalesce(bool_and(strpos(lower(seen), m[1]) > 0), false) from regexp_matches(words, '"([^"]*)"', 'g') as m);
end $f$"""


def _narrowed(record: Record, rule: str) -> str:
    """The rows of one record that somebody finds: those they see, by words they see."""
    key, kind = record.key, worded(record).get("terms")
    if kind is None:
        return rule
    shown = [name for name in record.searched if not record.by_name[name].sensitive]
    words = [f"{key}.{name}" for name in shown] + ([f"{key}.sort", f"replace({key}.sort, ' ', '')"] if record.name in shown else [])
    seen = f"{SCHEMA}.holds(words, concat_ws(' ', {', '.join(words)}))" if words else "false"
    return f"{rule} and ((select {SCHEMA}.shows('{kind}')) or {seen})"


def _found(rules: Mapping[Record, str]) -> str:
    """All rows somebody sees, by words they see."""
    return _by_table("found(tbl text, words text)", "", rules, lambda key, rule: f"return query {_seen_of(key, 'public.crm_found({key!r}, words)', rule)};")


def _newest(rules: Mapping[Record, str]) -> str:
    """The newest of them: most see most rows, so that some of the newest are asked for first, then more, then all."""

    def of(key: str, rule: str) -> str:
        near = _seen_of(key, "unnest(near)", rule)
        every = _seen_of(key, "public.crm_found({key!r}, words)", rule)
        return f"""
      foreach many in array array[4 * most, 40 * most] loop
        select array_agg(f.rowid) into near from public.crm_newest('{key}', words, many) as f;
        select array_agg(s.id) into ids from ({near} order by {key}.id desc limit most) as s;
        if cardinality(ids) >= most or near is null or cardinality(near) < many then return query select unnest(ids); return; end if;
      end loop;
      return query {every} order by {key}.id desc limit most;"""

    return _by_table("newest(tbl text, words text, most bigint)", "declare near bigint[]; ids bigint[]; many bigint;", rules, of)


def _seen_of(key: str, rows: str, rule: str) -> str:
    return f"select {key}.id from {rows.format(key=key)} as f(rowid) join {key} on {key}.id = f.rowid where {rule}"


def _by_table(head: str, declared: str, rules: Mapping[Record, str], of: Callable[[str, str], str]) -> str:
    cases = "\n".join(f"    when '{record.key}' then {of(record.key, _narrowed(record, rule))}" for record, rule in rules.items())
    return f"""
create or replace function {SCHEMA}.{head} returns table(rowid bigint) {SAFE} as $f$
{declared}
begin
  case tbl
{cases}
    else return;
  end case;
end $f$"""


def statements(database: str, records: Sequence[Record], rules: Sequence[TableRule], seen: Callable[[Record], str]) -> Iterator[str]:
    """All of it, once every other function is there. `seen`: the condition of the rows of a record somebody sees."""
    seats, searched = _name(database, "seats"), [record for record in records if record.searched]
    found = {record: seen(record) for record in searched}
    yield HOLDS
    yield _found(found)
    yield _newest(found)
    yield "alter default privileges revoke execute on functions from public"
    for schema in ("public", SCHEMA):
        yield f"revoke execute on all functions in schema {schema} from public, {', '.join(_name(database, role) for role in ('seats', *ROLE_CODES))}"
    checks = [f"crm_wrong_{record.key}(text)" for record in records] + [f"crm_wrong_terms_{record.key}()" for record in searched]
    yield f"grant execute on function {', '.join((*OF_ALL, *checks))} to {seats}"
    if whole := [role for role in ROLE_CODES if _sees_all(role, searched, rules)]:
        yield f"grant execute on function {', '.join(FIND)} to {', '.join(_name(database, role) for role in whole)}"


def _sees_all(role: str, searched: Sequence[Record], rules: Sequence[TableRule]) -> bool:
    keys = {record.key for record in searched}
    return all(rule.see == Reach.ALL and not rule.unread for rule in rules if rule.role == role and rule.table in keys)


def _name(database: str, role: str) -> str:
    return '"' + group(database, role).replace('"', '""') + '"'
