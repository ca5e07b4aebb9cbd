"""The way back: everything on the server as a file of this PC, encrypted or plain, with the reason for it in the server's log."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFileDialog, QRadioButton

from crm_desktop.record.text import Text, say
from crm_desktop.server import doing
from crm_desktop.server.pages_place import Lines
from crm_desktop.store.folders import data_folder
from crm_desktop.store.moving import Moved
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.speech import put
from crm_desktop.ui.stepper import Step
from crm_desktop.ui.widgets import PlainLabel, card
from crm_desktop.ui.widgets import link as link_button

if TYPE_CHECKING:
    from crm_desktop.server.pages import Journey

GO = Text("Bring the data back")
NAMES = ("crm-from-server.db", "crm-from-server.sqlite")
TOLD = Text("Everything comes, with the same ids, compared row by row. The server stays as it is; what is done there later is not in the file.")
SEALED = Text("Encrypted, to be opened by this program: with the log and the attached files")
PLAIN = Text("Plain SQLite for other tools: whoever has it can read it; without attached files, and this program does not open it")
CUT = Text("Stopped. A file that was not brought to its end does not open; bring it again, and it is made anew.")
NO_REASON = Text("Type what it is for: the log of the server keeps it.")
DONE = Text("{count} rows and {files} files are in {file}, compared one by one.")
LATER = Text("This PC works on it from now on, also at later starts")


class FetchStep(Step):
    """What is on the server, on this PC."""

    title, words, stopped = Text("File"), GO, CUT

    def __init__(self, journey: Journey, *, may_plain: bool) -> None:
        super().__init__(journey)
        self.journey = journey
        self.done: Path | None = None
        self.frame, box = card(self)
        self.note = PlainLabel(self.frame, "soft", TOLD)
        self.note.setWordWrap(True)
        box.addWidget(self.note)
        self.sealed, self.plain = QRadioButton(self.frame), QRadioButton(self.frame)
        group = QButtonGroup(self)
        for each, words in ((self.sealed, SEALED), (self.plain, PLAIN)):
            put(each, "setText", words)
            group.addButton(each)
            box.addWidget(each)
        self.sealed.setChecked(True)
        self.plain.setVisible(may_plain)
        self.plain.toggled.connect(self._on_kind)
        lines = Lines(self.frame)
        self.file: Edit = lines.line(Text("File"))
        self.file.setText(str(data_folder() / NAMES[0]))
        choose = link_button(self.frame, Text("Choose …"))
        choose.clicked.connect(self._on_choose)
        lines.grid.addWidget(choose, lines.grid.rowCount() - 1, 2)
        self.reason = lines.line(Text("Reason"))
        self.reason.entered.connect(self.stepper.next_button.click)
        box.addLayout(lines.grid)
        self.later = QCheckBox(self.frame)
        put(self.later, "setText", LATER)
        self.later.hide()
        box.addWidget(self.later)
        self.box.addWidget(self.frame)
        self.box.addStretch(1)

    def entered(self) -> None:
        self.reason.setFocus()

    def path(self) -> Path:
        """The file that is typed."""
        return Path(self.file.text().strip()).expanduser().absolute()

    @Slot(bool)
    def _on_kind(self, plain: bool) -> None:
        if self.path().name in NAMES:
            self.file.setText(str(self.path().with_name(NAMES[int(plain)])))

    @Slot()
    def _on_choose(self) -> None:
        found, _ = QFileDialog.getSaveFileName(self, say(Text("File")), str(self.path()), "SQLite (*.db *.sqlite)")
        if found:
            self.file.setText(found)

    def go(self) -> None:
        if self.done is not None:
            self._open(self.done)
            return
        reason = self.reason.text().strip()
        if not reason:
            self.stepper.tell(NO_REASON)
            self.reason.setFocus()
            return
        path = self.path()
        self.stepper.run(Text("Bringing the data back"), partial(self._fetch, path, reason, self.plain.isChecked()), partial(self._on_fetched, path))

    def _fetch(self, path: Path, reason: str, plain: bool, job: Job) -> Moved:
        return doing.fetch(self.journey.known, path, job.step, reason=reason, plain=plain)

    def _on_fetched(self, path: Path, done: Moved) -> None:
        self.done = path
        put(self.note, "setText", Text(DONE.source, count=f"{done.total:,}", files=done.files, file=str(path)))
        self.later.setVisible(not self.plain.isChecked())
        self.words = Text("Show the folder") if self.plain.isChecked() else Text("Open")
        for each in (self.sealed, self.plain, self.file, self.reason):
            each.setEnabled(False)
        self.stepper.label()

    def _open(self, path: Path) -> None:
        if self.plain.isChecked():
            from crm_desktop.ui import opened_files

            opened_files.show(path.parent)
            return
        host = self.journey.host
        QTimer.singleShot(0, host.window, partial(host.work_on if self.later.isChecked() else host.move_to, str(path)))
        self.journey.close()
