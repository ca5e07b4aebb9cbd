"""The door: shown before data that opens with a password, and instead of a window that was locked.

Every try runs in a thread of its own; the window stays alive meanwhile, and counts the seconds of a wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from crm_desktop.desk import sign_in
from crm_desktop.desk.settings import LOGIN, OWN_FILE, Settings
from crm_desktop.desk.sign_in import Session
from crm_desktop.record.text import Text
from crm_desktop.store import device, keys, tries, wraps
from crm_desktop.store.device import Keyring
from crm_desktop.ui.door import LOCKED, SIGN_IN, TITLE, Door, ask, dress, label_of, line, page
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, button, link

SECOND = 1_000  # ms


class SignIn(Door):
    """`done` carries the Session of who came in, `closed` that nobody did.

    `person` (id, name, log-in name) is whose window was locked; nobody at the start of the program."""

    def __init__(
        self, database: Path, settings: Settings, ring: Callable[[], Keyring | None], person: tuple[int, str, str] | None = None
    ) -> None:
        super().__init__(settings, LOCKED if person else TITLE)
        self._database, self._ring, self._person = database, ring, person
        self.pages = [self._make_password(self.frame), self._make_recovery(self.frame)]
        for each in self.pages:
            self.box.addWidget(each)
        self.pages[1].hide()
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND)
        self._timer.timeout.connect(self._count)
        self._begin()

    # building

    def _make_password(self, frame: QFrame) -> QWidget:
        made, box = page(frame)
        self.who = PlainLabel(made, "h2")
        box.addWidget(self.who)
        self.login = line(made, box, Text("Log-in name"))
        self.password = line(made, box, Text("Password"), hidden=True)
        self.login.entered.connect(self.password.setFocus)
        self.password.entered.connect(self.try_password)
        self.go = button(made, SIGN_IN, primary=True)
        self.go.clicked.connect(self.try_password)
        box.addWidget(self.go)
        self.quick = button(made, Text("Sign in with this PC's keyring"))
        self.quick.clicked.connect(self.try_keyring)
        box.addWidget(self.quick)
        links = QHBoxLayout()
        self.other = link(made, Text("Sign in as somebody else"))
        self.other.clicked.connect(self._on_other)
        self.recover = link(made, Text("Use the recovery key"))
        self.recover.clicked.connect(self._on_recover)
        self.usual = link(made, Text("Open this PC's usual data"))
        self.usual.clicked.connect(self._on_usual)
        links.addWidget(self.other)
        links.addWidget(self.recover)
        links.addWidget(self.usual)
        links.addStretch(1)
        box.addLayout(links)
        return made

    def _make_recovery(self, frame: QFrame) -> QWidget:
        made, box = page(frame)
        told = PlainLabel(made, "soft", Text("The sheet has eight groups of five letters. It opens the data and gives one colleague a new password."))
        told.setWordWrap(True)
        box.addWidget(told)
        self.printed = line(made, box, Text("Recovery key"))
        self.new_login = line(made, box, Text("Log-in name"))
        self.new_password = line(made, box, Text("New password"), hidden=True)
        self.again = line(made, box, Text("The same once more"), hidden=True)
        self.again.entered.connect(self.try_recovery)
        self.open_button = button(made, Text("Open the data"), primary=True)
        self.open_button.clicked.connect(self.try_recovery)
        box.addWidget(self.open_button)
        back = link(made, Text("Back"))
        back.clicked.connect(self._on_back)
        box.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _begin(self) -> None:
        person = self._person
        put(self.who, "setText", person[1] if person else "")
        self.who.setVisible(person is not None)
        for each in (self.login, label_of(self.login)):
            each.setVisible(person is None)
        self.other.setVisible(person is not None)
        self.login.setText(person[2] if person else self._settings.get(LOGIN))
        self.quick.setVisible(self._device() is not None)
        self.usual.setVisible(person is None and str(self._database) == self._settings.get(OWN_FILE))
        (self.password if self.login.text() else self.login).setFocus()

    def _device(self) -> int | None:
        """Whom the keyring of this PC may let in: who is named in the box."""
        database_id = keys.database_id(self._database)
        named = {login.casefold(): person for person, login in wraps.people(database_id).items()}
        person = named.get(self.login.text().strip().casefold())
        return person if person is not None and wraps.has_device(database_id, person) else None

    # trying

    @Slot()
    def try_password(self) -> None:
        """Sign in with what is typed."""
        if self.go.isEnabled():
            self.try_it(partial(sign_in.open_with_password, self._database, self.login.text().strip(), self.password.text()))

    @Slot()
    def try_keyring(self) -> None:
        """Sign in with what the keyring of the system keeps."""
        person = self._device()
        if person is not None:
            self.try_it(partial(_by_keyring, self._database, person, self._ring))

    @Slot()
    def try_recovery(self) -> None:
        """Open the data with the printed key."""
        if self.new_password.text() != self.again.text():
            self.say(Text("The two passwords are not the same."))
        elif self.open_button.isEnabled():
            login = self.new_login.text().strip()
            self.try_it(partial(sign_in.recover, self._database, self.printed.text(), login, self.new_password.text()))

    def buttons(self) -> list[QPushButton]:
        return [self.go, self.quick, self.open_button]

    def came_in(self, answer: Session) -> None:
        self._settings.set(LOGIN, self.login.text().strip() or self.new_login.text().strip())
        self.password.clear()

    def refused(self) -> None:
        self.password.selectAll()
        self.password.setFocus()
        self._count()

    @Slot()
    def _count(self) -> None:
        """Say how long one must wait, each second."""
        left = tries.left(keys.database_id(self._database), self.login.text().strip())
        if left:
            self.say(Text("Too many wrong passwords. Try again in {seconds} seconds.", seconds=left))
            self._timer.start()
        elif self._timer.isActive():
            self._timer.stop()
            self.say("")
        self.go.setEnabled(not left)

    # the rest

    @Slot()
    def _on_other(self) -> None:
        self._person = None
        put(self.title, "setText", TITLE)
        self._begin()
        self.login.clear()
        self.login.setFocus()
        self.quick.hide()

    @Slot()
    def _on_usual(self) -> None:
        self._settings.set(OWN_FILE, "")
        self.close()

    @Slot()
    def _on_recover(self) -> None:
        self.say("")
        self.new_login.setText(self.login.text())
        self._show(1)
        self.printed.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self.say("")
        self._show(0)

    def _show(self, at: int) -> None:
        for number, each in enumerate(self.pages):
            each.setVisible(number == at)


def _by_keyring(database: Path, person: int, ring: Callable[[], Keyring | None]) -> Session:
    return sign_in.open_with_device(database, person, ring())


def locked(store: Any, settings: Settings, name: str) -> SignIn:
    """The door of a window that was locked by whoever is signed in; `name` is theirs."""
    login = wraps.people(store.keys.database_id).get(settings.person, "")
    return SignIn(store.path, settings, device.find, (settings.person, name, login) if login else None)


def came_in(database: Path, settings: Settings) -> bool:
    """Ask at the start of the program; False when the door was closed. The settings know then who it was."""
    dress(settings)
    session: Session | None = ask(SignIn(database, settings, device.find))
    if session is None:
        return False
    settings.person, settings.session = session.person, session
    return True
