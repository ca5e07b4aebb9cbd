"""Next week's visits: a proposal, row by row. Arrows move, Space accepts or leaves out, Ctrl+Enter plans what is accepted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QTableView

from crm_desktop.duties.care import words_proposal as words
from crm_desktop.duties.care.pages_proposal_grid import short_day
from crm_desktop.duties.care.pages_proposed import ProposedPage, Told
from crm_desktop.duties.care.queries_proposal import sellers
from crm_desktop.duties.care.rules_proposal import Month, Touch
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.visits import actions, queries
from crm_desktop.duties.visits.records import PLANNED, VISIT
from crm_desktop.duties.visits.rules import kind_of, next_week
from crm_desktop.record.dates import add_days
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.decisions import DECISION, LEFT_OUT, TAKEN, Decisions
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = (
    Text("Decision"), Text("Day"), Text("Client"), Text("Class"), Text("Kind"), Text("Contact"), Text("Why"), Text("In 12 months"),
    Text("Owner"),
)  # fmt: skip
WHY, REVENUE = 6, 7
NOBODY = Text("Nobody has to be seen this week: every client of class A to D was in time, or has a visit planned already.")


class PlanPage(ProposedPage):
    """The proposal of one week."""

    told_by = Told(Text("Proposed visits"), Text("The week before"), Text("The week after"), Text("Plan accepted"), Text("Plan the accepted visits"), NOBODY)
    widths, narrow, less = (84, 100, 164, 56, 100, 76, 200, 108, 80), 900, (3, 4, 5, 8)

    def __init__(self, window: Window) -> None:
        super().__init__(window, 12, 16)
        self._week = next_week(window.today())
        self._sellers: list[tuple[int, str]] = []
        foot = QHBoxLayout()
        self.count_label = PlainLabel(self, "soft")
        foot.addWidget(self.count_label, 1)
        foot.addWidget(PlainLabel(self, "soft", Text("Space accepts or leaves out, Ctrl+Enter plans what is accepted")))
        self._box.addLayout(foot)

    def _make_grid(self, frame: QFrame) -> tuple[Texts, QTableView]:
        grid = Texts(HEADINGS, frame, right=(REVENUE,))
        view = table(frame, grid, WHY, name=Text("Proposed visits"))
        view.setItemDelegate(Decisions(view))
        view.doubleClicked.connect(self._on_double_clicked)
        return grid, view

    def _begins(self) -> str:
        return self._week

    # what it shows

    def show_args(self, week: str = "", **_: Any) -> None:
        """Propose anew: for the week named, else for the next one."""
        self._mine()
        self._week = week or next_week(self._window.today())
        self.read()
        jobs.read(self, sellers, self._on_sellers, slot="sellers")

    def read(self) -> None:
        """Read the proposal of the week."""
        put(self.span_label, "setText", Text("{first} to {last}", first=self._week, last=add_days(self._week, 6)))
        jobs.read(self, partial(_proposal, self._owner, self._week), self._on_proposal, slot="proposal")

    @Slot(object)
    def _on_proposal(self, found: Month) -> None:
        was_here = self.owners.hasFocus() or self.view.hasFocus() or self.left_view.hasFocus()
        self._found(found.touches, list(found.left))
        if was_here or QApplication.focusWidget() is None:
            self.focus_first()

    def _settle(self) -> None:
        super()._settle()
        put(self.count_label, "setText", Text("{n} of {all} accepted", n=len(self.accepted()), all=len(self.rows)))

    def _row(self, one: Touch) -> list[Text | str]:
        client = one.client
        kind = VISIT.by_name["kind"].choice_text(kind_of(one.kind, client.level))
        decision = LEFT_OUT if client.id in self._out else TAKEN
        return [
            decision, short_day(one.day), client.name, client.level, kind, one.person, words.why(one),
            show_money(client.now), self.owners.name_of(client.owner_id),
        ]  # fmt: skip

    @Slot(object)
    def _on_sellers(self, found: list[tuple[int, str]]) -> None:
        owner, new = self.owners.offer(found, self._owner), found != self._sellers
        self._sellers = found
        if owner != self._owner:  # who sits here looks after no clients: everybody's
            self._owner = owner
            self.read()
        if new:
            self._show(self.view.currentIndex().row())

    # what is done

    @Slot()
    def _on_before(self) -> None:
        self._week = max(add_days(self._week, -7), next_week(add_days(self._window.today(), -7)))
        self.read()

    @Slot()
    def _on_after(self) -> None:
        self._week = add_days(self._week, 7)
        self.read()

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() != DECISION:
            self._window.open_record(ACCOUNT.key, self.rows[index.row()].client.id)

    @Slot()
    def write(self) -> None:
        """Plan what is accepted and show it among the visits."""
        if rows := self.accepted():
            self.write_button.setEnabled(False)
            jobs.act(self, partial(_accept, rows), self._on_written, failed=self._on_failed)

    @Slot(object)
    def _on_written(self, change: Any) -> None:
        week = self._week
        self._window.go("visits", filters=[("state", "=", PLANNED), ("day", ">=", week), ("day", "<", add_days(week, 7))])

    def _on_failed(self, error: Exception) -> None:
        self._show(self.view.currentIndex().row())
        jobs.hub().failed.emit(error)

    # what Qt tells

    def changeEvent(self, event: QEvent) -> None:
        """The rows and the first choice are no words of a widget: they are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "count_label"):
            self._show(self.view.currentIndex().row())
        super().changeEvent(event)


def _proposal(owner: int | None, week: str, reader: Any, job: jobs.Job) -> Month:
    return queries.proposed(reader, owner, week)


def _accept(rows: list[Touch], desk: Any, job: jobs.Job) -> Any:
    return actions.accept(desk, rows)


def visit_plan(window: Window) -> PlanPage:
    """The page."""
    return PlanPage(window)
