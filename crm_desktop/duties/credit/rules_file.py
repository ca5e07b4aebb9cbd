"""Rules of the credit file: what an application needs before it goes on, when a paper or agreement is over, what an agreement says of
a client's credit today. No store, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

SOON = 30  # days before a paper or an agreement is over
DRAFT, MANAGER, FINANCE, DECISION, APPROVED, REFUSED, WITHDRAWN = "draft", "manager", "finance", "decision", "approved", "refused", "withdrawn"
LOOKED_INTO = "looked-into"  # finance is done, the sales manager is not: only where both look at it at the same time
UNSIGNED, ACTIVE, SUSPENDED, ENDED = "unsigned", "active", "suspended", "ended"
GIVEN, SETTLED, DEDUCTED = "given", "settled", "deducted"
WAITS = (MANAGER, FINANCE, LOOKED_INTO, DECISION)
STUCK = 2  # working days a step of an application may take
EXPIRED, ENDING, VALID, MISSING = "expired", "ending", "valid", "missing"


def check_application(row: Row) -> Problems:
    """A limit needs terms, and the other way round."""
    if (row.get("limit_asked") or 0) > 0 and row.get("days_asked") is None:
        return {"days_asked": Text("Write how many days to pay are asked for; 0 = at once")}
    return {}


def may_submit(row: Row) -> Text | None:
    """What an application lacks before it leaves the seller."""
    if not row.get("reason"):
        return Text("Write why the client should have credit.")
    return None if (row.get("limit_asked") or 0) > 0 else Text("Write the limit that is asked for.")


def may_endorse(row: Row) -> Text | None:
    """The sales manager writes an opinion."""
    return None if row.get("manager_words") else Text("Write the sales manager's opinion.")


def may_pass(row: Row) -> Text | None:
    """Finance writes down what its investigation found."""
    return None if row.get("finance_words") else Text("Write what finance found: bank, courts, what other hotels say.")


def may_pass_first(row: Row) -> Text | None:
    """Finance is done before the sales manager, where both look at it at the same time."""
    return may_pass(row) if row.get("parallel") else Text("The sales manager endorses it first: it goes from one to the next.")


def may_approve(row: Row) -> Text | None:
    """A decision names what is granted."""
    return None if (row.get("limit_granted") or 0) > 0 else Text("Write the limit that is granted.")


def granted(_row: Row, day: str) -> Row:
    """What a decision fills in."""
    return {"decided_on": day}


def finance_done(row: Row, _day: str) -> Row:
    """After the investigation: what is asked for stands as what may be granted, until somebody writes less."""
    days = row.get("days_granted")
    return {"limit_granted": row.get("limit_granted") or row.get("limit_asked") or 0, "days_granted": row.get("days_asked") if days is None else days}


def check_days(row: Row) -> Problems:
    """The last day is not before the first."""
    if row.get("starts") and row.get("ends") and row["ends"] < row["starts"]:
        return {"ends": Text("The last day must be on or after {first}", first=row["starts"])}
    return {}


def may_sign(row: Row) -> Text | None:
    """An agreement is in force when it has its days and both sides signed."""
    if not (row.get("starts") and row.get("ends")):
        return Text("Write from when until when the agreement holds.")
    return None if row.get("signed_on") else Text("Write on what day both sides signed; word of mouth is no agreement.")


def standing(expires: str, day: str) -> str:
    """How a paper stands on a day; without a last day it is valid."""
    if not expires:
        return VALID
    if expires < day:
        return EXPIRED
    return ENDING if days_between(day, expires) <= SOON else VALID


def credit_of(agreement: Mapping[str, Any], day: str, override_until: str = "") -> Row:
    """What an agreement says of its client's credit: open with its limit and terms while it holds, stopped while it is suspended and no
    override runs, none when it is over."""
    holds = agreement["state"] in (ACTIVE, SUSPENDED) and agreement["starts"] <= day <= (agreement["ends"] or day)
    if not holds:
        return {"credit": "none"}
    stopped = agreement["state"] == SUSPENDED and override_until < day
    return {"credit": "stopped" if stopped else "open", "credit_limit": agreement["credit_limit"], "credit_days": agreement["days"]}


def review_due(decided_on: str, months: int) -> str:
    """The day a year's (or so many months') review is due."""
    date = dt.date.fromisoformat(decided_on)
    year, month = divmod(date.month - 1 + months, 12)
    year, month = date.year + year, month + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).day
    return dt.date(year, month, min(date.day, last)).isoformat()


NEWS_DAYS = 180  # days in which news calls for a look


def news_is_open(day: str, looked_on: str, decided_on: str, today: str) -> bool:
    """Whether news about a client still calls for a look at its credit: nobody has looked, and nothing was decided since."""
    return not looked_on and decided_on < day and 0 <= days_between(day, today) <= NEWS_DAYS


LATE, SILENT = "late", "silent"
LATE_DAYS, SILENT_DAYS = 60, 365


def happened(starts: str, due: str, billed: str, day: str) -> tuple[str, str] | None:
    """What calls for a review before its time: (LATE, the oldest due date) when a bill is sixty days late or more, (SILENT, since when) when
    nothing was put on account for a year; None while neither is so."""
    if due and days_between(due, day) >= LATE_DAYS:
        return LATE, due
    since = max(starts, billed)
    return (SILENT, since) if since and days_between(since, day) > SILENT_DAYS else None


# temporary guarantees


def check_guarantee(row: Row) -> Problems:
    """A guarantee is for a day to come when it is given, and for a positive amount."""
    found: Problems = {}
    if (row.get("amount") or 0) <= 0:
        found["amount"] = Text("Write the amount that is guaranteed")
    if row.get("due") and row.get("given_on") and row["due"] < row["given_on"]:
        found["due"] = Text("The due date must be on or after {date}", date=row["given_on"])
    return found


def above_cap(amount: int, cap: int) -> bool:
    """True for more than one employee may guarantee at once."""
    return amount > cap


def guaranteed(rows: Iterable[Mapping[str, Any]]) -> int:
    """What a guarantor stands for in all: what is given and neither settled nor deducted."""
    return sum(int(row["amount"]) for row in rows if row["state"] == GIVEN)


def reminder_days(due: str) -> tuple[str, str]:
    """When a guarantor is reminded: three days before and on the day."""
    return add_days(due, -3), due
