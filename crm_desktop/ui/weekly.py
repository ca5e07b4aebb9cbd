"""Once a week, while nobody types, everything is checked by itself; whoever comes back is not held up, and a finding is told."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from crm_desktop.desk.rights import wholly
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import check, memory, weekly
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

EVERY, QUIET, BACK = 600_000, 300.0, 1_000  # ms between looks; seconds nobody typed; ms between looks whether somebody is back
FOUND = Text("The weekly check found: {problem}")
KEY = "weekly"


class Weekly(QObject):
    """Begins where a check is due and nobody has typed for five minutes; stops as soon as somebody does and tries again later."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._job: jobs.Job | None = None
        self._timer, self._back = QTimer(self), QTimer(self)
        self._timer.timeout.connect(self.look)
        self._back.timeout.connect(self._on_back)
        self._timer.start(EVERY)

    @Slot()
    def look(self) -> None:
        """Begin where it is time."""
        if self._job is None and jobs.working() and self._window.idle.quiet() >= QUIET:
            self._job = jobs.work(self, partial(_check, self._window.store), self._on_checked, failed=self._on_failed)
            self._back.start(BACK)

    @Slot()
    def _on_back(self) -> None:
        if self._job is not None and self._window.idle.quiet() < QUIET:
            self._job.cancel()

    @Slot(object)
    def _on_checked(self, problems: list[Text] | None) -> None:
        self._end()
        if problems:
            self._window.strips.say(KEY, Text(FOUND.source, problem=problems[0]), Text("Settings"), partial(self._window.go, "settings"), tone="red_bg")
        elif problems is not None:
            self._window.strips.take_away(KEY)
        jobs.hub().rest()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, (jobs.Cancelled, Refused)):
            jobs.hub().failed.emit(error)

    def _end(self) -> None:
        self._job = None
        self._back.stop()


def _check(store: Any, reader: Any, _job: jobs.Job) -> list[Text] | None:
    """What is wrong; None where none is due, or another program is at it."""
    path = Path(store.path)
    if not weekly.is_due(path):
        return None
    with weekly.turn(path) as mine:
        if not mine:
            return None
        with wholly(reader):
            problems = check.everything(reader, store.keys, store.records)
        weekly.keep(path, problems)
    memory.give_back(reader)
    return problems
