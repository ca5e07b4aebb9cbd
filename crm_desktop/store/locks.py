"""Who has a database open: many may use it side by side, a restore needs it alone.

Everybody using the database holds one byte of `FILE.lock`; whoever needs it alone takes all of them."""

from __future__ import annotations

import os
from pathlib import Path

from crm_desktop.record.text import Refused, Text

PLACES = 64


def _take(descriptor: int, at: int, count: int) -> bool:
    if os.name == "nt":
        import msvcrt

        os.lseek(descriptor, at, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, count)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, count, at)
    except OSError:
        return False
    return True


class Place:
    """One user of a database. The lock file is never the database itself, so closing it cancels no lock there."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        name = path.with_name(path.name + ".lock")
        try:
            self._descriptor = os.open(name, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise Refused(
                Text("The folder of {file} cannot be written: {reason}.", file=path, reason=error.strerror or error)
            ) from error
        taken = _take(self._descriptor, 0, PLACES) if alone else self._any()
        if not taken:
            self.release()
            raise Refused(Text("The database is open in another window or program; close it there first."))

    def _any(self) -> bool:
        start = os.getpid() % PLACES
        return any(_take(self._descriptor, (start + n) % PLACES, 1) for n in range(PLACES))

    def release(self) -> None:
        """Give the place back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
