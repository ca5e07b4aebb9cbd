"""A template somebody is writing is set in a process of its own: one that goes on for ever, or fills the memory of the PC,
is ended and said. The process stays for the next try, so that a page is there at once."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm_desktop.documents import typeset
from crm_desktop.record.text import Refused, Text, language, use

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PATIENCE = 10.0  # seconds for a page; one takes a tenth of one
FIRST = 20.0  # more for the first, which reads the fonts
MEMORY = 4 << 30  # bytes the process may take, where the system counts them
ENDLESS = Text("The template was not done after {seconds} seconds, or took all memory: look at its loops. The one in use stays.", seconds=int(PATIENCE))


class Trial:
    """Sets templates apart from the program; for one page, from any thread."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Any = None

    def pdf(self, template: str, data: Mapping[str, Any]) -> bytes:
        """The pages of a paper. Raises Broken and Refused as `typeset.pdf`, and Refused for a template that does not end."""
        with self._lock:
            wait = self._patience if self._process is not None else max(self._patience, FIRST)
            if self._process is None:
                self._start()
            try:
                self._pipe.send((language(), template, dict(data)))
                kind, *what = self._pipe.recv() if self._pipe.poll(wait) else ("endless",)
            except (EOFError, OSError):
                kind, what = "endless", []
            if kind == "endless":
                self._end()
                raise Refused(ENDLESS)
        if kind == "broken":
            raise typeset.Broken(*what)
        if kind == "refused":
            raise Refused(what[0])
        return bytes(what[0])

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def _end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()
        self._process = None

    def close(self) -> None:
        """End the process; also in the middle of a try, which is then refused."""
        if self._lock.acquire(blocking=False):
            try:
                if self._process is not None:
                    self._end()
            finally:
                self._lock.release()
        elif (process := self._process) is not None:
            process.kill()  # whoever waits for its answer tidies up


def _serve(pipe: Connection) -> None:
    """In the other process."""
    _limit()
    try:
        while True:
            spoken, template, data = pipe.recv()
            use(spoken)
            pipe.send(_answer(template, data))
    except (EOFError, OSError):
        return  # the page is gone


def _answer(template: str, data: Mapping[str, Any]) -> tuple[Any, ...]:
    try:
        return ("done", typeset.pdf(template, data))
    except typeset.Broken as error:
        return ("broken", error.line, error.reason)
    except Refused as error:
        return ("refused", error.text)


def _limit() -> None:
    """A template that makes text without end must not take the memory of the whole PC."""
    try:
        import resource
    except ImportError:  # Windows: the time is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
