"""Duplicates 查重: the pairs that may be one with the reasons, and the merges that stand."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from crm_desktop.duties.clients import queries_alike as queries
from crm_desktop.duties.clients.queries_alike import Past
from crm_desktop.record.alike import because
from crm_desktop.record.dates import local_instant
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Text
from crm_desktop.store.alike import Pair
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("Kind"), Text("One of them"), Text("The other one"), Text("Sure"), Text("Why"))
WIDTHS = (120, 210, 210, 70)
MERGED = (Text("When"), Text("Who"), Text("Kind"), Text("What was merged"), Text("Into"))
MERGED_WIDTHS = (150, 110, 110, 260)
LOOKING = Text("Looking for duplicates")
QUICK = 1.0  # seconds: what was found so fast is looked for again after every merge


class AlikePage(QWidget):
    """Enter puts the chosen pair side by side; nothing is merged by itself."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._pairs: list[tuple[Record, Pair]] = []
        self._merges: list[Past] = []
        self._job: jobs.Job | None = None
        self._began, self._took = 0.0, QUICK
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        frame, inside = card(self)
        self.rows = Texts(HEADINGS, frame, right=(3,))
        self.view = self._table(frame, self.rows, 4, WIDTHS, Text("Pairs that may be one"))
        inside.addWidget(self.view)
        box.addWidget(frame, 3)
        box.addWidget(self._make_merges(), 2)
        jobs.hub().changed.connect(self._on_changed)
        self.scan()
        self._read_merges()

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(PlainLabel(self, "h1", Text("Duplicates")))
        self.told = PlainLabel(self, "soft")
        bar.addWidget(self.told)
        bar.addStretch(1)
        self.again = button(self, Text("Look again"), icon="refresh-cw", key="F5")
        self.apart = button(self, Text("Not the same"), icon="x", key="Ctrl+D")
        self.merge = button(self, Text("Side by side"), primary=True)
        for made, run in ((self.again, self.scan), (self.apart, self.not_the_same), (self.merge, self.open)):
            made.clicked.connect(run)
            bar.addWidget(made)
        return bar

    def _make_merges(self) -> QWidget:
        frame, inside = card(self)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(frame, "h2", Text("Merged earlier")))
        line.addStretch(1)
        self.part_button = button(frame, Text("Take apart"), icon="undo-2")
        self.part_button.clicked.connect(self.take_apart)
        line.addWidget(self.part_button)
        inside.addLayout(line)
        self.past = Texts(MERGED, frame)
        self.past_view = self._table(frame, self.past, 4, MERGED_WIDTHS, Text("Merged earlier"))
        inside.addWidget(self.past_view)
        self._past_card = frame
        frame.hide()  # until there is one
        return frame

    def _table(self, parent: QWidget, model: Texts, stretch: int, widths: tuple[int, ...], name: Text) -> QTableView:
        view = table(parent, model, stretch, name=name)
        for at, width in enumerate(widths):
            view.setColumnWidth(at, width)
        view.selectionModel().selectionChanged.connect(self._on_selected)
        view.installEventFilter(self)
        view.doubleClicked.connect(self._on_double)
        return view

    def focus_first(self) -> None:
        """The keyboard goes to the pairs."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # looking for pairs

    @Slot()
    def scan(self) -> None:
        """Compare everything, in the background; Cancel leaves what was found before."""
        if self._job is not None:
            return
        self._began = time.monotonic()
        work = partial(_scan, self._window.store.records)
        self._job = jobs.work(self, work, self._on_found, failed=self._on_failed, progress=self._window.busy.progress)
        self._window.busy.begin(self._job, LOOKING)
        self._settle()

    @Slot(object)
    def _on_found(self, found: list[tuple[Record, Pair]]) -> None:
        self._took = time.monotonic() - self._began
        self._end()
        kept = self.view.currentIndex().row()
        self._pairs = found
        self.rows.show_rows([_told(record, pair) for record, pair in found])
        put(self.told, "setText", Text("{n} pairs may be one", n=len(found)) if found else Text("Nothing looks the same."))
        if found:
            self.view.selectRow(min(max(kept, 0), len(found) - 1))
        self._settle()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, jobs.Cancelled):
            jobs.hub().failed.emit(error)
        self._settle()

    def _end(self) -> None:
        self._job = None
        self._window.busy.end()

    # what can be done

    def _pair(self) -> tuple[Record, Pair] | None:
        rows = self.view.selectionModel().selectedRows()
        return self._pairs[rows[0].row()] if rows else None

    def _past(self) -> Past | None:
        rows = self.past_view.selectionModel().selectedRows()
        return self._merges[rows[0].row()] if rows else None

    @Slot()
    def open(self) -> None:
        """Put the chosen two side by side."""
        if (found := self._pair()) is not None:
            record, pair = found
            self._window.go("merge", record=record.key, one=pair.one["id"], other=pair.other["id"])

    @Slot()
    def not_the_same(self) -> None:
        """Remember that the chosen two are different."""
        if (found := self._pair()) is not None:
            record, pair = found
            self._pairs.remove(found)
            self.rows.show_rows([_told(*each) for each in self._pairs])
            if self._pairs:
                self.view.selectRow(0)
            jobs.act(self, partial(_apart, record, int(pair.one["id"] or 0), int(pair.other["id"] or 0)))

    @Slot()
    def take_apart(self) -> None:
        """Bring back what the chosen merge took away."""
        if (past := self._past()) is not None:
            jobs.act(self, partial(_unmerge, past.id))

    @Slot()
    def _on_selected(self, *_: Any) -> None:
        self._settle()

    def _settle(self) -> None:
        self.again.setEnabled(self._job is None)
        for made in (self.apart, self.merge):
            made.setEnabled(self._pair() is not None)
        self.part_button.setEnabled(self._past() is not None)

    @Slot(object)
    def _on_double(self, _index: object) -> None:
        if self.sender() is self.view:
            self.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.open()
            return True
        return super().eventFilter(watched, event)

    # others

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if "merged" in change.tables:
            self._read_merges()
        if {"merged", "different"} & change.tables and self._took < QUICK:
            self.scan()

    def _read_merges(self) -> None:
        jobs.read(self, partial(_merges, self._window.store.records), self._on_merges, slot="merges")

    @Slot(object)
    def _on_merges(self, found: list[Past]) -> None:
        self._merges = found
        self.past.show_rows([(local_instant(past.at), past.who, past.record.title, past.lost, past.kept) for past in found])
        self._past_card.setVisible(bool(found))
        if found:
            self.past_view.selectRow(0)
        self._settle()


def _told(record: Record, pair: Pair) -> tuple[Text | str, ...]:
    return record.title, _named(record, pair.one), _named(record, pair.other), f"{pair.score} %", because(pair.reasons)


def _named(record: Record, row: Row) -> str:
    """A row by its name, and its number: two of one name are told apart by it."""
    return " · ".join(filter(None, (str(row[record.name]), str(row[record.code] or "") if record.code else "")))


def _scan(records: Any, reader: Any, job: jobs.Job) -> list[tuple[Record, Pair]]:
    return queries.pairs(reader, records, job.step)


def _merges(records: Any, reader: Any, job: jobs.Job) -> list[Past]:
    return queries.merges(reader, records)


def _apart(record: Record, one: int, other: int, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.desk import merging

    return merging.not_the_same(desk, record, one, other)


def _unmerge(merge_id: int, desk: Any, job: jobs.Job) -> Any:
    from crm_desktop.desk import merging

    return merging.unmerge(desk, merge_id)
