"""Next week's visits: a proposal, row by row. Arrows move, Space accepts or leaves out, Ctrl+Enter plans what is accepted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.duties.care import words_proposal as words
from crm_desktop.duties.care.pages_proposal_grid import LEFT_HEADINGS, LEFT_WIDTHS, left_row, short_day
from crm_desktop.duties.care.queries_proposal import sellers
from crm_desktop.duties.care.rules_proposal import Left, Month, Touch
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.visits import actions, queries
from crm_desktop.duties.visits.records import PLANNED, VISIT
from crm_desktop.duties.visits.rules import kind_of, next_week
from crm_desktop.record.dates import add_days
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, seat
from crm_desktop.ui.decisions import DECISION, LEFT_OUT, TAKEN, Decisions
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.span_bar import OwnersBox, SpanBar
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = (
    Text("Decision"), Text("Day"), Text("Client"), Text("Class"), Text("Kind"), Text("Contact"), Text("Why"), Text("In 12 months"),
    Text("Owner"),
)  # fmt: skip
WIDTHS = (84, 100, 164, 56, 100, 76, 200, 108, 80)
WHY, REVENUE = 6, 7
ROWS, LEFT, NONE = range(3)  # what the page shows: whom to see, whom not, that there is nobody
NARROW, LESS = 900, (3, 4, 5, 8)  # px of the table below which these columns give way to the reason
NOBODY = Text("Nobody has to be seen this week: every client of class A to D was in time, or has a visit planned already.")


class PlanPage(QWidget):
    """The proposal of one week."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._week = next_week(window.today())
        self._owner: int | None = None
        self._owner_chosen = False
        self._sellers: list[tuple[int, str]] = []
        self.rows: list[Touch] = []
        self.left: list[Left] = []  # whom nobody proposes, and why
        self._left_out: set[int] = set()  # account ids
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        self._body = QStackedWidget(self)
        self._body.addWidget(self._make_table())
        self._body.addWidget(self._make_left())
        self.nothing = EmptyNote(self._body, "calendar-days", NOBODY)
        self._body.addWidget(self.nothing)
        box.addWidget(self._body, 1)
        self.why = PlainLabel(self)
        self.why.setWordWrap(True)
        self.why.setMinimumHeight(2 * self.why.fontMetrics().lineSpacing())
        box.addWidget(self.why)
        foot = QHBoxLayout()
        self.count_label = PlainLabel(self, "soft")
        foot.addWidget(self.count_label, 1)
        foot.addWidget(PlainLabel(self, "soft", Text("Space accepts or leaves out, Ctrl+Enter plans what is accepted")))
        box.addLayout(foot)

    def _make_bar(self) -> QHBoxLayout:
        bar = SpanBar(self, Text("Proposed visits"), Text("The week before"), Text("The week after"))
        bar.before.clicked.connect(self._on_before)
        bar.after.clicked.connect(self._on_after)
        self.week_label, self.owners = bar.days, OwnersBox(self)
        self.owners.activated.connect(self._on_owner)
        bar.addWidget(self.owners)
        self.left_button = button(self, Text("Not proposed"))
        self.left_button.setCheckable(True)
        self.left_button.clicked.connect(self._on_turn)
        bar.addWidget(self.left_button)
        self.write_button = button(self, Text("Plan accepted"), primary=True, icon="check")
        put(self.write_button, "setToolTip", Text("{words} ({key})", words=Text("Plan the accepted visits"), key="Ctrl+Enter"))
        self.write_button.clicked.connect(self.write)
        bar.addWidget(self.write_button)
        return bar

    def _make_table(self) -> QWidget:
        frame, inside = card(self)
        self._texts = Texts(HEADINGS, frame, right=(REVENUE,))
        self.view = table(frame, self._texts, WHY, name=Text("Proposed visits"))
        self.view.setItemDelegate(Decisions(self.view))
        for at, width in enumerate(WIDTHS):
            self.view.setColumnWidth(at, width)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.view.clicked.connect(self._on_clicked)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        inside.addWidget(self.view)
        return frame

    def _make_left(self) -> QWidget:
        frame, inside = card(self)
        self.left_rows = Texts(LEFT_HEADINGS, frame, right=(len(LEFT_HEADINGS) - 1,))
        self.left_view = table(frame, self.left_rows, 4, name=Text("Not proposed"))
        for at, width in enumerate(LEFT_WIDTHS):
            self.left_view.setColumnWidth(at, width)
        self.left_view.installEventFilter(self)
        self.left_view.selectionModel().currentChanged.connect(self._on_current)
        inside.addWidget(self.left_view)
        return frame

    # what it shows

    def show_args(self, week: str = "", **_: Any) -> None:
        """Propose anew: for the week named, else for the next one."""
        here = seat.here()
        if not self._owner_chosen and here:
            self._owner = here.person_id
        self._week = week or next_week(self._window.today())
        self.read()
        jobs.read(self, sellers, self._on_sellers, slot="sellers")

    def focus_first(self) -> None:
        """Put the keyboard on the rows."""
        {ROWS: self.view, LEFT: self.left_view}.get(self._body.currentIndex(), self.owners).setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read the proposal of the week."""
        put(self.week_label, "setText", Text("{first} to {last}", first=self._week, last=add_days(self._week, 6)))
        jobs.read(self, partial(_proposal, self._owner, self._week), self._on_proposal, slot="proposal")

    @Slot(object)
    def _on_proposal(self, found: Month) -> None:
        self.rows, self.left = found.touches, list(found.left)
        was_here = self.owners.hasFocus() or self.view.hasFocus() or self.left_view.hasFocus()
        self.left_button.setChecked(False)
        self._body.setCurrentIndex(ROWS if self.rows else NONE)
        self._show(0)
        if was_here or QApplication.focusWidget() is None:
            self.focus_first()

    def _show(self, at: int) -> None:
        self._texts.show_rows([self._row(one) for one in self.rows])
        if self.rows:
            self.view.selectRow(min(at, len(self.rows) - 1))
        accepted = len(self.accepted())
        put(self.count_label, "setText", Text("{n} of {all} accepted", n=accepted, all=len(self.rows)))
        self.write_button.setEnabled(accepted > 0)
        put(self.left_button, "setText", Text("Not proposed: {n}", n=f"{len(self.left):,}"))
        self.left_button.setEnabled(bool(self.left))
        if self._body.currentIndex() == LEFT:
            self._show_left()
        self._on_current()

    def _show_left(self) -> None:
        """Whom nobody proposes: made when somebody looks, the rows above are waited for."""
        self.left_rows.show_rows([left_row(one, self._week, self._owner_words(one.client.owner_id)) for one in self.left])
        self.left_view.selectRow(0)

    def _owner_words(self, owner_id: int | None) -> str:
        return next((self.owners.itemText(n) for n in range(1, self.owners.count()) if self.owners.itemData(n) == owner_id), "")

    @Slot()
    def _on_current(self, *_: Any) -> None:
        """All reasons of the row the keyboard is on in one sentence, and their points; or why nobody is proposed."""
        if self._body.currentIndex() == LEFT:
            at = self.left_view.currentIndex().row()
            put(self.why, "setText", words.left_sentence(self.left[at], self._week) if 0 <= at < len(self.left) else "")
            return
        at = self.view.currentIndex().row()
        one = self.rows[at] if 0 <= at < len(self.rows) else None
        put(self.why, "setText", Text("{first} ({second})", first=words.sentence(one), second=words.points(one)) if one else "")

    def _row(self, one: Touch) -> list[Text | str]:
        client = one.client
        kind = VISIT.by_name["kind"].choice_text(kind_of(one.kind, client.level))
        decision = LEFT_OUT if client.id in self._left_out else TAKEN
        return [
            decision, short_day(one.day), client.name, client.level, kind, one.person, words.why(one),
            show_money(client.now), self._owner_words(client.owner_id),
        ]  # fmt: skip

    def accepted(self) -> list[Touch]:
        """The rows that will be planned."""
        return [one for one in self.rows if one.client.id not in self._left_out]

    @Slot(object)
    def _on_sellers(self, found: list[tuple[int, str]]) -> None:
        owner, new = self.owners.offer(found, self._owner), found != self._sellers
        self._sellers = found
        if owner != self._owner:  # who sits here looks after no clients: everybody's
            self._owner = owner
            self.read()
        if new:
            self._show(max(0, self.view.currentIndex().row()))

    # what is done

    @Slot()
    def _on_owner(self) -> None:
        self._owner, self._owner_chosen = self.owners.currentData(), True
        self.read()

    @Slot()
    def _on_before(self) -> None:
        self._week = max(add_days(self._week, -7), next_week(add_days(self._window.today(), -7)))
        self.read()

    @Slot()
    def _on_after(self) -> None:
        self._week = add_days(self._week, 7)
        self.read()

    @Slot()
    def _on_turn(self) -> None:
        self._body.setCurrentIndex(LEFT if self.left_button.isChecked() else ROWS if self.rows else NONE)
        if self.left_button.isChecked():
            self._show_left()
        self._on_current()
        self.focus_first()

    def toggle(self, at: int, step: int = 0) -> None:
        """Accept a row or leave it out, and go on to another."""
        if 0 <= at < len(self.rows):
            self._left_out ^= {self.rows[at].client.id}
            self._show(at + step)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == DECISION:
            self.toggle(index.row())

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        opens = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if opens and watched is self.left_view:
            at = self.left_view.currentIndex().row()
            if 0 <= at < len(self.left):
                self._window.open_record(ACCOUNT.key, self.left[at].client.id)
                return True
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            at = self.view.currentIndex().row()
            if event.key() == Qt.Key.Key_Space and not event.modifiers():
                self.toggle(at, 1)
                return True
            if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and at >= 0:
                self._window.open_record(ACCOUNT.key, self.rows[at].client.id)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in LESS:
            self.view.setColumnHidden(column, self.width() < NARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.write()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The rows and the first choice are no words of a widget: they are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "count_label"):
            self._show(max(0, self.view.currentIndex().row()))
        super().changeEvent(event)


def _proposal(owner: int | None, week: str, reader: Any, job: jobs.Job) -> Month:
    return queries.proposed(reader, owner, week)


def _accept(rows: list[Touch], desk: Any, job: jobs.Job) -> Any:
    return actions.accept(desk, rows)


def visit_plan(window: Window) -> PlanPage:
    """The page."""
    return PlanPage(window)
