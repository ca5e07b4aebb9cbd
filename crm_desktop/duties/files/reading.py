"""The import page's work, below the window: open a file, choose its mapping, compare it, put it in.

Comparing and writing run in a process of their own: see `exchange/apart.py`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.mappings import choose, declared
from crm_desktop.exchange import importing
from crm_desktop.exchange.importing import Prepared
from crm_desktop.exchange.mapping import Mapping, from_headings, recognise
from crm_desktop.exchange.progress import Progress
from crm_desktop.exchange.text_file import Table, read_table
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text

SAMPLES = 3
ERRORS = 50


class Opened:
    """A file that was opened: its table, what its columns mean, and a few values of each."""

    def __init__(self, table: Table, record: Record, mapping: Mapping | None, problem: Text | None) -> None:
        self.path, self.encoding, self.headings = table.path, table.encoding, table.headings
        self.record, self.mapping, self.problem = record, mapping, problem
        rows = _few(table)
        self.samples = ["  ·  ".join(row[at] for row in rows if at < len(row) and row[at]) for at in range(len(table.headings))]
        self.chosen = recognise(record, table.headings)

    def meaning(self, title: str) -> list[str]:
        """The fields a column goes into."""
        return [take.field for take in self.mapping.takes if title in take.columns] if self.mapping else []

    @property
    def is_known_file(self) -> bool:
        """True for a file some duty knows: its columns are not for choosing."""
        return self.mapping is not None and self.mapping.key != "headings"

    def remapped(self, chosen: dict[str, str]) -> None:
        """Take other meanings for its columns."""
        self.chosen, self.mapping, self.problem = chosen, None, None
        try:
            self.mapping = from_headings(self.record, self.headings, chosen)
        except Refused as error:
            self.problem = error.text


def _few(table: Table) -> list[list[str]]:
    return [cells for _, (_, cells) in zip(range(SAMPLES), table.rows(), strict=False)]


def importable() -> list[Record]:
    """The records a file can be brought into."""
    return list(reversed(RECORDS))  # the later a record, the more it refers to, and the more files there are of it


def open_file(path: Path, record_key: str) -> Opened:
    """Open a file for a record; for '' find the record whose known file or headings fit best. Raises Refused."""
    table = read_table(path)
    candidates = [record_of(record_key)] if record_key else _best_first(table)
    problem: Text | None = None
    for record in candidates:
        try:
            return Opened(table, record, choose(record, table.headings), None)
        except Refused as error:
            problem = problem or error.text
    return Opened(table, candidates[0], None, problem)


def _best_first(table: Table) -> list[Record]:
    def fit(record: Record) -> int:
        known = any(mapping.fits(table.headings) for mapping in declared(record))
        return -1000 if known else -len(recognise(record, table.headings))

    return sorted(importable(), key=fit)


class Summary:
    """What an import would do, small enough to hand from process to process."""

    def __init__(self, prepared: Prepared) -> None:
        self.record_key = prepared.record.key
        self.read, self.added, self.updated, self.same = prepared.read, prepared.added, prepared.updated, prepared.same
        self.refused = len(prepared.bad)
        self.bad = [(bad.line, bad.reason) for bad in prepared.bad[:ERRORS]]
        self.made = {key: [str(row["name"]) for row in rows.values()] for key, rows in prepared.made.items() if rows}
        self.preview: list[Row] = prepared.preview
        self.columns = prepared.columns

    @property
    def does_something(self) -> bool:
        """True when anything would change."""
        return bool(self.added or self.updated)


def bring(
    progress: Progress, database: Path, person: str, file: Path, record_key: str, known: bool, chosen: dict[str, str], add_same: bool
) -> Iterator[Any]:  # fmt: skip
    """In its own process: first the Summary of what would happen, then, when asked again, the done import."""
    from crm_desktop.desk.desk import Desk
    from crm_desktop.desk.settings import Settings
    from crm_desktop.store.store import Store

    record = record_of(record_key)
    table = read_table(file)
    mapping = choose(record, table.headings) if known else from_headings(record, table.headings, chosen)
    with Store(database, RECORDS, seat=person) as store:
        with closing(store.open_reader()) as reader:
            prepared = importing.prepare(reader, store.keys, store.by_key, table, mapping, add_same=add_same, progress=progress)
        yield Summary(prepared)
        desk = Desk(store, person)
        desk.sit(Settings())
        yield Done(*importing.bring_in(desk, prepared, progress))


class Done:
    """What an import did: the change, as every page hears of it, and the file with the rows left out."""

    def __init__(self, change: Any, refused: Path | None) -> None:
        self.id, self.action, self.tables, self.rows, self.count = change.id, change.action, change.tables, change.rows, change.count
        self.refused = refused
