"""A frame round what has the keyboard, for views that show their current cell without it too."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTableView

from crm_desktop.ui import theme


class FramedTable(QTableView):
    """A table that frames itself while it has the keyboard."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(theme.C["accent"]), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
