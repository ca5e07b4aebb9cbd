"""A painted list to choose from with the arrow keys while typing goes on elsewhere: palette and search results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.edits import Edit

ROW, HEADING, PADDING, GAP = 36, 28, 12, 16
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
ROLE = Qt.ItemDataRole.UserRole
NOTE_SHARE = 0.6  # of the width, at most, for the note at the right


class Choice(NamedTuple):
    """A line to choose, or the heading of a group."""

    title: Text | str
    note: Text | str = ""
    value: object = None
    heading: bool = False


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, HEADING if cast(Choice, index.data(ROLE)).heading else ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice = cast(Choice, index.data(ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.C["accent_soft"]))
            painter.drawRoundedRect(option.rect, 6, 6)
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        self._paint_words(painter, box, choice)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, choice: Choice) -> None:
        taken = self._paint_note(painter, box, say(choice.note)) if choice.note else 0
        painter.setFont(theme.small_font() if choice.heading else theme.font())
        painter.setPen(QColor(theme.C["soft" if choice.heading else "text"]))
        title = _fitted(painter.fontMetrics(), say(choice.title), box.width() - taken)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)

    @staticmethod
    def _paint_note(painter: QPainter, box: QRect, note: str) -> int:
        painter.setFont(theme.small_font())
        painter.setPen(QColor(theme.C["soft"]))
        words = _fitted(painter.fontMetrics(), note, int(box.width() * NOTE_SHARE))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        return painter.fontMetrics().horizontalAdvance(words) + GAP


def _fitted(metrics: QFontMetrics, words: str, width: int) -> str:
    return metrics.elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, width)


class ChoiceList(QListWidget):
    """Lines and headings; the typing stays in the box above, which calls `step` and `choose`."""

    picked = Signal(object)  # the value of the chosen line

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Painter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListWidget { border: 0; background: transparent; outline: 0; }")
        self.setMouseTracking(True)
        self.itemEntered.connect(self._on_entered)
        self.itemClicked.connect(self._on_clicked)

    def show_choices(self, choices: Sequence[Choice], *, most: int = 10) -> None:
        """Show these lines, as high as they are but at most `most` lines, the first one chosen."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(say(choice.title), self)
            item.setData(ROLE, choice)
            if choice.heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        height = sum(HEADING if choice.heading else ROW for choice in choices)
        self.setFixedHeight(min(height, most * ROW))
        self.setCurrentRow(-1)
        self.step(1)

    def titles(self) -> list[str]:
        """The lines to choose from, without headings, as they read."""
        items = [self.item(row) for row in range(self.count())]
        return [item.text() for item in items if not cast(Choice, item.data(ROLE)).heading]

    def notes(self) -> list[str]:
        """What stands beside the lines to choose from."""
        return [say(note) for row in range(self.count()) if (note := cast(Choice, self.item(row).data(ROLE)).note)]

    def step(self, way: int) -> None:
        """The next line down or up, headings skipped, round at the ends."""
        rows = [row for row in range(self.count()) if not cast(Choice, self.item(row).data(ROLE)).heading]
        if rows:
            now = rows.index(self.currentRow()) if self.currentRow() in rows else (-1 if way > 0 else 0)
            then = now + way if abs(way) == 1 else min(max(now + way, 0), len(rows) - 1)
            self.setCurrentRow(rows[then % len(rows)])
            if self.currentRow() == rows[0]:
                self.scrollToTop()  # with the heading above it

    def value(self) -> Any:
        """The value of the line that is marked; None without one."""
        item = self.currentItem()
        return None if item is None else cast(Choice, item.data(ROLE)).value

    def choose(self) -> None:
        """Take the line that is marked."""
        if self.currentItem() is not None:
            self.picked.emit(self.value())

    @Slot(QListWidgetItem)
    def _on_entered(self, item: QListWidgetItem) -> None:
        if not cast(Choice, item.data(ROLE)).heading:
            self.setCurrentItem(item)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._on_entered(item)
        self.choose()


class TypeBox(Edit):
    """The line above a list of choices: its arrows move in the list, Tab stays."""

    stepped = Signal(int)
    left = Signal()  # Esc

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
