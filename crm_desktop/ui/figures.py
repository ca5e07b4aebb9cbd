"""The figures of a sheet: a number under its word, in as many lines as there is need for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.speech import literal, put

ROW, LEAST, MOST = 50, 90, 140  # px: the height of a line, and the room of a figure, as its word needs


class Figures(QLabel):
    """The figures, painted; `opened` carries the one whose rows are asked for."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures: list[Figure] = []
        self._room = LEAST
        self._over = -1
        self._at_key = 0  # where the arrow keys stand
        self.setFixedHeight(ROW)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put(self, "setAccessibleName", Text("Figures"))

    def show_figures(self, figures: list[Figure]) -> None:
        """Show these figures."""
        self._figures = figures
        self._at_key = min(self._at_key, max(0, len(figures) - 1))
        self._arrange()
        put(self, "setAccessibleDescription", "; ".join(map(_said, figures)))
        self.update()

    def _a_line(self) -> int:
        """How many stand in a line: as many as have room, all lines alike."""
        count = max(1, len(self._figures))
        lines = -(-count // max(1, self.width() // self._room))
        return -(-count // lines)

    def _arrange(self) -> None:
        metrics = QFontMetrics(theme.small_font())
        words = (metrics.horizontalAdvance(say(figure.label)) + 8 for figure in self._figures)
        self._room = max(LEAST, min(MOST, max(words, default=LEAST)))
        self.setFixedHeight(ROW * max(1, -(-len(self._figures) // self._a_line())))

    def _box(self, at: int) -> QRect:
        line, place = divmod(at, self._a_line())
        width = self.width() / self._a_line()
        return QRect(round(place * width), line * ROW, round(width) - 8, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, figure in enumerate(self._figures):
            self._paint(painter, self._box(at), figure, at == self._over)

    def _paint(self, painter: QPainter, box: QRect, figure: Figure, over: bool) -> None:
        if self.hasFocus() and figure is self._figures[self._at_key]:
            painter.fillRect(box.left(), box.bottom() - 3, min(40, box.width()), 2, QColor(theme.C["accent"]))
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label = painter.fontMetrics().elidedText(say(figure.label), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box.adjusted(0, 2, 0, 18 - ROW), flags, label)
        painter.setFont(_fitting(figure.value, box.width() - 8))
        painter.setPen(QColor(theme.C["accent" if over and figure.opens else figure.tone or "text"]))
        painter.drawText(box.adjusted(0, 18, 0, -5), flags, figure.value)
        self._paint_note(painter, box, figure)

    @staticmethod
    def _paint_note(painter: QPainter, box: QRect, figure: Figure) -> None:
        """The note after the value where it has room whole; else it is in the tooltip only."""
        left = painter.fontMetrics().horizontalAdvance(figure.value) + 6
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        if painter.fontMetrics().horizontalAdvance(say(figure.note)) <= box.width() - left:
            painter.drawText(box.adjusted(left, 18, 0, -5), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), say(figure.note))

    def _at(self, place: QPointF) -> int:
        return next((at for at in range(len(self._figures)) if self._box(at).contains(place.toPoint())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position())
        if over != self._over:
            self._over = over
            opens = over >= 0 and self._figures[over].opens
            self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
            self.setToolTip(literal(_said(self._figures[over])) if over >= 0 else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at >= 0 and self._figures[at].opens:
            self.opened.emit(self._figures[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._a_line()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -line, Qt.Key.Key_Down: line}.get(Qt.Key(event.key()))
        if step and self._figures:
            if abs(step) == 1 or 0 <= self._at_key + step < len(self._figures):
                self._at_key = min(max(self._at_key + step, 0), len(self._figures) - 1)
            self.update()
        elif event.key() in (*ENTER, Qt.Key.Key_Space) and self._figures and self._figures[self._at_key].opens:
            self.opened.emit(self._figures[self._at_key])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._arrange()
            self.update()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _said(figure: Figure) -> str:
    """A figure as it would be read out."""
    return f"{say(figure.label)} {figure.value} {say(figure.note)}".rstrip()


def _fitting(words: str, width: int) -> QFont:
    """The figures' font, smaller where there is little room: a cut number is a wrong number."""
    for points in (13.0, 11.0, theme.SMALL_POINTS):
        font = theme.font(points, bold=True)
        if QFontMetrics(font).horizontalAdvance(words) <= width:
            break
    return font


def _paint_share(painter: QPainter, box: QRect, figure: Figure) -> None:
    """A bar as long as the whole, filled as far as the part; full in its tone where the part is more."""
    part, whole = figure.share or (0, 0)
    painter.fillRect(box, QColor(theme.C["line2"]))
    filled = box.width() if part > whole else round(box.width() * max(0, part) / whole) if whole > 0 else 0
    painter.fillRect(box.left(), box.top(), filled, box.height(), QColor(theme.C[figure.tone or "accent"]))
