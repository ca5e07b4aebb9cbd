"""The drop-downs above a list: one per field a list can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from crm_desktop.record.dates import business_date
from crm_desktop.record.duty import Filter
from crm_desktop.record.kinds import Kind, Value
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.list_model import PageSource
from crm_desktop.ui.speech import put

WIDEST = 190
AHEAD, BEHIND = 3, 14  # months offered for a day
Option = tuple[Value, Text | str]


class FilterBox(QComboBox):
    """Narrows a list by one field; the first entry means all of them."""

    chosen = Signal()

    def __init__(self, field: Field, source: PageSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._all: Option = (None, Text("{label}: all", label=field.label))
        self._options: list[Option] = []
        self._wanted: Value = None
        self.setView(QListView(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(WIDEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put(self, "setAccessibleName", field.label)
        self.activated.connect(self._on_activated)
        self._fill(months(business_date()) if field.kind == Kind.DATE else [(code, text) for code, text, _ in field.choices])
        if field.kind == Kind.REF:
            self.setVisible(False)
            jobs.read(self, partial(_read_options, source, field), self._on_options, slot="options")

    def filter(self) -> Filter | None:
        """What the list is narrowed by; None for all."""
        return None if self._wanted is None else (self.field.name, self.operator, self._wanted)

    @property
    def operator(self) -> str:
        """How the field is compared with what is chosen: a day by its month."""
        return "begins" if self.field.kind == Kind.DATE else "="

    def choose(self, value: Value) -> None:
        """Narrow by a value, or by nothing (None), without telling."""
        self._wanted = value
        values = [None, *(code for code, _ in self._options)]
        self.setCurrentIndex(values.index(value) if value in values else 0)

    def _fill(self, options: Sequence[Option]) -> None:
        self._options = list(options)
        self.clear()
        for _, text in (self._all, *self._options):
            self.addItem(say(text))
        self.choose(self._wanted)

    def refill(self) -> None:
        """Offer what the list of codes holds now, also what is retired: rows may have it."""
        if self.field.kind != Kind.REF:
            self._fill([(code, text) for code, text, _ in self.field.choices])

    @Slot(object)
    def _on_options(self, options: list[Option]) -> None:
        self._fill(options)
        self.setVisible(len(options) > 1)  # one hotel is nothing to choose from

    @Slot(int)
    def _on_activated(self, at: int) -> None:
        value = self._options[at - 1][0] if at else None
        if value != self._wanted:
            self._wanted = value
            self.chosen.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for at, (_, text) in enumerate((self._all, *self._options)):
                self.setItemText(at, say(text))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a turn of the wheel must not narrow the list


def months(day: str) -> list[Option]:
    """The months around a day, newest first, for a list of days."""
    at = int(day[:4]) * 12 + int(day[5:7]) - 1
    return [(words, words) for n in range(AHEAD, -BEHIND - 1, -1) for words in (f"{(at + n) // 12:04d}-{(at + n) % 12 + 1:02d}",)]


def _read_options(source: PageSource, field: Field, reader: object, _job: jobs.Job) -> list[Option]:
    return list(source.options(reader, field))
