"""The import page's work, below the window: open a file, choose its mapping, compare it, put it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.mappings import choose, declared
from crm_desktop.exchange import importing
from crm_desktop.exchange.importing import Prepared
from crm_desktop.exchange.mapping import Mapping, from_headings, recognise
from crm_desktop.exchange.progress import Progress
from crm_desktop.exchange.text_file import Table, read_table
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text

SAMPLES = 3


class Opened:
    """A file that was opened: its table, what its columns mean, and a few values of each."""

    def __init__(self, table: Table, record: Record, mapping: Mapping | None, problem: Text | None) -> None:
        self.table, self.record, self.mapping, self.problem = table, record, mapping, problem
        rows = [cells for _, cells in _few(table)]
        self.samples = ["  ·  ".join(row[at] for row in rows if at < len(row) and row[at]) for at in range(len(table.headings))]
        self.chosen = recognise(record, table.headings)

    def meaning(self, title: str) -> list[str]:
        """The fields a column goes into."""
        return [take.field for take in self.mapping.takes if title in take.columns] if self.mapping else []

    @property
    def is_known_file(self) -> bool:
        """True for a file some duty knows: its columns are not for choosing."""
        return self.mapping is not None and self.mapping.key != "headings"


def _few(table: Table) -> list[tuple[int, list[str]]]:
    rows = table.rows()
    return [row for _, row in zip(range(SAMPLES), rows, strict=False)]


def importable() -> list[Record]:
    """The records a file can be brought into, those sellers import most first."""
    order = ("stay", "account", "person")
    return sorted((r for r in RECORDS if r.key in order), key=lambda r: order.index(r.key))


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


def remap(opened: Opened, chosen: dict[str, str]) -> Opened:
    """The same file with other meanings for its columns."""
    again = Opened(opened.table, opened.record, None, None)
    again.chosen = chosen
    try:
        again.mapping = from_headings(opened.record, opened.table.headings, chosen)
    except Refused as error:
        again.problem = error.text
    return again


def compare(reader: Any, keys: Any, by_key: Any, opened: Opened, add_same: bool, progress: Progress) -> Prepared:
    """Read the whole file and compare it with what is here. Raises Refused."""
    assert opened.mapping is not None
    return importing.prepare(reader, keys, by_key, opened.table, opened.mapping, add_same=add_same, progress=progress)


def put_in(desk: Any, prepared: Prepared, progress: Progress) -> tuple[Any, Path | None]:
    """Write it; returns the change and the file that holds the refused rows, if any."""
    change = importing.write(desk, prepared, progress)
    return change, importing.keep_refused(prepared)
