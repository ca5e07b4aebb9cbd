"""Quiet lines between the top bar and the page: something a person may want to know, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui import theme
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, link, tool

Run = Callable[[], object]


class Strip(QFrame):
    """One line: words, perhaps a link, perhaps a cross to put it away."""

    def __init__(self, parent: QWidget, tone: str) -> None:
        super().__init__(parent)
        self._tone = tone
        self._run: Run | None = None
        self._closed: Run | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 4, 16, 4)
        line.setSpacing(12)
        self.words = PlainLabel(self)
        self.words.setWordWrap(True)
        self.action = link(self, Text("Open"))
        self.close_button = tool(self, "x", Text("Close this note"))
        line.addWidget(self.words, 1)
        line.addWidget(self.action)
        line.addWidget(self.close_button)
        self.action.clicked.connect(self._on_action)
        self.close_button.clicked.connect(self._on_close)

    def show_words(self, text: Text, action: Text | None, run: Run | None, closed: Run | None) -> None:
        """Say this. Without `closed` it cannot be put away."""
        self._run, self._closed = run, closed
        put(self.words, "setText", text)
        put(self.action, "setText", action or Text("Open"))
        self.action.setVisible(action is not None)
        self.close_button.setVisible(closed is not None)

    @Slot()
    def _on_action(self) -> None:
        if self._run:
            self._run()

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        if self._closed:
            self._closed()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.C[self._tone]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.C["line"]))


class Strips(QWidget):
    """The lines there are now, each under a key of its own; without any it takes no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._strips: dict[str, Strip] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def say(
        self, key: str, text: Text, action: Text | None = None, run: Run | None = None, *, closed: Run | None = None, tone: str = "accent_soft"
    ) -> None:
        """Show a line, or other words in the line of this key. `run` is what its link does, `closed` what its cross."""
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = Strip(self, tone)
            self._box.addWidget(strip)
        strip.show_words(text, action, run, closed)
        strip.show()

    def strip(self, key: str) -> Strip | None:
        """The line of a key while it is shown."""
        found = self._strips.get(key)
        return found if found is not None and not found.isHidden() else None

    def take_away(self, key: str) -> None:
        """The line is not needed any more."""
        if (strip := self._strips.pop(key, None)) is not None:
            self._box.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
