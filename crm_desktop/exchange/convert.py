"""Converting a file's rows to a record's values, column by column in blocks; a block with a bad row goes row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from typing import Any

from crm_desktop.exchange import days
from crm_desktop.exchange.mapping import NONE, Mapping, Take
from crm_desktop.exchange.numbers import Numbers
from crm_desktop.exchange.progress import Progress
from crm_desktop.exchange.sheets import Tabular
from crm_desktop.record.dates import business_date
from crm_desktop.record.kinds import Kind, Memo
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Refused, Text

BLOCK = 1000
TOTAL = Text("This line is a total of other lines, no row of its own; it was left out")
FOOT = Text("This line is a note of the report, no row of its own; it was left out")
_TOTAL = re.compile(r".*(小计|合计|总计|累计|总金额)\s*[:：]?|(sub|grand)?total:?", re.IGNORECASE)
_SURELY = re.compile(r"(本页|本日|当日|部门|分组)?(小计|合计|总计|累计)([:：].*)?|(sub|grand)?-?total:?", re.IGNORECASE)  # also where the rest of the line could be a row
_FOOT = re.compile(r"(打印|制表|审核|经办|导出|操作员|报表|备注说明|page\b|printed).*|第\d+页.*|共\d+[页条行笔间人].*|[-—_=*]{3,}.*", re.IGNORECASE)
FOOT_CELLS = 4  # a note has few cells
DROPPED = 8  # so many rows in a row that end early: Excel leaves out the delimiters behind the last filled column of a whole block
MOST_VALUES = 200


class BadRow:
    """A row left out: its line in the file, its cells, and why."""

    def __init__(self, line: int, cells: Sequence[str], reason: Text) -> None:
        self.line, self.cells, self.reason = line, list(cells), reason


class Block:
    """Converted rows: one list for each field, in the mapping's order; the lines they stood on and their cells."""

    def __init__(self, columns: dict[str, list[Any]], lines: list[int], cells: Sequence[Sequence[str]]) -> None:
        self.columns, self.lines, self.cells = columns, lines, cells

    def __len__(self) -> int:
        return len(self.lines)

    def one(self, at: int) -> Block:
        """One of its rows."""
        return Block({name: [column[at]] for name, column in self.columns.items()}, [self.lines[at]], [self.cells[at]])


class Converter:
    """Turns a table into blocks, remembering every value it has converted; `bad` collects the rows left out."""

    def __init__(self, table: Tabular, mapping: Mapping, dates: str = "", progress: Progress | None = None, hashes: bool = False) -> None:
        if not mapping.fits(table.headings):
            missing = [c for c in mapping.columns if c not in table.headings]
            raise Refused(
                Text("These headings are not those of {records}: no column '{column}'.", records=mapping.record.many, column=missing[0])
            )
        if twice := [column for column in mapping.columns if table.headings.count(column) > 1]:
            raise Refused(Text("The heading '{column}' stands twice in {file}; take one away.", column=twice[0], file=table.path.name))
        self.table, self.mapping = table, mapping
        self.bad: list[BadRow] = []
        self.read = 0
        self._width = len(table.headings)
        self._by_name = mapping.record.by_name
        place = {title: at for at, title in enumerate(table.headings)}
        self.dates = days.style_of(table, mapping, dates, progress)
        self.numbers = Numbers(hashes)
        self._plan = [(take.field, [place[c] for c in take.columns], Memo(self._convert_of(take))) for take in mapping.takes]
        self._rules = Rules(mapping.record, [take.field for take in mapping.takes], mapping.constants)

    def _convert_of(self, take: Take) -> Any:
        return self.numbers.watched(self._by_name.get(take.field), _told(take, self.mapping.record, self.dates))

    def blocks(self) -> Iterator[Block]:
        """Every block of good rows; bad ones go to `bad`."""
        rows = self.table.rows()
        while taken := list(islice(rows, BLOCK)):
            self.read += len(taken)
            block = self._block(taken)
            self.numbers.met(block)
            yield block

    def choices(self) -> dict[str, dict[str, str]]:
        """What the file says where a code is wanted: column -> its words -> the code they became; not of columns with more words than anybody would translate."""
        found: dict[str, dict[str, str]] = {}
        for take, (name, _, memo) in zip(self.mapping.takes, self._plan, strict=True):
            field = self._by_name.get(name)
            if len(take.columns) == 1 and field is not None and field.kind == Kind.CHOICE and field.choices and len(memo) <= MOST_VALUES:
                found[take.columns[0]] = {cell.strip(): code for cell, code in memo.items() if cell.strip()}
        return found

    def _block(self, rows: list[tuple[int, list[str]]]) -> Block:
        try:
            if not all(len(cells) == self._width for _, cells in rows):
                rows = evened(rows, self._width)
            elif not any(is_surely_total(cells) for _, cells in rows):
                return self._convert(rows)
        except Refused:
            pass
        good = []
        for line, cells in rows:
            try:
                if is_surely_total(cells):
                    raise Refused(TOTAL)
                if len(cells) != self._width:
                    raise Refused(Text("{count} cells instead of {expected}", count=len(cells), expected=self._width))
                self._convert([(line, cells)])
                good.append((line, cells))
            except Refused as error:
                self.bad.append(BadRow(line, cells, TOTAL if is_total(cells) else FOOT if is_foot(cells) else error.text))
        return self._convert(good) if good else Block({name: [] for name, _, _ in self._plan}, [], [])

    def _convert(self, rows: list[tuple[int, list[str]]]) -> Block:
        across = list(zip(*(cells for _, cells in rows), strict=True))
        columns = {
            name: list(map(memo.__getitem__, across[at[0]] if len(at) == 1 else zip(*(across[n] for n in at), strict=True)))
            for name, at, memo in self._plan
        }
        self._rules.test(columns, len(rows))
        return Block(columns, [line for line, _ in rows], [cells for _, cells in rows])


def evened(rows: list[tuple[int, list[str]]], width: int) -> list[tuple[int, list[str]]]:
    """Rows as wide as the headings where that is plainly meant: empty cells too many go, and blocks of rows that end early, as
    Excel writes them, are filled up. A single row that is too short or too long stays so: it may be torn."""
    out = [(line, _cut(cells, width)) for line, cells in rows]
    at = 0
    for size, run in groupby(out, key=lambda row: len(row[1])):
        count = sum(1 for _ in run)
        if size < width and count >= DROPPED:
            out[at : at + count] = [(line, [*cells, *[""] * (width - size)]) for line, cells in out[at : at + count]]
        at += count
    return out


def _cut(cells: list[str], width: int) -> list[str]:
    return cells[:width] if len(cells) > width and not any(map(str.strip, cells[width:])) else cells


def _first(cells: Sequence[str]) -> str:
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return first.replace(" ", "").replace("　", "")


def is_total(cells: Sequence[str]) -> bool:
    """True for a line that begins with 小计, 合计 or the like: reports have them between their rows."""
    return _TOTAL.fullmatch(_first(cells)) is not None


def is_surely_total(cells: Sequence[str]) -> bool:
    """True for a line that begins with exactly these words: no row of anything does, even where all it needs is there."""
    head = cells[0] if cells else ""
    if head and "计" not in head and head[-1] not in "lL:" and not head.isspace():
        return False  # nearly every row: as little as possible is asked of it
    return _begins_surely(head) if head.strip() else _SURELY.fullmatch(_first(cells)) is not None


@lru_cache(maxsize=1024)  # a first column often says the same again: the hotel, the segment
def _begins_surely(head: str) -> bool:
    return _SURELY.fullmatch(_first([head])) is not None


def is_foot(cells: Sequence[str]) -> bool:
    """True for a line that only says who printed the report, or how many rows and pages it has."""
    return sum(1 for cell in cells if cell.strip()) <= FOOT_CELLS and _FOOT.match(_first(cells)) is not None


def _told(take: Take, record: Record, styles: dict[str, str]) -> Any:
    """The take's conversion, with the field named in what it refuses, and dates made plain first."""
    field = record.by_name.get(take.field)
    label = field.label if field else take.columns[0]
    style, today = styles.get(take.columns[0], ""), business_date()

    def convert(cell: Any) -> Any:
        try:
            return take.convert(days.plainly(cell, style, today) if style else cell)
        except Refused as error:
            raise Refused(Text("{label}: {problem}", label=label, problem=error.text)) from None

    return convert


class Rules:
    """The record's own rules over whole columns: required, closed choices, and its check, each asked once per
    different combination of the values it reads."""

    def __init__(self, record: Record, given: Sequence[str], constants: dict[str, Any]) -> None:
        self.record = record
        self._base = record.blank() | constants
        self._required = [f for f in record.fields if f.required and f.name in given and f.kind != Kind.MONEY]
        self._closed = [(f, {code for code, _, _ in f.choices} | {""}) for f in record.fields if f.closed and f.name in given]
        self._bounded = [f for f in record.fields if (f.least is not None or f.most is not None) and f.name in given]
        self._on = [name for name in record.check_on if name in given]
        self._check = Memo(self._problem)

    def _problem(self, values: tuple[Any, ...]) -> Text | None:
        said = (None if value == NONE else value for value in values)  # a reference to nothing is nothing to a check
        row = {name: self._base.get(name) for name in self.record.check_on} | dict(zip(self._on, said, strict=True))
        found = self.record.check(row)
        if not found:
            return None
        name, problem = next(iter(found.items()))
        return Text("{label}: {problem}", label=self.record.by_name[name].label, problem=problem)

    def test(self, columns: dict[str, list[Any]], count: int) -> None:
        """Raise Refused with the first thing wrong in these columns."""
        for field in self._required:
            if "" in columns[field.name] or None in columns[field.name] or NONE in columns[field.name]:
                raise Refused(Text("{label} is needed here", label=field.label))
        for field, codes in self._closed:
            for value in set(columns[field.name]) - codes:
                raise Refused(Text("'{value}' is not one of the choices of {label}", value=value, label=field.label))
        for field in self._bounded:
            _test_bounds(field, columns[field.name])
        if self._on and count:
            for values in set(zip(*(columns[name] for name in self._on), strict=True)):
                if (problem := self._check[values]) is not None:
                    raise Refused(problem)


def _test_bounds(field: Field, values: list[Any]) -> None:
    numbers = {value for value in values if value is not None}
    for value in (min(numbers), max(numbers)) if numbers else ():
        if (problem := field.out_of_bounds(value)) is not None:
            raise Refused(Text("{label}: {problem}", label=field.label, problem=problem))
