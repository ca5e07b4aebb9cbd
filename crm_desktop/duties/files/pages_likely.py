"""New rows of a file that may be here already, on the import page: why, and what becomes of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.exchange.likely import ADD, LEAVE, UPDATE, Likely
from crm_desktop.record.alike import because
from crm_desktop.record.text import Text
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button

WORDS = {ADD: Text("Add"), UPDATE: Text("Update the one here"), LEAVE: Text("Leave out")}
IN_SHORT = {**WORDS, UPDATE: Text("Update")}
HEADINGS = (Text("Choice"), Text("In the file"), Text("Here already"))
FIRST_WIDTH = 92


class LikelyRows(QWidget):
    """The rows; what is chosen holds for all that are marked. `chosen` tells that something else will happen."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: list[Likely] = []
        self.choices: dict[int, str] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.title = PlainLabel(self, "h2")
        self.rows = Texts(HEADINGS, self)
        self.view = table(self, self.rows, 2, name=Text("New rows that may be here already"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setColumnWidth(0, FIRST_WIDTH)
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.why = PlainLabel(self, "soft")
        self.why.setWordWrap(True)
        for part in (self.title, self.view, self.why):
            box.addWidget(part, 1 if part is self.view else 0)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.buttons = {choice: button(self, words) for choice, words in WORDS.items()}
        for choice, made in self.buttons.items():
            made.clicked.connect(partial(self.choose, choice))
            line.addWidget(made)
        line.addStretch(1)
        box.addLayout(line)
        self.hide()

    def show_rows(self, found: Sequence[Likely]) -> None:
        """Show these; each is added unless something else is chosen. All are marked, so that one press decides for all."""
        self.found, self.choices = list(found), {}
        put(self.title, "setText", Text("{n} new rows may be here already", n=f"{len(found):,}"))
        self._fill()
        self.view.selectAll()
        if found:
            self.view.selectionModel().setCurrentIndex(self.rows.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._on_row()
        self.setVisible(bool(found))

    def _fill(self) -> None:
        self.rows.show_rows([(IN_SHORT[self.choices.get(each.id, ADD)], each.name, each.found.title) for each in self.found])
        self.view.setColumnWidth(1, max(120, (self.view.viewport().width() - FIRST_WIDTH) // 2))

    def count(self, choice: str) -> int:
        """For how many rows this is chosen."""
        return sum(each == choice for each in self.choices.values())

    @Slot()
    def choose(self, choice: str, *_: Any) -> None:
        """Do this with every marked row."""
        marked = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        current = self.view.currentIndex().row()
        self.choices |= {self.found[at].id: choice for at in marked}
        self._fill()
        selection, flag = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        for at in marked:
            selection.select(self.rows.index(at, 0), flag.Select | flag.Rows)
        selection.setCurrentIndex(self.rows.index(max(0, current), 0), flag.NoUpdate)
        self.chosen.emit()

    @Slot()
    def _on_row(self, *_: Any) -> None:
        at = self.view.currentIndex().row()
        if 0 <= at < len(self.found):
            found = self.found[at].found
            here = Text("{name} ({note})", name=found.title, note=found.note) if found.note else found.title
            words = Text("{one} – {other}: {score} %, {why}", one=self.found[at].name, other=here, score=found.score, why=because(found.reasons))
            put(self.why, "setText", words)
