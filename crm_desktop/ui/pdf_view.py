"""Finished pages in the window: looked at, printed, saved, mailed, put on the clipboard as one picture for a chat."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from crm_desktop.desk.settings import EXPORT_FOLDER
from crm_desktop.documents import issuing, mail, sheets
from crm_desktop.documents.sheets import Sheets
from crm_desktop.record.text import Text, say
from crm_desktop.store.folders import writing
from crm_desktop.ui import clipboard, jobs, opened_files
from crm_desktop.ui.paper_pages import PaperPages
from crm_desktop.ui.printing import Printing
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, tool

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

SHARE, SMALLEST = 0.94, (760, 480)
Note = tuple[Text | str, str]  # words and their class
SETTING = Text("Setting the paper …")


class Shown:
    """Pages that are shown: the PDF itself, which is printed and saved, what it is called, and what is worth knowing."""

    def __init__(self, pdf: bytes, name: str, note: Note = ("", "soft")) -> None:
        self.pdf, self.name, self.note = pdf, tidy_name(name), note
        self.sheets = Sheets(pdf)


class PdfView(QDialog):
    """Shows pages. `ready` tells that one of them is painted."""

    ready = Signal()

    def __init__(self, window: Window, title: Text) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self.shown: Shown | None = None
        self._printing = Printing(window, self)
        put(self, "setWindowTitle", title)
        self.resize(max(SMALLEST[0], int(window.width() * SHARE)), max(SMALLEST[1], int(window.height() * SHARE)))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        self.title = PlainLabel(self, "h2", title)
        self.top, self.foot = QHBoxLayout(), QHBoxLayout()
        self.pages = PaperPages(self)
        self._fill_top()
        self._fill_foot()
        box.addLayout(self.top)
        box.addWidget(self.pages, 1)
        box.addLayout(self.foot)
        self._connect()
        self.pages.setFocus()

    def _fill_top(self) -> None:
        self.top.setSpacing(8)
        self.number = PlainLabel(self, "soft")
        self.smaller, self.larger = tool(self, "minus", Text("Smaller (-)")), tool(self, "plus", Text("Larger (+)"))
        self.zoom_button = button(self, Text("Page width"))
        self.zoom_button.setAutoDefault(False)
        put(self.zoom_button, "setToolTip", Text("As wide as there is room for"))
        self.top.addWidget(self.title)
        self.top.addStretch(1)
        for part in (self.number, self.smaller, self.zoom_button, self.larger):
            self.top.addWidget(part)

    def _fill_foot(self) -> None:
        self.foot.setSpacing(8)
        self.note = PlainLabel(self, "soft", SETTING)
        self.note.setWordWrap(True)
        self.foot.addWidget(self.note, 1)
        self.picture_button = button(self, Text("Picture for a chat"), icon="copy")
        self.mail_button = button(self, Text("Mail"), icon="send", key="Ctrl+M")
        self.save_button = button(self, Text("Save as PDF"), icon="download", key="Ctrl+S")
        self.print_button = button(self, Text("Print"), icon="printer", primary=True, key="Ctrl+P")
        for part in self.tools():
            part.setAutoDefault(False)
            part.setEnabled(False)
            self.foot.addWidget(part)

    def tools(self) -> tuple[QPushButton, ...]:
        """What can be done with pages."""
        return self.picture_button, self.mail_button, self.save_button, self.print_button

    def _connect(self) -> None:
        self.zoom_button.clicked.connect(self.pages.fit)
        self.larger.clicked.connect(self._on_larger)
        self.smaller.clicked.connect(self._on_smaller)
        self.pages.turned_to.connect(self._on_page)
        self.pages.zoomed.connect(self._on_zoomed)
        self.pages.painted.connect(self.ready)
        self.picture_button.clicked.connect(self.picture)
        self.mail_button.clicked.connect(self.mail)
        self.save_button.clicked.connect(self.ask_file)
        self.print_button.clicked.connect(self.print)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self).activated.connect(self.picture)

    def show_pages(self, shown: Shown) -> None:
        """Show these."""
        self.shown = shown
        self.say(*shown.note)
        self.pages.show_sheets(shown.sheets)
        for part in self.tools():
            part.setEnabled(True)

    def say(self, words: Text | str, cls: str = "soft") -> None:
        """Words under the pages."""
        put(self.note, "setText", words)
        self.note.set_look(cls)

    @Slot(object)
    def fail(self, error: Exception) -> None:
        """Say what went wrong, where the pages would be told of."""
        if isinstance(error, jobs.Cancelled):
            return
        self.say(getattr(error, "text", Text("The paper could not be set.")), "error")
        if not hasattr(error, "text"):
            jobs.hub().failed.emit(error)

    # pages

    @Slot()
    def _on_larger(self) -> None:
        self.pages.zoom(1)

    @Slot()
    def _on_smaller(self) -> None:
        self.pages.zoom(-1)

    @Slot(int)
    def _on_page(self, page: int) -> None:
        if self.shown:
            put(self.number, "setText", Text("Page {page} of {count}", page=page + 1, count=self.shown.sheets.count))

    @Slot(float)
    def _on_zoomed(self, zoom: float) -> None:
        put(self.zoom_button, "setText", f"{round(zoom * 100)} %")

    # what is done with them

    @Slot()
    def print(self) -> None:
        """Choose a printer and print."""
        if self.shown:
            self.dialog = self._printing.ask(self.shown.sheets, self.shown.name)

    @Slot()
    def ask_file(self) -> None:
        """Choose where the PDF goes."""
        if self.shown is None:
            return
        name = f"{self.shown.name}.pdf"
        folder = self._window.settings.get(EXPORT_FOLDER)
        start = str(Path(folder) / name) if folder else name
        chosen, _ = QFileDialog.getSaveFileName(self, say(Text("Save as PDF")), start, "PDF (*.pdf);;PNG (*.png)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the pages to a file: PDF, or one long picture where its name ends in png."""
        if self.shown:
            self._window.settings.set(EXPORT_FOLDER, str(path.parent))
            jobs.read(self, partial(_save, self.shown.pdf, path), self._on_saved, failed=self.fail, alone=True)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.say(Text("Saved: {file}", file=path))
        jobs.act(self._window, partial(_log, path.name))

    @Slot()
    def picture(self) -> None:
        """Put all pages as one long picture on the clipboard, for a chat."""
        if self.shown:
            jobs.read(self, partial(_picture, self.shown.pdf), self._on_picture, slot="picture", alone=True)

    @Slot(object)
    def _on_picture(self, content: bytes) -> None:
        image = QImage.fromData(content)
        size = f"{image.width()} × {image.height()}"
        self.say(clipboard.people(image, Text("The pages are on the clipboard as one picture ({size}): paste it into the chat", size=size)))
        if self.shown:
            jobs.act(self._window, partial(_log, self.shown.name))


    @Slot()
    def mail(self) -> None:
        """Attach the pages to a letter that the mail program of this PC opens."""
        if self.shown:
            letter = (self.shown.name, say(Text("Please find attached: {paper}", paper=self.shown.name)), self.shown.name, self.shown.pdf)
            jobs.work(self, partial(_draft, letter, self._window.store, *self.about()), self._on_draft, failed=self.fail)

    def about(self) -> tuple[str, int]:
        """What row the paper is about, by record and id; a letter goes to whom that is."""
        return "", 0

    @Slot(object)
    def _on_draft(self, found: tuple[Path, str]) -> None:
        path, to = found
        if not opened_files.show(path):
            self.say(Text("No mail program on this PC opens letters. Save the paper as PDF and attach it by hand."), "error")
            return
        if to:
            self.say(Text("The mail program has the letter to {address} with the paper attached; look it over and send it there.", address=to))
        else:
            self.say(Text("The mail program has the letter with the paper attached; choose who gets it there."))
        jobs.act(self._window, partial(_log, path.name))


class ReadyView(PdfView):
    """Pages somebody made before: a batch, or a paper as it was issued."""

    def __init__(self, window: Window, pdf: bytes, title: Text, note: Note = ("", "soft"), name: str = "") -> None:
        super().__init__(window, title)
        self._name = name or say(title)
        jobs.read(self, partial(_open, pdf, self._name, note), self.show_pages, failed=self.fail, alone=True)


def tidy_name(name: str) -> str:
    """What a file may be called."""
    return "".join("-" if letter in '/\\:*?"<>|' else letter for letter in name)[:120].strip()


def _open(pdf: bytes, name: str, note: Note, _reader: Any, _job: jobs.Job) -> Shown:
    return Shown(pdf, name, note)


def _save(pdf: bytes, path: Path, _reader: Any, job: jobs.Job) -> Path:
    content = sheets.long_picture(pdf, job.step) if path.suffix.lower() == ".png" else pdf
    writing(path, partial(_write, content))
    return path


def _write(content: bytes, file: Any) -> None:
    file.write(content)


def _draft(letter: tuple[str, str, str, bytes], store: Any, about: str, row_id: int, reader: Any, _job: jobs.Job) -> tuple[Path, str]:
    path = opened_files.place(f"{letter[0]}{mail.KIND}")
    to = mail.addressee(reader, store.records, about, row_id)
    path.write_bytes(mail.draft(*letter, to=to))
    return path, to


def _picture(pdf: bytes, _reader: Any, job: jobs.Job) -> bytes:
    return sheets.long_picture(pdf, job.step)


def _log(name: str, desk: Any, _job: jobs.Job) -> None:
    desk.note(issuing.GIVEN, name)
