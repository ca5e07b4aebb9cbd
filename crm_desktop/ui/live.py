"""A window on a server: what other seats save appears here within a moment, who edits what is known, and a server that cannot be
reached is told in a line until it is back, which is noticed by itself."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from crm_desktop.record.dates import local_instant, now
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs, presence
from crm_desktop.ui.watch import Elsewhere, Watch

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "network"
GATHER = 120  # ms: eight seats that save at once are one reading; the answer to a change of one's own comes meanwhile
CATCH_UP = 2_000  # ms: what was saved between the first reading and the first listening
REMEMBERED = 500  # own changes
AWAY = Text(
    "No answer from the server {server} since {time}. What you type is kept on this PC; save it when the server is back, which shows here by itself."
)
BACK = Text("The server is back; everything is shown as it is now.")


class Live(QObject):
    """Listens while the window is open. `stop` before it is taken apart."""

    _heard = Signal(object)
    _said = Signal(object)
    _reached = Signal(bool)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self.away = window, False
        self._own: deque[int] = deque(maxlen=REMEMBERED)
        self._waiting: list[Any] = []
        self._gate, self._open = threading.Lock(), True
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER)
        self._gather.timeout.connect(self._on_gathered)
        queued = Qt.ConnectionType.QueuedConnection
        self._heard.connect(self._on_heard, queued)
        self._reached.connect(self._on_reached, queued)
        jobs.hub().changed.connect(self._on_own)
        jobs.hub().failed.connect(self._on_failed)
        self._listening = window.store.listen(*(partial(self._pass, each) for each in (self._heard, self._said, self._reached)))
        self.presence = presence.begin(self, self._listening.say, window.seat.here)
        self._said.connect(self.presence.hear, queued)
        QTimer.singleShot(CATCH_UP, Watch(window, again=False).look)

    def _pass(self, signal: SignalInstance, what: Any) -> None:
        """From the listening thread."""
        with self._gate:
            if self._open:
                signal.emit(what)

    def stop(self) -> None:
        """Listen no more. The thread may take some seconds to end where the network is silent: nobody waits for it."""
        with self._gate:
            self._open = False
        threading.Thread(target=_end, args=(self._listening, self.presence.seat), daemon=True).start()

    @Slot(object)
    def _on_own(self, change: Any) -> None:
        if hasattr(change, "id"):
            self._own.append(int(change.id))

    @Slot(object)
    def _on_heard(self, heard: Any) -> None:
        self._waiting.append(heard)
        if not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _on_gathered(self) -> None:
        waiting, self._waiting = self._waiting, []
        tables: set[str] = set()
        for one in waiting:
            if one.anything:
                tables |= set(self._window.store.by_key)
            elif one.change_id not in self._own:
                tables |= one.tables
        if tables and jobs.working():
            jobs.hub().changed.emit(Elsewhere(tables))

    @Slot(bool)
    def _on_reached(self, there: bool) -> None:
        self.away = not there
        if not there:
            time = local_instant(now())[-5:]
            self._window.strips.say(KEY, Text(AWAY.source, server=self._window.store.label, time=time), tone="amber_bg")
            return
        self._window.strips.take_away(KEY)
        self._window.toast.dismiss()
        self._window.toast.note(BACK)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        """While the line says it all the time, no message needs to say it, too."""
        if self.away and getattr(error.__cause__, "lost", False):
            self._window.toast.dismiss()


def _end(listening: Any, seat: str) -> None:
    with contextlib.suppress(Exception):  # others notice by themselves
        listening.say({"seat": seat, "who": "", "edits": []})
    listening.close()
