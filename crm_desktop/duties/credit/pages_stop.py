"""Stopping a client's credit: first what of its bookings that hits is shown, then it is done with its reason; resuming it the same way."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.credit import queries_collection as queries
from crm_desktop.duties.credit import words_stop as words
from crm_desktop.duties.credit.queries_collection import Hit
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

WHY = Text("Why: the cash points are told, the log keeps it")


class StopStrip(QFrame):
    """Below a list of clients: shown for one of them, put away again. `closed` tells that the keyboard may go back."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self._id, self._stops = 0, True
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(6)
        self.title, self.hits, self.problem = PlainLabel(self, "h2"), PlainLabel(self), PlainLabel(self, "error")
        for label in (self.title, self.hits, self.problem):
            label.setWordWrap(True)
            box.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.reason = Edit(self)
        put(self.reason, "setPlaceholderText", WHY)
        put(self.reason, "setAccessibleName", WHY)
        self.reason.entered.connect(self.go)
        self.go_button, self.leave_button = button(self, words.STOP, primary=True), button(self, Text("Leave it as it stands"))
        self.go_button.clicked.connect(self.go)
        self.leave_button.clicked.connect(self.leave)
        line.addWidget(self.reason, 1)
        line.addWidget(self.go_button)
        line.addWidget(self.leave_button)
        box.addLayout(line)
        box.addWidget(LiveOffer(self, self.reason))
        self.hide()

    def ask(self, account_id: int, name: str, credit: str, day: str) -> None:
        """Show what stopping (or resuming) this client's credit would mean."""
        self._id, self._stops = account_id, credit != "stopped"
        put(self.title, "setText", words.title(name, self._stops))
        put(self.go_button, "setText", words.STOP if self._stops else words.RESUME)
        self._tell(None)
        put(self.hits, "setText", "")
        jobs.read(self, partial(_hits, account_id, day), self._on_hits, slot="hits")
        self.show()
        self.reason.setFocus()

    @Slot(object)
    def _on_hits(self, answer: tuple[int, list[Hit]]) -> None:
        if answer[0] == self._id:
            put(self.hits, "setText", words.hits(answer[1], self._stops))

    @Slot()
    def go(self) -> None:
        """Do it, with the reason that is typed."""
        if self._id:
            jobs.act(self, partial(_turn, self._id, self._stops, self.reason.text().strip()), self._on_done, failed=self._on_failed)

    @Slot(object)
    def _on_done(self, _change: Any) -> None:
        self.reason.clear()
        self.leave()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._tell(error.text)
        else:
            jobs.hub().failed.emit(error)

    @Slot()
    def leave(self) -> None:
        """Put it away; a reason that was typed stays for the next time."""
        self._id = 0
        self.hide()
        self.closed.emit()

    def _tell(self, problem: Text | None) -> None:
        put(self.problem, "setText", problem or "")
        self.problem.setVisible(problem is not None)


def _hits(account_id: int, day: str, reader: Any, _job: jobs.Job) -> tuple[int, list[Hit]]:
    return account_id, queries.hit_by_stop(reader, account_id, day)


def _turn(account_id: int, stops: bool, reason: str, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions_collection

    return (actions_collection.stop_credit if stops else actions_collection.resume_credit)(desk, account_id, reason)


