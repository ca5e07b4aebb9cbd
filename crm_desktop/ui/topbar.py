"""The bar at the top: one search for everything, the business date, and tools with their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import WEEKDAYS
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.search_box import Find, SearchBox
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

HEIGHT = 56
SEARCH_LEAST, SEARCH_WIDEST = 220, 420
ICON, ICON_GAP = 18, 6
MINUTE = 60_000
BESIDE = 96  # px of margins and gaps


@lru_cache(1)
def _lunar() -> Callable[[str], str] | None:
    try:
        from crm_desktop.record import lunar
    except ImportError:
        return None
    words: Callable[[str], str] = lunar.words
    return words


def day_text(day: str, *, lunar_too: bool = True) -> Text:
    """A day with its weekday, and its lunar date where that is known."""
    import datetime as dt

    weekday = WEEKDAYS[dt.date.fromisoformat(day).weekday()]
    lunar = _lunar() if lunar_too else None
    if lunar and (words := lunar(day)):
        return Text("{day} {weekday} · {lunar}", day=day, weekday=weekday, lunar=words)
    return Text("{day} {weekday}", day=day, weekday=weekday)


class TopTool(QToolButton):
    """An icon, with its key or a name as text beside it."""

    def __init__(self, parent: QWidget, icon: str, tip: Text, words: str = "") -> None:
        super().__init__(parent)
        pad = ICON_GAP if words else 0
        self.setIconSize(QSize(ICON + pad, ICON))
        self.setIcon(theme.icon(icon, ICON, pad))
        self.setText(words)
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
        put(self, "setToolTip", tip)
        put(self, "setAccessibleName", tip)


class TopBar(QFrame):
    """Search at the left; date, tools and who is signed in at the right."""

    def __init__(self, records: Sequence[Record], who: str, parent: QWidget, find: Find | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self.setFixedHeight(HEIGHT)
        self.search = SearchBox(records, self, find)
        self.search.setMinimumWidth(SEARCH_LEAST)
        self.search.setMaximumWidth(SEARCH_WIDEST)
        self.date = PlainLabel(self, "soft")
        self.bell = TopTool(self, "bell", Text("Due now"), " ")
        self.bell.hide()
        self.undo = TopTool(self, "undo-2", Text("Undo (Ctrl+Z)"))
        self.redo = TopTool(self, "redo-2", Text("Redo (Ctrl+Y)"))
        self.commands = TopTool(self, "command", Text("Commands"), "Ctrl+K")
        self.language = TopTool(self, "languages", Text("Switch language"))
        self.look = TopTool(self, "moon", Text("Dark or light"))
        self.who = PlainLabel(self)
        self.who.setText(who)
        put(self.who, "setAccessibleName", Text("Signed in"))
        self._tools: tuple[QWidget, ...] = (self.bell, self.undo, self.redo, self.commands, self.language, self.look, self.who)
        self._lay_out()
        self._keep_date()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(4)
        line.addWidget(self.search, 3)
        line.addStretch(1)
        line.addWidget(self.date)
        line.addSpacing(12)
        for each in (self.bell, self.undo, self.redo, self.commands, self.language, self.look):
            line.addWidget(each)
        line.addSpacing(8)
        line.addWidget(self.who)

    def _keep_date(self) -> None:
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE)
        self._timer.timeout.connect(self.say_date)
        self._timer.start()
        self.say_date()

    @Slot()
    def say_date(self) -> None:
        """The business date, as it is now."""
        room, day = self._room(), business_date()
        for text in (day_text(day), day_text(day, lunar_too=False)):
            if self.date.fontMetrics().horizontalAdvance(say(text)) <= room:
                put(self.date, "setText", text)
                return
        put(self.date, "setText", "")

    def _room(self) -> int:
        """Pixels for the date beside a search box that can still be typed in."""
        line = self.layout()
        if line is None or not self.isVisible():
            return 10_000
        hints = [each.sizeHint().width() + 4 for each in self._tools if not each.isHidden()]
        return self.width() - sum(hints) - SEARCH_LEAST - BESIDE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.say_date()

    def changeEvent(self, event: QEvent) -> None:
        """The lunar date is said in Chinese only."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_timer"):
            self.say_date()
        super().changeEvent(event)
