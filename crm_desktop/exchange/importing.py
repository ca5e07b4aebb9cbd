"""An import in two steps: `prepare` reads, converts, checks and compares without any lock; `write` puts it in.

Nothing of a broken file reaches the database; a bad row of a good file is left out and counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm_desktop.exchange.comparing import Comparing, matching_fields, number_of
from crm_desktop.exchange.comparing import Prepared as Prepared
from crm_desktop.exchange.convert import BadRow, Block, Converter
from crm_desktop.exchange.left_out import keep_refused as keep_refused
from crm_desktop.exchange.mapping import Mapping, in_hotel
from crm_desktop.exchange.matching import known_values
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.exchange.sheets import Tabular
from crm_desktop.record.ids import new_id
from crm_desktop.record.later import named
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import rollups
from crm_desktop.store.history import touched_since
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Change, newest_id
from crm_desktop.store.rows import Stale, holder, leads_back, missing
from crm_desktop.store.schema import LIVING, remade_indexes
from crm_desktop.store.seat import first_hotel

IMPORTED = Text("Imported")
CHANGED_MEANWHILE = Text("Somebody changed the same records while the file was being read. Nothing was imported; import it again.")


def prepare(
    reader: Any, keys: Keys, by_key: dict[str, Record], table: Tabular, mapping: Mapping,
    *, strict: bool = False, add_same: bool = False, dates: str = "", progress: Progress | None = None, hashes: bool = False,
) -> Prepared:  # fmt: skip
    """Read and compare a whole file. `hashes`: of ID and card numbers in words keep the keyed hash too, beside the last four.

    Raises Refused when the file is broken (or, if strict, any row is bad)."""
    progress = progress or Quiet()
    first = _first_hotel(reader, by_key, mapping)
    mapping = in_hotel(mapping, [(made, "") for made in first] or (hotels(reader) if "hotel" in by_key else []))
    whole = mapping.whole(reader, table, mapping) if mapping.whole else None
    mapping = whole.mapping if whole else mapping
    out = Prepared(mapping.record, mapping, table)
    converter = Converter(table, mapping, dates, progress, hashes)
    out.dates, out.numbers = converter.dates, converter.numbers
    work = Comparing(reader, keys, by_key, out, add_same)
    total = table.lines
    for block in converter.blocks():
        if len(block):
            _sort_in(work, block)
        if strict and (converter.bad or out.bad):
            raise first_bad(converter.bad + out.bad)
        progress.step(converter.read, total)
    work.finish()
    out.choices = converter.choices()
    out.read, out.bad = converter.read, sorted(converter.bad + out.bad, key=lambda bad: bad.line)
    if not out.read:
        raise Refused(Text("{file} has headings but no rows.", file=table.path.name))
    if strict and out.bad:
        raise first_bad(out.bad)
    out.made = ({"hotel": first} if first and out.added else {}) | work.made()
    if whole:
        whole.finish(reader, keys, out)
    table.forget()
    return out


def _first_hotel(reader: Any, by_key: dict[str, Record], mapping: Mapping) -> dict[int, Row]:
    """The hotel a file's rows belong to where there is none yet and the file names none."""
    said: Row = dict.fromkeys((take.field for take in mapping.takes), True) | mapping.constants
    values = first_hotel(reader, mapping.record, said) if "hotel" in by_key else None
    return {new_id(): values} if values else {}


def hotels(reader: Any) -> list[tuple[int, str]]:
    """The hotels there are, by id and name."""
    return [(row[0], row[1]) for row in reader.execute(f"select id, name from hotel where {LIVING} order by id").fetchall()]


def hotel_named(reader: Any, words: str) -> int:
    """The hotel of this code or name. Raises Refused."""
    found = reader.execute(f"select id from hotel where {LIVING} and (code = ? or name = ?) order by id", (words, words)).fetchall()
    if not found:
        names = ", ".join(name for _, name in hotels(reader))
        raise Refused(Text("There is no hotel '{name}' here; there are: {names}. Nothing was imported.", name=words, names=names))
    return int(found[0][0])


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


def first_bad(found: list[BadRow]) -> Refused:
    """What refuses a whole file: the first of its bad rows."""
    bad = min(found, key=lambda one: one.line)
    return Refused(Text("Line {line}: {reason}. Nothing was imported.", line=bad.line, reason=bad.reason))


INSERT_BLOCK = 1000


def write(desk: Any, prepared: Prepared, progress: Progress | None = None, *, action: Text = IMPORTED) -> Change:
    """Put a prepared file into the database as one change: all of it or nothing."""
    progress, record, store = progress or Quiet(), prepared.record, desk.store
    with _room(store.writer, prepared), desk.writing(action, source=prepared.table.path.name) as writing:
        _still_so(writing.db, prepared)
        for key, made in prepared.made.items():
            _make(writing, store.by_key[key], made)
        for key, rows in prepared.ahead.items():
            writing.add_several(store.by_key[key], rows)
        try:
            for key, gone in prepared.removed.items():
                for row_id, version in gone:
                    writing.remove(store.by_key[key], row_id, version)
            writing.update_many(record, prepared.updates)
            for key, updates in prepared.others.items():
                writing.update_many(store.by_key[key], updates)
        except Stale as error:
            raise Refused(CHANGED_MEANWHILE) from error
        _insert(writing, prepared, progress)
        rollups.added(writing.db, record, prepared.columns, prepared.inserts)
        writing.add_several(record, prepared.anew)
        for key, rows in prepared.beside.items():
            writing.add_several(store.by_key[key], rows)
        _no_circles(writing.db, prepared)
        _tell(desk, writing, prepared)
    change: Change = writing.entry.change
    return change


def _tell(desk: Any, writing: Any, prepared: Prepared) -> None:
    """What the coming of these rows does to others, as if they had been entered by hand."""
    if prepared.record.brought:
        at = prepared.columns.index("id") if prepared.inserts else 0
        ids = [*(row[at] for row in prepared.inserts), *(row_id for row_id, _, _ in prepared.updates), *prepared.anew]
        named(prepared.record.brought)(desk, writing, ids)


@contextmanager
def _room(db: Any, prepared: Prepared) -> Iterator[None]:
    """Before the write lock is taken: room for many rows, and what they will touch is read."""
    place = {name: at for at, name in enumerate(prepared.columns)}

    def coming(name: str) -> list[Any]:
        new = [row[place[name]] for row in prepared.inserts] if name in place else []  # what is worked out is not brought
        return new + [values[name] for _, _, values in prepared.updates if name in values]

    rows = len(prepared.inserts) + len(prepared.updates) + sum(map(len, (*prepared.ahead.values(), *prepared.beside.values())))
    with db.room_for(rows):
        db.look_ahead(prepared.record, coming, [row_id for row_id, _, _ in prepared.updates], rows)
        yield


def _no_circles(db: Any, prepared: Prepared) -> None:
    """No row may stand above itself after the file is in."""
    record = prepared.record
    for field in (field for field in record.fields if field.tree):
        at = prepared.columns.index(field.name)
        rows = [{"id": row[0], field.name: row[at]} for row in prepared.inserts if row[at] is not None]
        rows += [{"id": row_id, field.name: values[field.name]} for row_id, _, values in prepared.updates if values.get(field.name) is not None]
        if bad := next((row for row in rows if leads_back(db, record, field, row)), None):
            name = db.execute(f"select {record.name} from {record.key} where id = ?", (bad["id"],)).fetchone()[0]
            raise Refused(Text("The file would make {name} stand above itself. Nothing was imported; mend {label} there.", name=name, label=field.label))


def _make(writing: Any, record: Record, made: dict[int, Row]) -> None:
    """Add the rows that must be there first, unless somebody has made one of them meanwhile."""
    unique = [index for index in record.indexes if index.unique]
    for row in (record.blank() | values for values in made.values()):
        if any(row[index.columns[-1]] and holder(writing.db, record, index, row) for index in unique):
            raise Refused(CHANGED_MEANWHILE)
    writing.add_several(record, made)


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
    spelled = (record.spelled.number,) if record.spelled else ()
    for names in [("id",), number_of(prepared.mapping)[0], spelled]:
        if names and not same:
            later = {row for row in touched_since(db, record, prepared.seen, names) if row[-1] not in ("", None)}
            same = any(tuple(row[place[name]] for name in names) in later for row in prepared.inserts) if later else False
    if same or any(_lost(db, prepared, field, place[field.name]) for field in record.references()):
        raise Refused(CHANGED_MEANWHILE)


def _lost(db: Any, prepared: Prepared, field: Field, at: int) -> set[Any]:
    """What the file refers to and is no longer there, nor made by it."""
    used = {row[at] for row in prepared.inserts} | {values.get(field.name) for _, _, values in prepared.updates}
    return missing(db, field, used - prepared.made.get(field.ref, {}).keys() - prepared.ahead.get(field.ref, {}).keys())


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
