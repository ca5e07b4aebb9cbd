"""While the window is open: what the program keeps up to date by itself, asked for seldom, written only where something is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Refused
from crm_desktop.ui import jobs

SOON, MINUTE = 2_000, 60_000  # ms: after a change, between looks at the calendar

Ask = Callable[[Any, jobs.Job], Sequence[bool]]
Work = Callable[[Any, jobs.Job], Any]


class Keeper(QObject):
    """Looks `first` ms after the start, `soon` ms after a change of a `watched` table and, where `daily`, when a business day begins.

    `ask(reader, job)` says for each of the `works` whether anything waits for it; only then it is done."""

    def __init__(
        self,
        window: QObject,
        watched: Sequence[str],
        ask: Ask,
        *works: Work,
        first: int,
        soon: int = SOON,
        daily: bool = True,
    ) -> None:
        super().__init__(window)
        self._watched, self._wait = frozenset(watched), soon
        self._ask, self._works = ask, works
        self._day = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._soon.start(first)
        jobs.hub().changed.connect(self._on_changed)
        if daily:
            minute = QTimer(self)
            minute.timeout.connect(self._on_minute)
            minute.start(MINUTE)

    @Slot()
    def look(self) -> None:
        """See whether anything is due."""
        if jobs.working():
            self._day = business_date()
            ask = self._ask  # a function of the duty: no method, it cannot reach the window
            jobs.read(self, ask, self._on_asked, slot="due")

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self._watched & set(change.tables) and not self._soon.isActive():
            self._soon.start(self._wait)

    @Slot()
    def _on_minute(self) -> None:
        if self._day != business_date():
            self.look()

    @Slot(object)
    def _on_asked(self, due: Sequence[bool]) -> None:
        for waits, work in zip(due, self._works, strict=True):
            if waits and jobs.working():
                jobs.act(self, work, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        """Whoever may not change these rows leaves them to somebody who may."""
        if not isinstance(error, Refused):
            jobs.hub().failed.emit(error)
