"""Moving this PC's data to the server: what there is, a backup, the rows, and what arrived table by table. Cut off anywhere, nothing
has moved. The window and its data are closed meanwhile."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Text
from crm_desktop.server import doing
from crm_desktop.server.doing import Arrived
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.speech import put
from crm_desktop.ui.stepper import NEXT, Step
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.server.pages import Journey

GO = Text("Move the data")
WHAT = (Text("What"), Text("Rows on this PC"), Text("Rows on the server"), Text("Compared"))
TOLD = Text(
    "Everything goes over with the same ids: rows, the log, attached files, settings. A backup is made first; each table is compared row by row"
    " before anything is kept. This window's data is closed meanwhile; nobody else may have it open."
)
USED = Text("The server holds data already: nothing is moved there. For this PC's data choose another database name at the first step.")
NOTHING = Text("Nothing has moved: the data is on this PC as before. It can be done again.")
DONE = Text("{count} rows and {files} files are on the server, each table compared row by row.")
AGAIN = Text("Everything was on the server already, compared row by row.")
CLOSED = Text("The file {file} stays as it is and is closed. The backup made before: {backup}")
LOG = {"change": Text("Log: actions"), "change_row": Text("Log: rows"), "setting": Text("Settings")}
WIDTHS = (0, 150, 160, 140)


class MoveStep(Step):
    """This PC's data on the server."""

    title, words, stopped = Text("Data"), GO, NOTHING

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self.journey = journey
        self._here: dict[str, int] = {}
        frame, box = card(self)
        self.note, self.more = PlainLabel(frame, "soft", TOLD), PlainLabel(frame, "soft")
        for each in (self.note, self.more):
            each.setWordWrap(True)
            box.addWidget(each)
        self.later = button(frame, Text("Not now: the server begins empty"))
        self.later.clicked.connect(self._on_later)
        self.tables = Texts(WHAT, frame, right=(1, 2))
        self.view = table(frame, self.tables, 0, name=Text("What"))
        for at, width in enumerate(WIDTHS[1:], 1):
            self.view.setColumnWidth(at, width)
        self.view.setMinimumHeight(280)
        box.addWidget(self.view, 1)
        box.addWidget(self.later)
        self.box.addWidget(frame, 1)

    def entered(self) -> None:
        found = self.journey.found
        used = self.journey.moved or (found is not None and found.used)
        self.later.setVisible(not used and self.journey.kind == "prepare")
        if used:
            self.words = NEXT
            if not self.journey.moved:
                put(self.note, "setText", USED)
            self.stepper.label()
        elif not self._here:
            self.stepper.run(Text("Counting"), self._count, self._on_counted)

    def _count(self, _job: Job) -> dict[str, int]:
        with closing(self.journey.host.store.open_reader()) as reader:
            return doing.counts(reader)

    def _on_counted(self, found: dict[str, int]) -> None:
        self._here = found
        put(self.more, "setText", Text("{count} rows in {file}", count=f"{sum(found.values()):,}", file=str(self.journey.data)))
        self._show({})

    def _show(self, there: dict[str, int]) -> None:
        names = {record.key: record.many or record.title for record in RECORDS} | LOG
        rows = {name: there.get(name, 0) for name in ({**self._here, **there} if there else self._here)}
        same = Text("row by row the same")
        self.tables.show_rows([
            (names[key], f"{self._here.get(key, count):,}", f"{count:,}" if there else "", same if there else "") for key, count in rows.items() if count or self._here.get(key)
        ])  # fmt: skip

    @Slot()
    def _on_later(self) -> None:
        self.stepper.forward()

    def go(self) -> None:
        if self.words is NEXT:
            self.stepper.forward()
            return
        self.journey.apart(self._begin)

    def _begin(self) -> None:
        """Nothing else is open any more."""
        self.stepper.run(Text("Moving"), self._move, self._on_moved, failed=self._on_failed)

    def _move(self, job: Job) -> Arrived:
        assert isinstance(self.journey.data, Path)
        return doing.move(self.journey.data, self.journey.known, job.say, job.step)

    def _on_failed(self) -> None:
        self.journey.come_back()
        put(self.more, "setText", NOTHING)

    def _on_moved(self, done: Arrived) -> None:
        self.journey.keep_server()
        total = done.moved.total
        self._show(done.moved.rows or self._here)
        put(self.note, "setText", Text(DONE.source, count=f"{total:,}", files=done.moved.files) if total else AGAIN)
        put(self.more, "setText", Text(CLOSED.source, file=str(self.journey.data), backup=str(done.backup)))
        self.later.hide()
        self.words = NEXT
        self.stepper.label()
        self.stepper.back_button.hide()
