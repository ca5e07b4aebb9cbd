"""Files that are written regularly, while the window is open: one after the other, in a process of its own."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimerEvent, Slot

from crm_desktop.duties import RECORDS
from crm_desktop.duties.files import regular
from crm_desktop.duties.files.pages_watch import Watcher
from crm_desktop.record.dates import local_time
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.rows import Stale
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

LOOK_EVERY = 60_000  # milliseconds


class Runner(QObject):
    """Looks once a minute what is due."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._row: Row | None = None
        self.startTimer(LOOK_EVERY)

    def timerEvent(self, event: QTimerEvent) -> None:
        self.look()

    def look(self) -> None:
        """Write what is due, unless something is being written."""
        if self._row is None and jobs.working():
            jobs.read(self, partial(_due, local_time()), self._on_due, slot="regular")

    @Slot(object)
    def _on_due(self, rows: list[Row]) -> None:
        if rows and self._row is None:
            self._row = rows[0]
            jobs.act(self, partial(_claim, rows[0], local_time()), self._on_claimed, failed=self._on_failed)

    @Slot(object)
    def _on_claimed(self, _: object) -> None:
        assert self._row is not None
        work = partial(_write, self._window.store, self._row, local_time().date().isoformat(), self._window.seat.here())
        jobs.work(self, work, self._on_written, failed=self._on_failed)

    @Slot(object)
    def _on_written(self, answer: tuple[Path, int]) -> None:
        row, self._row = self._row or {}, None
        path, rows = answer
        self._window.toast.note(Text("{count} rows written to {file}", count=f"{rows:,}", file=path.name))
        jobs.act(self, partial(_finish, row, path, rows))
        self.look()

    def _on_failed(self, error: Exception) -> None:
        row, self._row = self._row or {}, None
        if isinstance(error, Stale):  # another window of this PC writes it
            return
        if isinstance(error, Refused):
            self._window.toast.error(error)
            jobs.act(self, partial(_fail, row, error.text))
        elif not isinstance(error, jobs.Cancelled):
            jobs.hub().failed.emit(error)


def _due(now: dt.datetime, reader: Any, job: jobs.Job) -> list[Row]:
    return regular.due(reader, now)


def _claim(row: Row, now: dt.datetime, desk: Any, job: jobs.Job) -> Any:
    return regular.claim(desk, row, now)


def _write(store: Any, row: Row, day: str, who: str, reader: Any, job: jobs.Job) -> tuple[Path, int]:
    return regular.write(store, RECORDS, reader, row, day, job, who)


def _finish(row: Row, path: Path, rows: int, desk: Any, job: jobs.Job) -> Any:
    return regular.finished(desk, row, path, rows)


def _fail(row: Row, why: Text, desk: Any, job: jobs.Job) -> Any:
    return regular.failed(desk, row, why)


def begin(window: Window) -> None:
    """Begin to watch the folder and to write what is due, once the window is open."""
    Watcher(window)
    Runner(window).look()
