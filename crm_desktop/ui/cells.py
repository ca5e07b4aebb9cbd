"""A table of figures whose cells open what stands behind them: arrows move, Enter or a double-click opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui import theme
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.list_paint import PADDING
from crm_desktop.ui.table import Texts, table

LOOKED_AT = 100  # rows a column's width is found from


class Cells(QWidget):
    """`opened` carries row and column of the cell that is opened, `moved` of the one the keyboard has come to."""

    opened = Signal(int, int)
    moved = Signal(int, int)

    def __init__(self, parent: QWidget, name: Text, right: Sequence[int] = ()) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.rows = Texts([], self, right)
        self.view = table(self, self.rows, name=name)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(self._on_double)
        self.view.selectionModel().currentChanged.connect(self._on_moved)
        box.addWidget(self.view)

    def show_rows(self, rows: Sequence[Sequence[Text | str]], headings: Sequence[Text | str], widths: Sequence[int]) -> None:
        """Show other rows; the keyboard stays on its cell. A width of 0 is as wide as what stands there needs."""
        at = self.view.currentIndex()
        row, column = at.row(), at.column()
        self.rows.show_rows(rows, headings)
        for number, width in enumerate(widths):
            self.view.setColumnWidth(number, width or self._needed(number))
        if rows and row >= 0:
            self.choose(min(row, len(rows) - 1), min(column, len(headings) - 1))

    def _needed(self, column: int) -> int:
        heading = str(self.rows.headerData(column, Qt.Orientation.Horizontal) or "")
        words = (str(self.rows.data(self.rows.index(at, column)) or "") for at in range(min(LOOKED_AT, self.rows.rowCount())))
        widest = max(map(QFontMetrics(theme.font()).horizontalAdvance, words), default=0)
        return max(widest, QFontMetrics(theme.small_font()).horizontalAdvance(heading)) + 2 * PADDING + 2

    def choose(self, row: int, column: int) -> None:
        """Bring the keyboard to a cell."""
        self.view.setCurrentIndex(self.rows.index(row, column))

    def told(self) -> list[list[str]]:
        """What stands in the cells."""
        return [[str(self.rows.data(self.rows.index(at, column)) or "") for column in range(self.rows.columnCount())] for at in range(self.rows.rowCount())]

    def open(self) -> None:
        """Open the cell the keyboard is on."""
        at = self.view.currentIndex()
        if at.isValid():
            self.opened.emit(at.row(), at.column())

    @Slot(object)
    def _on_double(self, _index: object) -> None:
        self.open()

    @Slot(object, object)
    def _on_moved(self, now: QModelIndex, _before: object) -> None:
        if now.isValid():
            self.moved.emit(now.row(), now.column())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.open()
            return True
        return super().eventFilter(watched, event)
