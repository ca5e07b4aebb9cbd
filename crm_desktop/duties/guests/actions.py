"""What is taken over into guest files: the meals and banquets that took place."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.guests import queries
from crm_desktop.duties.guests.records import CONSUMPTION
from crm_desktop.duties.guests.rules import spent
from crm_desktop.record.record import Row
from crm_desktop.record.text import say

MEALS = ("table", "private-room", "banquet", "wedding")  # kinds of booking at which people eat


def hosted(desk: Any, writing: Any, booking: Row) -> None:
    """A booking of a meal that took place stands among what the guest and the client had: where, what, for how many, for
    how much, as agreed; what the bill says is put right by hand. None where nobody is named, or it stands there already."""
    if booking["kind"] not in MEALS or (booking["person_id"] is None and booking["account_id"] is None) or queries.taken_over(writing.db, booking["id"]):
        return
    kind = desk.store.by_key["booking"].by_name["kind"].choice_text(booking["kind"])
    people = booking["guaranteed"] or booking["people"]
    values: Row = {
        "person_id": booking["person_id"], "account_id": booking["account_id"], "booking_id": booking["id"], "day": booking["day"], "outlet": booking["place"],
        "name": queries.menu(writing.db, booking["id"]) or say(kind), "covers": people, "amount": spent(booking["price"], booking["basis"], people, booking["sure_tables"] or booking["tables"]),
        "currency": booking["currency"], "hosted": 1,
    }  # fmt: skip
    desk.save_in(writing, CONSUMPTION, None, 0, values)
