"""Said above the foot of the import page where no backup of what is here could be made first, with the way without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.record.text import Refused, Text
from crm_desktop.store.database import is_damage
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NO_BACKUP = Text("Nothing was imported yet: no backup of what is here could be made first. {reason} Then press 'Import' again; or go on without one: the import can be undone as a whole.")
DAMAGED = Text("Nothing was imported: no backup of what is here could be made first. {reason}")


class NoBackup(QWidget):
    """Hidden while there is nothing to say. A damaged file is mended before anything is brought into it."""

    without = Signal()

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.words = PlainLabel(self, "error")
        self.words.setWordWrap(True)
        self.go_on = button(self, Text("Import without a backup"))
        self.go_on.clicked.connect(self.without)
        line.addWidget(self.words, 1)
        line.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, reason: Text) -> None:
        """Say why, and offer to go on."""
        damaged = is_damage(Refused(reason))
        put(self.words, "setText", Text((DAMAGED if damaged else NO_BACKUP).source, reason=reason))
        self.go_on.setVisible(not damaged)
        if damaged:
            self._window.toast.error(Refused(reason))  # it is looked at again, and mending offered
        self.show()
