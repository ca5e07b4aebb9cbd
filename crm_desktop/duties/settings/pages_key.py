"""In the settings, where backups lie on another disk and no password is set: only the key of this PC opens them, so a copy of it must
be somewhere else too. With passwords the printed recovery key is that copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.desk.rights import need
from crm_desktop.desk.settings import KEY_COPY, SECOND_PLACE
from crm_desktop.duties.settings.pages_line import WordsLine
from crm_desktop.record.dates import business_date
from crm_desktop.record.rights import RESTORE
from crm_desktop.record.text import Text, say
from crm_desktop.store import key_copy
from crm_desktop.ui import jobs
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NEEDED = Text("Only the key of this PC opens them. Save it on a stick that is kept elsewhere, or set a password: its printed recovery key opens them too.")
KEY_PARTS = 3  # whose key, where, when
SAVED = Text("The key was saved to {folder} on {day}: whoever has it and a backup can read the data.")


class KeyCopy(WordsLine):
    """One line: whether a copy of the key was made, and the button for one."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.button = button(self, Text("Save the key …"), icon="folder-open")
        self.add(self.button)
        self.button.clicked.connect(self._on_save)
        self.hide()

    def read(self) -> None:
        """Say how it stands."""
        store, settings = self._window.store, self._window.settings
        kept = settings.get(KEY_COPY)
        known = kept if kept[:1] == [store.keys.database_id] and len(kept) == KEY_PARTS else []
        self.tell(Text(SAVED.source, folder=known[1], day=known[2]) if known else NEEDED, "soft" if known else "warning")
        self.setVisible(not store.guarded and bool(known or settings.get(SECOND_PLACE)))

    @Slot()
    def _on_save(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say(Text("A folder for the key, best on a stick")))
        if chosen:
            jobs.act(self, partial(_save, Path(chosen), self._window.settings.get(SECOND_PLACE)), partial(self._on_saved, chosen))

    def _on_saved(self, folder: str, _: object) -> None:
        self._window.settings.set(KEY_COPY, [self._window.store.keys.database_id, folder, business_date()])
        self.read()


def _save(folder: Path, second: str, desk: Any, _job: jobs.Job) -> None:
    need(desk.rights, RESTORE)
    key_copy.copy_key(desk.store.keys, folder, Path(second) if second else None)
