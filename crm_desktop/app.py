"""The window's composition root: settings, store, desk, jobs, window."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.desk import program_log
from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Refused, Text, say

MAKING_SAMPLE = Text("The sample hotel is being made")
LOG_AFTER = 3_000  # ms: when nobody waits for it any more
BACKUP_FIRST, BACKUP_EVERY = 2 * 60_000, 30 * 60_000
XCB = ("xcb-cursor", "xkbcommon-x11", "xcb-icccm", "xcb-keysyms", "xcb-shape")
PACKAGES = "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libegl1 libgl1 libfontconfig1 libdbus-1-3"


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
    database = database if not sample else _sample(sample == "--fresh")
    program = _begin(database, settings) if database or not sample else None
    if program is None:
        return 1
    program.window.show()
    program.tell_start(begun if begun is not None else time.monotonic())
    status = QApplication.exec()
    program.close()
    program_log.ended()
    del app
    return status


def missing_screen() -> Text | None:
    """What keeps Qt from opening a window on this Linux; it would abort instead of telling."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return Text("There is no screen to open a window on. The command line works without one: python main.py --help")
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    from ctypes.util import find_library

    missing = [name for name in XCB if not find_library(name)]
    if missing:
        return Text("Libraries the window needs are missing ({reason}). On Debian: apt install {packages}", reason=", ".join(missing), packages=PACKAGES)
    return None


def _sample(fresh: bool) -> str:
    """The sample hotel's file, made while a small window says so; '' after saying why there is none."""
    from crm_desktop.demo import place
    from crm_desktop.ui.waiting import wait_for

    try:
        if fresh or not place.is_ready():
            problem = wait_for(MAKING_SAMPLE, partial(place.ready, fresh=fresh))
            if problem is not None:
                raise problem
    except Refused as error:
        print(str(error), file=sys.stderr)
        return ""
    return str(place.database())


def _begin(database: str, settings: Any) -> Program | None:
    """The program, or None after saying why not; a damaged or missing database may be restored first."""
    try:
        return Program(database, settings)
    except Refused as error:
        if not _wants_restore(_path(database), str(error)):
            return None
    words, problem = _restored(_path(database), _newest(_path(database)).path)
    if problem is not None:
        print(str(problem), file=sys.stderr)
        return None
    print(say(words), file=sys.stderr)
    return Program(database, settings)


def _path(database: str | Path) -> Path:
    from crm_desktop.store.folders import data_folder

    return Path(database) if database else data_folder() / "crm.db"


def _newest(path: Path) -> Any:
    from crm_desktop.store import backup

    return next(iter(backup.listed(path)), None)


def nobody_sees() -> bool:
    """True where a question would wait for ever."""
    return os.environ.get("QT_QPA_PLATFORM") == "offscreen"


def _wants_restore(path: Path, words: str) -> bool:
    """Say why the program cannot begin, in a window and on the terminal, and offer the newest backup if there is one."""
    print(words, file=sys.stderr)
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    if nobody_sees():
        return False
    box = QMessageBox(QMessageBox.Icon.Warning, "CRM", words)
    box.setTextFormat(Qt.TextFormat.PlainText)
    newest = _newest(path)
    restore = None
    if newest is not None:
        made = Text("Restore the backup of {made}", made=_made(newest.path))
        restore = box.addButton(say(made), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Close)
    box.exec()
    return restore is not None and box.clickedButton() is restore


class Program:
    """Everything that lives while the window is open."""

    def __init__(self, database: str | Path, settings: Any) -> None:
        from crm_desktop.desk.people import signed_in
        from crm_desktop.duties import RECORDS
        from crm_desktop.store.store import Store

        self.settings = settings
        self._path = _path(database)
        self._records: Sequence[Any] = RECORDS
        self.store = Store(self._path, RECORDS, create=True, seat=signed_in(), slowly=_slowly)
        self.window = self._open()

    def _open(self) -> Any:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from crm_desktop.desk.people import signed_in
        from crm_desktop.duties import DUTIES
        from crm_desktop.ui import jobs, lookup, sample_strip, theme
        from crm_desktop.ui.pages_built import named
        from crm_desktop.ui.watch import Watch
        from crm_desktop.ui.window import Window

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyle("Fusion")
        app.setFont(theme.font())
        self.settings.learn(self.store.kept)
        lookup.know(self._records)
        jobs.start(self.store.open_reader, self._desk)
        window = Window(DUTIES, self.settings, signed_in(), store=self.store)
        window.restore_asked.connect(self.restore)
        Watch(window)
        sample_strip.show(window, self.make_sample_anew)
        for duty in DUTIES:
            if duty.begin:
                named(duty.begin)(window)
        self._backups = QTimer(window)
        self._backups.timeout.connect(self._back_up)
        self._backups.start(BACKUP_FIRST)
        if not theme.has_chinese_font():
            window.toast.error(Refused(NO_FONT))
        return window

    def tell_start(self, begun: float) -> None:
        """Measure how long the start took until the window takes events, and write it into the log later."""
        from PySide6.QtCore import QTimer

        self._begun = begun
        QTimer.singleShot(0, self.window, self._on_open)

    def _on_open(self) -> None:
        from PySide6.QtCore import QTimer

        self.window.started_in = time.monotonic() - self._begun
        QTimer.singleShot(LOG_AFTER, self.window, partial(program_log.started, self.window.started_in))

    def _desk(self) -> Any:
        from crm_desktop.desk.desk import Desk
        from crm_desktop.desk.people import signed_in

        desk = Desk(self.store, signed_in())
        desk.sit(self.settings)
        return desk

    def _back_up(self) -> None:
        from crm_desktop.ui import jobs

        self._backups.setInterval(BACKUP_EVERY)
        jobs.work(self.window, partial(_back_up, self.store), _nothing)

    def restore(self, backup: Path) -> None:
        """Close everything, put the backup in place while a small window says so, and open again."""
        self._let_go()
        words, problem = _restored(self._path, backup)
        self._open_again()
        if problem is None:
            self.window.toast.note(words)
        else:
            self.window.toast.error(problem)

    def make_sample_anew(self) -> None:
        """Close everything, make the sample hotel around today, and open it."""
        from crm_desktop.demo import place
        from crm_desktop.ui.waiting import wait_for

        self._let_go()
        problem = wait_for(MAKING_SAMPLE, partial(place.make, self._path, business_date()))
        self._open_again()
        if problem is not None:
            self.window.toast.error(problem)

    def close(self) -> None:
        """Finish what is being saved, then let go of the window and the database."""
        self._let_go()

    def _open_again(self) -> None:
        from crm_desktop.desk.people import signed_in
        from crm_desktop.store.store import Store

        self.store = Store(self._path, self._records, seat=signed_in(), slowly=_slowly)
        self.window = self._open()
        self.window.show()

    def _let_go(self) -> None:
        from crm_desktop.ui import jobs

        self.window.stop_pages()
        jobs.close()
        _destroy(self.window)
        self.store.close()


def _slowly(work: Callable[[], None]) -> None:
    """Bring older data up to date while a small window says so."""
    from crm_desktop.ui.waiting import wait_for

    problem = wait_for(Text("A backup is made, then the data is brought to this version"), work)
    if problem is not None:
        raise problem


def _restored(path: Path, backup: Path) -> tuple[Text, Exception | None]:
    """Restore in a thread of its own; the sentence for it, and what went wrong if anything did."""
    from crm_desktop.store import backup as backups
    from crm_desktop.ui.waiting import wait_for

    answer: list[Path | None] = []
    problem = wait_for(Text("Restoring the backup"), lambda: answer.append(backups.restore(path, backup)))
    aside = answer[0].name if answer and answer[0] else "–"
    words = Text("Restored as of {made}. The former database was put aside as {file}", made=_made(backup), file=aside)
    return words, problem


def _made(backup: Path) -> str:
    from crm_desktop.record.dates import local_instant
    from crm_desktop.store import backup as backups

    stamps = [one.made_at for one in backups.listed_beside(backup) if one.path == backup]
    return local_instant(backups.instant(stamps[0])) if stamps else backup.name


def _destroy(window: Any) -> None:
    """Take a window apart now: a timer of its pages must not ask a store that is closed."""
    from PySide6.QtCore import QCoreApplication, QEvent

    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


NO_FONT = Text(
    "No Chinese font is installed: Chinese would be shown as boxes. On Debian: apt install fonts-noto-cjk (on Windows: the language pack 'Chinese')."
)


def _back_up(store: Any, reader: Any, _job: Any) -> Any:
    from crm_desktop.duties.settings import safety

    return safety.back_up_if_due(store, reader)


def _nothing(_: Any) -> None:
    pass


def measure_start(database: str | Path) -> None:
    """Open the window as a person would and return once *Today* shows its figures and the search takes a key."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from crm_desktop.desk.settings import Settings

    app = QApplication.instance() or QApplication(["crm-desktop"])
    program = Program(database, Settings())
    loop = QEventLoop()
    program.window.page("today").painted.connect(loop.quit)
    program.window.show()
    loop.exec()
    program.window.top.search.setFocus()
    program.window.top.search.insert("a")
    QApplication.processEvents()
    del app
