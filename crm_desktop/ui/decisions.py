"""Rows of a proposal that are accepted or not: the words, and how a decision is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.table import TextsDelegate
from crm_desktop.ui.widgets import paint_chip

TAKEN, LEFT_OUT = Text("Accepted"), Text("Not now")
DECISION = 0  # its column


class Decisions(TextsDelegate):
    """The cells of a proposal; the decision is a chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.column() != DECISION:
            super().paint(painter, option, index)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, QColor(theme.C["accent_soft"]))
        painter.setPen(QColor(theme.C["line"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        words = str(index.data())
        paint_chip(painter, option.rect.adjusted(8, 0, -4, 0), words, "green" if words == say(TAKEN) else "grey", theme.small_font(), chosen)
