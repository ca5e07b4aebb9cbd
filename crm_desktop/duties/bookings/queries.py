"""What the booking register tells: clashes, options that run out, what *Today* says."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.bookings import rules
from crm_desktop.duties.bookings.records import BOOKING, DEFINITE, DROPPED, OPEN
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import counted

COLUMNS = ("id", "kind", "state", "day", "last_day", "period", "time", "ends", "place", "hotel_id", "name", "people")
PRIVATE_ROOM = "private-room"
BEST = "A"  # the class of client whose rooms are told
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


def kind_of_place(reader: Any, name: str) -> str:
    """The kind of the place of this name; '' for one nobody entered."""
    row = reader.execute("select kind from venue where name = ? and gone is null", (name,)).fetchone()
    return str(row[0]) if row else ""


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Bookings of a day, options that run out within two days or already have, and what took place and was not closed."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    booked: list[Filter] = [("day", "=", day), ("state", "not in", DROPPED), *here]
    held: list[Filter] = [("state", "in", OPEN), ("option_date", ">", ""), ("option_date", "<=", add_days(day, SOON)), *here]
    over: list[Filter] = [("state", "=", DEFINITE), ("day", "<", day), *here]
    return [
        counted(reader, Text("Bookings today"), BOOKING, booked, group="bookings"), *_functions(reader, day, hotel, booked),
        counted(reader, Text("Options running out"), BOOKING, held, group="bookings", tone="amber", short=Text("Options ending")),
        counted(reader, Text("Over and not closed"), BOOKING, over, group="bookings", tone="amber"),
    ]


def _taken(reader: Any, day: str, hotel: int | None) -> Text | str:
    """How many of the private rooms somebody booked for a day, at noon or in the evening."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    there = reader.execute(f"select count(*) from venue where kind = ? and gone is null{here}", (PRIVATE_ROOM, *values)).fetchone()[0]
    if not there:
        return ""
    marks = ", ".join("?" * len(DROPPED))
    sql = f"select count(distinct place) from booking where day = ? and state not in ({marks}) and kind = ? and place <> '' and gone is null{here}"
    taken = reader.execute(sql, (day, *DROPPED, PRIVATE_ROOM, *values)).fetchone()[0]
    rooms = Text("{n} of {all} rooms", n=f"{taken:,}", all=f"{there:,}")
    ours = reader.execute(f"{sql} and exists (select 1 from account as a where a.id = booking.account_id and a.level = ?)", (day, *DROPPED, PRIVATE_ROOM, *values, BEST)).fetchone()[0]
    return Text("{first} · {second}", first=rooms, second=Text("{n} of class {level}", n=f"{ours:,}", level=BEST)) if ours else rooms


def _functions(reader: Any, day: str, hotel: int | None, booked: list[Filter]) -> list[TodayLine]:
    """The private rooms taken on a day, of how many; the weddings, and the meetings and banquets, each with the people expected."""
    here, values = ("", []) if hotel is None else (" and hotel_id = ?", [hotel])
    marks = ", ".join("?" * len(DROPPED))
    sql = f"select kind, count(*), coalesce(sum(people), 0) from booking where day = ? and state not in ({marks}) and gone is null{here} group by kind"
    found = {str(kind): (int(count), int(people)) for kind, count, people in reader.execute(sql, (day, *DROPPED, *values)).fetchall()}
    lines = []
    for label, short, kinds in ((Text("Weddings"), None, ("wedding",)), (Text("Meetings and banquets"), Text("Other functions"), ("meeting", "banquet"))):
        count, people = (sum(found.get(kind, (0, 0))[at] for kind in kinds) for at in (0, 1))
        if count:
            covers = Text("{n} people", n=f"{people:,}") if people else ""
            lines.append(TodayLine(label, count, None, BOOKING.key, [*booked, ("kind", "in", kinds)], group="bookings", amount=covers, short=short))
    if dinners := found.get(PRIVATE_ROOM, (0, 0))[0]:
        lines.insert(0, TodayLine(Text("Private rooms"), dinners, None, BOOKING.key, [*booked, ("kind", "=", PRIVATE_ROOM)], group="bookings", amount=_taken(reader, day, hotel)))
    return lines
