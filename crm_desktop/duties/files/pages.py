"""The import page: choose a file, see what its columns mean and what would happen, then bring it in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from crm_desktop.desk.people import signed_in
from crm_desktop.duties.files import pages_jobs, reading
from crm_desktop.duties.files.mapped import Saved
from crm_desktop.duties.files.pages_ahead import NoBackup
from crm_desktop.duties.files.pages_meaning import Meaning
from crm_desktop.duties.files.pages_outcome import CurrencyBox, DatesBox, HotelBox, Outcome
from crm_desktop.duties.files.pages_watch import WatchLine
from crm_desktop.duties.files.pages_watch import of as watching
from crm_desktop.duties.files.records import FILE_MAPPING
from crm_desktop.exchange import left_out
from crm_desktop.exchange.apart import Apart, Passing
from crm_desktop.exchange.days import AskedDays
from crm_desktop.exchange.mapping import AskedHotel
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.number_offer import KEEP, WHY
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

CHOOSE = Text("Choose a file, or drop one here: Excel, WPS, CSV, cards (vCard), a calendar, or a reservation message.")
KINDS = "*.xlsx *.xls *.xlsm *.xlsb *.et *.ods *.csv *.txt *.tsv *.vcf *.ics *.xml *.htm *.html"
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
        self._turn = 0  # what was begun before a later turn is not wanted any more
        self.setAcceptDrops(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        middle = QHBoxLayout()
        middle.setSpacing(16)
        self.meaning = Meaning(window, self)
        self.meaning.chosen.connect(self._on_meaning)
        self.meaning.translated.connect(self._on_words)
        self.meaning.picked.connect(self._on_picked)
        self.columns = self.meaning.columns
        middle.addWidget(self.meaning, 3)
        self.outcome = Outcome(self)
        self.outcome.save_wanted.connect(self.save_left_out)
        middle.addWidget(self.outcome, 2)
        box.addLayout(middle, 1)
        self.no_backup = NoBackup(window, self)
        self.no_backup.without.connect(self._write)
        box.addWidget(self.no_backup)
        box.addLayout(self._make_foot())
        self.watch_line = WatchLine(window, self)
        box.addWidget(self.watch_line)
        jobs.hub().changed.connect(self._on_changed)
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
        self.sheet_box = QComboBox(self)
        self.sheet_box.setView(QListView(self.sheet_box))
        self.sheet_box.activated.connect(self._on_sheet)
        put(self.sheet_box, "setAccessibleName", Text("Sheet of the workbook"))
        bar.addWidget(self.sheet_box)
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
        self.hash_box = QCheckBox(self)
        put(self.hash_box, "setText", KEEP)
        put(self.hash_box, "setToolTip", WHY)
        self.hash_box.clicked.connect(self._compare)
        self.go_button = button(self, Text("Import"), primary=True)
        self.go_button.clicked.connect(self.bring_in)
        self.done_label = PlainLabel(self, "soft")
        self.done_label.setWordWrap(True)
        for part in (self.go_button, self.same_box, self.hash_box):
            foot.addWidget(part)
        self.dates_box, self.hotel_box, self.currency_box = DatesBox(self), HotelBox(self), CurrencyBox(self)
        for box in (self.dates_box, self.hotel_box, self.currency_box):
            box.said.connect(self._compare)
            foot.addWidget(box)
        foot.addWidget(self.done_label, 1)
        return foot

    # choosing

    def show_args(self, record: str = "", file: str = "", **_: Any) -> None:
        """Come here from a list: its record is the likely one."""
        at = self.record_box.findData(record)
        if at >= 0 and (self._opened is None or file):
            self.record_box.setCurrentIndex(at)
        if file:
            self.open_file(Path(file))

    @Slot()
    def choose(self) -> None:
        """Ask for the file."""
        chosen, _ = QFileDialog.getOpenFileName(self, say(Text("Choose a file …")), "", f"{say(Text('Tables, cards and calendars'))} ({KINDS});;{say(Text('All files'))} (*)")
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path, record: str = "", sheet: str = "") -> None:
        """Open a file; what it holds is recognised unless said."""
        self._opened = None
        self.hash_box.setChecked(False)
        self.dates_box.ask([])
        self.hotel_box.ask([])
        self.currency_box.ask(False)
        self._forget()
        put(self.done_label, "setText", "")
        put(self.file_label, "setText", Text("Opening {file} …", file=path.name))
        self._job = jobs.work(
            self, partial(pages_jobs.open_file, path, record, sheet, str(self.record_box.currentData())), self._on_opened, failed=partial(self._on_failed, self._turn), progress=self._window.busy.progress
        )
        self._window.busy.begin(self._job, Text(READING.source, file=path.name))
        self._settle()

    @Slot()
    def _on_record(self) -> None:
        if self._opened is not None:
            self.open_file(self._opened.path, str(self.record_box.currentData()))

    @Slot()
    def _on_sheet(self) -> None:
        if self._opened is not None:
            self.open_file(self._opened.path, str(self.record_box.currentData()), self.sheet_box.currentText())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            self.open_file(Path(url.toLocalFile()))

    # what the file says

    @Slot(object)
    def _on_opened(self, opened: reading.Opened) -> None:
        self._opened, self._job = opened, None
        self._window.busy.end()
        self.sheet_box.clear()
        self.sheet_box.addItems(opened.sheets)
        self.sheet_box.setCurrentText(opened.sheet)
        self.record_box.setCurrentIndex(self.record_box.findData(opened.record.key))
        title = opened.mapping.title if opened.mapping else Text("not recognised")
        encoding = (opened.encoding or opened.kind).upper().removesuffix("-SIG")
        words = Text("{file} · {encoding} · {count} columns · {mapping}", file=opened.path.name, encoding=encoding, count=len(opened.headings), mapping=title)
        put(self.file_label, "setText", words)
        self.meaning.show_file(opened)
        self.currency_box.ask(opened.asks_currency)
        self._compare(first=True)

    @Slot(object)
    def _on_meaning(self, chosen: dict[str, str]) -> None:
        if self._opened is not None:
            self._opened.remapped(chosen)
            self.meaning.again()
            if self._opened.asks_currency == self.currency_box.isHidden():
                self.currency_box.ask(self._opened.asks_currency)
            self._compare()

    @Slot(object)
    def _on_words(self, codes: dict[str, dict[str, str]]) -> None:
        if self._opened is not None:
            self._opened.remapped(self._opened.chosen, codes)
            self._compare()

    @Slot(object)
    def _on_picked(self, one: Saved | None) -> None:
        if self._opened is not None:
            self._opened.read_by(one)
            self.meaning.show_file(self._opened)
            self._compare()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        """A mapping was kept, renamed or forgotten."""
        if FILE_MAPPING.key in change.tables and self._opened is not None:
            jobs.read(self, pages_jobs.saved, self._on_saved, slot="saved")

    @Slot(object)
    def _on_saved(self, saved: list[Saved]) -> None:
        if self._opened is not None:
            self._opened.offer(saved)
            self.meaning.again()

    @Slot()
    def _compare(self, first: bool = False) -> None:
        """Read all of the file in the background and show what would happen; of one just opened, the next key brings it in."""
        self._forget()
        opened = self._opened
        self.outcome.show_problem(opened.problem if opened else None)
        self._settle()
        if opened is None or opened.mapping is None:
            return
        opened.dates = self.dates_box.answer() or opened.dates
        asked = reading.Asked(
            self._window.store.address, signed_in(), opened, self.same_box.isChecked(), self.dates_box.answer(), self.currency_box.answer(),
            self.hash_box.isChecked(), self.hotel_box.chosen(),
        )  # fmt: skip
        self._job = jobs.work(
            self, partial(pages_jobs.compare, asked), partial(self._on_compared, self._turn, first),
            failed=partial(self._on_failed, self._turn), progress=self._window.busy.progress,
        )  # fmt: skip
        self._window.busy.begin(self._job, Text(READING.source, file=opened.path.name))

    def _on_compared(self, turn: int, first: bool, compared: tuple[Apart, reading.Summary]) -> None:
        if turn != self._turn:
            compared[0].stop()
            return
        self._job = None
        self._window.busy.end()
        self._apart, self._summary = compared
        self.outcome.show_summary(self._summary)
        self.meaning.show_words(self._summary)
        self._settle()
        if first and self.go_button.isEnabled():
            self.go_button.setFocus()

    @Slot()
    def save_left_out(self) -> None:
        """Write the rows that would be left out to a file, to be mended before anything is imported."""
        if self._opened is None or self._summary is None or self._apart is None or self._job is not None:
            return
        stem = self._opened.path.with_name(say(Text("{file}, rows left out", file=self._opened.path.stem)) + self._summary.refused_kind)
        chosen, _ = QFileDialog.getSaveFileName(self, say(Text("Save the rows left out")), str(stem), "*.xlsx;;*.csv")
        if chosen:
            path = Path(chosen) if Path(chosen).suffix.lower() in left_out.KINDS else Path(chosen + self._summary.refused_kind)
            self._job = jobs.work(self, partial(pages_jobs.save_left_out, self._apart, path), self._on_left_out, failed=partial(self._on_failed, self._turn))
            self._settle()

    @Slot(object)
    def _on_left_out(self, path: Path) -> None:
        self._job = None
        self._window.toast.note(Text("The rows left out are in {file}; correct them there and import it.", file=path.name))
        self._settle()

    def stop(self) -> None:
        """The window closes or the data is about to be replaced: let go of the other process."""
        self._forget()

    def _forget(self) -> None:
        """Let go of what was compared, and stop comparing."""
        self._turn += 1
        self.no_backup.hide()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._apart is not None:
            self._apart.stop()
        self._apart = self._summary = None

    # bringing it in

    @Slot()
    def bring_in(self) -> None:
        """Have what is here backed up while saving goes on, then write what was compared."""
        if self._opened is None or self._job is not None:
            return
        if self._apart is None:  # it was stopped before
            self._compare()
            return
        self.no_backup.hide()
        secure, turn = partial(pages_jobs.secure, self._apart), self._turn
        self._run(jobs.work(self, secure, partial(self._on_secured, turn), failed=partial(self._on_failed, turn), progress=self._window.busy.progress))

    def _run(self, job: jobs.Job) -> None:
        self._job = job
        if self._opened is not None:
            self._window.busy.begin(job, Text(WRITING.source, file=self._opened.path.name))
        self._settle()

    def _on_secured(self, turn: int, problem: Text | None) -> None:
        if turn != self._turn:
            return
        self._job = None
        self._window.busy.end()
        if problem is None:
            self._write()
        else:
            self.no_backup.tell(problem)
            self._settle()

    @Slot()
    def _write(self) -> None:
        """Write what was compared, as one change."""
        if self._apart is not None and self._job is None:
            self.no_backup.hide()
            write, failed = partial(pages_jobs.write, self._apart, self.outcome.decided()), partial(self._on_failed, self._turn)
            self._run(jobs.act(self, write, self._on_done, failed=failed, progress=self._window.busy.progress))

    @Slot(object)
    def _on_done(self, done: reading.Done) -> None:
        summary = self._summary
        self._job = None
        self.hash_box.setChecked(False)
        self._forget()
        self._window.busy.end()
        assert summary is not None
        if self._opened is not None and (watcher := watching(self._window)) is not None:
            watcher.done(self._opened.path)
        added, updated, _ = self.outcome.counts(summary)
        text = Text("Done: {added} added, {updated} updated.", added=f"{added:,}", updated=f"{updated:,}")
        if done.refused is not None:
            text = Text("{done} The rows left out are in {file}", done=text, file=str(done.refused))
        put(self.done_label, "setText", text)
        self._settle()

    def _on_failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._job = None
        self._forget()
        self._window.busy.end()
        if isinstance(error, jobs.Cancelled):
            put(self.done_label, "setText", Text("Stopped; nothing was imported."))
            self.outcome.show_problem(None)
        elif isinstance(error, Refused):
            self.outcome.show_problem(error.text)
            if isinstance(error, AskedDays):
                self.dates_box.ask(error.styles)
            if isinstance(error, AskedHotel):
                self.hotel_box.ask(error.hotels)
            if self._opened is None:
                put(self.file_label, "setText", CHOOSE)
                self.meaning.show_none()
        else:
            jobs.hub().failed.emit(error)
        self._settle()
        if isinstance(error, (jobs.Cancelled, Passing)) and self._opened is not None:
            self.go_button.setEnabled(True)  # compares anew

    def _settle(self) -> None:
        """Buttons follow what is known."""
        summary, busy = self._summary, self._job is not None
        self.go_button.setEnabled(bool(summary and summary.does_something) and not busy)
        self.same_box.setVisible(self.same_box.isChecked() or bool(summary and summary.same and summary.record_key == "stay"))
        self.hash_box.setVisible(self.hash_box.isChecked() or bool(summary and summary.numbered))
        self.choose_button.setEnabled(not busy)
        self.record_box.setEnabled(not busy)
        self.sheet_box.setVisible(self._opened is not None and len(self._opened.sheets) > 1)
        self.sheet_box.setEnabled(not busy)

    def changeEvent(self, event: QEvent) -> None:
        """Choices are no words of a widget: they are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "record_box"):
            self.say_records()
        super().changeEvent(event)

    def say_records(self) -> None:
        """Say the choices in the language in use."""
        for at, record in enumerate(reading.importable()):
            self.record_box.setItemText(at, say(record.many))


def importing(window: Window) -> ImportPage:
    """The import page."""
    return ImportPage(window)
