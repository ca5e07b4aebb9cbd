"""What a visit is worth: business a client brings is credited to the last visit that opened the door to it. Amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from crm_desktop.record.dates import days_between

LEADS = ("demand", "inquiry", "quote", "referral", "signed", "renewed")  # results that may turn into business
TURNS = 180  # days in which a lead turns, or was none
FRESH = 180  # days without a stay, after which a client's stays are new business
FIRST = 90  # days of a new client's stays that are credited


class Lead(NamedTuple):
    """A visit that may turn into business: whose it was, of which client, when."""

    visit_id: int
    owner_id: int | None
    account_id: int
    day: str


class Won(NamedTuple):
    """Business: the row it stands in (record, id), the client, the day it was won and what it is worth."""

    row: tuple[str, int]
    account_id: int
    day: str
    amount: int


def credited(leads: Iterable[Lead], won: Iterable[Won]) -> dict[int, list[Won]]:
    """The business of each visit: every piece goes to the client's last lead before it, at most so many days earlier; to nobody else."""
    of: dict[int, list[Lead]] = {}
    for lead in sorted(leads, key=lambda one: (one.day, one.visit_id)):
        of.setdefault(lead.account_id, []).append(lead)
    found: dict[int, list[Won]] = {}
    for each in won:
        before = [lead for lead in of.get(each.account_id, ()) if 0 <= days_between(lead.day, each.day) <= TURNS]
        if before:
            found.setdefault(before[-1].visit_id, []).append(each)
    return found


def worth(booking: Mapping[str, Any]) -> int:
    """What a booking is worth by its price and what the price is for; for a room and night the number is in words, so one night of one room."""
    price, basis = int(booking["price"] or 0), booking["basis"]
    if basis == "table" or (not basis and booking["tables"]):
        return price * int(booking["sure_tables"] or booking["tables"] or 1)
    if basis == "person":
        return price * int(booking["guaranteed"] or booking["people"] or 1)
    return price
