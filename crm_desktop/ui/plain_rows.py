"""Short lists of one line each, painted like every other list: an icon if there is one, the words, a soft ground where chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.ui import theme

ROW, PADDING, ICON = 30, 8, 16


class PlainRows(QStyledItemDelegate):
    """Paints the rows of such a list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.C["accent_soft"]))
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            icon.paint(painter, box.left(), box.top() + (ROW - ICON) // 2, ICON, ICON)
            box.setLeft(box.left() + ICON + PADDING)
        painter.setPen(QColor(theme.C["text"]))
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)


def dress(view: QListWidget, most: int) -> None:
    """Make a list look so; `fit` it when its rows changed."""
    view.setItemDelegate(PlainRows(view))
    view.setFrameShape(QListWidget.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setProperty("most", most)


def fit(view: QListWidget) -> None:
    """As high as its rows, hidden without any."""
    view.setFixedHeight(min(view.count(), int(view.property("most"))) * ROW + 2)
    view.setVisible(view.count() > 0)
