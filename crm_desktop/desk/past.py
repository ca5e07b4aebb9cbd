"""A record's past for a person: its history, how it was on a day, and what others touched since they last looked.

Whoever sees a row sees what became of it, also without the right to read the whole log; what is sensitive stays masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop.desk.rights import wholly
from crm_desktop.record.dates import local_instant, local_time
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.rights import OPEN, Rights
from crm_desktop.record.text import Text
from crm_desktop.store import history, past
from crm_desktop.store.log import FOR
from crm_desktop.store.past import Line, Noted
from crm_desktop.store.rows import read

FIRST_DAYS = 7  # days told of to somebody who never looked
MOST = 300  # lines
REMOVED = Text("Removed")


class Past:
    """What is known of a row: what it is called, its history, and what is needed to show it as it was at a moment."""

    def __init__(self, record: Record, row: Row, name: str, noted: Sequence[Noted], lines: Sequence[Line]) -> None:
        self.record, self.row, self.name, self.noted, self.lines = record, row, name, noted, lines


class Moment:
    """A row as it was: (field, then, now) of every field that had or has a value; `there` false: it was not there then."""

    def __init__(self, there: bool, values: Sequence[tuple[Field, Text | str, Text | str]]) -> None:
        self.there, self.values = there, values


def rights_of(reader: Any) -> Rights:
    """What whoever reads may see."""
    found: Rights = getattr(reader, "rights", OPEN)
    return found


def of(reader: Any, record: Record, row_id: int) -> Past | None:
    """The past of a row; None for one that whoever reads does not see, or that never was."""
    row = read(reader, record, row_id)
    if row is None:
        return None
    rights = rights_of(reader)
    with wholly(reader):
        noted = past.noted(reader, record, row_id)
        whole = read(reader, record, row_id) or row
    lines = list(past.lines(reader, record, whole, noted, rights))
    return Past(record, whole, history.name_of(reader, record, row_id), noted, lines[:MOST])


def as_it_was(reader: Any, found: Past, moment: str) -> Moment:
    """The row at an instant beside what it is now; masked values stay masked."""
    then, rights = past.at(found.row, found.noted, moment), rights_of(reader)
    if then is None:
        return Moment(False, ())
    out = []
    for field in past.told(found.record):
        both = [past.words(reader, found.record, field, row.get(field.name), rights) for row in (then, found.row)]
        if any(both) and any(row.get(field.name) not in ("", None, 0) for row in (then, found.row)):
            out.append((field, both[0], both[1]))
    return Moment(True, out)


def end_of_day(day: str) -> str:
    """The last instant of a day of this PC's calendar, as UTC text."""
    last = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(23, 59, 59, 999_000))
    return last.astimezone().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Seen:
    """A row that others touched: when last, who, what was done and how often; `row_id` 0: many rows of one action."""

    def __init__(self, record: Record, row_id: int, name: str, at: str) -> None:
        self.record, self.row_id, self.name, self.at = record, row_id, name, at
        self.who: list[str] = []
        self.actions: list[str] = []
        self.rows = 0

    def add(self, one: past.Touched) -> None:
        """One more action that touched it."""
        for words, into in ((one.who.partition(FOR)[0], self.who), (one.action, self.actions)):
            if words not in into:
                into.append(words)
        self.rows = one.rows


class Changes:
    """What others touched since somebody looked, the newest first, and up to which action that is."""

    def __init__(self, since: str, newest: int, rows: Sequence[Seen]) -> None:
        self.since, self.newest, self.rows = since, newest, rows


def by_others(reader: Any, records: Mapping[str, Record], person: str, shown: Collection[str]) -> Changes:
    """What others touched since a person last looked, of the records in `shown`: only rows the person sees."""
    mark = past.looked(reader, person)
    with wholly(reader):
        begun = "" if mark else _first()
        at = past.instant(reader, mark) if mark else begun
        newest = history.newest_id(reader)
        touched = [one for one in past.since(reader, mark, begun) if one.who.partition(FOR)[0] != person and one.table in shown]
    return Changes(local_instant(at) if at else "", newest, _rows(reader, records, touched))


def _first() -> str:
    return (local_time() - dt.timedelta(days=FIRST_DAYS)).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _rows(reader: Any, records: Mapping[str, Record], touched: Sequence[past.Touched]) -> list[Seen]:
    """Row by row, each once, in the order of the newest action about it."""
    lives: dict[tuple[str, int], bool] = {}
    for table in {one.table for one in touched}:
        ids = sorted({one.row_id for one in touched if one.table == table and one.row_id})
        lives |= {(table, row_id): there for row_id, there in past.seen(reader, records[table], ids).items()}
    out: dict[tuple[str, int], Seen] = {}
    for one in touched:
        place = (one.table, one.row_id or -one.id)
        if one.row_id and (one.table, one.row_id) not in lives:
            continue  # not theirs to see
        if place not in out:
            if len(out) == MOST:
                break
            record = records[one.table]
            out[place] = Seen(record, one.row_id, history.name_of(reader, record, one.row_id) if one.row_id else "", one.at)
            if one.row_id and not lives[one.table, one.row_id]:
                out[place].actions.append(REMOVED.source)
        out[place].add(one)
    return list(out.values())


def look(desk: Any, newest: int) -> None:
    """Note that the person at the desk has seen everything up to an action; it is kept with the data, for every PC."""
    desk.store.set_setting(past.mark_of(desk.person), str(newest))
