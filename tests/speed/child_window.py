"""The window's list, painted without a screen."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import record_of
from crm_desktop.record import text
from crm_desktop.record.duty import Filter
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.lists import ListPanel

from .measure import rss_mb

SIZE = (1366, 700)
PATIENCE = 60.0  # seconds


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
        self.pulse = QTimer(self.window, interval=20)  # what one waits for is looked at even when nothing happens
        self.pulse.start()
        self.rest()

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something holds. Raises TimeoutError."""
        end = time.perf_counter() + PATIENCE
        while not ready():
            if time.perf_counter() > end:
                raise TimeoutError("the window did not get there")
            # asleep between events, as the program is: with a time limit Qt spins, and the readers wait for their turn
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

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
