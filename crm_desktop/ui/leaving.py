"""Closing the window while something is typed that is not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from crm_desktop.record.text import Text, say
from crm_desktop.ui import drafts

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


def unsaved(window: Window) -> int:
    """How many records hold typing that is not saved, those on the screen included."""
    from crm_desktop.ui.form import Form

    for form in window.findChildren(Form):
        form.keep()
    return drafts.count()


def may_leave(window: Window) -> bool:
    """True when nothing would be lost, or the person gives it up."""
    count = unsaved(window)
    if not count:
        return True
    box = QMessageBox(window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(say(Text("Not saved")))
    box.setText(say(Text("{count} records have changes that are not saved.", count=count)))
    back = box.addButton(say(Text("Go back")), QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(say(Text("Close and give them up")), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.exec()
    left = box.clickedButton() is leave
    if left:
        drafts.clear()
    return left
