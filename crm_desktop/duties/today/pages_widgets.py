"""Painted parts of *Today*: a figure that can be pressed, and the bars of the coming days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from crm_desktop.record.duty import TodayLine
from crm_desktop.record.money import MINUS
from crm_desktop.record.text import Text, language, say
from crm_desktop.ui import theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.list_paint import elided
from crm_desktop.ui.speech import literal, put

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
CARD_HEIGHT, CARD_PADDING = 76, 16
LINE, AMOUNT, LINE_PADDING = 25, 18, 8
LINE_DENSE, AMOUNT_DENSE = 20, 16
COUNT_GAP = 14  # px between words and number
LEAST_STEP = 8  # px that another figure's middle must be further on
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
NUMBER_WIDTH = 24  # px a date takes under its bar
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


class Pressable(QAbstractButton):
    """A figure that shows its rows when it is pressed; a button to those who hear it. Of all figures one is a stop of the Tab key; arrows
    go on from it."""

    asked = Signal(int)
    walked = Signal(object, int)  # itself, the arrow key

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = -1
        self.line: TodayLine | None = None
        self.chosen = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self.number)

    def show_line(self, number: int, line: TodayLine, chosen: bool) -> None:
        """Show this figure; the chosen one's rows are shown beside it."""
        self.number, self.line, self.chosen = number, line, chosen
        words = Text("{label}: {count}", label=line.label, count=f"{line.count:,}")
        put(self, "setAccessibleName", Text("{first}, {second}", first=words, second=line.amount) if line.amount else words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self.update()

    def paint_frame(self, painter: QPainter, radius: int, ground: str) -> None:
        """The ground of the figure, with a line around it while it is chosen or has the keyboard."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.chosen or self.hasFocus()
        painter.setPen(QPen(QColor(theme.C["accent" if strong else ground]), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.C["hover" if self.underMouse() and not self.chosen else "surface"]))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def tone(self) -> str:
        """Its colour: that of its line, when somebody must act."""
        return self.line.tone if self.line and self.line.count and self.line.tone in ("red", "amber") else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, *ENTER):
            self.click()
        elif event.key() in ARROWS:
            self.walked.emit(self, event.key())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)


def next_to(page: QWidget, here: QWidget, others: Sequence[Pressable], key: Qt.Key) -> Pressable | None:
    """The figure that stands nearest in the direction of an arrow key; None at the edge."""
    start = QRect(here.mapTo(page, QPoint(0, 0)), here.size()).center()
    across = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    way = 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1
    found: list[tuple[int, int, Pressable]] = []
    for number, other in enumerate(others):
        place = QRect(other.mapTo(page, QPoint(0, 0)), other.size()).center() - start
        along, aside = (place.x(), place.y()) if across else (place.y(), place.x())
        if along * way > LEAST_STEP:
            found.append((along * way + 3 * abs(aside), number, other))
    return min(found, default=(0, 0, None))[2]


class FigureCard(Pressable):
    """A figure of the house, large, with its change since the day before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(CARD_HEIGHT)
        self.setMinimumWidth(108)

    def sizeHint(self) -> QSize:
        return QSize(150, CARD_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_frame(painter, 8, "line")
        if self.line is None:
            return
        room = self.width() - 2 * CARD_PADDING
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["accent" if self.chosen else "soft"]))
        painter.drawText(QRect(CARD_PADDING, 5, room, 22), LEFT, elided(painter.fontMetrics(), say(self.line.label), room))
        note = say(self.line.note) if self.line.note else ""
        left = room - painter.fontMetrics().horizontalAdvance(say(self.line.label)) - 8
        if self.line.amount:
            painter.setPen(QColor(theme.C["text"]))
            painter.drawText(QRect(CARD_PADDING, 5, room, 22), RIGHT, elided(painter.fontMetrics(), say(self.line.amount), left))
        elif painter.fontMetrics().horizontalAdvance(note) < left:
            painter.setPen(QColor(theme.C["soft"]))
            painter.drawText(QRect(CARD_PADDING, 5, room, 22), RIGHT, note)
        font = theme.font(24, bold=True)
        painter.setFont(font)
        painter.setPen(QColor(theme.C[self.tone() or "text"]))
        count = f"{self.line.count:,}"
        painter.drawText(QRect(CARD_PADDING, 26, room, 44), LEFT, count)
        if self.line.amount and note:
            at = painter.fontMetrics().horizontalAdvance(count) + CARD_PADDING + 8
            painter.setFont(theme.small_font())
            painter.setPen(QColor(theme.C["soft"]))
            painter.drawText(QRect(at, 48, self.width() - at - 8, 20), LEFT, elided(painter.fontMetrics(), note, self.width() - at - 8))
            painter.setFont(font)
        if self.line.before is not None:
            self._paint_change(painter, painter.fontMetrics().horizontalAdvance(count) + CARD_PADDING + 8, self.line.count - self.line.before, 29 if self.line.amount and note else 36)

    def _paint_change(self, painter: QPainter, left: int, change: int, top: int) -> None:
        sign = "+" if change > 0 else MINUS if change < 0 else "±"
        number = f"{sign}{abs(change):,}"
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        words, room = say(Text("{change} against the day before", change=number)), self.width() - left - 8
        fits = painter.fontMetrics().horizontalAdvance(words) <= room
        self.setToolTip("" if fits else literal(words))
        painter.drawText(QRect(left, top, room, 24), LEFT, words if fits else number)


class FigureLine(Pressable):
    """A figure in a group: its words at the left, its number at the right, and the sum it stands for between them or, where there is no
    room, below."""

    dense = False
    beside = False  # the sum stands in the same line
    _measured = ("", "", 0)

    def words(self) -> str:
        """What it is called in its box."""
        return say(self.line.brief) if self.line else ""

    def taken(self) -> int:
        """px of its words and its number."""
        if self.line is None:
            return 0
        words, count = self.words(), f"{self.line.count:,}"
        if self._measured[:2] != (words, count):  # asked for many times while the cards are placed
            self._measured = words, count, QFontMetrics(theme.font()).horizontalAdvance(words) + QFontMetrics(theme.font(bold=True)).horizontalAdvance(count)
        return self._measured[2] + 2 * LINE_PADDING + COUNT_GAP

    def needs(self) -> int:
        """px of a column where its words are whole."""
        return self.taken() + 2 * LINE_PADDING if self.line else 0

    @property
    def high(self) -> int:
        """px of its first line."""
        return LINE_DENSE if self.dense else LINE

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.chosen or self.hasFocus() or self.underMouse():
            self.paint_frame(painter, 6, "surface")
        if self.line is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        taken = self._paint_count(painter, f"{self.line.count:,}")
        room = self.width() - taken - 2 * LINE_PADDING
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.C["accent" if self.chosen else "text"]))
        words = self.words()
        shown = elided(painter.fontMetrics(), words, room)
        painter.drawText(QRect(LINE_PADDING, 0, room, self.high), LEFT, shown)
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C[self.tone() or "soft"]))
        whole = self.width() - 2 * LINE_PADDING
        amount = say(self.line.amount) if self.beside else elided(painter.fontMetrics(), say(self.line.amount), whole)
        below = QRect(LINE_PADDING, self.high - 3, whole, AMOUNT_DENSE if self.dense else AMOUNT)
        painter.drawText(QRect(LINE_PADDING, 0, room, self.high) if self.beside else below, RIGHT if self.beside else LEFT, amount)
        told = f"{say(self.line.label)} {say(self.line.amount)}".strip()
        self.setToolTip("" if (shown, amount) == (words, say(self.line.amount)) and words == say(self.line.label) else literal(told))

    def _paint_count(self, painter: QPainter, count: str) -> int:
        """The number, on its colour where somebody must act; returns the room it takes."""
        painter.setFont(theme.font(bold=True))
        width = painter.fontMetrics().horizontalAdvance(count)
        box, tone = QRect(self.width() - LINE_PADDING - width, 0, width, self.high), self.tone()
        if tone:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.C[f"{tone}_bg"]))
            painter.drawRoundedRect(box.adjusted(-6, 2 if self.dense else 3, 6, -2 if self.dense else -3), 9, 9)
        painter.setPen(QColor(theme.C[tone or "text"]))
        painter.drawText(box, RIGHT, count)
        return width + COUNT_GAP

    def height_of(self, width: int = 0) -> int:
        """The room it needs in so many px: two lines when it stands for a sum that does not fit beside its words."""
        amount = say(self.line.amount) if self.line else ""
        self.beside = bool(amount and width and self.taken() + QFontMetrics(theme.small_font()).horizontalAdvance(amount) + 8 <= width)
        return self.high + ((AMOUNT_DENSE if self.dense else AMOUNT) - 2 if amount and not self.beside else 0)


class FoldLine(QPushButton):
    """Says how many figures of a group are folded away, and shows them all when it is pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_count(self, count: int, waiting: int) -> None:
        """So many are away, so many of them wait for somebody."""
        words = Text("{n} more, {waiting} of them wait", n=f"{count}", waiting=f"{waiting}") if waiting else Text("{n} more, all calm", n=f"{count}")
        put(self, "setText", words)


class Days(QLabel):
    """A bar for each coming day, its number above and its date below; a click goes there."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._days: list[tuple[str, int]] = []
        self.setMinimumHeight(44)
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
