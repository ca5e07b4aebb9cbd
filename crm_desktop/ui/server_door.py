"""The door to a department's server: which one, what it is known by, and a colleague's own log-in there. Address and log-in name
are remembered on this PC, the password never."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.desk.settings import LOGIN, SERVER, Settings
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.server import door as ways
from crm_desktop.store.server.door import Entrance
from crm_desktop.ui.door import LOCKED, SIGN_IN, TITLE, Door, ask, dress, label_of, line, page
from crm_desktop.ui.screen import nobody_sees
from crm_desktop.ui.speech import literal, put
from crm_desktop.ui.widgets import PlainLabel, button, link

T = TypeVar("T")
SIZE = (720, 600)
SECRET = "CRM_DESKTOP_PASSWORD"
OWN_DATA = ""  # what `done` carries for: not the server, the data of this PC
HALF = 48  # letters of a fingerprint in a line


class ServerDoor(Door):
    """`done` carries the address that opens the server in this run, with the password; OWN_DATA for the data of this PC.

    `person`: whose window was locked; only the password is asked for then, or somebody else's log-in."""

    def __init__(self, entrance: Entrance, settings: Settings, *, person: str = "", own_data: bool = False) -> None:
        super().__init__(settings, LOCKED if person else TITLE)
        self._more, self._authority = entrance.more, entrance.authority or ("" if "sslmode" in entrance.more else ways.usual_authority())
        made, box = page(self.frame)
        self.box.addWidget(made)
        self.who = PlainLabel(made, "h2", person)
        self.who.setVisible(bool(person))
        box.addWidget(self.who)
        box.addLayout(self._make_known(made, entrance.server))
        self.place = self._make_place(made)
        box.addWidget(self.place)
        self._make_lines(made, box, person, own_data)
        self.server.setText(entrance.server)
        self.login.setText(entrance.login or settings.get(LOGIN))
        self._show_authority()
        self._show_place(not self._is_known(entrance))
        self.resize(*SIZE)
        self._focus()

    # building

    def _make_known(self, parent: QWidget, server: str) -> QHBoxLayout:
        row = QHBoxLayout()
        self.known = PlainLabel(parent, "soft", Text("Server {server}", server=server))
        self.change = link(parent, Text("Another server"))
        self.change.clicked.connect(self._on_change)
        row.addWidget(self.known)
        row.addStretch(1)
        row.addWidget(self.change)
        return row

    def _make_place(self, parent: QWidget) -> QWidget:
        made, box = page(parent)
        self.server = line(made, box, Text("Server"))
        self.server.setPlaceholderText("192.168.1.20/crm")
        row = QHBoxLayout()
        self.authority = PlainLabel(made, "soft")
        self.choose = link(made, Text("Choose …"))
        self.choose.clicked.connect(self._on_choose)
        row.addWidget(self.authority, 1)
        row.addWidget(self.choose)
        box.addLayout(row)
        self.print_told = PlainLabel(made, "soft", Text("Compare its fingerprint with the one read out to you:"))
        self.print_of = PlainLabel(made, "small")
        box.addWidget(self.print_told)
        self.print_of.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.print_of)
        self.server.entered.connect(self._focus)
        return made

    def _make_lines(self, parent: QWidget, box: QVBoxLayout, person: str, own_data: bool) -> None:
        self.login = line(parent, box, Text("Log-in name"))
        self.password = line(parent, box, Text("Password"), hidden=True)
        self.login.entered.connect(self.password.setFocus)
        self.password.entered.connect(self.try_password)
        self.go = button(parent, SIGN_IN, primary=True)
        self.go.clicked.connect(self.try_password)
        box.addSpacing(4)
        box.addWidget(self.go)
        for each in (self.login, label_of(self.login)):
            each.setVisible(not person)
        row = QHBoxLayout()
        self.other = link(parent, Text("Sign in as somebody else"))
        self.other.clicked.connect(self._on_other)
        self.other.setVisible(bool(person))
        self.own = link(parent, Text("Work with this PC's own data"))
        self.own.clicked.connect(self._on_own)
        self.own.setVisible(own_data)
        row.addWidget(self.other)
        row.addWidget(self.own)
        row.addStretch(1)
        box.addLayout(row)

    def _is_known(self, entrance: Entrance) -> bool:
        try:
            Entrance(entrance.server, entrance.login or "x", self._authority, self._more).check()
        except Refused:
            return False
        return True

    def _show_place(self, asked: bool) -> None:
        self.place.setVisible(asked)
        for each in (self.known, self.change):
            each.setVisible(not asked)
        self.change.setVisible(not asked and not self.who.text())

    def _show_authority(self) -> None:
        words = ""
        if self._authority:
            put(self.authority, "setText", Text("Certificate {file}", file=Path(self._authority).name))
            self.authority.setToolTip(literal(self._authority))
            try:
                found = ways.fingerprint(Path(self._authority))
                words = f"{found[:HALF]}\n{found[HALF:]}"
            except Refused as error:
                self.say(error.text)
        else:
            put(self.authority, "setText", Text("Certificate of the server (ca.crt)"))
        self.print_of.setText(words)
        for each in (self.print_told, self.print_of):
            each.setVisible(bool(words))

    # doing

    def entrance(self) -> Entrance:
        """What is typed."""
        typed = self.server.text().strip()
        if "://" not in typed:
            return Entrance(typed, self.login.text(), self._authority, self._more)
        found = Entrance.of(typed)  # a whole address was pasted
        return Entrance(found.server, self.login.text() or found.login, found.authority or self._authority, found.more)

    @Slot()
    def try_password(self) -> None:
        """Sign in with what is typed."""
        if not self.go.isEnabled():
            return
        try:
            entrance = self.entrance()
            entrance.check()
        except Refused as error:
            self.say(error.text)
            self._focus()
            return
        self.try_it(partial(ways.enter, entrance, self.password.text()))

    def buttons(self) -> list[QPushButton]:
        return [self.go]

    def came_in(self, answer: str) -> None:
        entrance = ways.split(answer)[0]
        self._settings.set(SERVER, entrance.address())
        self._settings.set(LOGIN, entrance.login)
        self.password.clear()

    def refused(self) -> None:
        self.password.selectAll()
        self.password.setFocus()

    def _focus(self) -> None:
        lines = [self.server] if self.place.isVisibleTo(self) else []
        empty = [each for each in (*lines, self.login, self.password) if not each.text()]
        (empty[0] if empty else self.password).setFocus()

    @Slot()
    def _on_change(self) -> None:
        self._show_place(True)
        self.server.setFocus()
        self.server.selectAll()

    @Slot()
    def _on_choose(self) -> None:
        start = str(Path(self._authority).parent) if self._authority else str(Path.home())
        found, _ = QFileDialog.getOpenFileName(self, say(Text("Certificate of the server (ca.crt)")), start, "*.crt *.pem *.cer")
        if found:
            self.take_authority(found)

    def take_authority(self, file: str) -> None:
        """Know the server by this certificate."""
        self._authority = file
        self._more.pop("sslmode", None)
        self.say("")
        self._show_authority()
        self._focus()

    @Slot()
    def _on_other(self) -> None:
        put(self.title, "setText", TITLE)
        self.who.hide()
        self.other.hide()
        for each in (self.login, label_of(self.login)):
            each.show()
        self.login.clear()
        self.login.setFocus()

    @Slot()
    def _on_own(self) -> None:
        self._let_in = True
        self._settings.set(SERVER, "")
        self.done.emit(OWN_DATA)


def entrance_of(address: str) -> Entrance:
    """Where an address leads, as the door shows it; an empty one leads nowhere yet."""
    return ways.split(address)[0] if address else Entrance("")


def came_in(address: str, settings: Settings, told: Text | None = None, *, own_data: bool = False) -> str | None:
    """Ask at the start of the program: the address that opens the server, OWN_DATA, or None when the door was closed. A password
    in the environment is taken without asking, once. `told`: why it did not open a moment ago. Raises Refused."""
    if told is None and SECRET in os.environ:
        return ways.enter(Entrance.of(address), os.environ[SECRET])
    entrance = ways.split(address)[0] if told else Entrance.of(address)
    dress(settings)
    door = ServerDoor(entrance, settings, own_data=own_data)
    if told is not None:
        door.say(told)
    answer: str | None = ask(door)
    return answer


def begin(server: str, settings: Settings, opened: Callable[[str, Settings], T], own: Callable[[], T | None] | None) -> T | None:
    """What `opened` makes of the server's data, once somebody signed in there, or `own` of this PC's; None when the door was closed.
    What keeps it from opening is said at the door. Raises Refused where nobody would see that."""
    told: Text | None = None
    while (address := came_in(server, settings, told, own_data=own is not None)) is not None:
        if address == OWN_DATA:
            return own() if own else None
        try:
            return opened(address, settings)
        except Refused as error:
            if nobody_sees():
                raise
            server, told = address, error.text
    return None
