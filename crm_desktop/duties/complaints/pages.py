"""The page of complaints: list with running clocks, the form with its clocks, and beside it what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.duties.complaints import rules, words
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.record.text import Text
from crm_desktop.ui import seat, theme
from crm_desktop.ui.clock_bar import ClockPage
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, link

if TYPE_CHECKING:
    from crm_desktop.ui.seat import SeatKeeper
    from crm_desktop.ui.window import Window

TALK_HEIGHT = 128
MORE, LESS = Text("What to say"), Text("Less")


class TalkBox(QWidget):
    """The greeting to read out; folded below it the way of the talk, what is never said, and what may be promised."""

    def __init__(self, form: Form, keeper: SeatKeeper) -> None:
        super().__init__(form)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 8, 20, 8)
        box.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.greeting = self._label("")
        self.more = link(self, MORE)
        self.more.clicked.connect(self._on_more)
        line.addWidget(self.greeting, 1)
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(line)
        talk = [("", Text("{n}. {words}", n=at, words=text)) for at, text in enumerate(words.TALK, 1)]
        self.rest = [self._label(cls, text) for cls, text in (*talk, ("error", words.NEVER_SAID), ("", words.PROMISES), ("", words.authority()))]
        self.talk = self._scrolled()
        box.addWidget(self.talk)
        below_steps(form, self)
        keeper.changed.connect(self._greet)
        self._greet()

    def _scrolled(self) -> QScrollArea:
        """The talk, folded, never so high that the fields below cannot be filled in while it is read."""
        area, inner = QScrollArea(self), QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for label in self.rest:
            rows.addWidget(label)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFixedHeight(TALK_HEIGHT)
        for widget in (area.viewport(), inner):
            widget.setAutoFillBackground(False)
        area.hide()
        return area

    def _label(self, cls: str, text: Text | None = None) -> PlainLabel:
        made = PlainLabel(self, cls, text)
        made.setWordWrap(True)
        return made

    @Slot()
    def _greet(self) -> None:
        """In the name of who sits here; not while somebody types, when nothing may move."""
        here = seat.here()
        put(self.greeting, "setText", words.greeting(here.person if here else "…"))

    @Slot()
    def _on_more(self) -> None:
        folded = self.talk.isVisibleTo(self)
        self.talk.setVisible(not folded)
        put(self.more, "setText", MORE if folded else LESS)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme.C["accent_soft"]))


class ComplaintsPage(ClockPage):
    """The complaints."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, COMPLAINT, rules.clocks)

    def dress(self, form: Form) -> None:
        """What to say above, the clocks below it."""
        super().dress(form)
        TalkBox(form, self._window.seat)


def complaints(window: Window) -> ComplaintsPage:
    """The page."""
    return ComplaintsPage(window)
