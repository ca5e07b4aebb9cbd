"""A list as a file of the kind its name says: CSV, XLSX, JSON, and what a record can be besides (vCard, iCalendar)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.desk.rights import sighted
from crm_desktop.exchange import csv_out
from crm_desktop.exchange.progress import Of, Progress
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.address import Address
from crm_desktop.store.keys import take_over
from crm_desktop.store.pages import ListQuery, count
from crm_desktop.store.store import Store

TABLES = (".xlsx", ".csv", ".json")
UNKNOWN = Text("Files end with .csv, .xlsx or .json here; people can be written as .vcf, what has a day as .ics. '{name}' ends with none of them.")


def export(
    reader: Any, query: ListQuery, path: Path, *, only: Sequence[str] | None = None, words: bool = False, encoding: str = "utf-8",
    by_id: bool = False, sheets: bool = False, progress: Progress | None = None, mark: str = "",
) -> int:  # fmt: skip
    """Write the list (`sheets`: a CSV that a spreadsheet may open by itself); the end of the file's name says as what. `mark` stands on the pages of a workbook: data for programs (CSV, JSON) stay data. Returns the number of rows. Raises Refused."""
    kind = path.suffix.lower()
    if kind in (".csv", ".txt"):
        return csv_out.export(reader, query, path, only=only, words=words, encoding=encoding, by_id=by_id, sheets=sheets, progress=progress)
    if kind == ".xlsx":
        from crm_desktop.exchange import xlsx_out

        return xlsx_out.export(reader, query, path, only=only, words=words, by_id=by_id, progress=progress, mark=mark)
    from crm_desktop.exchange import shapes_out

    if kind == ".json":
        return shapes_out.write_json(reader, query, path, only=only, words=words, by_id=by_id, progress=progress)
    if kind == ".vcf":
        return shapes_out.write_cards(reader, query, path, by_id=by_id, progress=progress)
    if kind == ".ics":
        return shapes_out.write_calendar(reader, query, path, by_id=by_id, progress=progress)
    raise Refused(Text(UNKNOWN.source, name=path.name))


def kinds(record: Record) -> list[str]:
    """The ends of names a list of this record can have."""
    return [*TABLES, *(f".{kind}" for kind in record.shapes)]


def export_apart(
    progress: Progress, database: Address, records: Sequence[Record], record_key: str, filters: Sequence[Any], sort: str,
    descending: bool, listed: Sequence[str], path: Path, only: Sequence[str] | None, encoding: str,
    person: int = 0, secrets: Mapping[str, str] | None = None, mark: str = "",
) -> Iterator[int]:  # fmt: skip
    """`export` in a process of its own: as people see the list when `only` names columns, else whole and by id; what
    `person` may see of it, opened by what this program was opened with."""
    take_over(secrets or {})
    with Store(database, records) as store, closing(sighted(store, person)) as reader:
        query = ListQuery(store.by_key[record_key], filters, sort, descending, listed)
        total = count(reader, query)
        yield export(
            reader, query, path, only=only, words=only is not None, encoding=encoding, by_id=only is None, sheets=True, progress=Of(progress, total), mark=mark,
        )
