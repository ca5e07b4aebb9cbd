"""Who gets Ctrl+Z: a text box while it has typing to take back, then the window."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


class KeyGuard(QObject):
    """Line boxes claim undo and redo always; here the claim is turned down when they have nothing to take back."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(old, QLineEdit | QPlainTextEdit):
            old.removeEventFilter(self)
        if isinstance(now, QLineEdit | QPlainTextEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or getattr(watched, "composing", False):
            return False
        keys = cast(QKeyEvent, event)
        undo = keys.matches(QKeySequence.StandardKey.Undo) and not _can(watched, "Undo")
        redo = keys.matches(QKeySequence.StandardKey.Redo) and not _can(watched, "Redo")
        if undo or redo:
            event.ignore()
            return True
        return False


def _can(box: QObject, what: str) -> bool:
    holder = box.document() if isinstance(box, QPlainTextEdit) else box
    return bool(getattr(holder, f"is{what}Available")())
