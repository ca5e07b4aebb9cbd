"""In the place of a sensitive value: that there is one; what it is only after a purpose was given, which the log keeps."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.record.kinds import Kind, Value, shown
from crm_desktop.record.record import Field
from crm_desktop.record.rights import MASK
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, link

LONGEST = 200


class MaskedValue(QWidget):
    """The mask, and `Show …`, which asks for the purpose in the same line."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._field, self._record, self._id = field, "", 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.words = PlainLabel(self)
        self.words.setWordWrap(True)
        self.ask = link(self, Text("Show …"))
        self.ask.clicked.connect(self._on_ask)
        self.line = Edit(self)
        self.line.setMaxLength(LONGEST)
        put(self.line, "setPlaceholderText", Text("What for? Return shows it; the log keeps it"))
        put(self.line, "setAccessibleName", Text("Purpose of seeing {label}", label=field.label))
        self.line.entered.connect(self._on_entered)
        row.addWidget(self.words)
        row.addWidget(self.ask)
        row.addWidget(self.line, 1)
        row.addStretch()

    def begin(self, record: str, row_id: int, *, may: bool, there: bool) -> None:
        """Another row is shown: masked again. `may`: it is shown to this person when they say what for."""
        self._record, self._id = record, row_id
        put(self.words, "setText", MASK if there else Text("(empty)"))
        self.words.show()
        self.ask.setVisible(may and there)
        self.line.clear()
        self.line.hide()

    @Slot()
    def _on_ask(self) -> None:
        self.ask.hide()
        self.line.show()
        self.line.setFocus()

    @Slot()
    def _on_entered(self) -> None:
        if self.line.text().strip():
            work = partial(_reveal, self._record, self._id, self._field.name, self.line.text().strip())
            jobs.act(self, work, partial(self._on_shown, self._id))

    def _on_shown(self, row_id: int, value: Value) -> None:
        """The value, until another row is shown."""
        if row_id != self._id:
            return
        words = self._field.choice_text(value) if self._field.kind == Kind.CHOICE and value else shown(self._field.kind, value)
        put(self.words, "setText", words or Text("(empty)"))
        self.line.hide()


def _reveal(record: str, row_id: int, name: str, purpose: str, desk: Any, job: jobs.Job) -> Value:
    return desk.reveal(desk.store.by_key[record], row_id, name, purpose)
