"""The foot of a form: what is to be said in a line, the facts, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.ui.attachments import Attachments
from crm_desktop.ui.presence import EditingLine
from crm_desktop.ui.widgets import PlainLabel, button, link, tool


class FormFoot(QFrame):
    """Note and facts above; save, discard, remove and close below. `shortcuts` is where Ctrl+S saves; `files` are those
    that lie by the row."""

    def __init__(self, shortcuts: QWidget, record: Record) -> None:
        super().__init__(shortcuts)
        self.files = Attachments(record, shortcuts)
        self._record, self._row_id = record, 0
        self.setObjectName("foot")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 4, 20, 10)
        lines.setSpacing(2)
        self.others = EditingLine(self, record)
        lines.addWidget(self.others)
        words, row = QHBoxLayout(), QHBoxLayout()
        lines.addLayout(words)
        lines.addLayout(row)
        row.setSpacing(12)
        self.note = PlainLabel(self, "soft")
        self.note.setMinimumHeight(18)
        self.facts = PlainLabel(self, "soft")
        words.addWidget(self.note, 1)
        words.addWidget(self.facts)
        self.save = button(shortcuts, Text("Save"), primary=True, key="Ctrl+S")
        self.save.setAutoDefault(True)  # Return on it saves: the last field leads here
        self.discard, self.remove = link(self, Text("Discard")), link(self, Text("Remove"))
        self.close_button = button(self, Text("Close"))
        self.past = tool(self, "history", Text("History (Ctrl+H)"))
        self.past.clicked.connect(self._on_past)
        for part in (self.discard, self.remove, self.past):
            part.hide()
        row.addWidget(self.save)
        row.addWidget(self.discard)
        row.addStretch(1)
        row.addWidget(self.past)
        row.addWidget(self.remove)
        row.addWidget(self.close_button)

    def settle(self, dirty: bool, removable: bool, row_id: int | None) -> None:
        """Offer what can be done now, and the files of the row that is shown."""
        self.discard.setVisible(dirty)
        self.remove.setVisible(removable)
        self._row_id = row_id or 0
        self.past.setVisible(bool(row_id) and hasattr(self.window(), "go"))
        self.files.show_row(row_id)
        self.others.settle(dirty, row_id)

    @Slot()
    def _on_past(self) -> None:
        """Who changed what in the row that is shown."""
        self.window().go("past", record=self._record.key, id=self._row_id)  # type: ignore[attr-defined]
