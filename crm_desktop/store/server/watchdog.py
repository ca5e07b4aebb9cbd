"""A network that has gone silent: a question there waits for ever, and no setting of a connection notices.

One thread looks at every question on its way. After three seconds it asks the server for a sign of life on a connection
of its own, so that a slow answer is told from none. After eight it asks the server whether it works on this question at all:
something between that swallows one connection and lets new ones through is told from a long answer, too. Where nothing answers,
nobody works on it, or past the question's own deadline, it shuts the socket under it: the driver fails at once."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
import time
from collections.abc import Callable

LOOK_EVERY = 0.2  # seconds
DOUBT_AFTER, SIGN_WITHIN = 3.0, 3.0
DEAF_AFTER, ASK_EVERY = 8.0, 3.0  # nobody works on a question: said twice, so that an answer on its way is not lost
SIGN_OF_LIFE = struct.pack("!ii", 8, 80877103)  # "do you speak TLS?": every server answers with one letter, whoever asks


class Watch:
    """The question of one connection that is on its way; `late` once its socket was shut."""

    def __init__(self) -> None:
        self.asked = self.until = 0.0
        self.late = False
        self.socket, self.host, self.port = -1, "", 0
        self.worked_on: Callable[[], bool] = _taken_for_granted
        self.looked, self.idle = 0.0, 0

    def begin(self, seconds: float) -> None:
        """A question goes out."""
        self.looked, self.idle = 0.0, 0
        self.asked = time.monotonic()
        self.until = self.asked + seconds

    def end(self) -> None:
        """It was answered."""
        self.asked = self.until = 0.0

    def shut(self) -> None:
        """Let whoever waits for the answer fail."""
        self.end()
        self.late = True
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self.socket)) as same:
            same.shutdown(socket.SHUT_RDWR)


class _Watchdog:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watched: set[Watch] = set()
        self._thread: threading.Thread | None = None
        self._seen: dict[tuple[str, int], float] = {}

    def begin(self, watch: Watch) -> None:
        with self._lock:
            self._watched.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="server watchdog", daemon=True)
                self._thread.start()

    def end(self, watch: Watch) -> None:
        with self._lock:
            self._watched.discard(watch)

    def _run(self) -> None:
        while True:
            time.sleep(LOOK_EVERY)
            with self._lock:
                if not self._watched:
                    self._thread = None
                    return
                waiting = [watch for watch in self._watched if watch.asked]
            for watch in waiting:
                self._look(watch)

    def _look(self, watch: Watch) -> None:
        asked, now = watch.asked, time.monotonic()
        if not asked or now - asked < DOUBT_AFTER:
            return
        if now < watch.until and self._lives(watch.host, watch.port) and not _is_deaf(watch, asked, now):
            return
        with self._lock:
            if watch in self._watched and watch.asked == asked:  # not answered meanwhile
                watch.shut()

    def _lives(self, host: str, port: int) -> bool:
        now = time.monotonic()
        if now - self._seen.get((host, port), -DOUBT_AFTER) < DOUBT_AFTER:
            return True
        if not answers(host, port):
            return False
        self._seen[host, port] = time.monotonic()
        return True


def _is_deaf(watch: Watch, asked: float, now: float) -> bool:
    """True when the server has said twice that it does not work on a question that nobody got an answer to."""
    if now - asked < DEAF_AFTER or now - watch.looked < ASK_EVERY:
        return False
    watch.looked, working = now, watch.worked_on()
    watch.idle = 0 if working else watch.idle + 1
    return watch.idle > 1


def _taken_for_granted() -> bool:
    return True


def answers(host: str, port: int, within: float = SIGN_WITHIN) -> bool:
    """True when a server answers there. One on this machine that is reached by a file always counts as there."""
    if not host or host.startswith("/"):
        return True
    try:
        with socket.create_connection((host, port), within) as asking:
            asking.settimeout(within)
            asking.sendall(SIGN_OF_LIFE)
            return asking.recv(1) in (b"S", b"N")
    except OSError:
        return False


_dog = _Watchdog()
begin, end = _dog.begin, _dog.end
