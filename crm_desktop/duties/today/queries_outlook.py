"""The days to come at one look: rooms taken and functions of each of the next ninety days."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.bookings.records import DROPPED
from crm_desktop.duties.stays.queries import longest_stay, rooms_there
from crm_desktop.duties.stays.records import CANCELLED, NO_SHOW
from crm_desktop.record.dates import add_days, days_before, days_between

HALLS = ("meeting", "banquet", "wedding")
NO_PLACE = ("room", "group")


class Ahead:
    """A day to come: rooms taken (and of how many, 0 = not known), groups, and its functions by kind with the places they hold."""

    __slots__ = ("day", "groups", "kinds", "people", "places", "rooms", "there")

    def __init__(self, day: str, there: int) -> None:
        self.day, self.there = day, there
        self.rooms = self.groups = self.people = self.places = 0
        self.kinds: dict[str, int] = {}

    @property
    def share(self) -> int | None:
        """Rooms taken in per cent; None where nobody entered how many there are."""
        return round(100 * self.rooms / self.there) if self.there else None

    @property
    def functions(self) -> int:
        """Meetings, banquets and weddings."""
        return sum(self.kinds.get(kind, 0) for kind in HALLS)


def outlook(reader: Any, first: str, days: int, hotel: int | None) -> list[Ahead]:
    """So many days from the first on, in their order."""
    last = add_days(first, days - 1)
    there = rooms_there(reader, hotel)
    found = {day: Ahead(day, there) for day in (add_days(first, n) for n in range(days))}
    _rooms(reader, found, first, last, hotel)
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    marks, gone = ", ".join("?" * len(DROPPED)), list(DROPPED)
    sql = (
        "select day, kind, count(*), coalesce(sum(people), 0), count(distinct case when place <> '' then place end) from booking"
        f" where day >= ? and day <= ? and state not in ({marks}) and gone is null{here} group by day, kind"
    )
    for day, kind, count, people, places in reader.execute(sql, (first, last, *gone, *values)).fetchall():
        one = found[str(day)]
        one.kinds[str(kind)] = int(count)
        one.groups += int(count) if kind == "group" else 0
        if kind in HALLS:
            one.people += int(people)
            one.places += int(places)
    return list(found.values())


def _rooms(reader: Any, found: dict[str, Ahead], first: str, last: str, hotel: int | None) -> None:
    """The rooms of each day, from how many come and how many go: no stay is asked for twice."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    since = days_before(first, longest_stay(reader))
    sql = (
        "select arrival, departure, count(*) from stay where gone is null and arrival > ? and arrival <= ? and departure > ? and status not in (?, ?)"
        f"{here} group by arrival, departure"
    )
    change = [0] * (len(found) + 1)
    for arrival, departure, count in reader.execute(sql, (since, last, first, CANCELLED, NO_SHOW, *values)).fetchall():
        change[max(0, days_between(first, str(arrival)))] += int(count)
        change[min(len(found), days_between(first, str(departure)))] -= int(count)
    taken = 0
    for one, more in zip(found.values(), change, strict=False):
        taken += more
        one.rooms = taken
