"""Kept sums on the server: a trigger adds up what rows mean for the rows they refer to.

Who adds a stay need not be allowed to change the company it adds up in, nor even to see it; and nobody can write a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crm_desktop.record.record import Record
from crm_desktop.store.rollups import Target, targets
from crm_desktop.store.server.log_sql import CHANGED, SAFE


def of_table(record: Record) -> Sequence[str]:
    """The function and the triggers that keep the sums of one table's rows; nothing for a table without any."""
    found = list(targets(record))
    if not found:
        return ()
    key = record.key
    run = f"for each statement execute function crm_sums_{key}()"
    function = f"""
create or replace function crm_sums_{key}() returns trigger language plpgsql {SAFE} as $f$
begin
  if tg_op = 'INSERT' then
    {"; ".join(_new(target) for target in found)};
  elsif exists (select 1 from {CHANGED} where {_differs(name for target in found for name in _needed(target))}) then
    {"; ".join(part for target in found for part in _moved(target))};
  end if;
  return null;
end $f$"""
    return (
        function,
        f"create or replace trigger crm_sums_new after insert on {key} referencing new table as new_rows {run}",
        f"create or replace trigger crm_sums_old after update on {key} referencing old table as old_rows new table as new_rows {run}",
    )


def _needed(target: Target) -> list[str]:
    """The columns of a row that decide what it adds up to, and where."""
    return [*_dating(target), *(part for parts in target.rollup.sums.values() for part in parts)]


def _dating(target: Target) -> list[str]:
    """The columns of a row that decide which is the newest."""
    rollup = target.rollup
    return ["gone", *target.by, *([rollup.when] if rollup.when else []), *rollup.last.values()]


def _differs(needed: Iterable[str]) -> str:
    names = dict.fromkeys(needed)
    return f"({', '.join(f'o.{name}' for name in names)}) is distinct from ({', '.join(f'n.{name}' for name in names)})"


def _shares(target: Target, rows: str, sign: int) -> Iterator[str]:
    """What each row adds to each row it points to."""
    rollup = target.rollup
    sums = [f"{sign} * {' * '.join(f'coalesce({part}, 0)' for part in parts) or '1'} as s{at}" for at, parts in enumerate(rollup.sums.values())]
    lasts = [f"{date} as l{at}" for at, date in enumerate(rollup.last.values())]
    when = f" and {rollup.when} = '{rollup.value}'" if rollup.when else ""
    for by in target.by:
        yield f"select {', '.join([f'{by} as id', *sums, *lasts])} from {rows} where {by} is not null and gone is null{when}"


def _new(target: Target) -> str:
    rollup = target.rollup
    totals = [f"sum(s{at})::bigint as s{at}" for at in range(len(rollup.sums))] + [f"max(l{at}) as l{at}" for at in range(len(rollup.last))]
    sets = [f"{name} = t.{name} + m.s{at}" for at, name in enumerate(rollup.sums)]
    sets += [f"{name} = greatest(t.{name}, m.l{at})" for at, name in enumerate(rollup.last)]
    shares = " union all ".join(_shares(target, "new_rows", 1))
    return f"update {target.table} as t set {', '.join(sets)} from (select id, {', '.join(totals)} from ({shares}) as one group by id) as m where t.id = m.id"


def _moved(target: Target) -> Iterator[str]:
    """After rows changed: sums by the difference; newest dates are asked for anew, since one may have been taken away."""
    rollup = target.rollup
    if rollup.sums:
        names = [f"s{at}" for at in range(len(rollup.sums))]
        shares = " union all ".join([*_shares(target, "new_rows", 1), *_shares(target, "old_rows", -1)])
        sets = ", ".join(f"{name} = t.{name} + m.s{at}" for at, name in enumerate(rollup.sums))
        totals = ", ".join(f"sum({name})::bigint as {name}" for name in names)
        some = " or ".join(f"m.{name} <> 0" for name in names)
        yield f"update {target.table} as t set {sets} from (select id, {totals} from ({shares}) as one group by id) as m where t.id = m.id and ({some})"
    if rollup.last:
        pointed = " union ".join(
            f"select {side}.{by} from {CHANGED} where {side}.{by} is not null and {_differs(_dating(target))}"
            for side in ("o", "n") for by in target.by
        )  # fmt: skip
        sets = ", ".join(f"{name} = {_newest(target, date)}" for name, date in rollup.last.items())
        yield f"update {target.table} as t set {sets} where t.id in ({pointed})"


def _newest(target: Target, date: str) -> str:
    rollup = target.rollup
    when = f" and x.{rollup.when} = '{rollup.value}'" if rollup.when else ""
    each = [
        f"coalesce((select x.{date} from {target.source.key} as x where x.{by} = t.id and x.gone is null{when} order by x.{date} desc limit 1), '')"
        for by in target.by
    ]
    return f"greatest({', '.join(each)})"
