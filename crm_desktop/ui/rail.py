"""The rail at the left: the pages of all duties, icon and word, or icons alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text
from crm_desktop.ui import theme
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, tool

WIDE, NARROW = 224, 56
LEAST = 34  # px a button is high at least
ICON, ICON_GAP = 18, 10
ALIGNED = Qt.AlignmentFlag.AlignCenter


class RailButton(QToolButton):
    """Icon and word, a bar at the left when chosen, a badge at the right with what waits. No box to tick: who hears the window presses a
    button and is told which page is shown."""

    asked = Signal(str)  # page key

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        self.badge = 0
        self.chosen = self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(LEAST)  # where the window is low they stand closer, before they scroll
        put(self, "setText", page.title)
        self._say()
        self.set_narrow(False)
        self.clicked.connect(self._on_clicked)

    def set_narrow(self, narrow: bool) -> None:
        """Icon alone, its word as a tooltip."""
        self._narrow = narrow
        pad = 0 if narrow else ICON_GAP
        self.setIcon(theme.icon(self.page.icon, ICON, pad))
        self.setIconSize(QSize(ICON + pad, ICON))
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)
        put(self, "setToolTip", self.page.title if narrow else "")

    def set_badge(self, count: int) -> None:
        """How many things wait here."""
        self.badge = count
        self._say()
        self.update()

    def _say(self) -> None:
        title = self.page.title
        put(self, "setAccessibleName", Text("{label}: {count}", label=title, count=f"{self.badge:,}") if self.badge else title)

    def choose(self, on: bool) -> None:
        """Whether this is the page that is shown."""
        if on != self.chosen:
            self.chosen = on
            self.setProperty("chosen", on)
            put(self, "setAccessibleDescription", Text("This page is shown") if on else "")
            self.style().unpolish(self)
            self.style().polish(self)

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self.page.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.chosen:
            painter.setBrush(QColor(theme.C["accent"]))
            painter.drawRoundedRect(QRectF(0, (self.height() - 20) / 2, 3, 20), 1.5, 1.5)
        if self.badge:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        painter.setFont(theme.font(8.5, bold=True))
        words = str(self.badge) if self.badge < 1000 else "999+"
        width = max(20, painter.fontMetrics().horizontalAdvance(words) + 12)
        top = 2 if self._narrow else (self.height() - 18) / 2
        box = QRectF(self.width() - width - (0 if self._narrow else 8), top, width, 18)
        painter.setBrush(QColor(theme.C["red_bg"]))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(QColor(theme.C["red"]))
        painter.drawText(box, ALIGNED, words)


class Rail(QFrame):
    """All pages; those of the duty with the settings stand at the bottom."""

    asked = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, duties: Sequence[Duty], parent: QWidget, title: Text | str) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.narrow = False
        self.buttons: dict[str, RailButton] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(8, 10, 8, 10)
        self._lines.setSpacing(2)
        self._add_head(title)
        last = [duty for duty in duties if any(page.key == "settings" for page in duty.pages)]
        self._add([duty for duty in duties if duty not in last], self._make_middle())
        self._add(last, self._lines)
        self.setFixedWidth(WIDE)

    def _add_head(self, title: Text | str) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 8)
        self.title = PlainLabel(self, "h2", title)
        self.title.setContentsMargins(12, 0, 0, 0)
        self.fold_button = tool(self, "panel-left", Text("Narrow or wide (Ctrl+B)"))
        self.fold_button.setFixedSize(40, 36)
        self.fold_button.clicked.connect(self._on_fold)
        line.addWidget(self.title, 1)
        line.addWidget(self.fold_button)
        self._lines.addLayout(line)

    def _make_middle(self) -> QVBoxLayout:
        """Where the pages of the duties stand: it scrolls when there are more than fit."""
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget(self._scroll)
        lines, inner = QVBoxLayout(holder), QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        lines.addLayout(inner)
        lines.addStretch(1)
        self._scroll.setWidget(holder)
        self._lines.addWidget(self._scroll, 1)
        return inner

    def _add(self, duties: Sequence[Duty], lines: QVBoxLayout) -> None:
        for duty in duties:
            for page in (page for page in duty.pages if page.rail):
                each = RailButton(page, self)
                each.asked.connect(self.asked)
                lines.addWidget(each)
                self.buttons[page.key] = each

    def keys(self) -> list[str]:
        """The pages from top to bottom."""
        return list(self.buttons)

    def choose(self, key: str) -> None:
        """Mark the page that is shown."""
        for name, each in self.buttons.items():
            each.choose(name == key)
            if name == key:
                self._scroll.ensureWidgetVisible(each, 0, 0)

    def set_badge(self, key: str, count: int) -> None:
        """How many things wait on a page."""
        self.buttons[key].set_badge(count)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, or with words."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self.title.setVisible(not narrow)
        bars = Qt.ScrollBarPolicy
        self._scroll.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if narrow else bars.ScrollBarAsNeeded)
        for each in self.buttons.values():
            each.set_narrow(narrow)
        self.narrowed.emit(narrow)

    @Slot()
    def _on_fold(self) -> None:
        self.set_narrow(not self.narrow)
