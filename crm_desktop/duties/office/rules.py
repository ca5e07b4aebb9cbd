"""Rules of the office: what a document, a borrowed file and a training need before their next step, and what is late."""

from __future__ import annotations

from crm_desktop.record.dates import business_date, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

IN, OUT = "in", "out"
REGISTERED, CIRCULATING, HANDLED, FINISHED, FILED = "registered", "circulating", "handled", "finished", "filed"
UNFINISHED = (REGISTERED, CIRCULATING, HANDLED)
APPLIED, APPROVED, LENT, RETURNED, REFUSED = "applied", "approved", "lent", "returned", "refused"
PLANNED, HELD, EVALUATED, CANCELLED = "planned", "held", "evaluated", "cancelled"
PRESENT, ON_LEAVE, ABSENT = "present", "leave", "absent"
PASSED, FAILED = "passed", "failed"


def late_on(due: str, day: str) -> int | None:
    """Days something due is late on a day; None before that, and where nothing is due."""
    return days_between(due, day) if due and due < day else None


def document_late(state: str, due: str) -> int | None:
    """Days a document is late today that nobody has dealt with."""
    return late_on(due, business_date()) if state in UNFINISHED else None


def loan_late(state: str, due: str) -> int | None:
    """Days a borrowed file is late today."""
    return late_on(due, business_date()) if state == LENT else None


def late_tone(days: int | None) -> str:
    """The colour of days that something is late."""
    return "text" if not days else "late1" if days < 3 else "late4"


def result_missing(row: Row) -> Text | None:
    """What came in is done when there is a result; what goes out, when it has gone to somebody."""
    if row.get("direction") == OUT:
        return None if (row.get("party") or "").strip() else Text("Write to whom it went first.")
    return None if (row.get("result") or "").strip() else Text("Write how it was dealt with first: who reads the file later asks for it.")


def shelf_missing(row: Row) -> Text | None:
    """What is filed can be found again."""
    return None if (row.get("shelf") or "").strip() else Text("Write the box or shelf first, so that it is found again.")


def finished_on(row: Row, day: str) -> Row:
    """The day something was dealt with."""
    return {} if row.get("finished_on") else {"finished_on": day}


# borrowed files


def approver_missing(row: Row) -> Text | None:
    """Others borrow only with the manager's yes, and nobody says it to themselves."""
    if row.get("approver_id") is None:
        return Text("Enter first who approves it, in 'Approved by'.")
    if row["approver_id"] == row.get("owner_id"):
        return Text("Nobody approves what they borrow themselves: enter another colleague in 'Approved by'.")
    return None


def lent(row: Row, day: str) -> Row:
    """A file goes out today, and comes back the same evening unless another day was agreed."""
    return {"lent_on": row.get("lent_on") or day, "due": row.get("due") or row.get("lent_on") or day}


def due_passed(row: Row) -> Text | None:
    """Nothing is lent until a day that is past."""
    due = row.get("due") or ""
    return Text("'Back by' is {day}, which is past: give it a day from today on.", day=due) if due and due < business_date() else None


def returned(row: Row, day: str) -> Row:
    """A file is back."""
    return {"returned_on": row.get("returned_on") or day}


def check_loan(row: Row) -> Problems:
    """A file is back after it went out."""
    first = row.get("lent_on") or ""
    return {
        name: Text("The day must be on or after {first}", first=first)
        for name in ("due", "returned_on") if first and row.get(name) and row[name] < first
    }  # fmt: skip


# trainings


def share(part: int | None, whole: int | None) -> int | None:
    """A part in whole percent, half up; None of nothing."""
    return (200 * (part or 0) + whole) // (2 * whole) if whole else None


def attendance_missing(row: Row) -> Text | None:
    """A training was held when somebody was there."""
    return None if row.get("present") else Text("Enter who was there first ('Who took part', below the training).")


def evaluation_missing(row: Row) -> Text | None:
    """A training is only evaluated with words."""
    return None if (row.get("evaluation") or "").strip() else Text("Write the evaluation first: what changed, and what comes next.")


def check_attendance(row: Row) -> Problems:
    """Only who was there passes."""
    if row.get("result") == PASSED and row.get("attendance") != PRESENT:
        return {"result": Text("Only who was present can have passed")}
    return {}
