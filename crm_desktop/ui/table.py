"""A small table of texts in the look of the lists: for previews, logs and backups (a few hundred rows)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.list_paint import PADDING, elided
from crm_desktop.ui.speech import literal, put

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = 34
DISPLAY, SIDE = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole
LEFT, RIGHT = (int(side | Qt.AlignmentFlag.AlignVCenter) for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))
SELECTED = QStyle.StateFlag.State_Selected


class Texts(QAbstractTableModel):
    """Rows of texts under headings; both follow the language. `right` names the columns aligned to the right."""

    def __init__(self, headings: Sequence[Text], parent: QWidget, right: Sequence[int] = ()) -> None:
        super().__init__(parent)
        self._headings, self._right = list(headings), set(right)
        self._rows: list[Sequence[Text | str]] = []

    def show_rows(self, rows: Sequence[Sequence[Text | str]], headings: Sequence[Text | str] | None = None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        if headings is not None:
            self._headings = list(headings)  # type: ignore[arg-type]
        self.endResetModel()

    def show_row(self, at: int, row: Sequence[Text | str]) -> None:
        """Show one row anew."""
        self._rows[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == DISPLAY:
            row, column = self._rows[index.row()], index.column()
            return say(row[column]) if column < len(row) else ""
        return self._side(index.column()) if role == SIDE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == SIDE:
            return self._side(section)
        return say(self._headings[section]) if role == DISPLAY else None

    def _side(self, column: int) -> int:
        return RIGHT if column in self._right else LEFT


class TextsHeader(QHeaderView):
    """Headings painted exactly above their cells."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(32)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, QColor(theme.C["surface"]))
        painter.setPen(QColor(theme.C["line2"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        words = self.model().headerData(section, Qt.Orientation.Horizontal)
        side = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        box = rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(box, int(side), elided(painter.fontMetrics(), str(words), box.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.C["surface"]))
        painter.setPen(QColor(theme.C["line2"]))
        painter.drawLine(self.viewport().rect().bottomLeft(), self.viewport().rect().bottomRight())
        painter.end()
        super().paintEvent(event)


class TextsDelegate(QStyledItemDelegate):
    """Cells with a hairline below and a tooltip only where words are cut."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        box, words = option.rect, str(index.data())
        if option.state & SELECTED:
            painter.fillRect(box, QColor(theme.C["accent_soft"]))
        painter.setPen(QColor(theme.C["line"]))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if not words:
            return
        painter.setFont(option.font)
        painter.setPen(QColor(theme.C["text"]))
        box = box.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(box, int(index.data(SIDE)), elided(painter.fontMetrics(), words, box.width()))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        words = str(index.data() or "")
        cut = option.fontMetrics.horizontalAdvance(words) > option.rect.width() - 2 * PADDING
        QToolTip.showText(event.globalPos(), literal(words) if cut else "", view)
        return True


def table(parent: QWidget, model: QAbstractTableModel, stretch: int = -1, *, name: Text) -> QTableView:
    """A view of such a model: rows are selected whole, nothing is edited. `name` is what it is called for those who
    cannot see it."""
    view = QTableView(parent)
    put(view, "setAccessibleName", name)
    view.setProperty("class", "texts")
    view.setTabKeyNavigation(False)  # Tab leads on; the arrow keys go through the rows
    view.setModel(model)
    view.setHorizontalHeader(TextsHeader(view))
    view.setItemDelegate(TextsDelegate(view))
    view.setShowGrid(False)
    view.setFrameShape(view.Shape.NoFrame)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    if stretch >= 0:
        view.horizontalHeader().setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    return view
