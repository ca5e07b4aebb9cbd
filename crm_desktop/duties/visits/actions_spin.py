"""One report, several files: what a visit brought goes on as a complaint, a preference, market information, a promise, a follow-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm_desktop.duties.visits import queries_papers as queries
from crm_desktop.duties.visits.records import DONE, VISIT
from crm_desktop.duties.visits.rules import step_day
from crm_desktop.record.dates import business_date, local_time
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Row

WORDS, SUBJECT = 200, 80  # characters of a follow-up or preference, of a subject
FACE = ("visit", "reception", "in-house", "meal", "site", "fair", "joint", "table")
OURS = "our-promise"  # the cause of the follow-up of what the house promised


def spin_off(desk: Any, writing: Any, visit: Row) -> None:
    """Make what was ticked in a visit that took place and was not made yet; what it became is kept, nothing is made twice."""
    if visit["state"] != DONE:
        return
    made = str(visit["spun"]).split()
    fresh = [(key, record, row(visit)) for key, (column, record, row) in MAKES.items() if key not in made and visit[column]]
    if not fresh:
        return
    for _key, record, values in fresh:
        desk.save_in(writing, desk.store.by_key[record], None, 0, values | _at(desk, writing, record))
    desk.save_in(writing, VISIT, visit["id"], visit["version"], {"spun": " ".join([*made, *(key for key, *_ in fresh)])})


def _at(desk: Any, writing: Any, record: str) -> Row:
    """The hotel of a row that needs one, where nobody chose one at this seat."""
    if record != "complaint" or desk.seat.hotel_id is not None:
        return {}
    hotel = queries.any_hotel(writing.db)
    return {} if hotel is None else {"hotel_id": hotel}


def _whose(visit: Row) -> Row:
    return {"account_id": visit["account_id"], "person_id": visit["person_id"]} | ({"owner_id": visit["owner_id"]} if visit["owner_id"] else {})


def _complaint(visit: Row) -> Row:
    """As it was told; whoever takes complaints grades it anew."""
    words = str(visit["complaint"])
    row = {"account_id": visit["account_id"], "person_id": visit["person_id"], "name": words[:SUBJECT], "story": words, "taker_id": visit["owner_id"], "owner_id": None}
    channel = "face" if visit["kind"] in FACE else "chat" if visit["kind"] == "chat" else "phone"
    return row | {"received_on": visit["day"], "received_at": visit["time"] or local_time().strftime("%H:%M"), "channel": channel, "standing": "account" if visit["account_id"] else "guest"}


def _taste(visit: Row) -> Row:
    return {"person_id": visit["person_id"], "name": str(visit["taste"])[:WORDS], "told_on": visit["day"], "owner_id": visit["owner_id"], "evidence": f"{visit['day']} {visit['time']}".strip()}


def _intel(visit: Row) -> Row:
    words = str(visit["intel"])
    return {"name": words[:SUBJECT], "content": words, "kind": "competitor", "day": visit["day"], "account_id": visit["account_id"], "owner_id": visit["owner_id"]}


def _pays(visit: Row) -> Row:
    return _whose(visit) | {"made_on": visit["day"], "due": visit["pay_on"], "amount": visit["pay"], "remark": str(visit["their_promise"])}


def _ours(visit: Row) -> Row:
    due = step_day(str(visit["our_on"]), business_date())
    return _whose(visit) | {"name": str(visit["our_promise"])[:WORDS], "due": due, "about": row_words(VISIT.key, visit["id"]), "cause": OURS}


MAKES: dict[str, tuple[str, str, Callable[[Row], Row]]] = {  # key -> the column that asks for it, the record, its values
    "complaint": ("complaint", "complaint", _complaint), "taste": ("taste", "preference", _taste), "intel": ("intel", "market_info", _intel),
    "pay": ("pay", "promise", _pays), "ours": ("our_promise", "follow_up", _ours),
}  # fmt: skip
