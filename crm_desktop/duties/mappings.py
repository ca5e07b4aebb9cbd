"""The mappings that duties declare for well-known files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from crm_desktop.duties import DUTIES
from crm_desktop.exchange.mapping import Mapping, counter, from_headings, recognise
from crm_desktop.exchange.reading import Read, TableLike
from crm_desktop.exchange.text_file import Table
from crm_desktop.exchange.translating import Codes, translated
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text


def declared(record: Record) -> list[Mapping]:
    """Every mapping that some duty declares for this record."""
    return [mapping for module in _modules() for mapping in module.MAPPINGS if mapping.record is record]


def comes_by_file(record: Record) -> bool:
    """True for a record nobody types, whose rows a duty's mappings take from files."""
    return any(record in getattr(module, "BY_FILE", ()) for module in _modules())


def _modules() -> list[Any]:
    return [import_module(duty.mappings) for duty in DUTIES if duty.mappings]


def choose(record: Record, headings: Sequence[str], name: str = "") -> Mapping:
    """The mapping of this name, or the one that fits the headings. Raises Refused when there is none."""
    known = declared(record)
    if name and name != "headings":
        same = [m for m in known if m.key == name.replace("_", "-").lower()]
        if not same:
            names = ", ".join(["headings", *(m.key for m in known)])
            raise Refused(Text("There is no mapping '{name}' here; there are: {names}.", name=name, names=names))
        return same[0]
    fitting = [m for m in known if m.fits(headings) and not name]
    return fitting[0] if fitting else by_headings(record, headings)


def by_headings(record: Record, headings: Sequence[str], chosen: dict[str, str] | None = None, codes: Codes | None = None) -> Mapping:
    """The mapping of headings that name fields, with what a duty knows about lists of this kind; `codes`: what words of the
    file mean. Raises Refused."""
    mapping = from_headings(record, headings, recognised(record, headings) if chosen is None else chosen)
    for module in _modules():
        mapping = getattr(module, "dressed", _as_it_is)(mapping, headings)
    return translated(mapping, codes or {})


def recognised(record: Record, headings: Sequence[str]) -> dict[str, str]:
    """Which field each heading means: as a duty understands them together, else each by itself."""
    return _together(record, headings) or recognise(record, headings)


def _together(record: Record, headings: Sequence[str]) -> dict[str, str] | None:
    return next((found for module in _modules() if (found := getattr(module, "meant", _nothing)(record, headings))), None)


def _nothing(_record: Record, _headings: Sequence[str]) -> None:
    return None


def _as_it_is(mapping: Mapping, _headings: Sequence[str]) -> Mapping:
    return mapping


def score(record: Record) -> Callable[[Sequence[str]], int]:
    """How much of a row is known as headings of a record: a well-known file of its own beats everything."""
    known, named = declared(record), counter(record)

    def count(row: Sequence[str]) -> int:
        cells = [cell.strip() for cell in row]
        if any(mapping.fits(cells) for mapping in known):
            return 1000
        titles = list(filter(None, cells))
        return max(named(titles), len(_together(record, titles) or ()))

    return count


def find_table(file: Read, record: Record, sheet: str = "", name: str = "") -> tuple[TableLike, Mapping]:
    """The sheet that holds rows of a record, and what its columns mean; the first that fits where none is named. Raises
    Refused with what is wrong with the likeliest one."""
    tables = [file.table(sheet)] if sheet else sorted((table for table in file.tables if has_rows(table)), key=lambda table: -table.lines)
    problem: Refused | None = None
    for table in tables or [file.table(sheet)]:
        table.look_for(score(record))
        try:
            return table, choose(record, table.headings, name)
        except Refused as error:
            problem = problem or error
    assert problem is not None
    raise problem


def has_rows(table: TableLike) -> bool:
    """False for an empty sheet."""
    return bool(table.headings) if isinstance(table, Table) else bool(table.cells)
