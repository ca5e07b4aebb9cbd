"""Noticing what other programs write to the same database: an import on the command line, another window."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from crm_desktop.record.text import Text
from crm_desktop.ui import jobs

EVERY = 1_000  # ms: a form that is older than its row says so within a second; 0.1 ms of reading each


class Elsewhere:
    """A change made elsewhere: pages read their rows again, nobody is told that something was saved."""

    quiet = True

    def __init__(self, tables: set[str]) -> None:
        self.tables = tables
        self.rows: list[tuple[str, int]] = []
        self.count = 0
        self.action = Text("Changed")


class Watch(QObject):
    """Asks every second for the newest change, or only when `look` is called; own ones are known already."""

    def __init__(self, parent: QObject, *, again: bool = True) -> None:
        super().__init__(parent)
        self._newest = -1
        self._own: set[int] = set()
        jobs.hub().changed.connect(self._on_own)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        if again:
            self._timer.start()
        self.look()  # where the log stands when the pages read their first rows

    @Slot()
    def look(self) -> None:
        """Look once."""
        if not jobs.working():
            return
        jobs.read(self, partial(_since, self._newest, frozenset(self._own)), self._on_seen, slot="watch")

    @Slot(object)
    def _on_own(self, change: Any) -> None:
        if hasattr(change, "id"):
            self._own.add(int(change.id))

    @Slot(object)
    def _on_seen(self, seen: tuple[int, set[str]]) -> None:
        newest, tables = seen
        first = self._newest < 0
        self._newest = max(self._newest, newest)
        self._own = {one for one in self._own if one > self._newest}
        if tables and not first:
            jobs.hub().changed.emit(Elsewhere(tables))


def _since(change_id: int, own: frozenset[int], reader: Any, job: jobs.Job) -> tuple[int, set[str]]:
    from crm_desktop.store import history

    if change_id < 0:  # only where the log stands now
        return history.newest_id(reader), set()
    return history.since(reader, change_id, own)
