"""What others changed since a person last looked: each record once, opened with Return; one key says that all of it was seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.desk import past
from crm_desktop.desk.past import Changes, Seen
from crm_desktop.record.dates import local_instant
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("When"), Text("Who"), Text("Kind"), Text("What"), Text("Action"))
WIDTHS = (152, 120, 130, 260)
SINCE = Text("Since {moment}. Return opens what is chosen.")
NOTHING = Text("Nobody else changed anything since {moment}.")
NEVER = Text("Nobody else changed anything yet.")
MANY = Text("{n} rows")


class SincePage(QWidget):
    """The records others touched, the newest first."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.changes: Changes | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        bar = QHBoxLayout()
        bar.addWidget(PlainLabel(self, "h1", Text("Changed by others")))
        bar.addStretch(1)
        self.seen_button = button(self, Text("I have seen all of it"), icon="check")
        put(self.seen_button, "setToolTip", Text("{words} ({key})", words=Text("I have seen all of it"), key="Ctrl+Enter"))
        self.seen_button.clicked.connect(self.all_seen)
        bar.addWidget(self.seen_button)
        box.addLayout(bar)
        self.since = PlainLabel(self, "soft")
        box.addWidget(self.since)
        self.note = EmptyNote(self, "check", NEVER)
        box.addWidget(self.note, 1)
        self._frame, inside = card(self)
        self.rows = Texts(HEADINGS, self._frame)
        self.view = table(self._frame, self.rows, 4, name=Text("Changed by others"))
        for at, width in enumerate(WIDTHS):
            self.view.setColumnWidth(at, width)
        self.view.doubleClicked.connect(self._on_opened)
        inside.addWidget(self.view)
        box.addWidget(self._frame, 1)
        jobs.hub().changed.connect(self._on_changed)

    def show_args(self, **_: Any) -> None:
        """Read what there is now."""
        self._read()

    def focus_first(self) -> None:
        """The keyboard goes to the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        window = self._window
        shown = frozenset(key for key in window.store.by_key if window.page_of(key))
        jobs.read(self, partial(_changes, window.store.by_key, window.seat.here(), shown), self._on_read, slot="since")

    @Slot(object)
    def _on_read(self, found: Changes) -> None:
        self.changes = found
        any_rows = bool(found.rows)
        self.note.setVisible(not any_rows)
        for part in (self._frame, self.since):
            part.setVisible(any_rows)
        self.seen_button.setEnabled(any_rows)
        put(self.since, "setText", Text(SINCE.source, moment=found.since))
        self.note.say(Text(NOTHING.source, moment=found.since) if found.since else NEVER)
        self.rows.show_rows([_told(one) for one in found.rows])
        if any_rows:
            self.view.selectRow(0)

    @Slot()
    def all_seen(self) -> None:
        """Keep how far the person has looked."""
        if self.changes is not None:
            jobs.act(self, partial(_look, self.changes.newest), self._on_looked)

    @Slot(object)
    def _on_looked(self, _: Any) -> None:
        self._read()

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        if self.changes is None or not index.isValid():
            return
        one = self.changes.rows[index.row()]
        if one.row_id:
            self._window.open_record(one.record.key, one.row_id)
        else:
            self._window.go_list(one.record.key)

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and change.tables:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.all_seen()
        elif event.key() in ENTER:
            self._on_opened(self.view.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self._window.back()
        else:
            super().keyPressEvent(event)


def _told(one: Seen) -> tuple[Text | str, ...]:
    name: Text | str = one.name if one.row_id else Text(MANY.source, n=f"{one.rows:,}")
    return (local_instant(one.at), " ".join(one.who), one.record.title, name, _listed(one.actions))


def _listed(actions: list[str]) -> Text | str:
    """Actions in the order they were told, each once; they are kept by their English words."""
    out: Text | str = Text(actions[0]) if actions else ""
    for action in actions[1:]:
        out = Text("{first}, {second}", first=out, second=Text(action))
    return out


def _changes(records: Any, person: str, shown: Any, reader: Any, job: jobs.Job) -> Changes:
    return past.by_others(reader, records, person, shown)


def _look(newest: int, desk: Any, job: jobs.Job) -> int:
    past.look(desk, newest)
    return newest


def page(window: Window) -> SincePage:
    """The page of what others changed."""
    return SincePage(window)
