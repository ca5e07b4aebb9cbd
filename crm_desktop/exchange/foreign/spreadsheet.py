"""Workbooks written as XML (Excel 2003's, which many older programs save under the name .xls)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from crm_desktop.exchange.foreign.child import Cell, Part
from crm_desktop.exchange.foreign.tree import tree
from crm_desktop.record.text import Refused, Text

MOST_COLUMNS, MOST_ROWS = 2_000, 2_000_000
NONE = Text("The file is XML, but neither a workbook nor a message of reservations: {name}.")


def read(path: Path) -> Iterator[Part]:
    """Every worksheet. Raises Refused."""
    root = tree(path)
    if root.tag != "Workbook":
        raise Refused(Text(NONE.source, name=root.tag))
    for sheet in root.findall("Worksheet"):
        yield ("sheet", sheet.get("Name", ""), 1)
        rows = list(_rows(sheet))
        for at in range(0, len(rows), 500):
            yield ("rows", rows[at : at + 500])


def _rows(sheet: Element) -> Iterator[list[Cell]]:
    number = 0
    for row in sheet.findall("Table/Row"):
        at = _index(row, number + 1, MOST_ROWS)
        yield from ([] for _ in range(at - number - 1))
        number = at
        yield _cells(row)


def _cells(row: Element) -> list[Cell]:
    out: list[Cell] = []
    for cell in row.findall("Cell"):
        at = _index(cell, len(out) + 1, MOST_COLUMNS)
        out += [""] * (at - len(out) - 1)
        out.append(_value(cell.find("Data")))
        merged = cell.get("MergeAcross", "")
        out += [""] * (min(int(merged), MOST_COLUMNS) if merged.isdecimal() else 0)
    return out


def _index(one: Element, usual: int, most: int) -> int:
    words = one.get("Index", "")
    return max(usual, min(int(words), most)) if words.isdecimal() else usual


def _value(data: Element | None) -> Cell:
    words = "".join(data.itertext()) if data is not None else ""
    kind = data.get("Type", "") if data is not None else ""
    if kind == "DateTime":
        return words.removesuffix(".000").replace("T", " ").removesuffix(" 00:00:00")
    if kind == "Boolean":
        return words == "1"
    if kind == "Number":
        try:
            number = float(words)
        except ValueError:
            return words
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return words
