"""The calendar of expected money: a week in each line, its days beside each other, and what should be here by its end at least and at most.

Enter or a double-click on a figure opens the bills behind it; below stands why they are expected there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.duties.credit import queries_cash, rules_cash, words_cash
from crm_desktop.duties.credit.queries_cash import Cash
from crm_desktop.duties.credit.rules_cash import Piece, Span
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.cells import Cells
from crm_desktop.ui.fact_lines import FactLine, FactLines
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WATCHED = frozenset(("receivable", "receipt", "application", "promise", "instalment_plan", "dispute"))
Answer = tuple[list[Cash], dict[int, str]]


class CashPage(QWidget):
    """The weeks of every currency."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._found: list[Cash] = []
        self._names: dict[int, str] = {}
        self._lines: list[tuple[Cash, Span]] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(10)
        box.addWidget(PlainLabel(self, "h1", Text("Expected money")))
        self.told = PlainLabel(self, "soft")
        self.told.setWordWrap(True)
        box.addWidget(self.told)
        frame, inside = card(self)
        self.cells = Cells(frame, Text("Expected money"), range(words_cash.FIRST, len(words_cash.HEADINGS)))
        inside.setContentsMargins(2, 8, 2, 8)  # ten columns must stand in a small window
        self.cells.opened.connect(self._on_opened)
        self.cells.moved.connect(self._on_moved)
        inside.addWidget(self.cells)
        box.addWidget(frame, 1)
        why, below = card(self)
        self.head = PlainLabel(why, "h2")
        below.addWidget(self.head)
        self.why = FactLines(why, Text("Why it is expected then"))
        self.why.opened.connect(self._on_line)
        below.addWidget(self.why)
        box.addWidget(why)
        jobs.hub().changed.connect(self._on_changed)

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the calendar."""
        self.cells.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read what is expected."""
        jobs.read(self, partial(_cash, self._window.today()), self._on_read, slot="cash")

    @Slot(object)
    def _on_read(self, answer: Answer) -> None:
        self._found, self._names = answer
        self._lines = [(each, span) for each in self._found for span in each.spans]
        put(self.told, "setText", words_cash.told(self._found))
        first = self.cells.view.currentIndex().row() < 0
        self.cells.show_rows([words_cash.cells(each, span) for each, span in self._lines], words_cash.HEADINGS, words_cash.WIDTHS)
        if first and self._lines:
            self.cells.choose(0, words_cash.SUM)
        at = self.cells.view.currentIndex()
        self._on_moved(at.row(), at.column())

    def pieces(self, row: int, column: int) -> list[Piece]:
        """What stands behind a cell."""
        if not 0 <= row < len(self._lines):
            return []
        found, span = self._lines[row]
        return rules_cash.within(found.pieces, *words_cash.edges(span, column))

    @Slot(int, int)
    def _on_moved(self, row: int, column: int) -> None:
        pieces = self.pieces(row, column)
        put(self.head, "setText", Text("{what}: {amount}", what=self._about(row, column), amount=show_money(sum(piece.amount for piece in pieces))))
        lines = words_cash.lines(pieces, self._names)
        self.why.show_lines([FactLine(line.left, line.words, line.tone, line.opens) for line in lines])

    def _about(self, row: int, column: int) -> Text | str:
        if not 0 <= row < len(self._lines):
            return ""
        first, last = words_cash.edges(self._lines[row][1], column)
        if first == last:
            return Text("Expected on {day}", day=first)
        if not first:
            return Text("Expected by {day}", day=last) if last else Text("Expected in all")
        return Text("Expected from {first} to {last}", first=first, last=last) if last else Text("Expected after {day}", day=first)

    @Slot(int, int)
    def _on_opened(self, row: int, column: int) -> None:
        ids = list(dict.fromkeys(piece.bill.id for piece in self.pieces(row, column)))
        if ids:
            self._window.go("receivables", filters=[("id", "in", ids)])

    @Slot(object)
    def _on_line(self, what: tuple[str, int]) -> None:
        self._window.open_record(*what)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and WATCHED & set(change.tables):
            self.read()


def _cash(day: str, reader: Any, _job: jobs.Job) -> Answer:
    found = queries_cash.cash(reader, day)
    return found, queries_cash.names(reader, {piece.bill.account_id for each in found for piece in each.pieces})


def cash(window: Window) -> CashPage:
    """The page."""
    return CashPage(window)
