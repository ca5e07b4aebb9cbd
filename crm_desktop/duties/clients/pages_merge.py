"""Two rows side by side: for each field in which they differ one value is chosen, or both; then they are made one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from crm_desktop.duties.clients import queries_alike as queries
from crm_desktop.duties.clients.actions import Asked
from crm_desktop.duties.clients.queries_alike import BOTH, KEPT, OTHER, Difference, Merge
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form_parts import readable
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

CHOSEN, FREE = "●", "○"
SIDES = {1: KEPT, 2: OTHER, 3: BOTH}  # by column
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
HELP = Text("Left and Right choose the value that stays. Nothing is destroyed: the merge can be taken apart at any time.")
FIRST = Text("Choose a pair under Duplicates first.")
GONE = Text("One of the two is no longer there.")


class MergePage(QWidget):
    """`show_args` names the record and the two rows."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.merge: Merge | None = None
        self._asked: tuple[str, int, int] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        self.help = PlainLabel(self, "soft", HELP)
        self.help.setWordWrap(True)
        box.addWidget(self.help)
        frame, inside = card(self)
        self.rows = Texts((Text("Field"), "", "", ""), frame)  # type: ignore[arg-type]
        self.view = table(frame, self.rows, 2, name=Text("What the two differ in"))
        for at, width in ((0, 176), (3, 84)):
            self.view.setColumnWidth(at, width)
        self.view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)  # the two sides share what there is
        self.view.installEventFilter(self)
        self.view.clicked.connect(self._on_clicked)
        inside.addWidget(self.view)
        box.addWidget(frame, 1)
        self.moving = PlainLabel(self)
        self.moving.setWordWrap(True)
        self.problem = PlainLabel(self, "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        box.addWidget(self.moving)
        box.addWidget(self.problem)
        self._settle()

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.title = PlainLabel(self, "h1", Text("Make one of two"))
        bar.addWidget(self.title)
        bar.addStretch(1)
        self.swap_button = button(self, Text("The other one stays"), icon="refresh-cw", key="Ctrl+R")
        self.apart_button = button(self, Text("Not the same"), icon="x", key="Ctrl+D")
        self.save_button = button(self, Text("Merge"), primary=True, key="Ctrl+S")
        for made, run in ((self.swap_button, self.swap), (self.apart_button, self.not_the_same), (self.save_button, self.save)):
            made.clicked.connect(run)
            bar.addWidget(made)
        return bar

    def show_args(self, record: str = "", one: int = 0, other: int = 0, **_: Any) -> None:
        """Show two rows."""
        self._asked = (record, one, other) if record else self._asked
        self._tell(None if self._asked else FIRST)
        self._read()

    def focus_first(self) -> None:
        """The keyboard goes to the fields."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        if self._asked:
            store = self._window.store
            jobs.read(self, partial(_side_by_side, store.records, store.by_key[self._asked[0]], *self._asked[1:]), self._on_read, slot="merge")

    @Slot(object)
    def _on_read(self, found: Merge | None) -> None:
        self._show(found)
        if found is None:
            self._tell(GONE)

    def _show(self, found: Merge | None) -> None:
        self.merge = found
        self._show_rows()
        if found is not None and found.differences:
            self.view.selectRow(0)
        self._settle()

    def _settle(self) -> None:
        found = self.merge
        for made in (self.swap_button, self.apart_button, self.save_button):
            made.setEnabled(found is not None)
        words = [Text("{n} {records}", n=count.rows, records=count.record.many) for count in found.moving()] if found else []
        put(self.moving, "setText", "")
        if found is not None:
            name = str(found.kept[found.record.name])
            put(self.moving, "setText", Text("Moves to {name}: {what}", name=name, what=_listed(words)) if words else Text("Nothing refers to the one that goes."))

    def _show_rows(self) -> None:
        found, here = self.merge, self.view.currentIndex().row()
        if found is None:
            self.rows.show_rows([])
            return
        record = found.record
        headings = (
            Text("Field"), Text("Stays: {name}", name=str(found.kept[record.name])), Text("Goes: {name}", name=str(found.other[record.name])), Text("Both"),
        )  # fmt: skip
        self.rows.show_rows([_told(found, each) for each in found.differences], headings)
        if here >= 0:
            self.view.selectRow(here)

    # choosing

    def _choose(self, each: Difference, side: str) -> None:
        if side in each.choices():
            each.chosen = side
            self._show_rows()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if self.merge is not None and index.column() in SIDES:
            self._choose(self.merge.differences[index.row()], SIDES[index.column()])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in STEPS and self.merge and self.view.currentIndex().isValid():
            each = self.merge.differences[self.view.currentIndex().row()]
            sides = each.choices()
            self._choose(each, sides[min(max(sides.index(each.chosen) + STEPS[Qt.Key(event.key())], 0), len(sides) - 1)])
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def swap(self) -> None:
        """Keep the other of the two."""
        if self.merge is not None:
            self._show(self.merge.swapped())

    # doing it

    @Slot()
    def save(self) -> None:
        """Make them one."""
        if (found := self.merge) is not None:
            self._tell(None)
            jobs.act(self, partial(_merge, found), partial(self._on_merged, found), failed=self._on_failed)

    def _on_merged(self, found: Merge, answer: Any) -> None:
        if isinstance(answer, Asked):
            self._tell(Text("{person} was asked to merge the two; it stands among their follow-ups and first under Duplicates.", person=answer.name), "soft")
            return
        self.merge = None
        self._window.open_record(found.record.key, int(found.kept["id"] or 0))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._tell(error.text)
            self._read()
        else:
            jobs.hub().failed.emit(error)

    @Slot()
    def not_the_same(self) -> None:
        """Remember that these two are different."""
        if (found := self.merge) is not None:
            jobs.act(self, partial(_apart, found), partial(self._on_apart))

    def _on_apart(self, _change: Any) -> None:
        self._window.back()

    def _tell(self, text: Text | None, cls: str = "error") -> None:
        put(self.problem, "setText", text or "")
        self.problem.set_look(cls)
        self.problem.setVisible(text is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._window.back()
        else:
            super().keyPressEvent(event)


def _told(found: Merge, each: Difference) -> tuple[Text | str, ...]:
    values = readable(each.field, found.kept), readable(each.field, found.other)
    cells: list[Text | str] = [each.field.label]
    for side, value in zip((KEPT, OTHER), values, strict=True):
        cells.append(Text("{mark} {value}", mark=CHOSEN if each.chosen in (side, BOTH) else FREE, value=value))
    cells.append((CHOSEN if each.chosen == BOTH else FREE) if each.both is not None else "")
    return tuple(cells)


def _listed(words: list[Text]) -> Text | str:
    out: Text | str = ""
    for word in words:
        out = Text("{first}, {second}", first=out, second=word) if out else word
    return out


def _side_by_side(records: Any, record: Record, one: int, other: int, reader: Any, job: jobs.Job) -> Merge | None:
    return queries.side_by_side(reader, records, record, one, other)


def _merge(found: Merge, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions_alike

    return actions_alike.merge(desk, found.record, found.kept, found.other, found.values())


def _apart(found: Merge, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.desk import merging

    return merging.not_the_same(desk, found.record, int(found.kept["id"] or 0), int(found.other["id"] or 0))
