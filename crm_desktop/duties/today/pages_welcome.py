"""The first steps, on *Today* of a database nobody has put anything into: the hotel's name, a file, the sample hotel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaMethod, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.desk.settings import HOTEL_NAME, WELCOMED, keep_with_data
from crm_desktop.record.text import Text
from crm_desktop.store.address import is_server
from crm_desktop.ui import from_elsewhere, jobs
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, link, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NAME_WIDTH = 320


class WelcomeCard(QFrame):
    """Shown while there is nothing else to show; once closed it never comes back. `closed` tells that it was."""

    closed = Signal()

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.setProperty("class", "card")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 12, 16)
        box.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self, "h2", Text("Welcome. This is how to begin")))
        head.addStretch(1)
        box.addLayout(head)
        box.addLayout(self._make_name())
        box.addLayout(self._make_steps())
        where = Text("All data stays on this PC, encrypted, and is backed up every 30 minutes. What is done can be undone.")
        note = PlainLabel(self, "soft", where)
        note.setWordWrap(True)
        box.addWidget(note)
        self.close_button = tool(self, "x", Text("Close this for good"))  # made last: the last one by Tab
        self.close_button.clicked.connect(self.put_away)
        head.addWidget(self.close_button)
        self.hide()

    def _make_name(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(PlainLabel(self, "soft", HOTEL_NAME.words))
        self.name_edit = Edit(self)
        self.name_edit.setMaximumWidth(NAME_WIDTH)
        put(self.name_edit, "setAccessibleName", HOTEL_NAME.words)
        self.name_edit.editingFinished.connect(self.keep_name)
        line.addWidget(self.name_edit, 1)
        self.saved = PlainLabel(self, "soft")
        line.addWidget(self.saved, 1)
        return line

    def _make_steps(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.import_button = button(self, Text("Import a file"), primary=True, icon="download")
        self.import_button.clicked.connect(self._on_import)
        self.sample_button = button(self, Text("Open the sample hotel"), icon="hotel")
        self.sample_button.clicked.connect(self._window.sample_asked)
        self.first_link = link(self, Text("Write the first client by hand"))
        self.first_link.clicked.connect(self._on_first)
        self.back_link = link(self, Text("Bring data back from a backup"))
        self.back_link.clicked.connect(self._on_back)
        for each in (self.import_button, self.sample_button, self.first_link, self.back_link):
            line.addWidget(each)
        line.addStretch(1)
        return line

    @Slot()
    def _on_import(self) -> None:
        self._window.go("import")

    @Slot()
    def _on_first(self) -> None:
        self._window.go("accounts", new=True)

    @Slot()
    def _on_back(self) -> None:
        from_elsewhere.ask(self._window)

    def offer(self, blank: bool) -> bool:
        """Show it when nothing is there and it was never closed; returns whether it is shown."""
        shown = blank and not self._window.settings.get(WELCOMED)
        if shown:
            self.back_link.setVisible(self._window.store is not None and not is_server(self._window.store.address))
            self.sample_button.setVisible(self._window.isSignalConnected(QMetaMethod.fromSignal(self._window.sample_asked)))
            if not self.name_edit.hasFocus():
                self.name_edit.setText(self._window.settings.get(HOTEL_NAME))
        self.setVisible(shown)
        return shown

    @Slot()
    def put_away(self) -> None:
        """Close it for good."""
        self._window.settings.set(WELCOMED, True)
        self.hide()
        self.closed.emit()

    @Slot()
    def keep_name(self) -> None:
        """Keep the hotel's name with its data."""
        name = self.name_edit.text().strip()
        if name != self._window.settings.get(HOTEL_NAME):
            jobs.act(self, partial(_keep_name, name), self._on_kept)

    @Slot(object)
    def _on_kept(self, _: object) -> None:
        self._window.settings.learn(self._window.store.kept)
        self._window.say_title()
        put(self.saved, "setText", Text("Saved"))


def _keep_name(name: str, desk: Any, job: jobs.Job) -> None:
    keep_with_data(desk, HOTEL_NAME, name)
