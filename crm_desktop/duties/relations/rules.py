"""Rules of relations: when somebody outside is to be seen again, what a barter still owes, what thanks needs. Amounts in minor units."""

from __future__ import annotations

from crm_desktop.record.dates import add_days
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

EVERY = 90  # days between two contacts, where nobody said otherwise


def next_on(last: str | None, every: int | None) -> str | None:
    """The day somebody outside is to be seen by; None where nobody asks, or there was no contact yet."""
    return add_days(last, every) if last and every else None


def balance(gave: int | None, got: int | None) -> int:
    """What the other side still owes; below nothing where the house does."""
    return (gave or 0) - (got or 0)


def balance_tone(amount: int | None) -> str:
    """The colour of what the house owes."""
    return "late4" if (amount or 0) < 0 else "text"


def settle_line(row: Row) -> Row:
    """What a line of a barter is worth."""
    return {"amount": (row.get("unit") or 0) * (row.get("quantity") or 0)}


def check_barter(row: Row) -> Problems:
    """A barter is with somebody, and ends after it began."""
    if not row.get("account_id") and not row.get("stakeholder_id"):
        return {"account_id": Text("Choose the client or the stakeholder outside")}
    if row.get("expires") and row["expires"] < (row.get("begins") or ""):
        return {"expires": Text("This is before the barter begins")}
    return {}


def uneven(row: Row) -> Text | None:
    """A barter is settled when both sides are even."""
    left = balance(row.get("gave"), row.get("got"))
    if not left:
        return None
    return Text("The two sides are not even yet: {amount} is open. Enter what is missing, or let it lapse with a reason.", amount=show_money(abs(left)))


def check_thanks(row: Row) -> Problems:
    """Thanks is to somebody."""
    if not row.get("staff_id") and not row.get("department_id") and not (row.get("whom") or "").strip():
        return {"whom": Text("Say who is thanked: a colleague, a department or a name")}
    return {}


def words_missing(row: Row) -> Text | None:
    """Nobody is thanked without words."""
    return None if (row.get("words") or "").strip() else Text("Write the words of thanks first: they are what is said.")


def said_on(row: Row, day: str) -> Row:
    """The day it was said."""
    return {} if row.get("said_on") else {"said_on": day}
