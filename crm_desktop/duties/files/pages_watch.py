"""The watched folder: what a PMS puts there is offered, looked at beside what is here, and only taken when somebody says so."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimerEvent, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from crm_desktop.desk.settings import WATCHED, WATCHED_DONE
from crm_desktop.exchange import watching
from crm_desktop.exchange.watching import Found
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CutLabel, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "watched"
LOOK_EVERY = 4_000  # milliseconds
NONE = Text("No folder is watched. What a PMS puts into a watched folder is offered here, compared with what is known.")


class Watcher(QObject):
    """Looks into the folder while the window is open; one file at a time is offered in a line above the page."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._before: set[str] = set()
        self._folder: list[Found] = []
        self.offered: Found | None = None
        self.startTimer(LOOK_EVERY)

    def timerEvent(self, event: QTimerEvent) -> None:
        self.look()

    def look(self) -> None:
        """Look what is there now, in the background: the folder may be far away."""
        folder = self._window.settings.get(WATCHED)
        if folder and jobs.working():
            done = self._window.settings.get(WATCHED_DONE)
            jobs.read(self, partial(_look, folder, frozenset(self._before), tuple(done)), self._on_looked, slot="watch")
        elif self.offered is not None:
            self._take_away()

    @Slot(object)
    def _on_looked(self, answer: tuple[list[Found], list[Found]]) -> None:
        self._folder, ready = answer
        self._before = {one.mark for one in self._folder}
        if not ready:
            self._take_away()
        elif self.offered is None or self.offered.mark != ready[0].mark or self._window.strips.strip(KEY) is None:
            self.offered = ready[0]
            words = Text("{file} lies in the watched folder.", file=ready[0].path.name)
            if len(ready) > 1:
                words = Text("{file} lies in the watched folder, and {count} more.", file=ready[0].path.name, count=len(ready) - 1)
            self._window.strips.say(KEY, words, Text("See what it would change"), self.show_offered, closed=self.put_away)

    def show_offered(self) -> None:
        """Show what it would change; nothing is taken yet."""
        if self.offered is not None:
            self._window.go("import", file=str(self.offered.path))

    def put_away(self) -> None:
        """It is not wanted."""
        if self.offered is not None:
            self.done(self.offered.path)

    def done(self, path: Path) -> None:
        """A file was taken, or put away: it is not offered again unless it changes."""
        one = next((one for one in self._folder if one.path == path), None)
        if one is not None:
            kept = watching.remembered(self._window.settings.get(WATCHED_DONE), one.mark, self._folder)
            self._window.settings.set(WATCHED_DONE, kept)
            self._take_away()
            self.look()

    def _take_away(self) -> None:
        if self.offered is not None:
            self.offered = None
            self._window.strips.take_away(KEY)


def of(window: QObject) -> Watcher | None:
    """The watcher of a window, where there is one."""
    return window.findChild(Watcher, options=Qt.FindChildOption.FindDirectChildrenOnly)


class WatchLine(QWidget):
    """Which folder is watched, and the choice."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.words = CutLabel(self, "soft")
        self.choose_link = link(self, Text("Watch a folder …"))
        self.stop_link = link(self, Text("Watch no folder"))
        line.addWidget(self.words)
        line.addWidget(self.choose_link)
        line.addWidget(self.stop_link)
        line.addStretch(1)
        self.choose_link.clicked.connect(self._on_choose)
        self.stop_link.clicked.connect(self._on_stop)
        self._say()

    def _say(self) -> None:
        folder = self._window.settings.get(WATCHED)
        put(self.words, "setText", Text("Watched folder: {folder}", folder=folder) if folder else NONE)
        self.stop_link.setVisible(bool(folder))

    @Slot()
    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say(Text("The folder into which the PMS puts its exports")), self._window.settings.get(WATCHED))
        if chosen:
            self.take(chosen)

    def take(self, folder: str) -> None:
        """Watch this folder from now on."""
        self._window.settings.set(WATCHED, folder)
        self._say()
        if (watcher := of(self._window)) is not None:
            watcher.look()

    @Slot()
    def _on_stop(self) -> None:
        self.take("")


def _look(folder: str, before: frozenset[str], done: tuple[str, ...], reader: Any, job: jobs.Job) -> tuple[list[Found], list[Found]]:
    found = watching.look(Path(folder))
    return found, watching.settled(found, before, done)

