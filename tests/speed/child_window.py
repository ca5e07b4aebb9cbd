"""The window's list, painted without a screen, and the event loop under load."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import record_of
from crm_desktop.duties.mappings import choose
from crm_desktop.exchange import importing
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record import text
from crm_desktop.record.duty import Filter
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.lists import ListPanel

from . import data
from .measure import rss_mb

SIZE = (1366, 700)
PATIENCE = 60.0  # seconds
TICK = 5  # ms between two looks at the clock
SCROLL = 16  # ms between two turns of the wheel
IDLE = 1.0  # seconds of doing nothing, to know the machine
GAP_MS = 60.0


class Painted(QObject):
    """Counts the paintings of a list, and knows whether its newest rows have been painted."""

    def __init__(self, panel: ListPanel) -> None:
        super().__init__(panel)
        self.panel, self.paints, self._arrived = panel, 0, 0
        panel.view.viewport().installEventFilter(self)
        panel.model.opened.connect(self._on_rows)
        panel.model.dataChanged.connect(self._on_rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.paints += 1
        return super().eventFilter(watched, event)

    @Slot()
    def _on_rows(self) -> None:
        self._arrived = self.paints

    def since_rows(self) -> bool:
        """True when it was painted after the newest rows came."""
        return self.paints > self._arrived


class Stage:
    """A window with an empty page and the list of stays."""

    def __init__(self, store: Store) -> None:
        self.app = QApplication([])
        text.use("zh_CN")
        theme.apply(self.app, False)
        jobs.start(store.open_reader, lambda: Desk(store, "speed"))
        self.record = record_of("stay")
        self.window = QMainWindow()
        self.stack = QStackedWidget(self.window)
        self.blank = QWidget(self.stack)
        self.stack.addWidget(self.blank)
        self.window.setCentralWidget(self.stack)
        self.window.resize(*SIZE)
        self.window.show()
        self.opened = 0
        self.rest()

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something holds. Raises TimeoutError."""
        end = time.perf_counter() + PATIENCE
        while not ready():
            if time.perf_counter() > end:
                raise TimeoutError("the window did not get there")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def rest(self, moments: float = 0.2) -> None:
        """Let everything that is on its way arrive."""
        end = time.perf_counter() + moments
        while time.perf_counter() < end:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def timed(self, begin: Callable[[], object], ready: Callable[[], bool]) -> float:
        """Milliseconds from beginning something to its being ready."""
        begun = time.perf_counter()
        begin()
        self.until(ready)
        return 1000 * (time.perf_counter() - begun)

    def add_list(self) -> None:
        """Build the list page and go there."""
        self.panel = ListPanel(self.record, self.stack)
        self.painted = Painted(self.panel)
        self.panel.model.opened.connect(self._on_opened)
        self.panel.model.counted.connect(self._on_counted)
        self.counted = -1
        self.stack.addWidget(self.panel)
        self.stack.setCurrentWidget(self.panel)

    def _on_opened(self) -> None:
        self.opened += 1

    def _on_counted(self, rows: int) -> None:
        self.counted = rows

    def reopened(self, begin: Callable[[], object]) -> float:
        """Milliseconds until another order or filter is painted; then everything may arrive."""
        before, self.counted = self.opened, -1
        spent = self.timed(begin, lambda: self.opened > before and self._shown())
        self.until(lambda: self.counted >= 0)
        return spent

    def _shown(self) -> bool:
        return self.panel.body.currentWidget() is not self.panel.view or self.painted.since_rows()

    def bottom_shown(self) -> bool:
        """The last row is here and painted."""
        return self.panel.model.here(self.panel.model.rowCount() - 1) and self.painted.since_rows()

    def close(self) -> None:
        """End the threads."""
        self.window.close()
        jobs.close()


FILTERS: dict[str, Sequence[Filter]] = {
    "status common": [("status", "=", "Check-Out")], "status rare": [("status", "=", "No-Show")],
    "segment rare": [("segment", "=", "Aviation")], "one day": [("arrival", "=", "2023-05-17")],
    "words of a guest": [("*", "find", "wangwei")],
}  # fmt: skip


def measure_list(store: Store) -> dict[str, Any]:
    """Steps in milliseconds, and how much memory the list took."""
    with closing(Stage(store)) as stage:
        begun = rss_mb()
        steps = {"first visit": stage.timed(stage.add_list, lambda: stage.opened > 0 and stage._shown())}
        counting = stage.timed(lambda: None, lambda: stage.counted >= 0)
        steps["a built page again"] = _again(stage)
        steps |= _sorts(stage)
        for name, filters in FILTERS.items():
            steps[f"filter {name}"] = stage.reopened(partial(stage.panel.model.open, ListQuery(stage.record, filters)))
        stage.reopened(partial(stage.panel.model.open, ListQuery(stage.record)))
        steps["jump to the end"] = stage.timed(stage.panel.view.scrollToBottom, stage.bottom_shown)
        drag = _drag(stage)
        after = rss_mb()
    growth = after - begun if after is not None and begun is not None else None
    return {"steps": steps, "information": {"count after the first visit": counting, "drag to the middle": drag}, "growth": growth}


def _again(stage: Stage) -> float:
    stage.stack.setCurrentWidget(stage.blank)
    stage.rest()
    paints = stage.painted.paints
    return stage.timed(lambda: stage.stack.setCurrentWidget(stage.panel), lambda: stage.painted.paints > paints)


def _sorts(stage: Stage) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in stage.record.sortable:
        column = [field.name for field in stage.panel.model.fields].index(name)
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            spent = stage.reopened(partial(stage.panel.model.sort, column, order))
            found["re-sort " + name] = max(spent, found.get("re-sort " + name, 0.0))
    return found


def _drag(stage: Stage) -> float:
    """The scroll bar dragged to the middle; then all over, for the memory."""
    bar, model, dice = stage.panel.view.verticalScrollBar(), stage.panel.model, random.Random(1)
    middle = model.rowCount() // 2
    spent = stage.timed(partial(bar.setValue, bar.maximum() // 2), lambda: model.here(middle) and stage.painted.since_rows())
    for _ in range(60):
        row = dice.randrange(model.rowCount())
        bar.setValue(int(bar.maximum() * row / model.rowCount()))
        stage.rest(0.02)
    stage.rest()
    return spent


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
    """Brings a file in as the window does: converted in one thread, written in another."""

    def __init__(self, store: Store, path: Path) -> None:
        super().__init__()
        self.store, self.path, self.error = store, path, ""
        self.prepared: Any = None
        self.change: Any = None
        jobs.work(self, self._prepare, self._on_prepared, failed=self._on_failed, progress=self._on_progress)

    def _prepare(self, reader: Any, job: jobs.Job) -> importing.Prepared:
        table = read_table(self.path)
        mapping = choose(record_of("stay"), table.headings)
        return importing.prepare(reader, self.store.keys, self.store.by_key, table, mapping, progress=job)

    def _on_prepared(self, prepared: importing.Prepared) -> None:
        self.prepared = prepared
        jobs.act(self, self._write, self._on_written, failed=self._on_failed, progress=self._on_progress)

    def _write(self, desk: Any, job: jobs.Job) -> Any:
        return importing.write(desk, self.prepared, job)

    def _on_written(self, change: Any) -> None:
        self.change = change

    def _on_failed(self, error: Exception) -> None:
        self.error = repr(error)

    def _on_progress(self, done: int, total: int) -> None:
        """The window would draw a bar here."""

    def ended(self) -> bool:
        """Written, or failed."""
        return self.change is not None or bool(self.error)


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
        stage.until(work.ended)
        spent = time.perf_counter() - begun
        stage.rest(0.5)
        gaps = heart.take()
        wheel.deleteLater()
    if work.error:
        raise RuntimeError(work.error)
    return {"gap": max(gaps), "idle": idle, "over": sum(gap > GAP_MS for gap in gaps), "seconds": spent}
