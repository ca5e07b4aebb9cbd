"""Converting a file's rows to a record's values, column by column in blocks; a block with a bad row goes row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from crm_desktop.exchange.mapping import NONE, Mapping
from crm_desktop.exchange.text_file import Table
from crm_desktop.record.kinds import Kind, Memo
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Refused, Text

BLOCK = 1000
TOTAL = Text("This line is a total of other lines, no row of its own; it was left out")
_TOTAL = re.compile(r".*(小计|合计|总计|累计|总金额)\s*[:：]?|(sub|grand)?total:?", re.IGNORECASE)


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

    def __init__(self, table: Table, mapping: Mapping) -> None:
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
        place = {title: at for at, title in enumerate(table.headings)}
        self._plan = [(take.field, [place[c] for c in take.columns], Memo(_told(take, mapping.record))) for take in mapping.takes]
        self._rules = Rules(mapping.record, [take.field for take in mapping.takes], mapping.constants)

    def blocks(self) -> Iterator[Block]:
        """Every block of good rows; bad ones go to `bad`."""
        rows = self.table.rows()
        while taken := list(islice(rows, BLOCK)):
            self.read += len(taken)
            yield self._block(taken)

    def _block(self, rows: list[tuple[int, list[str]]]) -> Block:
        try:
            if all(len(cells) == self._width for _, cells in rows):
                return self._convert(rows)
        except Refused:
            pass
        good = []
        for line, cells in rows:
            try:
                if len(cells) != self._width:
                    raise Refused(Text("{count} cells instead of {expected}", count=len(cells), expected=self._width))
                self._convert([(line, cells)])
                good.append((line, cells))
            except Refused as error:
                self.bad.append(BadRow(line, cells, TOTAL if is_total(cells) else error.text))
        return self._convert(good) if good else Block({name: [] for name, _, _ in self._plan}, [], [])

    def _convert(self, rows: list[tuple[int, list[str]]]) -> Block:
        across = list(zip(*(cells for _, cells in rows), strict=True))
        columns = {
            name: list(map(memo.__getitem__, across[at[0]] if len(at) == 1 else zip(*(across[n] for n in at), strict=True)))
            for name, at, memo in self._plan
        }
        self._rules.test(columns, len(rows))
        return Block(columns, [line for line, _ in rows], [cells for _, cells in rows])


def is_total(cells: Sequence[str]) -> bool:
    """True for a line that begins with 小计, 合计 or the like: reports have them between their rows."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return _TOTAL.fullmatch(first.replace(" ", "").replace("　", "")) is not None


def _told(take: Any, record: Record) -> Any:
    """The take's conversion, with the field named in what it refuses."""
    field = record.by_name.get(take.field)
    label = field.label if field else Text("id")

    def convert(cell: Any) -> Any:
        try:
            return take.convert(cell)
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
        row = {name: self._base.get(name) for name in self.record.check_on} | dict(zip(self._on, values, strict=True))
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
