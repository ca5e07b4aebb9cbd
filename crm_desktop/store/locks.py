"""Who has a database open: many may use it side by side, a restore needs it alone.

Everybody using the database shares `FILE.lock`; whoever needs it alone holds it alone, also against this very program.
Windows has no shared locks: there everybody holds one byte of the file, and whoever needs it alone takes all of them."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text

PLACES = 64
WAIT_TIMES, WAIT_SECONDS = 500, 0.02


def take(descriptor: int, alone: bool) -> bool:
    """Take an open lock file without waiting; False when somebody else has it."""
    if os.name == "nt":
        start = os.getpid() % PLACES
        return _bytes(descriptor, 0, PLACES) if alone else any(_bytes(descriptor, (start + n) % PLACES, 1) for n in range(PLACES))
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _bytes(descriptor: int, at: int, count: int) -> bool:
    import msvcrt

    os.lseek(descriptor, at, os.SEEK_SET)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, count)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True


@contextlib.contextmanager
def turn(path: Path) -> Iterator[None]:
    """One after another: the others wait here until it is their turn."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        for _ in range(WAIT_TIMES):
            if take(descriptor, alone=True):
                break
            time.sleep(WAIT_SECONDS)
        else:
            raise Refused(Text("The database is open in another window or program; close it there first."))
        yield
    finally:
        os.close(descriptor)


class Place:
    """One user of a database. The lock file is never the database itself, so closing it cancels no lock there."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        name = path.with_name(path.name + ".lock")
        try:
            self._descriptor = os.open(name, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise Refused(
                Text("The folder of {file} cannot be written: {reason}.", file=path, reason=why(error))
            ) from error
        if not take(self._descriptor, alone):
            self.release()
            raise Refused(Text("The database is open in another window or program; close it there first."))

    def release(self) -> None:
        """Give the place back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
