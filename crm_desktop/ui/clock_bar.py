"""The clocks of a row as bars that shrink while one looks, above its form; the list beside counts along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.record.clock import Clock
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import say
from crm_desktop.ui import theme
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

TICK = 20_000  # ms: a minute is never shown much too late
SIDE, TOP, GAP = 20, 8, 16
WORDS, BAR, LINE = 20, 6, 34  # px: the words, the bar below them, from one clock to the next
WIDTH = 300  # px a clock needs beside another
Of = Callable[[Row], Sequence[Clock]]


class ClockBar(QWidget):
    """The clocks `of` gives for the row of a form; without any it takes no room."""

    def __init__(self, form: Form, of: Of) -> None:
        super().__init__(form)
        self._of, self._row, self.clocks = of, Row(), list[Clock]()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        below_steps(form, self)
        self.hide()
        form.settled.connect(self._on_settled)
        tick = QTimer(self)
        tick.timeout.connect(self.look)
        tick.start(TICK)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        self.clocks = list(self._of(row)) if row else []
        self.setVisible(bool(self.clocks))
        self._fit()
        self.look()

    @Slot()
    def look(self) -> None:
        """Show how the clocks stand now."""
        self.setAccessibleDescription("; ".join(self.words()))
        self.update()

    def words(self) -> list[str]:
        """What the clocks say now."""
        return [say(clock.words()) for clock in self.clocks]

    def _columns(self) -> int:
        return max(1, min(len(self.clocks), (self.width() - 2 * SIDE + GAP) // (WIDTH + GAP)))

    def _fit(self) -> None:
        lines = -(-len(self.clocks) // self._columns())
        self.setFixedHeight(TOP + lines * LINE)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, TOP + LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.look()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, columns = QPainter(self), self._columns()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - 2 * SIDE - (columns - 1) * GAP) // columns
        for at, clock in enumerate(self.clocks):
            left = SIDE + at % columns * (width + GAP)
            _paint(painter, clock, QRect(left, TOP + at // columns * LINE, width, LINE))


def _paint(painter: QPainter, clock: Clock, box: QRect) -> None:
    """Words, and below them what is left of the time."""
    tone = clock.tone()
    painter.setFont(theme.small_font())
    painter.setPen(QColor(theme.C[tone or "text"]))
    words = painter.fontMetrics().elidedText(say(clock.words()), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRect(box.left(), box.top(), box.width(), WORDS), int(Qt.AlignmentFlag.AlignVCenter), words)
    bar = QRectF(box.left(), box.top() + WORDS, box.width(), BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.C["red_bg" if tone == "red" else "sunken"]))
    painter.drawRoundedRect(bar, 3, 3)
    share = 1.0 if clock.left() < 0 else clock.left() / clock.minutes
    painter.setBrush(QColor(theme.C[tone or "accent"]))
    painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(BAR, bar.width() * share), BAR), 3, 3)


class ClockPage(RecordPage):
    """The page of a record whose rows have clocks: bars above the form, and a list that counts along."""

    def __init__(self, window: Window, record: Record, of: Of) -> None:
        super().__init__(window, record)
        self._of = of
        tick = QTimer(self)
        tick.timeout.connect(self._on_tick)
        tick.start(TICK)

    def dress(self, form: Form) -> None:
        """The clocks, below the steps."""
        ClockBar(form, self._of)

    @Slot()
    def _on_tick(self) -> None:
        if self.list.isVisible():
            self.list.model.refresh()
