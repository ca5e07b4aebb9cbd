"""The strip at the bottom while long work runs: what, how far, how fast, how long still, and a way to stop it."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui.jobs import Hub, Job
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

PATIENCE = 300  # ms an act may take before it gives a sign of life
SETTLE = 0.5  # seconds before a rate is worth saying


class BusyStrip(QFrame):
    """Hidden while nothing long runs. `progress` is what jobs.act and jobs.work call."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self._job: Job | None = None
        self._title: Text | str = ""
        self._began = 0.0
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 6, 16, 6)
        line.setSpacing(16)
        self.label = PlainLabel(self)
        self.figures = PlainLabel(self, "soft")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel_button = button(self, Text("Cancel"))
        self.cancel_button.clicked.connect(self.cancel)
        for part in (self.label, self.bar, self.figures, self.cancel_button):
            line.addWidget(part)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PATIENCE)
        self._late.timeout.connect(self._on_late)
        self.hide()

    def watch(self, hub: Hub) -> None:
        """Give a sign of life for every act that takes long, also those nobody announced."""
        hub.waiting.connect(self._on_waiting)

    @Slot(int)
    def _on_waiting(self, acts: int) -> None:
        if not acts:
            self._late.stop()
            if self._job is None:
                self.hide()
        elif not self._late.isActive() and self.isHidden():
            self._late.start()

    @Slot()
    def _on_late(self) -> None:
        if self._job is None:
            self._show(Text("Working …"), cancel=False)

    def begin(self, job: Job, title: Text | str) -> None:
        """Show a job that has begun."""
        self._job, self._title, self._began = job, title, time.monotonic()
        self._show(title, cancel=True)

    def _show(self, words: Text | str, *, cancel: bool) -> None:
        put(self.label, "setText", words)
        put(self.figures, "setText", "")
        self.bar.setRange(0, 0)  # moving, until it is known how much there is
        self.cancel_button.setVisible(cancel)
        self.cancel_button.setEnabled(True)
        self.show()

    def progress(self, done: int, total: int) -> None:
        """So many rows of so many; a total of 0 means nobody knows yet."""
        self.bar.setRange(0, min(total, 1 << 30))
        self.bar.setValue(min(done, 1 << 30))
        if self._job and self._job.doing and not self._job.cancelled:
            put(self.label, "setText", Text("{first}: {second}", first=self._title, second=self._job.doing))
        seconds = time.monotonic() - self._began
        if seconds >= SETTLE and done:
            put(self.figures, "setText", _figures(done, total, done / seconds))

    def end(self) -> None:
        """The job is over, in whatever way."""
        self._job = None
        self.hide()

    @Slot()
    def cancel(self) -> None:
        """Ask the job to stop; the strip stays until it has."""
        if self._job:
            self._job.cancel()
            self.cancel_button.setEnabled(False)
            put(self.label, "setText", Text("Stopping; nothing will be half done"))


def _figures(done: int, total: int, rate: float) -> Text:
    if total <= done:
        return Text("{rate} rows/s", rate=f"{rate:,.0f}")
    return Text("{rate} rows/s, {left} left", rate=f"{rate:,.0f}", left=_duration((total - done) / rate))


def _duration(seconds: float) -> Text:
    if seconds < 90:
        return Text("{n} s", n=max(1, round(seconds)))
    return Text("{n} min", n=round(seconds / 60))
