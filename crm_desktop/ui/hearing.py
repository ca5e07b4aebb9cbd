"""What a screen reader says at once, although the keyboard stays where it is: a message in the corner, the card that is shown."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from crm_desktop.record.text import Text
from crm_desktop.ui.speech import put


def name_icons(edit: QLineEdit, words: Text) -> None:
    """Give the icons inside a line a name: Qt gives them none."""
    for icon in edit.findChildren(QToolButton):
        put(icon, "setAccessibleName", words)


def announce(widget: QWidget, words: str) -> None:
    """Say these words to whoever listens; nothing where nobody does."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
