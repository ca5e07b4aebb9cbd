"""Below the steps of a bill, a booking or an agreement: what credit says of it while it is written, and the specimens of who may sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.duties.credit import queries_beside as queries
from crm_desktop.duties.credit.queries_beside import Beside, Said
from crm_desktop.record.dates import business_date
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.portrait import Specimen
from crm_desktop.ui.record_page import below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import Chip, PlainLabel

WATCHED = frozenset(("account", "booking", "receivable", "signatory", "credit_agreement", "credit_override", "law_term", "attachment"))
BOOKING = ("account_id", "pays", "state")
BILL = ("account_id", "bill_date", "due", "checked_out_on", "event_on")
AGREEMENT = ("account_id", "days", "starts", "signed_on", "small_firm")


class SaidLine(QWidget):
    """A chip and a sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.chip, self.words = Chip(self), PlainLabel(self, "soft")
        self.words.setWordWrap(True)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)

    def show_said(self, said: Said) -> None:
        """Show it; without a chip the sentence begins at the left."""
        self.chip.show_text(said.chip, said.tone or "grey")
        self.chip.setVisible(bool(said.chip))
        put(self.words, "setText", said.words)


class BesideStrip(QWidget):
    """It follows the cells named by `watched`; takes no room while there is nothing to say."""

    def __init__(self, form: Form, watched: tuple[str, ...], ask: Callable[[Any, Row, str], Beside], store: Any = None) -> None:
        super().__init__(form)
        self._form, self._watched, self._ask, self._store = form, watched, ask, store
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 6, 20, 0)
        self._box.setSpacing(4)
        self.lines: list[SaidLine] = []
        self._specimens: list[tuple[str, str]] = []
        self._pictures = QHBoxLayout()
        self._pictures.setSpacing(8)
        self._box.addLayout(self._pictures)
        self._proofs = QHBoxLayout()
        self._proofs.setSpacing(12)
        self._box.addLayout(self._proofs)
        self.hide()
        for name in watched:
            form.cells[name].editor.changed.connect(self.read)
        form.settled.connect(self._on_settled)
        jobs.hub().changed.connect(self._on_changed)
        below_steps(form, self)

    @Slot(object)
    def _on_settled(self, _row: object) -> None:
        self.read()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self._form.isVisible() and WATCHED & set(change.tables):
            self.read()

    @Slot()
    def read(self) -> None:
        """Ask about what stands in the form now."""
        row = {name: self._form.cells[name].editor.value() for name in self._watched} | {"id": self._form.row_id}
        jobs.read(self, partial(_asked, self._ask, row), self._on_read, slot="beside")

    @Slot(object)
    def _on_read(self, found: Beside) -> None:
        said = found.said
        while len(self.lines) < len(said):
            made = SaidLine(self)
            self.lines.append(made)
            self._box.insertWidget(len(self.lines) - 1, made)
        for at, line in enumerate(self.lines):
            if at < len(said):
                line.show_said(said[at])
            line.setVisible(at < len(said))
        self._show_specimens(found.specimens)
        self._show_proofs(found.proofs)
        self.setVisible(bool(said or found.specimens or found.proofs))

    def _show_proofs(self, proofs: Sequence[Row]) -> None:
        """The signed bill, a click away."""
        _empty(self._proofs)
        for row in proofs:
            self._proofs.addWidget(ProofLink(row, self._store, self))
        if proofs:
            self._proofs.addStretch(1)

    def _show_specimens(self, specimens: Sequence[tuple[str, str]]) -> None:
        """How those who may sign do it; read once, not with each letter typed."""
        if list(specimens) == self._specimens:
            return
        self._specimens = list(specimens)
        _empty(self._pictures)
        for name, digest in specimens:
            picture = Specimen(self, name)
            self._pictures.addWidget(picture)
            picture.show_photo(self._store, digest)
        if specimens:
            self._pictures.addStretch(1)


class ProofLink(QPushButton):
    """Shows a file of the signed bill here, or in the program that is there for its kind."""

    def __init__(self, row: Row, store: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._row, self._store = row, store
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        put(self, "setText", Text("Signed bill: {name}", name=row["name"]))
        self.clicked.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Open it."""
        from crm_desktop.desk import attachments
        from crm_desktop.ui import opened_files

        if opened_files.can_show(self._row):
            from crm_desktop.ui.file_preview import FilePreview

            FilePreview(self._row, self._store, self).open()
        elif attachments.may_open(self._row["name"]):
            jobs.work(self, partial(opened_files.copy, self._store, self._row["sha256"], self._row["name"]), _opened)


def _opened(path: Any) -> None:
    from crm_desktop.ui import opened_files

    opened_files.show(path)


def _empty(line: QHBoxLayout) -> None:
    while line.count():
        item = line.takeAt(0)
        if item is not None and (widget := item.widget()) is not None:
            widget.deleteLater()


def _asked(ask: Callable[[Any, Row, str], Beside], row: Row, reader: Any, _job: jobs.Job) -> Beside:
    return ask(reader, row, business_date())


def beside_booking(form: Form) -> BesideStrip:
    """The client's headroom, on the form of a booking."""
    return BesideStrip(form, BOOKING, queries.of_booking)


def beside_bill(form: Form, store: Any) -> BesideStrip:
    """The regulation's day, the forecast and the specimens, on the form of a bill."""
    return BesideStrip(form, BILL, queries.of_bill, store)


def beside_agreement(form: Form) -> BesideStrip:
    """Terms the regulation does not allow, on the form of a credit agreement."""
    return BesideStrip(form, AGREEMENT, queries.of_agreement)
