"""Comparing a file's rows with what is here, block by block: which are new, which change something, which are the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange import references
from crm_desktop.exchange.convert import BadRow, Block
from crm_desktop.exchange.mapping import Mapping, identities
from crm_desktop.exchange.matching import Found, RowKeys, existing, known_keys, known_values
from crm_desktop.exchange.text_file import Table
from crm_desktop.record.ids import new_ids
from crm_desktop.record.kinds import Memo
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Texts, digests, newest_id
from crm_desktop.store.rows import all_columns

PREVIEW_ROWS = 20


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
        self.keys: list[int] = []  # the matching keys of the new rows
        self.seen = 0  # the newest change that was known when the file was compared

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


class Comparing:
    """The work of comparing, with what it must remember between blocks."""

    def __init__(self, reader: Any, keys: Keys, by_key: dict[str, Record], out: Prepared, add_same: bool) -> None:
        self.reader, self.keys, self.out, self.add_same = reader, keys, out, add_same
        record, mapping = out.record, out.mapping
        self.record = record
        out.seen = newest_id(reader)
        self.given = [take.field for take in mapping.takes]
        self.stored = [name for name in self.given if name in record.by_name]
        self.links = references.for_record(reader, record, self.given, by_key)
        self.row_keys, self.texts, self.sealed = RowKeys(), Texts(), Texts()
        self.key = record.import_key
        self.matching = matching_fields(mapping)
        self.known = known_keys(reader, record) if self.key else known_values(reader, record, self.matching)
        self.insert_columns = [name for name in all_columns(record) if name not in _derived(record)]
        out.columns = tuple(self.insert_columns)
        self.base = record.blank() | mapping.constants
        self.settled = Memo(self._settled)
        self.number, self.unique = number_of(mapping)
        self.taken: dict[Any, int] = {}  # ids and unique numbers of the rows so far, and the lines they stood on

    def block(self, block: Block) -> None:
        """Compare one block with what is here and sort its rows into the outcome. Raises Refused for a reference."""
        columns = dict(block.columns)
        plain = dict(columns)  # references still as they stand in the file
        for name, link in self.links.items():
            columns[name] = link.column(columns[name])
        fresh = self._sort(block, columns)
        source = plain if self.key else columns
        matched = list(self.texts.of(self.matching, source))
        keys: list[int | None] = list(columns[self.key]) if self.key in columns else [None] * len(block)
        at_once = [at for at in fresh if keys[at] is None]
        if self.key not in columns:
            for at, key in zip(at_once, self.row_keys.of([matched[at] for at in at_once]), strict=True):
                keys[at] = key
        fresh = self._unknown(fresh, keys, matched)
        if fresh:
            self._insert(fresh, [keys[at] for at in fresh], columns, len(block))

    def _sort(self, block: Block, columns: dict[str, list[Any]]) -> list[int]:
        """Note what rows that are here already change; returns the places of the others."""
        count = len(block)
        ids = columns.get("id") or [None] * count
        numbers = list(zip(*(self._column(name, columns, count) for name in self.number), strict=True)) or [()] * count
        by_id = existing(self.reader, self.record, ("id",), ids, self.stored)
        by_number = existing(self.reader, self.record, self.number, (n[-1] for n in numbers), self.stored) if self.number else {}
        if not by_id and not by_number and not self.unique and "id" not in columns:
            return list(range(count))
        fresh = []
        for at in range(count):
            try:
                found = self._found(block.lines[at], ids[at], numbers[at], by_id, by_number)
                if found is None:
                    fresh.append(at)
                else:
                    self._update(found, {name: columns[name][at] for name in self.stored})
            except Refused as error:
                self.out.bad.append(BadRow(block.lines[at], block.cells[at], error.text))
        return fresh

    def _column(self, name: str, columns: dict[str, list[Any]], count: int) -> list[Any]:
        return columns[name] if name in columns else [self.base[name]] * count

    def _found(
        self, line: int, row_id: int | None, number: tuple[Any, ...], by_id: dict[Any, list[Found]], by_number: dict[Any, list[Found]]
    ) -> Found | None:  # fmt: skip
        """The row behind a line: by its id, else the first by its number that no line before it meant."""
        same = by_number.get(number, [])
        found = next(iter(by_id.get((row_id,), [])), None) or next((one for one in same if one[0] not in self.taken), None)
        other = next((one for one in same if not found or one[0] != found[0]), None) if self.unique else None
        if other and other[0] not in self.taken:
            raise Refused(Text("Another living record already has the number {number}", number=number[-1]))
        if other:
            raise Refused(_twice(self.taken[other[0]]))
        self._take(found[0] if found else row_id, line)
        if self.unique and number[-1]:
            self._take(number, line)
        return found

    def _take(self, what: Any, line: int) -> None:
        if what is None:
            return
        if what in self.taken:
            raise Refused(_twice(self.taken[what]))
        self.taken[what] = line

    def _update(self, found: Found, values: Row) -> None:
        row_id, version, gone, *old = found
        changed = {name: values[name] for name, before in zip(self.stored, old, strict=True) if values[name] != before}
        if gone is not None:
            self.out.returning += 1
            changed["gone"] = None
        if changed:
            self.out.updates.append((row_id, version, changed))
        else:
            self.out.same += 1

    def _unknown(self, fresh: list[int], keys: list[int | None], matched: list[str]) -> list[int]:
        """The new rows that are not here under their key; with `add_same` those too, under a further key."""
        if self.known.isdisjoint(keys):
            return fresh
        if self.add_same:
            for at in fresh:
                if keys[at] in self.known:
                    keys[at] = self.row_keys.further(matched[at], self.known)
            return fresh
        kept = [at for at in fresh if keys[at] not in self.known]
        self.out.same += len(fresh) - len(kept)
        return kept

    def _insert(self, fresh: list[int], keys: list[int | None], columns: dict[str, list[Any]], count: int) -> None:
        whole = len(fresh) == count
        picked = {name: (column if whole else [column[at] for at in fresh]) for name, column in columns.items()}
        size = len(fresh)
        full: dict[str, Sequence[Any]] = {name: [value] * size for name, value in self.base.items()}
        full |= picked
        if self.key:
            full[self.key] = keys
        self.out.keys += [key for key in keys if key is not None]
        if None in (ids := picked.get("id", [None])):
            ids = [given or made for given, made in zip(picked.get("id", [None] * size), new_ids(size), strict=True)]
        full |= {"id": ids, "version": [1] * size, "gone": [None] * size}
        self._settle(full, size)
        self.out.digests += digests(self.keys, self.record.key, ids, self.sealed.of(self.record.values, full))
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

    def made(self) -> dict[str, dict[int, Row]]:
        """The rows that must be there first: those that new or changed rows refer to."""
        out: dict[str, dict[int, Row]] = {}
        for name, link in self.links.items():
            at = self.insert_columns.index(name)
            used = {row[at] for row in self.out.inserts} if link.made else set()
            used |= {values.get(name) for _, _, values in self.out.updates} if link.made else set()
            out.setdefault(link.field.ref, {}).update({row_id: row for row_id, row in link.made.items() if row_id in used})
        return out


def _twice(line: int) -> Text:
    return Text("This row has the number or id of line {line}", line=line)


def _derived(record: Record) -> set[str]:
    return {field.name for field in record.fields if field.derived}


def matching_fields(mapping: Mapping) -> list[str]:
    """The fields whose values tell a row that has no number."""
    return [name for name in mapping.matching or [take.field for take in mapping.takes] if name in mapping.record.by_name]


def number_of(mapping: Mapping) -> tuple[tuple[str, ...], bool]:
    """The columns of the mapping's number, and whether only one living row may have it."""
    columns = next((columns for columns in identities(mapping.record) if columns[-1] == mapping.number), ())
    return columns or ((mapping.number,) if mapping.number else ()), bool(columns) and columns not in mapping.record.numbers
