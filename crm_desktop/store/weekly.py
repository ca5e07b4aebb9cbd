"""The whole check once a week by itself: whether it is due, whose turn it is, and what the last one found."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_desktop.record.dates import now
from crm_desktop.record.text import Text, say
from crm_desktop.store import backup
from crm_desktop.store.folders import private_folder, whole_file
from crm_desktop.store.locks import take

LOCK, EVERY = "checking.lock", dt.timedelta(days=7)
FORM = "%Y-%m-%dT%H:%M:%S"


def last(path: Path) -> tuple[str, list[str]] | None:
    """The instant of the newest whole check and what it found; None where there was none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        facts: dict[str, Any] = json.loads((backup.folder(path) / backup.CHECKED).read_text("utf-8"))
        return str(facts["at"]), [str(each) for each in facts["problems"]]
    return None


def is_due(path: Path) -> bool:
    """True when the newest is a week old, or seems to be of the future: the clock was wrong then or is now."""
    found = last(path)
    with contextlib.suppress(ValueError):
        age = dt.datetime.now(dt.UTC) - dt.datetime.strptime(found[0][:19], FORM).replace(tzinfo=dt.UTC) if found else EVERY
        return not dt.timedelta(0) <= age < EVERY
    return True


def keep(path: Path, problems: list[Text]) -> None:
    """Keep what a check found, also one that somebody asked for; where it cannot be kept, the next one is due sooner."""
    with contextlib.suppress(OSError), whole_file(private_folder(backup.folder(path)) / backup.CHECKED) as file:
        file.write(json.dumps({"at": now(), "problems": [say(each) for each in problems]}, ensure_ascii=False, indent=1).encode())


@contextlib.contextmanager
def turn(path: Path) -> Iterator[bool]:
    """Whether it is this program's turn: never two at once, not in two programs with the same data either."""
    try:
        descriptor = os.open(private_folder(backup.folder(path)) / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:  # no place to keep what is found
        yield False
        return
    try:
        yield take(descriptor, alone=True)
    finally:
        os.close(descriptor)
