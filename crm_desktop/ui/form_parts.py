"""What a form is made of: a cell for each field, sections of cells, and the bar that tells what happened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.record.kinds import TEXTUAL, Kind, Value, shown
from crm_desktop.record.lines import Lines, Rows
from crm_desktop.record.private import Found
from crm_desktop.record.record import Field, Record, Row, Section
from crm_desktop.record.text import Text, say
from crm_desktop.ui import theme
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.editors import make
from crm_desktop.ui.form_work import MASKED
from crm_desktop.ui.lines_editor import LinesEditor
from crm_desktop.ui.masked import MaskedValue
from crm_desktop.ui.number_offer import NumberOffer
from crm_desktop.ui.scrolled import Scrolled
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CutLabel, PlainLabel, link, tool

COLUMN_GAP, LABEL_HEIGHT = 16, 20
SIDE = 20
WIDTHS = (380, 820, 1080)  # from each of these widths on there is one column more
EMPTY = Text("(empty)")


def readable(field: Field, row: Row) -> Text | str:
    """A field of a row as people read it."""
    value = row[field.name]
    if isinstance(field, Lines):
        return Text("{n} lines", n=len(value))
    if field.kind == Kind.REF:
        return str(row.get(f"{field.name}.name") or "") or EMPTY
    if field.kind == Kind.CHOICE:
        return field.choice_text(value) or EMPTY
    return shown(field.kind, value) or EMPTY


def facts(record: Record, values: Row) -> str:
    """What the record works out from these values, in a line; less than nothing is a mistake told under its field."""
    row = values | record.settled(values)
    worth = [f for f in record.fields if f.settled and not f.hidden and row.get(f.name)]
    told = [f for f in worth if not isinstance(row[f.name], int) or row[f.name] > 0]
    return " · ".join(say(Text("{label} {value}", label=f.label, value=readable(f, row))) for f in told)


class Cell(QWidget):
    """A field of the form: label, editor, and under it what is wrong, or what somebody else wrote meanwhile."""

    changed = Signal()
    entered = Signal()
    left = Signal(str)

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.masked: MaskedValue | None = None
        self._raw: Value = None  # as the row holds it
        self._base: Value = None  # the same as the editor gives it back
        self._base_draft: Any = None
        self._theirs: Row | None = None
        self._wrong: bool | None = None  # whether a problem is said; None: neither was yet
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 4)
        self._box.setSpacing(2)
        label = self._add_label()
        self.editor = make(field, self)
        self.editor.setObjectName(field.name)
        if label is not None:
            label.setBuddy(self.editor)
        self._box.addWidget(self.editor)
        self._note = PlainLabel(self, "soft", field.help or "")
        self._note.setWordWrap(True)
        self._note.setVisible(field.help is not None)
        self._box.addWidget(self._note)
        self._conflict: QWidget | None = None
        self._numbers: NumberOffer | None = None
        self._box.addStretch(1)
        self._listen()

    def _add_label(self) -> CutLabel | None:
        row = QHBoxLayout()
        row.setSpacing(3)
        label = CutLabel(self, "soft", self.field.label)  # long English words must not push the form out of its room
        label.setMinimumHeight(LABEL_HEIGHT)
        row.addWidget(label)
        if self.field.required:
            row.addWidget(PlainLabel(self, "error", "*"))
        row.addStretch()
        self._box.addLayout(row)
        return label

    def _listen(self) -> None:
        self.editor.changed.connect(self._on_changed)
        self.editor.left.connect(self._on_left)
        if hasattr(self.editor, "entered"):
            self.editor.entered.connect(self.entered)
        if hasattr(self.editor, "shortened"):
            self.editor.shortened.connect(self._on_shortened)

    def load(self, row: Row) -> None:
        """Show the row's value; from now on this is what nobody has changed."""
        masked = row.get(MASKED, {}).get(self.field.name)
        self._mask(masked, row)
        if masked:
            row = row | {self.field.name: self.field.default}
        name = str(row.get(f"{self.field.name}.name") or "")
        if self.field.once:
            self.editor.setEnabled(row.get("id") is None)
        self.editor.set_value(row[self.field.name], name)
        self.set_base(row[self.field.name])
        self._base = self.editor.value()
        self._base_draft = self.editor.draft()
        self.show_problem(None)
        self.show_theirs(None)
        if self._numbers:
            self._numbers.show_found(())

    def _mask(self, masked: tuple[str, bool] | None, row: Row) -> None:
        """Stand in for the editor where the person is not to see the value."""
        if masked is None and self.masked is None:
            return
        if self.masked is None:
            self.masked = MaskedValue(self.field, self)
            self._box.insertWidget(self._box.indexOf(self.editor), self.masked)
        self.editor.setVisible(masked is None)
        self.masked.setVisible(masked is not None)
        if masked is not None:
            there = self.field.kind not in TEXTUAL or bool(row[self.field.name])
            self.masked.begin(masked[0], row["id"], may=masked[1], there=there)

    def set_base(self, value: Value) -> None:
        """What is saved now; what is typed stays."""
        self._raw = self._base = value
        self._base_draft = None

    @property
    def raw(self) -> Value:
        """The saved value."""
        return self._raw

    @property
    def is_changed(self) -> bool:
        """A person typed something that is not what is saved."""
        if self.editor.draft() == self._base_draft:
            return False
        return self.editor.problem() is not None or self.editor.value() != self._base

    def value(self) -> Value:
        """What the row would hold if it were saved now."""
        return self.editor.value() if self.is_changed else self._raw

    def problem(self) -> Text | None:
        """What is wrong with what a person typed; what came from the store is never held against them."""
        return self.editor.problem() if self.is_changed else None

    def show_problem(self, problem: Text | None) -> None:
        """Say under the field, and to whoever hears it, what would be right; None brings the help back."""
        if problem is None and self._wrong is False:
            return  # as most of the time
        self._wrong = problem is not None
        words: Text | str = problem or self.field.help or ""
        put(self._note, "setText", words)
        required = Text("Required") if self.field.required else ""
        put(self.editor, "setAccessibleDescription", Text("{first}. {second}", first=required, second=words) if required and words else required or words)
        self._note.setVisible(bool(problem or self.field.help))
        _set(self._note, "class", "error" if problem else "soft")
        _set(self.editor, "bad", problem is not None)

    def show_theirs(self, theirs: Row | None) -> None:
        """Offer what somebody else wrote into this field meanwhile; None ends it."""
        self._theirs = theirs
        if self._conflict:
            self._box.removeWidget(self._conflict)
            self._conflict.hide()
            self._conflict.deleteLater()
            self._conflict = None
        if theirs is not None:
            self._conflict = self._offer(Text("Theirs: {value}", value=readable(self.field, theirs)))
            self._box.insertWidget(self._box.indexOf(self.editor) + 1, self._conflict)
            self._conflict.show()

    def _offer(self, words: Text) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        label = PlainLabel(line, "warning", words)
        label.setWordWrap(True)
        row.addWidget(label, 1)
        take = link(line, Text("Take theirs"))
        take.clicked.connect(self._on_take)
        row.addWidget(take)
        return line

    def _on_take(self) -> None:
        if self._theirs is not None:
            self.load(self._theirs)
            self.editor.setFocus()
            self.changed.emit()

    def _on_shortened(self, found: list[Found]) -> None:
        """Say which numbers are not kept whole, and offer what may be kept of them."""
        if self._numbers is None:
            self._numbers = NumberOffer(self)
            self._numbers.taken.connect(self._on_number_kept)
            self._box.insertWidget(self._box.indexOf(self.editor) + 1, self._numbers)
        self._numbers.show_found(found)

    def _on_number_kept(self) -> None:
        assert self._numbers is not None
        self.editor.restore(self._numbers.kept_in(self.editor.draft()))
        self.editor.setFocus()
        self.changed.emit()

    def _on_changed(self) -> None:
        self.show_problem(None)
        if self._numbers:
            self._numbers.still(self.editor.draft())
        self.changed.emit()

    def _on_left(self) -> None:
        if problem := self.problem():
            self.show_problem(problem)
        else:
            self.left.emit(self.field.name)


def _set(widget: QWidget, name: str, value: object) -> None:
    """Give a widget another look of the style sheet."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class LinesCell(Cell):
    """The lines of a row; the title of their section is all the label they need."""

    def _add_label(self) -> None:
        """None."""

    def load(self, row: Row) -> None:
        """Show the row's lines, none for a new one."""
        assert isinstance(self.editor, LinesEditor)
        self.editor.names = row.get(f"{self.field.name}.name") or {}
        super().load({self.field.name: []} | row)

    def value(self) -> Value:
        """The lines as typed, and as they were read."""
        return Rows(super().value(), self.raw)


class SectionBox(QWidget):
    """A section of the paper form: its title, and its cells in as many columns as there is room for."""

    def __init__(self, section: Section, cells: Sequence[Cell], parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = cells
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 12)
        box.setSpacing(4)
        box.addWidget(PlainLabel(self, "h2", section.title))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(COLUMN_GAP)
        self._grid.setVerticalSpacing(2)
        box.addLayout(self._grid)

    def place(self, columns: int) -> None:
        """Put the cells in reading order into rows of so many columns."""
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 0)
        row = column = 0
        for cell in self._cells:
            span = _span(cell.field, columns)
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(cell, row, column, 1, span)
            column += span
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)


def _count_days(cells: Sequence[Cell]) -> None:
    """In a section every day counts from the one before it: +2 in a departure means two nights."""
    editors = [cell.editor for cell in cells if isinstance(cell.editor, DayEditor)]
    for before, editor in pairwise(editors):
        editor.count_from(before)


def _span(field: Field, columns: int) -> int:
    if field.kind == Kind.LONG:
        return columns
    return min(2, columns) if field.wide else 1


def _with_lines(record: Record) -> Sequence[Section]:
    """The sections of a form, its lines where they belong."""
    out = list(record.sections)
    for lines in reversed(record.lines):
        out.insert(lines.after + 1 if lines.after >= 0 else len(record.sections), Section(lines.label, lines))
    return out


class FormBody(Scrolled):
    """All sections of a record, scrolling when they do not fit; as many columns as there is room for."""

    changed = Signal()
    entered = Signal()
    left = Signal(str)  # the name of a field whose words are understood

    def __init__(self, record: Record, parent: QWidget) -> None:
        super().__init__(parent, sideways=False)
        self.cells: dict[str, Cell] = {}
        self._sections: list[SectionBox] = []
        self._columns = 0
        page = QWidget(self)
        self._fill(page, record)
        self.setWidget(page)

    def _fill(self, page: QWidget, record: Record) -> None:
        self._box = box = QVBoxLayout(page)
        box.setSpacing(0)
        for section in _with_lines(record):
            cells = [self._make_cell(field, page) for field in section.fields if field.stored and not field.hidden]
            for cell in cells:  # a state changes by its steps: it is shown, and set only where a row begins
                cell.editor.setEnabled(not (record.machine and cell.field.name == record.machine.field))
            _count_days(cells)
            if cells:
                self._sections.append(SectionBox(section, cells, page))
                box.addWidget(self._sections[-1])
        box.addStretch(1)
        self._place(2)

    def _make_cell(self, field: Field, page: QWidget) -> Cell:
        cell = self.cells[field.name] = (LinesCell if isinstance(field, Lines) else Cell)(field, page)
        cell.changed.connect(self.changed)
        cell.entered.connect(self.entered)
        cell.left.connect(self.left)
        return cell

    def _place(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for section in self._sections:
                section.place(columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Where a scroll bar stands it is part of the margin: the fields end where the bar of buttons ends.
        self._box.setContentsMargins(SIDE, 16, SIDE - (self.width() - event.size().width()), 8)
        self._place(1 + sum(event.size().width() >= least for least in WIDTHS))
        super().resizeEvent(event)

    def focus(self, *names: str) -> None:
        """Put the cursor into the first of these fields, and show it once the words under the fields have their place."""
        for name in names[:1]:
            self.cells[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        for cell in self.cells.values():
            if cell.editor.hasFocus():
                self.ensureWidgetVisible(cell, 0, 16)


class NoticeBar(QFrame):
    """A sentence across the top of the form, until it is put away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 12, 6)
        self._words = PlainLabel(self)
        self._words.setWordWrap(True)
        row.addWidget(self._words, 1)
        close = tool(self, "x", Text("Close this note"))
        close.clicked.connect(self.hide)
        row.addWidget(close)
        self.hide()

    def about(self, text: Text | None) -> None:
        """Show a sentence, or nothing."""
        self.tell(text) if text else self.hide()

    def tell(self, text: Text) -> None:
        """Show a sentence."""
        put(self._words, "setText", text)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme.C["amber_bg"]))
