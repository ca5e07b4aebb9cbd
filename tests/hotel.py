"""The sample hotel for tests: made once in a run, opened as a copy."""

from __future__ import annotations

import atexit
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from crm_desktop.demo import sample
from crm_desktop.demo.house import House
from crm_desktop.duties import RECORDS
from crm_desktop.record import dates
from crm_desktop.store.folders import private_folder
from crm_desktop.store.keys import Keys, id_file
from crm_desktop.store.store import Store
from tests.samples import VARIABLES

NOW = dt.datetime(2026, 11, 18, 13, 20)
TODAY = NOW.date().isoformat()


class Hotel:
    """The sample as it was made: its rows, ids by name, and the file it was written to."""

    def __init__(self, house: House, file: Path, keys: Keys) -> None:
        self.house, self.ids, self._file, self._keys = house, house.ids, file, keys

    def copy(self, path: Path) -> Path:
        """A database of its own, for whoever lives in the present settings folder."""
        private_folder(path.parent)
        private_folder(self._keys_of(path).head_file.parent).joinpath(f"{self._keys.database_id}.key").write_text(self._keys.secret)
        id_file(path).write_text(self._keys.database_id)
        shutil.copyfile(self._file, path)
        for each in (*self._keys_of(path).head_file.parent.iterdir(), id_file(path), path):
            each.chmod(0o600)
        return path

    def _keys_of(self, path: Path) -> Keys:
        return Keys(self._keys.database_id, self._keys.secret, path)


@cache
def made() -> Hotel:
    """The sample around the day of the tests, once in a process, in folders of nobody."""
    folder = Path(tempfile.mkdtemp(prefix="sample-hotel-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with living_in(folder), at_its_hour(), Store(folder / "hotel.db", RECORDS, create=True, seat="sample") as store:
        return Hotel(sample.fill(store, TODAY), store.path, store.keys)


@contextmanager
def living_in(folder: Path) -> Iterator[None]:
    """Keep data and settings below this folder, here and in programs started from here."""
    before = {name: os.environ.get(name) for name in VARIABLES}
    os.environ.update({name: str(folder / name.rsplit("_", 1)[1].lower()) for name in VARIABLES})
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@contextmanager
def at_its_hour() -> Iterator[None]:
    """The wall clock of the sample."""
    dates.set_clock(NOW)
    try:
        yield
    finally:
        dates.set_clock(None)
