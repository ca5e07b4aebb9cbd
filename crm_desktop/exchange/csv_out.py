"""Any list as a CSV file that Excel opens rightly: UTF-8 with BOM or GB18030, no live formulas, ids as 13 letters.

Rows are converted in blocks, column by column; memory stays the same for any length, and the file stands there whole
or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from crm_desktop.exchange import csv_columns
from crm_desktop.exchange.csv_columns import Columns, for_sheets, quoted
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.catalog import walk
from crm_desktop.store.folders import writing
from crm_desktop.store.pages import ListQuery, where

BLOCK = 400  # rows: a block and its cells stay in the processor's cache
ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}


def export(
    reader: Any, query: ListQuery, path: Path, *, only: Sequence[str] | None = None, words: bool = False,
    encoding: str = "utf-8", by_id: bool = False, sheets: bool = False, progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write the list to a file (`sheets`: for a spreadsheet that opens it, see decision 032); returns the number of rows. Raises Refused; a file there before stays as it was."""
    if encoding not in ENCODINGS:
        raise Refused(Text("Files are written in UTF-8 or GB18030."))
    columns = csv_columns.of(reader, query.record, only, words=words, sheets=sheets)
    sql, values = where(reader, query)
    order = "t.id" if by_id else f"{query.order_sql} {'desc' if query.descending else 'asc'}, t.id {'desc' if query.descending else 'asc'}"
    cursor = walk(
        reader, f"select {', '.join(c.sql for c in columns)} from {query.record.key} as t where {sql} order by {order}", values
    )
    counted = _Counted(cursor, columns, ENCODINGS[encoding], progress or Quiet())
    writing(path, counted.write)
    return counted.rows


class _Counted:
    """Writes the blocks and counts the rows."""

    def __init__(self, cursor: Any, columns: Sequence[Columns], encoding: str, progress: Progress) -> None:
        self.cursor, self.columns, self.encoding, self.progress = cursor, columns, encoding, progress
        self.rows = 0

    def write(self, file: IO[bytes]) -> None:
        """The headings, then every block."""
        file.write((",".join(quoted(title) for c in self.columns for title in c.titles) + "\r\n").encode(self.encoding))
        plain = self.encoding.removesuffix("-sig")
        while block := self.cursor.fetchmany(BLOCK):
            cells = [column.encode(values) for column, values in zip(self.columns, zip(*block, strict=True), strict=True)]
            file.write(("\r\n".join(map(",".join, zip(*cells, strict=True))) + "\r\n").encode(plain))
            self.rows += len(block)
            self.progress.step(self.rows, 0)


def write_rows(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A small table of texts as CSV for a spreadsheet: UTF-8 with BOM, every cell guarded."""
    words = "".join(",".join(map(for_sheets, row)) + "\r\n" for row in rows)

    def write(file: IO[bytes]) -> None:
        file.write(words.encode("utf-8-sig"))

    writing(path, write)
