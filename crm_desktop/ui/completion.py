"""What could be meant, shown under a line while it is typed; it never takes the focus, so input methods go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.lookup import Hit

ROW, MOST_ROWS, LEAST_WIDTH = 32, 8, 320
NOTHING = Text("Nothing found")
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize)
_HIDES = (QEvent.Type.Hide, QEvent.Type.WindowDeactivate)
AnyIndex = QModelIndex | QPersistentModelIndex


class _Hits(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else max(1, len(self.hits))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.hits[index.row()].title if self.hits else say(NOTHING)

    def note(self, index: AnyIndex) -> str:
        return self.hits[index.row()].note if self.hits else ""

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = list(hits)
        self.endResetModel()


class _HitPainter(QStyledItemDelegate):
    """The name at the left, what tells it from others softly at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        assert isinstance(model, _Hits)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and model.hits:
            painter.fillRect(option.rect, QColor(theme.C["accent_soft"]))
        box = option.rect.adjusted(10, 0, -10, 0)
        title = str(index.data())
        used = self._draw(painter, box, title, "text" if model.hits else "soft")
        painter.setFont(theme.small_font())
        rest = box.adjusted(used + 12, 0, 0, 0)
        if rest.width() > 60:
            self._draw(painter, rest, model.note(index), "soft", Qt.AlignmentFlag.AlignRight)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, ROW)

    def _draw(
        self, painter: QPainter, box: QRect, words: str, token: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> int:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(QColor(theme.C[token]))
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return painter.fontMetrics().horizontalAdvance(shown)


class Completion(QListView):
    """The list under a line. The line gives it its keys; `picked` carries the chosen Hit."""

    picked = Signal(object)

    def __init__(self, line: Edit) -> None:
        super().__init__(line.window())
        self._line = line
        self._hits = _Hits(self)
        self.setObjectName("popup")
        self.setModel(self._hits)
        self.setItemDelegate(_HitPainter(self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)
        line.destroyed.connect(self.deleteLater)
        self.hide()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found, or that nothing was."""
        self._hits.show_hits(hits)
        if hits:
            self.setCurrentIndex(self._hits.index(0))
        self._place()
        if not self.isVisible():
            self._watch(True)
        self.show()
        self.raise_()

    def put_away(self) -> None:
        """Hide it."""
        if self.isVisible():
            self._watch(False)
            self.hide()

    def chosen(self) -> Hit | None:
        """The row the keys stand on."""
        row = self.currentIndex().row()
        return self._hits.hits[row] if self.isVisible() and 0 <= row < len(self._hits.hits) else None

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key of the line: up and down move, Return and Tab choose, Esc hides. False when it is not ours."""
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS, Qt.Key.Key_PageUp: -MOST_ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.chosen())
        else:
            return False
        return True

    def _step(self, rows: int) -> None:
        row = self.currentIndex().row() + rows
        self.setCurrentIndex(self._hits.index(max(0, min(row, self._hits.rowCount() - 1))))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._pick(self.chosen())

    def _pick(self, hit: Hit | None) -> None:
        self.put_away()
        if hit:
            self.picked.emit(hit)

    def _place(self) -> None:
        rows = min(self._hits.rowCount(), MOST_ROWS)
        line, window = self._line, self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = rows * ROW + 10
        width = min(max(line.width(), LEAST_WIDTH), window.width() - 16)
        corner = line.mapTo(window, QPoint(0, line.height() + 2))
        if corner.y() + height > window.height():
            corner.setY(max(8, line.mapTo(window, QPoint(0, 0)).y() - height - 2))
        corner.setX(max(8, min(corner.x(), window.width() - width - 8)))
        self.setGeometry(QRect(corner.x(), corner.y(), width, height))

    def _watch(self, on: bool) -> None:
        widget: QWidget | None = self._line
        while widget:
            if on:
                widget.installEventFilter(self)
            else:
                widget.removeEventFilter(self)
            widget = None if widget is self.parentWidget() else widget.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The list follows its line when anything around it moves, and goes when the line is scrolled away.
        if event.type() in _HIDES or (event.type() in _MOVES and self._line.visibleRegion().isEmpty()):
            self.put_away()
        elif event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)
