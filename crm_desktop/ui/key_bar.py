"""The bar of keys at the foot of the window: what one key does from anywhere, each to click too."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from crm_desktop.record.duty import Action
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.keys import Keys
from crm_desktop.ui.speech import put

HEIGHT = 34
PADDING, GAP = 8, 6


class KeyButton(QAbstractButton):
    """A key in soft letters, and beside it what it does."""

    asked = Signal(str)

    def __init__(self, action: Action, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._action, self._keys = action, keys
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)
        self.show_keys(keys)

    def show_keys(self, keys: str) -> None:
        """Its keys as they are now."""
        self._keys = keys
        put(self, "setToolTip", Text("{words} ({key})", words=self._action.title, key=keys))
        put(self, "setAccessibleName", Text("{words} ({key})", words=self._action.title, key=keys))
        self.updateGeometry()
        self.update()

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self._action.key)

    def _widths(self) -> tuple[int, int]:
        metrics = self.fontMetrics()
        return metrics.horizontalAdvance(self._keys), metrics.horizontalAdvance(say(self._action.short or self._action.title))

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + GAP + 2 * PADDING, HEIGHT - 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widths()[0] + 2 * PADDING, HEIGHT - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.C["hover"]))
            painter.drawRoundedRect(self.rect(), 6, 6)
        keys = self._widths()[0]
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.C["accent"]))
        painter.drawText(QRect(PADDING, 0, keys + 2, self.height()), flags, self._keys)
        room = self.width() - keys - GAP - PADDING - 2
        painter.setPen(QColor(theme.C["text"]))
        said = painter.fontMetrics().elidedText(say(self._action.short or self._action.title), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(PADDING + keys + GAP, 0, room, self.height()), flags, said)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)


class KeyBar(QFrame):
    """A button for every action that has one here."""

    def __init__(self, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keybar")
        self.setFixedHeight(HEIGHT)
        self._keys = keys
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 2, 16, 2)
        line.setSpacing(0)
        self.buttons: dict[str, KeyButton] = {}
        shown = sorted((a for a in keys.actions.values() if a.short), key=_place)
        for action in shown:
            made = self.buttons[action.key] = KeyButton(action, keys.of(action.key), self)
            made.setFont(theme.small_font())
            made.asked.connect(keys.run)
            line.addWidget(made)
        line.addStretch(1)
        keys.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        for key, made in self.buttons.items():
            made.show_keys(self._keys.of(key))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.C["surface"]))
        painter.fillRect(QRect(0, 0, self.width(), 1), QColor(theme.C["line"]))


def _place(action: Action) -> tuple[int, str]:
    """Function keys in their order, then the others."""
    number = action.keys[1:] if action.keys.startswith("F") else ""
    return (int(number), "") if number.isdigit() else (99, action.keys)
