"""Long work in a process of its own, so that the window never waits for Python to finish a block of rows.

The other process opens the database itself. Asked to stop it ends at its next step, rolls back and takes its
unfinished files away; work that was done already when it heard of it stays done, and says so. Both sides speak in
small tuples over a pipe: ("step", done, total), ("done", answer), ("refused", text), ("failed", traceback),
("stopped",)."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_desktop.desk import program_log
from crm_desktop.exchange.progress import Progress
from crm_desktop.record.text import Refused, Text, in_words, language, use

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

TELL_EVERY = 0.1  # seconds
LOOK_EVERY = 0.05
PATIENCE = 60.0  # seconds for the other process to stop by itself: a COMMIT is never cut off by us
Work = Callable[..., Any]  # a generator function: takes a Progress and the arguments; each `yield` answers one `ask`
ENDED = Text("The work stopped before it was done. Nothing was changed.")


class Stopped(Exception):
    """Raised in the other process when it is asked to stop."""


class Passing(Refused):
    """The way to the data was lost: what was refused may be tried once more as it was."""


class Apart:
    """A generator running in another process: each `ask` lets it go on to its next answer, with what was given along."""

    def __init__(self, work: Work, *arguments: Any, patience: float = PATIENCE) -> None:
        self._patience = patience
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, language(), work, arguments), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, progress: Progress, given: Any = None) -> Any:
        """The next answer; `given` is what the `yield` before it returns there. Raises Refused; or whatever `progress` raises to stop, unless the answer was there already."""
        try:
            self._pipe.send(("go", given))
            return self._answer(progress)
        except (EOFError, OSError) as error:
            self.stop()
            raise Refused(ENDED) from error
        except BaseException:
            self.stop()
            raise

    def _answer(self, progress: Progress) -> Any:
        done, total = 0, 0
        while True:
            while self._pipe.poll(LOOK_EVERY):
                kind, *what = self._pipe.recv()
                if kind == "step":
                    done, total = what
                else:
                    return _told(kind, what)
            try:
                progress.step(done, total)
            except BaseException as error:
                return self._last_word(error)

    def _last_word(self, wanted: BaseException) -> Any:
        """Ask the other process to stop; what it had finished by then counts."""
        self._pipe.send("stop")
        until = time.monotonic() + self._patience
        while self._pipe.poll(max(0.0, until - time.monotonic())):
            kind, *what = self._pipe.recv()
            if kind == "stopped":
                break
            if kind != "step":
                return _told(kind, what)
        raise wanted

    def stop(self) -> None:
        """End the process: politely, so that it tidies up, then by force."""
        try:
            self._pipe.send("stop")
            self._process.join(min(2.0, self._patience))
        except (OSError, ValueError):
            pass
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._pipe.close()


def _told(kind: str, what: list[Any]) -> Any:
    if kind == "done":
        return what[0]
    if kind == "refused":
        raise what[0]
    raise RuntimeError(what[0] if what else kind)


class _Teller:
    """Progress that goes over the pipe, ten times a second at most; it hears when the work shall stop."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._told = pipe, 0.0

    def step(self, done: int, total: int) -> None:
        """Tell how far it is. Raises Stopped."""
        if self._pipe.poll():
            raise Stopped
        now = time.monotonic()
        if now - self._told >= TELL_EVERY:
            self._told = now
            self._pipe.send(("step", done, total))


def _serve(pipe: Connection, spoken: str, work: Work, arguments: tuple[Any, ...]) -> None:
    """In the other process."""
    use(spoken)
    running = work(_Teller(pipe), *arguments)
    try:
        while (word := pipe.recv()) != "stop":
            pipe.send(("done", running.send(word[1])))
    except (EOFError, BrokenPipeError, ConnectionResetError, StopIteration):
        return  # the window is gone or has all it wanted
    except Stopped:
        running.close()
        pipe.send(("stopped",))
    except Exception as error:
        if not isinstance(error, Refused):
            program_log.failed(error)
        pipe.send(_complaint(in_words(error)))
    finally:
        running.close()


def _complaint(error: Exception) -> tuple[str, Any]:
    """What went wrong, as the pipe takes it."""
    if not isinstance(error, Refused):
        return "failed", traceback.format_exc()
    if getattr(error, "travels", False):
        return "refused", error
    return "refused", (Passing if getattr(error.__cause__, "lost", False) else Refused)(error.text)


def once(work: Work, progress: Progress, *arguments: Any) -> Any:
    """One answer of work in its own process."""
    apart = Apart(work, *arguments)
    try:
        return apart.ask(progress)
    finally:
        apart.stop()
