"""What belongs to a row, behind tabs: its timeline, and every list of rows that refer to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.record.duty import Filter, Related
from crm_desktop.record.later import named
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.ui.lists import ListPanel
from crm_desktop.ui.pick_bar import Pick, PickBar
from crm_desktop.ui.timeline import Timeline

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

TIMELINE, FIELD = "timeline", "field"


def pointing(record: Record, related: Related, row: Row) -> str:
    """The column by which rows of a related list refer to this row (an agency is never in the column of companies)."""

    def may(name: str) -> bool:
        where = record.by_name[name].ref_where
        return where is None or row.get(where[0]) == where[1]

    return next(filter(may, related.by), related.by[0])


class SheetTabs(QWidget):
    """`opened` carries the record and id of a row to open, `field_asked` the name of a field to be filled in."""

    opened = Signal(str, object)
    field_asked = Signal(str)

    def __init__(self, window: Window, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self.record = window, record
        self.related = window.related(record.key)
        entries = [entry for duty in window.duties for entry in duty.entries if record.key in entry.by]
        self._row: Row | None = None
        self.panels: dict[str, ListPanel] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.top = QFrame(parent)  # the sheet lays it over its whole width
        self.top.setObjectName("tabs")
        line = QVBoxLayout(self.top)
        line.setContentsMargins(24, 0, 24, 0)
        self.bar = PickBar(self.top, Text("Parts of the sheet"))
        line.addWidget(self.bar)
        self._stack = QStackedWidget(self)
        box.addWidget(self._stack, 1)
        self.timeline: Timeline | None = None
        if entries:
            records = {r.key: r for duty in window.duties for r in duty.records}
            self.timeline = Timeline(entries, records, record.key, self._stack)
            self.timeline.opened.connect(self.opened)
            self._stack.addWidget(self.timeline)
        self.parts = [part for duty in window.duties for part in duty.parts if part.record == record.key]
        self._built: dict[str, Any] = {}  # parts, built when they are first looked at
        self.bar.show_picks(self._picks(()))
        self.bar.picked.connect(self._on_picked)

    @property
    def empty(self) -> bool:
        """True for a record that nothing refers to."""
        return not (self.related or self.timeline)

    def _picks(self, counts: Sequence[str]) -> list[Pick]:
        parts = [Pick(part.key, part.title) for part in self.parts]
        own = [Pick(TIMELINE, Text("Timeline")), *parts] if self.timeline else []
        rows = counts or [""] * len(self.related)
        picks = [Pick(str(at), related.title, rows[at]) for at, related in enumerate(self.related)]
        picks = sorted(picks, key=lambda pick: not pick.rows)  # where there is no room, what is empty waits behind the last
        return own + picks if own else picks[:1] + parts + picks[1:]  # without a timeline its rows are what a sheet begins with

    # what it shows

    def load(self, row_id: int) -> None:
        """Begin to read what can be read before the row is there."""
        if self.timeline:
            self.timeline.load(row_id)

    def show_row(self, row: Row, counts: Sequence[str]) -> None:
        """Show what belongs to this row; `counts` says how many rows each list has."""
        self._row = row
        self.bar.show_picks(self._picks(counts))
        self.load(row["id"])
        for key in self.panels:
            self._point(key)
        for part in self._built.values():
            part.load(row["id"])
        self._show()

    def _point(self, key: str) -> None:
        """Let a list show the rows of the row that is shown now."""
        assert self._row is not None
        related = self.related[int(key)]
        record = self._window.record(related.record)
        fixed = ((pointing(record, related, self._row), "=", self._row["id"]),)
        if self.panels[key].fixed != fixed:
            self.panels[key].set_fixed(fixed)

    def _panel(self, key: str) -> ListPanel:
        """A list, built when it is first looked at."""
        if key not in self.panels:
            assert self._row is not None
            related = self.related[int(key)]
            record = self._window.record(related.record)
            by = pointing(record, related, self._row)
            panel = self.panels[key] = ListPanel(record, self._stack, ((by, "=", self._row["id"]),))
            panel.make_part(related.title, related.columns)
            panel.new_button.setVisible(record.by_hand and bool(self._window.page_of(record.key)))
            panel.opened.connect(self._on_opened)
            panel.export.connect(self._on_export)
            panel.create.connect(self._on_create)
            self._stack.addWidget(panel)
        return self.panels[key]

    def _show(self) -> None:
        key = self.bar.chosen
        if key == TIMELINE and self.timeline:
            self._stack.setCurrentWidget(self.timeline)
        elif any(part.key == key for part in self.parts):
            self._stack.setCurrentWidget(self._part(key))
        elif key and self._row is not None:
            self._stack.setCurrentWidget(self._panel(key))

    def _part(self, key: str) -> QWidget:
        """What a duty adds, built when it is first looked at."""
        if key not in self._built:
            build = named(next(part.build for part in self.parts if part.key == key))
            made = self._built[key] = build(self._window, self._stack)
            made.opened.connect(self._on_part_opened)
            self._stack.addWidget(made)
            if self._row is not None:
                made.load(self._row["id"])
        widget: QWidget = self._built[key]
        return widget

    @property
    def shown(self) -> ListPanel | None:
        """The list that is shown, None while it is the timeline."""
        return self.panels.get(self.bar.chosen)

    def show_rows(self, record: str, filters: Sequence[Filter]) -> bool:
        """Show these rows in the list of their record, or the part of this key; False when there is none here."""
        if any(part.key == record for part in self.parts) and self._row is not None:
            self.bar.choose(record)
            self._show()
            self.focus_first()
            return True
        key = next((str(at) for at, related in enumerate(self.related) if related.record == record), "")
        if not key or self._row is None:
            return False
        self.bar.choose(key)
        self._show()
        panel = self._panel(key)
        mine = {column for column, _, _ in panel.fixed}
        panel.show_only([f for f in filters if f[0] not in mine])
        panel.focus_first()
        return True

    def go(self, number: int) -> None:
        """Show the tab of this number, from 0."""
        keys = self.bar.keys()
        if number < len(keys):
            self.bar.choose(keys[number])
            self.focus_first()

    def begin(self) -> bool:
        """Begin a new row of the list that has the keyboard; False where none has it, or its rows are not made by hand."""
        here = QApplication.focusWidget()
        if self.shown is None or here is None or not self.shown.isAncestorOf(here) or self.shown.new_button.isHidden():
            return False
        self._on_create()
        return True

    def step(self, way: int) -> None:
        """Show the next tab."""
        self.bar.step(way)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard into what is shown."""
        here = self._built.get(self.bar.chosen) or self.shown or self.timeline
        if here is not None:
            here.focus_first()

    # what happens

    @Slot(str)
    def _on_picked(self, _key: str) -> None:
        self._show()

    @Slot(str, object)
    def _on_part_opened(self, record: str, what: Any) -> None:
        """A row, rows, or a field of the form beside."""
        if record == FIELD:
            self.field_asked.emit(str(what))
        elif isinstance(what, int):
            self.opened.emit(record, what)
        elif not self.show_rows(record, what) and (page := self._window.page_of(record)):
            self._window.go(page, filters=list(what))

    @Slot(object)
    def _on_opened(self, row_id: int) -> None:
        if self.shown is not None:
            self.opened.emit(self.shown.record.key, row_id)

    @Slot()
    def _on_export(self) -> None:
        from crm_desktop.ui import exporting

        if self.shown is not None:
            exporting.ask(self._window, self.shown.query())

    @Slot()
    def _on_create(self) -> None:
        """A new row that refers to the one shown."""
        if self.shown is not None and self._row is not None:
            given = {column: value for column, operator, value in self.shown.fixed if operator == "="}
            self._window.go(self._window.page_of(self.shown.record.key), new=True, given=given)
