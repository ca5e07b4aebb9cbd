"""The form of a record, made from its declaration. What a person typed is never lost and never overwrites silently."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.desk.desk import Conflict, Invalid
from crm_desktop.record.record import Problems, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import drafts, form_work, jobs, seat
from crm_desktop.ui.drafts import Draft
from crm_desktop.ui.form_foot import FormFoot
from crm_desktop.ui.form_parts import Cell, FormBody, NoticeBar, facts
from crm_desktop.ui.form_work import Saving
from crm_desktop.ui.speech import put
from crm_desktop.ui.steps import StepsBar

WAITING_AFTER = 300  # milliseconds
SAVED, UNSAVED = Text("Saved"), Text("Unsaved changes")
WAITING = Text("Waiting for another writer ...")
NOT_SAVED = Text("Not saved")
NOTHING_TO_SAVE = Text("Nothing has changed")
GONE = Text("This record was removed meanwhile")


class Form(QWidget):
    """Shows one row of a record, or a new one. `saved` carries the Change and the row's id, `closed` that the person
    is done with it, `dirtied` whether there is something to save, `removed` that the row is gone."""

    saved = Signal(object, object)  # an id has 63 bits: Signal(int) would cut it
    closed = Signal()
    dirtied = Signal(bool)
    removed = Signal(object)
    settled = Signal(object)  # the saved row behind what is shown, None while there is none

    def __init__(self, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self._row, self._was_dirty = Row(), False
        self._id: int | None = None
        self._key: drafts.Key | None = None
        self._saving: Saving | None = None
        self._hub: jobs.Hub | None = None
        self._build()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(WAITING_AFTER)
        self._late.timeout.connect(self._on_late)

    # --- building -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._body = FormBody(self.record, self)
        self._body.changed.connect(self._on_changed)
        self._body.entered.connect(self._on_entered)
        self._body.left.connect(self._on_field_left)
        self.cells = self._body.cells
        box.addWidget(self._body, 1)
        box.addWidget(self._make_foot())
        box.insertWidget(1, self._foot.files)
        self._notice = NoticeBar(self)  # made last: the first field comes first when going by Tab
        box.insertWidget(0, self._notice)
        self._steps = StepsBar(self.record, self)
        self._steps.asked.connect(self.step)
        self.settled.connect(self._steps.show_row)
        box.insertWidget(1, self._steps)
        self._body.setEnabled(False)  # until there is a row to edit

    def _make_foot(self) -> FormFoot:
        foot = FormFoot(self, self.record)
        self._foot, self._note, self._facts = foot, foot.note, foot.facts
        foot.save.clicked.connect(self.save)
        foot.discard.clicked.connect(self.discard)
        foot.remove.clicked.connect(self.remove)
        foot.close_button.clicked.connect(self._on_close)
        return foot

    # --- what it shows ------------------------------------------------------------------------------------------

    def load(self, row_id: int) -> None:
        """Show a row, read in the background. What is typed now is kept, and comes back with its row."""
        self._listen()
        self.keep()
        jobs.read(self, partial(form_work.get, self.record, row_id), self._on_row, slot="row")

    def new(self, values: Row | None = None) -> None:
        """Begin a new row, some of whose values may be given (`field.name` beside a reference is its name)."""
        self._listen()
        self.keep()
        jobs.read(self, form_work.nothing, form_work.ignore, slot="row")  # a row still being read does not come over the new one
        given = dict(values or {})
        self._show(None, self.record.blank() | seat.own(self.record) | given, given)
        self.focus_first()

    def focus_first(self, name: str = "") -> None:
        """Put the cursor into the first field, or into the one named."""
        self._body.focus(name or next(iter(self.cells)))

    def _on_row(self, answer: tuple[int, Row | None]) -> None:
        row_id, row = answer
        self.keep()
        if row is not None:
            self._show(row_id, row, {})
            return
        left = drafts.find(drafts.key_of(self.record, row_id, {}))
        if left is not None:  # what was typed into a row that is gone since can still be read and copied
            self._show(row_id, left.row, {})
            self._notice.tell(GONE)
            return
        self._id, self._key = None, None
        self._body.setEnabled(False)
        self._notice.tell(GONE)
        self._settle()

    def _show(self, row_id: int | None, row: Row, given: Row) -> None:
        self._id, self._key = row_id, drafts.key_of(self.record, row_id, given)
        draft = drafts.find(self._key)
        self._row = dict(draft.row if draft else row)
        self._body.setEnabled(form_work.is_open(self.record, row))
        self._notice.about(form_work.shut(self.record, row))
        self._tell(None)
        for cell in self.cells.values():
            cell.load(self._row)
        if draft:
            self._restore(draft, row)
        self._settle()

    def _restore(self, draft: Draft, row: Row) -> None:
        for name, typed in draft.typed.items():
            self.cells[name].editor.restore(typed)
        if row.get("version") != draft.row.get("version"):
            self._merge(row)

    def keep(self) -> None:
        """Remember what is typed, so that it is back when this row is shown again, also in another form."""
        if self._key is None:
            return
        if self.dirty():
            drafts.keep(self._key, Draft(self._row, self._typed()))
        else:
            drafts.forget(self._key)

    def discard(self) -> None:
        """Give up what is typed and show what is saved."""
        for cell in self.cells.values():
            if self._row:
                cell.load(self._row)
        if self._key:
            drafts.forget(self._key)
        self._notice.hide()
        self._tell(None)
        self._settle()

    def _typed(self) -> dict[str, Any]:
        return {name: cell.editor.draft() for name, cell in self.cells.items() if cell.is_changed}

    def values(self) -> Row:
        """Every stored field as it would be saved now, also those the form does not show."""
        row = {f.name: self._row[f.name] for f in self.record.fields if f.stored and f.name in self._row}
        return row | {name: cell.value() for name, cell in self.cells.items()}

    def dirty(self) -> bool:
        """True while something is typed that is not saved."""
        return any(cell.is_changed for cell in self.cells.values())

    def _on_changed(self) -> None:
        drafts.typed(self)
        self._tell(None)
        self._settle()

    def _settle(self) -> None:
        """Bring everything that depends on what is typed up to date."""
        dirty = self.dirty()
        self._foot.settle(dirty, self.can_remove(), self._id)
        self.settled.emit(self._row if self._id is not None else None)
        if dirty and not self._note.text():
            self._tell(UNSAVED)
        self._show_facts()
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirtied.emit(dirty)

    def _show_facts(self) -> None:
        """What the record works out from the values, read only. Search terms are not worth working out while typing."""
        if self._row and not self.record.searched:
            put(self._facts, "setText", facts(self.record, self.values()))

    def _tell(self, text: Text | None) -> None:
        put(self._note, "setText", text or "")

    @property
    def row_id(self) -> int | None:
        """The id of the saved row that is shown."""
        return self._id

    # --- saving -------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save what is typed. What is wrong is said under its field; what others changed meanwhile is shown beside."""
        self._begin()

    def _begin(self, step: str = "", reason: str = "") -> None:
        if self._saving or self._key is None:
            return
        for cell in self.cells.values():
            cell.editor.tidy()
        problems = self._problems()
        self._show_problems(problems)
        if problems:
            return
        values = self.values() if self._id is None else self._changed_values()
        if not values and not step:
            self._tell(NOTHING_TO_SAVE)
            return
        self._saving = Saving(self._key, self._id, self._row.get("version", 0), values, self._typed(), step, reason)
        self._late.start()
        jobs.act(self, partial(self._saving.act, self.record), self._on_saved, failed=self._on_failed)

    def step(self, key: str, reason: str = "") -> None:
        """Do one of the record's steps, and save with it what is typed."""
        if self._id is not None:
            self._begin(key, reason)

    def _changed_values(self) -> Row:
        return {name: cell.value() for name, cell in self.cells.items() if cell.is_changed}

    def _problems(self) -> Problems:
        typed = {name: problem for name, cell in self.cells.items() if (problem := cell.problem())}
        return form_work.problems(self.record, self._row | self.values(), typed)

    def _on_field_left(self, name: str) -> None:
        """Say at once what the record has against what was typed here; what is still missing is not held against it."""
        cell = self.cells[name]
        if self._row and cell.is_changed and cell.value() not in ("", None):
            cell.show_problem(self._problems().get(name))

    def _show_problems(self, problems: Mapping[str, Text]) -> None:
        for name, cell in self.cells.items():
            cell.show_problem(problems.get(name))
        first = next((name for name in self.cells if name in problems), None)
        if first:
            self._tell(NOT_SAVED)
            self._body.focus(first)
        elif problems:
            self._notice.tell(next(iter(problems.values())))

    def _on_late(self) -> None:
        if self._saving:
            self._tell(WAITING)

    def _end_saving(self) -> Saving:
        saving, self._saving = self._saving, None
        assert saving is not None
        self._late.stop()
        return saving

    def _on_saved(self, change: Any) -> None:
        saving = self._end_saving()
        row_id = saving.row_id if saving.row_id is not None else form_work.new_id(change, self.record)
        if saving.key == self._key:
            self._take_saved(saving, row_id)
        elif (draft := drafts.find(saving.key)) and draft.typed == saving.typed:
            drafts.forget(saving.key)
        self.saved.emit(change, row_id)

    def _take_saved(self, saving: Saving, row_id: int) -> None:
        drafts.forget(saving.key)
        self._id, self._key = row_id, drafts.key_of(self.record, row_id, {})
        self._row |= saving.values | {"id": row_id, "version": saving.after}
        for name, value in saving.values.items():
            if name in self.cells:
                self.cells[name].set_base(value)
                self.cells[name].show_theirs(None)
        self._notice.hide()
        self._tell(None if self.dirty() else SAVED)
        self._settle()
        self._read_again()

    def _on_failed(self, error: Exception) -> None:
        saving = self._end_saving()
        if saving.key != self._key:
            jobs.hub().failed.emit(error)  # the person is elsewhere; what was typed is kept with its row
            return
        self._tell(NOT_SAVED)
        if isinstance(error, Invalid):
            self._show_problems(error.problems)
        elif isinstance(error, Conflict) and error.theirs is not None:
            self._body.focus(*self._merge(error.theirs))
        elif isinstance(error, Refused):
            self._notice.tell(error.text)
        else:
            jobs.hub().failed.emit(error)

    # --- removing -----------------------------------------------------------------------------------------------

    def can_remove(self) -> bool:
        """True for a saved row with nothing typed into it."""
        return form_work.is_open(self.record, self._row) and self._id is not None and not self.dirty() and not self._saving and not self.record.lasting

    def remove(self) -> None:
        """Take the row out of every list; undo brings it back."""
        if self._id is not None and self.can_remove():
            self._listen()
            work = partial(form_work.remove, self.record, self._id, self._row.get("version", 0))
            jobs.act(self, work, partial(self._on_removed, self._id), failed=partial(self._on_not_removed, self._id))

    def _on_removed(self, row_id: int, change: Any) -> None:
        if row_id == self._id:
            self._id = self._key = None
            self._body.setEnabled(False)
            self._settle()
            self.removed.emit(row_id)

    def _on_not_removed(self, row_id: int, error: Exception) -> None:
        if row_id != self._id or not isinstance(error, Refused):
            jobs.hub().failed.emit(error)
            return
        if isinstance(error, Conflict) and error.theirs is not None:
            self._merge(error.theirs)
        self._notice.tell(error.text)

    # --- others -------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Hear of changes by others, by undo, by an import. A new hub (other data) is listened to anew."""
        if self._hub is not jobs.hub():
            self._hub = jobs.hub()
            self._hub.changed.connect(self._on_change)

    def _on_change(self, change: Any) -> None:
        if self.record.key in change.tables and self._saving is None:
            self._read_again()

    def _read_again(self) -> None:
        if self._id is not None:
            jobs.read(self, partial(form_work.get, self.record, self._id), self._on_again, slot="again")

    def _on_again(self, answer: tuple[int, Row | None]) -> None:
        row_id, row = answer
        if row_id != self._id or self._saving:
            return
        if row is None:
            self._notice.tell(GONE)
        elif row != self._row:
            self._merge(row)

    def _merge(self, theirs: Row) -> list[str]:
        """Take what others saved where nothing is typed; show it beside what is typed where both changed: in these fields."""
        conflicts: list[str] = []
        for name, cell in ((name, cell) for name, cell in self.cells.items() if name in theirs):
            if not cell.is_changed or cell.editor.value() == theirs[name]:
                self._take(cell, theirs)
            elif cell.raw != theirs[name]:
                conflicts.append(name)
                cell.set_base(theirs[name])
                cell.show_theirs(theirs)
        self._row = self._row | theirs  # a conflict of the row alone says nothing of its lines
        if conflicts:
            self._notice.tell(form_work.meanwhile(self.record, conflicts))
        self._settle()
        return conflicts

    def _take(self, cell: Cell, theirs: Row) -> None:
        # An unchanged field is left alone: a cursor in it stays where it is.
        names = (cell.field.name, f"{cell.field.name}.name")
        if cell.is_changed or any(self._row.get(name) != theirs.get(name) for name in names):
            cell.load(theirs)

    # --- keys ---------------------------------------------------------------------------------------------------

    def _on_entered(self) -> None:
        self.focusNextChild()

    def _on_close(self) -> None:
        self.keep()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_facts()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        super().closeEvent(event)
