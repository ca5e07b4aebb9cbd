"""Lines typed in a form: a row of editors for each, always an empty one below, all by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QToolButton, QWidget

from crm_desktop.record.ids import new_id
from crm_desktop.record.kinds import Value
from crm_desktop.record.lines import Lines
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui.editors import Editor, make
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import CutLabel, tool

OUT = Text("Take this line out (Ctrl+-)")
GAP, LEAST, USUAL = 4, 40, 120  # px; the last: how wide a column is compared with the others where its field does not say


class _Line:
    """One line: its id and its editors."""

    def __init__(self, lines: Lines, parent: QWidget, number: int) -> None:
        self.id = new_id()
        self.editors: dict[str, Editor] = {field.name: make(field, parent) for field in lines.fields}
        for field in lines.fields:
            editor = self.editors[field.name]
            put(editor, "setAccessibleName", Text("{label}, line {n}", label=field.label, n=number))
            machine = lines.record.machine
            editor.setMinimumWidth(LEAST)
            editor.setEnabled(not (machine and field.name == machine.field))
        self.out: QToolButton = tool(parent, "x", OUT)
        self.out.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def row(self) -> Row:
        """What is typed."""
        return {"id": self.id} | {name: editor.value() for name, editor in self.editors.items()}

    def problem(self) -> Text | None:
        """What cannot be understood."""
        return next((found for editor in self.editors.values() if (found := editor.problem())), None)

    def widgets(self) -> list[QWidget]:
        return [*self.editors.values(), self.out]


class LinesEditor(QWidget):
    """The lines of a row. Like every editor it has a value, a draft and a problem; `names` are those of what lines refer to."""

    changed = Signal()
    left = Signal()
    entered = Signal()
    shortened = Signal(list)

    def __init__(self, lines: Lines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.names: dict[str, dict[str, str]] = {}
        self._lines: list[_Line] = []
        self._at = 0  # the line to go to: the one that is wrong
        put(self, "setAccessibleName", lines.label)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP)
        for at, field in enumerate(lines.fields):
            self._grid.addWidget(CutLabel(self, "soft", field.label), 0, at)
            self._grid.setColumnStretch(at, field.width or USUAL)
            self._grid.setColumnMinimumWidth(at, 0)
        out = QShortcut(QKeySequence("Ctrl+-"), self)
        out.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        out.activated.connect(self._on_out_key)
        self._grow()

    # its lines

    def _grow(self) -> None:
        """One line more below."""
        line = _Line(self.lines, self, len(self._lines) + 1)
        before = list(self._lines[-1].editors.values()) if self._lines else []
        self._lines.append(line)
        for at, widget in enumerate(line.widgets()):
            self._grid.addWidget(widget, len(self._lines), at)
        for editor in line.editors.values():
            editor.changed.connect(self._on_changed)
            editor.left.connect(self._on_left)
            if hasattr(editor, "entered"):
                editor.entered.connect(self.entered)
            if hasattr(editor, "shortened"):
                editor.shortened.connect(self.shortened)
            if before:  # Tab goes from the end of a line to the next one
                QWidget.setTabOrder(before[-1], editor)
            before.append(editor)
        line.out.clicked.connect(self._on_out)
        if self.isVisible():
            for widget in line.widgets():
                widget.show()

    def _fit(self, count: int) -> None:
        """So many lines and an empty one; those that are not needed go."""
        while len(self._lines) > count + 1:
            for widget in self._lines.pop().widgets():
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        while len(self._lines) < count + 1:
            self._grow()

    def _show(self, rows: list[Row]) -> None:
        self._fit(len(rows))
        for line, row in zip(self._lines, rows, strict=False):
            line.id = row["id"]
            for name, editor in line.editors.items():
                editor.set_value(row.get(name), self.names.get(str(row["id"]), {}).get(name, ""))
        self._empty(self._lines[-1])

    def _empty(self, line: _Line) -> None:
        line.id = new_id()
        for field in self.lines.fields:
            line.editors[field.name].set_value(field.default)

    def _typed(self) -> list[_Line]:
        """The lines somebody typed into."""
        return [line for line in self._lines if line.problem() or not self.lines.is_blank(line.row())]

    # what every editor does

    def value(self) -> Value:
        """The lines there are."""
        return [line.row() for line in self._typed()]

    def set_value(self, value: Value, name: str = "") -> None:
        """Show these lines."""
        self._show([dict(row) for row in value])

    def problem(self) -> Text | None:
        """What is wrong with the first line that is not right."""
        for at, line in enumerate(self._typed(), 1):
            if found := line.problem() or self.lines.problem(line.row()):
                self._at = self._lines.index(line)
                return Text("Line {n}: {problem}", n=at, problem=found)
        self._at = 0
        return None

    def draft(self) -> Any:
        """Everything typed."""
        return [[line.id, {name: editor.draft() for name, editor in line.editors.items()}] for line in self._typed()]

    def restore(self, draft: Any) -> None:
        """Put back what `draft` gave."""
        self._fit(len(draft))
        for line, (row_id, cells) in zip(self._lines, draft, strict=False):
            line.id = row_id
            for name, typed in cells.items():
                line.editors[name].restore(typed)
        self._empty(self._lines[-1])

    def tidy(self) -> None:
        """Show what was understood."""
        for line in self._lines:
            for editor in line.editors.values():
                editor.tidy()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Into the line that is wrong, or the first."""
        line = self._lines[min(self._at, len(self._lines) - 1)]
        next(iter(line.editors.values())).setFocus(reason)

    def hasFocus(self) -> bool:
        """True while one of its editors has the keyboard."""
        here = QApplication.focusWidget()
        return here is not None and self.isAncestorOf(here)

    # what happens

    @Slot()
    def _on_changed(self) -> None:
        last = self._lines[-1]
        if last.problem() or not self.lines.is_blank(last.row()):
            self._grow()
        self.changed.emit()

    @Slot()
    def _on_left(self) -> None:
        """Only what cannot be understood is told at once: a line is filled cell by cell."""
        if any(line.problem() for line in self._lines):
            self.left.emit()

    @Slot()
    def _on_out(self) -> None:
        self._take_out(next(at for at, line in enumerate(self._lines) if line.out is self.sender()))

    @Slot()
    def _on_out_key(self) -> None:
        here = QApplication.focusWidget()
        at = next((at for at, line in enumerate(self._lines) if here in line.editors.values()), -1)
        if at >= 0:
            self._take_out(at)

    def _take_out(self, at: int) -> None:
        """The lines below move up; the keyboard stays where it is."""
        draft = self.draft()
        gone = self._lines[at].id
        self.restore([line for line in draft if line[0] != gone])
        self.changed.emit()
