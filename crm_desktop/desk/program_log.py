"""The program's own log on this PC: when it ran, what failed where, what took long. Never a value of a row, a name or a
word somebody typed.

An error is written as its type and the lines of code it came through, without its message: messages quote values.
Nothing is loaded before there is something to write. Only the file for a death of the whole process stands open: then there
is no time to open one. It holds lines of code, nothing else, and never leaves this PC."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from crm_desktop import VERSION
from crm_desktop.record.text import Refused
from crm_desktop.store.folders import private_folder, state_folder

FILE, CRASH, CRASH_BEFORE = "program.log", "crash.log", "crash-before.log"
LARGEST, KEPT = 512 * 1024, 4  # bytes of a file; older files
LONG = 1.0  # seconds from which on a job is worth a line
CHAIN = 6  # errors behind an error
_turn = threading.Lock()
_crashes: list[int] = []  # the open file; without anybody who holds it nothing would be written


def started(seconds: float) -> None:
    """The window is open, so many seconds after the program began."""
    import platform

    _write("INFO", f"started {VERSION} in {seconds:.2f} s, Python {platform.python_version()}, {platform.system()} {platform.release()}")


def ended() -> None:
    """The window was closed."""
    _write("INFO", f"ended {VERSION}")


def slow(work: Callable[..., Any], seconds: float) -> None:
    """A job took long."""
    if seconds >= LONG:
        _write("INFO", f"{name_of(work)} took {seconds:.1f} s")


def failed(error: BaseException) -> None:
    """Something went wrong. What was only refused, in words a person read, is not written; nor is anything twice."""
    if getattr(error, "in_program_log", False) or (isinstance(error, Refused) and error.__cause__ is None):
        return
    with suppress(AttributeError):
        error.in_program_log = True  # type: ignore[attr-defined]
    _write("ERROR", report(error))


def report(error: BaseException) -> str:
    """What may leave this PC of an error: types and lines of code."""
    return "\n".join(line for each in _chain(error) for line in _told(each))


def name_of(work: Callable[..., Any]) -> str:
    """The function behind a job, without what it was given."""
    while isinstance(work, partial):
        work = work.func
    return f"{getattr(work, '__module__', '?')}.{getattr(work, '__qualname__', type(work).__name__)}"


def watch() -> None:
    """Write down what nobody caught, in any thread, before Python says it as it always does."""
    sys.excepthook = partial(_on_uncaught, sys.excepthook)
    threading.excepthook = partial(_on_thread, threading.excepthook)


def keep_crashes() -> None:
    """Have the lines of code written down when the whole process dies; what the run before left is kept beside, and said."""
    with suppress(OSError):
        path = private_folder(state_folder()) / CRASH
        if path.exists() and path.stat().st_size:
            os.replace(path, path.with_name(CRASH_BEFORE))
            _write("ERROR", f"a run before died: {CRASH_BEFORE}")
        _crashes.append(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))
        faulthandler.enable(_crashes[-1])


def _on_uncaught(before: Callable[..., Any], kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        failed(error)
    before(kind, error, trace)


def _on_thread(before: Callable[..., Any], uncaught: threading.ExceptHookArgs) -> None:
    if uncaught.exc_value is not None:
        failed(uncaught.exc_value)
    before(uncaught)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those it came from, the newest first."""
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen and len(seen) < CHAIN:
        seen.append(one)
        one = one.__cause__ or one.__context__
    yield from seen


def _told(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}{_number(error)}"
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {_place(code.co_filename)}:{trace.tb_lineno} {code.co_qualname}"
        trace = trace.tb_next


def _number(error: BaseException) -> str:
    """What the system or the database calls it: a number or a name of its own, never words about our rows."""
    number, name = getattr(error, "errno", None), getattr(error, "sqlite_errorname", None)
    if isinstance(number, int):
        return f" [{number}]"
    return f" [{name}]" if isinstance(name, str) and name.isidentifier() else ""


def _place(file: str) -> str:
    """A file of the code without the folders before it: they may hold somebody's name."""
    parts = Path(file).parts
    for root in ("crm_desktop", "site-packages", f"python{sys.version_info.major}.{sys.version_info.minor}"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else file


def _write(level: str, words: str) -> None:
    """One entry; a log that cannot be written is no reason to stop."""
    import logging
    from logging.handlers import RotatingFileHandler

    class Quiet(RotatingFileHandler):
        def handleError(self, record: logging.LogRecord) -> None:
            """Nobody is told."""

    with _turn, suppress(OSError):
        handler = Quiet(private_folder(state_folder()) / FILE, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter(f"%(asctime)s %(levelname)s [{os.getpid()}] %(message)s"))
        try:
            handler.handle(logging.makeLogRecord({"msg": words, "levelname": level, "levelno": getattr(logging, level)}))
        finally:
            handler.close()
