"""A small table of texts in the look of the lists: for previews, logs and backups (a few hundred rows)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = 34


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

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = self._rows[index.row()]
            return say(row[index.column()]) if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return say(self._headings[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def table(parent: QWidget, model: QAbstractTableModel, stretch: int = -1) -> QTableView:
    """A view of such a model: rows are selected whole, nothing is edited."""
    view = QTableView(parent)
    view.setModel(model)
    view.setShowGrid(False)
    view.setFrameShape(view.Shape.NoFrame)
    view.setWordWrap(False)
    view.setFont(theme.font())
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setFixedHeight(32)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    if stretch >= 0:
        view.horizontalHeader().setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    return view
