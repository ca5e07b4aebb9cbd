"""Where a person's data and settings lie, and files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import names

NAME = "crm-desktop"


def _folder(variable: str, kind: str) -> Path:
    given = os.environ.get(variable)
    if given:
        return Path(given)
    import platformdirs

    data = Path(platformdirs.user_data_dir(NAME, appauthor=False))
    settings = Path(platformdirs.user_config_dir(NAME, appauthor=False))
    if data == settings:  # Windows and macOS: the key must not lie in the folder of the data
        data, settings = data / "data", settings / "settings"
    return data if kind == "data" else settings


def data_folder() -> Path:
    """Where the database and its backups live unless a file is named; CRM_DESKTOP_DATA overrides it."""
    return _folder("CRM_DESKTOP_DATA", "data")


def settings_folder() -> Path:
    """Where settings and keys live, away from the data; CRM_DESKTOP_SETTINGS overrides it."""
    return _folder("CRM_DESKTOP_SETTINGS", "settings")


def state_folder() -> Path:
    """Where the program's own log lies; CRM_DESKTOP_STATE overrides it."""
    given = os.environ.get("CRM_DESKTOP_STATE")
    if given:
        return Path(given)
    import platformdirs

    state = Path(platformdirs.user_state_dir(NAME, appauthor=False))
    shared = state in (Path(platformdirs.user_data_dir(NAME, appauthor=False)), Path(platformdirs.user_config_dir(NAME, appauthor=False)))
    return state / "log" if shared else state


def private_folder(path: Path) -> Path:
    """The folder, made for this person alone when it is not there."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def sync_folder(path: Path) -> None:
    """Make a rename in this folder survive a power cut (not needed and not possible on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def manifest(path: Path) -> Path:
    """The small file beside a backup that proves it."""
    return path.with_name(path.name + ".json")


def part_name(path: Path) -> Path:
    """A name beside a file's place that nobody else writes to, for what will be put there when it is whole."""
    return path.with_name(f".{names.shortened(path.name, 200)}.{secrets.token_hex(4)}.part")


def discard(part: Path) -> None:
    """Take away a part that was not finished, with what the database engine may have put beside it."""
    for rest in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            part.with_name(part.name + rest).unlink()


@contextlib.contextmanager
def whole_file(path: Path, mode: str = "wb", **options: str) -> Iterator[IO[bytes]]:
    """Write a file beside its place and put it there only when all of it is on the disk; private to this person."""
    part = part_name(path)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, mode, **options) as file:  # type: ignore[call-overload]
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        sync_folder(path.parent)
    except BaseException:
        discard(part)
        raise


DRAFTS = ".drafts-"  # between a database's name and the number of a program's drafts
OURS = ("-wal", "-shm", "-journal", ".id", ".lock", ".recovery", ".erased")


def refuse_ours(path: Path) -> None:
    """Raise Refused when a file is a database of this program or belongs to one (nothing may be written over it), or when
    no file can have that name."""
    names.refuse_names(path)
    base = next((path.name.removesuffix(end) for end in OURS if path.name.endswith(end)), path.name).split(DRAFTS)[0]
    if path.with_name(base + ".id").exists():
        raise Refused(Text("{file} is a database; nothing was written over it.", file=path))


def writing(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """`whole_file` for a person's file: a failure becomes a sentence, and the old file stays as it was."""
    refuse_ours(path)
    try:
        with whole_file(path) as file:
            write(file)
    except OSError as error:
        raise unwritten(path, error) from error


def unwritten(path: Path, error: OSError) -> Refused:
    """The sentence for a file that could not be written."""
    if names.is_too_long(path):
        return Refused(Text("{file} could not be written: its path is longer than Windows allows. Choose a folder with a shorter path.", file=path))
    return Refused(Text("{file} could not be written: {reason}. Nothing was changed there.", file=path, reason=why(error)))
