"""Preparing a server: what will be done is listed, then done; the fingerprint to write down; PostgreSQL restarted once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from crm_desktop.record.rights import ROLE_CODES
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.server import certificates, doing, here
from crm_desktop.server.doing import Plan, Prepared
from crm_desktop.server.pages_place import Lines
from crm_desktop.store.server.door import fingerprint
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.speech import put
from crm_desktop.ui.stepper import NEXT, Step
from crm_desktop.ui.widgets import PlainLabel, button, card
from crm_desktop.ui.widgets import link as link_button

if TYPE_CHECKING:
    from crm_desktop.server.pages import Journey

GO = Text("Prepare the server")
AGAIN = Text("PostgreSQL was restarted: go on")
NO_NAME = Text("Type the name or the address the seats know the server by, as 192.168.1.20.")
BY_HAND = Text("Database and rights are ready. Only the administrator of this PC may write into the server's own folder: have them type this once (Linux: with sudo; Windows: in a window opened as administrator).")
HALF = 48  # letters of a fingerprint in a line


class PrepareStep(Step):
    """Database, roles, rights and certificates."""

    title, words = Text("Prepare"), GO

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self.journey = journey
        self.done: Prepared | None = None
        self._part: Text | None = None  # the one that was being done
        self.box.addWidget(self._asked())
        self.box.addWidget(self._listed())
        self.box.addWidget(self._by_hand())
        self.box.addWidget(self._result())
        self.box.addStretch(1)

    def _asked(self) -> QWidget:
        """What only the server's own PC is asked."""
        self.own = QWidget(self)
        lines = Lines(self.own)
        lines.grid.setContentsMargins(0, 0, 0, 0)
        self.names = lines.line(Text("The seats know it as"), "192.168.1.20")
        self.names.setText(doing.own_address())
        self.lan = lines.line(Text("Who may come"))
        put(self.lan, "setPlaceholderText", Text("the networks this PC stands in; another one as 192.168.5.0/24"))
        self.folder = lines.line(Text("Folder of the certificates"))
        self.folder.setText(str(self.journey.folder))
        choose = link_button(self.own, Text("Choose …"))
        choose.clicked.connect(self._on_choose)
        lines.grid.addWidget(choose, lines.grid.rowCount() - 1, 2)
        self.names.textEdited.connect(self._list)
        self.folder.textEdited.connect(self._list)
        self.own.setLayout(lines.grid)
        return self.own

    def _listed(self) -> QWidget:
        self.listed, box = card(self)
        self.list = PlainLabel(self.listed)
        self.list.setWordWrap(True)
        box.addWidget(PlainLabel(self.listed, "h2", Text("What will be done")))
        box.addWidget(self.list)
        return self.listed

    def _result(self) -> QWidget:
        self.result, box = card(self)
        self.good = PlainLabel(self.result, "h2")
        self.print_told, self.print_of = PlainLabel(self.result), PlainLabel(self.result, "h2")
        self.print_of.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more, self.restart = PlainLabel(self.result, "soft"), PlainLabel(self.result, "warning")
        self._put_in(box, self.good, self.print_told, self.print_of, self.more, self.restart)
        self.result.hide()
        return self.result

    def _by_hand(self) -> QWidget:
        """What is left where this window may not write into the server's folder."""
        self.by_hand, box = card(self)
        told = PlainLabel(self.by_hand, "", BY_HAND)
        told.setWordWrap(True)
        self.command = PlainLabel(self.by_hand, "small")
        self.command.setWordWrap(True)
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.typed_button = button(self.by_hand, Text("It was done that way: go on"))
        self.typed_button.clicked.connect(self._on_typed)
        for each in (told, self.command, self.typed_button):
            box.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft if each is self.typed_button else Qt.AlignmentFlag(0))
        self.by_hand.hide()
        return self.by_hand

    def _put_in(self, box: QVBoxLayout, *labels: PlainLabel) -> None:
        for each in labels:
            each.setWordWrap(each is not self.print_of)
            box.addWidget(each)

    def entered(self) -> None:
        self.own.setVisible(self.is_here and self.done is None)
        self._list()

    @property
    def is_here(self) -> bool:
        """True when the server is on this PC."""
        return self.journey.known.is_loopback

    def plan(self) -> Plan:
        """What is typed. Raises Refused where a name is missing."""
        if not self.is_here:
            return Plan()
        names = tuple(self.names.text().replace("，", " ").replace(",", " ").split())
        if not names:
            raise Refused(NO_NAME)
        lan = self.lan.text().strip() or here.LAN
        return Plan(names, self._folder(), True, lan)

    def _folder(self) -> Path:
        return Path(self.folder.text().strip()).expanduser()

    @Slot()
    def _on_choose(self) -> None:
        if found := QFileDialog.getExistingDirectory(self, say(Text("Folder of the certificates")), str(self._folder().parent)):
            self.folder.setText(found)
            self._list()

    @Slot()
    def _list(self) -> None:
        """What will be done, line by line."""
        put(self.list, "setText", "\n".join(f"· {say(one)}" for one in self.lines()))

    def lines(self) -> list[Text]:
        """What will be done."""
        found, place = self.journey.found, self.journey.known
        assert found is not None
        database = Text("The database {database} is there already: it is brought to this version, its data stays as it is.", database=place.database)
        made = Text("The database {database} is made; its owner is nobody who could sign in.", database=place.database)
        lines = [
            Text("The server is PostgreSQL {version}.", version=found.version), database if found.there else made,
            Text("{count} roles with their rights: the server itself refuses what a role may not do.", count=len(ROLE_CODES)),
            Text("The tables, the log of changes nobody can rewrite, and the rules for rows."),
        ]  # fmt: skip
        return lines + (self._lines_here() if self.is_here else [BEYOND])

    def _lines_here(self) -> list[Text]:
        return [
            Text("A certificate authority of your own and the server's certificate, in {folder}.", folder=self._folder()),
            Text("TLS is switched on, and pg_hba.conf lets in only members of the department, from the hotel's network, with their password; the former file stays beside it (.before-crm)."),
        ]

    def go(self) -> None:
        if self.done is not None:
            self._go_on()
            return
        try:
            plan = self.plan()
        except Refused as error:
            self.stepper.tell(error.text)
            self.names.setFocus()
            return
        self.stepper.run(Text("Preparing the server"), partial(self._prepare, plan), partial(self._on_prepared, plan), failed=partial(self._on_failed, plan))

    def _prepare(self, plan: Plan, job: Job) -> Prepared:
        def tell(part: Text) -> None:
            self._part = part
            job.say(part)
            job.step(0, 0)

        return doing.prepare(self.journey.known, plan, tell)

    def _on_failed(self, plan: Plan) -> None:
        """The server's own folder belongs to its administrator: what is left is said as a command."""
        if self._part != doing.HERE:
            return
        place = self.journey.known
        lan = [] if plan.lan == here.LAN else ["--lan", plan.lan]
        names = [word for name in plan.names for word in ("--name", name)]
        words = ["main.py", "server", "init", f"postgresql://{place.user}@{place.host}:{place.port}/{place.database}", "--here", *names, "--certificates", str(plan.folder), *lan]
        self.command.setText(" ".join(f'"{word}"' if " " in word else word for word in words))
        self._plan = plan
        self.by_hand.show()

    @Slot()
    def _on_typed(self) -> None:
        self.stepper.run(Text("Asking the server"), partial(self._after_hand, self._plan), partial(self._on_prepared, self._plan))

    def _after_hand(self, plan: Plan, _job: Job) -> Prepared:
        return Prepared(fingerprint(plan.folder / certificates.AUTHORITY), here.waits_for_restart(self.journey.known))

    def _on_prepared(self, plan: Plan, done: Prepared) -> None:
        self.done = done
        if plan.here:
            self.journey.authority = str(plan.folder / certificates.AUTHORITY)
            self.journey.names = list(plan.names)
        put(self.good, "setText", Text("The database {database} is ready.", database=self.journey.known.database))
        for each in (self.print_told, self.print_of, self.more):
            each.setVisible(bool(done.fingerprint))
        put(self.print_told, "setText", Text("Write this fingerprint down: every seat compares it when it first opens the server."))
        self.print_of.setText(f"{done.fingerprint[:HALF]}\n{done.fingerprint[HALF:]}")
        put(self.more, "setText", Text(
            "Give every seat {file}. Lock {key} away: whoever has it can pass for your server.",
            file=plan.folder / certificates.AUTHORITY, key=plan.folder / certificates.AUTHORITY_KEY,
        ))  # fmt: skip
        self._say_restart(done.restart)
        self.own.hide()
        self.by_hand.hide()
        self.listed.hide()
        self.result.show()

    def _say_restart(self, needed: bool) -> None:
        put(self.restart, "setText", RESTART)
        self.restart.setVisible(needed)
        self.words = AGAIN if needed else NEXT
        self.stepper.label()

    def _go_on(self) -> None:
        assert self.done is not None
        if self.done.restart:
            self.stepper.run(Text("Asking the server"), self._waits, self._on_waits)
        else:
            self.stepper.forward()

    def _waits(self, _job: Job) -> bool:
        return here.waits_for_restart(self.journey.known)

    def _on_waits(self, waits: bool) -> None:
        if waits:
            self.stepper.tell(Text("PostgreSQL answers, but it was not restarted yet."))
            return
        self.done = Prepared(self.done.fingerprint if self.done else "", False)
        self._say_restart(False)
        self.stepper.forward()


RESTART = Text(
    "Restart PostgreSQL once, so that it answers the network: sudo systemctl restart postgresql (Windows: Services, postgresql-x64 …, Restart). Then press the button."
)
BEYOND = Text("Its certificate, TLS and pg_hba.conf are made on that PC itself: run this wizard there, too (or: server init --here).")
