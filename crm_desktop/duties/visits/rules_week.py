"""Rules of a seller's week, of rounds of tables and of telephone sheets."""

from __future__ import annotations

import calendar

from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import is_working

WEEK, MONTH = "week", "month"
DRAFT, ASKED, APPROVED, REPORTED, READ = "draft", "asked", "approved", "reported", "read"
WAITING, REACHED, NOBODY, LATER, DECLINED = "waiting", "reached", "nobody", "later", "declined"
ENOUGH = 3  # calls nobody answered, after which nobody is called again from the same sheet
PHONE, IN_HOUSE = "phone", "in-house"
QUOTA = {PHONE: 20, IN_HOUSE: 12}  # calls of a sheet; in-house guests of a seller's week (10 to 15)
MONDAY = "1900-01-01"


def last_day(span: str, first: str) -> str:
    """The last day of a week or month that begins on a day."""
    return add_days(first, 6) if span != MONTH else f"{first[:8]}{calendar.monthrange(int(first[:4]), int(first[5:7]))[1]:02d}"


def begins(span: str, day: str) -> str:
    """The first day of the week or month a day is in."""
    return f"{day[:8]}01" if span == MONTH else add_days(day, -(days_between(MONDAY, day) % 7))


def report_due(span: str, first: str) -> str:
    """The day a report is due: the week's Friday, the month's last day; the working day before it where that is none."""
    at = last_day(span, first) if span == MONTH else add_days(first, 4)
    while not is_working(at) and at > first:
        at = add_days(at, -1)
    return at


def settle_week(row: Row) -> Row:
    """By when the report is due."""
    return {"due": report_due(str(row.get("span") or WEEK), row["week"]) if row.get("week") else ""}


def check_week(row: Row) -> Problems:
    """A week begins on its Monday, a month on its first."""
    if row.get("week") and row["week"] != begins(str(row.get("span") or WEEK), row["week"]):
        return {"week": Text("A month is known by its first: choose that day") if row.get("span") == MONTH else Text("A week is known by its Monday: choose that day")}
    return {} if row.get("owner_id") else {"owner_id": Text("Choose whose week it is")}


def report_missing(row: Row) -> Text | None:
    """Three lines of one's own go with the figures."""
    if all((row.get(name) or "").strip() for name in ("went_well", "went_badly", "next_week")):
        return None
    return Text("Write the three lines first: what went well, what did not, what comes next week. The figures are put together by themselves.")


def asked_on(_row: Row, day: str) -> Row:
    """The day the plan was handed in."""
    return {"asked_on": day}


def reported_on(_row: Row, day: str) -> Row:
    """The day the report was handed in."""
    return {"reported_on": day}


def check_line(row: Row) -> Problems:
    """A line is about somebody."""
    return {} if any((row.get(name) or "") for name in ("account_id", "person_id", "name")) else {"name": Text("Say who is called")}


def answer_missing(row: Row) -> Text | None:
    """Whoever was reached said something that is one of the results."""
    if not row.get("result"):
        return Text("Choose under 'Result' what came of it.")
    if row["result"] == "kept-up" and not (row.get("words") or "").strip():
        return Text("Write under 'What was said' why there was nothing new.")
    return None


def tried_enough(row: Row) -> bool:
    """True when this was the third call in vain."""
    return int(row.get("attempt") or 1) >= ENOUGH


def share(part: int, whole: int) -> int:
    """Whole per cent, half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole > 0 else 0


def dialled(phone: str) -> str:
    """The address a number is dialled by (tel:+86...); '' where it is no number."""
    digits = "".join(letter for letter in phone if letter.isascii() and letter.isdigit())
    return f"tel:{'+' if phone.strip().startswith('+') else ''}{digits}" if len(digits) > 2 else ""


def talked(seconds: int) -> str:
    """How long somebody talked: 3:05, 1:02:09."""
    hours, rest = divmod(max(0, seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
