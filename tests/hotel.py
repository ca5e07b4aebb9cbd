"""The sample hotel for tests: made once in a run, opened as a copy."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_desktop.demo import sample
from crm_desktop.demo.house import House
from crm_desktop.duties import RECORDS
from crm_desktop.record import dates
from crm_desktop.store.folders import private_folder
from crm_desktop.store.keys import Keys, id_file
from crm_desktop.store.store import Store

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


def make(folder: Path) -> Hotel:
    """The sample around the day of the tests, in a file of this folder."""
    dates.set_clock(NOW)
    try:
        with Store(folder / "hotel.db", RECORDS, create=True, seat="sample") as store:
            return Hotel(sample.fill(store, TODAY), store.path, store.keys)
    finally:
        dates.set_clock(None)


@contextmanager
def at_its_hour() -> Iterator[None]:
    """The wall clock of the sample."""
    dates.set_clock(NOW)
    try:
        yield
    finally:
        dates.set_clock(None)
