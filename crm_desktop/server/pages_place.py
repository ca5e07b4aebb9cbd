"""The first step of each wizard: where the server is, and its administrator's log-in. The password is kept nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QLineEdit, QRadioButton, QWidget

from crm_desktop.record.text import Text, say
from crm_desktop.server import doing, link
from crm_desktop.server.doing import Found
from crm_desktop.server.link import Place
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.speech import put
from crm_desktop.ui.stepper import Step
from crm_desktop.ui.widgets import PlainLabel, card
from crm_desktop.ui.widgets import link as link_button

if TYPE_CHECKING:
    from crm_desktop.server.pages import Journey

ADMINISTRATOR = "postgres"
TOLD = Text("PostgreSQL 15 to 18 is installed on the PC of the server, as docs/server.md says. Its administrator is who installed it: mostly postgres, with the password chosen then.")

NOT_READY = Text("The database {database} is not prepared there for this version of the program. Use Settings > Prepare a server … first.")


class Lines:
    """Editors under each other, with their words at the left."""

    def __init__(self, parent: QWidget) -> None:
        self.parent, self.grid = parent, QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)

    def line(self, words: Text, hint: str = "", *, hidden: bool = False) -> Edit:
        """A line to type in."""
        made = Edit(self.parent)
        made.setPlaceholderText(hint)
        if hidden:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        put(made, "setAccessibleName", words)
        self.add(words, made)
        return made

    def add(self, words: Text, made: QWidget, beside: QWidget | None = None) -> None:
        """An editor, and what stands beside it."""
        at = self.grid.rowCount()
        label = PlainLabel(self.parent, "soft", words)
        made.setProperty("label", label)
        self.grid.addWidget(label, at, 0)
        self.grid.addWidget(made, at, 1)
        if beside is not None:
            self.grid.addWidget(beside, at, 2)


class PlaceStep(Step):
    """Where the server is and who looks after it."""

    title = Text("Server")

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self.journey = journey
        frame, box = card(self)
        told = PlainLabel(frame, "soft", TOLD)
        told.setWordWrap(True)
        box.addWidget(told)
        self.here, self.away = QRadioButton(frame), QRadioButton(frame)
        group = QButtonGroup(self)
        for each, words in ((self.here, Text("The server is on this PC")), (self.away, Text("The server is on another PC"))):
            put(each, "setText", words)
            group.addButton(each)
            box.addWidget(each)
        lines = Lines(frame)
        self.server = lines.line(Text("Server"), "192.168.1.20/crm")
        self.user = lines.line(Text("Administrator's log-in"))
        self.password = lines.line(Text("Administrator's password"), hidden=True)
        self.authority = lines.line(Text("Certificate (ca.crt)"))
        self.choose = link_button(frame, Text("Choose …"))
        self.choose.clicked.connect(self._on_choose)
        lines.grid.addWidget(self.choose, lines.grid.rowCount() - 1, 2)
        put(self.authority, "setPlaceholderText", Text("when the server has one already"))
        box.addLayout(lines.grid)
        note = PlainLabel(frame, "soft", Text("The password is kept nowhere: it is gone when this window is closed."))
        box.addWidget(note)
        box.addStretch(1)
        self.box.addWidget(frame)
        self.box.addStretch(1)
        self._begin()

    def _begin(self) -> None:
        known = self.journey.first_address()
        self.server.setText(known.server)
        self.user.setText(ADMINISTRATOR)
        self.authority.setText(known.authority)
        (self.here if known.is_here else self.away).setChecked(True)
        self.here.toggled.connect(self._on_where)
        for each in (self.server, self.user, self.authority):
            each.entered.connect(self.password.setFocus)
        self.password.entered.connect(self.stepper.next_button.click)

    def entered(self) -> None:
        self.journey.place = None
        self.password.setFocus()

    @Slot(bool)
    def _on_where(self, here: bool) -> None:
        hosts, _, database = self.server.text().partition("/")
        if here:
            self.server.setText(f"127.0.0.1/{database or link.DATABASE}")
        elif hosts.startswith(("127.", "localhost")):
            self.server.clear()
        (self.password if here else self.server).setFocus()

    @Slot()
    def _on_choose(self) -> None:
        found, _ = QFileDialog.getOpenFileName(self, say(Text("Certificate of the server (ca.crt)")), str(Path.home()), "*.crt *.pem *.cer")
        if found:
            self.authority.setText(found)

    def typed(self) -> Place:
        """What is typed. Raises Refused for what is no address."""
        server = self.server.text().strip().strip("/")
        whole = server if "://" in server else f"postgresql://{self.user.text().strip() or ADMINISTRATOR}@{server}"
        return Place(whole, self.authority.text().strip())

    def go(self) -> None:
        secret = self.password.text()
        self.stepper.run(Text("Asking the server"), lambda job: self._look(secret, job), self._on_found, failed=self.password.selectAll)

    def _look(self, secret: str, _job: Job) -> tuple[Place, Found]:
        place = self.typed()
        link.sign_in(place, lambda _: secret)
        return place, doing.look(place)

    def _on_found(self, answer: tuple[Place, Found]) -> None:
        self.journey.place, self.journey.found = answer
        self.journey.authority = self.journey.authority or answer[0].authority
        self.password.clear()
        if self.journey.needs_ready and not answer[1].ready:
            self.stepper.tell(Text(NOT_READY.source, database=answer[0].database))
        else:
            self.stepper.forward()
