"""The sample hotel for tests: made once in a run, opened as a copy."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from crm_desktop.demo import sample
from crm_desktop.demo.house import House
from crm_desktop.duties import RECORDS
from crm_desktop.record import dates
from crm_desktop.store.keys import Keys
from crm_desktop.store.store import Store
from tests.kept import Kept, folder_of_the_run
from tests.samples import VARIABLES

NOW = dt.datetime(2026, 11, 18, 13, 20)
TODAY = NOW.date().isoformat()


class Hotel(Kept):
    """The sample as it was made: its rows, ids by name, and the file it was written to."""

    def __init__(self, house: House, file: Path, keys: Keys) -> None:
        super().__init__(file, keys, house.ids)
        self.house = house


@cache
def made() -> Hotel:
    """The sample around the day of the tests, once in a process, in folders of nobody."""
    folder = folder_of_the_run("sample-hotel")
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
