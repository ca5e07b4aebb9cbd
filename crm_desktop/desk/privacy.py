"""A person's rights to their data: a copy of it, and having it erased.

The copy holds all that is only about the person, and what besides refers to them; erasing says first what it means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.desk.rights import need
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Record, Row
from crm_desktop.record.rights import OPEN, PRIVACY
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, erased, erasing, history, left_behind
from crm_desktop.store.address import is_server
from crm_desktop.store.erasing import Plan
from crm_desktop.store.log import Change
from crm_desktop.store.rows import BLOCK, get, read, read_many

COPIED = Text("Copy of a person's data made")
WHY = Text("Say why: the log keeps it, and nothing else.")
ASIDE = Text("Former databases that were put aside may still hold this person: {files}. Delete them in {folder}, each with the files whose names begin like its own, when nobody needs them any more.")
REFUSED_ROWS = Text("Rows that an import left out still name this person, in clear: {files}. Delete these files in {folder}.")
NAMED = 12  # files that are told by name
NO_PERSON = Text("{records} are no people: there is nothing to erase or to copy for a person.")


class Part:
    """Rows of one record, with how many of them living: emptied or given whole, or only pointing to the person."""

    def __init__(self, record: Record, ids: Sequence[int], whole: bool) -> None:
        self.record, self.ids, self.whole = record, list(ids), whole


class Known:
    """All that is known of a person: who, in which rows, and how many rows elsewhere hold the name."""

    def __init__(self, plan: Plan, name: str, version: int, parts: Sequence[Part], others: Sequence[tuple[Record, int]]) -> None:
        self.plan, self.name, self.version, self.parts, self.others = plan, name, version, parts, others


def known(db: Any, records: Sequence[Record], record: Record, row_id: int) -> Known:
    """What is known of a person. Raises Refused for what is no person, Conflict for one that is gone."""
    if not erasing.is_person(record):
        raise Refused(Text(NO_PERSON.source, records=record.many))
    row = read(db, record, row_id)
    if row is None or row["gone"] is not None:
        raise Conflict(None)
    plan = erasing.plan(db, records, record, row_id)
    parts = []
    for one in records:
        loose = {*plan.loose.get(one.key, ()), *plan.near.get(one.key, ()), *plan.mentioned.get(one.key, ())}
        parts += [Part(one, sorted(ids), whole) for ids, whole in ((plan.whole.get(one.key, ()), True), (loose, False)) if ids]
    others = [(one, plan.others[one.key]) for one in records if one.key in plan.others]
    return Known(plan, history.name_of(db, record, row_id), int(row["version"] or 0), parts, others)


def told(found: Known) -> list[Text]:
    """Line by line, what erasing means."""
    out = [
        Text("{records}: {n} rows are emptied", records=part.record.many, n=f"{len(part.ids):,}")
        if part.whole
        else Text("{records}: {n} rows stay and no longer say who it was", records=part.record.many, n=f"{len(part.ids):,}")
        for part in found.parts
    ]
    return out + [Text("{records}: {n} rows hold the same name and stay as they are; look whether another person is meant", records=record.many, n=f"{n:,}") for record, n in found.others]


def left(store: Any, found: Known) -> list[Text]:
    """Line by line, the files beside the data that erasing does not reach, by name, and how to be rid of them."""
    out = []
    if not is_server(store.address) and (aside := left_behind.databases(store.path)):
        out.append(Text(ASIDE.source, files=_named(aside), folder=store.path.parent))
    if files := left_behind.refused(found.plan.words):
        out.append(Text(REFUSED_ROWS.source, files=_named(files), folder=left_behind.refused_folder()))
    return out


def _named(files: Sequence[Path]) -> str:
    more = [f"+ {len(files) - NAMED}"] if len(files) > NAMED else []
    return ", ".join([*(each.name for each in files[:NAMED]), *more])


def rows(db: Any, part: Part) -> list[Row]:
    """The rows of a part, whole, in the order of their ids, with the names of what they refer to."""
    out: list[Row] = []
    for start in range(0, len(part.ids), BLOCK):
        block = part.ids[start : start + BLOCK]
        there = read_many(db, part.record, block)
        out += [get(db, part.record, row_id) or there[row_id] for row_id in block if row_id in there]
    return out


def files_of(db: Any, found: Known) -> list[Row]:
    """The files that lie by what is only about the person."""
    return [file for part in found.parts if part.whole for row_id in part.ids for file in attached.of(db, part.record.key, row_id)]


def erase(desk: Desk, record: Record, row_id: int, version: int, reason: str) -> Change:
    """Erase a person for good; it cannot be undone, and is done again whenever an older backup is restored.

    Raises Refused without a reason or the right, Conflict when the person is no longer as they were read."""
    may(desk)
    if not reason.strip():
        raise Refused(WHY)
    found = known(desk.store.writer, desk.store.records, record, row_id)
    if found.version != version:
        raise Conflict(desk.get(record, row_id))
    safe = erasing.without(reason.strip(), erasing.pattern(found.plan.words))
    return erased.act(desk.store, found.plan, who=desk.person, reason=safe, source=row_words(record.key, row_id))


def may(desk: Desk) -> None:
    """Raises Refused for whoever may not give out or erase a person's data."""
    need(desk.rights, PRIVACY)


def may_read(reader: Any) -> None:
    """The same for who looks through a reader."""
    need(getattr(reader, "rights", OPEN), PRIVACY)


def copied(desk: Desk, record: Record, row_id: int, name: str, reason: str = "") -> Change:
    """Log that a copy was made: of whom as an id, into which kind of file, why."""
    return desk.note(COPIED, f"{row_words(record.key, row_id)} -> {name}", reason.strip())


