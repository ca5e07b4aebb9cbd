"""The window's composition root: settings, store, desk, jobs, window."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.desk import program_log
from crm_desktop.desk.settings import OWN_FILE, SECOND_PLACE, SERVER, own_database, usual_database

# The duties come before PySide6, which reads the source of every module that is imported after it.
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.record.dates import business_date
from crm_desktop.record.later import named
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.address import Address, is_server
from crm_desktop.ui import around, imports, rescue
from crm_desktop.ui.screen import PACKAGES, missing_screen, nobody_sees

AWAY = Text("The data this PC works on, {file}, is not there. Is its disk connected? Nothing was changed.")
STAYED = Text("Nobody signed in there; everything is as it was.")
_destroy = around.destroy
BEGIN_AFTER, LOG_AFTER = 500, 3_000  # ms: when nobody waits for it any more
BACKUP_FIRST, BACKUP_EVERY = 2 * 60_000, 30 * 60_000


def run(database: str, settings: Any, begun: float | None = None, *, sample: str = "") -> int:
    """Open the window on a database (the person's own when not named); returns the exit status.

    `begun`: when the program began (time.monotonic); `sample`: open the sample hotel (`--demo`), or make it anew (`--fresh`)."""
    try:
        problem = missing_screen()
        if problem is None:
            from PySide6.QtWidgets import QApplication
    except ImportError as error:
        problem = Text("A library the window needs is missing ({reason}). On Debian: apt install {packages}", reason=str(error), packages=PACKAGES)
    if problem is not None:
        print(say(problem), file=sys.stderr)
        return 1
    app = QApplication.instance() or QApplication(["crm-desktop"])
    database = database if not sample else around.sample(sample == "--fresh")
    from crm_desktop.ui import single

    if not sample and not is_server(database or settings.get(SERVER)) and single.raised(_path(database, settings)):
        return 0
    program = _begin(database, settings) if database or not sample else None
    if program is None:
        return 1
    program.window.show()
    single.listen(program)
    program.tell_start(begun if begun is not None else time.monotonic())
    status = QApplication.exec()
    program.close()
    program_log.ended()
    del app
    return status


def _begin(database: str, settings: Any) -> Program | None:
    """The program, or None after saying why not; a damaged or missing database may be restored first."""
    server, path = database or settings.get(SERVER), _path(database, settings)
    own, words = not database and bool(settings.get(OWN_FILE)), None
    try:
        if is_server(server):
            from crm_desktop.ui import server_door

            return server_door.begin(server, settings, Program, None if database else partial(_begin, "", settings))
        if own and not path.exists():
            raise Refused(Text(AWAY.source, file=path))
        if _came_in(path, settings):
            return Program(database, settings)
    except Refused as error:
        words = rescue.mended(path, str(error), RECORDS, not nobody_sees(), settings)
    if own and not settings.get(OWN_FILE):
        return _begin("", settings)  # that was chosen
    if words is None or not _came_in(path, settings):
        return None
    program = Program(database, settings)
    program.window.show()
    rescue.tell(program.window, words)
    return program


def _came_in(path: Path, settings: Any) -> bool:
    """True once somebody signed in, or where nobody needs to. Raises Refused where nobody would see the question."""
    from crm_desktop.store import keys, wraps

    if wraps.is_locked(path) and nobody_sees():
        raise keys.Locked(path)
    from crm_desktop.ui import sign_in

    return not wraps.is_locked(path) or sign_in.came_in(path, settings)


def _path(database: Address, settings: Any) -> Any:
    """The file that is meant, or the address of a server as it is."""
    return database if is_server(database) else Path(database or own_database(settings))


class Program:
    """Everything that lives while the window is open."""

    def __init__(self, database: Address, settings: Any) -> None:
        self.settings = settings
        self._path = _path(database, settings)
        self._records: Sequence[Any] = RECORDS
        self._door: Any = None
        self._cover: Any = None  # over the window, while it waits behind the door
        self.wizard, self.single = None, None
        self.store = self._open_store(create=True)
        self.window: Any = self._open()

    def _open_store(self, *, create: bool = False) -> Any:
        """The data, with a seat and drafts of one's own for whoever signed in."""
        from crm_desktop.desk.people import signed_in
        from crm_desktop.record.ids import encode
        from crm_desktop.store.store import Store

        at_server = is_server(self._path)
        is_chosen = str(self._path) == self.settings.get(OWN_FILE)  # its disk may be away: nothing new is begun in its place
        store = Store(self._path, self._records, create=create and not (at_server or is_chosen), seat=signed_in(), slowly=around.slowly)
        if at_server:  # whose log-in it is, the server knows
            from crm_desktop.desk.sign_in import Session

            self.settings.person, self.settings.session = store.person, Session(store.person) if store.person else None
        if self.settings.person:
            store.drafter = store.seat = encode(self.settings.person)
        return store

    def _open(self) -> Any:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        imports.hurry()
        from crm_desktop.desk.eyes import Eyes
        from crm_desktop.desk.people import signed_in, sitting
        from crm_desktop.ui import copy_strip, jobs, log_strips, lookup, place_strip, sample_strip, theme
        from crm_desktop.ui.watch import Watch
        from crm_desktop.ui.weekly import Weekly
        from crm_desktop.ui.window import Window

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyle("Fusion")
        app.setFont(theme.font())
        self.settings.learn(self.store.kept)
        lookup.know(self._records)
        self.eyes = Eyes(self.settings.person, self.store.keys.guarded)
        self.eyes.sits = partial(sitting, self.settings)
        jobs.start(self._reader, self._desk)
        window = Window(DUTIES, self.settings, signed_in(), store=self.store, eyes=self.eyes)
        window.restore_asked.connect(self.restore)
        window.lock_asked.connect(self.lock)
        window.person_asked.connect(self.switch)
        window.server_asked.connect(self.open_server)
        window.data_asked.connect(self.work_on)
        window.wizard_asked.connect(self.open_wizard)
        self._live = None
        if is_server(self._path):
            from crm_desktop.ui.live import Live

            self._live = Live(window)
        else:
            Watch(window)
        sample_strip.show(window, self.make_sample_anew)
        if not is_server(self._path):
            place_strip.show(window)
            log_strips.look(window)
        self._rescue = rescue.Rescue(window, self.mend)
        if not copy_strip.show(window):  # what begins by itself would be saved
            QTimer.singleShot(BEGIN_AFTER, window, partial(around.begin_duties, window))
        self._backups = QTimer(window)
        self._backups.timeout.connect(self._back_up)
        if not is_server(self._path):  # a server is backed up there
            self._backups.start(BACKUP_FIRST)
            Weekly(window)
        if not theme.has_chinese_font():
            window.toast.error(Refused(around.NO_FONT))
        return window

    def front(self) -> Any:
        """The window, or the door it waits behind."""
        return self._door or self.window

    def tell_start(self, begun: float) -> None:
        """Measure how long the start took until the window takes events, and write it into the log later."""
        from PySide6.QtCore import QTimer

        self._begun = begun
        QTimer.singleShot(0, self.window, self._on_open)

    def _on_open(self) -> None:
        from PySide6.QtCore import QTimer

        self.window.started_in = time.monotonic() - self._begun
        QTimer.singleShot(LOG_AFTER, self.window, partial(program_log.started, self.window.started_in))

    def _reader(self) -> Any:
        from crm_desktop.desk.rights import Sighted

        return Sighted(self.store.open_reader(), self._records, self.eyes)

    def _desk(self) -> Any:
        from crm_desktop.desk.desk import Desk
        from crm_desktop.desk.people import signed_in

        desk = Desk(self.store, signed_in())
        desk.sit(self.settings)
        return desk

    def _back_up(self) -> None:
        from crm_desktop.ui import jobs

        first = self._backups.interval() == BACKUP_FIRST
        self._backups.setInterval(BACKUP_EVERY)
        jobs.work(self.window, partial(around.back_up, self.store, self.settings.get(SECOND_PLACE), first), self._on_backed_up)

    def _on_backed_up(self, found: Any) -> None:
        from crm_desktop.ui import backup_strip, jobs

        backup_strip.tell(self.window, found)
        jobs.hub().rest()

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the database, one of other data beside it."""
        found = named("crm_desktop.ui.from_elsewhere:way")(self.window, self._path, backup, self.settings)
        if found is not None and found.path == self._path:
            self.mend(partial(around.restored, self._path, backup))
        elif found is not None:
            self.apart(partial(self._bring, found, backup, around.made(backup)))

    def _bring(self, found: Any, backup: Path, made: str) -> None:
        words, problem = named("crm_desktop.ui.from_elsewhere:restored")(found, backup, made)
        if problem is None:
            self._move(str(found.path), found.session, words, keep=True)
        else:
            self._come_back(problem)

    def mend(self, way: rescue.Mend) -> None:
        """Close everything, do this to the database while a small window says so, and open again."""
        self._let_go()
        words, problem = way()
        self._come_back(problem, words)

    def make_sample_anew(self) -> None:
        """Close everything, make the sample hotel around today, and open it."""
        from crm_desktop.demo import place
        from crm_desktop.ui.waiting import wait_for

        self._let_go()
        self._come_back(wait_for(around.MAKING_SAMPLE, partial(place.make, self._path, business_date())))

    def close(self) -> None:
        """Finish what is being saved, then let go of the window and the database."""
        self._let_go()

    def lock(self) -> None:
        """Hide the window behind the door until a password is given; its forms and drafts stay as they are."""
        from crm_desktop.ui import guarding

        if self._door is not None and self.window.isVisible():
            self._door.close()  # it asked for a server
        if self._door is not None:
            return
        self._door = self._make_door(self.window.seat.here())
        self._door.done.connect(self._on_signed_in)
        self._door.closed.connect(self._on_door_closed)
        self._door.setGeometry(self.window.geometry())
        self._door.show()
        self._cover = guarding.Cover(self.window, self._door)

    def _make_door(self, seat: str) -> Any:
        """What a locked window hides behind."""
        from crm_desktop.ui.server_door import ServerDoor, entrance_of
        from crm_desktop.ui.sign_in import locked

        if is_server(self._path):
            return ServerDoor(entrance_of(self._path), self.settings, person=seat)
        return locked(self.store, self.settings, seat)

    def _on_signed_in(self, came: Any) -> None:
        """The session of who came in, or the address that opens the server for them."""
        door, self._door, cover, self._cover = self._door, None, self._cover, None
        same = came == self._path or (not isinstance(came, str) and came.person == self.settings.person)
        if cover is not None:
            (cover.lift if same else cover.end)()
        if isinstance(came, str):
            if not same:
                self.move_to(came)
        else:
            self.settings.session = came
            if not same:
                self.switch(came.person)
        door.close()

    def _on_door_closed(self) -> None:
        """Somebody closed a locked window: the program ends; what was typed is kept."""
        from PySide6.QtWidgets import QApplication

        QApplication.quit()

    def open_server(self) -> None:
        """Ask for a department's server; the window stays until somebody signed in there, or wants this PC's own data."""
        from crm_desktop.ui.server_door import ServerDoor, entrance_of

        if self._door is None:
            at_server = is_server(self._path)
            self._door = ServerDoor(entrance_of(self._path if at_server else ""), self.settings, own_data=at_server)
            self._door.done.connect(self._on_signed_in)
            self._door.closed.connect(self._on_door_left)
            self._door.show()

    def open_wizard(self, kind: str) -> None:
        """A wizard about the department's server, beside the window."""
        self.wizard = named("crm_desktop.server.pages:wizard")(kind, self)

    def _on_door_left(self) -> None:
        self._door = None

    def move_to(self, address: str) -> None:
        """Open other data: an address of a server, or '' for what is kept on this PC. Where it does not open, all stays as it is."""
        self.apart(partial(self._move, address))

    def work_on(self, file: str) -> None:
        """Open another file of this PC, at later starts too once it did open."""
        self.apart(partial(self._move, file, keep=True))

    def _move(self, address: str, session: Any = None, told: Text | None = None, *, keep: bool = False) -> None:
        before, person = self._path, self.settings.person
        self._path, self.settings.person = _path(address, self.settings), session.person if session else 0
        try:
            if not is_server(self._path) and not (session or _came_in(self._path, self.settings)):
                raise Refused(STAYED)
            self.settings.session = session or self.settings.session
            self.come_back(create=not address or self._path == usual_database())
            if keep:
                self.settings.set(OWN_FILE, "" if self._path == usual_database() else str(self._path))
                self.settings.set(SERVER, "")
            if told is not None:
                rescue.tell(self.window, told)
        except Refused as error:
            self._path, self.settings.person = before, person
            self._come_back(error)

    def switch(self, person: int) -> None:
        """Open the data as somebody else, without a restart; what was typed waits for whoever typed it."""
        self.apart(partial(self._change_person, person))

    def _change_person(self, person: int) -> None:
        self.settings.person = person
        self._come_back()

    def apart(self, then: Callable[[], None]) -> None:
        """Let go of everything, once what is typed is safe, and go on in another way."""
        from PySide6.QtCore import QTimer

        from crm_desktop.ui import jobs, leaving

        def go() -> None:
            if jobs.working():  # not when the program was closed meanwhile
                self._let_go()
                then()

        if leaving.is_safe(self.window):
            QTimer.singleShot(0, go)
        else:
            leaving.make_safe(self.window, partial(QTimer.singleShot, 0, go))

    def open_at(self, address: str) -> None:
        """Open the data of a server while nothing is open. Raises Refused."""
        self._path, self.settings.person = address, 0
        self.come_back()

    def _come_back(self, problem: Exception | None = None, done: Text | None = None) -> None:
        rescue.come_back(self, self._path, self._records, problem, done)

    def come_back(self, *, create: bool = False) -> None:
        """Open what was let go of, as it is now."""
        self.store = self._open_store(create=create)
        self.window = self._open()
        around.show_again(self)

    def _let_go(self) -> None:
        from crm_desktop.ui import clipboard, jobs

        if self.window is None:  # a wizard has let go of all already
            return
        clipboard.wipe()
        if self._live is not None:
            self._live.stop()
        self.window.stop_pages()
        jobs.close()
        _destroy(self.window)
        self.window = None
        self.store.close()
