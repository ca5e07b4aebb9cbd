"""The plan of visits: sellers down, the days of a week or month across. Arrows go through the cells, Ctrl+arrows move what is planned,
Ctrl+C and Ctrl+V plan it again elsewhere, Enter opens it; chips are dragged, with Ctrl they are copied."""

from __future__ import annotations

import calendar
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.visits import actions_grid as actions
from crm_desktop.duties.visits import actions_week
from crm_desktop.duties.visits import queries_grid as queries
from crm_desktop.duties.visits import rules_grid as rules
from crm_desktop.duties.visits.pages_grid_parts import SELLER, PlanModel, PlanView, in_words
from crm_desktop.duties.visits.queries_grid import Plan
from crm_desktop.duties.visits.records import CANCELLED, VISIT
from crm_desktop.duties.visits.records_week import VISIT_WEEK
from crm_desktop.duties.visits.rules import monday
from crm_desktop.duties.visits.rules_grid import Visit
from crm_desktop.duties.visits.rules_week import DRAFT
from crm_desktop.duties.visits.rules_week import MONTH as MONTH_SPAN
from crm_desktop.duties.visits.rules_week import WEEK as WEEK_SPAN
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.span_bar import SpanBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CutLabel, PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WEEK, MONTH = Text("Week view"), Text("Month view")
ASK, SHOW, SHOW_MONTH = Text("Ask for approval"), Text("Plan and report of the week"), Text("Plan and report of the month")
MISSED = Text("Not seen in time")
HINT = Text("Drag a visit to move it, with Ctrl to plan it again · Ctrl+arrow moves, Ctrl+C and Ctrl+V copy, Enter opens")
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


def span(day: str, month: bool) -> tuple[str, str]:
    """First and last day of the week or month a day is in."""
    if not month:
        return monday(day), add_days(monday(day), 6)
    return day[:8] + "01", day[:8] + f"{calendar.monthrange(int(day[:4]), int(day[5:7]))[1]:02d}"


class VisitGridPage(QWidget):
    """The plan of some days."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._month = False
        self._first, self._last = span(window.today(), False)
        self._copied: list[Visit] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(8)
        box.addLayout(self._make_bar())
        self.quotas, self.covered = CutLabel(self, "soft"), CutLabel(self, "soft")
        told = QHBoxLayout()
        told.setSpacing(24)
        told.addWidget(self.quotas)
        told.addWidget(self.covered, 1)
        self.missed_button = button(self, MISSED, icon="users")
        self.missed_button.clicked.connect(self.show_missed)
        self.missed_button.hide()
        self._missed: list[int] = []
        told.addWidget(self.missed_button)
        box.addLayout(told)
        frame, inside = card(self)
        self.model = PlanModel(frame)
        self.view = PlanView(self.model, frame)
        put(self.view, "setAccessibleName", Text("Plan of visits"))
        self.view.installEventFilter(self)
        self.view.dropped.connect(self._on_dropped)
        self.view.doubleClicked.connect(self._on_double)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        inside.addWidget(self.view)
        box.addWidget(frame, 1)
        self.told = PlainLabel(self, "soft", HINT)
        self.problem = PlainLabel(self, "error")
        self.problem.hide()
        box.addWidget(self.told)
        box.addWidget(self.problem)
        jobs.hub().changed.connect(self._on_changed)

    def _make_bar(self) -> QHBoxLayout:
        bar = SpanBar(self, Text("Plan of visits"))
        bar.before.clicked.connect(self._on_before)
        bar.after.clicked.connect(self._on_after)
        self.days_label = bar.days
        self.turn_button, self.propose_button = button(self, MONTH), button(self, Text("Next week's visits"), icon="calendar-days")
        self.ask_button = button(self, ASK, icon="send")
        for made, run in ((self.turn_button, self.turn), (self.propose_button, self._on_propose), (self.ask_button, self.hand_in)):
            made.clicked.connect(run)
            bar.addWidget(made)
        return bar

    # what it shows

    def show_args(self, day: str = "", **_: Any) -> None:
        """Show the week of a day, else of today."""
        if day or self.model.rowCount() == 0:
            self._first, self._last = span(day or self._window.today(), self._month)
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes into the grid."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read the plan of the days shown."""
        put(self.days_label, "setText", Text("{first} to {last}", first=self._first, last=self._last))
        put(self.turn_button, "setText", WEEK if self._month else MONTH)
        jobs.read(self, partial(_plan, self._first, self._last), self._on_read, slot="plan")

    @Slot(object)
    def _on_read(self, plan: Plan) -> None:
        at = self.view.currentIndex()
        row, column = max(0, at.row()), max(1, at.column())
        self.model.show_plan(plan)
        self.view.fit()
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1), min(column, self.model.columnCount() - 1)))
        put(self.quotas, "setText", _quotas(plan))
        put(self.covered, "setText", _covered(plan))
        every = plan.covered[""]
        self._missed = plan.missed
        put(self.missed_button, "setText", Text("Not seen in time: {n}", n=f"{every.all_clients - every.clients:,}"))
        self.missed_button.setVisible(bool(plan.missed))

    @Slot()
    def _on_current(self, *_: Any) -> None:
        visits = self.here()
        put(self.told, "setText", "; ".join(in_words(one) for one in visits) if visits else HINT)
        row = self.view.currentIndex().row()
        week = self.model.week(row)
        put(self.ask_button, "setText", ASK if week is None or week[1] == DRAFT else SHOW_MONTH if self._month else SHOW)
        self.ask_button.setEnabled(0 <= row < self.model.rowCount() and self.model.sellers[row][0] is not None)

    def here(self) -> list[Visit]:
        """The visits of the cell the keyboard is on."""
        at = self.view.currentIndex()
        return self.model.visits(at.row(), at.column())

    # what is done

    @Slot()
    def turn(self) -> None:
        """A month instead of a week, and back."""
        self._month = not self._month
        self._first, self._last = span(self._first if self._month else max(self._first, min(self._window.today(), self._last)), self._month)
        self.read()

    @Slot()
    def _on_before(self) -> None:
        self._first, self._last = span(add_days(self._first, -1), self._month)
        self.read()

    @Slot()
    def _on_after(self) -> None:
        self._first, self._last = span(add_days(self._last, 1), self._month)
        self.read()

    @Slot()
    def hand_in(self) -> None:
        """Ask for the approval of the week or month of the seller the keyboard is on; one that was asked for already is opened."""
        row = self.view.currentIndex().row()
        week, owner = self.model.week(row), self.model.sellers[row][0]
        if week is not None and week[1] != DRAFT:
            self._window.open_record(VISIT_WEEK.key, week[0])
        elif owner is not None:
            self._tell(None)
            jobs.act(self, partial(_hand_in, owner, self._first, MONTH_SPAN if self._month else WEEK_SPAN), failed=self._on_failed)

    @Slot()
    def show_missed(self) -> None:
        """The list of the clients that were not seen in time."""
        if self._missed:
            self._window.go(self._window.page_of("account"), filters=[("id", "in", self._missed)])

    @Slot()
    def _on_propose(self) -> None:
        self._window.go("visit-plan")

    @Slot(object, int, int, bool)
    def _on_dropped(self, visit: Visit, row: int, column: int, copy: bool) -> None:
        self._put([visit], row, column, copy)

    def shift(self, days: int, sellers: int) -> None:
        """Move what is planned in the cell: to another working day, or to another seller."""
        at, visits = self.view.currentIndex(), self.here()
        if not visits:
            return
        row, column = at.row() + sellers, at.column()
        if days:
            day = rules.next_place(self.model.days[column - 1], days, self._first, self._last)
            column = self.model.days.index(day) + 1
        if 0 <= row < self.model.rowCount() and (row, column) != (at.row(), at.column()):
            self._put(visits, row, column, False)

    def _put(self, visits: list[Visit], row: int, column: int, copy: bool) -> None:
        self._tell(None)
        owner, day = self.model.sellers[row][0], self.model.days[column - 1]
        self.view.setCurrentIndex(self.model.index(row, column))
        jobs.act(self, partial(_do, actions.copy if copy else actions.move, visits, day, owner), failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._tell(error.text)
        else:
            jobs.hub().failed.emit(error)
        self.read()

    def _tell(self, text: Text | None) -> None:
        put(self.problem, "setText", text or "")
        self.problem.setVisible(text is not None)

    def open(self) -> None:
        """Open the visit of the cell; of several, their list."""
        visits, at = self.here(), self.view.currentIndex()
        if len(visits) == 1:
            self._window.open_record(VISIT.key, visits[0].id)
        elif visits:
            day, owner = self.model.days[at.column() - 1], self.model.sellers[at.row()][0]
            self._window.go("visits", filters=[("day", "=", day), ("state", "<>", CANCELLED), *([("owner_id", "=", owner)] if owner else [])])

    # what Qt tells

    @Slot(QModelIndex)
    def _on_double(self, _index: QModelIndex) -> None:
        self.open()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and {"visit", "visit_week", "account", "staff", "care_standard"} & change.tables:
            self.read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()
        if key in ENTER and not held:
            self.open()
            return True
        at = self.view.currentIndex()
        if held != Qt.KeyboardModifier.ControlModifier or at.column() == SELLER:
            return False
        if step := STEPS.get(Qt.Key(key)):
            self.shift(*step)
        elif key == Qt.Key.Key_C:
            self._copied = self.here()
        elif key == Qt.Key.Key_V and self._copied:
            self._put(self._copied, at.row(), at.column(), True)
        else:
            return False
        return True


def _quotas(plan: Plan) -> Text | str:
    out: Text | str = ""
    for level, made, wanted in plan.quotas:
        part = Text("{level} {made}/{wanted}", level=level, made=made, wanted=wanted)
        out = Text("{first} · {second}", first=out, second=part) if out else part
    fresh = sum(1 for one in plan.visits if one.fresh)
    return Text("Visits by class, of the quota: {quotas}; new clients {fresh} of {all}", quotas=out, fresh=fresh, all=len(plan.visits))


def _covered(plan: Plan) -> Text | str:
    found = plan.covered[""]
    clients, money = rules.share(found.clients, found.all_clients), rules.share(found.money, found.all_money)
    if clients is None:
        return ""
    return Text(
        "Seen in time: clients {clients}%, money {money}% (A {a}%)",
        clients=clients, money="–" if money is None else money, a=rules.share(plan.covered["A"].clients, plan.covered["A"].all_clients) or 0,
    )  # fmt: skip


def _plan(first: str, last: str, reader: Any, job: jobs.Job) -> Plan:
    return queries.plan(reader, first, last)


def _do(what: Any, visits: list[Visit], day: str, owner: int | None, desk: Any, job: jobs.Job) -> Any:
    return what(desk, visits, day, owner)


def _hand_in(owner: int, first: str, span: str, desk: Any, job: jobs.Job) -> Any:
    return actions_week.hand_in(desk, owner, first, span)


def visit_grid(window: Window) -> VisitGridPage:
    """The page."""
    return VisitGridPage(window)
