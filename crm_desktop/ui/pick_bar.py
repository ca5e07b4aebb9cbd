"""A line of words of which one is chosen: the tabs of a sheet, the kinds of a timeline. One stop of the Tab key;
the arrow keys choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.speech import put

TAB_HEIGHT, PILL_HEIGHT = 34, 26
TAB_GAP, PILL_GAP, LINE_GAP = 20, 6, 4
PILL_PADDING = 10
MORE = "…"
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class Pick(NamedTuple):
    """One of the words, and how many rows stand behind it ('' = not said)."""

    key: str
    title: Text
    rows: str = ""


class PickBar(QLabel):
    """`picked` tells the key of the chosen word. `pills` are small and round, tabs have a line under the chosen one."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, name: Text, *, pills: bool = False) -> None:
        super().__init__(parent)
        self._pills = pills
        self._picks: tuple[Pick, ...] = ()
        self._boxes: list[QRect] = []
        self._chosen, self._over = "", -1
        self._open = False  # words without room wait behind the last one, which shows them
        self._shown = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        put(self, "setAccessibleName", name)
        self.setFixedHeight(self._line)

    @property
    def _line(self) -> int:
        return PILL_HEIGHT if self._pills else TAB_HEIGHT

    # what it shows

    def show_picks(self, picks: Sequence[Pick]) -> None:
        """Show these words; the chosen one stays when it is among them, else the first is."""
        if tuple(picks) != self._picks:
            self._picks = tuple(picks)
            if self._chosen not in self.keys():
                self._chosen = self._picks[0].key if self._picks else ""
            self._arrange()

    def keys(self) -> list[str]:
        """The keys in order."""
        return [pick.key for pick in self._picks]

    @property
    def chosen(self) -> str:
        """The key of the chosen word."""
        return self._chosen

    def set_chosen(self, key: str) -> None:
        """Choose a word without telling it."""
        self._chosen = key
        if key in self.keys()[self._shown :]:
            self._unfold()
        self._describe()
        self.update()

    def choose(self, key: str) -> None:
        """Choose a word and tell it."""
        if key in self.keys() and key != self._chosen:
            self.set_chosen(key)
            self.picked.emit(key)

    def step(self, way: int) -> None:
        """The next word to the right or left, round at the ends."""
        keys = self.keys()
        if keys:
            self.choose(keys[(keys.index(self._chosen) + way) % len(keys)])

    # painting

    def _font(self, chosen: bool) -> QFont:
        return theme.small_font() if self._pills else theme.font(bold=chosen)

    def _words(self, pick: Pick) -> str:
        return say(pick.title) + (f" {pick.rows}" if pick.rows else "")

    def _arrange(self) -> None:
        """Where each word stands: in another line where there is no room, or behind the word that shows the others."""
        gap, padding = (PILL_GAP, 2 * PILL_PADDING) if self._pills else (TAB_GAP, 0)
        metrics, x, y, self._boxes = QFontMetrics(self._font(True)), 0, 0, []
        room = self.width()
        for pick in self._picks:
            width = metrics.horizontalAdvance(self._words(pick)) + padding
            if x and x + width > room:
                x, y = 0, y + self._line + LINE_GAP
            self._boxes.append(QRect(x, y, width, self._line))
            x += width + gap
        self._shown = len(self._boxes)
        if y and not self._open:
            more = metrics.horizontalAdvance(MORE) + padding
            self._shown = max(1, sum(box.top() == 0 and box.right() + gap + more <= room for box in self._boxes))
            if self._chosen in self.keys()[self._shown :]:
                self._open = True
            else:
                self._boxes[self._shown :] = [QRect(self._boxes[self._shown - 1].right() + gap, 0, more, self._line)]
                y = 0
        self.setFixedHeight(y + self._line)
        self._describe()
        self.update()

    def _unfold(self) -> None:
        """Show those that had no room."""
        self._open = True
        self._arrange()

    def _describe(self) -> None:
        put(self, "setAccessibleDescription", next((self._words(pick) for pick in self._picks if pick.key == self._chosen), ""))

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (pick, box) in enumerate(zip(self._picks, self._boxes, strict=False)):
            if at >= self._shown and not self._open:
                painter.setFont(self._font(False))
                (self._paint_pill if self._pills else self._paint_tab)(painter, box, False, at == self._over)
                painter.drawText(box, CENTRE, MORE)
                break
            chosen = pick.key == self._chosen
            painter.setFont(self._font(chosen and not self._pills))
            (self._paint_pill if self._pills else self._paint_tab)(painter, box, chosen, at == self._over)
            painter.drawText(box, CENTRE, self._words(pick))

    def _paint_pill(self, painter: QPainter, box: QRect, chosen: bool, over: bool) -> None:
        painter.setPen(QPen(QColor(theme.C["accent" if chosen else "line2"]), 2 if chosen and self.hasFocus() else 1))
        painter.setBrush(QColor(theme.C["accent_soft" if chosen else "hover" if over else "surface"]))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), PILL_HEIGHT / 2 - 1, PILL_HEIGHT / 2 - 1)
        painter.setPen(QColor(theme.C["accent" if chosen else "soft"]))

    def _paint_tab(self, painter: QPainter, box: QRect, chosen: bool, over: bool) -> None:
        if chosen:
            painter.fillRect(box.left(), box.bottom() - 1, box.width(), 2, QColor(theme.C["accent"]))
        if chosen and self.hasFocus():
            painter.setPen(QPen(QColor(theme.C["accent"]), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-5, 3, 5, -5), 5, 5)
        painter.setPen(QColor(theme.C["text" if chosen or over else "soft"]))

    # what a person does

    def _at(self, event: QMouseEvent) -> int:
        place = event.position().toPoint()
        return next((at for at, box in enumerate(self._boxes) if box.adjusted(-4, 0, 4, 0).contains(place)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event)
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if at >= self._shown:
            self._unfold()
        elif at >= 0:
            self.choose(self._picks[at].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step:
            self.step(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._picks:
            self._arrange()
        super().changeEvent(event)
