"""The call sheet: who is to be called today, the first on top, with every factor in words; a step is done or skipped from it, the letter that
waits is shown, a call or a promise is written down with its own key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.credit import queries_collection as queries
from crm_desktop.duties.credit import queries_forecast, rules_calls
from crm_desktop.duties.credit import words_collection as words
from crm_desktop.duties.credit.pages_objections import ObjectionLine
from crm_desktop.duties.credit.pages_stop import StopStrip
from crm_desktop.duties.credit.queries_collection import CallRow, CallSheet
from crm_desktop.duties.credit.rules_forecast import Expected
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER, Edit
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("Client"), Text("Owner"), Text("Overdue"), Text("Days late"), Text("Expected on"), Text("What is next"), Text("What presses"), Text("Phone"))
WIDTHS = {1: 68, 2: 104, 3: 78, 4: 100, 5: 236, 6: 128, 7: 132}
BESIDE, NARROW = (6, 7), 900  # columns that make room in a window of so many pixels
RIGHT = (2, 3)
WATCHED = frozenset(("receivable", "receipt", "application", "promise", "collection_step", "dispute", "instalment_plan", "ladder_step", "account"))
LETTERS = {1: "F32-1", 2: "F32-2", 3: "F32-3"}
OF_STEP = {"lawyer": "F32-4", "suit": "F31B"}  # the papers of steps that are no letters of the hotel


class CallsPage(QWidget):
    """The calls of today."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._found: list[CallRow] = []
        self._staff: Sequence[Row] = ()
        self._expected: dict[int, Expected] = {}  # of each client's oldest bill
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(10)
        box.addLayout(self._make_bar())
        self.told = PlainLabel(self, "soft")
        box.addWidget(self.told)
        frame, inside = card(self)
        self.rows = Texts(HEADINGS, frame, RIGHT)
        self.view = table(frame, self.rows, 0, name=Text("Collection calls"))
        for at, width in WIDTHS.items():
            self.view.setColumnWidth(at, width)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(self._on_double)
        inside.addWidget(self.view)
        box.addWidget(frame, 1)
        self.stop_strip = StopStrip(self)
        self.stop_strip.closed.connect(self.focus_first)
        box.addWidget(self.stop_strip)
        self._add_foot(box)
        jobs.hub().changed.connect(self._on_changed)

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(PlainLabel(self, "h1", Text("Collection calls")))
        bar.addStretch(1)
        self.letter_button = button(self, Text("Demand letter"), icon="printer", key="Ctrl+D")
        self.file_button = button(self, Text("Credit file"), icon="receipt-text")
        self.stop_button = button(self, Text("Stop credit …"), icon="minus")
        for made, run in ((self.letter_button, self.letter), (self.stop_button, self.stop), (self.file_button, self.open)):
            made.clicked.connect(run)
            bar.addWidget(made)
        return bar

    def _add_foot(self, box: QVBoxLayout) -> None:
        """Why this client, what to say, what was said last; the line of the answer."""
        self.why, self.say_next, self.last = PlainLabel(self), PlainLabel(self), PlainLabel(self, "soft")
        for label in (self.why, self.say_next, self.last):
            label.setWordWrap(True)
            box.addWidget(label)
        self.they_say = ObjectionLine(self)
        box.addWidget(self.they_say)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.answer = Edit(self)
        put(self.answer, "setPlaceholderText", Text("What was answered, or why the step is skipped"))
        put(self.answer, "setAccessibleName", Text("What was answered, or why the step is skipped"))
        self.answer.entered.connect(self.done)
        self.done_button = button(self, Text("Step done"), primary=True, key="Ctrl+S")
        self.skip_button = button(self, Text("Skip, with a reason"))
        self.done_button.clicked.connect(self.done)
        self.skip_button.clicked.connect(self.skip)
        line.addWidget(self.answer, 1)
        line.addWidget(self.done_button)
        line.addWidget(self.skip_button)
        box.addLayout(line)
        box.addWidget(LiveOffer(self, self.answer))
        self.problem = PlainLabel(self, "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        box.addWidget(self.problem)

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self._tell(None)
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the calls."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> tuple[str, int] | None:
        """The client the keyboard is on: what a call or a promise is written down about."""
        row = self.chosen()
        return ("account", row.debtor.id) if row else None

    # what it shows

    def read(self) -> None:
        """Read the sheet of today."""
        jobs.read(self, partial(_sheet, self._window.today()), self._on_read, slot="calls")

    @Slot(object)
    def _on_read(self, sheet: CallSheet) -> None:
        put(self.told, "setText", _told(sheet))
        self._staff = sheet.staff
        self._show(sheet.rows)
        bills = {row.debtor.id: bill for row in sheet.rows if (bill := row.debtor.first_late(self._window.today()))}
        jobs.read(self, partial(_forecast, self._window.today(), bills), self._on_forecast, slot="forecast")

    @Slot(object)
    def _on_forecast(self, expected: dict[int, Expected]) -> None:
        """The forecast comes after the sheet: it is learned from every bill of three years. Of equal calls the later money goes first."""
        self._expected = expected
        by_id = {row.debtor.id: row for row in self._found}
        order = rules_calls.ordered((row.call for row in self._found), {client: each.day for client, each in expected.items()})
        self._show([by_id[call.account_id] for call in order])

    def _show(self, found: list[CallRow]) -> None:
        """Show these calls, with the keyboard on the client it was on."""
        before, at = self.chosen(), max(0, self.view.currentIndex().row())
        self._found = found
        self.rows.show_rows([_cells(row, self._expected.get(row.debtor.id)) for row in found])
        if found:
            same = next((n for n, row in enumerate(found) if before and row.debtor.id == before.debtor.id), min(at, len(found) - 1))
            flag = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().setCurrentIndex(self.rows.index(same, 0), flag.ClearAndSelect | flag.Rows)
        self._settle()

    def chosen(self) -> CallRow | None:
        """The call the keyboard is on."""
        at = self.view.currentIndex().row()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _settle(self) -> None:
        row = self.chosen()
        waits = bool(row and row.waiting)
        self.letter_button.setEnabled(bool(row))
        self.file_button.setEnabled(bool(row))
        self.stop_button.setEnabled(bool(row and row.debtor.credit != "none"))
        put(self.stop_button, "setText", Text("Resume credit …") if row and row.debtor.credit == "stopped" else Text("Stop credit …"))
        self.done_button.setEnabled(waits)
        self.skip_button.setEnabled(waits)
        put(self.why, "setText", Text("Why here: {factors}", factors=words.factors(row, self._expected.get(row.debtor.id))) if row else "")
        put(self.say_next, "setText", Text("Say: {argument}", argument=words.argument(row)) if row else "")
        put(self.last, "setText", words.standing(row, self._staff, self._window.today()) if row else "")
        self.they_say.show_client((row.debtor.id, row.debtor.first_late(self._window.today())) if row else None, self._window.today())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for at in BESIDE:
            self.view.setColumnHidden(at, self.width() < NARROW)

    # what can be done

    @Slot()
    def done(self) -> None:
        """The step that waits was done; what is typed is the answer."""
        self._write(_done)

    @Slot()
    def skip(self) -> None:
        """The step is left out; what is typed is why."""
        self._write(_skipped)

    def _write(self, work: Any) -> None:
        row = self.chosen()
        if row and row.waiting:
            self._tell(None)
            jobs.act(self, partial(work, row.debtor.id, row.waiting[0].step.key, self.answer.text().strip()), self._on_written, failed=self._on_failed)

    @Slot(object)
    def _on_written(self, _change: Any) -> None:
        self.answer.clear()
        self.read()
        self.focus_first()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._tell(error.text)
            self.read()
        else:
            jobs.hub().failed.emit(error)

    def _tell(self, text: Text | None) -> None:
        put(self.problem, "setText", text or "")
        self.problem.setVisible(text is not None)

    @Slot()
    def letter(self) -> None:
        """Show the letter that waits; the statement with its slip where none does."""
        from crm_desktop.documents import library
        from crm_desktop.ui import papers

        row = self.chosen()
        if row is None:
            return
        waits = [each.step for each in row.waiting]
        first = next((key for step in waits if (key := OF_STEP.get(step.key) or LETTERS.get(step.letter))), "F31")
        keys = [first, *(key for key in ("F31", "F31C", *LETTERS.values(), *OF_STEP.values(), "F07B") if key != first)]
        papers.show(self._window, [library.form(self._window.duties, key) for key in keys], row.debtor.id)

    @Slot()
    def stop(self) -> None:
        """Show what stopping the client's credit hits, or that it is resumed."""
        if row := self.chosen():
            self.stop_strip.ask(row.debtor.id, row.debtor.name, row.debtor.credit, self._window.today())

    @Slot()
    def open(self) -> None:
        """Open the credit file of the client the keyboard is on."""
        row = self.chosen()
        if row is not None:
            self._window.open_record("account", row.debtor.id)

    # others

    @Slot()
    def _on_row(self, *_: Any) -> None:
        self._settle()

    @Slot(object)
    def _on_double(self, _index: object) -> None:
        self.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.open()
            return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and WATCHED & set(change.tables):
            self.read()


def _cells(row: CallRow, expected: Expected | None) -> tuple[Text | str, ...]:
    presses: Text | str = ""
    for each in row.call.presses:
        presses = Text("{first}, {second}", first=presses, second=words.SHORT_PRESSES[each]) if presses else words.SHORT_PRESSES[each]
    return row.debtor.name, row.debtor.owner, show_money(row.call.overdue), str(row.oldest), expected.day if expected and expected.told else "", words.next_words(row), presses, row.debtor.phone


def _told(sheet: CallSheet) -> Text:
    words = Text("{count} calls, {amount} overdue and undisputed · Ctrl+L call, F7 promise, Ctrl+D letter", count=f"{sheet.whole:,}", amount=show_money(sheet.overdue))
    return Text("The first {count} of {words}", count=f"{len(sheet.rows):,}", words=words) if len(sheet.rows) < sheet.whole else words


def _sheet(day: str, reader: Any, _job: jobs.Job) -> CallSheet:
    return queries.calls(reader, day)


def _forecast(day: str, bills: dict[int, int], reader: Any, _job: jobs.Job) -> dict[int, Expected]:
    return queries_forecast.expected_of_clients(reader, day, bills)


def _done(account_id: int, key: str, answer: str, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions_collection

    return actions_collection.step_done(desk, account_id, key, answer)


def _skipped(account_id: int, key: str, answer: str, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions_collection

    return actions_collection.step_skipped(desk, account_id, key, answer)


def calls(window: Window) -> CallsPage:
    """The page."""
    return CallsPage(window)
