"""A guest event in the booking register: its hall is asked for, booked, moved and given back with it; its helpers know of it."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.bookings import queries as bookings
from crm_desktop.duties.bookings.records import DEFINITE
from crm_desktop.duties.events import queries, rules
from crm_desktop.duties.events.records import BIG_EVENT
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say

BOOKING, FOLLOW_UP = "booking", "follow_up"
HELPS = "event-helper"  # the cause of the follow-up of who helps
WORDS = 200


def asked(desk: Any, writing: Any, event: Row) -> None:
    """Nobody approves an event whose hall somebody else has."""
    _free(writing, _booking(desk, writing, event))


def approved(desk: Any, writing: Any, event: Row) -> None:
    """The hall is booked and the helpers are told."""
    values = _booking(desk, writing, event)
    _free(writing, values)
    if event["place"] and event["booking_id"] is None:
        booking = desk.save_in(writing, desk.store.by_key[BOOKING], None, 0, values)
        desk.save_in(writing, BIG_EVENT, event["id"], event["version"], {"booking_id": booking})
    for line in queries.helpers(writing.db, event["id"]):
        _tell(desk, writing, event, line)


def moved(desk: Any, writing: Any, event: Row) -> None:
    """The booking of its hall goes with the event, where the new hall or hour is free."""
    booking = _of(desk, event)
    if booking is None or event["state"] in (rules.CANCELLED, rules.HELD, rules.SUMMED):
        return
    values = _booking(desk, writing, event)
    _free(writing, values | {"id": booking["id"]})
    told = {name: values[name] for name in ("day", "time", "ends", "place", "tables", "people", "name")}
    desk.save_in(writing, desk.store.by_key[BOOKING], booking["id"], booking["version"], told)


def called_off(desk: Any, writing: Any, event: Row) -> None:
    """Its hall is free again."""
    booking = _of(desk, event)
    if booking is not None and booking["state"] == DEFINITE:
        reason = say(Text("The event was called off: {what}", what=event["name"]))
        desk.move_in(writing, desk.store.by_key[BOOKING], booking["id"], booking["version"], "cancel", reason=reason)


def took_place(desk: Any, writing: Any, event: Row) -> None:
    """Its booking took place with it."""
    booking = _of(desk, event)
    if booking is not None and booking["state"] == DEFINITE:
        desk.move_in(writing, desk.store.by_key[BOOKING], booking["id"], booking["version"], "done")


def helper(desk: Any, writing: Any, line: Row) -> None:
    """Who helps at an event that is approved already is told at once."""
    event = desk.get(BIG_EVENT, line["event_id"]) if line["kind"] == rules.HELPER else None
    if event is not None and event["state"] == rules.INVITING:
        _tell(desk, writing, event, line)


def _of(desk: Any, event: Row) -> Row | None:
    found: Row | None = desk.get(desk.store.by_key[BOOKING], event["booking_id"]) if event["booking_id"] else None
    return found


def _booking(desk: Any, writing: Any, event: Row) -> Row:
    """The booking of an event's hall as it should be."""
    hotel = desk.seat.hotel_id if desk.seat.hotel_id is not None else queries.any_hotel(writing.db)
    tables = event["tables"] or 0
    helpers = "\n".join(f"{line['name']} {line['who']}".strip() for line in queries.helpers(writing.db, event["id"]))
    return {
        "kind": "banquet", "state": DEFINITE, "day": event["day"], "last_day": "", "period": "" if event["time"] else "day", "time": event["time"], "ends": event["ends"] if event["time"] else "",
        "place": event["place"], "tables": tables, "people": tables * (event["per_table"] or 0), "name": event["name"], "owner_id": event["owner_id"], "remark": helpers,
    } | ({} if hotel is None else {"hotel_id": hotel})  # fmt: skip


def _free(writing: Any, booking: Row) -> None:
    others = bookings.clashes(writing.db, booking) if booking["place"] else []
    if others:
        other = others[0]
        who = other["account_id.name"] or other["name"] or "-"
        raise Refused(Text("{place} is taken on {day}: {who} {time}. Choose another hall, day or hour.", place=booking["place"], day=other["day"], who=who, time=other["time"]))


def _tell(desk: Any, writing: Any, event: Row, line: Row) -> None:
    """A helper has it among their follow-ups, once."""
    about = row_words("event_line", line["id"])
    if not line["owner_id"] or queries.followed(writing.db, about):
        return
    words = say(Text("{event}: {what}", event=event["name"], what=line["name"]))[:WORDS]
    desk.save_in(writing, desk.store.by_key[FOLLOW_UP], None, 0, {"name": words, "due": event["day"], "about": about, "cause": HELPS, "owner_id": line["owner_id"]})
