"""The sheet of a client with many entries, and *Today* with what changed since a look: everything that is read before it stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.today import queries, queries_changed
from crm_desktop.store import pages, rows, timeline
from crm_desktop.store.pages import ListQuery

from . import data
from .ground import Ground
from .measure import Row, middle, most, seconds
from .rows import Pair

ENTRIES, BAR_MS, RUNS, COUNTED, TODAY_MS = 10_000, 100, 9, 1_000, 150


def sheet_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """The client whose number of stays is nearest to ten thousand."""
    with Pair(ground.dataset(factor)) as pair:
        sql = "select agency_id, count(*) from stay where agency_id is not null and gone is null group by agency_id order by abs(count(*) - ?) limit 1"
        account, entries = pair.reader.execute(sql, (ENTRIES,)).fetchone()
        day = (data.FIRST_DAY + dt.timedelta(data.DAYS)).isoformat()
        times = [1000 * seconds(partial(_open, pair, account, day)) for _ in range(RUNS)]
        yield most(f"sheet of a client with {entries:,} entries, ms", middle(times), None, f"<= {BAR_MS} ms", BAR_MS)


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


def _open(pair: Pair, account: int, day: str) -> object:
    """The row, what matters now, its figures, the rows of its lists counted, and the first page of its timeline."""
    reader, by_key = pair.reader, {record.key: record for record in RECORDS}
    out: list[object] = [rows.get(reader, ACCOUNT, account)]
    for duty in DUTIES:
        out += duty.now(reader, "account", account, day) if duty.now else []
        out += duty.figures(reader, "account", account, day) if duty.figures else []
        for related in duty.related.get("account", ()):
            out.append(pages.count(reader, ListQuery(by_key[related.record], [(related.by[0], "=", account)]), most=COUNTED))
    entries = [entry for duty in DUTIES for entry in duty.entries]
    return [*out, *timeline.before(reader, timeline.Look(entries, by_key, "account", account), timeline.end_of(day))]
