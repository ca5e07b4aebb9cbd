"""What matters about a client now, in one line under the name: each point a chip that opens what it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm_desktop.record.duty import NowPoint
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CHIP_HEIGHT, chip_width, paint_chip

TONES = ("red", "amber", "green", "blue", "purple", "grey", "")  # what needs somebody stands first
EDGE = 2


def in_order(points: Sequence[NowPoint]) -> list[NowPoint]:
    """Red ones first, then amber; among equals as the duties said them."""
    return sorted(points, key=_rank)


def _rank(point: NowPoint) -> int:
    return TONES.index(point.tone) if point.tone in TONES else len(TONES)


class NowChip(QAbstractButton):
    """A point: a chip in its tone, pressed with the mouse, Space or Enter."""

    def __init__(self, parent: QWidget, point: NowPoint) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_point(point)

    def show_point(self, point: NowPoint) -> None:
        """Show another point."""
        self.point = point
        put(self, "setAccessibleName", point.words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if point.opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if point.opens else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(say(self.point.words), theme.small_font()) + 2 * EDGE, CHIP_HEIGHT + 2 * EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        paint_chip(painter, box, say(self.point.words), self.point.tone or "grey", theme.small_font())
        if self.hasFocus() or (self.underMouse() and self.point.opens):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.C["accent" if self.hasFocus() else "field"]), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), self.height() / 2 - 1, self.height() / 2 - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.updateGeometry()
            self.update()
        super().changeEvent(event)


class NowLine(QWidget):
    """The points in a line, in another where there is no room. `opened` carries the point that was pressed."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = Flow(self, 4)
        self.chips: list[NowChip] = []
        self._spare: list[NowChip] = []  # hidden until there are as many points again: a new one takes long to dress
        put(self, "setAccessibleName", Text("What matters now"))

    def show_points(self, points: Sequence[NowPoint]) -> None:
        """Show these points, those that need somebody first; none at all takes no room."""
        if self._same(in_order(points)):
            return
        made = [*self.chips, *self._spare]
        for chip in made:
            if chip.hasFocus() or chip not in made[: len(points)]:
                chip.hide()  # the keyboard goes on, as from what is gone
        self.chips = [self._chip(made[at] if at < len(made) else None, point) for at, point in enumerate(in_order(points))]
        self._spare = made[len(points) :]
        self.setVisible(bool(points))
        self._keep_height()
        self.updateGeometry()

    def _chip(self, chip: NowChip | None, point: NowPoint) -> NowChip:
        """A chip that shows a point: the one there is, or a new one."""
        if chip is None:
            chip = NowChip(self, point)
            chip.clicked.connect(self._on_clicked)
            self._flow.addWidget(chip)
        else:
            chip.show_point(point)
        chip.show()
        return chip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        """Never less than its lines need: where a box is a little too low, none of them may be taken away."""
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def _same(self, points: Sequence[NowPoint]) -> bool:
        """True when nothing changed: the keyboard may stand on a chip."""
        shown = [(chip.point.words, chip.point.tone, chip.point.opens) for chip in self.chips]
        return bool(points) and shown == [(point.words, point.tone, point.opens) for point in points]

    @Slot()
    def _on_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, NowChip) and chip.point.opens:
            self.opened.emit(chip.point)
