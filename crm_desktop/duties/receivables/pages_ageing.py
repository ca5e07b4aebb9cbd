"""Ageing as of any day, with limits and a base of one's own, by client, seller, segment or type; and the figures of collection.

Enter or a double-click on a cell opens exactly the items behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.receivables import queries, queries_ageing, queries_kpi, rules
from crm_desktop.duties.receivables.queries_ageing import BASES, BY, Line
from crm_desktop.duties.receivables.queries_reports import limits_of
from crm_desktop.record.kinds import Kind
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Field, Figure
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.cells import Cells
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.editors import ChoiceEditor, LineEditor
from crm_desktop.ui.figures import Figures
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, card, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

DAY = Field("day", Text("As of"), Kind.DATE)
LIMITS = Field("limits", Text("Limits in days"), Kind.TEXT)
BASE = Field("base", Text("Counted from"), Kind.CHOICE, closed=True, required=True, choices=BASES, default="due")
GROUP = Field("by", Text("Grouped by"), Kind.CHOICE, closed=True, required=True, choices=BY, default="account")
SHOWN = 2_000  # lines at most
EARLY = tuple(rules.EARLY)
FIRST = 3 + len(EARLY)  # the column of the first age; those of what has no statement or invoice yet stand before it
PAGES = {"receipt": "receipts", "promise": "promises", "collection_step": "collection-steps"}
Asked = tuple[str, tuple[int, ...], str, str]  # day, limits, base, by


class AgeingPage(QWidget):
    """A line for each key and currency, those who owe most on top; the sums of each currency first."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._lines: list[Line] = []
        self._asked: Asked = ("", rules.LIMITS, "due", "account")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(10)
        box.addWidget(PlainLabel(self, "h1", Text("Ageing")))
        box.addWidget(self._make_bar())
        self.problem = PlainLabel(self, "error")
        self.problem.hide()
        box.addWidget(self.problem)
        self.figures = Figures(self)
        self.figures.opened.connect(self._on_figure)
        self.whose = PlainLabel(self, "soft")
        box.addWidget(self.whose)
        box.addWidget(self.figures)
        frame, inside = card(self)
        self.cells = Cells(frame, Text("Ageing"), range(2, 20))
        self.cells.opened.connect(self._on_opened)
        self.cells.moved.connect(self._on_moved)
        self.rows, self.view = self.cells.rows, self.cells.view
        inside.addWidget(self.cells)
        box.addWidget(frame, 1)
        jobs.hub().changed.connect(self._on_changed)

    def _make_bar(self) -> QWidget:
        holder = QWidget(self)
        bar = Flow(holder, 8)
        self.day, self.limits = DayEditor(DAY, self), LineEditor(LIMITS, self)
        self.base, self.by = ChoiceEditor(BASE, self), ChoiceEditor(GROUP, self)
        self.day.set_value(self._window.today())
        self.limits.set_value(",".join(str(limit) for limit in rules.LIMITS[1:]))
        self.base.set_value("due")
        self.by.set_value("account")
        for field, editor, width in ((DAY, self.day, 132), (LIMITS, self.limits, 140), (BASE, self.base, 140), (GROUP, self.by, 120)):
            editor.setFixedWidth(width)
            bar.addWidget(_named(holder, field.label, editor))
        for line in (self.day, self.limits):
            line.left.connect(self.read)
        for choice in (self.base, self.by):
            choice.changed.connect(self.read)
        self.cash = link(self, Text("Expected money"))
        self.cash.setMinimumHeight(32)  # as high as what stands beside it
        self.cash.clicked.connect(self._on_cash)
        bar.addWidget(self.cash)
        self.paper = button(self, Text("Print"), icon="printer")
        self.paper.clicked.connect(self.show_paper)
        bar.addWidget(self.paper)
        return holder

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the day."""
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    # what it shows

    @Slot()
    def read(self) -> None:
        """Ask for what the bar says; what it cannot mean is told beside it and nothing is asked."""
        try:
            limits = limits_of(str(self.limits.text()))
            problem = self.day.problem()
        except Refused as error:
            limits, problem = (), error.text
        put(self.problem, "setText", problem or "")
        self.problem.setVisible(problem is not None)
        if problem is None:
            self._asked = (str(self.day.value() or self._window.today()), limits, str(self.base.value() or "due"), str(self.by.value() or "account"))
            jobs.read(self, partial(_lines, self._asked), self._on_read, slot="ageing")

    @Slot(object)
    def _on_read(self, found: tuple[Asked, list[Line], list[Figure]]) -> None:
        asked, lines, figures = found
        if asked != self._asked:
            return
        self._lines = lines[:SHOWN]
        limits = asked[1]
        ages = [rules.bucket_words(at, limits) for at in range(len(limits) + 1)]
        name = next(words for code, words, _ in BY if code == asked[3])
        early = [rules.EARLY_WORDS[key] for key in EARLY]
        headings = [name, Text("Currency"), Text("Open balance"), *early, *ages, Text("Count"), Text("Disputed")]
        self.cells.show_rows([_cells(line) for line in self._lines], headings, [140, *(0 for _ in headings[1:])])
        self._show_figures(("", queries.HOME, figures))

    @Slot(int, int)
    def _on_moved(self, row: int, _column: int) -> None:
        """The figures are those of the line the keyboard is on: its currency, and its seller where the lines are sellers."""
        if 0 <= row < len(self._lines):
            jobs.read(self, partial(_figures, self._asked, self._lines[row]), self._show_figures, slot="figures")

    @Slot(object)
    def _show_figures(self, found: tuple[Text | str, str, list[Figure]]) -> None:
        name, currency, figures = found
        put(self.whose, "setText", Text("Figures of {name}, {currency}", name=name or Text("All"), currency=currency))
        self.figures.show_figures(figures)

    # what it opens

    @Slot(int, int)
    def _on_opened(self, row: int, column: int) -> None:
        """Open the items behind a cell."""
        if row < len(self._lines):
            at = column - FIRST
            bucket = at if 0 <= at <= len(self._asked[1]) else EARLY[at] if -len(EARLY) <= at < 0 else None
            jobs.read(self, partial(_items, self._asked, self._lines[row], bucket), self._on_items, slot="items")

    @Slot()
    def _on_cash(self) -> None:
        self._window.go("expected-money")

    @Slot()
    def show_paper(self) -> None:
        """The same as a paper: the same day, limits, base and grouping."""
        from crm_desktop.documents import library
        from crm_desktop.ui import papers

        day, limits, base, by = self._asked
        papers.show(self._window, [library.form(self._window.duties, "F08")], day=day, limits=limits, base=base, by=by)

    @Slot(object)
    def _on_items(self, ids: list[int]) -> None:
        if ids:
            self._window.go("receivables", filters=[("id", "in", ids)])

    @Slot(object)
    def _on_figure(self, figure: Figure) -> None:
        self._window.go(PAGES.get(figure.record, "receivables"), filters=list(figure.opens))

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and {"receivable", "receipt", "application", "promise"} & set(change.tables):
            self.read()


def _cells(line: Line) -> list[Text | str]:
    aged = line.aged
    amounts = [show_money(amount) if amount else "" for amount in aged.amounts]
    early = [show_money(aged.early[key][0]) if key in aged.early else "" for key in EARLY]
    return [line.name, aged.currency, show_money(aged.owes), *early, *amounts, f"{aged.items:,}", show_money(aged.disputed) if aged.disputed else ""]


def _lines(asked: Asked, reader: Any, _job: jobs.Job) -> tuple[Asked, list[Line], list[Figure]]:
    return asked, queries_ageing.lines(reader, *asked), queries_kpi.figures(reader, asked[0])


def _figures(asked: Asked, line: Line, reader: Any, _job: jobs.Job) -> tuple[Text | str, str, list[Figure]]:
    owner = line.keys[0] if asked[3] == "seller" and line.keys else None
    return line.name if owner is not None else "", line.aged.currency, queries_kpi.figures(reader, asked[0], line.aged.currency, owner)


def _items(asked: Asked, line: Line, bucket: int | str | None, reader: Any, _job: jobs.Job) -> list[int]:
    day, limits, base, by = asked
    return queries_ageing.ids(reader, day, limits, base, by, line, bucket)


def _named(parent: QWidget, words: Text, editor: QWidget) -> QWidget:
    """An editor with its words before it, which go to another line together."""
    made = QWidget(parent)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(PlainLabel(made, "soft", words))
    row.addWidget(editor)
    return made


def ageing(window: Window) -> QWidget:
    """The page of ageing."""
    return AgeingPage(window)
