"""A window that leads through a task step by step. What takes long runs in a thread of its own, so that the window stays alive, and
goes on where the program's other window and its data are closed meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.desk import program_log
from crm_desktop.record.text import Refused, Text, in_words
from crm_desktop.ui.busy import BusyStrip
from crm_desktop.ui.door import GENERAL
from crm_desktop.ui.jobs import Cancelled, Job
from crm_desktop.ui.scrolled import FOOT, SIDE, TOP, Scrolled
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import Chip, PlainLabel, button

T = TypeVar("T")
SIZE = (1040, 660)
NEXT, CLOSE = Text("Next"), Text("Close")
STOPPED = Text("Stopped. Nothing is half done; it can be begun again.")


class Step(QWidget):
    """One step: its parts go into `box`. `title` stands in the line of steps, `words` on the button that does it; `stopped` is
    told when somebody stopped what it does."""

    title, words, stopped = Text(""), NEXT, STOPPED

    def __init__(self, stepper: Stepper) -> None:
        super().__init__(stepper)
        self.stepper = stepper
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(SIDE, 0, SIDE, FOOT)
        self.box.setSpacing(12)

    def entered(self) -> None:
        """It is shown."""

    def go(self) -> None:
        """The button was pressed."""
        self.stepper.forward()


class Stepper(QWidget):
    """`closed`: it was closed, by whomever. A step asks it to `run` what takes long, to go `forward`, and to `tell` a sentence."""

    closed = Signal()
    _answered = Signal(object)
    _stepped = Signal()

    def __init__(self, title: Text) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.chips: list[Chip] = []
        self.job: Job | None = None
        self._then: Callable[[Any], None] | None = None
        self._failed: Callable[[], None] | None = None
        self._leaving = False
        put(self, "setWindowTitle", title)
        self._build(title)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        self.resize(*SIZE)

    def _build(self, title: Text) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, TOP, 0, 0)
        box.setSpacing(12)
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 0, SIDE, 0)
        head.setSpacing(8)
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        head.addWidget(PlainLabel(self, "h1", title))
        head.addLayout(self.line)
        self.stack = QStackedWidget(self)
        box.addLayout(head)
        box.addWidget(self.stack, 1)
        self.told = PlainLabel(self, "error")
        self.told.setWordWrap(True)
        self.told.setContentsMargins(SIDE, 0, SIDE, 0)
        self.told.hide()
        box.addWidget(self.told)
        self.busy = BusyStrip(self)
        box.addWidget(self.busy)
        box.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 0, SIDE, FOOT)
        foot.setSpacing(8)
        self.back_button, self.close_button = button(self, Text("Back")), button(self, CLOSE)
        self.next_button = button(self, NEXT, primary=True)
        self.back_button.clicked.connect(self._on_back)
        self.close_button.clicked.connect(self.close)
        self.next_button.clicked.connect(self._on_next)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.next_button)
        return foot

    def lead(self, steps: Sequence[Step]) -> None:
        """Begin with the first of these."""
        for at, step in enumerate(steps):
            area = Scrolled(self.stack, sideways=False)
            area.setWidget(step)
            self.stack.addWidget(area)
            chip = Chip(self, Text("{number}  {title}", number=at + 1, title=step.title))
            self.line.addWidget(chip)
            self.chips.append(chip)
        self.line.addStretch(1)
        self.steps = list(steps)
        self.show_step(0)

    @property
    def at(self) -> int:
        """Which step is shown."""
        return self.stack.currentIndex()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.at]

    def show_step(self, at: int) -> None:
        """Show a step."""
        self.stack.setCurrentIndex(at)
        self.tell("")
        for number, (chip, step) in enumerate(zip(self.chips, self.steps, strict=True), 1):
            chip.show_text(Text("{number}  {title}", number=number, title=step.title), "green" if number <= at else "blue" if number == at + 1 else "grey")
        self.label()
        self.step.entered()

    def label(self) -> None:
        """Say the words of the step on the button, which may have changed."""
        put(self.next_button, "setText", self.step.words)
        self.back_button.setVisible(self.at > 0)

    def forward(self) -> None:
        """The next step, or the end."""
        if self.at + 1 < len(self.steps):
            self.show_step(self.at + 1)
        else:
            self.close()

    @Slot()
    def _on_back(self) -> None:
        self.show_step(self.at - 1)

    @Slot()
    def _on_next(self) -> None:
        self.tell("")
        self.step.go()

    def tell(self, words: Text | str, cls: str = "error") -> None:
        """Say a sentence below the step: what went wrong, or that it went well."""
        self.told.set_look(cls)
        put(self.told, "setText", words)
        self.told.setVisible(bool(words))

    # what takes long

    def run(self, what: Text, work: Callable[[Job], T], then: Callable[[T], None], failed: Callable[[], None] | None = None) -> None:
        """Do `work` in a thread, then `then` with what it answers; what it refuses is told, after `failed`."""
        if self.job is not None:
            return
        self.tell("")
        self._then, self._failed = then, failed
        self.job = Job(_wanted, self._stepped.emit)
        self._wait(True)
        self.busy.begin(self.job, what)
        threading.Thread(target=_run, args=(partial(work, self.job), self._answered.emit), daemon=True).start()

    def _wait(self, waiting: bool) -> None:
        self.stack.setEnabled(not waiting)
        for each in (self.back_button, self.next_button):
            each.setEnabled(not waiting)

    @Slot()
    def _on_stepped(self) -> None:
        if self.job is not None:
            self.busy.progress(self.job.done, self.job.total)

    @Slot(object)
    def _on_answered(self, answer: Any) -> None:
        self.job = None
        self._wait(False)
        self.busy.end()
        then, failed, self._then, self._failed = self._then, self._failed, None, None
        if not isinstance(answer, Exception):
            if then:
                then(answer)
        else:
            if failed:
                failed()
            known = isinstance(answer, Refused)
            self.tell(self.step.stopped if isinstance(answer, Cancelled) else answer.text if known else GENERAL)  # type: ignore[attr-defined]
        if self._leaving:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.job is not None:  # first it stops, so that it is known how it ended
            self._leaving = True
            self.busy.cancel()
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()


def _wanted() -> bool:
    return True


def _run(work: Callable[[], Any], answer: Callable[[object], None]) -> None:
    """In a thread: what came of it, or what went wrong."""
    found: object
    try:
        found = work()
    except Exception as error:
        found = in_words(error)
        if not isinstance(found, Refused | Cancelled):
            program_log.failed(error)
    with suppress(RuntimeError):  # the window was taken apart meanwhile
        answer(found)
