"""While the window is open: automatic follow-ups are kept up to date, and the rail says how many wait for who sits here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from crm_desktop.duties.follow_ups import queries
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.ui import jobs, seat

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST = 4_000  # ms: after the start, when nobody waits for it any more
SOON = 1_500  # ms without another change before causes are looked at again
MINUTE = 60_000


class Keeper(QObject):
    """Proposes at the start and with each new business day; lets expire whatever a change has settled."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._day = ""
        self._causing = {record.key for duty in window.duties if duty.causes for record in duty.records} - {FOLLOW_UP.key}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.settle)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self.look)
        self._minute.start()
        jobs.hub().changed.connect(self._on_changed)
        window.seat.changed.connect(self._on_seat)
        QTimer.singleShot(FIRST, self, self.look)
        self.count()

    @Slot()
    def look(self) -> None:
        """Propose when a new day has begun."""
        day = self._window.today()
        if jobs.working() and day != self._day:
            self._day = day
            jobs.act(self, partial(_refresh, day, False))
            self.count()

    @Slot()
    def settle(self) -> None:
        """Let expire what is settled."""
        if jobs.working():
            jobs.act(self, partial(_refresh, self._window.today(), True))

    def count(self) -> None:
        """Say on the rail how many wait."""
        if jobs.working():
            here = seat.here()
            work = partial(_waiting, here.person_id if here else None, self._window.today())
            jobs.read(self, work, self._on_counted, slot="waiting")

    @Slot(object)
    def _on_counted(self, count: int) -> None:
        self._window.rail.set_badge("follow-ups", count)

    @Slot(object)
    def _on_seat(self, _seat: Any) -> None:
        self.count()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        tables = set(change.tables)
        if FOLLOW_UP.key in tables:
            self.count()
        if tables & self._causing:
            self._soon.start()


def _refresh(day: str, only_settle: bool, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.duties.follow_ups import actions

    return actions.refresh(desk, day, only_settle=only_settle)


def _waiting(person: int | None, day: str, reader: Any, job: jobs.Job) -> int:
    return queries.waiting(reader, person, day)


def begin(window: Window) -> None:
    """Begin keeping."""
    Keeper(window)
