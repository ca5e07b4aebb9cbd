"""Rules of a big event: steps, quotas, tables, what each guest cost. Amounts in minor units (fen)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crm_desktop.record.integrity import PARTY, forbidden
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DRAFT, APPROVAL, INVITING, HELD, SUMMED, CANCELLED = "draft", "approval", "inviting", "held", "summed-up", "cancelled"
UNSENT, SENT, COMING, DECLINED, UNSURE, CAME, ABSENT = "unsent", "sent", "coming", "declined", "unsure", "came", "absent"
REPLIED = (COMING, DECLINED, UNSURE, CAME, ABSENT)
EXPECTED = (COMING, CAME)  # who has a chair
ASKED = (UNSENT, SENT)  # who is just being invited
PROGRAMME, COST, HELPER, RISK, QUOTA = "programme", "cost", "helper", "risk", "quota"
CLASSES = ("A", "B", "C", "D")


class Party(NamedTuple):
    """A guest of the list: its row, client (0 = none), class and how many persons come."""

    id: int
    client: int
    level: str
    persons: int


def seated(parties: Iterable[Party], tables: int, per_table: int, taken: Mapping[int, int] | None = None) -> dict[int, int]:
    """The table of each party, best classes first; a party stays together, people of one client sit together where they fit.

    `taken`: chairs at tables (from 1) that somebody chose by hand. A party for which no table has room gets none; the same
    guests give the same tables in whatever order they come."""
    free = {table: per_table - (taken or {}).get(table, 0) for table in range(1, tables + 1)}
    last: dict[int, int] = {}
    out: dict[int, int] = {}
    for party in sorted(parties, key=lambda one: (_rank(one.level), one.client, -one.persons, one.id)):
        near = last.get(party.client) if party.client else None
        if near is None or free[near] < party.persons:
            near = next((table for table, chairs in free.items() if chairs >= party.persons), None)
        if near is None:
            continue
        free[near] -= party.persons
        out[party.id] = near
        if party.client:
            last[party.client] = near
    return out


def _rank(level: str) -> int:
    return CLASSES.index(level) if level in CLASSES else len(CLASSES)


def chosen(clients: Sequence[tuple[int, str, int]], quotas: Mapping[int, int], listed: Iterable[int]) -> list[int]:
    """Whom to invite: of each seller's clients (id, class, seller) as many as the quota allows, best classes first.

    `listed` are on the list already and count. The order of the clients given breaks ties."""
    there = set(listed)
    left = {seller: quota - sum(1 for client, _, owner in clients if owner == seller and client in there) for seller, quota in quotas.items()}
    out = []
    for client, level, seller in sorted(clients, key=lambda one: _rank(one[1])):
        if client not in there and left.get(seller, 0) > 0 and level in CLASSES:
            left[seller] -= 1
            out.append(client)
    return out


def per_guest(actual: int | None, came: int | None) -> int | None:
    """What each guest who came cost, half up; None before anybody came."""
    return (2 * (actual or 0) + came) // (2 * came) if came and actual else None


def over(planned: int | None, actual: int | None) -> int | None:
    """What was spent above the budget; None before anything was."""
    return actual - (planned or 0) if actual else None


def over_tone(amount: int | None) -> str:
    """Red above the budget."""
    return "late4" if (amount or 0) > 0 else "text"


# checks and steps


def check_guest(row: Row) -> Problems:
    """Somebody is invited who may be, and sits at a table there is."""
    if not row.get("account_id") and not row.get("person_id") and not (row.get("name") or "").strip():
        return {"name": Text("Say who is invited: a client, a person or a name")}
    if row.get("state") in ASKED and not row.get("event_id.public") and forbidden(PARTY, row.get("account_id.type"), row.get("person_id.account_id.type")):
        return {"account_id" if row.get("account_id") else "person_id": Text("State bodies, state-owned firms and their people are invited to public events only")}
    most = row.get("event_id.tables") or 0
    if (row.get("table_no") or 0) > most > 0:
        return {"table_no": Text("There are {n} tables", n=most)}
    return {}


def check_line(row: Row) -> Problems:
    """No new budget line once the budget is in approval."""
    if row.get("id") is None and (row.get("planned") or 0) > 0 and row.get("event_id.state") not in (None, DRAFT):
        return {"planned": Text("The budget is in approval or approved as it is: enter what was spent")}
    return {}


def may_submit(row: Row) -> Text | None:
    """A scheme has its budget and its day."""
    if (row.get("planned") or 0) <= 0:
        return Text("Enter the budget lines first ('Programme, budget, people', below the event).")
    return None if (row.get("purpose") or "").strip() else Text("Write what the event is for.")


def asked_for(row: Row, _day: str) -> Row:
    """The budget as it is sent in: it does not grow any more."""
    return {"granted": row.get("planned") or 0}


def overlap(begins: str, ends: str, other_begins: str, other_ends: str) -> bool:
    """True where two times of one day meet; what has no time, or no end, takes the rest of the day."""
    return (begins or "00:00") < (other_ends or "24:00") and (other_begins or "00:00") < (ends or "24:00")


def may_sum_up(row: Row) -> Text | None:
    """What is summed up has its costs, its words, and a reason for each overrun."""
    if not row.get("came"):
        return Text("Mark first who came ('Guests invited', below the event).")
    if not (row.get("summary") or "").strip():
        return Text("Write the summary first: it is what this step keeps.")
    if (row.get("actual") or 0) > (row.get("planned") or 0) and not (row.get("why") or "").strip():
        return Text("More was spent than planned: write why first.")
    return None


def sent(row: Row, day: str) -> Row:
    """The day an invitation went out."""
    return {} if row.get("sent_on") else {"sent_on": day}


def replied(_row: Row, day: str) -> Row:
    """The day somebody answered."""
    return {"replied_on": day}


def declined(_row: Row, day: str) -> Row:
    """Who does not come has no chair."""
    return {"replied_on": day, "table_no": None}
