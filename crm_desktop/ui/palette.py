"""The command palette: an overlay where every command is found by name, pinyin or initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui.choices import Choice, ChoiceList, TypeBox
from crm_desktop.ui.commands import Command, Finder
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

TOP = 64
WIDTH = 560
SCRIM = 0.3


class Overlay(QWidget):
    """A panel over the dimmed window; Esc or a click beside it closes and frees it."""

    def __init__(self, window: QWidget, width: int) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._width = window, width
        self._before = QApplication.focusWidget()
        self.panel = QFrame(self)
        self.panel.setObjectName("overlay")
        self.box = QVBoxLayout(self.panel)
        self.box.setContentsMargins(16, 16, 16, 16)
        self.box.setSpacing(8)
        window.installEventFilter(self)

    def open(self) -> None:
        """Show it over the whole window."""
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Cover the window; the panel is as high as its content."""
        self.setGeometry(self._window.rect())
        width = min(self._width, self.width() - 32)
        self.panel.setFixedWidth(width)
        height = min(self._needed(width), self._room())
        self.panel.setGeometry(QRect(QPoint((self.width() - width) // 2, TOP), QSize(width, height)))
        self.panel.setFixedHeight(height)

    def _room(self) -> int:
        """How high the panel may be."""
        return self.height() - TOP - 16

    def _needed(self, width: int) -> int:
        """How high its content wants to be."""
        self.box.activate()
        edge = self.panel.contentsMargins()  # its frame: two px too few would take a line from what has several
        inside = width - edge.left() - edge.right()
        return self.box.heightForWidth(inside) + edge.top() + edge.bottom() if self.box.hasHeightForWidth() else self.panel.sizeHint().height()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = QColor(Qt.GlobalColor.black)
        shade.setAlphaF(SCRIM)
        painter.fillRect(self.rect(), shade)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def close(self) -> bool:
        """Give the keyboard back to where it was."""
        before, self._before = self._before, None
        if before is not None and _alive(before) and before.isVisible():
            before.setFocus()
        return super().close()


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget)


class _PaletteBox(TypeBox):
    def focusNextPrevChild(self, _forward: bool) -> bool:
        return True  # what lies under the scrim is out of reach


class Palette(Overlay):
    """Type, choose, Enter: the palette closes first and the command runs then."""

    ran = Signal(str)  # name of the command

    def __init__(self, window: QWidget, commands: Sequence[Command], recent: Sequence[str] = ()) -> None:
        super().__init__(window, WIDTH)
        self._finder = Finder(commands, recent)
        self.edit = _PaletteBox(self.panel)
        put(self.edit, "setPlaceholderText", Text("Type a command: its name, pinyin or initials"))
        put(self.edit, "setAccessibleName", Text("Commands"))
        self.list = ChoiceList(self.panel)
        put(self.list, "setAccessibleName", Text("Commands"))
        self.none = PlainLabel(self.panel, "soft", Text("No command has these words"))
        for part in (self.edit, self.list, self.none):
            self.box.addWidget(part)
        self.edit.textChanged.connect(self._on_typed)
        self.edit.stepped.connect(self.list.step)
        self.edit.left.connect(self.close)
        self.edit.entered.connect(self.list.choose)
        self.list.picked.connect(self._on_picked)
        self._on_typed("")

    def open(self) -> None:
        super().open()
        self.edit.setFocus()

    @Slot(object)
    def find_again(self, _: object = None) -> None:
        """The readings are here now: what is typed may find more."""
        if self.edit.text().strip():
            self._on_typed(self.edit.text())

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        found = self._finder.find(typed)
        self.list.show_choices([Choice(command.title, command.key, command) for command in found])
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        self.place()

    @Slot(object)
    def _on_picked(self, command: Command) -> None:
        run: Callable[[], object] = command.run
        self.ran.emit(command.name)
        self.close()
        QTimer.singleShot(0, run)
