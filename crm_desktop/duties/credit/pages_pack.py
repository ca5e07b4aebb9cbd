"""The credit meeting: everything to be talked about, chapter by chapter; what is decided about a line becomes a follow-up. Enter opens the
line's row, the arrows go on, the paper of it all is a button away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.duties.credit import queries_pack
from crm_desktop.duties.credit.queries_pack import Chapter, Pack, Topic
from crm_desktop.record.dates import add_days
from crm_desktop.record.kinds import Kind
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Field
from crm_desktop.record.text import Refused, Text
from crm_desktop.record.workdays import working_from
from crm_desktop.ui import jobs
from crm_desktop.ui.cells import Cells
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.number_offer import LiveOffer
from crm_desktop.ui.reference_editor import ReferenceEditor
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

DUE, WHO = Field("due", Text("Until"), Kind.DATE), Field("owner_id", Text("Who does it"), Kind.REF, ref="staff")
HEADINGS = (Text("Chapter"), Text("Client"), Text("Amount"), Text("What it is about"), Text("Decided"))
WIDTHS = (0, 164, 0, 330, 240)
PRESENT, ABSENT = Text("Present"), Text("Absent, and why")
WEEK = 7  # days a decision usually has
WATCHED = frozenset(("account", "receivable", "receipt", "promise", "dispute", "write_off", "credit_application", "credit_agreement", "guarantee", "booking", "follow_up", "collection_step", "minutes"))


class PackPage(QWidget):
    """The topics of today's meeting."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._lines: list[tuple[Chapter, Topic]] = []
        self._people = ("", "")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 16)
        box.setSpacing(10)
        bar = QHBoxLayout()
        bar.addWidget(PlainLabel(self, "h1", Text("Credit meeting")))
        bar.addStretch(1)
        self.paper = button(self, Text("Print"), icon="printer")
        self.paper.clicked.connect(self.show_paper)
        bar.addWidget(self.paper)
        box.addLayout(bar)
        self.told = PlainLabel(self, "soft")
        self.told.setWordWrap(True)
        box.addWidget(self.told)
        self._add_people(box)
        frame, inside = card(self)
        self.cells = Cells(frame, Text("Credit meeting"), (2,))
        self.cells.opened.connect(self._on_opened)
        self.cells.moved.connect(self._on_moved)
        inside.addWidget(self.cells)
        box.addWidget(frame, 1)
        self._add_foot(box)
        jobs.hub().changed.connect(self._on_changed)

    def _add_people(self, box: QVBoxLayout) -> None:
        """Who was there, and who was not: kept in the minutes as soon as it is typed."""
        line = QHBoxLayout()
        line.setSpacing(8)
        self.present, self.absent = Edit(self), Edit(self)
        for label, edit in ((PRESENT, self.present), (ABSENT, self.absent)):
            put(edit, "setAccessibleName", label)
            edit.editingFinished.connect(self._keep_people)
            line.addWidget(PlainLabel(self, "soft", label))
            line.addWidget(edit, 2 if edit is self.present else 1)
        box.addLayout(line)

    @Slot()
    def _keep_people(self) -> None:
        typed = (self.present.text().strip(), self.absent.text().strip())
        if typed != self._people:
            self._people = typed
            jobs.act(self, partial(_keep, *typed))

    def _add_foot(self, box: QVBoxLayout) -> None:
        """What the line says whole, and the line for what is decided about it."""
        self.whole = PlainLabel(self)
        self.whole.setWordWrap(True)
        box.addWidget(self.whole)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.words, self.who, self.due = Edit(self), ReferenceEditor(WHO, self), DayEditor(DUE, self)
        put(self.words, "setPlaceholderText", Text("What is decided; it becomes a follow-up"))
        put(self.words, "setAccessibleName", Text("What is decided; it becomes a follow-up"))
        put(self.who, "setPlaceholderText", Text("Who does it; else the client's owner"))
        self.words.entered.connect(self.decide)
        self.who.setFixedWidth(270)
        self.due.setFixedWidth(132)
        self.go = button(self, Text("Decide"), primary=True, key="Ctrl+S")
        self.go.clicked.connect(self.decide)
        line.addWidget(self.words, 1)
        for each in (self.who, PlainLabel(self, "soft", DUE.label), self.due, self.go):
            line.addWidget(each)
        box.addLayout(line)
        box.addWidget(LiveOffer(self, self.words))
        self.problem = PlainLabel(self, "error")
        self.problem.hide()
        box.addWidget(self.problem)
        self._again()

    def show_args(self, **_: Any) -> None:
        """Read what holds now."""
        self.read()

    def focus_first(self) -> None:
        """The keyboard goes to the topics."""
        self.cells.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> tuple[str, int] | None:
        """The client the keyboard is on."""
        topic = self.chosen()
        return ("account", topic.account_id) if topic else None

    def read(self) -> None:
        """Read the pack of today."""
        jobs.read(self, partial(_pack, self._window.today()), self._on_read, slot="pack")

    @Slot(object)
    def _on_read(self, found: Pack) -> None:
        self._lines = [(chapter, topic) for chapter in found.chapters for topic in chapter.topics]
        put(self.told, "setText", _told(found))
        self._show_people(found.minutes.present, found.minutes.absent)
        first = self.cells.view.currentIndex().row() < 0
        self.cells.show_rows([_cells(found, *line) for line in self._lines], HEADINGS, WIDTHS)
        if first and self._lines:
            self.cells.choose(0, 1)
        self._on_moved()

    def _show_people(self, present: str, absent: str) -> None:
        """What is kept, unless somebody is typing."""
        if not (self.present.hasFocus() or self.absent.hasFocus()) and (present, absent) != self._people:
            self._people = (present, absent)
            self.present.setText(present)
            self.absent.setText(absent)

    def chosen(self) -> Topic | None:
        """The topic the keyboard is on."""
        at = self.cells.view.currentIndex().row()
        return self._lines[at][1] if 0 <= at < len(self._lines) else None

    @Slot()
    def _on_moved(self, *_: int) -> None:
        topic = self.chosen()
        put(self.whole, "setText", Text("{client}: {words}", client=topic.name, words=topic.words) if topic else "")
        self.go.setEnabled(topic is not None)

    @Slot(int, int)
    def _on_opened(self, row: int, _column: int) -> None:
        if row < len(self._lines):
            self._window.open_record(*self._lines[row][1].opens)

    # deciding

    @Slot()
    def decide(self) -> None:
        """Write down what is typed about the line the keyboard is on."""
        topic, problem = self.chosen(), self.due.problem() or self.who.problem()
        if topic is None or problem is not None:
            self._tell(problem)
            return
        due, who = str(self.due.value() or self._usual()), self.who.value()
        jobs.act(self, partial(_decide, topic, self.words.text(), due, who), self._on_decided, failed=self._on_failed)

    @Slot(object)
    def _on_decided(self, _change: Any) -> None:
        self._again()
        self.read()
        self.focus_first()

    def _again(self) -> None:
        self._tell(None)
        self.words.clear()
        self.who.set_value(None)
        self.due.set_value(self._usual())

    def _usual(self) -> str:
        return working_from(add_days(self._window.today(), WEEK))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._tell(error.text)
        else:
            jobs.hub().failed.emit(error)

    def _tell(self, text: Text | None) -> None:
        put(self.problem, "setText", text or "")
        self.problem.setVisible(text is not None)

    @Slot()
    def show_paper(self) -> None:
        """The pack as a paper."""
        from crm_desktop.documents import library
        from crm_desktop.ui import papers

        papers.show(self._window, [library.form(self._window.duties, "F08B")])

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        if self.isVisible() and WATCHED & set(change.tables):
            self.read()


def _cells(found: Pack, chapter: Chapter, topic: Topic) -> list[Text | str]:
    title = chapter.title if chapter.topics[0] is topic else ""
    return [title, topic.name, show_money(topic.amount) if topic.amount else "", topic.words, queries_pack.names_of(found.decided(topic.account_id))]


def _told(found: Pack) -> Text:
    points = sum(len(chapter.topics) for chapter in found.chapters)
    open_ones = sum(not each.done for each in found.decisions)
    words = Text("{count} points in {chapters} chapters; {open} decisions of earlier meetings are open, {done} done", count=points, chapters=len(found.chapters), open=open_ones, done=len(found.decisions) - open_ones)
    return words if points else Text("Nothing has to be talked about today")


def _pack(day: str, reader: Any, _job: jobs.Job) -> Pack:
    return queries_pack.pack(reader, day)


def _keep(present: str, absent: str, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions_pack

    return actions_pack.keep_present(desk, present, absent)


def _decide(topic: Topic, words: str, due: str, who: int | None, desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions_pack

    return actions_pack.decide(desk, topic.account_id, queries_pack.about(topic), words, due, who)


def meeting(window: Window) -> PackPage:
    """The page."""
    return PackPage(window)
