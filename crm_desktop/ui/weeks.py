"""Weeks in a table: seven columns from Monday on, a day in each cell; what a day is and says, its page tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.record.guess import WEEKDAYS
from crm_desktop.record.text import say
from crm_desktop.ui import theme
from crm_desktop.ui.focus_frame import FramedTable
from crm_desktop.ui.list_paint import tip
from crm_desktop.ui.table import TextsHeader

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class Weeks(QAbstractTableModel):
    """Whole weeks of days, whatever a day is to its page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.days: list[Any] = []
        self.today = ""

    def put_days(self, days: Sequence[Any], today: str) -> None:
        """Show these, from a Monday on."""
        self.beginResetModel()
        self.days, self.today = list(days), today
        self.endResetModel()

    def told(self, day: Any) -> str:
        """All of a day in words."""
        raise NotImplementedError

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.days) // 7

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else 7

    def day(self, index: AnyIndex) -> Any | None:
        """The day of a cell."""
        at = index.row() * 7 + index.column()
        return self.days[at] if index.isValid() and at < len(self.days) else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day(index)
        return self.told(day) if day is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return say(WEEKDAYS[section]) if role == Qt.ItemDataRole.DisplayRole else None


class DayDelegate(QStyledItemDelegate):
    """Paints a day's ground and its lines, and lets its page paint the rest."""

    def ground(self, model: Any, day: Any) -> str:
        """The colour below a day that is not chosen."""
        raise NotImplementedError

    def inside(self, painter: QPainter, rect: QRect, model: Any, day: Any, chosen: bool) -> None:
        """Paint what stands in a day."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, rect = index.model(), option.rect
        assert isinstance(model, Weeks)
        day = model.day(index)
        if day is None:
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(theme.C["accent_soft" if chosen else self.ground(model, day)]))
        painter.setPen(QColor(theme.C["line"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        self.inside(painter, rect, model, day, chosen)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        tip(event.globalPos(), str(index.data() or ""), view)
        return True


class WeeksTable(FramedTable):
    """The weeks, all at once as high as there is room; `least` is a week's height at least."""

    def __init__(self, model: Weeks, cells: type[DayDelegate], least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._least = least
        self.setModel(model)
        self.setHorizontalHeader(TextsHeader(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.setItemDelegate(cells(self))
        self.setShowGrid(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def fit(self) -> None:
        """Share the height among the weeks."""
        rows = self.model().rowCount()
        for row in range(rows):
            self.setRowHeight(row, max(self._least, self.viewport().height() // rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
