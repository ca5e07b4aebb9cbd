"""Where the sample hotel is kept, and when it is made anew."""

from __future__ import annotations

import json
from pathlib import Path

from crm_desktop.demo import sample
from crm_desktop.desk.settings import SAMPLE
from crm_desktop.duties import RECORDS
from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import peek
from crm_desktop.store.folders import data_folder, private_folder
from crm_desktop.store.locks import turn
from crm_desktop.store.store import Store

FILE = "demo.db"
SEAT = "sample"  # no person's seat: making it is nobody's action to take back


def database() -> Path:
    """The file of the sample hotel."""
    return data_folder() / FILE


def is_ready() -> bool:
    """True when it can be opened at once. Raises Refused when something else has its name."""
    path = database()
    if not path.exists() or not path.stat().st_size:
        return False
    current, kept = peek.kept(path, RECORDS)
    if SAMPLE.name not in kept and kept:
        raise _foreign(path)
    return current and bool(json.loads(kept.get(SAMPLE.name, '""')))


def ready(*, fresh: bool = False) -> Path:
    """The sample hotel, made when it is not there, when it is of another shape, or when it is wanted `fresh`.

    Raises Refused when it is open elsewhere, or when a database that is no sample has its name."""
    path = database()
    with turn(private_folder(path.parent) / f"{FILE}.making"):
        if not is_ready() or fresh:
            make(path, business_date())
    return path


def make(path: Path, today: str) -> None:
    """The sample around a day, in the place of an older sample. Raises Refused for any other database."""
    if path.exists() and path.stat().st_size and SAMPLE.name not in peek.kept(path, RECORDS)[1]:
        _refuse_used(path)
    peek.remove(path)
    with Store(path, RECORDS, create=True, seat=SEAT) as store:
        sample.fill(store, today)


def _refuse_used(path: Path) -> None:
    """A making cut short left an empty database; one in which something happened is somebody's own."""
    with Store(path, RECORDS, seat=SEAT) as store:
        if sample.is_used(store):
            raise _foreign(path)


def _foreign(path: Path) -> Refused:
    return Refused(Text("{file} is no sample hotel; nothing in it was touched. Put it elsewhere, then try again.", file=path))
