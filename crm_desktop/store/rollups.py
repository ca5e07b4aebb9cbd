"""Figures that rows add up in the rows they refer to (an account's stays, nights, revenue, last stay). Where the database
keeps them itself (`db.keeps_sums`) there is nothing to do here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Record, Rollup, Row
from crm_desktop.store.schema import LIVING

BLOCK = 200


class Target:
    """One record that a rollup fills: its table and the columns of the source that point to it."""

    def __init__(self, source: Record, rollup: Rollup, table: str) -> None:
        self.source, self.rollup, self.table = source, rollup, table
        self.by = tuple(name for name in rollup.by if source.by_name[name].ref == table)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it fills."""
        return (*self.rollup.sums, *self.rollup.last)


def targets(record: Record) -> Iterator[Target]:
    """Every table that rows of this record add up in."""
    for rollup in record.rollups:
        for table in dict.fromkeys(record.by_name[name].ref for name in rollup.by):
            yield Target(record, rollup, table)


def into(records: Iterable[Record], table: str) -> Iterator[Target]:
    """Every rollup that fills this table."""
    return (target for record in records for target in targets(record) if target.table == table)


def _when(rollup: Rollup) -> str:
    """SQL for the rows that count."""
    return f" and {rollup.when} = '{rollup.value}'" if rollup.when else ""


def computed_sql(target: Target) -> str:
    """A correlated select of every column the target fills, for one of its rows called `t`."""
    rollup = target.rollup
    needed = dict.fromkeys([c for parts in rollup.sums.values() for c in parts] + list(rollup.last.values()))
    columns = ", ".join(needed) or "1"
    union = " union all ".join(
        f"select {columns} from {target.source.key} where {by} = t.id and {LIVING}{_when(rollup)}"
        for by in target.by
    )
    sums = [f"coalesce(sum({' * '.join(parts) or '1'}), 0)" for parts in rollup.sums.values()]
    lasts = [f"coalesce(max({column}), '')" for column in rollup.last.values()]
    return f"select {', '.join(sums + lasts)} from ({union}) as part"


def recompute(db: Any, target: Target, ids: Sequence[int] | None = None) -> None:
    """Work out the target's columns anew: for these rows, or for all."""
    update = f"update {target.table} as t set ({', '.join(target.columns)}) = ({computed_sql(target)})"
    if ids is None:
        db.execute(update)
        return
    if db.keeps_sums:
        return
    for at in range(0, len(ids), BLOCK):
        block = ids[at : at + BLOCK]
        db.execute(f"{update} where t.id in ({', '.join('?' * len(block))})", block)


def _share(rollup: Rollup, row: Row | None) -> list[int] | None:
    """What a row adds to each sum, or None when it does not count."""
    if row is None or row.get("gone") is not None or (rollup.when and row[rollup.when] != rollup.value):
        return None
    out = []
    for parts in rollup.sums.values():
        product = 1
        for part in parts:
            product *= row[part] or 0
        out.append(product)
    return out


def added(db: Any, record: Record, columns: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> None:
    """After many new rows, bring the sums they belong to up to date; the cost is that of the new rows, not of all."""
    place = {name: at for at, name in enumerate(columns)}
    for target in () if db.keeps_sums else targets(record):
        rollup = target.rollup
        counted = [row for row in rows if row[place[rollup.when]] == rollup.value] if rollup.when else rows
        needed = {*target.by, *rollup.last.values(), *(part for parts in rollup.sums.values() for part in parts)}
        cells = {name: [row[place[name]] for row in counted] for name in needed}
        parts = [_products([cells[part] for part in parts], len(counted)) for parts in rollup.sums.values()]
        lasts = [cells[date] for date in rollup.last.values()]
        for name in target.by:
            _put(db, target, _gathered(cells[name], parts, lasts))


def _products(factors: Sequence[Sequence[Value]], count: int) -> list[int]:
    """What each row adds to one sum."""
    out = [1] * count
    for column in factors:
        out = [product * (factor or 0) for product, factor in zip(out, column, strict=True)]
    return out


def _gathered(by: Sequence[Value], parts: Sequence[Sequence[int]], lasts: Sequence[Sequence[str]]) -> dict[Value, list[Any]]:
    """The sums and newest dates of each row referred to."""
    places: dict[Value, list[int]] = {}
    for at, row_id in enumerate(by):
        if row_id is not None:
            places.setdefault(row_id, []).append(at)
    return {
        row_id: [*(sum(map(part.__getitem__, rows)) for part in parts), *(max(map(last.__getitem__, rows)) for last in lasts)]
        for row_id, rows in places.items()
    }


def _put(db: Any, target: Target, sums: dict[Value, list[Any]]) -> None:
    sets = [f"{name} = {name} + ?" for name in target.rollup.sums]
    sets += [f"{name} = case when {name} < ? then ? else {name} end" for name in target.rollup.last]
    count = len(target.rollup.sums)
    rows = [(*total[:count], *(date for date in total[count:] for _ in (1, 2)), row_id) for row_id, total in sums.items()]
    db.many(f"update {target.table} set {', '.join(sets)} where id = ?", rows)


class _Moves:
    """What some rows take from and give to the rows of one target."""

    def __init__(self) -> None:
        self.sums: dict[Value, list[int]] = {}
        self.gained: dict[Value, list[Row]] = {}
        self.lost: dict[Value, list[Row]] = {}

    def note(self, target: Target, old: Row | None, new: Row | None) -> None:
        """One row that changed from `old` to `new`."""
        before, after = _share(target.rollup, old), _share(target.rollup, new)
        for by in target.by:
            for row, share, sign, dates in ((old, before, -1, self.lost), (new, after, 1, self.gained)):
                if row is None or share is None or row[by] is None:
                    continue
                total = self.sums.setdefault(row[by], [0] * len(share))
                for at, part in enumerate(share):
                    total[at] += sign * part
                dates.setdefault(row[by], []).append(row)


def moved(db: Any, record: Record, pairs: Iterable[tuple[Row | None, Row | None]]) -> None:
    """After rows changed from one state to another (None = not there), bring the sums they belong to up to date."""
    pairs = list(pairs)
    for target in () if db.keeps_sums else targets(record):
        moves = _Moves()
        for old, new in pairs:
            moves.note(target, old, new)
        names = tuple(target.rollup.sums)
        rows = [(*total, row_id) for row_id, total in moves.sums.items() if any(total)]
        if rows:
            db.many(f"update {target.table} set {', '.join(f'{name} = {name} + ?' for name in names)} where id = ?", rows)
        for row_id in moves.sums:
            _last(db, target, row_id, moves.gained.get(row_id, []), moves.lost.get(row_id, []))


def _last(db: Any, target: Target, row_id: Value, gained: Sequence[Row], lost: Sequence[Row]) -> None:
    """Keep the newest dates of one target row; only when its newest was taken away are the others asked."""
    for column, date in target.rollup.last.items():
        kept = db.execute(f"select {column} from {target.table} where id = ?", (row_id,)).fetchone()[0]
        found = max((row[date] for row in gained), default="")
        if found < kept:
            found = _newest(db, target, row_id, date) if any(row[date] == kept for row in lost) else kept
        if found != kept:
            db.execute(f"update {target.table} set {column} = ? where id = ?", (found, row_id))


def _newest(db: Any, target: Target, row_id: Value, date: str) -> str:
    rollup = target.rollup
    newest = " union all ".join(
        f"select max({date}) as d from (select {date} from {target.source.key} where {by} = ? and {LIVING}"
        f"{_when(rollup)} order by {date} desc limit 1) as x{n}"
        for n, by in enumerate(target.by)
    )
    return str(db.execute(f"select max(d) from ({newest}) as y", (row_id,) * len(target.by)).fetchone()[0] or "")
