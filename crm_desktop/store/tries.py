"""Wrong passwords, counted outside the data, so that closing the program does not end a wait."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

from crm_desktop.record import lockout
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import keys
from crm_desktop.store.folders import private_folder, whole_file
from crm_desktop.store.locks import turn

MOST = 50  # names kept


def left(database_id: str, login: str) -> int:
    """Seconds until the next try of a name."""
    wrong, last = _read(database_id).get(login.casefold(), (0, 0.0))
    return lockout.left(wrong, last, time.time())


def begin(database_id: str, login: str) -> None:
    """Count a try before it is made: who ends the program in the middle has used it up. Raises Refused while one must wait."""
    with turn(private_folder(keys.key_folder()) / "trying"):
        if seconds := left(database_id, login):
            raise Refused(Text("Too many wrong passwords. Try again in {seconds} seconds.", seconds=seconds))
        counted = _read(database_id)
        wrong, _ = counted.pop(login.casefold(), (0, 0.0))
        counted[login.casefold()] = (wrong + 1, time.time())
        _write(database_id, dict(list(counted.items())[-MOST:]))


def right(database_id: str, login: str) -> int:
    """It was the right one: the count ends. Returns how many were wrong before."""
    with turn(private_folder(keys.key_folder()) / "trying"):
        counted = _read(database_id)
        wrong, _ = counted.pop(login.casefold(), (1, 0.0))
        _write(database_id, counted)
    return wrong - 1


def not_asked(database_id: str, login: str) -> None:
    """Nobody looked at the password (there was no answer): the try does not count."""
    with turn(private_folder(keys.key_folder()) / "trying"):
        counted = _read(database_id)
        wrong, last = counted.pop(login.casefold(), (1, 0.0))
        _write(database_id, counted | ({login.casefold(): (wrong - 1, last)} if wrong > 1 else {}))


def _read(database_id: str) -> dict[str, tuple[int, float]]:
    with suppress(OSError, ValueError, TypeError):
        found = json.loads(_file(database_id).read_text("utf-8"))
        return {str(name): (int(wrong), float(last)) for name, (wrong, last) in found.items()}
    return {}


def _write(database_id: str, counted: dict[str, tuple[int, float]]) -> None:
    with suppress(OSError), whole_file(_file(database_id)) as file:
        file.write(json.dumps(counted, ensure_ascii=False).encode())


def _file(database_id: str) -> Path:
    return keys.key_folder() / f"{database_id}.tries"
