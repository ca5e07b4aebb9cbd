"""An import in two steps: `prepare` reads, converts, checks and compares without any lock; `write` puts it in.

Nothing of a broken file reaches the database; a bad row of a good file is left out and counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crm_desktop.exchange.comparing import Comparing, matching_fields, number_of
from crm_desktop.exchange.comparing import Prepared as Prepared
from crm_desktop.exchange.convert import BadRow, Block, Converter
from crm_desktop.exchange.csv_out import write_rows
from crm_desktop.exchange.mapping import Mapping, in_hotel
from crm_desktop.exchange.matching import known_values
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.exchange.text_file import Table
from crm_desktop.record.dates import now
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import rollups
from crm_desktop.store.folders import data_folder, private_folder, unwritten
from crm_desktop.store.history import touched_since
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Change, newest_id
from crm_desktop.store.names import shortened
from crm_desktop.store.rows import Stale, holder, missing
from crm_desktop.store.schema import LIVING, remade_indexes

LONGEST_STEM = 200  # bytes of a file's name taken over into the name of its refused rows
IMPORTED = Text("Imported")
CHANGED_MEANWHILE = Text("Somebody changed the same records while the file was being read. Nothing was imported; import it again.")


def prepare(
    reader: Any, keys: Keys, by_key: dict[str, Record], table: Table, mapping: Mapping,
    *, strict: bool = False, add_same: bool = False, progress: Progress | None = None,
) -> Prepared:  # fmt: skip
    """Read and compare a whole file. Raises Refused when the file is broken (or, if strict, any row is bad)."""
    progress = progress or Quiet()
    mapping = in_hotel(mapping, hotels(reader) if "hotel" in by_key else [])
    out = Prepared(mapping.record, mapping, table)
    converter = Converter(table, mapping)
    work = Comparing(reader, keys, by_key, out, add_same)
    total = table.lines
    for block in converter.blocks():
        if len(block):
            _sort_in(work, block)
        if strict and (converter.bad or out.bad):
            raise _first_bad(converter.bad + out.bad)
        progress.step(converter.read, total)
    out.read, out.bad = converter.read, sorted(converter.bad + out.bad, key=lambda bad: bad.line)
    if not out.read:
        raise Refused(Text("{file} has headings but no rows.", file=table.path.name))
    if strict and out.bad:
        raise _first_bad(out.bad)
    out.made = work.made()
    table.forget()
    return out


def hotels(reader: Any) -> list[int]:
    """The hotels there are."""
    return [row[0] for row in reader.execute(f"select id from hotel where {LIVING} order by id").fetchall()]


def _sort_in(work: Comparing, block: Block) -> None:
    """Take a block in; when a reference in it cannot be found, row by row."""
    try:
        work.block(block)
    except Refused:
        for at in range(len(block)):
            try:
                work.block(block.one(at))
            except Refused as error:
                work.out.bad.append(BadRow(block.lines[at], block.cells[at], error.text))


def _first_bad(found: list[BadRow]) -> Refused:
    bad = min(found, key=lambda one: one.line)
    return Refused(Text("Line {line}: {reason}. Nothing was imported.", line=bad.line, reason=bad.reason))


INSERT_BLOCK = 1000


def write(desk: Any, prepared: Prepared, progress: Progress | None = None) -> Change:
    """Put a prepared file into the database as one change: all of it or nothing."""
    progress, record, store = progress or Quiet(), prepared.record, desk.store
    rows = len(prepared.inserts) + len(prepared.updates)
    with store.writer.room_for(rows), desk.writing(IMPORTED, source=prepared.table.path.name) as writing:
        _still_so(writing.db, prepared)
        for key, made in prepared.made.items():
            for row_id, values in made.items():
                _make(writing, store.by_key[key], row_id, values)
        try:
            writing.update_many(record, prepared.updates)
        except Stale as error:
            raise Refused(CHANGED_MEANWHILE) from error
        _insert(writing, prepared, progress)
        rollups.added(writing.db, record, prepared.columns, prepared.inserts)
    change: Change = writing.entry.change
    return change


def _make(writing: Any, record: Record, row_id: int, values: Row) -> None:
    row = record.blank() | values
    if any(row[index.columns[-1]] and holder(writing.db, record, index, row) for index in record.indexes if index.unique):
        raise Refused(CHANGED_MEANWHILE)
    writing.add(record, values, row_id)


def _insert(writing: Any, prepared: Prepared, progress: Progress) -> None:
    rows = prepared.inserts
    with remade_indexes(writing.db, prepared.record, len(rows)):
        for at in range(0, len(rows), INSERT_BLOCK):
            block = rows[at : at + INSERT_BLOCK]
            writing.add_many(prepared.record, prepared.columns, block, prepared.digests[at : at + INSERT_BLOCK])
            progress.step(at + len(block), len(rows))


def _still_so(db: Any, prepared: Prepared) -> None:
    """What others did since the file was compared must not touch what it brings: its rows, its numbers, its references."""
    if newest_id(db) == prepared.seen:
        return
    record = prepared.record
    place = {name: at for at, name in enumerate(prepared.columns)}
    if record.import_key:
        known = {row[0] for row in touched_since(db, record, prepared.seen, (record.import_key,))}
    else:
        known = known_values(db, record, matching_fields(prepared.mapping)) if prepared.keys else set()
    same = not known.isdisjoint(prepared.keys)
    for names in [("id",), number_of(prepared.mapping)[0]]:
        if names and not same:
            later = {row for row in touched_since(db, record, prepared.seen, names) if row[-1] not in ("", None)}
            same = any(tuple(row[place[name]] for name in names) in later for row in prepared.inserts) if later else False
    if same or any(_lost(db, prepared, field, place[field.name]) for field in record.references()):
        raise Refused(CHANGED_MEANWHILE)


def _lost(db: Any, prepared: Prepared, field: Field, at: int) -> set[Any]:
    """What the file refers to and is no longer there, nor made by it."""
    used = {row[at] for row in prepared.inserts} | {values.get(field.name) for _, _, values in prepared.updates}
    return missing(db, field, used - prepared.made.get(field.ref, {}).keys())


def summary(counts: dict[str, Any]) -> str:
    """The counts as one JSON line."""
    return json.dumps(counts, ensure_ascii=False)


def bring_in(desk: Any, prepared: Prepared, progress: Progress | None = None) -> tuple[Change, Path | None]:
    """`write`, with the rows left out in their file before anything is imported; returns that file if there is one."""
    refused = keep_refused(prepared)
    try:
        return write(desk, prepared, progress), refused
    except BaseException:
        if refused:
            refused.unlink(missing_ok=True)
        raise


def keep_refused(prepared: Prepared) -> Path | None:
    """Write the rows left out, with their reasons, to a file the person can mend and import; None when there are none."""
    if not prepared.bad:
        return None
    path = data_folder() / "refused" / f"{shortened(prepared.table.path.stem, LONGEST_STEM)}-{now().translate({ord(c): None for c in '-:.Z'})}.csv"
    try:
        private_folder(path.parent)
    except OSError as error:
        raise unwritten(path, error) from error
    write_rows(path, [["line", "reason", *prepared.table.headings], *([str(b.line), say(b.reason), *b.cells] for b in prepared.bad)])
    return path
