"""The month proposed: a grid of touches with their reasons. Arrows move, Space accepts or leaves out, typing changes a cell, Ctrl+arrow
moves a touch to another working day, Ctrl+Enter takes what is accepted into the plan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.duties.care import actions_proposal as actions
from crm_desktop.duties.care import pages_proposal_grid as cells
from crm_desktop.duties.care import queries_proposal as queries
from crm_desktop.duties.care import rules_proposal as rules
from crm_desktop.duties.care import words_proposal as words
from crm_desktop.duties.care.queries_proposal import Looked
from crm_desktop.duties.care.records import CARE_PLAN
from crm_desktop.duties.care.rules import next_period
from crm_desktop.duties.care.rules_proposal import Left, Touch
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import jobs, seat
from crm_desktop.ui.decisions import DECISION
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.span_bar import OwnersBox, SpanBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import CutLabel, EmptyNote, PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTHS = (96, 100, 164, 56, 100, 76, 240, 66, 80, 76)
NARROW, LESS = 1_000, (3, 5, 8, 9)  # px of the page below which these columns give way to the reason
NOBODY = Text("Nobody has to be seen in this month: all were in time, or have something planned already.")
LOOKING = Text("Looking through the clients")


class ProposalPage(QWidget):
    """The proposal of one month."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._code = next_period(window.today()[:7])
        self._owner: int | None = None
        self._owner_chosen = False
        self._sellers: dict[int | None, str] = {}
        self._looked: Looked | None = None
        self.rows: list[Touch] = []
        self.left: list[Left] = []
        self._out: set[int] = set()  # client ids
        self._names: dict[int, str] = {}  # what is planned, as somebody wrote it
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(10)
        box.addLayout(self._make_bar())
        self.told = CutLabel(self, "soft")
        box.addWidget(self.told)
        self._body = QStackedWidget(self)
        self._body.addWidget(self._make_table())
        self._body.addWidget(self._make_left())
        self.nothing = EmptyNote(self._body, "calendar-days", NOBODY)
        self._body.addWidget(self.nothing)
        box.addWidget(self._body, 1)
        self.why = PlainLabel(self)
        self.why.setWordWrap(True)
        self.why.setMinimumHeight(2 * self.why.fontMetrics().lineSpacing())
        self.problem = PlainLabel(self, "error")
        self.problem.hide()
        box.addWidget(self.why)
        box.addWidget(self.problem)

    def _make_bar(self) -> QHBoxLayout:
        bar = SpanBar(self, Text("Month proposed"), Text("The month before"), Text("The month after"))
        bar.before.clicked.connect(self._on_before)
        bar.after.clicked.connect(self._on_after)
        self.month_label, self.owners = bar.days, OwnersBox(self)
        self.owners.activated.connect(self._on_owner)
        self.left_button = button(self, Text("Not proposed"))
        self.left_button.setCheckable(True)
        self.left_button.clicked.connect(self._on_turn)
        self.write_button = button(self, Text("Take into the plan"), primary=True, icon="check")
        put(self.write_button, "setToolTip", Text("{words} ({key})", words=Text("Take what is accepted into the month's plan"), key="Ctrl+Enter"))
        self.write_button.clicked.connect(self.write)
        for made in (self.owners, self.left_button, self.write_button):
            bar.addWidget(made)
        return bar

    def _make_table(self) -> QWidget:
        frame, inside = card(self)
        self.grid = cells.Grid(self.edited, self.change, frame)
        self.view = table(frame, self.grid, cells.WHY, name=Text("Month proposed"))
        self.view.setItemDelegate(cells.Cells(self.view))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.view.clicked.connect(self._on_clicked)
        self._dress(self.view, WIDTHS)
        inside.addWidget(self.view)
        return frame

    def _make_left(self) -> QWidget:
        frame, inside = card(self)
        self.left_rows = Texts(cells.LEFT_HEADINGS, frame, right=(5,))
        self.left_view = table(frame, self.left_rows, 4, name=Text("Not proposed"))
        self._dress(self.left_view, cells.LEFT_WIDTHS)
        inside.addWidget(self.left_view)
        return frame

    def _dress(self, view: QTableView, widths: Sequence[int]) -> None:
        for at, width in enumerate(widths):
            view.setColumnWidth(at, width)
        view.installEventFilter(self)
        view.selectionModel().currentChanged.connect(self._on_current)

    # what it shows

    def show_args(self, month: str = "", **_: Any) -> None:
        """Propose anew: for the month named, else for the next one."""
        here = seat.here()
        if not self._owner_chosen and here:
            self._owner = here.person_id
        self._code = month or next_period(self._window.today()[:7])
        jobs.read(self, queries.sellers, self._on_sellers, slot="sellers")

    def focus_first(self) -> None:
        """Put the keyboard on the rows."""
        view = {0: self.view, 1: self.left_view}.get(self._body.currentIndex(), self.owners)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_sellers(self, sellers: list[tuple[int, str]]) -> None:
        self._sellers = dict(sellers)
        self._owner = self.owners.offer(sellers, self._owner)
        self.read()

    def read(self) -> None:
        """Look through the clients."""
        put(self.month_label, "setText", self._code)
        put(self.told, "setText", Text("Looking through the clients"))
        self._tell(None)
        job = jobs.work(self, partial(_proposal, self._code, self._owner), self._on_read, failed=self._on_failed, progress=self._window.busy.progress)
        self._window.busy.begin(job, LOOKING)

    @Slot(object)
    def _on_read(self, found: Looked) -> None:
        self._window.busy.end()
        if found.code != self._code:
            return
        self._looked, self._out, self._names = found, set(), {}
        self.rows, self.left = rules.by_weight(found.month.touches), list(found.month.left)
        self.left_button.setChecked(False)
        self._body.setCurrentIndex(0 if self.rows else 2)
        self._show(0)
        self._on_current()
        if self.isVisible():
            self.focus_first()

    def _on_failed(self, error: Exception) -> None:
        self._window.busy.end()
        if isinstance(error, jobs.Cancelled):
            put(self.told, "setText", Text("Stopped; nothing was proposed. Choose the month again to begin anew."))
            return
        self.write_button.setEnabled(True)
        if isinstance(error, Refused):
            self._tell(error.text)
        else:
            jobs.hub().failed.emit(error)

    def _show(self, at: int) -> None:
        column = max(0, self.view.currentIndex().column())
        self.grid.show_rows([self._row(one) for one in self.rows])
        if self.rows:
            self.view.setCurrentIndex(self.grid.index(min(at, len(self.rows) - 1), column))
        self.left_rows.show_rows([self._left_row(one) for one in self.left])
        self._settle()

    def _settle(self) -> None:
        accepted, looked = self.accepted(), self._looked
        put(
            self.told, "setText",
            Text(
                "{n} of {all} accepted, {amount}; {clients} clients looked at · Space accepts or leaves out, typing changes a cell, Ctrl+→ moves the day",
                n=len(accepted), all=len(self.rows), amount=show_money(sum(one.budget for one in accepted)), clients=f"{looked.clients if looked else 0:,}",
            ),
        )  # fmt: skip
        put(self.left_button, "setText", Text("Not proposed: {n}", n=f"{len(self.left):,}"))
        self.left_button.setEnabled(bool(self.left))
        self.write_button.setEnabled(bool(accepted))

    def _row(self, one: Touch) -> list[Text | str]:
        client = one.client
        return cells.touch_row(one, client.id not in self._out, self._names.get(client.id, ""), self._sellers.get(client.owner_id, ""))

    def _left_row(self, one: Left) -> list[Text | str]:
        return cells.left_row(one, self._looked.begin if self._looked else self._code + "-01", self._sellers.get(one.client.owner_id, ""))

    @Slot()
    def _on_current(self, *_: Any) -> None:
        put(self.why, "setText", self._sentence())

    def _sentence(self) -> Text | str:
        if self._body.currentIndex() == 1:
            at = self.left_view.currentIndex().row()
            return words.left_sentence(self.left[at], self._looked.begin) if self._looked and 0 <= at < len(self.left) else ""
        at = self.view.currentIndex().row()
        if not 0 <= at < len(self.rows):
            return ""
        return Text("{first} ({second})", first=words.sentence(self.rows[at]), second=words.points(self.rows[at]))

    def accepted(self) -> list[Touch]:
        """The touches that go into the plan."""
        return [one for one in self.rows if one.client.id not in self._out]

    # what is changed in a cell

    def edited(self, row: int, column: int) -> str:
        """What the editor of a cell begins with."""
        one = self.rows[row]
        return {
            cells.DAY: one.day, cells.KIND: one.kind, cells.WHY: self._names.get(one.client.id) or say(words.why(one)), cells.BUDGET: show_money(one.budget) if one.budget else "",
        }.get(column, "")  # fmt: skip

    def change(self, row: int, column: int, value: Any) -> bool:
        """Take over what was typed; what cannot be is said below and changes nothing."""
        one, typed = self.rows[row], str(value or "")
        self._tell(None)
        try:
            if column == cells.WHY:
                self._names[one.client.id] = typed.strip()[: actions.WORDS]
            self.rows[row] = cells.changed(one, column, typed, self._code)
        except Refused as error:
            self._tell(error.text)
            return False
        self.grid.show_row(row, self._row(self.rows[row]))
        self._settle()
        self._on_current()
        return True

    def shift(self, row: int, step: int) -> None:
        """A touch one working day later or earlier."""
        if 0 <= row < len(self.rows):
            self.change(row, cells.DAY, rules.shifted(self.rows[row].day, step, self._code))

    # what is done

    @Slot()
    def _on_owner(self) -> None:
        self._owner, self._owner_chosen = self.owners.currentData(), True
        self.read()

    @Slot()
    def _on_before(self) -> None:
        earliest = self._window.today()[:7]
        year, month = divmod(int(self._code[:4]) * 12 + int(self._code[5:7]) - 2, 12)
        self._code = max(earliest, f"{year:04d}-{month + 1:02d}")
        self.read()

    @Slot()
    def _on_after(self) -> None:
        self._code = next_period(self._code)
        self.read()

    @Slot()
    def _on_turn(self) -> None:
        self._body.setCurrentIndex(1 if self.left_button.isChecked() else 0 if self.rows else 2)
        self._on_current()
        self.focus_first()

    def toggle(self, at: int, step: int = 0) -> None:
        """Accept a row or leave it out, and go on to another."""
        if 0 <= at < len(self.rows):
            self._out ^= {self.rows[at].client.id}
            self.grid.show_row(at, self._row(self.rows[at]))
            to = min(max(0, at + step), len(self.rows) - 1)
            self.view.setCurrentIndex(self.grid.index(to, self.view.currentIndex().column()))
            self._settle()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == DECISION:
            self.toggle(index.row())

    @Slot()
    def write(self) -> None:
        """Take what is accepted into the month's plan and show the plan."""
        if rows := self.accepted():
            self.write_button.setEnabled(False)
            names = [self._names.get(one.client.id, "") for one in rows]
            jobs.act(self, partial(_accept, self._code, rows, names, self.left), self._on_written, failed=self._on_failed)

    @Slot(object)
    def _on_written(self, change: Any) -> None:
        jobs.read(self, partial(_plan, self._code), self._on_plan, slot="plan")

    @Slot(object)
    def _on_plan(self, plan: tuple[int, str] | None) -> None:
        if plan is not None:
            self._window.open_record(CARE_PLAN.key, plan[0])

    def _tell(self, text: Text | None) -> None:
        put(self.problem, "setText", text or "")
        self.problem.setVisible(text is not None)

    def open(self) -> None:
        """Open the client the keyboard is on."""
        rows: list[Any] = self.left if self._body.currentIndex() == 1 else self.rows
        at = (self.left_view if self._body.currentIndex() == 1 else self.view).currentIndex().row()
        if 0 <= at < len(rows):
            self._window.open_record("account", rows[at].client.id)

    # what Qt tells

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event, watched is self.view):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent, touches: bool) -> bool:
        held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()
        if touches and self.view.state() == QAbstractItemView.State.EditingState:
            return False  # a line that takes Return lets it pass as well
        if key in ENTER and not held:
            self.open()
            return True
        if not touches:
            return False
        at = self.view.currentIndex().row()
        if key == Qt.Key.Key_Space and not held:
            self.toggle(at, 1)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and held == Qt.KeyboardModifier.ControlModifier:
            self.shift(at, 1 if key == Qt.Key.Key_Right else -1)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.write()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in LESS:
            self.view.setColumnHidden(column, self.width() < NARROW)


def _proposal(code: str, owner: int | None, reader: Any, job: jobs.Job) -> Looked:
    return queries.proposal(reader, code, owner, job.step)


def _accept(code: str, rows: list[Touch], names: list[str], left: list[Left], desk: Any, job: jobs.Job) -> Any:
    return actions.accept(desk, code, rows, names, left)


def _plan(code: str, reader: Any, job: jobs.Job) -> tuple[int, str] | None:
    return queries.plan_of_month(reader, code)


def proposal(window: Window) -> ProposalPage:
    """The page."""
    return ProposalPage(window)
