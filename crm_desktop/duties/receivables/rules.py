"""Rules of receivables: balance, days past due (F-15), ageing buckets. Amounts in minor units."""

from __future__ import annotations

from crm_desktop.record.dates import business_date, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

NOT_DUE = 0
BUCKETS = (0, 30, 60, 90)  # days: not due, 1-30, 31-60, 61-90, over 90


def settle(row: Row) -> Row:
    """The balance: what is billed less what is paid."""
    return {"balance": (row.get("amount") or 0) - (row.get("paid") or 0)}


def days_past_due(due: str, balance: int, day: str = "") -> int | None:
    """F-15: days from the due date to a day (today); None for an item that is settled or has no due date."""
    if not due or not balance:
        return None
    return max(0, days_between(due, day or business_date()))


def bucket(days: int) -> int:
    """Which bucket so many days past due fall into: 0 not due, 1 to 3 by thirty days, 4 over ninety."""
    return sum(days > limit for limit in BUCKETS)


def check(row: Row) -> Problems:
    """A due date not before the bill, and no more disputed than billed."""
    found: Problems = {}
    if row.get("due") and row.get("bill_date") and row["due"] < row["bill_date"]:
        found["due"] = Text("The due date must be on or after {date}", date=row["bill_date"])
    if (row.get("disputed") or 0) > max(0, row.get("amount") or 0):
        found["disputed"] = Text("No more can be disputed than was billed")
    return found


def settle_receipt(row: Row) -> Row:
    """What of a receipt is not yet applied to bills."""
    return {"unapplied": (row.get("amount") or 0) - (row.get("applied") or 0)}
