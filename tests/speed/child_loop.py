"""The event loop while a file comes in and the list is scrolled."""

from __future__ import annotations

import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from crm_desktop.duties.files import reading
from crm_desktop.exchange.apart import Apart
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs
from crm_desktop.ui.lists import ListPanel

from . import data
from .child_window import Stage

TICK = 5  # ms between two looks at the clock
SCROLL = 16  # ms between two turns of the wheel
IDLE = 1.0  # seconds of doing nothing, to know the machine
GAP_MS = 60.0


class Heart(QObject):
    """Looks at the clock every few milliseconds and keeps the longest time between two looks."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(TICK)

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1000 * (now - self._last) - TICK)
        self._last = now

    def take(self) -> list[float]:
        """The gaps since the last taking."""
        found, self.gaps = self.gaps, []
        return found


class Wheel(QObject):
    """Turns the wheel without rest: down the list, and again from the top."""

    def __init__(self, panel: ListPanel) -> None:
        super().__init__(panel)
        self._bar = panel.view.verticalScrollBar()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self._timer.start(SCROLL)

    @Slot()
    def _turn(self) -> None:
        value = self._bar.value() + 3 * 36
        self._bar.setValue(value if value < self._bar.maximum() else 0)


class Import(QObject):
    """Brings a file in as the window does: compared and written in a process of its own."""

    def __init__(self, store: Store, path: Path) -> None:
        super().__init__()
        self.error, self.ended = "", False
        jobs.work(self, partial(_compare, store, path), self._on_compared, failed=self._on_failed, progress=self._on_progress)

    def _on_compared(self, apart: Apart) -> None:
        jobs.act(self, partial(_write, apart), self._on_written, failed=self._on_failed, progress=self._on_progress)

    def _on_written(self, _change: object) -> None:
        self.ended = True

    def _on_failed(self, error: Exception) -> None:
        self.error, self.ended = repr(error), True

    def _on_progress(self, done: int, total: int) -> None:
        """The window would draw a bar here."""


def _compare(store: Store, path: Path, _reader: Any, job: jobs.Job) -> Apart:
    asked = reading.Asked(store.path, "speed", reading.open_file(path, "stay", progress=job), add_same=False, dates="")
    apart = Apart(reading.bring, asked)
    apart.ask(job)
    return apart


def _write(apart: Apart, _desk: Any, job: jobs.Job) -> Any:
    try:
        return apart.ask(job)
    finally:
        apart.stop()


def _file(store: Store, given: Path | None) -> Path:
    """The real file, or a made-up one of as many rows."""
    if given is not None:
        return given
    stays = store.writer.execute("select count(*) from stay").fetchone()[0]
    return data.write_stays(store.path.parent, data.Size(stays / 1_000_000), 9_500, min(data.CHUNK, stays))


def measure_loop(store: Store, given: Path | None) -> dict[str, Any]:
    """The longest gap in the event loop, while idle and while a file comes in and the list is scrolled."""
    path = _file(store, given)
    with closing(Stage(store)) as stage:
        stage.add_list()
        stage.until(lambda: stage.counted >= 0)
        stage.rest()
        heart = Heart()
        stage.rest(IDLE)
        idle = max(heart.take())
        wheel, begun = Wheel(stage.panel), time.perf_counter()
        work = Import(store, path)
        stage.until(lambda: work.ended)
        spent = time.perf_counter() - begun
        stage.rest(0.5)
        gaps = heart.take()
        wheel.deleteLater()
    if work.error:
        raise RuntimeError(work.error)
    return {"gap": max(gaps), "idle": idle, "over": sum(gap > GAP_MS for gap in gaps), "seconds": spent}
