"""A sheet of cells as a table: where its headings stand, and its rows as texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from crm_desktop.record.text import Refused, Text

Cell = str | int | float | bool
LOOKED_AT = 40  # rows at the top among which the headings are looked for
MOST_COLUMNS = 200
TOO_MANY = Text("{file} has {count} columns; no table here has more than {most}.")
NO_HEADINGS = Text("{file} does not begin with a row of headings.")
_VALUE = re.compile(r"[-+]?[\d.,:/%¥$€ -]+|\d{4}年.*|\d{1,2}月\d{1,2}日.*")
Score = Callable[[Sequence[str]], int]  # how many of the cells somebody knows as headings


def words(cell: Cell) -> str:
    """A cell as text: numbers as short as they can be, truth as Excel writes it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return str(cell) if isinstance(cell, int) else _number(cell)


def _number(value: float) -> str:
    text = f"{value:.15g}"
    return f"{value:.15f}".rstrip("0").rstrip(".") if "e-" in text else str(int(value)) if "e" in text and value.is_integer() else text


def heading_row(rows: Sequence[Sequence[str]], known: Score | None = None) -> int:
    """The place of the headings among the first rows: the row that most is known of, else the first that is nearly as
    wide as the table and has words only. Titles, dates of the report and notes stand above it."""
    if known is not None:
        scores = [known(row) for row in rows]
        if max(scores, default=0) >= 2:
            return scores.index(max(scores))
    widths = [sum(1 for cell in row if cell.strip()) for row in rows]
    wide = [at for at, width in enumerate(widths) if width >= max(1, 0.6 * max(widths, default=0))]
    named = [at for at in wide if are_words(rows[at])]
    if not wide:
        return 0
    first = named[0] if named else wide[0]
    values = next((at for at in wide if not are_words(rows[at])), 0)
    last = max((at for at in named if at < values), default=first)
    return last if _has_gaps(rows[first]) and not _has_gaps(rows[last]) and widths[last] > widths[first] else first


def _has_gaps(row: Sequence[str]) -> bool:
    """True where a cell within the row is empty: notes stand anywhere, headings beside each other."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return not all(cells)


def are_words(row: Sequence[str]) -> bool:
    """True where no cell of a row is a number or a date."""
    given = [cell.strip() for cell in row if cell.strip()]
    return not any(_VALUE.fullmatch(cell) for cell in given)


class Tabular(Protocol):
    """Any table that can be brought in: its headings and, as often as asked, its rows with the lines they stand on."""

    path: Path
    name: str

    @property
    def headings(self) -> list[str]: ...

    @property
    def lines(self) -> int: ...

    def look_for(self, known: Score) -> None: ...

    def rows(self) -> Iterator[tuple[int, list[str]]]: ...

    def forget(self) -> None: ...


class Sheet:
    """The cells of one sheet, of whatever kind of file, with the interface of a text table.

    `first` is the line of its first row in the file. It is a table as soon as somebody asks for its headings."""

    encoding = delimiter = ""

    def __init__(self, path: Path, name: str, cells: list[list[Cell]], first: int = 1) -> None:
        self.path, self.name, self.cells, self.first = path, name, cells, first
        self._rows = [[words(cell).strip() for cell in row] for row in cells[:LOOKED_AT]]
        self._at = heading_row(self._rows)

    def first_rows(self) -> list[list[str]]:
        """The rows among which the headings are looked for."""
        return self._rows

    def look_for(self, known: Score) -> None:
        """Find the headings by what somebody knows."""
        self._at = heading_row(self._rows, known)

    @property
    def lines(self) -> int:
        """Its rows, the headings among them."""
        return max(1, len(self.cells))

    @property
    def header(self) -> list[str]:
        """What stands in the row of headings; a column without one has ''."""
        head = self._rows[self._at] if self._rows else []
        while head and not head[-1]:
            head = head[:-1]
        return [" ".join(cell.split()) for cell in head]

    @property
    def headings(self) -> list[str]:
        """The headings of a table that can be taken. Raises Refused."""
        head = self.header
        if not head:
            raise Refused(Text(NO_HEADINGS.source, file=self.path.name))
        if len(head) > MOST_COLUMNS:
            raise Refused(Text(TOO_MANY.source, file=self.path.name, count=len(head), most=MOST_COLUMNS))
        return head

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row below the headings that has a value, as (line, cells); headings and titles said again are left out."""
        width, skipped = len(self.header), {tuple(filter(None, row)) for row in self._rows[: self._at + 1]}
        for at in range(self._at + 1, len(self.cells)):
            row = [words(cell) for cell in self.cells[at]]
            while len(row) > width > 0 and not row[-1].strip():
                row.pop()
            if any(map(str.strip, row)) and tuple(filter(None, map(str.strip, row))) not in skipped:
                yield self.first + at, row + [""] * (width - len(row))

    def forget(self) -> None:
        """Let go of the cells, when all of them have been read."""
        self.cells = []
