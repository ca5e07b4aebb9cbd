"""The card of the backups, in the settings: what there is, one more at once, and the way back - from one of the list, or from a
file that lies elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.desk.settings import SECOND_PLACE
from crm_desktop.duties.settings import safety
from crm_desktop.duties.settings.pages_drill import RestoreDrill
from crm_desktop.duties.settings.pages_key import KeyCopy
from crm_desktop.duties.settings.pages_second import SecondPlace
from crm_desktop.record.dates import local_instant
from crm_desktop.record.text import Text
from crm_desktop.store.address import ON_SERVER, is_server
from crm_desktop.ui import backup_strip, from_elsewhere, jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

EVERY = Text("A backup is made every 30 minutes when something changed, and before an import or a check; each one is checked when it is made.")
OLD = Text("There is no backup of the last 24 hours. Press 'Back up now'.")


class BackupCard(QWidget):
    """The list with its buttons, the second place and the last trial."""

    def __init__(self, window: Window, parent: QWidget, checked_label: PlainLabel) -> None:
        super().__init__(parent)
        self._window = window
        self._files: list[Path] = []
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        frame, box = card(self)
        around.addWidget(frame)
        box.addWidget(PlainLabel(frame, "h2", Text("Backups")))
        self.note = PlainLabel(frame, "soft")
        self.note.setWordWrap(True)
        box.addWidget(self.note)
        self.list = Texts([Text("Made"), Text("Rows"), Text("Size"), Text("File")], frame, right=(1, 2))
        self.view = table(frame, self.list, 3, name=Text("Backups"))
        for column, width in enumerate((150, 90, 90)):
            self.view.setColumnWidth(column, width)
        self.second = SecondPlace(window, frame)
        self.second.changed.connect(self._on_second)
        self.key = KeyCopy(window, frame)
        self.drill = RestoreDrill(window, frame, checked_label)
        box.addLayout(self._buttons(frame))  # above the table: that is as long as the page
        box.addWidget(self.second)
        box.addWidget(self.key)
        box.addWidget(self.drill)
        box.addWidget(self.view, 1)

    def _buttons(self, frame: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.make_button = button(frame, Text("Back up now"), primary=True)
        self.restore_button = button(frame, Text("Restore the chosen backup"))
        self.file_button = button(frame, Text("Restore from a file …"), icon="folder-open")
        for made, run in ((self.make_button, self.back_up), (self.restore_button, self._on_restore), (self.file_button, self._on_file)):
            made.clicked.connect(run)
            line.addWidget(made)
        line.addStretch(1)
        return line

    def show_state(self, state: safety.State) -> None:
        """What is known of the data and its backups."""
        self._files = [one.path for one in state.backups]
        self.list.show_rows(
            [(local_instant(safety.instant(one.made_at)), f"{one.rows:,}", f"{one.facts['bytes'] / 1e6:,.1f} MB", one.path.name) for one in state.backups]
        )
        if is_server(self._window.store.address):
            self._say_at_server()
            return
        self.note.set_look("error" if state.backup_is_old else "soft")
        put(self.note, "setText", OLD if state.backup_is_old else EVERY)
        self.second.read()
        self.key.read()
        self.drill.read()
        if self._files:
            self.view.selectRow(0)
        self.restore_button.setEnabled(bool(self._files))

    def _say_at_server(self) -> None:
        put(self.note, "setText", ON_SERVER)
        for each in (self.view, self.second, self.key, self.drill, self.make_button, self.restore_button, self.file_button):
            each.hide()

    @Slot()
    def back_up(self) -> None:
        """Make a backup in the background."""
        work = partial(_back_up, self._window.store, self._window.settings.get(SECOND_PLACE))
        job = jobs.work(self, work, self._on_backed_up, failed=self._window.long_work_failed)
        self._window.busy.begin(job, Text("Making a backup and checking it"))

    @Slot(object)
    def _on_backed_up(self, path: Path) -> None:
        backup_strip.made(self._window, path.name)
        jobs.read(self, partial(_state, self._window.store), self.show_state, slot="state")

    @Slot()
    def _on_restore(self) -> None:
        rows = self.view.selectionModel().selectedRows()
        if rows:
            jobs.act(self, from_elsewhere.may, partial(self._on_may_restore, self._files[rows[0].row()]))

    def _on_may_restore(self, backup: Path, _: object) -> None:
        QTimer.singleShot(0, self._window, partial(self._window.restore, backup))  # it takes this page with it

    @Slot()
    def _on_second(self) -> None:
        self.key.read()

    @Slot()
    def _on_file(self) -> None:
        from_elsewhere.ask(self._window)


def _back_up(store: Any, second: str, reader: Any, job: jobs.Job) -> Path:
    return safety.back_up(store, partial(job.step, 0, 0), second)


def _state(store: Any, reader: Any, job: jobs.Job) -> safety.State:
    return safety.state(store, reader)
