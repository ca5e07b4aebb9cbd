"""Comparing a file's rows with what is here, block by block: which are new, which change something, which are the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange import references
from crm_desktop.exchange.convert import BadRow, Block
from crm_desktop.exchange.mapping import Mapping, identities
from crm_desktop.exchange.matching import Found, RowKeys, existing, known_keys, known_values
from crm_desktop.exchange.numbers import Numbers
from crm_desktop.exchange.sheets import Tabular
from crm_desktop.exchange.spelling import Spellings, tells
from crm_desktop.record.ids import new_id, new_ids
from crm_desktop.record.kinds import Memo
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import Texts, digests, newest_id
from crm_desktop.store.rows import BLOCK, all_columns, read_many

PREVIEW_ROWS = 20
COMPARED = 200_000  # new rows at most are compared with what is here by their likeness


class Prepared:
    """A file read and compared with what is here: what would be added, updated, left alone, refused."""

    def __init__(self, record: Record, mapping: Mapping, table: Tabular) -> None:
        self.record, self.mapping, self.table = record, mapping, table
        self.read = self.same = 0
        self.bad: list[BadRow] = []
        self.inserts: list[tuple[Any, ...]] = []  # whole rows in the order of `columns`
        self.digests: list[bytes] = []
        self.updates: list[tuple[int, int, Row]] = []  # (id, version, changed values); a removed row comes back
        self.made: dict[str, dict[int, Row]] = {}  # record key -> rows that must be there first
        self.anew: dict[int, Row] = {}  # rows that are here already and come all the same as new ones, by their new ids
        self.preview: list[Row] = []
        self.columns: tuple[str, ...] = ()
        self.returning = 0
        self.beside: dict[str, dict[int, Row]] = {}  # record key -> rows of other records that come with these
        self.ahead: dict[str, dict[int, Row]] = {}  # the same of rows that these refer to
        self.others: dict[str, list[tuple[int, int, Row]]] = {}  # record key -> updates of rows of other records
        self.removed: dict[str, list[tuple[int, int]]] = {}  # record key -> rows of others (id, version) that are no longer there then
        self.told: list[Text] = []  # what the reader of the whole file has to say
        self.respelled = 0  # rows whose number differs from another's only in how it is written
        self.keys: list[int] = []  # the matching keys of the new rows
        self.met: set[int] = set()  # the rows of here that the file has, by their id or by their matching key
        self.choices: dict[str, dict[str, str]] = {}  # column -> what the file says there -> the code it became
        self.origins: list[tuple[int, Sequence[str]]] = []  # of the first new rows, where any may be here already: their lines and cells
        self.dates: dict[str, str] = {}  # how the dates of a column were read, where that was not plain
        self.numbers = Numbers()  # of people and cards, met in words
        self.seen = 0  # the newest change that was known when the file was compared

    @property
    def added(self) -> int:
        """Rows that would be new."""
        return len(self.inserts) + len(self.anew) + self.returning

    @property
    def updated(self) -> int:
        """Rows that are here and would change."""
        return len(self.updates) - self.returning

    def leave(self, ids: Collection[int]) -> None:
        """Keep these rows as they are here, whatever the file says."""
        kept = [update for update in self.updates if update[0] not in ids]
        self.returning -= sum("gone" in values for row_id, _, values in self.updates if row_id in ids)
        self.same += len(self.updates) - len(kept)
        self.updates = kept

    @property
    def may_come_anew(self) -> bool:
        """True where a row with the number of one that is here may be another one: two rooms of one booking."""
        unique = {index.columns[-1] for index in self.record.indexes if index.unique}
        given = {take.field for take in self.mapping.takes}
        return not self.mapping.beside and "id" not in given and not number_of(self.mapping)[1] and unique.isdisjoint(given)

    def add_anew(self, reader: Any, ids: Collection[int]) -> None:
        """Take what the file says of these rows as new ones; those that are here stay as they are."""
        if not ids or not self.may_come_anew:
            return
        names = [take.field for take in self.mapping.takes if take.field in self.record.by_name]
        said = {row_id: values for row_id, _, values in self.updates if row_id in ids}
        for at in range(0, len(found := sorted(said)), BLOCK):
            for row_id, old in read_many(reader, self.record, found[at : at + BLOCK]).items():
                self.anew[new_id()] = self.mapping.constants | {name: said[row_id].get(name, old[name]) for name in names}
        self.leave(said)
        self.same -= len(said)

    def counts(self, refused_file: Path | None = None) -> dict[str, Any]:
        """The summary as one JSON object."""
        more: dict[str, Any] = {"respelled": self.respelled} if self.respelled else {}
        more |= {"numbers": self.numbers.rows} if self.numbers.rows else {}
        if came := {key: len(rows) for key, rows in (self.ahead | self.beside).items() if rows}:
            more["with"] = came
        return {
            "read": self.read, "added": self.added, "updated": self.updated, "same": self.same,
            "refused": len(self.bad), "refused_file": str(refused_file) if refused_file else None,
        } | more  # fmt: skip

    @property
    def reasons(self) -> dict[Text, int]:
        """How many rows are left out for each kind of reason, with the first of each."""
        first: dict[str, Text] = {}
        counts: dict[Text, int] = {}
        for bad in self.bad:
            problem = bad.reason.args.get("problem", bad.reason)
            kind = f"{bad.reason.args.get('label')} {problem.source if isinstance(problem, Text) else problem}"
            words = first.setdefault(kind, bad.reason)
            counts[words] = counts.get(words, 0) + 1
        return counts

    @property
    def notes(self) -> list[Text]:
        """What else a person should know of it."""
        words = Text(
            "{count} rows have a number that differs only in leading zeros from another of the same client, date and amount: they are one,"
            " the longer number is kept", count=f"{self.respelled:,}",
        )  # fmt: skip
        return [*self.told, *([words] if self.respelled else ()), *filter(None, [self.numbers.note()])]


class Comparing:
    """The work of comparing, with what it must remember between blocks."""

    def __init__(self, reader: Any, keys: Keys, by_key: dict[str, Record], out: Prepared, add_same: bool) -> None:
        self.reader, self.keys, self.out, self.add_same = reader, keys, out, add_same
        record, mapping = out.record, out.mapping
        self.record = record
        out.seen = newest_id(reader)
        self.given = [take.field for take in mapping.takes]
        self.stored = [name for name in self.given if name in record.by_name]
        self.links = references.for_record(reader, record, self.given, by_key, mapping.makes)
        self.row_keys, self.texts, self.sealed = RowKeys(), Texts(), Texts()
        self.key = record.import_key
        self.matching = matching_fields(mapping)
        self.known = known_keys(reader, record) if self.key else known_values(reader, record, self.matching)
        self.insert_columns = [name for name in all_columns(record) if name not in _derived(record)]
        out.columns = tuple(self.insert_columns)
        self.base = record.blank() | mapping.constants
        self.settled = Memo(self._settled)
        self.number, self.unique = number_of(mapping)
        told = {*self.given, *mapping.constants}
        self.spellings = Spellings(reader, record, told) if not add_same and tells(record, told) else None
        self.taken: dict[Any, int] = {}  # ids and unique numbers of the rows so far, and the lines they stood on

    def block(self, block: Block) -> None:
        """Compare one block with what is here and sort its rows into the outcome. Raises Refused for a reference."""
        columns = dict(block.columns)
        plain = dict(columns)  # references still as they stand in the file
        for name, link in self.links.items():
            columns[name] = link.column(columns[name])
        if not self.key:
            columns |= self._as_saved(columns, len(block))
        fresh = self._sort(block, columns)
        numbered, fresh = self._spelled(len(block), fresh, columns)
        source = plain if self.key else columns
        matched = list(self.texts.of(self.matching, source))
        keys: list[int | None] = list(columns[self.key]) if self.key in columns else [None] * len(block)
        at_once = [at for at in fresh if keys[at] is None]
        if self.key not in columns:
            for at, key in zip(at_once, self.row_keys.of([matched[at] for at in at_once]), strict=True):
                keys[at] = key
        fresh = sorted([*numbered, *self._unknown(fresh, keys, matched)])
        if self.spellings:
            self.spellings.stand(fresh, self._spelling(columns, len(block)), len(self.out.inserts))
        if fresh:
            self._insert(fresh, [keys[at] for at in fresh], columns, len(block))
            if self.record.compare is not None and len(self.out.origins) < COMPARED:
                self.out.origins += [(block.lines[at], block.cells[at]) for at in fresh]

    def _as_saved(self, columns: dict[str, list[Any]], count: int) -> dict[str, list[Any]]:
        """The columns that are saved otherwise than written (a phone number): rows are compared with what was saved."""
        record = self.record
        if not record.settle_on or not any(name in columns for name in record.settle_on):
            return {}
        found = [self.settled[values] for values in zip(*(self._column(name, columns, count) for name in record.settle_on), strict=True)]
        names = [name for name in self.stored if name in found[0]] if found else []
        return {name: [row.get(name, column) for row, column in zip(found, columns[name], strict=True)] for name in names}

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

    def _spelling(self, columns: dict[str, list[Any]], count: int) -> list[tuple[Any, ...]]:
        names = self.spellings.columns if self.spellings else ()
        return list(zip(*(self._column(name, columns, count) for name in names), strict=True))

    def _spelled(self, count: int, fresh: list[int], columns: dict[str, list[Any]]) -> tuple[list[int], list[int]]:
        """Of the new rows those whose number is new, and those that have none; a number that is here is that row."""
        own = self.spellings
        if own is None:
            return [], fresh
        new, others, here = own.sort(fresh, self._spelling(columns, count))
        self.out.same += len(fresh) - len(new) - len(others) - len(here)
        found = existing(self.reader, self.record, ("id",), here.values(), self.stored)
        for at, row_id in here.items():
            if row_id in self.taken:
                self.out.same += 1
                continue
            self.taken[row_id] = at
            [one] = found[row_id,]
            old = dict(zip(self.stored, one[3:], strict=True))
            new_values = {name: columns[name][at] for name in self.given}
            self._beside(row_id, self.base | own.merged(old, new_values), old)
            self._update(one, own.merged(old, {name: new_values[name] for name in self.stored}))
        return new, others

    def _beside(self, row_id: int, row: Row, before: Row | None) -> None:
        """Keep the rows of other records that come with one."""
        if self.out.mapping.beside:
            for key, other_id, values in self.out.mapping.beside(row | {"id": row_id}, before):
                self.out.beside.setdefault(key, {})[other_id] = values

    def finish(self) -> None:
        """When the whole file has been read: numbers get their longest spelling."""
        own, out = self.spellings, self.out
        if own is None:
            return
        out.respelled = own.respelled
        own.spell(out.columns, out.inserts, out.digests, self.keys)
        longer, name = own.lengthened(), own.spelled.number
        pending = {row_id: values for row_id, _, values in out.updates}
        for row_id, number in longer.items():
            if row_id in pending:
                pending[row_id][name] = number
            else:
                [one] = existing(self.reader, self.record, ("id",), [row_id], ())[row_id,]
                out.updates.append((row_id, one[1], {name: number}))
                out.same -= 1

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
        self.out.met.add(row_id)
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
        self.out.met.update(key for key in keys if key is not None and key in self.known)
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
        usual: dict[str, Sequence[Any]] = {name: [value] * size for name, value in self.base.items()}
        full: dict[str, Sequence[Any]] = {**usual, **picked}
        if self.key:
            full[self.key] = keys
        self.out.keys += [key for key in keys if key is not None]
        if None in (ids := picked.get("id", [None])):
            ids = [given or made for given, made in zip(picked.get("id", [None] * size), new_ids(size), strict=True)]
        full |= {"id": ids, "version": [1] * size, "gone": [None] * size}
        self._settle(full, size)
        same = {name: value for name, value in self.base.items() if full[name] is usual[name]} if picked else {}
        self.out.digests += digests(self.keys, self.record.key, ids, self.sealed.of(self.record.values, full, same))
        if self.out.mapping.beside:
            told = [name for name in full if name in self.given or name in self.record.by_name]
            for row_id, *values in zip(ids, *(full[name] for name in told), strict=True):
                self._beside(row_id, dict(zip(told, values, strict=True)), None)
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
            names = record.found_on
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
