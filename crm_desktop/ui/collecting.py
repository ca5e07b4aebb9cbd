"""When Python's garbage is collected."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimerEvent

COLLECT_EVERY = 1_000  # milliseconds


def collect_due() -> None:
    """Collect what Python would collect by itself now."""
    due = [n for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most]
    if due:
        gc.collect(due[-1])


class Collector(QObject):
    """Collects garbage on the UI thread only: in a worker's, Python would destroy widgets held by a cycle there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._usual = gc.isenabled()
        gc.disable()
        self.startTimer(COLLECT_EVERY)

    def timerEvent(self, event: QTimerEvent) -> None:
        collect_due()

    def leave(self) -> None:
        """Let Python collect as before."""
        if self._usual:
            gc.enable()
