"""Keeps what a record's dated columns were, as rows of another record, in the same change that changed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.record.dated import KEPT, REASON, SINCE, UNTIL, Dated, first_day, last_day
from crm_desktop.record.dates import business_date
from crm_desktop.record.ids import new_ids
from crm_desktop.record.record import Record, Row
from crm_desktop.store.log import Texts, digests
from crm_desktop.store.schema import LIVING

if TYPE_CHECKING:
    from crm_desktop.store.rows import Writing

MANY = 20  # new rows worth writing all at once


def moved(writing: Writing, record: Record, old: Row | None, new: Row, which: Sequence[Dated] | None = None) -> None:
    """After a row was added or changed; `which` = all that the record declares."""
    for dated in record.dated if which is None else which:
        into = writing.record(dated.into)
        if into is not None:
            with writing.kept():
                (_present if dated.first else _past)(writing, into, dated, old, new)


def begin(writing: Writing, into: Record, dated: Dated, rows: Sequence[Row], since: str) -> None:
    """Rows for what holds from a day on ('' = nobody knows since when)."""
    if len(rows) < MANY:
        for row in rows:
            writing.add(into, dated.values(row) | {SINCE: since})
        return
    ids = new_ids(len(rows))
    full = [_whole(into, row_id, dated.values(row) | {SINCE: since}) for row_id, row in zip(ids, rows, strict=True)]
    columns = ("id", "version", "gone", *into.columns)
    values = {name: [row[name] for row in full] for name in columns}
    seals = digests(writing.keys, into.key, ids, Texts().of(into.values, values))
    writing.add_many(into, columns, list(zip(*(values[name] for name in columns), strict=True)), seals)


def _whole(into: Record, row_id: int, values: Row) -> Row:
    row = {"id": row_id, "version": 1, "gone": None} | {field.name: field.default for field in into.fields} | values
    return row | into.settled(row)


def _present(writing: Writing, into: Record, dated: Dated, old: Row | None, new: Row) -> None:
    """The row of what holds now: begun, followed, ended."""
    before, after = dated.key(old), dated.key(new)
    if before == after and (after is None or all(old is not None and old[name] == new[name] for name in dated.also)):
        return
    day = writing.effective or business_date()
    open_row = present(writing.db, into, dated, new["id"]) if before is not None else None
    if open_row and after is not None and (before == after or open_row[2] >= day):
        writing.update(into, open_row[0], open_row[1], dated.values(new))  # followed, or put right on its first day
        return
    if open_row and open_row[2] >= day:
        writing.remove(into, open_row[0], open_row[1])
    elif open_row:
        writing.update(into, open_row[0], open_row[1], {UNTIL: last_day(day)} | _because(writing, into))
    if after is not None:
        begin(writing, into, dated, [new], day)


def present(db: Any, into: Record, dated: Dated, row_id: int) -> tuple[int, int, str] | None:
    """The row of what holds now: (id, version, since)."""
    sql = f"select id, version, {SINCE} from {into.key} where {dated.by} = ? and {LIVING} and {KEPT} = 1 and {UNTIL} = '' order by {SINCE} desc, id desc limit 1"
    found = db.execute(sql, (row_id,)).fetchone()
    return (found[0], found[1], found[2]) if found else None


def _past(writing: Writing, into: Record, dated: Dated, old: Row | None, new: Row) -> None:
    """A row for what was until now; none for what did not hold for a whole day."""
    before = dated.key(old)
    if old is None or before is None or before == dated.key(new):
        return
    until = last_day(writing.effective or business_date())
    since = first_day(_newest(writing.db, into, dated, old["id"]))
    if since <= until:
        writing.add(into, dated.values(old) | {SINCE: since, UNTIL: until} | _because(writing, into))


def _newest(db: Any, into: Record, dated: Dated, row_id: int) -> str:
    same = "".join(f" and {name} = ?" for name in dated.same)
    found = db.execute(f"select max({UNTIL}) from {into.key} where {dated.by} = ? and {LIVING}{same}", (row_id, *dated.same.values())).fetchone()
    return str(found[0] or "")


def _because(writing: Writing, into: Record) -> Row:
    reason = writing.because or writing.entry.reason
    return {REASON: reason} if REASON in into.by_name and reason else {}


def gone(writing: Writing, record: Record, row_id: int) -> None:
    """With a row that is removed go the rows the program kept of it."""
    for dated in record.dated:
        into = writing.record(dated.into)
        if into is None:
            continue
        sql = f"select id, version from {into.key} where {dated.by} = ? and {LIVING} and {KEPT} = 1 order by id"
        with writing.kept():
            for kept_id, version in writing.db.execute(sql, (row_id,)).fetchall():
                writing.remove(into, kept_id, version)
