"""Receptions: a train that thirty guests sit in is late, and all their plans move in one action."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.desk import mass
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record import dates
from crm_desktop.store.store import Store
from tests.duties import lobby
from tests.samples import added, row

from .ground import Ground
from .measure import Row, middle, most, seconds

MANY, BAR_MS, TIMES = 30, 50, ("16:05", "14:20", "13:10", "17:45", "14:20")


def reception_rows(_ground: Ground, _factor: float) -> Iterator[Row]:
    """The size of the ground does not matter."""
    try:
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "crm.db", RECORDS, create=True) as store:
            yield _moved(Desk(store, "许棠"))
    finally:
        dates.set_clock(None)


def _moved(desk: Desk) -> Row:
    dates.set_clock(lobby.NOW)
    ids = [_begun(desk, number) for number in range(MANY)]
    took = middle([1000 * seconds(lambda at=at: mass.change(desk, VIP_STAY, ids, {"arrival_time": at})) for at in TIMES])  # type: ignore[misc]
    return most(f"receptions: moving the arrival of {MANY} in one action, with their plans, ms", took, None, f"<= {BAR_MS} ms", BAR_MS)


def _begun(desk: Desk, number: int) -> int:
    guest = added(desk, PERSON, name=f"客人{number}")
    reception = lobby.reception(desk, guest, "V3", lobby.DAY, "2026-11-20", stage="approved", arrival_time="14:20", room_no=f"{1000 + number}")
    desk.move(VIP_STAY, reception, row(desk, VIP_STAY, reception)["version"], "prepare")
    return reception
