"""What other seats do, as they do it: a thread that listens to the server, notices when it is gone and when it is back."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

from crm_desktop.store.server.connection import Connection
from crm_desktop.store.server.errors import ServerError
from crm_desktop.store.server.log_sql import CHANNEL

SAID = "crm_said"
LISTEN_FOR = 2.0  # seconds between two signs of life
FIRST_WAIT, LONGEST_WAIT = 0.2, 3.0
LONGEST_WORDS = 7_000  # bytes: the server carries no more than 8000


class Heard:
    """A change that was committed: its id, who made it at which seat, the tables it touched and its first rows as (record,
    id). `anything`: the server was away for a while, and whatever is shown may have changed."""

    def __init__(self, told: Mapping[str, Any] | None = None) -> None:
        told = told or {}
        self.anything = not told
        self.change_id, self.seat, self.who = int(told.get("change", 0)), str(told.get("seat", "")), str(told.get("who", ""))
        self.count, self.tables = int(told.get("rows", 0)), frozenset(told.get("tables", ()))
        self.rows = [(str(table), int(row_id)) for table, row_id in told.get("some", ())]


class Listening:
    """Calls back from a thread of its own, until it is closed: `heard` for every change of any seat, this one's too; `said`
    for what a seat said; `state` with False when the server cannot be reached and True when it can be again."""

    def __init__(
        self, address: str, heard: Callable[[Heard], None], said: Callable[[dict[str, Any]], None] | None = None, state: Callable[[bool], None] | None = None
    ) -> None:
        self._address, self._heard, self._said, self._state = address, heard, said, state
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._speaker: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="server listener", daemon=True)
        self._thread.start()

    def say(self, words: Mapping[str, Any]) -> None:
        """Tell all seats something that is not kept (who is editing what). Raises ServerError; never from the UI thread."""
        content = json.dumps(words, ensure_ascii=False)
        if len(content.encode()) > LONGEST_WORDS:
            raise ValueError("too long to be said")
        with self._lock:
            if self._speaker is None:
                self._speaker = Connection(self._address)
            self._speaker.execute(f"select pg_notify('{SAID}', ?)", (content,))

    def close(self) -> None:
        """Stop listening; no call comes after this returns."""
        self._closed.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()
        with self._lock:
            if self._speaker is not None:
                self._speaker.close()

    def _run(self) -> None:
        there, wait = True, FIRST_WAIT
        while not self._closed.is_set():
            try:
                with contextlib.closing(Connection(self._address)) as connection:
                    connection.execute(f"listen {CHANNEL}")
                    connection.execute(f"listen {SAID}")
                    if not there:
                        there, wait = True, FIRST_WAIT
                        self._told_state(True)
                        self._heard(Heard())
                    self._listen(connection)
            except ServerError:
                if there and not self._closed.is_set():
                    there = False
                    self._told_state(False)
                self._closed.wait(wait)
                wait = min(LONGEST_WAIT, wait * 1.5)

    def _listen(self, connection: Connection) -> None:
        while not self._closed.is_set():
            for channel, words in connection.notes(LISTEN_FOR, self._closed.is_set):
                told = _read(channel, words)
                if isinstance(told, Heard):
                    self._heard(told)
                elif told is not None and self._said:
                    self._said(told)
            connection.execute("select 1")  # a sign of life

    def _told_state(self, there: bool) -> None:
        if self._state:
            self._state(there)


def _read(channel: str, words: str) -> Heard | dict[str, Any] | None:
    """What was notified; None for what is no such word. Any log-in may notify of anything: numbers without end, lists in lists."""
    with contextlib.suppress(ValueError, TypeError, OverflowError, RecursionError):
        told = json.loads(words)
        if isinstance(told, dict) and told:
            return Heard(told) if channel == CHANNEL else told
    return None
