"""What every door is made of: a card in the middle of a small window, a sentence for what went wrong, and tries that run in a
thread of their own, so that the window stays alive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from crm_desktop.desk import program_log
from crm_desktop.desk.settings import LANGUAGE, LOOK, Settings
from crm_desktop.record.text import LANGUAGES, Refused, Text, language
from crm_desktop.ui import speech, theme
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, card, tool

WIDTH, SIZE = 400, (720, 520)
TITLE, LOCKED = Text("Hotel sales CRM"), Text("Locked")
GENERAL = Text("Something went wrong. Nothing was changed.")
SIGN_IN, MOMENT = Text("Sign in"), Text("One moment …")


class Door(QWidget):
    """`done` carries who came in, `closed` that nobody did. `box` is where a door puts its pages, above the sentence."""

    done = Signal(object)
    closed = Signal()
    _answered = Signal(object)

    def __init__(self, settings: Settings, title: Text) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings, self._let_in = settings, False
        self._frame(title)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self.resize(*SIZE)

    def _frame(self, title: Text) -> None:
        put(self, "setWindowTitle", TITLE)
        across, down = QHBoxLayout(self), QVBoxLayout()
        across.addStretch(1)
        across.addLayout(down)
        across.addStretch(1)
        down.addStretch(1)
        self.frame, box = card(self)
        self.frame.setFixedWidth(WIDTH)
        box.setSpacing(12)
        down.addWidget(self.frame)
        down.addStretch(2)
        box.addLayout(self._head(self.frame, title))
        self.box = QVBoxLayout()
        box.addLayout(self.box)
        self.problem = PlainLabel(self.frame, "error")
        self.problem.setWordWrap(True)
        box.addWidget(self.problem)

    def _head(self, frame: QFrame, title: Text) -> QHBoxLayout:
        row = QHBoxLayout()
        self.title = PlainLabel(frame, "h1", title)
        row.addWidget(self.title)
        row.addStretch(1)
        self.language = tool(frame, "languages", Text("Switch language"))
        self.language.clicked.connect(self._on_language)
        row.addWidget(self.language)
        return row

    # trying

    def try_it(self, work: Callable[[], Any]) -> None:
        """Try to come in; what `work` returns is who came."""
        self._wait(True)
        self.say("")
        threading.Thread(target=_run, args=(work, self._answered.emit), daemon=True).start()

    def buttons(self) -> list[QPushButton]:
        """What cannot be pressed while a try runs; the first says that it does."""
        raise NotImplementedError

    def _wait(self, waiting: bool) -> None:
        for each in self.buttons():
            each.setEnabled(not waiting)
        put(self.buttons()[0], "setText", MOMENT if waiting else SIGN_IN)

    @Slot(object)
    def _on_answered(self, answer: Any) -> None:
        self._wait(False)
        if isinstance(answer, Exception):
            self.say(answer.text if isinstance(answer, Refused) else GENERAL)
            self.refused()
            return
        self._let_in = True
        self.came_in(answer)
        self.done.emit(answer)

    def refused(self) -> None:
        """A try failed, and why was said."""

    def came_in(self, answer: Any) -> None:
        """Somebody came in; nobody was told yet."""

    def say(self, words: Text | str) -> None:
        """Say what went wrong."""
        put(self.problem, "setText", words)

    # the rest

    @Slot()
    def _on_language(self) -> None:
        other = LANGUAGES[1] if language() == LANGUAGES[0] else LANGUAGES[0]
        self._settings.set(LANGUAGE, other)
        speech.switch(other)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._let_in:
            self.closed.emit()


def page(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A page of a door, and where its lines go."""
    made = QWidget(parent)
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    return made, box


def line(parent: QWidget, box: QVBoxLayout, words: Text, *, hidden: bool = False) -> Edit:
    """A line to type in under its words."""
    label, made = PlainLabel(parent, "soft", words), Edit(parent)
    put(made, "setAccessibleName", words)
    made.setProperty("label", label)
    if hidden:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    box.addWidget(label)
    box.addWidget(made)
    return made


def label_of(edit: Edit) -> QWidget:
    """The words above a line."""
    found: QWidget = edit.property("label")
    return found


def _run(work: Callable[[], Any], answer: Callable[[object], None]) -> None:
    """In a thread: an answer is who came in, or what went wrong."""
    found: object
    try:
        found = work()
    except Exception as error:
        if not isinstance(error, Refused):
            program_log.failed(error)
        found = error
    with suppress(RuntimeError):  # the door was closed meanwhile
        answer(found)


def ask(door: Door) -> Any:
    """Show a door and wait for somebody; None when it was closed."""
    loop, answer = QEventLoop(), list[Any]()
    door.done.connect(answer.append)
    door.done.connect(loop.quit)
    door.closed.connect(loop.quit)
    door.show()
    loop.exec()
    if answer:
        door.close()
    return answer[0] if answer else None


def dress(settings: Settings) -> None:
    """Give the program its look before there is a window."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setFont(theme.font())
    theme.apply(app, dark=settings.get(LOOK) == "dark")
