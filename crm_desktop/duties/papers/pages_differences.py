"""How the template that is being written differs from another version: lines that went and lines that came."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crm_desktop.documents.versions import GONE, LEFT_OUT, NEW, differences
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.speech import put

SIGNS = {GONE: "−", NEW: "+"}
NOTHING = Text("Both versions say the same.")


class Differences(QPlainTextEdit):
    """Two versions against each other, only read."""

    def __init__(self, parent: QWidget, font: QFont) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFont(font)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        put(self, "setAccessibleName", Text("What differs"))
        self._pair = ("", "")
        self._filling = False

    def compare(self, before: str, after: str) -> None:
        """Show how `after` differs from `before`."""
        self._pair = (before, after)
        self._fill()

    def _fill(self) -> None:
        self._filling = True
        self.clear()
        cursor = QTextCursor(self.document())
        found = differences(*self._pair)
        for at, (mark, line, text) in enumerate(found):
            words = say(Text("… {count} lines are the same", count=line)) if mark == LEFT_OUT else f"{SIGNS.get(mark, ' ')} {line:>4}  {text}"
            cursor.insertText(words + ("\n" if at < len(found) - 1 else ""), _format(mark))
        if not found:
            cursor.insertText(say(NOTHING), _format(LEFT_OUT))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._filling = False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange) and hasattr(self, "_pair") and not self._filling:
            self._fill()


def _format(mark: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(theme.C[{GONE: "red", NEW: "green", LEFT_OUT: "soft"}.get(mark, "text")]))
    return made
