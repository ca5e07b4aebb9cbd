"""Workbooks: XLSX, XLSM, XLSB, XLS, ODS and what WPS writes (ET), read by calamine."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_desktop.exchange.foreign.child import Cell, Part
from crm_desktop.record.text import Refused, Text

ROWS_AT_ONCE = 500
MOST_UNPACKED = 700_000_000  # bytes
SUSPECT, SUSPECT_RATIO = 60_000_000, 150  # a file this large that was packed this tight holds nothing but itself
MOST_CELLS = 40_000_000
BOMB = Text("The file unpacks to more than a workbook of its size can hold. It was not opened.")
LOCKED = Text("The workbook is protected by a password. Open it in Excel or WPS, save it without the password, and try again.")
NO_WORKBOOK = Text("The file is a packed folder, not a workbook. Unpack it and choose a file in it.")
TOO_WIDE = Text("The sheet {sheet} reaches too far: a cell stands very far to the right or below. Delete the empty rows and columns and try again.")
BROKEN = Text("The workbook is damaged: it cannot be read. Open it in Excel or WPS, save it again, and try again.")


def read(path: Path) -> Iterator[Part]:
    """Every sheet with its rows; chart sheets and empty ones have none. Raises Refused."""
    from python_calamine import CalamineWorkbook

    _not_a_bomb(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
    except Exception as error:
        raise Refused(LOCKED if "assword" in str(error) or "ncrypt" in str(error) else BROKEN) from error
    for name in book.sheet_names:
        yield from _sheet(book, name)


def _not_a_bomb(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(BROKEN) from error
    if not any(info.filename.endswith(("workbook.xml", "workbook.bin", "content.xml")) for info in infos):
        raise Refused(NO_WORKBOOK)
    whole = sum(info.file_size for info in infos)
    if whole > MOST_UNPACKED or (whole > SUSPECT and whole > SUSPECT_RATIO * path.stat().st_size):
        raise Refused(BOMB)


def _sheet(book: Any, name: str) -> Iterator[Part]:
    try:
        sheet = book.get_sheet_by_name(name)
    except Exception as error:
        if type(error).__name__ == "WorksheetNotFound" or "chart" in str(error).lower():
            yield ("sheet", name, 1)
            return
        raise Refused(BROKEN) from error
    if sheet.height * sheet.width > MOST_CELLS:
        raise Refused(Text(TOO_WIDE.source, sheet=name))
    start = sheet.start  # its rows come from the first line on, their cells from the first column that is used
    yield ("sheet", name, 1)
    block: list[list[Cell]] = []
    for row in sheet.iter_rows() if start else ():
        block.append([*[""] * start[1], *map(cell, row)])
        if len(block) == ROWS_AT_ONCE:
            yield ("rows", block)
            block = []
    if block:
        yield ("rows", block)


def cell(value: Any) -> Cell:
    """A workbook's value as this program passes it on."""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, dt.time):
        return value.isoformat("seconds")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return "" if value is None else str(value)
