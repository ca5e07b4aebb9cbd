"""What was done, newest first: each action that still holds can be undone; below, what the chosen one changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crm_desktop.duties.settings import safety
from crm_desktop.record.text import Text, say
from crm_desktop.store.history import Entry
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("When"), Text("Who"), Text("Action"), Text("What"), Text("Rows"), Text("State"))
WIDTHS = (150, 110, 150, 260, 90, 110)
CHANGED = (Text("What"), Text("Field"), Text("Before"), Text("After"))


class HistoryPage(QWidget):
    """The log as people read it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._entries: list[Entry] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        bar = QHBoxLayout()
        bar.addWidget(PlainLabel(self, "h1", Text("What was done")))
        bar.addStretch(1)
        self.view_box = QComboBox(self)
        self.view_box.setView(QListView(self.view_box))
        self.view_box.addItems([say(words) for _, words in safety.VIEWS])
        self.view_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.view_box.activated.connect(self._on_view)
        put(self.view_box, "setAccessibleName", Text("What is listed"))
        bar.addWidget(self.view_box)
        self.undo_button = button(self, Text("Undo the chosen action"), icon="undo-2")
        self.undo_button.clicked.connect(self.undo)
        bar.addWidget(self.undo_button)
        box.addLayout(bar)
        self.looks = PlainLabel(self, "soft")
        self.looks.setWordWrap(True)
        self.looks.hide()
        box.addWidget(self.looks)
        frame, inside = card(self)
        self.rows = Texts(HEADINGS, frame, right=(4,))
        self.view = table(frame, self.rows, 3, name=Text("What was done"))
        for at, width in enumerate(WIDTHS):
            self.view.setColumnWidth(at, width)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        inside.addWidget(self.view)
        box.addWidget(frame, 3)
        box.addWidget(self._make_details(), 2)
        jobs.hub().changed.connect(self._on_changed)
        self.read()

    def _make_details(self) -> QWidget:
        frame, inside = card(self)
        self.details_title = PlainLabel(frame, "h2", Text("What it changed"))
        self.details = Texts(CHANGED, frame)
        self.details_view = table(frame, self.details, 3, name=Text("What it changed"))
        for at, width in enumerate((260, 160, 240)):
            self.details_view.setColumnWidth(at, width)
        inside.addWidget(self.details_title)
        inside.addWidget(self.details_view)
        return frame

    def read(self) -> None:
        """Read the newest actions."""
        jobs.read(self, partial(_entries, self._window.store, self._listed), self._on_entries, slot="entries")
        jobs.read(self, partial(_looks, self._listed), self._on_looks, slot="looks")

    @Slot(object)
    def _on_looks(self, words: Text | None) -> None:
        put(self.looks, "setText", words or "")
        self.looks.setVisible(words is not None)

    @property
    def _listed(self) -> str:
        return safety.VIEWS[max(0, self.view_box.currentIndex())][0]

    def focus_first(self) -> None:
        """The keyboard goes to the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_view(self, _at: int) -> None:
        put(self.undo_button, "setText", Text("Bring back (Enter)") if self._listed == safety.GONE else Text("Undo the chosen action"))
        self.undo_button.setVisible(self._listed != safety.LOOKED)
        self.read()
        self.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return brings back what was removed."""
        if event.key() in ENTER and self._listed == safety.GONE:
            self.undo()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Choices are no words of a widget: they are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "view_box"):
            for at, (_, words) in enumerate(safety.VIEWS):
                self.view_box.setItemText(at, say(words))
        super().changeEvent(event)

    @Slot(object)
    def _on_entries(self, entries: list[Any]) -> None:
        self._entries = [entry for entry, _ in entries]
        self.rows.show_rows([told for _, told in entries])
        self._on_selected()
        if entries:
            self.view.selectRow(0)

    def _chosen(self) -> Entry | None:
        rows = self.view.selectionModel().selectedRows()
        return self._entries[rows[0].row()] if rows else None

    @Slot()
    def _on_selected(self, *_: Any) -> None:
        entry = self._chosen()
        self.undo_button.setEnabled(entry is not None and entry.undoable)
        if entry is None:
            self.details.show_rows([])
        else:
            jobs.read(self, partial(_details, self._window.store, entry.id), self._on_details, slot="details")

    @Slot(object)
    def _on_details(self, details: list[tuple[Text | str, ...]]) -> None:
        self.details.show_rows(details)
        put(self.details_title, "setText", Text("What it changed") if details else Text("It changed no single values"))

    @Slot()
    def undo(self) -> None:
        """Undo the chosen action, whole."""
        entry = self._chosen()
        if entry is not None and entry.undoable:
            jobs.act(self, partial(_undo, entry.id))

    @Slot(object)
    def _on_changed(self, _: Any) -> None:
        self.read()


def _looks(listed: str, reader: Any, _job: jobs.Job) -> Text | None:
    return safety.looks(reader) if listed == safety.LOOKED else None


def _entries(store: Any, view: str, reader: Any, job: jobs.Job) -> list[Any]:
    return safety.entries(store, reader, view)


def _details(store: Any, change_id: int, reader: Any, job: jobs.Job) -> list[tuple[Text | str, ...]]:
    return safety.details(store, reader, change_id)


def _undo(change_id: int, desk: Any, job: jobs.Job) -> Any:
    return desk.undo(change_id)


def history(window: Window) -> HistoryPage:
    """The page of what was done."""
    return HistoryPage(window)
