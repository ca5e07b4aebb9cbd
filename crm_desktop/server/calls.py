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


def _finds(name: str, more: str, tail: str, rules: Mapping[Record, str]) -> str:
    cases = "\n".join(
        f"    when '{record.key}' then return query select {record.key}.id from public.crm_found('{record.key}', words) as f"
        f" join {record.key} on {record.key}.id = f.rowid where {_narrowed(record, rule)}{tail.format(id=record.key + '.id')};"
        for record, rule in rules.items()
    )
    return f"""
create or replace function {SCHEMA}.{name}(tbl text, words text{more}) returns table(rowid bigint) {SAFE} as $f$
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
    yield _finds("found", "", "", found)
    yield _finds("newest", ", most bigint", " order by {id} desc limit most", found)
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
