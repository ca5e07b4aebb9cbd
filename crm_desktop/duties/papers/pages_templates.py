"""The forms' templates, changed by the hotel: the source at the left, the paper as it would be at the right, at once.

A template that cannot be set says its line and reason and is not kept; the one in use stays."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.documents import library, making, picking, typeset
from crm_desktop.documents.making import Look
from crm_desktop.documents.sheets import Sheets
from crm_desktop.documents.trial import Trial
from crm_desktop.duties.papers import actions, queries
from crm_desktop.duties.papers.pages_boxes import BoxesPanel
from crm_desktop.duties.papers.pages_differences import Differences
from crm_desktop.record.paper import DAY, PaperForm
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs, papers
from crm_desktop.ui.edits import LongEdit
from crm_desktop.ui.paper_pages import PaperPages
from crm_desktop.ui.paper_parts import Drop
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HALF = 560  # px of the window to begin with
PAUSE = 250  # ms after the last key
AS_SHIPPED = "shipped"
SHIPPED = Text("As shipped")
HELP = Text("Wording stands as l(\"中文\", \"English\"); a box is field(\"中文\", \"English\", d.name). Press a box on the page to find it.")


class Tried:
    """What came of a try: pages and the data they say, or what is wrong."""

    def __init__(self, sheets: Sheets | None, error: Refused | None, data: Mapping[str, Any] | None = None) -> None:
        self.sheets, self.error, self.data = sheets, error, data or {}


class TemplatesPage(QWidget):
    """One template at a time."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._versions: list[Row] = []
        self._kept = ""  # the source that is in use
        self.tried: Tried | None = None
        self.trial = Trial()
        self.destroyed.connect(self.trial.close)
        self._forms = {form.template: form for form in reversed(library.forms(window.duties))}
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(8)
        box.addLayout(self._make_top())
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        self.left = QStackedWidget(split)
        self.left.addWidget(self._make_left(self.left))
        self.differences = Differences(self.left, self.edit.font())
        self.boxes = BoxesPanel(self.left)
        self.left.addWidget(self.differences)
        self.left.addWidget(self.boxes)
        split.addWidget(self.left)
        self.pages = PaperPages(split)
        split.addWidget(self.pages)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([HALF, HALF])
        box.addWidget(split, 1)
        box.addLayout(self._make_foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.try_out)
        self._connect()
        self.load()

    def _make_top(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(self, "h1", Text("Templates")))
        self.form_box = Drop(self, Text("Form"), [(name, Text("{key} {title}", key=name, title=form.title)) for name, form in sorted(self._forms.items())])
        self.version_box = Drop(self, Text("Version"), [(AS_SHIPPED, SHIPPED)])
        line.addWidget(self.form_box)
        line.addWidget(self.version_box)
        line.addStretch(1)
        self.boxes_button = button(self, Text("Change boxes"), key="Ctrl+M")
        self.boxes_button.setCheckable(True)
        line.addWidget(self.boxes_button)
        self.differ_button = button(self, Text("What differs"), key="Ctrl+D")
        self.differ_button.setCheckable(True)
        self.against_box = Drop(self, Text("Compared with"), [(AS_SHIPPED, SHIPPED)])
        self.against_box.hide()
        line.addWidget(self.differ_button)
        line.addWidget(self.against_box)
        return line

    def _make_left(self, parent: QWidget) -> QWidget:
        self.edit = LongEdit(parent)
        font = QFont("monospace")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPointSizeF(9.5)
        self.edit.setFont(font)
        self.edit.setLineWrapMode(LongEdit.LineWrapMode.NoWrap)
        put(self.edit, "setAccessibleName", Text("Source of the template"))
        return self.edit

    def _make_foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.note = PlainLabel(self, "soft", HELP)
        self.note.setWordWrap(True)
        self.back_button = button(self, Text("Use the one that came with the program"))
        self.keep_button = button(self, Text("Keep as a new version"), primary=True, icon="save", key="Ctrl+S")
        line.addWidget(self.note, 1)
        line.addWidget(self.back_button)
        line.addWidget(self.keep_button)
        return line

    def _connect(self) -> None:
        self.form_box.chosen.connect(self.load)
        self.version_box.chosen.connect(self._on_version)
        self.edit.typed.connect(self._on_typed)
        self.differ_button.toggled.connect(self._on_differ)
        self.boxes_button.toggled.connect(self._on_boxes)
        self.boxes.changed.connect(self._on_boxed)
        self.boxes.undone.connect(self._on_undone)
        self.pages.pressed.connect(self._on_pressed)
        self.against_box.chosen.connect(self._compare)
        self.keep_button.clicked.connect(self.keep)
        self.back_button.clicked.connect(self.back)

    # what is shown

    @property
    def form(self) -> PaperForm:
        """The form whose template is shown."""
        return self._forms[self.form_box.value()]

    @Slot()
    def load(self) -> None:
        """Read the versions of the chosen template and show the one in use."""
        jobs.read(self, partial(_versions, self.form.template), self._on_versions, slot="versions")

    @Slot(object)
    def _on_versions(self, versions: list[Row]) -> None:
        self._versions = versions
        told = [(str(row["id"]), Text("Version {n} of {day}, {who}", n=row["revision"], day=row["made_on"], who=row["made_by"])) for row in versions]
        for box in (self.version_box, self.against_box):
            box.offer([*told, (AS_SHIPPED, SHIPPED)])
        used = next((row for row in versions if row["in_use"]), None)
        self.version_box.choose(str(used["id"]) if used else AS_SHIPPED)
        self.back_button.setEnabled(used is not None)
        self._show(self._source(self.version_box.value()))

    def _source(self, chosen: str) -> str:
        return next((str(row["source"]) for row in self._versions if str(row["id"]) == chosen), "") or typeset.shipped(self.form.template)

    def _show(self, source: str) -> None:
        self._kept = source
        self.edit.setPlainText(source)
        self.keep_button.setEnabled(False)
        self._compare()
        self.try_out()

    @Slot()
    def _compare(self) -> None:
        """What is written against the version it is compared with, in the place of the source."""
        self.against_box.setVisible(self.differ_button.isChecked())
        moving = self.boxes_button.isChecked()
        self.left.setCurrentWidget(self.differences if self.differ_button.isChecked() else self.boxes if moving else self.edit)
        if self.differ_button.isChecked():
            self.differences.compare(self._source(self.against_box.value()), self.edit.toPlainText())
        elif moving:
            self.boxes.show_source(self.edit.toPlainText())

    @Slot(bool)
    def _on_differ(self, on: bool) -> None:
        if on:
            self.boxes_button.setChecked(False)
        self._compare()

    @Slot(bool)
    def _on_boxes(self, on: bool) -> None:
        """The boxes instead of the source, and back; the keyboard is where one looks."""
        if on:
            self.differ_button.setChecked(False)
        self._compare()
        (self.boxes.list if on else self.edit).setFocus()

    @Slot(str)
    def _on_boxed(self, source: str) -> None:
        """A box was changed: written into the source as if typed, so that it can be undone."""
        cursor = QTextCursor(self.edit.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(source)

    @Slot()
    def _on_undone(self) -> None:
        self.edit.undo()
        self.boxes.show_source(self.edit.toPlainText())

    @Slot(int, float, float)
    def _on_pressed(self, page: int, x: float, y: float) -> None:
        """A place on the page: the box whose words stand at it or before it."""
        if self.tried is not None and self.tried.sheets is not None:
            work = partial(_box_at, self.tried.sheets, page, (x, y), self.edit.toPlainText())
            jobs.read(self, work, self._on_box_found, slot="box")

    @Slot(object)
    def _on_box_found(self, found: tuple[int, int, int] | None) -> None:
        if found is None or self.differ_button.isChecked():
            return
        if self.boxes_button.isChecked():
            self.boxes.list.choose(found[:2])
            return
        cursor = self.edit.textCursor()
        cursor.setPosition(found[2])
        self.edit.setTextCursor(cursor)
        self.edit.centerCursor()
        self.edit.setFocus()

    @Slot()
    def _on_version(self) -> None:
        """An earlier version is shown and used again."""
        chosen = self.version_box.value()
        version = None if chosen == AS_SHIPPED else int(chosen)
        jobs.act(self, partial(_use, self.form.template, version), self._on_used)

    @Slot()
    def back(self) -> None:
        """Use the template that came with the program again."""
        jobs.act(self, partial(_use, self.form.template, None), self._on_used)

    @Slot(object)
    def _on_used(self, _change: object) -> None:
        self.load()

    # trying out

    @Slot()
    def _on_typed(self) -> None:
        self.keep_button.setEnabled(False)
        self._timer.start()

    @Slot()
    def try_out(self) -> None:
        """Set the paper with the source as it stands, on a row of the hotel's own."""
        self._timer.stop()
        work = partial(_try, self._window.store, self.trial, self.form, papers.ask_for(self._window), self.edit.toPlainText())
        jobs.read(self, work, self._on_tried, slot="try")

    @Slot(object)
    def _on_tried(self, tried: Tried) -> None:
        self.tried = tried
        if tried.error is not None:
            self._say(tried.error.text, "error")
            self._mark(getattr(tried.error, "line", 0))
            return
        self._say(HELP, "soft")
        self.keep_button.setEnabled(self.edit.toPlainText() != self._kept)
        self.boxes.show_data(tried.data)
        if tried.sheets is not None:
            self.pages.show_sheets(tried.sheets)

    def _mark(self, line: int) -> None:
        """Bring the broken line into sight, where nobody is typing."""
        if line and not self.edit.hasFocus():
            block = self.edit.document().findBlockByNumber(line - 1)
            self.edit.setTextCursor(QTextCursor(block))

    def _say(self, words: Text, cls: str) -> None:
        put(self.note, "setText", words)
        self.note.set_look(cls)

    @Slot()
    def keep(self) -> None:
        """Keep what is written as the next version."""
        if self.tried is not None and self.tried.error is None:
            jobs.act(self, partial(_keep, self.form.template, self.edit.toPlainText()), self._on_used)

    def focus_first(self) -> None:
        """Put the keyboard into the source."""
        (self.differences if self.differ_button.isChecked() else self.edit).setFocus(Qt.FocusReason.OtherFocusReason)


def _versions(template: str, reader: Any, _job: jobs.Job) -> list[Row]:
    return queries.versions(reader, template)


def _try(store: Any, trial: Trial, form: PaperForm, ask: Any, source: str, reader: Any, _job: jobs.Job) -> Tried:
    ask.row_id = 0 if form.about in ("", DAY) else queries.example(reader, form.about)
    try:
        made = making.make(reader, store, form, ask, Look(template=source, pdf=trial.pdf))
        return Tried(Sheets(made.pdf), None, made.content.data)
    except Refused as error:
        return Tried(None, error)


def _box_at(sheets: Sheets, page: int, place: tuple[float, float], source: str, _reader: Any, _job: jobs.Job) -> tuple[int, int, int] | None:
    return picking.box_at(sheets, page, place, source)


def _keep(template: str, source: str, desk: Any, _job: jobs.Job) -> Any:
    return actions.keep(desk, template, source)


def _use(template: str, version: int | None, desk: Any, _job: jobs.Job) -> Any:
    return actions.use(desk, template, version)


def templates(window: Window) -> TemplatesPage:
    """The page of templates."""
    return TemplatesPage(window)
