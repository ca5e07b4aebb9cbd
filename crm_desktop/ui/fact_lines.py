"""Lines of facts, each of which may open something: painted, one stop of the Tab key, arrows choose, Enter opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.list_paint import elided
from crm_desktop.ui.speech import literal, put

ROW, LEFT, LEAST, RIGHT_ROOM = 26, 46, 260, 20
WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class FactLine(NamedTuple):
    """What stands at the left, the words, the tone of the left part, what it opens (None = nothing)."""

    left: Text | str
    words: Text | str
    tone: str
    opens: Any


class FactLines(QLabel):
    """`opened` carries what the chosen line opens."""

    opened = Signal(object)

    def __init__(self, parent: QWidget, name: Text) -> None:
        super().__init__(parent)
        self._lines: list[FactLine] = []
        self._left, self._at, self._over = 0, 0, -1
        self._boxes: list[QRect] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        put(self, "setAccessibleName", name)

    def show_lines(self, lines: Sequence[FactLine]) -> None:
        """Show these."""
        self._lines = list(lines)
        self._left = LEFT if any(say(line.left) for line in lines) else 0
        self._at = min(self._at, max(0, len(lines) - 1))
        live = any(line.opens is not None for line in lines)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if live else Qt.FocusPolicy.NoFocus)
        put(self, "setAccessibleDescription", "; ".join(self.words()))
        self._arrange()

    def _arrange(self) -> None:
        """A line whose words need two rows gets them; more are cut, and stand in its tip."""
        room, top, self._boxes = self.width() - self._left - RIGHT_ROOM, 0, []
        metrics = QFontMetrics(theme.font())
        for line in self._lines:
            high = ROW + metrics.lineSpacing() if metrics.horizontalAdvance(say(line.words)) > room > 0 else ROW
            self._boxes.append(QRect(0, top, self.width(), high))
            top += high
        if self.height() != top:
            self.setFixedHeight(top)
        self.update()

    def words(self) -> list[str]:
        """The lines as they read."""
        return [f"{say(line.left)} {say(line.words)}".strip() for line in self._lines]

    def sizeHint(self) -> QSize:
        return QSize(LEAST, self._boxes[-1].bottom() + 1 if self._boxes else 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, line in enumerate(self._lines):
            self._paint(painter, self._boxes[at], line, at)

    def _paint(self, painter: QPainter, box: QRect, line: FactLine, at: int) -> None:
        if self.hasFocus() and at == self._at:
            painter.fillRect(box, QColor(theme.C["accent_soft"]))
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C[line.tone or "soft"]))
        if self._left:
            painter.drawText(QRect(box.left(), box.top(), self._left - 10, ROW), AT_RIGHT, say(line.left))
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.C["accent" if line.opens is not None and at == self._over else "text"]))
        room = box.adjusted(self._left, 0, -RIGHT_ROOM, 0)
        words = say(line.words)
        if box.height() == ROW:
            painter.drawText(room, MIDDLE, words)
        else:
            painter.drawText(room.adjusted(0, 2, 0, 0), WRAPPED, elided(painter.fontMetrics(), words, 2 * room.width() - ROW))
        if line.opens is not None:
            theme.paint_icon(painter, QRect(box.right() - 16, box.top() + 6, 14, 14).toRectF(), "chevron-right", "soft")

    def _line_at(self, point: QPoint) -> int:
        return next((at for at, box in enumerate(self._boxes) if box.contains(point)), -1)

    def _open(self, at: int) -> None:
        if 0 <= at < len(self._lines) and self._lines[at].opens is not None:
            self._at = at
            self.opened.emit(self._lines[at].opens)

    # what Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._at + step < len(self._lines):
            self._at += step
            self.update()
        elif event.key() in (*ENTER, Qt.Key.Key_Space):
            self._open(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self._line_at(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._line_at(event.position().toPoint())
        if over != self._over:
            self._over = over
            live = over >= 0 and self._lines[over].opens is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._line_at(event.pos())
            QToolTip.showText(event.globalPos(), literal(say(self._lines[at].words)) if at >= 0 else "", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._arrange()
        super().changeEvent(event)
