"""The page of guest events: the generic list, form and sheet; the list drawn up by quota and the tables given by one button each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.duties.events import actions, rules
from crm_desktop.duties.events.records import BIG_EVENT, CARE
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


class GuestsLine(QWidget):
    """Below the steps of an event that is still to come: who is invited, who sits where."""

    def __init__(self, page: EventsPage, form: Form) -> None:
        super().__init__(form)
        self._page, self._row = page, Row()
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        self.draw = button(self, Text("Draw up the guest list"), icon="users")
        self.seat = button(self, Text("Give tables"), icon="check")
        self.residents = button(self, Text("Invite residents"), icon="users")
        self.draw.clicked.connect(self._on_draw)
        self.residents.clicked.connect(self._on_residents)
        self.seat.clicked.connect(self._on_seat)
        line.addWidget(self.draw)
        line.addWidget(self.residents)
        line.addWidget(self.seat)
        line.addStretch(1)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        self.setVisible(bool(row) and self._row["state"] in (rules.DRAFT, rules.APPROVAL, rules.INVITING))
        self.residents.setVisible(bool(row) and self._row["kind"] != CARE)

    @Slot()
    def _on_residents(self) -> None:
        self._page.act(actions.draw_residents, int(self._row["id"]))

    @Slot()
    def _on_draw(self) -> None:
        self._page.act(actions.draw_list, int(self._row["id"]))

    @Slot()
    def _on_seat(self) -> None:
        self._page.act(actions.give_tables, int(self._row["id"]))


class EventsPage(RecordPage):
    """The guest events."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, BIG_EVENT)

    def dress(self, form: Form) -> None:
        """List and tables, below the steps."""
        below_steps(form, GuestsLine(self, form))

    def act(self, what: Callable[[Any, int], Any], event_id: int) -> None:
        """Do something with an event's guests, and show the event with them."""
        jobs.act(self, partial(_act, what, event_id), self._on_done)

    @Slot(object)
    def _on_done(self, done: tuple[int, Any]) -> None:
        self._window.open_record(BIG_EVENT.key, done[0])


def _act(what: Callable[[Any, int], Any], event_id: int, desk: Any, job: jobs.Job) -> tuple[int, Any]:
    return event_id, what(desk, event_id)


def events(window: Window) -> EventsPage:
    """The page."""
    return EventsPage(window)
