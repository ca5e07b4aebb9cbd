"""A person's rights to their data: what is known of them, a copy for them, and erasing it for good."""

from __future__ import annotations

import re
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.desk import privacy
from crm_desktop.desk.privacy import Known
from crm_desktop.desk.rights import wholly
from crm_desktop.duties.consents import queries_requests, requests
from crm_desktop.record.dates import local_time
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import drafts, jobs, page_keys
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

HEADINGS = (Text("What is known"), Text("Rows"), Text("When the person is erased"))
TITLE = Text("Data of {name}")
FIRST = Text("Open a guest or contact, then press the key again: what is known of them stands here.")
EMPTIED, UNLINKED = Text("emptied"), Text("stay, without saying who it was")
OTHERS = Text("hold the same name and stay: look whether this person is meant")
LASTING = Text("Erasing cannot be undone. Bills and stays remain without the person; an older backup, once restored, is without them too.")
ERASED = Text("Erased. The log keeps when, by whom and why, nothing else.")
BOTH = Text("{first} {second}")
WRITTEN = Text("{count} rows written to {file}")
WHY = Text("Why (for the log)")


class PrivacyPage(QWidget):
    """`show_args` names the record and the row."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.known: Known | None = None
        self._asked: tuple[str, int] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(12)
        box.addLayout(self._make_bar())
        self.note = EmptyNote(self, "user-round", FIRST)
        box.addWidget(self.note, 1)
        self._frame, inside = card(self)
        self.rows = Texts(HEADINGS, self._frame, right=(1,))
        self.view = table(self._frame, self.rows, 2, name=Text("What is known"))
        for at, width in enumerate((260, 90)):
            self.view.setColumnWidth(at, width)
        inside.addWidget(self.view)
        box.addWidget(self._frame, 1)
        box.addWidget(self._make_foot())
        self._show(None)

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.title = PlainLabel(self, "h1", Text("A person's data"))
        bar.addWidget(self.title)
        bar.addStretch(1)
        self.book_button = button(self, Text("Copy as a workbook"), icon="file-spreadsheet")
        self.json_button = button(self, Text("Copy for programs (JSON)"), icon="file-text")
        for made, run in ((self.book_button, self.copy_book), (self.json_button, self.copy_json)):
            made.clicked.connect(run)
            bar.addWidget(made)
        return bar

    def _make_foot(self) -> QWidget:
        self._foot = QWidget(self)
        down = QVBoxLayout(self._foot)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        self.lasting = PlainLabel(self._foot, "soft", LASTING)
        self.lasting.setWordWrap(True)
        down.addWidget(self.lasting)
        self.problem = PlainLabel(self._foot, "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        down.addWidget(self.problem)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(PlainLabel(self._foot, "soft", WHY))
        self.why = Edit(self._foot)
        put(self.why, "setAccessibleName", WHY)
        across.addWidget(self.why, 1)
        self.erase_button = button(self._foot, Text("Erase for good"), icon="trash-2")
        self.erase_button.clicked.connect(self.erase)
        across.addWidget(self.erase_button)
        down.addLayout(across)
        return self._foot

    # what it shows

    def show_args(self, record: str = "", id: int = 0, **_: Any) -> None:
        """Show what is known of a person."""
        self._asked = (record, id) if record else self._asked
        self.why.clear()
        if self._asked:
            store = self._window.store
            work = partial(_known, store.records, store.by_key[self._asked[0]], self._asked[1])
            jobs.read(self, work, self._on_known, slot="known", failed=self._on_failed)

    def shown(self) -> tuple[str, int] | None:
        """The person whose data it is."""
        return self._asked if self.known else None

    def focus_first(self) -> None:
        """The keyboard goes to the table."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_known(self, found: tuple[tuple[str, int], Known]) -> None:
        self._asked, known = found
        self._show(known)

    @Slot(object)
    def _show(self, found: Known | None) -> None:
        self.known = found
        self._tell(None)
        self.note.setVisible(found is None)
        for part in (self._frame, self._foot, self.book_button, self.json_button):
            part.setVisible(found is not None)
        if found is not None:
            put(self.title, "setText", Text(TITLE.source, name=found.name))
            self.rows.show_rows(_told(found))

    def _tell(self, text: Text | None) -> None:
        put(self.problem, "setText", text or "")
        self.problem.setVisible(text is not None)

    def _on_failed(self, error: Exception) -> None:
        if self.known is None and isinstance(error, Refused):
            self.note.say(error.text)
        elif isinstance(error, Refused):
            self._tell(error.text)
        else:
            jobs.hub().failed.emit(error)

    # a copy

    @Slot()
    def copy_book(self) -> None:
        """A workbook with a sheet for each kind of record."""
        self._copy(".xlsx")

    @Slot()
    def copy_json(self) -> None:
        """The same for programs."""
        self._copy(".json")

    def _copy(self, kind: str) -> None:
        if self.known is not None and self._asked is not None:
            path = free_file(page_keys.folder(self._window), self.known.name, kind)
            work = partial(_copy, self._window.store.by_key[self._asked[0]], self._asked[1], path, self.why.text())
            jobs.act(self, work, partial(self._on_copied, path), failed=self._on_failed)

    def _on_copied(self, path: Path, count: int) -> None:
        self._window.toast.note(Text(WRITTEN.source, count=f"{count:,}", file=path))
        page_keys.opened(path)

    # erasing

    @Slot()
    def erase(self) -> None:
        """Erase the person for good; the reason typed goes into the log."""
        if self.known is not None and self._asked is not None:
            self._tell(None)
            work = partial(_erase, self._window.store.by_key[self._asked[0]], self.known, self._asked[1], self.why.text())
            gone = [self._asked, *((key, row_id) for key, ids in self.known.plan.whole.items() for row_id in ids)]
            jobs.act(self, work, partial(self._on_erased, gone), failed=self._on_failed)

    def _on_erased(self, gone: list[tuple[str, int]], left: list[Text]) -> None:
        for key in gone:
            drafts.forget(key)
        self._asked = None
        self.why.clear()
        self._show(None)
        put(self.title, "setText", Text("A person's data"))
        self.note.say(reduce(lambda first, second: Text(BOTH.source, first=first, second=second), left, ERASED))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._window.back()
        else:
            super().keyPressEvent(event)


def _told(found: Known) -> list[tuple[Text | str, ...]]:
    """What is known of somebody, and what becomes of it."""
    out: list[tuple[Text | str, ...]] = [(part.record.many, f"{len(part.ids):,}", EMPTIED if part.whole else UNLINKED) for part in found.parts]
    return out + [(record.many, f"{n:,}", OTHERS) for record, n in found.others]


def free_file(where: Path, name: str, kind: str) -> Path:
    """A file of that name and minute that is not there yet."""
    stem = re.sub(r"[\\/:*?\"<>|]", "-", f"{name} {local_time():%Y-%m-%d %H%M}")
    names = (f"{stem}{kind}", *(f"{stem} ({n}){kind}" for n in range(2, 1000)))
    return next(where / each for each in names if not (where / each).exists())


def _known(records: Any, record: Any, row_id: int, reader: Any, job: jobs.Job) -> tuple[tuple[str, int], Known]:
    """Whose data it is (of a request about it: whom it is about), and what is known of them."""
    privacy.may_read(reader)
    with wholly(reader):
        person = queries_requests.person_of(reader, row_id) if record.key == queries_requests.KEY else None
        if person is not None:
            record, row_id = next(each for each in records if each.key == "person"), person
        return (record.key, row_id), privacy.known(reader, records, record, row_id)


def _copy(record: Any, row_id: int, path: Path, reason: str, desk: Any, job: jobs.Job) -> int:
    return requests.copy(desk, record, row_id, path, reason)


def _erase(record: Any, found: Known, row_id: int, reason: str, desk: Any, job: jobs.Job) -> list[Text]:
    """Erase, and say which files it did not reach."""
    requests.erase(desk, record, row_id, found.version, reason)
    return privacy.left(desk.store, found)


def show(window: Window) -> None:
    """The data of the person who is on the screen."""
    shown = window.shown()
    if shown is None:
        window.toast.error(Refused(FIRST))
    else:
        window.go("privacy", record=shown[0], id=shown[1])


def page(window: Window) -> PrivacyPage:
    """The page of a person's data."""
    return PrivacyPage(window)
