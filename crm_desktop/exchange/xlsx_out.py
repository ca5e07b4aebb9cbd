"""Any list as a workbook: codes are text, days and numbers are real ones, the headings stay in sight, no formula lives.

Rows go to the file as they come; memory stays the same for any length."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from crm_desktop.exchange import typed_columns
from crm_desktop.exchange.progress import Progress, Quiet
from crm_desktop.exchange.typed_columns import Typed, Value
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text, say
from crm_desktop.store.catalog import walk
from crm_desktop.store.folders import writing
from crm_desktop.store.pages import ListQuery, where

BLOCK = 500
MOST_ROWS, LONGEST_TEXT, LONGEST_NAME = 1_048_570, 32_767, 31  # what one sheet, one cell, one tab can hold
LONGEST_MARK = 200  # of the 255 letters a foot may have
PIXELS = 7.5  # of a letter
FORMATS = {Kind.MONEY: "#,##0.00", Kind.INT: "#,##0", Kind.DATE: "yyyy-mm-dd"}
TOTAL = Text("Total")
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def export(
    reader: Any, query: ListQuery, path: Path, *, only: Sequence[str] | None = None, words: bool = False, by_id: bool = False,
    progress: Progress | None = None, mark: str = "",
) -> int:  # fmt: skip
    """Write the list as a workbook; returns the number of rows. Raises Refused; a file there before stays as it was.

    `mark` (who takes it out, when, what for) stands on every page that is printed of it and in its properties."""
    columns = typed_columns.of(query.record, only, words=words)
    book = _Book(query.record, columns, rows_of(reader, query, columns, by_id), words, progress or Quiet(), mark)
    writing(path, book.write)
    return book.rows


def rows_of(reader: Any, query: ListQuery, columns: Sequence[Typed], by_id: bool) -> Any:
    """The cursor over these columns of a list, in its order or in one that never changes."""
    sql, values = where(reader, query)
    way = "desc" if query.descending else "asc"
    order = "t.id" if by_id else f"t.{query.sort_sql} {way}, t.id {way}"
    return walk(reader, f"select {', '.join(c.sql for c in columns)} from {query.record.key} as t where {sql} order by {order}", values)


class _Book:
    """Writes the rows, counts them, and adds up what can be added up, each currency on its own."""

    def __init__(self, record: Record, columns: Sequence[Typed], cursor: Any, words: bool, progress: Progress, mark: str = "") -> None:
        self._mark = mark
        self.record, self.columns, self.cursor, self.words, self.progress = record, columns, cursor, words, progress
        self.rows = self._line = 0
        self._sheets: list[Any] = []
        self._currency = next((at for at, column in enumerate(columns) if column.name and column.name == record.currency), -1)
        self._sums: dict[str, dict[int, int]] = {}
        self._added = [at for at, column in enumerate(columns) if column.kind == Kind.MONEY] if words and (self._currency >= 0 or not record.currency) else []

    def write(self, file: IO[bytes]) -> None:
        """The whole workbook."""
        import xlsxwriter

        with tempfile.TemporaryDirectory(prefix="crm-") as folder:  # for us alone, and gone whatever happens
            options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
            book = xlsxwriter.Workbook(file, options)
            try:
                self._fill(book)
                book.close()
            except BaseException:
                for sheet in book.worksheets():  # what is stopped is not written: let go of its files
                    sheet.row_data_fh.close()
                raise

    def _fill(self, book: Any) -> None:
        book.set_properties({"title": say(self.record.many), "comments": self._mark})
        self._formats = {kind: book.add_format({"num_format": form}) for kind, form in FORMATS.items()}
        self._head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F5"})
        self._strong = {kind: book.add_format({"num_format": form, "bold": True, "top": 1}) for kind, form in FORMATS.items()}
        self._strong[Kind.TEXT] = book.add_format({"bold": True, "top": 1})
        self._new_sheet(book)
        while block := self.cursor.fetchmany(BLOCK):
            self._block(book, block)
            self.progress.step(self.rows, 0)
        last = self._line
        self._totals()
        for sheet, lines in self._sheets:
            sheet.autofilter(0, 0, max(1, lines or last), len(self.columns) - 1)

    def _new_sheet(self, book: Any) -> None:
        if self._sheets:
            self._sheets[-1] = (self._sheets[-1][0], self._line)
        number = len(self._sheets)
        name = say(self.record.many).translate(NOT_IN_NAMES)[: LONGEST_NAME - 4] + (f" {number + 1}" if number else "")
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        _stamp(sheet, name, self._mark)
        for at, column in enumerate(self.columns):
            wide = max(column.width / PIXELS, 2 + sum(2 if ord(letter) > 0x2E7F else 1 for letter in column.title))
            sheet.set_column(at, at, min(60.0, wide), self._formats.get(column.kind))
        for at, column in enumerate(self.columns):
            sheet.write_string(0, at, column.title, self._head)
        self._sheets.append((sheet, 0))
        self._line = 0

    def _block(self, book: Any, block: Sequence[Sequence[Any]]) -> None:
        for row in block:
            if self._line >= MOST_ROWS:
                self._new_sheet(book)
            self._line += 1
            sheet = self._sheets[-1][0]
            values = [column.read(value) for column, value in zip(self.columns, row, strict=True)]
            for at, value in enumerate(values):
                if value not in ("", None):
                    self._cell(sheet, self._line, at, value, self.columns[at].kind)
            self._add(values)
        self.rows += len(block)

    def _cell(self, sheet: Any, line: int, at: int, value: Value, kind: Kind, strong: bool = False) -> None:
        form = (self._strong if strong else self._formats).get(kind)
        if kind == Kind.MONEY and isinstance(value, int):
            sheet.write_number(line, at, value / 100, form)
        elif kind == Kind.INT and isinstance(value, int):
            sheet.write_number(line, at, value, form)
        elif kind == Kind.DATE and (day := _day(value)) is not None:
            sheet.write_datetime(line, at, day, form)
        else:
            sheet.write_string(line, at, str(value)[:LONGEST_TEXT], form)

    def _add(self, values: Sequence[Value]) -> None:
        if not self._added:
            return
        currency = str(values[self._currency] or "") if self._currency >= 0 else ""
        sums = self._sums.setdefault(currency, dict.fromkeys(self._added, 0))
        for at in self._added:
            value = values[at]
            sums[at] += value if isinstance(value, int) else 0

    def _totals(self) -> None:
        """A line of sums for each currency, below the rows."""
        sheet = self._sheets[-1][0]
        for currency, sums in sorted(self._sums.items()):
            self._line += 1
            self._cell(sheet, self._line, 0, f"{say(TOTAL)} {currency}".strip(), Kind.TEXT, strong=True)
            for at, amount in sums.items():
                self._cell(sheet, self._line, at, amount, Kind.MONEY, strong=True)


def _stamp(sheet: Any, name: str, mark: str) -> None:
    """The mark above and below every printed page; "&" would be a command there, and a number the size of letters."""
    if mark:
        plain = mark.replace("&", "&&")
        while len(plain) > LONGEST_MARK:
            plain = plain[: LONGEST_MARK - 1].rstrip("&") + "…"
        sheet.set_header(f"&L{name.replace('&', '&&')}&R&D &T")
        sheet.set_footer(f"&L {plain}&R&P / &N")


def _day(value: Value) -> dt.datetime | None:
    """A day a workbook can hold: it begins with 1900."""
    try:
        day = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day.year >= 1901 else None


def write_rows(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A small table of texts as a workbook; the first row are its headings."""

    def write(file: IO[bytes]) -> None:
        import xlsxwriter

        with tempfile.TemporaryDirectory(prefix="crm-") as folder, xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder}) as book:
            sheet = book.add_worksheet()
            head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F5"})
            text = book.add_format({"num_format": "@"})  # what is typed over a code stays a text
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(rows[:MOST_ROWS]):
                for at, cell in enumerate(row):
                    sheet.write_string(line, at, cell[:LONGEST_TEXT], text if line else head)

    writing(path, write)
