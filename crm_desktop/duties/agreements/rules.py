"""Rules of rate agreements: their dates, what must be there before one holds, when it is time to renew."""

from __future__ import annotations

import datetime as dt

from crm_desktop.record.dates import add_days, business_date, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DRAFT, APPROVAL, TO_SIGN, RUNNING, RENEWED, ENDED = "draft", "approval", "to-sign", "running", "renewed", "ended"
HOLDS = (RUNNING, RENEWED)
REMIND = (90, 60, 30)  # days before the end
SOON = REMIND[1]


def fresh() -> Row:
    """A new agreement is for a year from today."""
    today = business_date()
    return {"name": today[:4], "since": today, "until": last_day(today)}


def last_day(since: str) -> str:
    """The last day of a year that begins on this one."""
    first = dt.date.fromisoformat(since)
    after = first.replace(year=first.year + 1) if (first.month, first.day) != (2, 29) else dt.date(first.year + 1, 3, 1)
    return add_days(after.isoformat(), -1)


def next_period(until: str) -> tuple[str, str]:
    """The year after an agreement."""
    since = add_days(until, 1)
    return since, last_day(since)


def next_title(title: str, old: str, new: str) -> str:
    """The title for the year after: a year in it is counted on."""
    return title.replace(old[:4], new[:4]) if old[:4] in title else title


def reminder(until: str, day: str) -> int:
    """Which reminder is due for an agreement that ends then: 90, 60 or 30 days before; 0 for none."""
    left = days_between(day, until) if until else -1
    return min((mark for mark in REMIND if 0 <= left <= mark), default=0)


def days_left(until: str | None, state: str | None) -> int | None:
    """Days until one that holds ends; less than nothing: it is over."""
    return days_between(business_date(), until) if until and state in HOLDS else None


def left_tone(days: int | None) -> str:
    """The colour of the days left."""
    return "text" if days is None or days > SOON else "late4" if days < 0 else "late2" if days <= REMIND[2] else "late1"


def in_file(row: Row, rate: int) -> Row:
    """What a client's file says of an agreement; `rate` in minor units."""
    return {
        "agreement_no": row["code"], "agreed_rate": rate, "agreement_from": row["since"], "agreement_to": row["until"], "promised_nights": row["promised_nights"],
    }  # fmt: skip


def news_for_file(client: Row, told: Row) -> Row:
    """What of it is new to the client's file: all where that knows none or an earlier one, only what is missing where it
    knows this one, nothing where it knows a later one."""
    if (client["agreement_to"] or "") > told["agreement_to"]:
        return {}
    known = client["agreement_to"] == told["agreement_to"]
    return {name: value for name, value in told.items() if value not in ("", None, 0) and not (known and client[name] not in ("", None, 0))}


def check(row: Row) -> Problems:
    """The last day is not before the first, a credit has days to pay."""
    if row.get("until") and row.get("since") and row["until"] < row["since"]:
        return {"until": Text("The last day must be on or after {first}", first=row["since"])}
    if row.get("credit_days") and not row.get("credit"):
        return {"credit_days": Text("Days to pay are only agreed where credit is: tick 'May be put on account' or empty this")}
    return {}


def no_rates(row: Row) -> Text | None:
    """An agreement about rates has rates."""
    return None if row.get("rates") else Text("There is no rate in it yet: open it and add one for each room type under 'Agreed rates'.")


def not_signed(row: Row) -> Text | None:
    """What still keeps an agreement from holding."""
    if missing := no_rates(row):
        return missing
    if not row.get("signed_on") or not (row.get("signed_by") or "").strip():
        return Text("Fill in 'Signed on' and 'Signed by the client' first.")
    if row.get("credit") and not row.get("sme_declared"):
        return Text("With credit the client must declare its size: tick 'Enterprise size declared' once the declaration is there.")
    return None
