"""What is kept with its days, when two rows are made one and when they come apart again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crm_desktop.record.dated import KEPT, SINCE, UNTIL, Dated
from crm_desktop.record.record import Record, Row
from crm_desktop.store.database import all_rows
from crm_desktop.store.dated import present
from crm_desktop.store.rows import Writing, read
from crm_desktop.store.schema import LIVING


def pass_on(writing: Writing, record: Record, kept: Row, lost: Row, given: Row) -> dict[str, str]:
    """Before `lost` goes: what it was, and what is told of it now that is not told of the other, becomes the other's.

    Returns since when holds what the other takes over of the present, by record: see `since`."""
    begun: dict[str, str] = {}
    for dated in record.dated:
        into = writing.record(dated.into) if dated.first else None
        if into is None:
            continue
        open_row, now = present(writing.db, into, dated, lost["id"]), dated.key(kept | given)
        same = open_row is not None and dated.key(lost) == now
        if open_row and same and dated.key(kept) != now:
            begun[into.key] = open_row[2]
        sql = f"select id, {UNTIL} from {into.key} where {dated.by} = ? and {LIVING} and {KEPT} = 1 order by id"
        rows = {row[0]: row[1] for row in writing.db.execute(sql, (lost["id"],)).fetchall() if not (open_row and same and row[0] == open_row[0])}
        with writing.kept():  # what is still so beside what is on the card: nobody follows it but who wrote it
            writing.rewrite_many(into, {row_id: {dated.by: kept["id"]} | ({} if until else {KEPT: 0}) for row_id, until in rows.items()})
    return begun


def since(writing: Writing, record: Record, row: Row, begun: dict[str, str]) -> None:
    """What a row took over from another holds as long as it did there."""
    for dated in record.dated:
        into = writing.record(dated.into)
        if into is not None and into.key in begun and (found := present(writing.db, into, dated, row["id"])) is not None:
            writing.update(into, found[0], found[1], {SINCE: begun[into.key]})


def as_before(writing: Writing, dated: Dated, row_id: int, change_id: int) -> bool:
    """Put back what a change kept of a row, when nobody has touched it since; true when that is done."""
    into = writing.record(dated.into)
    if into is None:
        return True
    sql = "select row_id, version, before from change_row where change_id = ? and tbl = ? order by position"
    states: dict[int, list[tuple[int, str | None]]] = {}
    for found, version, before in all_rows(writing.db, sql, (change_id, into.key)):
        states.setdefault(found, []).append((version, before))
    same = "".join(f" and {name} = ?" for name in dated.same)
    sql = f"select id, version from {into.key} where {dated.by} = ? and {LIVING}{same} order by id"
    rows = {found: version for found, version in writing.db.execute(sql, (row_id, *dated.same.values())).fetchall() if found in states}
    if any(version != states[found][-1][0] for found, version in rows.items()):
        return False
    with writing.kept():
        for found, version in rows.items():
            first = states[found][0][1]
            if first is None:
                writing.remove(into, found, version)
            elif dated.by not in json.loads(first):  # not one that came from the other row
                writing.rewrite(into, found, _earliest(states[found]))
    return True


def _earliest(states: Sequence[tuple[int, str | None]]) -> Row:
    """What a row was before the first of several steps."""
    out: Row = {}
    for _, before in reversed(states):
        out |= json.loads(before or "{}")
    return out


def align(writing: Writing, record: Record, ids: Sequence[int]) -> None:
    """What is told of the present of these rows follows them."""
    for dated in record.dated if ids else ():
        into = writing.record(dated.into)
        if into is not None and dated.first:
            for row_id in ids:
                _follow(writing, into, dated, read(writing.db, record, row_id))


def _follow(writing: Writing, into: Record, dated: Dated, row: Row | None) -> None:
    if row is None or dated.key(row) is None:
        return
    if (found := present(writing.db, into, dated, int(row["id"] or 0))) is not None:
        with writing.kept():
            writing.update(into, found[0], found[1], dated.values(row))
