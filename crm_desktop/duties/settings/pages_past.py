"""A record's history: who changed what and when; beside it the record as it was at the chosen moment or on a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from crm_desktop.desk import past
from crm_desktop.desk.desk import CHANGED
from crm_desktop.desk.past import Moment, Past
from crm_desktop.duties.settings.safety import who
from crm_desktop.record.dates import local_instant
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.past import Line
from crm_desktop.ui import jobs
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("When"), Text("Who"), Text("What"), Text("Before"), Text("After"))
WIDTHS = (152, 84, 124)
THEN = (Text("Field"), Text("Then"), Text("Now, where it differs"))
TITLE = Text("History: {record} {name}")
FIRST = Text("Open a record, then press the key again: its history stands here.")
GONE = Text("This record is not here, or it is not among those you see.")
NOT_THERE = Text("At that time this record was not there.")
AS_IT_WAS = Text("As it was: {moment}")
DAY = Field("day", Text("On the day"), Kind.DATE)


class PastPage(QWidget):
    """`show_args` names the record and the row."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.past: Past | None = None
        self._asked: tuple[str, int] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        self.title = PlainLabel(self, "h1", Text("History of a record"))
        box.addWidget(self.title)
        self.note = EmptyNote(self, "history", FIRST)
        box.addWidget(self.note, 1)
        self._both = QWidget(self)
        across = QHBoxLayout(self._both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self._make_lines(), 5)
        across.addWidget(self._make_moment(), 3)
        box.addWidget(self._both, 1)
        self._both.hide()
        jobs.hub().changed.connect(self._on_changed)

    def _make_lines(self) -> QWidget:
        frame, inside = card(self._both)
        self.rows = Texts(HEADINGS, frame)
        self.view = table(frame, self.rows, 4, name=Text("What was changed"))
        for at, width in enumerate(WIDTHS):
            self.view.setColumnWidth(at, width)
        self.view.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)  # before and after share what there is
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        inside.addWidget(self.view)
        return frame

    def _make_moment(self) -> QWidget:
        frame, inside = card(self._both)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.moment_title = PlainLabel(frame, "h2", Text("As it was"))
        bar.addWidget(self.moment_title)
        bar.addStretch(1)
        bar.addWidget(PlainLabel(frame, "soft", DAY.label))
        self.day = DayEditor(DAY, frame)
        self.day.setFixedWidth(132)
        self.day.left.connect(self._on_day)
        bar.addWidget(self.day)
        inside.addLayout(bar)
        self.values = Texts(THEN, frame)
        self.values_view = table(frame, self.values, 2, name=Text("As it was"))
        for at, width in enumerate((112, 136)):
            self.values_view.setColumnWidth(at, width)
        inside.addWidget(self.values_view)
        return frame

    # what it shows

    def show_args(self, record: str = "", id: int = 0, **_: Any) -> None:
        """Show the history of a row."""
        self._asked = (record, id) if record else self._asked
        self.day.set_value("")
        self._read()

    def focus_first(self) -> None:
        """The keyboard goes to the lines."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> tuple[str, int] | None:
        """The row whose history it is."""
        return self._asked

    def _read(self) -> None:
        if self._asked:
            jobs.read(self, partial(_past, self._window.store.by_key[self._asked[0]], self._asked[1]), self._on_past, slot="past")

    @Slot(object)
    def _on_past(self, found: Past | None) -> None:
        self.past = found
        self.note.setVisible(found is None)
        self._both.setVisible(found is not None)
        if found is None:
            self.note.say(GONE)
            return
        put(self.title, "setText", Text(TITLE.source, record=found.record.title, name=found.name))
        self.rows.show_rows([_told(line) for line in found.lines])
        if found.lines:
            self.view.selectRow(0)
        self.focus_first()

    @Slot()
    def _on_selected(self, *_: Any) -> None:
        chosen = self.view.selectionModel().selectedRows()
        if self.past is not None and chosen:
            self.day.set_value("")
            moment = self.past.lines[chosen[0].row()].noted.at
            self._show_moment(moment, Text(AS_IT_WAS.source, moment=local_instant(moment)))

    @Slot()
    def _on_day(self) -> None:
        day = str(self.day.value() or "")
        if self.past is not None and day and self.day.problem() is None:
            self._show_moment(past.end_of_day(day), Text(AS_IT_WAS.source, moment=day))

    def _show_moment(self, moment: str, title: Text) -> None:
        assert self.past is not None
        put(self.moment_title, "setText", title)
        jobs.read(self, partial(_moment, self.past, moment), self._on_moment, slot="moment")

    @Slot(object)
    def _on_moment(self, found: Moment) -> None:
        rows: list[tuple[Text | str, ...]] = [(field.label, then, "" if then == now else now or "—") for field, then, now in found.values]
        rows.sort(key=_is_same)  # what differs first
        self.values.show_rows(rows if found.there else [("", NOT_THERE, "")])

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and self._asked and self._asked[0] in change.tables:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._window.back()
        else:
            super().keyPressEvent(event)


def _is_same(row: tuple[Text | str, ...]) -> bool:
    return row[2] == ""


def _told(line: Line) -> tuple[Text | str, ...]:
    """A line as texts. Actions are kept by their English words, which the catalogue knows."""
    one = line.noted
    action: Text | str = Text(one.action) if one.action else ""
    if line.field is None:
        what = action
    else:
        what = line.field.label if one.action == CHANGED.source else Text("{action}: {field}", action=action, field=line.field.label)
    return (local_instant(one.at), who(one.who), what, line.before, line.after)


def _past(record: Any, row_id: int, reader: Any, job: jobs.Job) -> Past | None:
    return past.of(reader, record, row_id)


def _moment(found: Past, moment: str, reader: Any, job: jobs.Job) -> Moment:
    return past.as_it_was(reader, found, moment)


def show(window: Window) -> None:
    """The history of the row that is on the screen."""
    shown = window.shown()
    if shown is None:
        window.toast.error(Refused(FIRST))
    else:
        window.go("past", record=shown[0], id=shown[1])


def page(window: Window) -> PastPage:
    """The page of a record's history."""
    return PastPage(window)
