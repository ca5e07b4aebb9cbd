"""What several lines of the settings are made of: how something stands, and at its right what can be done about it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel


class WordsLine(QWidget):
    """Words that may take two lines, and buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self.words = PlainLabel(self, "soft")
        self.words.setWordWrap(True)
        self._line.addWidget(self.words, 1)

    def add(self, *buttons: QWidget) -> None:
        """At the right end."""
        for each in buttons:
            self._line.addWidget(each)

    def tell(self, words: Text, cls: str = "soft") -> None:
        """Say how it stands."""
        put(self.words, "setText", words)
        self.words.set_look(cls)
