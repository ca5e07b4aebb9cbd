"""Who sits at this PC, and in which hotel, as the data knows them."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.record import Row
from crm_desktop.store.schema import LIVING


class Seat:
    """A person and a hotel, each with its name; without an id the name is that of the PC's own user, or nothing."""

    def __init__(self, person: str, person_id: int | None = None, hotel: str = "", hotel_id: int | None = None) -> None:
        self.person, self.person_id, self.hotel, self.hotel_id = person, person_id, hotel, hotel_id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seat) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


def find(connection: Any, user: str, staff_id: int = 0, hotel_id: int = 0) -> Seat:
    """The colleague and the hotel chosen for this PC. Where none was, or it is gone: the only colleague of the user's own
    name, and the only hotel there is."""
    who = _one(connection, "staff", staff_id, "name = ? and left_on = ''", (user,))
    where = _one(connection, "hotel", hotel_id, "1 = 1", ())
    return Seat(who[1] if who else user, who[0] if who else None, where[1] if where else "", where[0] if where else None)


def _one(connection: Any, table: str, row_id: int, rule: str, values: tuple[Any, ...]) -> tuple[int, str] | None:
    chosen = connection.execute(f"select id, name from {table} where id = ? and {LIVING}", (row_id,)).fetchone()
    if chosen:
        return int(chosen[0]), str(chosen[1])
    found = connection.execute(f"select id, name from {table} where {rule} and {LIVING} limit 2", values).fetchall()
    return (int(found[0][0]), str(found[0][1])) if len(found) == 1 else None


def colleagues(connection: Any) -> list[Row]:
    """What the rule about deputies needs to know of every colleague."""
    names = ("id", "name", "manager_id", "deputy_id", "deputy_from", "deputy_to", "left_on")
    found = connection.execute(f"select {', '.join(names)} from staff where {LIVING}").fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]
