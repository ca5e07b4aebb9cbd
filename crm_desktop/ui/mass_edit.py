"""One value for all selected rows: which field, which value, and what cannot take it before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QListView, QVBoxLayout, QWidget

from crm_desktop.desk import mass
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.asking import Asking
from crm_desktop.ui.editors import Editor, make
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH = 560
LINE = 34  # px
TOLD = 5  # rows that cannot take the value, by name


class MassEdit(Asking):
    """The panel. What was chosen and typed stays until it is saved or left by Esc."""

    def __init__(self, window: Window, record: Record, ids: Sequence[int]) -> None:
        super().__init__(window, WIDTH, Text("Change {n} rows of {records}", n=f"{len(ids):,}", records=record.many))
        self.record, self._ids = record, list(ids)
        self._without: set[int] = set()
        self.fields = mass.fields(record)
        self.choice = QComboBox(self.panel)
        self.choice.setView(QListView(self.choice))
        for field in self.fields:
            self.choice.addItem(say(field.label), field.name)
        put(self.choice, "setAccessibleName", Text("Field"))
        self.choice.activated.connect(self._on_field)
        self._place = QWidget(self.panel)
        QVBoxLayout(self._place).setContentsMargins(0, 0, 0, 0)
        self._place.setMinimumHeight(LINE)
        self.editor: Editor | None = None
        self.offer = LiveOffer(self.panel)
        self.offer.moved.connect(self.place)
        for part in (self.choice, self._place, self.offer, self.note):
            self.box.addWidget(part)
        self.go = button(self.panel, Text("Change"), primary=True)
        self.go.clicked.connect(self.save)
        self.add_foot(self.go)
        self._on_field()

    def stops(self) -> Sequence[QWidget]:
        return [each for each in (self.choice, self.editor, self.offer.keep, self.go, self.leave) if each is not None]

    def open(self) -> None:
        super().open()
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def field(self) -> Field:
        """The field that is chosen."""
        return self.record.by_name[str(self.choice.currentData())]

    @Slot()
    def _on_field(self, *_: Any) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = make(self.field, self._place)
        layout = self._place.layout()
        assert layout is not None
        layout.addWidget(self.editor)
        self._place.setMinimumHeight(max(LINE, self.editor.minimumHeight()))
        self.editor.show()  # at once: the next Tab goes there
        self.editor.changed.connect(self._on_changed)
        if hasattr(self.editor, "entered"):
            self.editor.entered.connect(self.save)
        self.offer.watch(self.editor if self.field.watched else None)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self._without = set()
        put(self.go, "setText", Text("Change {n} rows", n=f"{len(self._ids):,}"))
        self.tell(self.field.help or Text("Saved as one action; undo takes all of it back"))

    @Slot()
    def save(self) -> None:
        """Change the rows; when some cannot take the value, say which, and offer the others."""
        assert self.editor is not None
        self.editor.tidy()
        if (problem := self.editor.problem()) is not None:
            self.tell(problem, "error")
            return
        values = {self.field.name: self.editor.value()}
        self.act(partial(_change, self.record, list(self._ids), values, set(self._without)))

    def fail(self, error: Exception) -> None:
        if isinstance(error, mass.Refusals):
            self._offer_others(error)
        else:
            super().fail(error)

    def _offer_others(self, error: mass.Refusals) -> None:
        told = [f"{name or say(self.record.title)}: {say(why)}" for _, name, why in error.rows[:TOLD]]
        if len(error.rows) > TOLD:
            told.append(say(Text("and {n} more", n=f"{len(error.rows) - TOLD:,}")))
        self.tell("\n".join([say(error.text), *told]), "error")
        if error.others:
            self._without = {row_id for row_id, _, _ in error.rows}
            put(self.go, "setText", Text("Change the other {n}", n=f"{error.others:,}"))


def _change(record: Record, ids: list[int], values: Row, without: set[int], desk: Any, job: jobs.Job) -> Any:
    return mass.change(desk, record, ids, values, without)
