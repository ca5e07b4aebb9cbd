"""A seller's hands on the sample hotel: real key events, counted; what is typed as text is not counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.store.store import Store

PATIENCE = 20_000  # ms: for a busy machine, not for a person
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Hands:
    """`keys` counts the keys pressed besides text."""

    def __init__(self, window: Any, store: Store, qtbot: Any) -> None:
        self.window, self.store, self._qtbot = window, store, qtbot
        self.keys = 0

    def focus(self) -> QWidget:
        """Where a key goes."""
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One key, with what is held."""
        self.keys += 1
        QTest.keyClick(self.focus(), key, held)

    def write(self, text: str) -> None:
        """Text, as an input method commits it."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(self.focus(), event)

    def wait(self, condition: Callable[[], Any]) -> None:
        """Until the screen shows it."""
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the store holds, read beside the window."""
        reader = self.store.open_reader()
        try:
            return list(reader.execute(sql, values).fetchall())
        finally:
            reader.close()

    def find(self, kind: type[Any]) -> Any:
        """The open widget of a kind, or None."""
        return self.window.findChild(kind)
