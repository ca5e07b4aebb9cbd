"""A layout that puts widgets beside each other and goes on in another line where there is no room; cards in columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui.widgets import CutLabel

GAP = 8  # px between two cards


def packed(heights: Sequence[int], columns: int, gap: int = GAP) -> list[list[int]]:
    """Which cards stand in which column, in reading order, so that the longest column is as short as can be."""
    if not heights:
        return []
    limit = max(max(heights), -(-(sum(heights) + gap * (len(heights) - 1)) // columns) - gap)
    while True:
        out = _filled(heights, limit, gap)
        if len(out) <= columns:
            return out
        limit += gap


def _filled(heights: Sequence[int], limit: int, gap: int) -> list[list[int]]:
    out: list[list[int]] = [[]]
    used = 0
    for at, height in enumerate(heights):
        if out[-1] and used + gap + height > limit:
            out.append([])
            used = 0
        used += height + (gap if out[-1] else 0)
        out[-1].append(at)
    return out


def headed(parent: QWidget, title: Text) -> tuple[QHBoxLayout, Flow]:
    """The head of a page: its title, and the line its buttons go into, which becomes several on a narrow window."""
    bar = QHBoxLayout()
    bar.setSpacing(8)
    bar.addWidget(CutLabel(parent, "h1", title))
    bar.addStretch(1)
    holder = QWidget(parent)
    flow = Flow(holder, 8)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    bar.addWidget(holder)
    return bar, flow


class Flow(QLayout):
    """Lines of widgets, each as wide as it likes to be."""

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._heights: dict[int, int] = {}  # by width: Qt asks again and again while it lays out what is around
        self.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        parent.setSizePolicy(policy)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Give every widget its place, or only measure; returns the height of all lines."""
        x = y = height = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            width = min(size.width(), rect.width())
            if x and x + width > rect.width():
                x, y, height = 0, y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(rect.topLeft() + QPoint(x, y), QSize(width, size.height())))
            x, height = x + width + self._gap, max(height, size.height())
        return y + height
