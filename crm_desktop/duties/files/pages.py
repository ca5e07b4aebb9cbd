"""The import page: choose a file, see what its columns mean and what would happen, then bring it in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crm_desktop.desk.people import signed_in
from crm_desktop.duties.files import reading
from crm_desktop.duties.files.pages_preview import ColumnsTable, Outcome
from crm_desktop.exchange.apart import Apart
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

CHOOSE = Text("Choose a file, or drop one here: CSV or other text with headings, in UTF-8, UTF-16 or GB18030.")
READING, WRITING = Text("Reading {file}"), Text("Importing {file}")


class ImportPage(QWidget):
    """One file at a time. Nothing is written before *Import* is pressed, and all of it can be undone."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._opened: reading.Opened | None = None
        self._summary: reading.Summary | None = None
        self._apart: Apart | None = None
        self._job: jobs.Job | None = None
        self.setAcceptDrops(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        middle = QHBoxLayout()
        middle.setSpacing(16)
        left, inside = card(self)
        inside.addWidget(PlainLabel(left, "h2", Text("What the columns mean")))
        self.columns = ColumnsTable(left)
        self.columns.chosen.connect(self._on_meaning)
        inside.addWidget(self.columns, 1)
        middle.addWidget(left, 3)
        self.outcome = Outcome(self)
        middle.addWidget(self.outcome, 2)
        box.addLayout(middle, 1)
        box.addLayout(self._make_foot())
        self._settle()

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(PlainLabel(self, "h1", Text("Import")))
        bar.addSpacing(8)
        self.choose_button = button(self, Text("Choose a file …"), icon="folder-open")
        self.choose_button.clicked.connect(self.choose)
        bar.addWidget(self.choose_button)
        bar.addWidget(PlainLabel(self, "soft", Text("as")))
        self.record_box = QComboBox(self)
        self.record_box.setView(QListView(self.record_box))
        for record in reading.importable():
            self.record_box.addItem(say(record.many), record.key)
        self.record_box.activated.connect(self._on_record)
        put(self.record_box, "setAccessibleName", Text("What the file holds"))
        bar.addWidget(self.record_box)
        self.file_label = PlainLabel(self, "soft", CHOOSE)
        self.file_label.setWordWrap(True)
        bar.addWidget(self.file_label, 1)
        return bar

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.same_box = QCheckBox(self)
        put(self.same_box, "setText", Text("Add rows equal to ones already here as new ones"))
        self.same_box.toggled.connect(self._compare)
        self.go_button = button(self, Text("Import"), primary=True)
        self.go_button.clicked.connect(self.bring_in)
        self.done_label = PlainLabel(self, "soft")
        self.done_label.setWordWrap(True)
        foot.addWidget(self.go_button)
        foot.addWidget(self.same_box)
        foot.addWidget(self.done_label, 1)
        return foot

    # choosing

    def show_args(self, record: str = "", file: str = "", **_: Any) -> None:
        """Come here from a list: its record is the likely one."""
        at = self.record_box.findData(record)
        if at >= 0 and self._opened is None:
            self.record_box.setCurrentIndex(at)
        if file:
            self.open_file(Path(file))

    @Slot()
    def choose(self) -> None:
        """Ask for the file."""
        words = f"{say(Text('Tables of text'))} (*.csv *.txt *.tsv);;{say(Text('All files'))} (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, say(Text("Choose a file …")), "", words)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path, record: str = "") -> None:
        """Open a file; what it holds is recognised unless said."""
        self._opened = None
        self._forget()
        put(self.done_label, "setText", "")
        put(self.file_label, "setText", Text("Opening {file} …", file=path.name))
        self._settle()
        jobs.work(self, partial(_open, path, record), self._on_opened, failed=self._on_failed)

    @Slot()
    def _on_record(self) -> None:
        if self._opened is not None:
            self.open_file(self._opened.path, str(self.record_box.currentData()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            self.open_file(Path(url.toLocalFile()))

    # what the file says

    @Slot(object)
    def _on_opened(self, opened: reading.Opened) -> None:
        self._opened = opened
        self.record_box.setCurrentIndex(self.record_box.findData(opened.record.key))
        title = opened.mapping.title if opened.mapping else Text("not recognised")
        put(
            self.file_label, "setText",
            Text(
                "{file} · {encoding} · {count} columns · {mapping}",
                file=opened.path.name, encoding=opened.encoding.upper().removesuffix("-SIG"), count=len(opened.headings), mapping=title,
            ),
        )  # fmt: skip
        self.columns.show_columns(opened)
        self._compare()

    @Slot(object)
    def _on_meaning(self, chosen: dict[str, str]) -> None:
        if self._opened is not None:
            self._opened.remapped(chosen)
            self._compare()

    @Slot()
    def _compare(self) -> None:
        """Read all of the file in the background and show what would happen."""
        self._forget()
        opened = self._opened
        self.outcome.show_problem(opened.problem if opened else None)
        self._settle()
        if opened is None or opened.mapping is None:
            return
        asked = (self._window.store.path, signed_in(), opened.path, opened.record.key, opened.is_known_file, opened.chosen)
        self._job = jobs.work(
            self, partial(_compare, (*asked, self.same_box.isChecked())), self._on_compared,
            failed=self._on_failed, progress=self._window.busy.progress,
        )  # fmt: skip
        self._window.busy.begin(self._job, Text(READING.source, file=opened.path.name))

    @Slot(object)
    def _on_compared(self, compared: tuple[Apart, reading.Summary]) -> None:
        self._job = None
        self._window.busy.end()
        self._apart, self._summary = compared
        self.outcome.show_summary(self._summary)
        self._settle()

    def stop(self) -> None:
        """The window closes or the data is about to be replaced: let go of the other process."""
        self._forget()

    def _forget(self) -> None:
        """Let go of what was compared, and stop comparing."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._apart is not None:
            self._apart.stop()
        self._apart = self._summary = None

    # bringing it in

    @Slot()
    def bring_in(self) -> None:
        """Write what was compared, as one change."""
        if self._opened is None or self._job is not None:
            return
        if self._apart is None:  # it was stopped before
            self._compare()
            return
        self._job = jobs.act(
            self, partial(_write, self._apart), self._on_done, failed=self._on_failed, progress=self._window.busy.progress
        )
        self._window.busy.begin(self._job, Text(WRITING.source, file=self._opened.path.name))
        self._settle()

    @Slot(object)
    def _on_done(self, done: reading.Done) -> None:
        summary = self._summary
        self._job = None
        self._forget()
        self._window.busy.end()
        assert summary is not None
        text = Text("Done: {added} added, {updated} updated.", added=f"{summary.added:,}", updated=f"{summary.updated:,}")
        if done.refused is not None:
            text = Text("{done} The rows left out are in {file}", done=text, file=str(done.refused))
        put(self.done_label, "setText", text)
        self._settle()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._forget()
        self._window.busy.end()
        if isinstance(error, jobs.Cancelled):
            put(self.done_label, "setText", Text("Stopped; nothing was imported."))
        elif isinstance(error, Refused):
            self.outcome.show_problem(error.text)
            if self._opened is None:
                put(self.file_label, "setText", CHOOSE)
        else:
            jobs.hub().failed.emit(error)
        self._settle()
        if isinstance(error, jobs.Cancelled) and self._opened is not None:
            self.outcome.show_problem(None)
            self.go_button.setEnabled(True)  # compares anew

    def _settle(self) -> None:
        """Buttons follow what is known."""
        summary, busy = self._summary, self._job is not None
        self.go_button.setEnabled(bool(summary and summary.does_something) and not busy)
        self.same_box.setVisible(self.same_box.isChecked() or bool(summary and summary.same and summary.record_key == "stay"))
        self.choose_button.setEnabled(not busy)
        self.record_box.setEnabled(not busy)

    def changeEvent(self, event: QEvent) -> None:
        """Choices are no words of a widget: they are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "record_box"):
            self.say_records()
        super().changeEvent(event)

    def say_records(self) -> None:
        """Say the choices in the language in use."""
        for at, record in enumerate(reading.importable()):
            self.record_box.setItemText(at, say(record.many))


def _open(path: Path, record: str, reader: Any, job: jobs.Job) -> reading.Opened:
    return reading.open_file(path, record)


def _compare(asked: tuple[Any, ...], reader: Any, job: jobs.Job) -> tuple[Apart, reading.Summary]:
    apart = Apart(reading.bring, *asked)
    return apart, apart.ask(job)


def _write(apart: Apart, desk: Any, job: jobs.Job) -> reading.Done:
    done: reading.Done = apart.ask(job)
    return done


def importing(window: Window) -> ImportPage:
    """The import page."""
    return ImportPage(window)
