"""What stands above the figures' rows: the card of the days to come with the calendar, and the hint where the bookings are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.duties.today.pages_widgets import CARD_HEIGHT, Days
from crm_desktop.record.text import Text
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CutLabel, PlainLabel, link


class DaysCard(QFrame):
    """The arrivals of the days to come; its head says what the day is to festivals and offices."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        self.setFixedHeight(CARD_HEIGHT)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 6, 16, 4)
        inside.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self, "soft", Text("Arrivals to come")))
        self.further = link(self, Text("90 days"))
        head.addWidget(self.further)
        self._calendar = CutLabel(self, "soft")
        self._calendar.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._calendar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._calendar, 1)
        inside.addLayout(head)
        self.days = Days(self)
        inside.addWidget(self.days, 1)

    def say(self, words: Text | str) -> None:
        """What the day is."""
        put(self._calendar, "setText", words)


class Hint(QWidget):
    """A sentence and the way there; nothing is shown while there is nothing to say."""

    acted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.label = PlainLabel(self, "soft")
        self.link = link(self, Text("Go there"))
        self.link.clicked.connect(self.acted)
        line.addWidget(self.label)
        line.addWidget(self.link)
        line.addStretch(1)
        self.hide()

    def say(self, words: Text | None) -> None:
        """Say this, or nothing."""
        put(self.label, "setText", words or "")
        self.setVisible(words is not None)
