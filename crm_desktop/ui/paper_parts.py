"""Small parts of the paper's window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui.speech import put


class Drop(QComboBox):
    """One of a few words, by their code."""

    chosen = Signal()

    def __init__(self, parent: QWidget, name: Text, options: Sequence[tuple[str, Text | str]]) -> None:
        super().__init__(parent)
        self._options = list(options)
        self.setView(QListView(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        put(self, "setAccessibleName", name)
        for code, words in self._options:
            self.addItem(say(words), code)
        self.activated.connect(self._on_activated)

    def offer(self, options: Sequence[tuple[str, Text | str]]) -> None:
        """Offer others; what is chosen stays where it is among them."""
        before, self._options = self.value(), list(options)
        self.clear()
        for code, words in self._options:
            self.addItem(say(words), code)
        self.choose(before)

    def value(self) -> str:
        """The code that is chosen."""
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Choose without telling."""
        self.setCurrentIndex(max(0, self.findData(code)))

    @Slot(int)
    def _on_activated(self, _at: int) -> None:
        self.chosen.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for at, (_, words) in enumerate(self._options):
                self.setItemText(at, say(words))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a turn of the wheel must not change the paper
