"""A process that stays for the next question: whatever goes on for ever, fills the memory of the PC or crashes ends that
process alone, and is said."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_desktop.record.text import Refused, Text, language, use

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FIRST = 20.0  # seconds at least for the first answer: the process begins and reads what it needs
MEMORY = 4 << 30  # bytes the process may take, where the system counts them


class Standby:
    """Asks `answer`, a function of a module, in another process; one question at a time, from any thread.

    `patience`: seconds for an answer; `ended`: what is said where there is none. `idle`: seconds after which a process nobody
    asked ends by itself; 0 = it stays."""

    def __init__(self, answer: Callable[..., Any], patience: float, ended: Text, idle: float = 0) -> None:
        self._answer, self._patience, self._ended, self._idle = answer, patience, ended, idle
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Any = None
        self._timer: threading.Timer | None = None

    def ask(self, *given: Any) -> Any:
        """What `answer` returns. Raises Refused, its own or that there is no answer."""
        kind: str
        what: Any
        with self._lock:
            self._keep()
            wait = self._patience if self._process is not None else max(self._patience, FIRST)
            if self._process is None:
                self._start()
            kind, what = "", None
            with contextlib.suppress(EOFError, OSError):
                self._pipe.send((language(), given))
                kind, what = self._pipe.recv() if self._pipe.poll(wait) else ("", None)
            if not kind:
                self._end()
                raise Refused(self._ended)
            self._let_go_later()
        if kind == "refused":
            raise Refused(what)
        return what

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._answer), daemon=True)
        self._process.start()
        theirs.close()

    def _end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()
        self._process = None

    def _keep(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _let_go_later(self) -> None:
        if self._idle:
            self._timer = threading.Timer(self._idle, self._on_idle)
            self._timer.daemon = True
            self._timer.start()

    def _on_idle(self) -> None:
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._process is not None and threading.current_thread() is self._timer:  # nobody asked meanwhile
                self._end()
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process; also in the middle of an answer, which is then refused."""
        if self._lock.acquire(blocking=False):
            try:
                self._keep()
                if self._process is not None:
                    self._end()
            finally:
                self._lock.release()
        elif (process := self._process) is not None:
            process.kill()  # whoever waits for its answer tidies up


def _serve(pipe: Connection, answer: Callable[..., Any]) -> None:
    """In the other process."""
    _limit()
    try:
        while True:
            spoken, given = pipe.recv()
            use(spoken)
            pipe.send(_said(answer, given))
    except (EOFError, OSError):
        return  # nobody asks any more


def _said(answer: Callable[..., Any], given: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "done", answer(*given)
    except Refused as error:
        return "refused", error.text


def _limit() -> None:
    """What makes more and more without end must not take the memory of the whole PC."""
    try:
        import resource
    except ImportError:  # Windows: the time is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
