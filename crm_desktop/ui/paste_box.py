"""Before pasted rows are saved: which are new, what changes in which, and which cannot be taken, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.exchange import importing
from crm_desktop.exchange.likely import ADD, LEAVE, UPDATE
from crm_desktop.exchange.pasting import CHANGED, NEW, REFUSED, Pasted
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.asking import Asking
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.number_offer import NumberOffer
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import ROW, Texts, table
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH, SHOWN = 860, 8
PASTED = Text("Rows pasted")
MAYBE = {ADD: Text("Add"), UPDATE: Text("Update the one here"), LEAVE: Text("Leave out")}
STATES = {NEW: Text("New"), CHANGED: Text("Changes"), REFUSED: Text("Not taken in")}
HEADINGS = (Text("What happens"), Text("Name"), Text("What comes, or why not"))


class PasteBox(Asking):
    """The preview. Enter saves what can be taken as one action, Esc leaves everything as it is. `with_hashes` compares the rows
    once more so that of ID and card numbers in them the keyed hashes are kept."""

    def __init__(self, window: Window, pasted: Pasted, with_hashes: Callable[[Any, jobs.Job], Pasted] | None = None) -> None:
        super().__init__(window, WIDTH, Text("Paste into {records}", records=pasted.prepared.record.many))
        self.pasted, self._with_hashes = pasted, with_hashes
        self.counts, self.columns = PlainLabel(self.panel, ""), PlainLabel(self.panel, "soft")
        self.columns.setWordWrap(True)
        self.offer = NumberOffer(self.panel)
        self.offer.taken.connect(self._on_taken)
        for part in (self.counts, self.columns, self.offer):
            self.box.addWidget(part)
        self.rows = Texts(HEADINGS, self.panel)
        self.view = table(self.panel, self.rows, 2, name=Text("What is pasted"))
        for at, width in enumerate((152, 220)):
            self.view.setColumnWidth(at, width)
        self.box.addWidget(self.view)
        self.view.installEventFilter(self)
        self.hint = PlainLabel(self.panel, "soft")
        self.hint.setWordWrap(True)
        self.box.addWidget(self.hint)
        self.note.hide()
        self.box.addWidget(self.note)
        self.go = button(self.panel, Text("Nothing to save"), primary=True)
        self.go.clicked.connect(self.save)
        self.add_foot(self.go, words=Text("Saved as one action; undo takes all of it back"))
        self._show(pasted)
        self.offer.show_found([one for _, found in pasted.prepared.numbers.lines for one in found])

    def _show(self, pasted: Pasted) -> None:
        prepared = pasted.prepared
        if len(pasted.lines) == len(self.pasted.lines):  # compared once more: what was chosen stays chosen
            pasted.choices |= {line.id: self.pasted.choices[old.id] for line, old in zip(pasted.lines, self.pasted.lines, strict=True) if old.id in self.pasted.choices}
        self.pasted, self._doubtful = pasted, {each.id for each in pasted.maybe}
        put(self.hint, "setText", Text("{n} may be here already: Space on such a row adds it, updates the one here, or leaves it out", n=f"{len(pasted.maybe):,}"))
        self.hint.setVisible(bool(pasted.maybe))
        counts = {"new": f"{prepared.added:,}", "changed": f"{prepared.updated:,}", "same": f"{prepared.same:,}", "refused": f"{len(prepared.bad):,}"}
        put(self.counts, "setText", Text("{new} new · {changed} change · {same} the same · {refused} left out", **counts))
        put(self.columns, "setText", _columns(pasted))
        self._show_lines()
        self.view.setFixedHeight(ROW * (1 + min(SHOWN, max(1, len(pasted.lines)))) + 2)
        rows = len(prepared.inserts) + len(prepared.updates)
        put(self.go, "setText", Text("Save {n} rows", n=f"{rows:,}") if rows else Text("Nothing to save"))
        self.go.setEnabled(rows > 0)

    @Slot()
    def _on_taken(self) -> None:
        """Once more, with the hashes; until then nothing can be saved."""
        if (reading := self._with_hashes) is not None:
            self.go.setEnabled(False)
            jobs.work(self, reading, self._on_again, failed=self._on_not_again)

    @Slot(object)
    def _on_again(self, pasted: Pasted) -> None:
        self._show(pasted)
        self.place()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_not_again(self, error: Exception) -> None:
        self._show(self.pasted)
        self.fail(error)

    def _show_lines(self) -> None:
        rows = []
        for line in self.pasted.lines:
            choice = self.pasted.choices.get(line.id, ADD)
            rows.append((MAYBE[choice] if line.id in self._doubtful else STATES[line.state], line.name, line.words))
        self.rows.show_rows(rows)

    def turn(self) -> None:
        """The next choice for the row the keyboard is on, where it may be here already."""
        at = self.view.currentIndex().row()
        line = self.pasted.lines[at] if 0 <= at < len(self.pasted.lines) else None
        if line is None or line.id not in self._doubtful:
            return
        order = list(MAYBE)
        self.pasted.choices[line.id] = order[(order.index(self.pasted.choices.get(line.id, ADD)) + 1) % len(order)]
        self._show_lines()
        self.view.selectRow(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            self.turn()
            return True
        return super().eventFilter(watched, event)

    def stops(self) -> Sequence[QWidget]:
        return self.view, self.offer.keep, self.go, self.leave

    def open(self) -> None:
        super().open()
        (self.go if self.go.isEnabled() else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def save(self) -> None:
        """Write the rows."""
        if self.go.isEnabled():
            self.act(partial(_write, self.pasted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.offer.keep.hasFocus():
            self.offer.keep.click()
        elif event.key() in ENTER and not self.leave.hasFocus():
            self.save()
        elif event.key() in ENTER:
            self.close()
        else:
            super().keyPressEvent(event)


def _columns(pasted: Pasted) -> Text:
    taken: Text | str = ""
    for field in pasted.fields:
        taken = Text("{first} · {second}", first=taken, second=field.label) if taken else field.label
    told = Text("Columns: {columns}", columns=taken)
    if pasted.unknown:
        told = Text("Columns: {columns}; not known here: {others}", columns=taken, others=" · ".join(pasted.unknown))
    for field, words in pasted.odd():
        told = Text("{first}. Not in the list of {field}, kept as it stands: {words}", first=told, field=field.label, words=" · ".join(words[:SHOWN]))
    return told


def _write(pasted: Pasted, desk: Any, job: jobs.Job) -> Any:
    pasted.decide(desk.store.writer)
    return importing.write(desk, pasted.prepared, action=PASTED)
