"""A record's plain paper: its fields in the order of its form, and its lists, ready for any printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTableFormat,
)

from crm_desktop.record.dates import local_time
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Text, say
from crm_desktop.store import pages, rows
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.form_parts import EMPTY, readable
from crm_desktop.ui.list_model import words_of

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

ROWS = 200  # of one list: a paper, not a database
TITLE, HEAD, BODY = 15.0, 11.0, 9.5  # points


class Listed:
    """A list that belongs to the record: its title, its fields, its rows in words."""

    def __init__(self, title: Text, fields: Sequence[Field], cells: Sequence[Sequence[str]], count: int) -> None:
        self.title, self.fields, self.cells, self.count = title, tuple(fields), list(cells), count


class Paper:
    """What a paper says: the record, its row, and its lists."""

    def __init__(self, record: Record, row: Row, lists: Sequence[Listed]) -> None:
        self.record, self.row, self.lists = record, row, list(lists)


def collect(duties: Any, record_key: str, row_id: int, whole: bool, reader: Any, _job: jobs.Job) -> Paper | None:
    """Read what the paper says; with `whole` also every list that refers to the row."""
    records = {record.key: record for duty in duties for record in duty.records}
    record = records[record_key]
    row = rows.get(reader, record, row_id)
    if row is None:
        return None
    related = [r for duty in duties for r in duty.related.get(record_key, ())] if whole else []
    return Paper(record, row, [listed for r in related if (listed := _listed(reader, records[r.record], r, row_id)).count])


def _listed(reader: Any, record: Record, related: Any, row_id: int) -> Listed:
    query = pages.ListQuery(record, [("|".join(related.by), "=", row_id)], columns=related.columns)
    found = pages.fetch(reader, query, limit=ROWS)
    fields = [record.by_name[name] for name in query.columns]
    cells = [[words_of(field, cell) for field, cell in zip(fields, row[2:], strict=True)] for row in found]
    return Listed(related.title, fields, cells, pages.count(reader, query))


def document(paper: Paper) -> QTextDocument:
    """The paper as a document of plain paragraphs and tables."""
    made = QTextDocument()
    made.setDefaultFont(_font(BODY))
    cursor = QTextCursor(made)
    _line(cursor, f"{say(paper.record.title)}  {paper.row.get(paper.record.name) or ''}".strip(), TITLE, bold=True)
    _line(cursor, say(Text("Printed {moment}", moment=f"{local_time():%Y-%m-%d %H:%M}")), BODY)
    for section in paper.record.sections:
        fields = [f for f in section.fields if not f.hidden and readable(f, paper.row) != EMPTY]
        if fields:
            _line(cursor, say(section.title), HEAD, bold=True)
            _pairs(cursor, fields, paper.row)
    for listed in paper.lists:
        more = f" ({ROWS:,} / {listed.count:,})" if listed.count > ROWS else f" ({listed.count:,})"
        _line(cursor, say(listed.title) + more, HEAD, bold=True)
        _table(cursor, [[say(f.label) for f in listed.fields], *listed.cells], [f.kind in (Kind.MONEY, Kind.INT) for f in listed.fields])
    return made


def _font(points: float, bold: bool = False) -> QFont:
    font = QFont(theme.font())
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _line(cursor: QTextCursor, words: str, points: float, bold: bool = False) -> None:
    words_format, block = QTextCharFormat(), QTextBlockFormat()
    words_format.setFont(_font(points, bold))
    block.setTopMargin(points * 0.8)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(block, words_format)
    cursor.insertText(words, words_format)


def _pairs(cursor: QTextCursor, fields: Sequence[Field], row: Row) -> None:
    _table(cursor, [[say(field.label), say(readable(field, row))] for field in fields], [False, False], [26, 74])


def _table(cursor: QTextCursor, lines: Sequence[Sequence[str]], right: Sequence[bool], widths: Sequence[int] = ()) -> None:
    look = QTextTableFormat()
    look.setCellPadding(3)
    look.setBorder(0.5)
    look.setBorderCollapse(True)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if widths:
        look.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, width) for width in widths])
    cursor.movePosition(QTextCursor.MoveOperation.End)
    table = cursor.insertTable(len(lines), len(right), look)
    for at, line in enumerate(lines):
        for column, words in enumerate(line):
            cell = table.cellAt(at, column).firstCursorPosition()
            if right[column]:
                block = QTextBlockFormat()
                block.setAlignment(Qt.AlignmentFlag.AlignRight)
                cell.setBlockFormat(block)
            cell.insertText(words)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def preview(window: Window, paper: Paper | None) -> None:
    """Show the paper as it will be printed; the printer is chosen there."""
    if paper is None:
        return
    from crm_desktop.ui.print_preview import PrintPreview

    PrintPreview(window, document(paper), f"{say(paper.record.title)} {paper.row.get(paper.record.name) or ''}".strip()).open()


def two_columns(title: Text, lines: Sequence[tuple[str, str]]) -> QTextDocument:
    """A paper of pairs under a title."""
    made = QTextDocument()
    made.setDefaultFont(_font(BODY))
    cursor = QTextCursor(made)
    _line(cursor, say(title), TITLE, bold=True)
    _table(cursor, lines, [False, False], [26, 74])
    return made
