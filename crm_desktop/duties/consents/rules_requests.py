"""Requests of people about their data: the clock, what the law makes the house keep, what a decision and its proof need.

PIPL articles 44-50 give the rights and ask for an answer in time; fifteen days from the day it came is what the house keeps to."""

from __future__ import annotations

from crm_desktop.record import lawbook
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DAYS = 15  # calendar days, the day it came not counted: the strictest reading; where the pack has no rule yet, or it is off
SOON = 3  # days before the end from which it is urgent
COPY, CORRECT, DELETE, EXPLAIN = "copy", "correct", "delete", "explain"
RECEIVED, CHECKED, DECIDED, ANSWERED, DROPPED = "received", "checked", "decided", "answered", "dropped"
OPEN = (RECEIVED, CHECKED, DECIDED)
GRANTED, PARTLY, REFUSED = "granted", "partly", "refused"


def due(received_on: str) -> str:
    """The last day for an answer."""
    return add_days(received_on, lawbook.number(lawbook.REQUEST, received_on) or DAYS) if received_on else ""


def settle(row: Row) -> Row:
    """The last day, and the same for as long as an answer is waited for."""
    last = due(str(row.get("received_on") or ""))
    return {"due": last, "waits_until": last if row.get("state") in OPEN else ""}


def days_left(waits_until: str, day: str) -> int | None:
    """Days until the end, less than none when it is over; None for what waits no more."""
    return days_between(day, waits_until) if waits_until else None


def check(row: Row) -> Problems:
    """Somebody asks; what is kept by law has its reason; what is not granted says why."""
    if not row.get("person_id") and not str(row.get("name") or "").strip():
        return {"person_id": Text("Choose the person, or write who asks")} if row.get("state") in OPEN else {}
    if row.get("hold") and not str(row.get("hold_reason") or "").strip():
        return {"hold_reason": Text("Say what exactly is kept, and until when")}
    if row.get("decision") in (PARTLY, REFUSED) and not str(row.get("reason") or "").strip():
        return {"reason": Text("Say why it is not granted: the person is told so")}
    if row.get("decision") == GRANTED and row.get("kind") == DELETE and row.get("hold"):
        return {"decision": Text("Something must be kept: the request is granted in part")}
    return {}


def identity_missing(row: Row) -> Text | None:
    """Nobody's data is given to somebody else."""
    return None if str(row.get("identity") or "").strip() else Text("Write how it was made sure that it is them ('How they were recognised').")


def decision_missing(row: Row) -> Text | None:
    """A decision is granted, in part or refused."""
    return None if row.get("decision") else Text("Choose the decision: granted, in part or refused.")


def proof_missing(row: Row) -> Text | None:
    """What was granted was done, and something shows it."""
    if row.get("decision") == REFUSED or row.get("entry") or str(row.get("done") or "").strip():
        return None
    return Text("Do first what was granted (Ctrl+Shift+D: a copy, or erasing), or write what was done.")


def decided(_row: Row, day: str) -> Row:
    """The day of the decision."""
    return {"decided_on": day}


def answered(row: Row, day: str) -> Row:
    """The day of the answer."""
    return {"done_on": row.get("done_on") or day}


def fits(kind: str, act: str) -> bool:
    """True for a request that an act (COPY, DELETE) carries out."""
    return kind == act or (kind == EXPLAIN and act == COPY)
