"""The list of issued papers: each is shown as it was issued; and the line a check code is typed into."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from crm_desktop.desk import attachments
from crm_desktop.desk.paper_records import PAPER_RECORD
from crm_desktop.documents import issuing, library, making
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.rows import get
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.form import Form
from crm_desktop.ui.palette import Overlay
from crm_desktop.ui.pdf_view import ReadyView
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

WIDTH = 520
HINT = Text("The check code stands at the foot of every issued paper.")
TONES = {"red": "error", "green": "good"}


class PapersPage(RecordPage):
    """Issued papers."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, PAPER_RECORD)
        for each in (self.list.new_button, self.list.import_button):
            each.hide()  # papers come from what they are about

    def dress(self, form: Form) -> None:
        """The paper itself, one key away."""
        bar = QFrame(form)
        line = QHBoxLayout(bar)
        line.setContentsMargins(20, 6, 20, 0)
        show = button(bar, Text("Show the paper as it was issued"), icon="receipt-text")
        show.clicked.connect(self.print_page)
        line.addWidget(show)
        line.addStretch(1)
        below_steps(form, bar)

    @Slot()
    def print_page(self) -> None:
        """Show the paper that is chosen as it was issued; without one, the list as a paper."""
        shown = self.shown()
        if shown is None:
            from crm_desktop.ui import papers

            papers.show_list(self._window, self.list.query())
            return
        jobs.read(self._window, partial(_issued, self._window.store, shown[1]), partial(_show, self._window), slot="paper")


def _issued(store: Any, paper_id: int, reader: Any, _job: jobs.Job) -> tuple[Row, bytes]:
    from crm_desktop.duties import DUTIES

    row = get(reader, PAPER_RECORD, paper_id)
    files = [each for each in attachments.of(reader, PAPER_RECORD.key, paper_id) if each["mime"] == "application/pdf"]
    if row is None:
        raise Refused(Text("The pages of this paper are not here any more."))
    if not files:
        return row, making.again(reader, store, library.form(DUTIES, row["form"]), row)
    return row, b"".join(attachments.content(store, files[-1]["sha256"]))


def _show(window: Window, found: tuple[Row, bytes]) -> None:
    row, pdf = found
    words = Text("{number}, revision {revision}, issued {day} by {who}", number=row["number"], revision=row["revision"], day=row["issued_on"], who=row["issued_by"])
    name = " ".join(str(row[name]) for name in ("number", "title", "name"))
    ReadyView(window, pdf, Text("Paper as it was issued"), (words, "soft"), name).open()


class CheckCode(Overlay):
    """Type the code of a paper: does it hold? Enter opens it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, WIDTH)
        self._owner = window
        self.found: Row | None = None
        self.box.addWidget(PlainLabel(self.panel, "h2", Text("Does this paper still hold?")))
        self.edit = Edit(self.panel)
        put(self.edit, "setPlaceholderText", Text("Check code, like K7QM-2XRD"))
        put(self.edit, "setAccessibleName", Text("Check code"))
        self.edit.typed.connect(self._on_typed)
        self.edit.entered.connect(self._on_entered)
        self.answer = PlainLabel(self.panel, "soft", HINT)
        self.answer.setWordWrap(True)
        self.box.addWidget(self.edit)
        self.box.addWidget(self.answer)

    def open(self) -> None:
        super().open()
        self.edit.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        typed = self.edit.text()
        if len(issuing.tidy_code(typed)) <= issuing.CODE_LENGTH:
            self._tell(HINT, "", None)
        else:
            jobs.read(self, partial(_told, typed), self._on_told, slot="code")

    @Slot(object)
    def _on_told(self, told: tuple[Text, str, Row | None]) -> None:
        self._tell(*told)

    def _tell(self, words: Text, tone: str, row: Row | None) -> None:
        self.found = row
        put(self.answer, "setText", words)
        self.answer.set_look(TONES.get(tone, "soft"))
        self.place()

    @Slot()
    def _on_entered(self) -> None:
        if self.found is not None:
            row_id = int(self.found["id"])
            self.close()
            self._owner.open_record(PAPER_RECORD.key, row_id)


def _told(typed: str, reader: Any, _job: jobs.Job) -> tuple[Text, str, Row | None]:
    return issuing.told(reader, typed)


def papers_page(window: Window) -> PapersPage:
    """The page of issued papers."""
    return PapersPage(window)


def check_code(window: Window) -> CheckCode:
    """Ask for a check code."""
    box = CheckCode(window)
    box.open()
    return box
