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
    """Nobody approves an event whose hall somebody else has, or whose helpers are not there."""
    _free(writing, _booking(desk, writing, event))
    for line in queries.helpers(writing.db, event["id"]):
        _is_there(writing, event, line)


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
    """The booking of its hall and the tasks of its helpers go with the event, where the new hall or hour is free."""
    booking = _of(desk, event)
    if event["state"] == rules.INVITING:
        for line in queries.helpers(writing.db, event["id"]):
            _tell(desk, writing, event, line)
    if booking is None or event["state"] in (rules.CANCELLED, rules.HELD, rules.SUMMED):
        return
    values = _booking(desk, writing, event)
    _free(writing, values | {"id": booking["id"]})
    told = {name: values[name] for name in ("day", "time", "ends", "place", "tables", "people", "name")}
    desk.save_in(writing, desk.store.by_key[BOOKING], booking["id"], booking["version"], told)


def called_off(desk: Any, writing: Any, event: Row) -> None:
    """Its hall is free again, and its helpers are."""
    booking, reason = _of(desk, event), say(Text("The event was called off: {what}", what=event["name"]))
    for line in queries.helpers(writing.db, event["id"]):
        _untell(desk, writing, line, reason)
    if booking is not None and booking["state"] == DEFINITE:
        desk.move_in(writing, desk.store.by_key[BOOKING], booking["id"], booking["version"], "cancel", reason=reason)


def took_place(desk: Any, writing: Any, event: Row) -> None:
    """Its booking took place with it."""
    booking = _of(desk, event)
    if booking is not None and booking["state"] == DEFINITE:
        desk.move_in(writing, desk.store.by_key[BOOKING], booking["id"], booking["version"], "done")


def helper(desk: Any, writing: Any, line: Row) -> None:
    """Who helps is there that day; at an event that is approved already they are told at once."""
    event = desk.get(BIG_EVENT, line["event_id"]) if line["kind"] == rules.HELPER else None
    if event is None or event["state"] in (rules.HELD, rules.SUMMED, rules.CANCELLED):
        return
    _is_there(writing, event, line)
    if event["state"] == rules.INVITING:
        _tell(desk, writing, event, line)


def line_leaving(desk: Any, writing: Any, line: Row) -> None:
    """Who does not help any more has it no longer among their follow-ups."""
    _untell(desk, writing, line, say(Text("No longer needed: {what}", what=line["name"])))


def _is_there(writing: Any, event: Row, line: Row) -> None:
    why = queries.absent(writing.db, line["owner_id"], event) if line["owner_id"] else None
    if why is not None:
        raise Refused(Text("{why}. Choose somebody else for '{what}', or change the rota first.", why=why, what=line["name"]))


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
    """A helper has it among their follow-ups, once, on the event's day; another helper takes it over."""
    about = row_words("event_line", line["id"])
    known = queries.told_by(writing.db, about)
    if not line["owner_id"]:
        return
    words = say(Text("{event}: {what}", event=event["name"], what=line["name"]))[:WORDS]
    values: Row = {"name": words, "due": event["day"], "owner_id": line["owner_id"]}
    if known is None:
        desk.save_in(writing, desk.store.by_key[FOLLOW_UP], None, 0, values | {"about": about, "cause": HELPS})
    elif known["state"] == "open" and values != {name: known[name] for name in values}:
        desk.save_in(writing, desk.store.by_key[FOLLOW_UP], known["id"], known["version"], values)


def _untell(desk: Any, writing: Any, line: Row, reason: str) -> None:
    known = queries.told_by(writing.db, row_words("event_line", line["id"]))
    if known is not None and known["state"] == "open":
        desk.move_in(writing, desk.store.by_key[FOLLOW_UP], known["id"], known["version"], "expire", reason=reason)
