"""The big screen of the office or the pantry: the day's figures, and lists that take turns. Esc leaves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.desk.settings import HOTEL_NAME, SCREEN_NAMES
from crm_desktop.duties.today import queries
from crm_desktop.duties.today.briefing import day_line
from crm_desktop.duties.today.pages_widgets import CENTRE, LEFT, RIGHT
from crm_desktop.duties.today.screen import MOST_ROWS, Shown, shown
from crm_desktop.record.dates import local_time
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.speech import put

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

TURN, MINUTE = 15_000, 60_000  # ms: a list stays, the figures are read again
MARGIN, ACROSS = 40, 4  # px; figures in a line


class BigScreen(QWidget):
    """Painted in parts of its own size, so that it fills any screen."""

    def __init__(self, window: Window, hotel: int | None) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._hotel = window, hotel
        self.shown: Shown | None = None
        self.turn = 0
        put(self, "setWindowTitle", Text("Big screen"))
        put(self, "setAccessibleName", Text("Big screen"))
        self._turns = QTimer(self, interval=TURN)
        self._turns.timeout.connect(self.go_on)
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self.read)
        jobs.hub().changed.connect(self._on_changed)

    def begin(self) -> None:
        """Show it on the whole screen."""
        self.showFullScreen()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._turns.start()
        self._clock.start()
        self.read()

    @Slot()
    def read(self) -> None:
        """Read what holds now."""
        if jobs.working():
            names = self._window.settings.get(SCREEN_NAMES)
            jobs.read(self, partial(_shown, self._window.duties, self._window.today(), self._hotel, names), self._on_read, slot="screen")

    @Slot(object)
    def _on_read(self, found: Shown) -> None:
        self.shown = found
        self.setAccessibleDescription("; ".join(self.words()))
        self.update()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if change.tables:
            self.read()

    @Slot()
    def go_on(self) -> None:
        """The next list."""
        self.turn += 1
        self.update()

    def words(self) -> list[str]:
        """Everything on it as it is read."""
        if self.shown is None:
            return []
        figures = [f"{say(label)}: {count:,}" for label, count in self.shown.figures]
        return figures + [" ".join(filter(None, row)) for panel in self.shown.panels for row in panel.rows]

    # what Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Right):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.C["ground"]))
        unit = self.height() / 20
        self._paint_head(painter, QRect(MARGIN, MARGIN // 2, self.width() - 2 * MARGIN, int(unit * 2)), unit)
        if self.shown is None:
            return
        left = int(self.width() * 0.58) if self.shown.panels else self.width()
        top = int(unit * 2.6) + MARGIN // 2
        self._paint_figures(painter, QRect(MARGIN, top, left - 2 * MARGIN, self.height() - top - MARGIN), unit)
        if self.shown.panels:
            self._paint_panel(painter, QRect(left, top, self.width() - left - MARGIN, self.height() - top - MARGIN), unit)

    def _paint_head(self, painter: QPainter, box: QRect, unit: float) -> None:
        painter.setPen(QColor(theme.C["text"]))
        painter.setFont(theme.font(unit * 0.62, bold=True))
        painter.drawText(box, LEFT, self._window.settings.get(HOTEL_NAME))
        painter.setFont(theme.font(unit * 0.45))
        day = self.shown.day if self.shown else self._window.today()
        painter.drawText(box, RIGHT, f"{day_line(day)}  {local_time():%H:%M}")

    def _paint_figures(self, painter: QPainter, box: QRect, unit: float) -> None:
        assert self.shown is not None
        count = len(self.shown.figures)
        across = min(ACROSS, max(1, count))
        down = max(1, -(-count // across))
        wide, high = box.width() / across, min(box.height() / down, unit * 5)
        for at, (label, number) in enumerate(self.shown.figures):
            card = QRectF(box.left() + at % across * wide, box.top() + at // across * high, wide, high).adjusted(0, 0, -12, -12)
            self._ground(painter, card)
            inside = card.adjusted(16, 8, -16, -8).toRect()
            painter.setPen(QColor(theme.C["soft"]))
            painter.setFont(theme.font(unit * 0.36))
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap), say(label))
            painter.setPen(QColor(theme.C["text"]))
            painter.setFont(theme.font(min(unit * 1.1, high * 0.3), bold=True))
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), f"{number:,}")

    def _paint_panel(self, painter: QPainter, box: QRect, unit: float) -> None:
        assert self.shown is not None
        panel = self.shown.panels[self.turn % len(self.shown.panels)]
        self._ground(painter, QRectF(box))
        inside = box.adjusted(24, 12, -24, -12)
        painter.setPen(QColor(theme.C["soft"]))
        painter.setFont(theme.font(unit * 0.42))
        head = f"{say(panel.title)}  {self.turn % len(self.shown.panels) + 1}/{len(self.shown.panels)}"
        painter.drawText(QRect(inside.left(), inside.top(), inside.width(), int(unit * 1.2)), LEFT, head)
        step = (inside.height() - unit * 1.4) / MOST_ROWS
        for at, (level, name, time) in enumerate(panel.rows):
            row = QRect(inside.left(), int(inside.top() + unit * 1.4 + at * step), inside.width(), int(step))
            painter.setFont(theme.font(unit * 0.45, bold=True))
            painter.setPen(QColor(theme.C["purple"]))
            painter.drawText(QRect(row.left(), row.top(), int(unit * 2), row.height()), CENTRE if level else LEFT, level)
            painter.setPen(QColor(theme.C["text"]))
            painter.setFont(theme.font(unit * 0.5))
            painter.drawText(row.adjusted(int(unit * 2.2) if level else 0, 0, -int(unit * 2.4), 0), LEFT, name)
            painter.setPen(QColor(theme.C["soft"]))
            painter.drawText(row, RIGHT, time)

    @staticmethod
    def _ground(painter: QPainter, box: QRectF) -> None:
        painter.setPen(QColor(theme.C["line"]))
        painter.setBrush(QColor(theme.C["surface"]))
        painter.drawRoundedRect(box, 12, 12)


def _shown(duties: Any, day: str, hotel: int | None, names: bool, reader: Any, _job: jobs.Job) -> Shown:
    board = queries.board(reader, duties, day, hotel)
    return shown(board, queries.guests(reader, duties, board), names=names)
