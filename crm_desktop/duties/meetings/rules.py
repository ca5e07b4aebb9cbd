"""Rules of meetings and instructions: what a decision needs before its next step, what is late."""

from __future__ import annotations

from crm_desktop.record.dates import business_date, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DECIDED, RUNNING, DONE, DEFERRED, CANCELLED = "decided", "running", "done", "deferred", "cancelled"
OPEN = (DECIDED, RUNNING, DEFERRED)
GIVEN, ACCEPTED, REPORTED, CLOSED = "given", "accepted", "reported", "closed"
UNREPORTED = (GIVEN, ACCEPTED)


def late_on(due: str, day: str) -> int | None:
    """Days something due is late on a day; None before that, and where nothing is due."""
    return days_between(due, day) if due and due < day else None


def item_late(state: str, due: str) -> int | None:
    """Days an open decision is late today."""
    return late_on(due, business_date()) if state in OPEN else None


def instruction_late(state: str, due: str) -> int | None:
    """Days a report is late today."""
    return late_on(due, business_date()) if state in UNREPORTED else None


def late_tone(days: int | None) -> str:
    """The colour of days that something is late."""
    return "text" if not days else "late1" if days < 3 else "late4"


def evidence_missing(row: Row) -> Text | None:
    """A decision is done when somebody can see it."""
    return None if (row.get("evidence") or "").strip() else Text("Write what was done and how one sees it: the next meeting reads it.")


def new_day_missing(row: Row) -> Text | None:
    """What is put off gets a new day first."""
    return Text("Give it a new day first: 'Deadline' is still {day}.", day=row["due"]) if row["due"] <= business_date() else None


def agreement_missing(row: Row) -> Text | None:
    """A decision of a meeting is only dropped when somebody else agrees."""
    if row.get("approver_id") is None:
        return Text("A decision is only cancelled when somebody agrees: enter who in 'Agreed by'.")
    if row["approver_id"] == row.get("owner_id"):
        return Text("Who has to do it does not agree alone that it is cancelled: enter another colleague in 'Agreed by'.")
    return None


def report_missing(row: Row) -> Text | None:
    """Nothing is reported back without words."""
    return None if (row.get("report") or "").strip() else Text("Write the report first: it is what goes back.")


def check_instruction(row: Row) -> Problems:
    """Nothing is due before it was asked for."""
    if row.get("due") and row.get("day") and row["due"] < row["day"]:
        return {"due": Text("The day must be on or after {first}", first=row["day"])}
    return {}
