"""One person's data as a copy for them: a workbook with a sheet for each kind of record, or one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from crm_desktop.desk import privacy
from crm_desktop.desk.privacy import Known
from crm_desktop.exchange.xlsx_out import LONGEST_NAME, LONGEST_TEXT, NOT_IN_NAMES
from crm_desktop.record.dates import now
from crm_desktop.record.kinds import Kind, plain, shown
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.folders import writing
from crm_desktop.store.log import Change

FILES = Text("Attached files")
OTHER_KIND = Text("A copy of a person's data is a workbook (.xlsx) or a file for programs (.json). '{name}' ends with neither.")
Sheet = tuple[Record, list[Row]]


def write(reader: Any, found: Known, path: Path) -> int:
    """Write the copy; the end of the file's name says as what. Returns the number of rows. Raises Refused.

    The reader must see everything: a copy that leaves out what somebody's role does not see is no copy."""
    if path.suffix.lower() not in (".json", ".xlsx"):
        raise Refused(Text(OTHER_KIND.source, name=path.name))
    sheets = [(part.record, privacy.rows(reader, part)) for part in found.parts if part.whole or part.record.key in found.plan.loose]
    files = [str(file["name"]) for file in privacy.files_of(reader, found)]
    make = _json if path.suffix.lower() == ".json" else _book
    writing(path, partial(make, sheets, files))
    return sum(len(rows) for _, rows in sheets)


def make(desk: Any, record: Record, row_id: int, path: Path, reason: str = "") -> int:
    """The copy as an action of whoever may: logged by the person's id, without a value. Raises Refused."""
    return made(desk, record, row_id, path, reason)[0]


def made(desk: Any, record: Record, row_id: int, path: Path, reason: str = "") -> tuple[int, Change]:
    """The same, with the log's entry."""
    privacy.may(desk)
    rows = write(desk.store.writer, privacy.known(desk.store.writer, desk.store.records, record, row_id), path)
    return rows, privacy.copied(desk, record, row_id, path.suffix, reason)


def _given(record: Record) -> Iterator[Field]:
    """What is told of a row: also what is worked out for the person (stays, nights), not what the program finds rows by."""
    return (field for field in record.fields if not field.hidden and not field.work and field.kind != Kind.KEY)


def _value(field: Field, row: Row) -> str:
    """A value as people read it."""
    if field.kind == Kind.REF:
        return str(row.get(f"{field.name}.name") or "")
    if field.kind == Kind.CHOICE and row[field.name]:
        return say(field.choice_text(str(row[field.name])))
    return shown(field.kind, row[field.name])


def _json(sheets: Sequence[Sheet], files: Sequence[str], file: IO[bytes]) -> None:
    """Field names as keys, for programs; amounts as decimal text, days as ISO text, sealed numbers by their last four."""
    records = {record.file_word: [{field.name: _plain(field, row) for field in _given(record)} for row in rows] for record, rows in sheets}
    file.write(json.dumps({"made_at": now(), "records": records, "files": list(files)}, ensure_ascii=False, indent=1).encode())


def _plain(field: Field, row: Row) -> str:
    if field.kind in (Kind.REF, Kind.CHOICE, Kind.SEAL):
        return _value(field, row)
    return plain(field.kind, row[field.name])


def _book(sheets: Sequence[Sheet], files: Sequence[str], file: IO[bytes]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F5"})
    for record, rows in sheets:
        fields = list(_given(record))
        lines = [[_value(field, row) for field in fields] for row in rows]
        _sheet(book, say(record.many), [say(field.label) for field in fields], lines, head)
    if files:
        _sheet(book, say(FILES), [say(Text("Name"))], [[name] for name in files], head)
    book.close()


def _sheet(book: Any, name: str, titles: Sequence[str], lines: Sequence[Sequence[str]], head: Any) -> None:
    """Every cell is text: a phone number or a code stays what it is. Columns that hold nothing are left out."""
    used = [at for at in range(len(titles)) if any(line[at] for line in lines)]
    sheet = book.add_worksheet(_free(book, name.translate(NOT_IN_NAMES)[:LONGEST_NAME]))
    sheet.freeze_panes(1, 0)
    for column, at in enumerate(used):
        longest = max(len(text.encode("gb18030")) for text in (titles[at], *(line[at] for line in lines)))
        sheet.set_column(column, column, min(60, longest + 2))
        sheet.write_string(0, column, titles[at], head)
        for row, line in enumerate(lines, 1):
            sheet.write_string(row, column, line[at][:LONGEST_TEXT])


def _free(book: Any, name: str) -> str:
    """A name for a tab that no other has."""
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    names = (name, *(f"{name[: LONGEST_NAME - 4]} {n}" for n in range(2, 100)))
    return next(each for each in names if each.lower() not in taken)
