"""One window for each database: whoever opens it a second time gets the first one raised."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from crm_desktop.record.text import Refused
from crm_desktop.store.address import is_server
from crm_desktop.store.locks import Place

PATIENCE = 500  # ms
RAISE = b"raise"


def name_of(path: Path) -> str:
    """What the window of a database is called among the programs of this person."""
    place = os.path.normcase(path.resolve())
    return f"crm-desktop-{hashlib.blake2b(os.fsencode(place), digest_size=8).hexdigest()}"


def raised(path: Path) -> bool:
    """True when there is a window of this database already; it comes to the front then."""
    if not path.exists() or not _in_use(path):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name_of(path))
    if not socket.waitForConnected(PATIENCE):
        return False  # a command has it open
    socket.write(RAISE)
    socket.waitForBytesWritten(PATIENCE)
    socket.disconnectFromServer()
    return True


def _in_use(path: Path) -> bool:
    try:
        Place(path, alone=True).release()
    except Refused:
        return True
    return False


class Listening(QObject):
    """Hears when the same database is opened a second time; `path` None: one on a server, which many windows have open."""

    def __init__(self, parent: QObject, path: Path | None, come: Callable[[], None]) -> None:
        super().__init__(parent)
        self._come = come
        self._server: Any = None
        if path is not None:
            self._listen(path)

    def _listen(self, path: Path) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_asked)
        if not self._server.listen(name_of(path)):
            QLocalServer.removeServer(name_of(path))  # left over by a program that was killed
            self._server.listen(name_of(path))

    def end(self) -> None:
        """Hear nothing more."""
        if self._server is not None:
            self._server.close()
        self.deleteLater()

    @Slot()
    def _on_asked(self) -> None:
        while (asked := self._server.nextPendingConnection()) is not None:
            asked.disconnected.connect(asked.deleteLater)
            self._come()


def listen(program: Any) -> None:
    """From now on a program comes to the front when its file is opened a second time."""
    from PySide6.QtCore import QCoreApplication

    app, path = QCoreApplication.instance(), program.store.address
    if program.single is not None:
        program.single.end()
    if app is not None:
        program.single = Listening(app, None if is_server(path) else path, partial(come, program))


def come(program: Any) -> None:
    """The window, or the door it waits behind, is brought to the front."""
    front = program.front()
    if front is None:  # just now it is let go of, as for a restore
        return
    if front.isMinimized():
        front.showNormal()
    front.show()
    front.raise_()
    front.activateWindow()
