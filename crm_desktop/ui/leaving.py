"""Closing the window while something is typed that is not saved: it is kept, and offered at the next start."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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


def is_safe(window: Window) -> bool:
    """True when the window may close now: nothing is typed that is not on the disk."""
    if not unsaved(window):
        return True
    keeper = drafts.keeper()
    return keeper is not None and keeper.is_safe


def make_safe(window: Window, then: Callable[[], object]) -> None:
    """Bring what is typed to the disk, then go on; where that cannot be done the person decides."""
    keeper = drafts.keeper()
    if keeper is None:
        _ask(window, then)
    else:
        keeper.write_then(partial(_go_on, then), partial(_ask, window, then))


def _go_on(then: Callable[[], object]) -> None:
    then()


def _ask(window: Window, then: Callable[[], object]) -> None:
    """What is typed cannot be kept: go back to it, or give it up."""
    box = QMessageBox(window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(say(Text("Not saved")))
    box.setText(say(Text("{count} records have changes that are not saved.", count=drafts.count())))
    back = box.addButton(say(Text("Go back")), QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(say(Text("Close and give them up")), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.exec()
    if box.clickedButton() is leave:
        give_up(window)
        then()


def give_up(window: Window) -> None:
    """Forget what is typed, in the forms on the screen too."""
    from crm_desktop.ui.form import Form

    for form in window.findChildren(Form):
        form.discard()
    drafts.clear()
    if (keeper := drafts.keeper()) is not None:
        keeper.forget_all()
