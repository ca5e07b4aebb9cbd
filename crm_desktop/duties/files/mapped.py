"""Mappings a person saved: which one fits a file, what it makes of it, keeping, renaming and forgetting one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crm_desktop.desk.desk import ADDED, CHANGED
from crm_desktop.duties.files import queries
from crm_desktop.duties.files.records import FILE_MAPPING
from crm_desktop.duties.mappings import by_headings, declared, find_table, has_rows
from crm_desktop.exchange.mapping import Mapping
from crm_desktop.exchange.reading import Read, TableLike
from crm_desktop.exchange.translating import Codes
from crm_desktop.record.dates import business_date
from crm_desktop.record.kinds import LENGTH, Kind
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text

SURE = 1000  # more than any row of headings is known by its words
NO_NAME = Text("Give the mapping a name.")
TOO_LONG = Text("This mapping has too many columns or words to be kept.")


class Saved:
    """One that was kept: its fields by heading, its words by heading, how its dates were written."""

    def __init__(self, row: Row) -> None:
        self.id, self.version, self.name, self.record = int(row["id"] or 0), int(row["version"] or 0), str(row["name"]), str(row["record"])
        kept = _parsed(str(row["content"]))
        self.headings = [str(title) for title in _list(kept.get("headings"))]
        self.chosen = {str(title): str(name) for title, name in _dict(kept.get("chosen")).items()}
        self.codes = {str(title): {str(word): str(code) for word, code in _dict(words).items()} for title, words in _dict(kept.get("codes")).items()}
        self.dates = str(kept.get("dates") or "")

    def can_read(self, headings: Sequence[str]) -> bool:
        """True for a file that has every column it takes."""
        return bool(self.chosen) and set(self.chosen) <= set(headings)

    def is_of(self, headings: Sequence[str]) -> bool:
        """True for a file of the kind it was kept for: all its headings are there, whatever stands beside them."""
        return self.can_read(headings) and set(self.headings) <= set(headings)


def _parsed(words: str) -> dict[str, Any]:
    try:
        return _dict(json.loads(words))
    except ValueError:
        return {}


def _dict(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def kept(reader: Any) -> list[Saved]:
    """Every saved mapping, the one used last first."""
    return [Saved(row) for row in queries.mappings(reader)]


def plain(cells: Sequence[str]) -> list[str]:
    """A row of headings as a table has them."""
    return [" ".join(cell.split()) for cell in cells]


def look_for(table: TableLike, headings: Sequence[str]) -> None:
    """Let a table begin with these headings, wherever they stand."""
    wanted = set(filter(None, plain(headings)))
    table.look_for(lambda row: SURE if wanted and wanted <= set(plain(row)) else 0)


def fitting(file: Read, sheet: str, record: str, saved: Sequence[Saved]) -> tuple[TableLike, Saved] | None:
    """The table of a file that was mapped before, and how; a file some duty knows needs none."""
    tables = [file.table(sheet)] if sheet else sorted((table for table in file.tables if has_rows(table)), key=lambda table: -table.lines)
    for one in (one for one in saved if not record or one.record == record):
        for table in tables:
            if any(one.is_of(plain(row)) for row in table.first_rows()):
                look_for(table, one.headings)
                return table, one
    return None


def mapping_of(record: Record, headings: Sequence[str], one: Saved) -> Mapping:
    """What a saved mapping makes of a file. Raises Refused when a column it takes is not there."""
    if missing := [title for title in one.chosen if title not in headings]:
        raise Refused(Text("The mapping '{name}' needs a column '{column}', which this file does not have.", name=one.name, column=missing[0]))
    return by_headings(record, headings, one.chosen, one.codes)


def find(file: Read, record: Record, sheet: str, name: str, saved: Sequence[Saved]) -> tuple[TableLike, Mapping, Saved | None]:
    """The table of a file and its mapping: the saved one of this name, else one a duty declares, else one that was saved for
    such headings, else by its headings. Raises Refused."""
    mine = [one for one in saved if one.record == record.key]
    named = next((one for one in mine if one.name == name), None)
    if named is not None:
        table = file.table(sheet)
        look_for(table, list(named.chosen))
        return table, mapping_of(record, table.headings, named), named
    found = None if name else fitting(file, sheet, record.key, mine)
    if found and not any(each.fits(found[0].headings) for each in declared(record)):
        return found[0], mapping_of(record, found[0].headings, found[1]), found[1]
    table, mapping = find_table(file, record, sheet, name)
    return table, mapping, None


def content(headings: Sequence[str], chosen: dict[str, str], codes: Codes, dates: str) -> str:
    """A mapping as it is kept."""
    told = {"headings": [title for title in headings if title], "chosen": chosen, "codes": codes, "dates": dates}
    return json.dumps(told, ensure_ascii=False)


def keep(desk: Any, name: str, record: str, headings: Sequence[str], words: str) -> Any:
    """Keep a mapping under a name; the one of that name is replaced. Raises Refused."""
    name = name.strip()
    if not name:
        raise Refused(NO_NAME)
    if len(words) > LENGTH[Kind.LONG]:
        raise Refused(TOO_LONG)
    here = queries.of_name(desk.store.writer, record, name)
    values: Row = {"name": name, "content": words, "who": desk.person, "used_on": business_date()}
    if here is None:
        values |= {"record": record, "headings": " · ".join(filter(None, headings))[: LENGTH[Kind.LONG]]}
    with desk.writing(CHANGED if here else ADDED) as writing:
        desk.save_in(writing, FILE_MAPPING, *(here or (None, 0)), values)
    return writing.entry.change


def rename(desk: Any, one: Saved, name: str) -> Any:
    """Give it another name. Raises Refused where there is one of that name, or none is given."""
    name = name.strip()
    if not name:
        raise Refused(NO_NAME)
    if name != one.name and queries.of_name(desk.store.writer, one.record, name):
        raise Refused(Text("There is a mapping '{name}' already; choose another name.", name=name))
    return desk.save(FILE_MAPPING, one.id, one.version, {"name": name})


def forget(desk: Any, one: Saved) -> Any:
    """Remove it; undo brings it back."""
    return desk.remove(FILE_MAPPING, one.id, one.version)
