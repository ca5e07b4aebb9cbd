"""The booking register's page: the generic list and form, and a warning where two want the same place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from crm_desktop.duties.bookings import queries
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.bookings.words import warning
from crm_desktop.record.record import Row
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.form_parts import NoticeBar
from crm_desktop.ui.record_page import RecordPage, below_steps

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

SEEN = ("id", "version", "day", "last_day", "period", "time", "ends", "place", "state", "hotel_id")


class Clashes(QObject):
    """Looks for clashes of what a form shows, as it is saved."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.bar = NoticeBar(form)
        self._seen: tuple[Any, ...] = ()
        below_steps(form, self.bar)
        form.settled.connect(self._on_settled)
        jobs.hub().changed.connect(self._on_changed)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        now = tuple((row or {}).get(name) for name in SEEN)
        if now == self._seen:
            return
        self._seen = now
        if row is None:
            self.bar.hide()
        else:
            jobs.read(self, partial(_clashes, dict(row)), self._on_clashes, slot="clashes")

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if BOOKING.key in change.tables:
            self._seen = ()  # the next row shown is looked at again, also the same one

    @Slot(object)
    def _on_clashes(self, others: list[Row]) -> None:
        if others:
            self.bar.tell(warning(others))
        else:
            self.bar.hide()


class BookingsPage(RecordPage):
    """The booking register."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, BOOKING)

    def dress(self, form: Form) -> None:
        """A warning of clashes, and the client's headroom, below the steps."""
        from crm_desktop.duties.credit.pages_beside import beside_booking

        beside_booking(form)
        Clashes(form)


def _clashes(row: Row, reader: Any, job: jobs.Job) -> list[Row]:
    return queries.clashes(reader, row)


def bookings(window: Window) -> BookingsPage:
    """The page."""
    return BookingsPage(window)
