"""The second place of the backups, in the settings: a folder on another disk, and how new the newest there is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.desk.settings import SECOND_PLACE
from crm_desktop.duties.settings.pages_line import WordsLine
from crm_desktop.record.dates import local_instant
from crm_desktop.record.text import Text, say
from crm_desktop.store import backup, second_place
from crm_desktop.ui import jobs
from crm_desktop.ui.widgets import button, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NONE = Text("Backups lie on this disk only. A folder on another disk keeps them when this one breaks.")


class SecondPlace(WordsLine):
    """One line: where, since when, and the choice; `changed`: another one is chosen, or none."""

    changed = Signal()

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.choose = button(self, Text("Second place …"), icon="folder-open")
        self.stop = link(self, Text("No second place"))
        self.add(self.stop, self.choose)
        self.choose.clicked.connect(self._on_choose)
        self.stop.clicked.connect(self._on_stop)
        self._say(None, "")

    def read(self) -> None:
        """Look at what is there, in the background: the disk may be slow, or away."""
        place = self._window.settings.get(SECOND_PLACE)
        if place:
            jobs.read(self, partial(_look, self._window.store, place), partial(self._on_looked, place), slot="second")
        else:
            self._say(None, "")

    def _on_looked(self, place: str, found: tuple[bool, Any]) -> None:
        there, newest = found
        if not there:
            self._say(Text("{folder} cannot be reached: the newest backups are not there.", folder=place), "error")
        elif newest is None:
            self._say(Text("{folder}: no backup is there yet.", folder=place), "warning")
        else:
            self._say(Text("{folder}: the newest there is of {made}.", folder=place, made=local_instant(backup.instant(newest.made_at))), "soft")

    def _say(self, words: Text | None, look: str) -> None:
        self.tell(words or NONE, look or "soft")
        self.stop.setVisible(words is not None)

    @Slot()
    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say(Text("A folder on another disk for the backups")))
        if chosen:
            self.take(chosen)

    def take(self, folder: str) -> None:
        """Keep backups there from now on; the newest goes there at once."""
        self._window.settings.set(SECOND_PLACE, folder)
        self.changed.emit()
        jobs.work(self, partial(_bring, self._window.store, folder), self._on_brought, failed=self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._window.toast.error(error)
        self.read()

    @Slot(object)
    def _on_brought(self, _: object) -> None:
        self.read()

    @Slot()
    def _on_stop(self) -> None:
        self._window.settings.set(SECOND_PLACE, "")
        self.changed.emit()
        self.read()


def _look(store: Any, place: str, _reader: Any, _job: jobs.Job) -> tuple[bool, Any]:
    return Path(place).is_dir(), second_place.newest(store.path, Path(place))


def _bring(store: Any, place: str, _reader: Any, _job: jobs.Job) -> None:
    second_place.bring(store.path, Path(place))
