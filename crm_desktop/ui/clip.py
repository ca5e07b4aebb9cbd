"""Rows of a list on the clipboard, as text and as a table that Excel takes over without changing codes into numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QStandardItem, QStandardItemModel

from crm_desktop.record.kinds import NUMERIC
from crm_desktop.record.money import MINUS
from crm_desktop.record.record import Field

AS_TEXT = " style=\"mso-number-format:'\\@'\""  # Excel: a code or phone number stays as it is


def mime(table: str, fields: Sequence[Field]) -> QMimeData:
    """Lines of cells parted by tabs, in both forms."""
    return holding(table, as_html(table, fields))


def holding(text: str, page: str) -> QMimeData:
    """Text and page for the clipboard."""
    found = empty()
    found.setText(text)
    found.setHtml(page)
    return found


def empty() -> QMimeData:
    """Nothing yet, in an object that Qt itself made: one made here is freed by Qt after Python has ended, and the program would crash
    on leaving (PySide 6.11)."""
    model = QStandardItemModel()
    model.appendRow(QStandardItem(""))
    found = model.mimeData([model.index(0, 0)])
    for kind in found.formats():
        found.removeFormat(kind)
    return found


def as_html(table: str, fields: Sequence[Field]) -> str:
    """The cells as a table; amounts and numbers are left for Excel to read as such."""
    from html import escape  # it brings a table of all entities: not at every start

    rows = "".join(f"<tr>{''.join(map(_cell, escape(line).split(chr(9)), fields))}</tr>" for line in table.split("\n"))
    return f"<table>{rows}</table>"


def _cell(words: str, field: Field) -> str:
    """A cell of words that are escaped already."""
    if field.kind in NUMERIC:
        return f"<td>{words.replace(MINUS, '-')}</td>"
    return f"<td{AS_TEXT}>{words}</td>"
