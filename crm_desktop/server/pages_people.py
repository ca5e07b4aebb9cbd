"""The colleagues' log-ins: one line for each, given together; a password is shown once, to be copied or printed."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QListView, QWidget

from crm_desktop.record.rights import ROLES
from crm_desktop.record.terms import sort_key
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.server import doing, setting_up
from crm_desktop.server.doing import Member
from crm_desktop.store.address import is_server
from crm_desktop.ui import clipboard
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.speech import put
from crm_desktop.ui.stepper import NEXT, Step
from crm_desktop.ui.widgets import PlainLabel, button, card

if TYPE_CHECKING:
    from crm_desktop.server.pages import Journey

HEADS = (Text("Colleague"), Text("Log-in name"), Text("Role"), Text("Only of this hotel"), Text("Password, shown only now"))
GIVE = Text("Give the log-ins")
TOLD = Text("Whoever is ticked gets a log-in and a password of their own; who has one already gets a new password. Nobody without a tick is touched.")
EMPTY = Text("Nobody is entered yet. Begin with whoever is to enter the others: add a colleague with the role of director or administrator.")
NO_ROLE = Text("Choose a role for {name}.")
NO_NAME = Text("Type the name of each colleague who is ticked.")
TWICE = Text("'{login}' stands there twice; everybody has a log-in name of their own.")
ALL_HOTELS = Text("all hotels")
Given = dict[str, str]  # log-in name -> password


def proposed(name: str) -> str:
    """A log-in name for somebody: their name in small letters."""
    return "".join(letter for letter in sort_key(name) if letter.isascii() and letter.isalnum())[:30]


class Line:
    """One colleague: a tick, the log-in name, role and hotel, and the password once it was given."""

    def __init__(self, parent: QWidget, member: Member | None, hotels: list[str]) -> None:
        self.member = member
        self.tick = QCheckBox(member.name if member else "", parent)
        put(self.tick, "setAccessibleName", Text("Give {name} a log-in", name=member.name) if member else Text("Give the new colleague a log-in"))
        self.name, self.login = Edit(parent), Edit(parent)
        self.name.setVisible(member is None)
        put(self.name, "setPlaceholderText", Text("Name"))
        for edit, words in ((self.name, Text("Name")), (self.login, HEADS[1])):
            put(edit, "setAccessibleName", words)
        self.role, self.hotel = _box(parent, HEADS[2]), _box(parent, HEADS[3])
        self.hotel.addItems([say(ALL_HOTELS), *hotels])
        self.say_roles()
        self.password = PlainLabel(parent, "")
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        clipboard.SecretWords(self.password)
        if member:
            self._fill(member, hotels)
        else:
            self.tick.setChecked(True)
            self.name.textEdited.connect(self._on_name)

    def _fill(self, member: Member, hotels: list[str]) -> None:
        codes = [code for code, _, _ in ROLES]
        self.login.setText(member.login or proposed(member.name))
        self.login.setReadOnly(member.known)
        self.role.setCurrentIndex(codes.index(member.role) + 1 if member.role in codes else 0)
        self.hotel.setCurrentIndex(hotels.index(member.hotel) + 1 if member.hotel in hotels else 0)
        self.tick.setChecked(bool(member.role) and not member.known)
        if member.known:
            put(self.password, "setText", Text("has a log-in"))

    def say_roles(self) -> None:
        """The roles in the language in use."""
        at = self.role.currentIndex()
        self.role.clear()
        self.role.addItems(["", *(say(words) for _, words, _ in ROLES)])
        self.role.setCurrentIndex(max(at, 0))
        self.hotel.setItemText(0, say(ALL_HOTELS))

    @Slot(str)
    def _on_name(self, words: str) -> None:
        self.login.setText(proposed(words))

    def wanted(self) -> Member:
        """What is typed."""
        role = self.role.currentIndex()
        name = self.member.name if self.member else self.name.text().strip()
        hotel = self.hotel.currentText() if self.hotel.currentIndex() > 0 else ""
        return Member(name, self.login.text().strip(), ROLES[role - 1][0] if role > 0 else "", hotel, False)

    def show_password(self, secret: str) -> None:
        """It was given."""
        put(self.password, "setText", secret)
        self.tick.setChecked(False)

    def parts(self) -> tuple[QWidget, ...]:
        """What stands in the grid."""
        return (self.tick if self.member else self.name, self.login, self.role, self.hotel, self.password)


def _box(parent: QWidget, words: Text) -> QComboBox:
    box = QComboBox(parent)
    box.setView(QListView(box))
    put(box, "setAccessibleName", words)
    return box


class PeopleStep(Step):
    """Everybody's log-in."""

    title = Text("Colleagues")

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self.journey = journey
        self.rows: list[Line] = []
        self.given: dict[str, tuple[str, str]] = {}  # log-in -> name, password
        self._hotels: list[str] = []
        frame, box = card(self)
        self.note = PlainLabel(frame, "soft", TOLD)
        self.note.setWordWrap(True)
        box.addWidget(self.note)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        for at, (words, stretch) in enumerate(zip(HEADS, (3, 3, 3, 3, 4), strict=True)):
            self.grid.addWidget(PlainLabel(frame, "soft", words), 0, at)
            self.grid.setColumnStretch(at, stretch)
        box.addLayout(self.grid)
        box.addLayout(self._buttons(frame))
        self._frame = frame
        self.box.addWidget(frame)
        self.box.addStretch(1)

    def _buttons(self, frame: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.add_button = button(frame, Text("Add a colleague"), icon="user-round")
        self.copy_button, self.print_button = button(frame, Text("Copy the passwords")), button(frame, Text("Print slips"), icon="printer")
        for made, run in ((self.add_button, self._on_add), (self.copy_button, self._on_copy), (self.print_button, self._on_print)):
            made.clicked.connect(run)
            line.addWidget(made)
        line.addStretch(1)
        for made in (self.copy_button, self.print_button):
            made.hide()
        return line

    def entered(self) -> None:
        if not self.rows:
            self.stepper.run(Text("Reading the colleagues"), self._read, self._on_read)

    def _read(self, _job: Job) -> tuple[list[Member], list[str]]:
        found, hotels = doing.members(self.journey.known)
        if not found and not self.journey.moved and not is_server(self.journey.data):
            with closing(self.journey.host.store.open_reader()) as reader:
                found = doing.colleagues(reader)
        return found, hotels

    def _on_read(self, answer: tuple[list[Member], list[str]]) -> None:
        found, self._hotels = answer
        self.journey.given = self.journey.given or any(member.known for member in found)
        for member in found:
            self._add(Line(self._frame, member, self._hotels))
        put(self.note, "setText", TOLD if found else EMPTY)
        if not found:
            self._on_add()
        self._label()

    def _add(self, row: Line) -> None:
        self.rows.append(row)
        for at, part in enumerate(row.parts()):
            self.grid.addWidget(part, len(self.rows), at)
        row.tick.toggled.connect(self._label)

    @Slot()
    def _on_add(self) -> None:
        row = Line(self._frame, None, self._hotels)
        self._add(row)
        row.name.setFocus()
        self._label()

    @Slot()
    def _label(self, *_: bool) -> None:
        self.words = GIVE if any(row.tick.isChecked() for row in self.rows) else NEXT
        self.stepper.label()

    def go(self) -> None:
        wanted = [row for row in self.rows if row.tick.isChecked()]
        if not wanted:
            self.stepper.forward()
            return
        people = [row.wanted() for row in wanted]
        if (problem := self._problem(people)) is not None:
            self.stepper.tell(problem)
            return
        self.stepper.run(Text("Giving the log-ins"), partial(self._give, people), self._show, failed=partial(self._show, None))

    def _problem(self, people: list[Member]) -> Text | None:
        seen: set[str] = set()
        for one in people:
            if not one.name:
                return NO_NAME
            if not one.role:
                return Text(NO_ROLE.source, name=one.name)
            try:
                setting_up.check_login(one.login)
            except Refused as error:
                return error.text
            if one.login in seen:
                return Text(TWICE.source, login=one.login)
            seen.add(one.login)
        return None

    def _give(self, people: list[Member], job: Job) -> None:
        """In a thread; who has theirs keeps it, also when a later one is refused."""
        for done, one in enumerate(people):
            job.say(Text("log-in of {name}", name=one.name))
            job.step(done, len(people))
            password = setting_up.make_password()
            doing.give_log_in(self.journey.known, one.login, one.name, one.role, one.hotel, password)
            self.given[one.login] = (one.name, password)

    def _show(self, _: None) -> None:
        self.journey.given = self.journey.given or bool(self.given)
        for row in self.rows:
            if row.tick.isChecked() and row.login.text().strip() in self.given:
                row.show_password(self.given[row.login.text().strip()][1])
        for made in (self.copy_button, self.print_button):
            made.setVisible(bool(self.given))
        self._label()

    def slips(self) -> list[str]:
        """What each colleague is given: where, as whom, with which password."""
        address, pair = self.journey.seats_address(), Text("{label}: {value}").source

        def slip(login: str, name: str, secret: str) -> str:
            lines = ((Text("Server"), address), (HEADS[1], login), (Text("Password"), secret))
            return "\n".join([name, *(say(Text(pair, label=words, value=value)) for words, value in lines)])

        return [slip(login, *found) for login, found in self.given.items()]

    @Slot()
    def _on_copy(self) -> None:
        self.stepper.tell(clipboard.secret("\n\n".join(self.slips()), Text("Copied: hand each one out by itself")), "soft")

    @Slot()
    def _on_print(self) -> None:
        from PySide6.QtGui import QTextDocument

        from crm_desktop.ui import theme
        from crm_desktop.ui.print_preview import PrintPreview

        made = QTextDocument()
        made.setDefaultFont(theme.font(12))
        made.setPlainText("\n\n— — — — — — — —\n\n".join(self.slips()))
        PrintPreview(self.window(), made, say(Text("Log-ins"))).open()

    def changeEvent(self, event: QEvent) -> None:
        """Choices are no words of a widget: they are said again here."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "rows"):
            for row in self.rows:
                row.say_roles()
        super().changeEvent(event)
