"""A database that was made once in a run: what a test opens is a copy of its file."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from crm_desktop.store.files import folder
from crm_desktop.store.folders import private_folder
from crm_desktop.store.keys import Keys, id_file

ROOM = 4 << 30  # bytes


class Kept:
    """A database's file as it was made, with its keys, and the ids of its rows by name."""

    def __init__(self, file: Path, keys: Keys, ids: dict[str, int] | None = None) -> None:
        self._file, self._keys, self._ids = file, keys, ids or {}

    @property
    def ids(self) -> dict[str, int]:
        """The ids by name, of whoever asks alone."""
        return dict(self._ids)

    def copy(self, path: Path) -> Path:
        """A database of its own, for whoever lives in the present settings folder."""
        keys = Keys(self._keys.database_id, self._keys.secret, path)
        private_folder(path.parent)
        private_folder(keys.head_file.parent).joinpath(f"{keys.database_id}.key").write_text(keys.secret)
        id_file(path).write_text(keys.database_id)
        shutil.copyfile(self._file, path)
        if folder(self._file).is_dir():
            shutil.copytree(folder(self._file), folder(path), copy_function=shutil.copyfile)
            folder(path).chmod(0o700)
        for each in (*keys.head_file.parent.iterdir(), id_file(path), path):
            each.chmod(0o600)
        return path


def fast_place() -> str | None:
    """Memory, where there is enough of it: what is made there need not outlive the run, and no test waits for a disk."""
    place = Path("/dev/shm")
    return str(place) if place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM else None


def folder_of_the_run(what: str) -> Path:
    """A folder that goes with the process."""
    made = Path(tempfile.mkdtemp(prefix=f"{what}-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
