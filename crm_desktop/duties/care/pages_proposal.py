"""The month proposed: a grid of touches with their reasons. Arrows move, Space accepts or leaves out, typing changes a cell, Ctrl+arrow
moves a touch to another working day, Ctrl+Enter takes what is accepted into the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from crm_desktop.duties.care import actions_proposal as actions
from crm_desktop.duties.care import pages_proposal_grid as cells
from crm_desktop.duties.care import queries_proposal as queries
from crm_desktop.duties.care import rules_proposal as rules
from crm_desktop.duties.care import words_proposal as words
from crm_desktop.duties.care.pages_proposed import ProposedPage, Told
from crm_desktop.duties.care.queries_proposal import Looked
from crm_desktop.duties.care.records import CARE_PLAN
from crm_desktop.duties.care.rules import next_period
from crm_desktop.duties.care.rules_proposal import Left, Touch
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import CutLabel, PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WAYS = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}
NOBODY = Text("Nobody has to be seen in this month: all were in time, or have something planned already.")
LOOKING = Text("Looking through the clients")


class ProposalPage(ProposedPage):
    """The proposal of one month."""

    told_by = Told(
        Text("Month proposed"), Text("The month before"), Text("The month after"), Text("Take into the plan"), Text("Take what is accepted into the month's plan"), NOBODY,
    )  # fmt: skip
    widths, narrow, less = (96, 100, 164, 56, 100, 76, 240, 66, 80, 76), 1_000, (3, 5, 8, 9)

    def __init__(self, window: Window) -> None:
        super().__init__(window, 10, 12)
        self._code = next_period(window.today()[:7])
        self._looked: Looked | None = None
        self._names: dict[int, str] = {}  # what is planned, as somebody wrote it
        self.told = CutLabel(self, "soft")
        self._box.insertWidget(1, self.told)
        self.problem = PlainLabel(self, "error")
        self.problem.hide()
        self._box.addWidget(self.problem)

    def _make_grid(self, frame: QFrame) -> tuple[Texts, QTableView]:
        grid = cells.Grid(self.edited, self.change, frame)
        view = table(frame, grid, cells.WHY, name=Text("Month proposed"))
        view.setItemDelegate(cells.Cells(view))
        view.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        return grid, view

    def _begins(self) -> str:
        return self._looked.begin if self._looked else self._code + "-01"

    # what it shows

    def show_args(self, month: str = "", **_: Any) -> None:
        """Propose anew: for the month named, else for the next one."""
        self._mine()
        self._code = month or next_period(self._window.today()[:7])
        jobs.read(self, queries.sellers, self._on_sellers, slot="sellers")

    @Slot(object)
    def _on_sellers(self, sellers: list[tuple[int, str]]) -> None:
        self._owner = self.owners.offer(sellers, self._owner)
        self.read()

    def read(self) -> None:
        """Look through the clients."""
        put(self.span_label, "setText", self._code)
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
        self._found(rules.by_weight(found.month.touches), list(found.month.left))
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

    def _settle(self) -> None:
        super()._settle()
        accepted, looked = self.accepted(), self._looked
        put(
            self.told, "setText",
            Text(
                "{n} of {all} accepted, {amount}; {clients} clients looked at · Space accepts or leaves out, typing changes a cell, Ctrl+→ moves the day",
                n=len(accepted), all=len(self.rows), amount=show_money(sum(one.budget for one in accepted)), clients=f"{looked.clients if looked else 0:,}",
            ),
        )  # fmt: skip

    def _row(self, one: Touch) -> list[Text | str]:
        client = one.client
        return cells.touch_row(one, client.id not in self._out, self._names.get(client.id, ""), self.owners.name_of(client.owner_id))

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

    # what Qt tells

    def _key(self, event: QKeyEvent, touches: bool) -> bool:
        way = WAYS.get(event.key()) if touches and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier else None
        if way is None or self.view.state() == QAbstractItemView.State.EditingState:
            return super()._key(event, touches)
        self.shift(self.view.currentIndex().row(), way)
        return True


def _proposal(code: str, owner: int | None, reader: Any, job: jobs.Job) -> Looked:
    return queries.proposal(reader, code, owner, job.step)


def _accept(code: str, rows: list[Touch], names: list[str], left: list[Left], desk: Any, job: jobs.Job) -> Any:
    return actions.accept(desk, code, rows, names, left)


def _plan(code: str, reader: Any, job: jobs.Job) -> tuple[int, str] | None:
    return queries.plan_of_month(reader, code)


def proposal(window: Window) -> ProposalPage:
    """The page."""
    return ProposalPage(window)
