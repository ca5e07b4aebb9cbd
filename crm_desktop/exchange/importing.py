"""An import in two steps: `prepare` reads, converts, checks and compares without any lock; `write` puts it in.

Nothing of a broken file reaches the database; a bad row of a good file is left out and counted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange import references
from crm_desktop.exchange.convert import BadRow, Block, Converter
from crm_desktop.exchange.mapping import Mapping
from crm_desktop.exchange.csv_out import write_rows
from crm_desktop.exchange.matching import KEY_FIELD, RowKeys, existing, known_keys, known_values
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.exchange.text_file import Table
from crm_desktop.record.ids import new_ids
from crm_desktop.record.kinds import Memo
from crm_desktop.record.record import Record, Row
from crm_desktop.record.dates import now
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import rollups
from crm_desktop.store.folders import data_folder, private_folder
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Change, digest
from crm_desktop.store.rows import all_columns

IMPORTED = Text("Imported")
PREVIEW_ROWS = 20
CHANGED_MEANWHILE = Text("Somebody changed the same records while the file was being read. Nothing was imported; import it again.")


class Prepared:
    """A file read and compared with what is here: what would be added, updated, left alone, refused."""

    def __init__(self, record: Record, mapping: Mapping, table: Table) -> None:
        self.record, self.mapping, self.table = record, mapping, table
        self.read = self.same = 0
        self.bad: list[BadRow] = []
        self.inserts: list[tuple[Any, ...]] = []  # whole rows in the order of `columns`
        self.digests: list[bytes] = []
        self.updates: list[tuple[int, int, Row]] = []  # (id, version, changed values); a removed row comes back
        self.made: dict[str, dict[int, Row]] = {}  # record key -> rows that must be there first
        self.preview: list[Row] = []
        self.columns: tuple[str, ...] = ()
        self.returning = 0

    @property
    def added(self) -> int:
        """Rows that would be new."""
        return len(self.inserts) + self.returning

    @property
    def updated(self) -> int:
        """Rows that are here and would change."""
        return len(self.updates) - self.returning

    def counts(self, refused_file: Path | None = None) -> dict[str, Any]:
        """The summary as one JSON object."""
        return {
            "read": self.read, "added": self.added, "updated": self.updated, "same": self.same,
            "refused": len(self.bad), "refused_file": str(refused_file) if refused_file else None,
        }  # fmt: skip


class _Preparing:
    """The work of `prepare`, with what it must remember between blocks."""

    def __init__(self, reader: Any, keys: Keys, by_key: dict[str, Record], out: Prepared, add_same: bool) -> None:
        self.reader, self.keys, self.out, self.add_same = reader, keys, out, add_same
        record, mapping = out.record, out.mapping
        self.record = record
        self.given = [take.field for take in mapping.takes]
        self.links = references.for_record(reader, record, self.given, by_key)
        self.row_keys = RowKeys()
        self.keyed = KEY_FIELD in record.by_name
        self.matching = list(mapping.matching or self.given)
        comparable = [n for n in self.matching if n in record.by_name]
        self.known = known_keys(reader, record) if self.keyed else known_values(reader, record, comparable)
        self.insert_columns = [name for name in all_columns(record) if name not in _derived(record)]
        out.columns = tuple(self.insert_columns)
        self.base = record.blank() | mapping.constants
        self.settled = Memo(self._settled)

    def block(self, block: Block) -> None:
        """Compare one block with what is here and sort its rows into the outcome."""
        columns = dict(block.columns)
        plain = dict(columns)  # references still as they stand in the file
        for name, link in self.links.items():
            columns[name] = link.column(columns[name])
        here = self._here(columns, len(block))
        fresh = [at for at, found in enumerate(here) if found is None]
        self._update([(at, found) for at, found in enumerate(here) if found is not None], columns)
        source = plain if self.keyed else columns
        matched = list(zip(*(source[name] for name in self.matching), strict=True))
        if KEY_FIELD in columns:
            keys = [columns[KEY_FIELD][at] for at in fresh]
        else:
            keys = self.row_keys.of([matched[at] for at in fresh])
            fresh, keys = self._unknown(fresh, keys, matched)
        if fresh:
            self._insert(fresh, keys, columns, len(block))

    def _here(self, columns: dict[str, list[Any]], count: int) -> list[tuple[Any, ...] | None]:
        """The existing row behind each row of the block, by id or by number, or None."""
        here: list[tuple[Any, ...] | None] = [None] * count
        for column in ("id", self.out.mapping.number):
            if column and column in columns:
                found = existing(self.reader, self.record, column, columns[column], self._stored())
                here = [old or found.get(value) for old, value in zip(here, columns[column], strict=True)]
        return here

    def _stored(self) -> list[str]:
        return [name for name in self.given if name in self.record.by_name]

    def _update(self, rows: list[tuple[int, tuple[Any, ...]]], columns: dict[str, list[Any]]) -> None:
        names = self._stored()
        for at, (row_id, version, gone, *old) in rows:
            changed = {n: columns[n][at] for n, before in zip(names, old, strict=True) if columns[n][at] != before}
            if gone is not None:
                self.out.returning += 1
                changed["gone"] = None
            if changed:
                self.out.updates.append((row_id, version, changed))
            else:
                self.out.same += 1

    def _unknown(self, fresh: list[int], keys: list[int], matched: list[tuple[Any, ...]]) -> tuple[list[int], list[int]]:
        if self.known.isdisjoint(keys):
            return fresh, keys
        if self.add_same:
            keys = [self.row_keys.further(matched[at], self.known) if k in self.known else k for at, k in zip(fresh, keys, strict=True)]
            return fresh, keys
        kept = [(at, key) for at, key in zip(fresh, keys, strict=True) if key not in self.known]
        self.out.same += len(fresh) - len(kept)
        return [at for at, _ in kept], [key for _, key in kept]

    def _insert(self, fresh: list[int], keys: list[int | None], columns: dict[str, list[Any]], count: int) -> None:
        whole = len(fresh) == count
        picked = {name: (column if whole else [column[at] for at in fresh]) for name, column in columns.items()}
        size = len(fresh)
        full: dict[str, Sequence[Any]] = {name: [value] * size for name, value in self.base.items()}
        full |= picked
        if self.keyed:
            full[KEY_FIELD] = keys
        if None in (ids := picked.get("id", [None])):
            ids = [given or made for given, made in zip(picked.get("id", [None] * size), new_ids(size), strict=True)]
        full |= {"id": ids, "version": [1] * size, "gone": [None] * size}
        self._settle(full, size)
        values = zip(*(full[name] for name in self.record.values), strict=True)
        self.out.digests += [digest(self.keys, self.record.key, row_id, row) for row_id, row in zip(ids, values, strict=True)]
        rows = list(zip(*(full[name] for name in self.insert_columns), strict=True))
        self.out.inserts += rows
        if len(self.out.preview) < PREVIEW_ROWS:
            self.out.preview += [dict(zip(self.insert_columns, row, strict=True)) for row in rows[:PREVIEW_ROWS]]

    def _settle(self, full: dict[str, Sequence[Any]], size: int) -> None:
        record = self.record
        if record.settle_on:
            results = list(map(self.settled.__getitem__, zip(*(full[n] for n in record.settle_on), strict=True)))
            for name in dict.fromkeys(name for result in set(map(frozenset, (r.keys() for r in results))) for name in result):
                old = full.get(name, [None] * size)
                full[name] = [r.get(name, before) for r, before in zip(results, old, strict=True)]
        if record.searched:
            names = dict.fromkeys((record.name, *record.searched))
            found = [record.found_by(dict(zip(names, values, strict=True))) for values in zip(*(full[n] for n in names), strict=True)]
            full["sort"], full["terms"] = [f["sort"] for f in found], [f["terms"] for f in found]

    def _settled(self, values: tuple[Any, ...]) -> Row:
        return self.record.settle(dict(zip(self.record.settle_on, values, strict=True)))


def _derived(record: Record) -> set[str]:
    return {field.name for field in record.fields if field.derived}


def prepare(
    reader: Any, keys: Keys, by_key: dict[str, Record], table: Table, mapping: Mapping,
    *, strict: bool = False, add_same: bool = False, progress: Progress | None = None,
) -> Prepared:  # fmt: skip
    """Read and compare a whole file. Raises Refused when the file is broken (or, if strict, any row is bad)."""
    progress = progress or Quiet()
    out = Prepared(mapping.record, mapping, table)
    converter = Converter(table, mapping)
    work = _Preparing(reader, keys, by_key, out, add_same)
    total = table.lines
    for block in converter.blocks():
        if strict and converter.bad:
            raise _first_bad(converter.bad)
        if len(block):
            _sort_in(work, block, converter)
        progress.step(converter.read, total)
    out.read, out.bad = converter.read, converter.bad
    if not out.read:
        raise Refused(Text("{file} has headings but no rows.", file=table.path.name))
    if strict and out.bad:
        raise _first_bad(out.bad)
    for name, link in work.links.items():
        out.made.setdefault(mapping.record.by_name[name].ref, {}).update(link.made)
    return out


def _sort_in(work: _Preparing, block: Block, converter: Converter) -> None:
    """Take a block in; when a reference in it cannot be found, row by row."""
    try:
        work.block(block)
    except Refused:
        for at in range(len(block)):
            one = Block({name: [column[at]] for name, column in block.columns.items()}, [block.lines[at]])
            try:
                work.block(one)
            except Refused as error:
                converter.bad.append(BadRow(block.lines[at], [], error.text))


def _first_bad(bad: list[BadRow]) -> Refused:
    return Refused(Text("Line {line}: {reason}. Nothing was imported.", line=bad[0].line, reason=bad[0].reason))


INSERT_BLOCK = 1000


def write(desk: Any, prepared: Prepared, progress: Progress | None = None) -> Change:
    """Put a prepared file into the database as one change: all of it or nothing."""
    progress = progress or Quiet()
    record = prepared.record
    with desk.writing(IMPORTED, source=prepared.table.path.name) as writing:
        for key, rows in prepared.made.items():
            for row_id, values in rows.items():
                _make(writing, desk.store.by_key[key], row_id, values)
        _insert(writing, prepared, progress)
        for row_id, version, values in prepared.updates:
            if "gone" in values:
                writing.rewrite(record, row_id, values)
            else:
                writing.update(record, row_id, version, values)
        _recompute(writing.db, prepared)
    change: Change = writing.entry.change
    return change


def _make(writing: Any, record: Record, row_id: int, values: Row) -> None:
    code = values.get("code")
    same = [name for index in record.indexes if index.unique for name in index.columns]
    where = " and ".join(f"{name} = ?" for name in same)
    if code and writing.db.execute(f"select 1 from {record.key} where {where} and gone is null", [values[n] for n in same]).fetchone():
        raise Refused(CHANGED_MEANWHILE)
    writing.add(record, values, row_id)


def _insert(writing: Any, prepared: Prepared, progress: Progress) -> None:
    record, rows = prepared.record, prepared.inserts
    if not rows:
        return
    _still_unknown(writing.db, prepared)
    names = prepared.columns
    sql = f"insert into {record.key} ({', '.join(names)}) values ({', '.join('?' * len(names))})"
    for at in range(0, len(rows), INSERT_BLOCK):
        block = rows[at : at + INSERT_BLOCK]
        writing.db.many(sql, block)
        digests = prepared.digests[at : at + INSERT_BLOCK]
        writing.entry.rows(record.key, [(row[0], 1, None, seal) for row, seal in zip(block, digests, strict=True)])
        progress.step(at + len(block), len(rows))


def _still_unknown(db: Any, prepared: Prepared) -> None:
    """Another seat may have imported the same file since it was compared: one of its rows is enough to know."""
    if KEY_FIELD not in prepared.columns:
        return
    at = prepared.columns.index(KEY_FIELD)
    for row in (prepared.inserts[0], prepared.inserts[-1]):
        if row[at] is not None and db.execute(
            f"select 1 from {prepared.record.key} where {KEY_FIELD} = ? and gone is null", (row[at],)
        ).fetchone():
            raise Refused(CHANGED_MEANWHILE)


def _recompute(db: Any, prepared: Prepared) -> None:
    place = {name: at for at, name in enumerate(prepared.columns)}
    for target in rollups.targets(prepared.record):
        ids = {row[place[by]] for by in target.by for row in prepared.inserts} - {None}
        rollups.recompute(db, target, sorted(ids))


def summary(counts: dict[str, Any]) -> str:
    """The counts as one JSON line."""
    return json.dumps(counts, ensure_ascii=False)


def keep_refused(prepared: Prepared) -> Path | None:
    """Write the rows left out, with their reasons, to a file the person can mend and import; None when there are none."""
    if not prepared.bad:
        return None
    folder = private_folder(data_folder() / "refused")
    stamp = now().replace(":", "").replace("-", "")[:15]
    path = folder / f"{prepared.table.path.stem}-{stamp}.csv"
    write_rows(path, [["line", "reason", *prepared.table.headings], *([str(b.line), say(b.reason), *b.cells] for b in prepared.bad)])
    return path
