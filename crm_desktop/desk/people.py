"""Who is sitting here: the colleague chosen for this PC; until one is chosen, the PC's own user."""

from __future__ import annotations

import getpass
from typing import Any

from crm_desktop.desk.settings import COLLEAGUE, SAMPLE_PERSON, SEAT_HOTEL, Settings
from crm_desktop.record.house import HOTEL
from crm_desktop.record.record import Record, Row
from crm_desktop.store import seat
from crm_desktop.store.seat import Seat

OWNER = "owner_id"  # the column of record/house.py


def signed_in() -> str:
    """The name of the PC's own user: this seat's name in the log, and the person's until a colleague is chosen."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "—"


def find(connection: Any, settings: Settings) -> Seat:
    """Who sits here now, by what this PC's settings say."""
    chosen = settings.person or settings.get(COLLEAGUE)
    return seat.find(connection, settings.get(SAMPLE_PERSON) or signed_in(), chosen, settings.get(SEAT_HOTEL))


def sitting(settings: Settings, connection: Any) -> int:
    """The colleague who sits here, also where nobody signs in; 0 where none is known."""
    return find(connection, settings).person_id or 0


def own(record: Record, here: Seat | None) -> Row:
    """What a new row of this record begins with here: the person as its owner, and the hotel; each with its name."""
    row: Row = record.fresh()
    if here and here.person_id and _points(record, OWNER, "staff"):
        row |= {OWNER: here.person_id, f"{OWNER}.name": here.person}
    if here and here.hotel_id and _points(record, HOTEL, "hotel"):
        row |= {HOTEL: here.hotel_id, f"{HOTEL}.name": here.hotel}
    return row


def _points(record: Record, column: str, target: str) -> bool:
    field = record.by_name.get(column)
    return field is not None and field.ref == target
