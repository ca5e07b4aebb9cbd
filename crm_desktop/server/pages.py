"""The wizards about a department's server, which the window opens; each step is a page_*.py beside this one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QCloseEvent
from shiboken6 import isValid

from crm_desktop.desk.settings import SAMPLE, SERVER, Settings
from crm_desktop.record.text import Refused, Text
from crm_desktop.server.doing import Found
from crm_desktop.server.link import Place
from crm_desktop.store.address import Address, is_server
from crm_desktop.store.folders import data_folder
from crm_desktop.store.server.door import Entrance, usual_authority
from crm_desktop.ui.server_door import ServerDoor, entrance_of
from crm_desktop.ui.stepper import Step, Stepper

if TYPE_CHECKING:
    from crm_desktop.store.store import Store

PREPARE, MOVE, FETCH, PLAINLY = "prepare", "move", "fetch", "plainly"  # the last: who fetches may have a plain file
TITLES = {PREPARE: Text("Prepare a server"), MOVE: Text("Move this PC's data to the server"), FETCH: Text("Bring the server's data back to this PC")}
NO_LOG_IN = Text(
    "Nobody has a log-in at the server yet: without one nobody opens the data there. Give at least one colleague a log-in, or close once more to do it later by command (server add-user)."
)
FOLDER = "server-certificates"


class Host(Protocol):
    """The program around the wizard."""

    settings: Settings
    store: Store
    window: Any
    wizard: Any  # the one opened last; it may be gone

    def apart(self, then: Callable[[], None]) -> None:
        """Let go of window and data once what is typed is safe, then go on."""

    def move_to(self, address: str) -> None:
        """Open other data."""

    def work_on(self, file: str) -> None:
        """Open another file of this PC, at later starts too."""

    def come_back(self, *, create: bool = False) -> None:
        """Open them again."""

    def open_at(self, address: str) -> None:
        """Open the data of a server while nothing is open. Raises Refused."""


class Journey(Stepper):
    """A wizard with what its steps learn on the way. The administrator's password lives in `place` only, and goes with it."""

    def __init__(self, kind: str, host: Host) -> None:
        super().__init__(TITLES[kind])
        self.kind, self.host = kind, host
        self.place: Place | None = None
        self.found: Found | None = None
        self.authority = ""  # the file the seats know the server by
        self.folder = data_folder() / FOLDER
        self.names: list[str] = []  # what the seats may call the server
        self.data: Address = host.store.address  # the window works on
        self.moved = self.given = self._apart = self._warned = False  # `given`: somebody has a log-in there
        self._there = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.closed.connect(self._on_closed)
        self._stay_by_window()

    @property
    def known(self) -> Place:
        """The server, once somebody signed in there."""
        assert self.place is not None
        return self.place

    def first_address(self) -> Entrance:
        """The server this PC knows already, or one on this PC."""
        at = str(self.data) if is_server(self.data) else self.host.settings.get(SERVER)
        return Entrance.of(_plain(at)) if at else Entrance("127.0.0.1/crm", authority=usual_authority())

    @property
    def needs_ready(self) -> bool:
        """True where the server must have been prepared before."""
        return self.kind != PREPARE

    def may_move(self) -> bool:
        """True where this PC's own data could go to the server."""
        return not is_server(self.data) and not self.host.settings.get(SAMPLE)

    def seats_address(self) -> str:
        """What the seats type."""
        place = self.known
        host = self.names[0] if self.names else place.host
        return f"{host if place.port == PORT else f'{host}:{place.port}'}/{place.database}"

    # while the window is away

    def apart(self, then: Callable[[], None]) -> None:
        """Have the window and its data closed, then go on: the wizard stays."""
        self._apart = True
        self.host.apart(then)

    def come_back(self) -> None:
        """Have them opened again, as they were."""
        self.host.come_back()
        self._apart = False
        self._stay_by_window()
        self.raise_()

    def keep_server(self) -> None:
        """The data is there now: the next start asks at the server."""
        self.moved = True
        self._there = Entrance(self.seats_address(), "", self.authority).address()
        self.host.settings.set(SERVER, self._there)

    def _stay_by_window(self) -> None:
        self.host.window.installEventFilter(self)
        self.host.window.destroyed.connect(self._on_window_gone)

    @Slot()
    def _on_window_gone(self) -> None:
        if not self._apart:
            self.deleteLater()

    @Slot()
    def _on_closed(self) -> None:
        if self.moved:
            door = self.host.wizard = ServerDoor(entrance_of(self._there), self.host.settings)
            door.done.connect(partial(_came, self.host, door))
            door.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.moved and not self.given and not self._warned and self.job is None:
            self._warned = True
            event.ignore()
            self.tell(NO_LOG_IN)
            return
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is hidden while the window is: that is locked then, or closed."""
        if not self._apart and watched is self.host.window and event.type() in (QEvent.Type.Hide, QEvent.Type.Show):
            self.setVisible(event.type() == QEvent.Type.Show)
        return super().eventFilter(watched, event)


PORT = 5432


def _plain(address: str) -> str:
    from crm_desktop.store.server.door import without_secret

    return str(without_secret(address))


def _came(host: Host, door: ServerDoor, address: str) -> None:
    """Somebody signed in where the data is now."""
    try:
        host.open_at(address)
    except Refused as error:
        door.say(error.text)
    else:
        door.close()


def wizard(kind: str, host: Host) -> Journey:
    """A wizard, shown; the one that is at work already, while it is."""
    if host.wizard is not None and isValid(host.wizard) and isinstance(host.wizard, Journey):
        if host.wizard.job is not None:
            host.wizard.activateWindow()
            return host.wizard
        host.wizard.close()
    from crm_desktop.server.pages_check import CheckStep
    from crm_desktop.server.pages_fetch import FetchStep
    from crm_desktop.server.pages_move import MoveStep
    from crm_desktop.server.pages_people import PeopleStep
    from crm_desktop.server.pages_place import PlaceStep
    from crm_desktop.server.pages_prepare import PrepareStep

    kind, _, more = kind.partition(" ")
    made = Journey(kind, host)
    steps: list[Step] = [PlaceStep(made)]
    if kind == FETCH:
        steps.append(FetchStep(made, may_plain=more == PLAINLY))
    else:
        steps += [PrepareStep(made)] if kind == PREPARE else []
        steps += [MoveStep(made)] if made.may_move() else []
        steps += [PeopleStep(made), CheckStep(made)]
    made.lead(steps)
    made.show()
    return made

