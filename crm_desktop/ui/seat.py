"""Who sits at this PC, for the window: its name in the top bar, and what new rows begin with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from crm_desktop.desk import people
from crm_desktop.desk.settings import Settings
from crm_desktop.record.record import Record, Row
from crm_desktop.store.seat import Seat
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

TABLES = frozenset({"staff", "hotel", "person_right", "approval_level"})


class _Here:
    seat: Seat | None = None
    hub: object = None


def here() -> Seat | None:
    """Who sits here, as last read from the data that is open; None before that."""
    return _Here.seat if jobs.working() and _Here.hub is jobs.hub() else None


def own(record: Record) -> Row:
    """What a new row begins with here, `field.name` beside each reference."""
    return people.own(record, here())


class SeatKeeper(QObject):
    """Reads who sits here at the start, and again when colleagues, hotels or the choice change; tells the desk too."""

    changed = Signal(object)  # the Seat

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        jobs.hub().changed.connect(self._on_changed)
        jobs.read(self, partial(_find, window.settings), self._on_found, slot="seat")
        if window.settings.session is not None:
            session, window.settings.session = window.settings.session, None
            jobs.act(self, partial(_came_in, session))

    def here(self) -> str:
        """The name of who sits here."""
        return str(self._window.top.who.text())

    @Slot()
    def again(self) -> None:
        """Read it again: the desk first, so that what is saved next is saved as that person."""
        jobs.act(self, partial(_sit, self._window.settings), self._on_found)

    @Slot(object)
    def _on_found(self, found: Seat) -> None:
        _Here.seat, _Here.hub = found, jobs.hub()
        put(self._window.top.who, "setText", found.person)
        self._window.top.say_date()
        self.changed.emit(found)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if TABLES & set(change.tables):
            person, guarded, _ = self._window.eyes.who
            self._window.eyes.belong(person, guarded)  # roles and deputies may be others now
            self.again()


def _find(settings: Settings, reader: Any, job: jobs.Job) -> Seat:
    return people.find(reader, settings)


def _sit(settings: Settings, desk: Any, job: jobs.Job) -> Seat:
    found: Seat = desk.sit(settings)
    return found


def _came_in(session: Any, desk: Any, job: jobs.Job) -> None:
    """Log who signed in, once."""
    from crm_desktop.desk import sign_in

    sign_in.told(desk, session)
