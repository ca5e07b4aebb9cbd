"""What complaints tell the shared screens: lines of *Today*, what matters about a guest, a client and a room now."""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_desktop.duties.complaints import rules
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.record import clock
from crm_desktop.record.dates import business_date, days_before, days_between
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count, counted
from crm_desktop.store.rows import get

IS_OPEN: Filter = ("state", "in", rules.OPEN)
OPEN_STATES = f"({', '.join(repr(state) for state in rules.OPEN)})"  # as other duties' questions need them
HURTS: Filter = ("kind", "<>", "praise")
BY = {"account": "account_id", "person": "person_id"}
AGAIN = 30  # days in which the same trouble in the same room is one that was not mended
MOST = 3


def late(now: str) -> list[Filter]:
    """Open complaints whose clock has run out."""
    return [("due", ">", ""), ("due", "<", now), HURTS]


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Received on the day; now: open, severe, past their clock, and those waiting to be called back or filed."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    received: list[Filter] = [("received_on", "=", day), HURTS, *here]
    told = partial(counted, group="service")
    lines = [told(reader, Text("Complaints received"), COMPLAINT, received, short=Text("Received today"))]
    if day == business_date():
        severe: list[Filter] = [IS_OPEN, ("severity", "in", rules.SEVERE), *here]
        lines += [
            told(reader, Text("Complaints open"), COMPLAINT, [IS_OPEN, HURTS, *here], tone="amber"),
            told(reader, Text("Severe complaints open"), COMPLAINT, severe, tone="red", short=Text("Severe, open")),
            told(reader, Text("Complaints past their time"), COMPLAINT, [*late(clock.now()), *here], tone="red", short=Text("Past their time")),
            told(reader, Text("To be filed"), COMPLAINT, [("state", "=", rules.CALLED), *here]),
        ]
    return lines


def due(row: Row) -> Text:
    """The notice of a complaint whose clock runs out."""
    waits = rules.WORDS.get(row["waits_for"]) or Text("Complaint")
    return Text("Complaint '{what}': time is up for '{step}'", what=row["name"], step=waits)


def now(reader: Any, record: str, row_id: int, _day: str) -> list[NowPoint]:
    """A guest's or client's open complaints; of a complaint itself, the same trouble in the same room before."""
    if record == COMPLAINT.key:
        return _before(reader, row_id)
    if record not in BY:
        return []
    marks = ", ".join("?" * len(rules.OPEN))
    sql = (
        f"select id, severity, name, received_on from complaint where {BY[record]} = ? and gone is null and kind <> 'praise' and state in ({marks})"
        " order by severity, received_on, id"
    )
    found = reader.execute(sql, (row_id, *rules.OPEN)).fetchall()
    points = [
        NowPoint(Text("Open complaint {severity}: {what} ({day})", severity=severity, what=what, day=on), "red" if severity in rules.SEVERE else "amber", (COMPLAINT.key, int(each)))
        for each, severity, what, on in found[:MOST]
    ]  # fmt: skip
    rest = len(found) - MOST
    return [*points, NowPoint(Text("{n} more open complaints", n=rest), "amber", (COMPLAINT.key, [(BY[record], "=", row_id), IS_OPEN]))] if rest > 0 else points


def _before(reader: Any, row_id: int) -> list[NowPoint]:
    row = get(reader, COMPLAINT, row_id)
    if row is None or not row["room_no"] or not row["category"]:
        return []
    same: list[Filter] = [
        ("room_no", "=", row["room_no"]), ("category", "=", row["category"]), ("received_on", ">=", days_before(row["received_on"], AGAIN)),
        ("received_on", "<=", row["received_on"]), HURTS, ("state", "<>", rules.WITHDRAWN),
    ]  # fmt: skip
    times = count(reader, ListQuery(COMPLAINT, same))
    if times < 2:
        return []
    marks = " and ".join(f"{column} {operator} ?" for column, operator, _ in same)
    first = reader.execute(f"select min(received_on) from complaint where gone is null and {marks}", [value for _, _, value in same]).fetchone()[0]
    what = COMPLAINT.by_name["category"].choice_text(row["category"])
    words = Text("Room {room}: {what}, time no. {n} in {days} days", room=row["room_no"], what=what, n=times, days=days_between(str(first), row["received_on"]))
    return [NowPoint(words, "red", (COMPLAINT.key, same))]
