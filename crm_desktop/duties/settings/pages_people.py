"""People and roles: who may sign in, passwords, the recovery key, and what each role may do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QListView, QWidget

from crm_desktop.desk import sign_in
from crm_desktop.desk.settings import SAMPLE
from crm_desktop.duties.settings import people
from crm_desktop.duties.settings.pages_passwords import FirstPassword, NewPassword, NewRecovery
from crm_desktop.duties.settings.people import House
from crm_desktop.record.record import Row
from crm_desktop.record.rights import ROLES
from crm_desktop.record.text import Text, say
from crm_desktop.store import device, wraps
from crm_desktop.ui import jobs
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.scrolled import ScrolledPage
from crm_desktop.ui.speech import put
from crm_desktop.ui.table import Texts, table
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

PEOPLE = (Text("Colleague"), Text("Log-in name"), Text("Role"), Text("Sign-in"))
AREAS = (Text("Area"), Text("Sees"), Text("Works on"), Text("May do"))
OPEN = Text("Nobody needs a password: whoever opens this PC sees everything. The first password closes the data with it.")
CLOSED = Text("The data opens with a password only. Who forgot theirs is given a new one here; with the recovery key when nobody can.")
OWN_PAGES = (
    ("approval-levels", Text("Approval levels")), ("own-rights", Text("Rights of single colleagues")), ("post-roles", Text("Roles of posts")),
)  # fmt: skip
NOBODY = Text("Give somebody a log-in name and the role of director, general manager or administrator first: under Colleagues.")


class PeoplePage(ScrolledPage):
    """The people at the left, what the role of the chosen one may do at the right."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, Text("People and roles"))
        self._house = House([], {}, False, [])
        across = QHBoxLayout()
        across.setSpacing(16)
        self.box.addLayout(across, 1)
        across.addWidget(self._make_people(self.body), 6)
        across.addWidget(self._make_roles(self.body), 7)
        jobs.hub().changed.connect(self._on_changed)
        self.read()

    def _make_people(self, parent: QWidget) -> QFrame:
        frame, box = card(parent)
        box.addWidget(PlainLabel(frame, "h2", Text("Who may sign in")))
        self.note = PlainLabel(frame, "soft")
        self.note.setWordWrap(True)
        box.addWidget(self.note)
        self.people = Texts(PEOPLE, frame)
        self.view = table(frame, self.people, 2, name=Text("Who may sign in"))
        for at, width in ((0, 92), (1, 112), (3, 84)):
            self.view.setColumnWidth(at, width)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        box.addWidget(self.view, 1)
        for row in self._buttons(frame):
            line = QHBoxLayout()
            line.setSpacing(8)
            for each in row:
                line.addWidget(each)
            line.addStretch(1)
            box.addLayout(line)
        return frame

    def _buttons(self, frame: QWidget) -> list[list[QWidget]]:
        self.first = button(frame, Text("Set the first password …"), primary=True)
        self.first.clicked.connect(self._on_first)
        self.give = button(frame, Text("Set the password …"))
        self.give.clicked.connect(self._on_give)
        self.take = button(frame, Text("Take the password away"))
        self.take.clicked.connect(self._on_take)
        self.colleagues = button(frame, Text("Colleagues"), icon="user-round")
        self.colleagues.clicked.connect(self._on_colleagues)
        self.recovery = button(frame, Text("New recovery key …"))
        self.recovery.clicked.connect(self._on_recovery)
        self.keyring = button(frame, Text("Open with this PC's keyring"))
        self.keyring.clicked.connect(self._on_keyring)
        self.see = button(frame, Text("See the sample as this colleague"))
        self.see.clicked.connect(self._on_see)
        return [[self.first, self.give, self.take, self.see], [self.colleagues, self.recovery, self.keyring]]

    def _make_roles(self, parent: QWidget) -> QFrame:
        frame, box = card(parent)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(frame, "h2", Text("What a role may do")))
        head.addStretch(1)
        self.role = QComboBox(frame)
        self.role.setView(QListView(self.role))
        self.role.addItems([say(words) for _, words, _ in ROLES])
        self.role.currentIndexChanged.connect(self._on_role)
        put(self.role, "setAccessibleName", Text("Role"))
        head.addWidget(self.role)
        box.addLayout(head)
        self.areas = Texts(AREAS, frame)
        self.areas_view = table(frame, self.areas, 3, name=Text("What a role may do"))
        for at, width in ((0, 168), (1, 92), (2, 92)):
            self.areas_view.setColumnWidth(at, width)
        self.areas_view.verticalHeader().setDefaultSectionSize(28)
        box.addWidget(self.areas_view, 1)
        self.more = PlainLabel(frame)
        self.more.setWordWrap(True)
        box.addWidget(self.more)
        self.own = PlainLabel(frame, "warning")
        self.own.setWordWrap(True)
        box.addWidget(self.own)
        lines = QWidget(frame)
        ways = Flow(lines, 8)
        for key, words in OWN_PAGES:
            made = button(frame, words)
            made.setObjectName(key)
            made.clicked.connect(self._on_own)
            ways.addWidget(made)
        box.addWidget(lines)
        return frame

    # reading

    def read(self) -> None:
        """Read who there is."""
        jobs.read(self, partial(people.house, self._window.store), self._on_house, slot="house")

    @Slot(object)
    def _on_house(self, found: House) -> None:
        chosen = self._chosen()
        self._house = found
        self.people.show_rows(people.told(found))
        put(self.note, "setText", sign_in.AT_SERVER if found.at_server else CLOSED if found.guarded else OPEN if found.givers else NOBODY)
        self.note.set_look("soft" if found.guarded or found.at_server else "warning")
        ids = [row["id"] for row in found.people]
        if ids:
            wanted = chosen["id"] if chosen else self._window.eyes.who[0]
            self.view.selectRow(ids.index(wanted) if wanted in ids else 0)
        self._on_selected()

    def _chosen(self) -> Row | None:
        rows = self.view.selectionModel().selectedRows()
        return self._house.people[rows[0].row()] if rows and rows[0].row() < len(self._house.people) else None

    @Slot()
    def _on_selected(self, *_: Any) -> None:
        row, guarded = self._chosen(), self._house.guarded
        sample = bool(self._window.settings.get(SAMPLE))
        self.first.setVisible(not guarded and not sample and not self._house.at_server)
        self.first.setEnabled(bool(self._house.givers))
        for each in (self.give, self.take, self.recovery, self.keyring):
            each.setVisible(guarded)
        self.take.setEnabled(row is not None and row["id"] in self._house.passwords)
        self.give.setEnabled(row is not None)
        self.see.setVisible(sample)
        self.see.setEnabled(row is not None)
        mine = wraps.has_device(self._window.store.keys.database_id, self._window.eyes.who[0]) if guarded else False
        put(self.keyring, "setText", Text("No longer open with this PC's keyring") if mine else Text("Open with this PC's keyring"))
        codes = [code for code, _, _ in ROLES]
        self.role.setCurrentIndex(codes.index(row["role"]) if row and row["role"] in codes else self.role.currentIndex())
        self._on_role()

    @Slot()
    def _on_role(self, *_: Any) -> None:
        role = ROLES[max(0, self.role.currentIndex())][0]
        self.areas.show_rows(people.matrix(role))
        more = people.more(role, self._house.levels)
        put(self.more, "setText", "\n".join(say(Text("{label}: {value}", label=label, value=words)) for label, words in more))
        row = self._chosen()
        own = people.own(self._house, row) if row else None
        put(self.own, "setText", own or "")
        self.own.setVisible(own is not None)

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        if self.isVisible():
            self.read()

    def changeEvent(self, event: QEvent) -> None:
        """Choices and joined words are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "more"):
            for at, (_, words, _) in enumerate(ROLES):
                self.role.setItemText(at, say(words))
            self._on_role()
        super().changeEvent(event)

    # doing

    @Slot()
    def _on_first(self) -> None:
        FirstPassword(self._window, self._house.givers).open()

    @Slot()
    def _on_give(self) -> None:
        if (row := self._chosen()) is not None:
            NewPassword(self._window, row, self.read).open()

    @Slot()
    def _on_take(self) -> None:
        if (row := self._chosen()) is not None:
            jobs.act(self, partial(_take, row["id"]), self._on_done)

    @Slot()
    def _on_recovery(self) -> None:
        NewRecovery(self._window).open()

    @Slot()
    def _on_keyring(self) -> None:
        mine = wraps.has_device(self._window.store.keys.database_id, self._window.eyes.who[0])
        jobs.act(self, _keyring_out if mine else _keyring_in, self._on_done)

    @Slot()
    def _on_see(self) -> None:
        if (row := self._chosen()) is not None:
            self._window.person_asked.emit(row["id"])

    @Slot()
    def _on_own(self) -> None:
        self._window.go(self.sender().objectName())

    @Slot()
    def _on_colleagues(self) -> None:
        self._window.go("staff")

    @Slot(object)
    def _on_done(self, _: object) -> None:
        self.read()


def _take(person: int, desk: Any, job: jobs.Job) -> None:
    sign_in.take(desk, person)


def _keyring_in(desk: Any, job: jobs.Job) -> None:
    sign_in.let_keyring_in(desk, device.find())


def _keyring_out(desk: Any, job: jobs.Job) -> None:
    sign_in.let_keyring_out(desk, device.find())


def page(window: Window) -> PeoplePage:
    """The page of people and roles."""
    return PeoplePage(window)
