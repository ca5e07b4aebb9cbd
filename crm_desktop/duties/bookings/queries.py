"""What the booking register tells: clashes, options that run out, what *Today* says."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.bookings import rules
from crm_desktop.duties.bookings.records import BOOKING, CANCELLED, INQUIRY, LOST, TENTATIVE
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count

COLUMNS = ("id", "kind", "state", "day", "last_day", "period", "time", "place", "hotel_id", "name", "people")
LONGEST = 31  # days a booking is looked for back
SOON = 2  # days in which an option runs out


def clashes(reader: Any, row: Row) -> list[Row]:
    """The other bookings that want the place of this one at the same time, by day and time."""
    if not rules.holds(row):
        return []
    first, last = rules.days(row)
    names = ", ".join(f"b.{name}" for name in COLUMNS)
    sql = f"select {names}, a.name from booking as b left join account as a on a.id = b.account_id where b.gone is null and b.day >= ? and b.day <= ? order by b.day, b.time, b.id"
    found = reader.execute(sql, (days_before(first, LONGEST), last)).fetchall()
    others = [dict(zip((*COLUMNS, "account_id.name"), each, strict=True)) for each in found]
    return [other for other in others if other["id"] != row.get("id") and rules.clash(row, other)]


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Bookings of a day, and options that run out within two days or already have."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    booked: list[Filter] = [("day", "=", day), ("state", "not in", (LOST, CANCELLED)), *here]
    held: list[Filter] = [("state", "in", (INQUIRY, TENTATIVE)), ("option_date", ">", ""), ("option_date", "<=", add_days(day, SOON)), *here]
    now, ending = (count(reader, ListQuery(BOOKING, filters)) for filters in (booked, held))
    return [
        TodayLine(Text("Bookings today"), now, None, "booking", booked, group="bookings"),
        TodayLine(Text("Options running out"), ending, None, "booking", held, group="bookings", tone="amber" if ending else ""),
    ]
