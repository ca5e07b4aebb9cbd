"""The sheet of a client with many stays, of one with as many entries of all kinds, and *Today* with what changed since a look: everything that is read before it stands there."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.today import queries, queries_changed
from crm_desktop.record.duty import Entries
from crm_desktop.record.ids import new_ids
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import pages, rows, timeline
from crm_desktop.store.log import row_digest
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import all_columns
from crm_desktop.store.store import Store

from . import data
from .ground import Ground
from .measure import Row, middle, most, seconds
from .rows import Pair

ENTRIES, BAR_MS, RUNS, COUNTED, TODAY_MS = 10_000, 100, 9, 1_000, 150


def sheet_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """The client whose number of stays is nearest to ten thousand, and one of whom everything else is told as often."""
    with Pair(ground.dataset(factor)) as pair:
        sql = "select agency_id, count(*) from stay where agency_id is not null and gone is null group by agency_id order by abs(count(*) - ?) limit 1"
        account, entries = pair.reader.execute(sql, (ENTRIES,)).fetchone()
        day = (data.FIRST_DAY + dt.timedelta(data.DAYS)).isoformat()
        times = [1000 * seconds(partial(_open, pair.reader, account, day)) for _ in range(RUNS)]
        yield most(f"sheet of a client with {entries:,} entries, ms", middle(times), None, f"<= {BAR_MS} ms", BAR_MS)
    with ground.scratch() as scratch, Store(scratch.path, RECORDS, create=True) as store:
        account, entries, kinds = _told(store, min(ENTRIES, round(ENTRIES * factor * 10)))
        with contextlib.closing(store.open_reader()) as reader:
            times = [1000 * seconds(partial(_open, reader, account, day)) for _ in range(RUNS)]
        yield most(f"sheet of a client with {entries:,} entries of {kinds} kinds, ms", middle(times), None, f"<= {BAR_MS} ms", BAR_MS)


def today_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """The day in the middle, complete, as somebody sees it who looked last before the last file of stays came in."""
    with Pair(ground.dataset(factor)) as pair:
        day = (data.FIRST_DAY + dt.timedelta(data.DAYS // 2)).isoformat()
        seen = pair.reader.execute("select id from change order by id desc limit 1 offset 1").fetchone()[0]
        times = [1000 * seconds(partial(_board, pair, day, seen)) for _ in range(RUNS)]
        yield most("today: complete, with what changed since a look, ms", middle(times), None, f"<= {TODAY_MS} ms", TODAY_MS)


def _board(pair: Pair, day: str, seen: int) -> object:
    by_key = {record.key: record for record in RECORDS}
    return [queries.board(pair.reader, DUTIES, day, None), queries_changed.lines(pair.reader, by_key, seen, None)]


def _told(store: Store, count: int) -> tuple[int, int, int]:
    """A client of whom every duty has its share of so many entries: its id, how many there are, of how many kinds."""
    by_key = {record.key: record for record in RECORDS}
    entries = {entry.record: entry for duty in DUTIES for entry in duty.entries if "account" in entry.by}
    ways = {key: entry.by["account"][0].partition(".") for key, entry in entries.items()}
    made: dict[str, list[int]] = {}
    with Desk(store, "speed").writing(Text("Filled")) as writing:

        def add(key: str, number: int, **values: Value) -> list[int]:
            record, ids = by_key[key], new_ids(number)
            rows_ = [_whole(record, row_id, at, values, entries.get(key)) for at, row_id in enumerate(ids)]
            columns = all_columns(record)
            seals = [row_digest(store.keys, record, row) for row in rows_]
            writing.add_many(record, columns, [tuple(row[name] for name in columns) for row in rows_], seals)
            return made.setdefault(key, ids)

        (account,) = add("account", 1, name="Atlas")
        for key, (own, _, theirs) in sorted(ways.items(), key=lambda way: way[1][2]):
            target = by_key[key].by_name[own].ref
            parents = made.get(target) or add(target, 1, **{theirs: account}) if theirs else [account]
            add(key, max(1, count // len(ways)), **{own: parents[0]})
    return account, sum(len(made[key]) for key in entries), len(entries)


def _whole(record: Record, row_id: int, at: int, values: dict[str, Any], entry: Entries | None) -> dict[str, Any]:
    """A row as it is kept, on a day of its own."""
    row: dict[str, Any] = {"id": row_id, "version": 1, "gone": None} | {field.name: field.default for field in record.fields} | values
    if entry:
        row |= {entry.at: (data.FIRST_DAY + dt.timedelta(at % data.DAYS)).isoformat()} | dict([entry.when] if entry.when else [])
    return row | record.settled(row)


def _open(reader: Any, account: int, day: str) -> object:
    """The row, what matters now, its figures, the rows of its lists counted, and the first page of its timeline."""
    by_key = {record.key: record for record in RECORDS}
    out: list[object] = [rows.get(reader, ACCOUNT, account)]
    for duty in DUTIES:
        out += duty.now(reader, "account", account, day) if duty.now else []
        out += duty.figures(reader, "account", account, day) if duty.figures else []
        for related in duty.related.get("account", ()):
            out.append(pages.count(reader, ListQuery(by_key[related.record], [(related.by[0], "=", account)]), most=COUNTED))
    entries = [entry for duty in DUTIES for entry in duty.entries]
    return [*out, *timeline.before(reader, timeline.Look(entries, by_key, "account", account), timeline.end_of(day))]
