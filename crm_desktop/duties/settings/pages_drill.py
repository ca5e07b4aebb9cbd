"""In the settings: trying a restore with one press, what came of the last one, and of the last whole check."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from crm_desktop.desk.rights import need
from crm_desktop.duties.settings.pages_line import WordsLine
from crm_desktop.record.dates import local_instant
from crm_desktop.record.rights import RESTORE
from crm_desktop.record.text import Text
from crm_desktop.store import drill, weekly
from crm_desktop.store.drill import Drill
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NEVER = Text("No restore has been tried yet. It is tried in a place of its own; these data are not touched.")
WELL = Text("Restore tried on {day}: the backup of {made} came back whole, {rows} rows and {files} attached files.")
BADLY = Text("Restore tried on {day}: the backup of {made} did not come back as it should: {problem}")
CHECKED = Text("Everything was last checked on {day}: all was as it was saved. It is checked by itself once a week, while nobody types.")
WRONG = Text("Everything was last checked on {day}: {problem}")
UNCHECKED = Text("Everything is checked by itself once a week, while nobody types.")


class RestoreDrill(WordsLine):
    """One line: what came of the last one, and the button for another."""

    def __init__(self, window: Window, parent: QWidget, checked_label: PlainLabel) -> None:
        super().__init__(parent)
        self._window, self._checked = window, checked_label
        self.button = button(self, Text("Try a restore"), icon="shield-check")
        self.add(self.button)
        self.button.clicked.connect(self.hold)
        self._say(None)

    def read(self) -> None:
        """What came of the last one, and of the last whole check."""
        jobs.read(self, partial(_last, self._window.store), self._on_read, slot="drill", alone=True)

    @Slot(object)
    def _on_read(self, found: tuple[Drill | None, Text]) -> None:
        self._say(found[0])
        put(self._checked, "setText", found[1])

    def _say(self, found: Drill | None) -> None:
        self.tell(told(found), "error" if found and found.problems else "soft")

    @Slot()
    def hold(self) -> None:
        """Try one in the background, for whoever may restore."""
        jobs.act(self, _may, self._on_may)

    @Slot(object)
    def _on_may(self, _: object) -> None:
        self.button.setEnabled(False)
        job = jobs.work(self, partial(_hold, self._window.store), self._on_held, failed=self._on_failed, alone=True)
        self._window.busy.begin(job, Text("Restoring the newest backup in a place of its own"))

    @Slot(object)
    def _on_held(self, found: Drill) -> None:
        self._window.busy.end()
        self.button.setEnabled(True)
        self._say(found)

    def _on_failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self._window.long_work_failed(error)


def told(found: Drill | None) -> Text:
    """What came of a drill, in a sentence."""
    if found is None:
        return NEVER
    day, made = local_instant(found.at), local_instant(found.made_at)
    if found.problems:
        return Text(BADLY.source, day=day, made=made, problem=found.problems[0])
    return Text(WELL.source, day=day, made=made, rows=f"{found.rows:,}", files=f"{found.files:,}")


def checked(path: Path) -> Text:
    """What the last whole check found, in a sentence."""
    found = weekly.last(path)
    if found is None:
        return UNCHECKED
    at, problems = found
    return Text(WRONG.source, day=local_instant(at), problem=problems[0]) if problems else Text(CHECKED.source, day=local_instant(at))


def _last(store: Any, _reader: Any, _job: jobs.Job) -> tuple[Drill | None, Text]:
    return drill.last(Path(store.path)), checked(Path(store.path))


def _may(desk: Any, _job: jobs.Job) -> None:
    need(desk.rights, RESTORE)


def _hold(store: Any, _reader: Any, job: jobs.Job) -> Drill:
    return drill.hold(Path(store.path), store.records, partial(job.step, 0, 0))
