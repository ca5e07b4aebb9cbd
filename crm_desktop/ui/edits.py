"""All typing goes through here: line and text boxes that stay quiet while an input method composes."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def belongs_to_composition(event: QEvent) -> bool:
    """True for keys that, while an input method composes, must reach nobody else: Return, Tab, F-keys, shortcuts."""
    if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
        return False
    if event.type() == QEvent.Type.ShortcutOverride or event.modifiers() & _COMMANDS:
        return True
    return not event.text() or not event.text().isprintable()


def stays(event: QFocusEvent) -> bool:
    """True when only the window loses the focus, or a menu opens: the person is not done with this field.
    A window being destroyed says the same, when nothing around the field may be touched any more."""
    return event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Edit(QLineEdit):
    """A line of text. `typed` reports only committed text typed by a person; `entered` is Return."""

    composing = False  # also while Qt takes the widget apart, when its own attributes are gone
    typed = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._untold = False
        self.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        self._untold = self.composing
        if not self.composing:
            self.typed.emit(text)

    def _tell(self) -> None:
        # Composing over a selection removes it; when the composition is given up nobody has heard of that yet.
        if self._untold and not self.composing:
            self._untold = False
            self.typed.emit(self.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        if self.composing and belongs_to_composition(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & _COMMANDS:
            self.entered.emit()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.composing = False
        if not stays(event):
            self._tell()


class LongEdit(QPlainTextEdit):
    """Text of several lines. `typed` reports a change made by a person, never by setPlainText."""

    composing = False
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._tell)

    def setPlainText(self, text: str) -> None:
        self._told = text
        super().setPlainText(text)
        self._told = self.toPlainText()

    def _tell(self) -> None:
        if not self.composing and self.toPlainText() != self._told:
            self._told = self.toPlainText()
            self.typed.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        if self.composing and belongs_to_composition(event):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.composing = False
        if not stays(event):
            self._tell()


class GridDelegate(QStyledItemDelegate):
    """Edits cells with the same quiet line; keys of a composition stay with it."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        edit = Edit(parent)
        edit.setFrame(False)
        return edit

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, Edit) and not editor.composing:
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if isinstance(editor, Edit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, Edit) and watched.composing and belongs_to_composition(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)
