"""What is done with guest events: the list drawn up by quota, tables given, the budget kept, who came."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.events import actions_hall, queries, rules
from crm_desktop.duties.events.records import EVENT_GUEST
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

RESIDENT = 14  # nights of a stay from which somebody lives in the house
LISTED, SEATED = Text("Guest list drawn up"), Text("Tables given")


def _open(desk: Desk, event_id: int) -> Row:
    event = queries.event_of(desk.store.writer, event_id)
    if event is None:
        raise Refused(Text("This event is no longer there; nothing was changed."))
    if event["state"] in (rules.HELD, rules.SUMMED, rules.CANCELLED):
        raise Refused(Text("This event is over or called off; nothing was changed."))
    return event


def draw_list(desk: Desk, event_id: int) -> Change:
    """Of each seller's clients as many as the quota says, best classes first; who is on the list stays."""
    event, db = _open(desk, event_id), desk.store.writer
    wanted = queries.quotas(db, event_id)
    if not wanted:
        raise Refused(Text("Enter first how many guests each seller brings (a line of the kind 'Guests a seller brings')."))
    held, _ = queries.uninvited(db, desk.today())
    every = [client for client in queries.clients(db, bool(event["public"])) if client[0] not in held]
    fresh = rules.chosen(every, wanted, queries.listed(db, event_id))
    if not fresh:
        raise Refused(Text("Every quota is filled, or its seller has no more clients with a class; nothing was added."))
    seller = {client: owner for client, _, owner in every}
    with desk.writing(LISTED) as writing:
        for client in fresh:
            values = {"event_id": event_id, "account_id": client, "person_id": queries.speaker(db, client, desk.today()), "owner_id": seller[client]}
            desk.save_in(writing, EVENT_GUEST, None, 0, values)
    change: Change = writing.entry.change
    return change


def give_tables(desk: Desk, event_id: int) -> Change:
    """A table for everybody who comes and has none; what was chosen by hand stays. Raises Refused where nobody can be seated."""
    event = _open(desk, event_id)
    parties, versions = queries.to_seat(desk.store.writer, event_id)
    places = rules.seated(parties, event["tables"] or 0, event["per_table"] or 0, queries.tables_taken(desk.store.writer, event_id))
    if not places:
        raise Refused(Text("Nobody who comes is without a table, or no table has room; nothing was changed."))
    with desk.writing(SEATED) as writing:
        for at, table in places.items():
            desk.save_in(writing, EVENT_GUEST, at, versions[at], {"table_no": table})
    change: Change = writing.entry.change
    return change


def seated(_desk: Any, writing: Any, guest: Row) -> None:
    """No table has more guests than chairs."""
    event = queries.event_of(writing.db, guest["event_id"]) if guest["table_no"] else None
    chairs = (event or {}).get("per_table") or 0
    if event and chairs and (there := queries.at_table(writing.db, guest["event_id"], guest["table_no"])) > chairs:
        raise Refused(Text("Table {table} has {chairs} chairs, this would make {n}: choose another.", table=guest["table_no"], chairs=chairs, n=there))


def sent(desk: Any, writing: Any, guest: Row) -> None:
    """Nobody is sent an invitation who does not want one, or whose client is not to be contacted just now."""
    clients, people = queries.uninvited(writing.db, desk.today())
    if guest["account_id"] in clients or guest["person_id"] in people:
        raise Refused(Text("They withdrew their consent or asked not to be contacted: this invitation is not sent. Take the guest off the list."))


def line_changed(desk: Any, writing: Any, line: Row) -> None:
    """What was approved, or is being, does not grow; who helps is there and knows of it."""
    event = queries.event_of(writing.db, line["event_id"])
    if event and event["state"] != rules.DRAFT and queries.budgeted(writing.db, line["event_id"]) > (event["granted"] or 0):
        raise Refused(Text("The budget is in approval or approved as it is: have the scheme sent back, or enter what was spent."))
    actions_hall.helper(desk, writing, line)


def held(desk: Any, writing: Any, event: Row) -> None:
    """An event is not over before its day; with it its booking took place."""
    if event["day"] > desk.today():
        raise Refused(Text("The event is on {day}: it is not over yet.", day=event["day"]))
    actions_hall.took_place(desk, writing, event)


def draw_residents(desk: Desk, event_id: int) -> Change:
    """Invite who lives in the house: guests who stay for two weeks and more; who is on the list stays. Raises Refused without any."""
    event, db = _open(desk, event_id), desk.store.writer
    there = queries.people_listed(db, event_id) | queries.uninvited(db, desk.today())[1]
    fresh = [(guest, account) for guest, account in queries.residents(db, RESIDENT, bool(event["public"])) if guest not in there]
    if not fresh:
        raise Refused(Text("Nobody lives in the house for two weeks and more who is not on the list; nothing was added."))
    with desk.writing(LISTED) as writing:
        for guest, account in fresh:
            desk.save_in(writing, EVENT_GUEST, None, 0, {"event_id": event_id, "person_id": guest, "account_id": account})
    change: Change = writing.entry.change
    return change
