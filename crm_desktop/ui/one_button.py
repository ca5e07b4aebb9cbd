"""One button below a form's steps: shown while there is something to do with the row of the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button


class OneButton(QWidget):
    """`words(row)` says what the button is called for a saved row, None that there is nothing to do; `run` gets the row's id."""

    def __init__(self, form: Form, title: Text, words: Callable[[Row], Text | None], run: Callable[[int], object], icon: str = "copy") -> None:
        super().__init__(form)
        self._words, self._run, self._row_id = words, run, 0
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        self.button = button(self, title, icon=icon)
        self.button.clicked.connect(self._on_clicked)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        form.settled.connect(self._on_settled)
        below_steps(form, self)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row_id = int(row["id"]) if row else 0
        words = self._words(row) if row else None
        if words is not None:
            put(self.button, "setText", words)
        self.setVisible(words is not None)

    @Slot()
    def _on_clicked(self) -> None:
        if self._row_id:
            self._run(self._row_id)
