"""The import page's work, below the window: open a file, choose its mapping, compare it, put it in.

Comparing and writing run in a process of their own: see `exchange/apart.py`."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.desk.records import LIST_VIEW
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.files import mapped
from crm_desktop.duties.files.mapped import Saved
from crm_desktop.duties.files.records import EXPORT_PLAN, FILE_MAPPING
from crm_desktop.duties.mappings import by_headings, comes_by_file, declared, find_table, has_rows, recognised, score
from crm_desktop.exchange import importing, left_out, likely
from crm_desktop.exchange.differences import Line, Naming, changed, gone
from crm_desktop.exchange.importing import Prepared
from crm_desktop.exchange.likely import Likely
from crm_desktop.exchange.mapping import HOTEL, Mapping, in_currency
from crm_desktop.exchange.progress import Progress
from crm_desktop.exchange.reading import Read, TableLike, read
from crm_desktop.record.record import Record, Row
from crm_desktop.record.rights import ABOUT
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import ahead
from crm_desktop.store.address import Address

SAMPLES = 3
NO_FILES = frozenset({LIST_VIEW.key, FILE_MAPPING.key, EXPORT_PLAN.key})
WORTH = 2  # headings that are known: with fewer, nothing says what a file holds
ERRORS, DIFFERENCES = 50, 300


class Opened:
    """A file that was opened: its kind and sheets, the one that is looked at, what its columns mean, a few values of each."""

    def __init__(self, file: Read, table: TableLike, record: Record, mapping: Mapping | None, problem: Text | None) -> None:
        self.path, self.kind, self.encoding, self.headings = file.path, file.kind, table.encoding, table.headings
        self.sheet, self.sheets = table.name, [one.name for one in file.tables if has_rows(one)]
        self.record, self.mapping, self.problem = record, mapping, problem
        rows = _few(table)
        self.samples = ["  ·  ".join(" ".join(row[at].split()) for row in rows if at < len(row) and row[at]) for at in range(len(table.headings))]
        self.chosen = recognised(record, table.headings)
        self.codes: dict[str, dict[str, str]] = {}
        self.dates = ""
        self.used: Saved | None = None  # the saved mapping it is read by
        self.offered: list[Saved] = []  # those that could read it

    def meaning(self, title: str) -> list[str]:
        """The fields a column goes into."""
        return [take.field for take in self.mapping.takes if title in take.columns] if self.mapping else []

    @property
    def is_known_file(self) -> bool:
        """True for a file some duty knows: its columns are not for choosing."""
        return self.mapping is not None and self.mapping.key != "headings"

    @property
    def asks_currency(self) -> bool:
        """True when its rows have amounts and it does not say what they are in."""
        field = self.record.currency
        told = {take.field for take in self.mapping.takes} if self.mapping else {field}
        return bool(field) and field not in told and "id" not in self.headings

    def remapped(self, chosen: dict[str, str], codes: dict[str, dict[str, str]] | None = None) -> None:
        """Take other meanings for its columns, or for the words in them."""
        self.chosen, self.mapping, self.problem = chosen, None, None
        self.codes = self.codes if codes is None else codes
        try:
            self.mapping = by_headings(self.record, self.headings, chosen, self.codes)
        except Refused as error:
            self.problem = error.text

    def read_by(self, one: Saved | None) -> None:
        """Read it as a saved mapping says; by what its headings say for None."""
        self.used, self.dates = one, one.dates if one else ""
        self.remapped(dict(one.chosen) if one else recognised(self.record, self.headings), {} if one is None else one.codes)

    def offer(self, saved: Sequence[Saved]) -> None:
        """Keep those that could read it; the one it is read by stays so under another name or with other words."""
        self.offered = [] if self.is_known_file else [one for one in saved if one.record == self.record.key and one.can_read(self.headings)]
        self.used = next((one for one in self.offered if self.used and one.id == self.used.id), None)


def _few(table: TableLike) -> list[list[str]]:
    return [cells for _, (_, cells) in zip(range(SAMPLES), table.rows(), strict=False)]


def importable() -> list[Record]:
    """The records a file can be brought into: not those that only the program writes, unless it writes them from files (a
    ledger). The later a record, the more it refers to, and the more files there are of it."""
    return [
        record
        for record in reversed(RECORDS)
        if record.area != ABOUT and record.key not in NO_FILES and (record.by_hand or comes_by_file(record))
    ]


def open_file(path: Path, record_key: str, sheet: str = "", progress: Progress | None = None, saved: Sequence[Saved] = (), near: str = "") -> Opened:
    """Open a file for a record; for '' find the record whose known file or headings fit best, or that a file of such
    headings was mapped to before; where several fit alike, the one that is `near`. Raises Refused."""
    file = read(path, progress)
    file.table(sheet)  # is there any?
    opened = _as_before(file, record_key, sheet, saved) or _anew(file, record_key, sheet, near)
    opened.offer(saved)
    return opened


def _as_before(file: Read, record_key: str, sheet: str, saved: Sequence[Saved]) -> Opened | None:
    found = mapped.fitting(file, sheet, record_key, saved)
    if found is None or any(mapping.fits(found[0].headings) for mapping in declared(record_of(found[1].record))):
        return None
    table, one = found
    opened = Opened(file, table, record_of(one.record), None, None)
    opened.read_by(one)
    return opened


def _anew(file: Read, record_key: str, sheet: str, near: str) -> Opened:
    records = [record_of(record_key)] if record_key else _best_first(file, sheet, near)
    problem: Text | None = None
    for record in records:
        try:
            table, mapping = find_table(file, record, sheet)
            return Opened(file, table, record, mapping, None)
        except Refused as error:
            problem = problem or error.text
    table = file.table(sheet)
    table.look_for(score(records[0]))
    return Opened(file, table, records[0], None, problem)


def _best_first(file: Read, sheet: str, near: str) -> list[Record]:
    """The records whose headings are known best in any sheet, the best one first; those much less known are none of them."""
    tables = [file.table(sheet)] if sheet else [table for table in file.tables if has_rows(table)]

    def known(record: Record) -> int:
        counted = score(record)
        return max((max(map(counted, table.first_rows()), default=0) for table in tables), default=0)

    fits = {record.key: known(record) for record in importable()}
    best = max(fits.values())
    if best < WORTH and near in fits and fits[near] == best:
        return [record_of(near)]
    return sorted((record for record in importable() if 2 * fits[record.key] >= best), key=lambda record: (-fits[record.key], record.key != near))


class Summary:
    """What an import would do, small enough to hand from process to process."""

    def __init__(self, prepared: Prepared, alike: list[Likely]) -> None:
        self.likely = alike
        self.record_key = prepared.record.key
        self.read, self.added, self.updated, self.same = prepared.read, prepared.added, prepared.updated, prepared.same
        self.refused = len(prepared.bad)
        self.bad = [(bad.line, bad.reason) for bad in prepared.bad[:ERRORS]]
        self.made = {key: [str(row["name"]) for row in rows.values()] for key, rows in prepared.made.items() if rows}
        self.notes, self.may_come_anew = prepared.notes, prepared.may_come_anew
        self.preview: list[Row] = prepared.preview
        self.columns, self.dates = prepared.columns, prepared.dates
        self.numbers, self.numbered = prepared.numbers.lines, prepared.numbers.rows
        self.choices = prepared.choices  # column -> what the file says there -> the code it becomes
        self.refused_kind = left_out.kind_of(prepared)
        self.changes: list[Line] = []
        self.gone: list[Line] = []

    @property
    def does_something(self) -> bool:
        """True when anything would change."""
        return bool(self.added or self.updated)


class Asked:
    """What is to be brought in, and how: small enough to hand from process to process."""

    def __init__(
        self, database: Address, person: str, opened: Opened, add_same: bool, dates: str, currency: str = "", hashes: bool = False, hotel: int = 0
    ) -> None:  # fmt: skip
        self.database, self.person, self.file, self.sheet = database, person, opened.path, opened.sheet
        self.record_key, self.known, self.chosen = opened.record.key, opened.is_known_file, opened.chosen
        self.headings, self.codes = opened.headings, opened.codes
        self.add_same, self.dates, self.currency, self.hashes, self.hotel = add_same, dates or opened.dates, currency, hashes, hotel

    def table(self, progress: Progress) -> tuple[TableLike, Mapping]:
        """The file once more, as it was opened: a row of headings nobody knows is found as it was seen."""
        record, file = record_of(self.record_key), read(self.file, progress)
        if self.known:
            return find_table(file, record, self.sheet)
        table = file.table(self.sheet)
        mapped.look_for(table, self.headings)
        return table, by_headings(record, table.headings, self.chosen, self.codes)


class LeftOut:
    """Asks for the rows left out as a file."""

    def __init__(self, path: Path) -> None:
        self.path = path


class Secure:
    """Asks for a backup of what is here, before it is changed; the answer is why there is none, or None."""


class Decided:
    """What a person decided: what becomes of new rows that may be here (by their ids), which rows stay as they are, and which
    come as new ones beside those that are here."""

    def __init__(self, choices: dict[int, str], kept: set[int], anew: set[int]) -> None:
        self.choices, self.kept, self.anew = choices, kept, anew


def bring(progress: Progress, asked: Asked) -> Generator[Any, Any, None]:
    """In its own process: first the Summary of what would happen, then, given what was decided about rows that
    are here or may be, the done import; before that, as often as asked, a file of the rows left out or a backup."""
    from crm_desktop.desk.desk import Desk
    from crm_desktop.desk.settings import Settings
    from crm_desktop.store.store import Store

    table, mapping = asked.table(progress)
    if asked.currency:
        mapping = in_currency(mapping, asked.currency)
    if asked.hotel and HOTEL in mapping.record.by_name:
        mapping = mapping.given({HOTEL: asked.hotel})
    with Store(asked.database, RECORDS, seat=asked.person) as store:
        with closing(store.open_reader()) as reader:
            prepared = importing.prepare(
                reader, store.keys, store.by_key, table, mapping, add_same=asked.add_same, dates=asked.dates, progress=progress, hashes=asked.hashes,
            )
            alike = likely.find(reader, prepared, progress)
            summary = Summary(prepared, alike)
            naming = Naming(reader, store.by_key, prepared.made)
            summary.changes, summary.gone = changed(reader, prepared, naming, DIFFERENCES), gone(reader, prepared, naming, DIFFERENCES)
        said = yield summary
        while isinstance(said, LeftOut | Secure):
            said = yield _before(store, prepared, said, progress)
        decided: Decided = said or Decided({}, set(), set())
        prepared.leave(decided.kept)
        with closing(store.open_reader()) as reader:
            prepared.add_anew(reader, decided.anew)
            likely.decide(reader, prepared, alike, decided.choices)
        desk = Desk(store, asked.person)
        desk.sit(Settings())
        yield Done(*importing.bring_in(desk, prepared, progress))


def _before(store: Any, prepared: Prepared, said: LeftOut | Secure, progress: Progress) -> Any:
    """What is asked for between comparing and writing."""
    if isinstance(said, Secure):
        return ahead.secure(store, partial(progress.step, 0, 0))
    left_out.write(prepared, said.path)
    return said.path


class Done:
    """What an import did: the change, as every page hears of it, and the file with the rows left out."""

    def __init__(self, change: Any, refused: Path | None) -> None:
        self.id, self.action, self.tables, self.rows, self.count = change.id, change.action, change.tables, change.rows, change.count
        self.refused = refused
