"""Painted parts of *Today*: a figure that can be pressed, and the bars of the coming days."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crm_desktop.record.duty import TodayLine
from crm_desktop.record.money import MINUS
from crm_desktop.record.text import Text, language, say
from crm_desktop.ui import theme
from crm_desktop.ui.speech import put

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
NUMBER_WIDTH = 24  # px a date takes under its bar
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


class FigureCard(QWidget):
    """A figure of the day with its change since the day before; pressing it shows its rows."""

    pressed = Signal(int)

    def __init__(self, parent: QWidget, number: int) -> None:
        super().__init__(parent)
        self._number = number
        self._line: TodayLine | None = None
        self._chosen = self._over = False
        self.setFixedHeight(116)
        self.setMinimumWidth(150)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_line(self, line: TodayLine, chosen: bool) -> None:
        """Show this figure; the chosen one's rows stand below."""
        self._line, self._chosen = line, chosen
        put(self, "setAccessibleName", Text("{label}: {count}", label=line.label, count=f"{line.count:,}"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, 116)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self._chosen or self.hasFocus()
        painter.setPen(QPen(QColor(theme.C["accent" if strong else "line"]), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.C["hover" if self.underMouse() and not self._chosen else "surface"]))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        if self._line:
            self._paint_words(painter, self._line)

    def _paint_words(self, painter: QPainter, line: TodayLine) -> None:
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["accent" if self._chosen else "soft"]))
        painter.drawText(QRect(20, 10, self.width() - 28, 24), LEFT, say(line.label))
        painter.setPen(QColor(theme.C["soft"]))
        if line.before is None:
            self._paint_count(painter, line)
            return
        change = line.count - line.before
        sign = "+" if change > 0 else MINUS if change < 0 else "±"
        number = f"{sign}{abs(change):,}"
        words, room = say(Text("{change} against the day before", change=number)), self.width() - 28
        fits = painter.fontMetrics().horizontalAdvance(words) <= room
        self.setToolTip("" if fits else words)
        painter.drawText(QRect(20, 82, room, 24), LEFT, words if fits else number)
        self._paint_count(painter, line)

    def _paint_count(self, painter: QPainter, line: TodayLine) -> None:
        font = theme.font()
        font.setPointSizeF(28)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.C["text"]))
        painter.drawText(QRect(20, 34, self.width() - 28, 48), LEFT, f"{line.count:,}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(self._number)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)


class Days(QWidget):
    """A bar for each coming day, its number above and its date below; a click goes there."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._days: list[tuple[str, int]] = []
        self.setMinimumHeight(72)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_days(self, days: list[tuple[str, int]]) -> None:
        """Show these days."""
        self._days = days
        put(self, "setAccessibleName", "; ".join(f"{day} {count}" for day, count in days))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.small_font()
        font.setPointSizeF(8.5)
        painter.setFont(font)
        most = max(count for _, count in self._days) or 1
        width = self.width() / len(self._days)
        for at, (day, count) in enumerate(self._days):
            self._paint_day(painter, QRectF(at * width, 0, width, self.height()), day, count / most, count, at)

    def _paint_day(self, painter: QPainter, box: QRectF, day: str, share: float, count: int, at: int) -> None:
        top, bottom = box.top() + 16, box.bottom() - 16
        height = (bottom - top) * share
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.C["age0" if at else "accent"]))
        side = 5 if box.width() > NUMBER_WIDTH else 1
        painter.drawRoundedRect(box.adjusted(side, 0, -side, 0) & QRectF(box.left(), bottom - max(height, 1), box.width(), max(height, 1)), 2, 2)
        if box.width() < NUMBER_WIDTH and at % 2:
            return  # every other number where all of them would run into each other
        painter.setPen(QColor(theme.C["text"]))
        above = QRectF(box.left() - NUMBER_WIDTH, bottom - height - 16, box.width() + 2 * NUMBER_WIDTH, 16)
        painter.drawText(above, CENTRE, f"{count:,}" if count else "")
        box.adjust(-NUMBER_WIDTH, 0, NUMBER_WIDTH, 0)
        date = dt.date.fromisoformat(day)
        painter.setPen(QColor(theme.C["red" if date.weekday() >= 5 else "soft"]))
        word = WEEKDAYS[date.weekday()] if language() == "zh_CN" else date.strftime("%a")[:2]
        painter.drawText(QRectF(box.left(), bottom, box.width(), 16), CENTRE, f"{date.day}{word if box.width() > 34 + 2 * NUMBER_WIDTH else ''}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._days:
            at = int(event.position().x() * len(self._days) / max(1, self.width()))
            self.chosen.emit(self._days[min(max(at, 0), len(self._days) - 1)][0])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)
