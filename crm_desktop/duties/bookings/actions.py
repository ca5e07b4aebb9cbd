"""What is done with bookings: one is taken."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.bookings import queries
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.record.record import Row
from crm_desktop.store.log import Change


def take(desk: Desk, values: Row) -> Change:
    """A new booking, of who sits here and in this hotel unless said otherwise. Raises Invalid.

    One that clashes is taken too: `clashes` says with what."""
    return desk.save(BOOKING, None, 0, values)


def clashes(desk: Desk, row_id: int) -> list[Row]:
    """The bookings that want the same place at the same time."""
    row = desk.get(BOOKING, row_id)
    return queries.clashes(desk.store.writer, row) if row else []
