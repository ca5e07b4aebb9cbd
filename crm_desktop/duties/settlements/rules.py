"""Rules of settlement: what is owed after deposits, what must be there before a bill leaves the department. Minor units."""

from __future__ import annotations

from crm_desktop.record.dates import add_days, business_date
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DRAFT, CONFIRMED, CHECKED, DONE = "draft", "confirmed", "checked", "done"
ON_ACCOUNT, MIXED = "on-account", "mixed"
SHUT = (CHECKED, DONE)
USUAL_DAYS = 30  # to pay, where nothing else is agreed
KIND_OF = {"room": "room", "meal": "meal", "banquet": "banquet", "rent": "rent", "technology": "meeting"}  # kinds of receivables


def fresh() -> Row:
    """A settlement is of today."""
    return {"day": business_date()}


def owed(total: int | None, deposit: int | None, paid: int | None) -> int:
    """What is still to be paid; less than nothing goes back to the client."""
    return (total or 0) - (deposit or 0) - (paid or 0)


def owed_tone(amount: int | None) -> str:
    """The colour of what is owed: amber where money goes back."""
    return "late1" if (amount or 0) < 0 else "text"


def settle_line(row: Row) -> Row:
    """What a line comes to: what was really had, at its price, less what was taken off."""
    return {"amount": (row.get("actual") or 0) * (row.get("price") or 0) - (row.get("discount") or 0)}


def due_day(day: str, credit_days: int | None) -> str:
    """When a bill of a day is due."""
    return add_days(day, credit_days or USUAL_DAYS)


def check(row: Row) -> Problems:
    """Nothing is taken off or disputed beyond the money there is."""
    if row.get("mode") == ON_ACCOUNT and (row.get("paid") or 0) > 0:
        return {"mode": Text("Part is paid and part put on account: choose the mode 'Partly on account'")}
    return {}


def check_line(row: Row) -> Problems:
    """A bill that finance has checked does not change any more; no discount above the line itself."""
    if row.get("settlement_id.state") in SHUT:
        return {"settlement_id": Text("Finance has checked this bill: send it back to the draft first, then change its lines")}
    if (row.get("discount") or 0) > (row.get("actual") or 0) * (row.get("price") or 0):
        return {"discount": Text("No more can be taken off than the line comes to")}
    return {}


def not_confirmed(row: Row) -> Text | None:
    """A bill has lines and somebody who signed it."""
    if not row.get("lines"):
        return Text("There is no line in the bill yet: open it and add what was had under 'Lines of the bill'.")
    return None if (row.get("signed_by") or "").strip() else Text("Write under 'Signed by' who of the client signed the bill.")


def not_ready(row: Row) -> Text | None:
    """What keeps a bill from being handed over: the mode, the client, money that does not come out even."""
    rest = owed(row.get("total"), row.get("deposit"), row.get("paid"))
    if not row.get("mode"):
        return Text("Choose under 'Mode' how it is settled.")
    if rest < 0:
        return Text("More was paid than is owed: lower 'Deposit applied' or 'Paid now', the rest goes back to the client.")
    if row["mode"] not in (ON_ACCOUNT, MIXED) and rest:
        return Text("It does not come out even: enter under 'Paid now' what was paid, or choose to put the rest on account.")
    if rest and not row.get("account_id"):
        return Text("Only a client may put something on account: choose the client first.")
    return None


def disputed_too_much(row: Row) -> Text | None:
    """No more can be in dispute than goes on account."""
    rest = owed(row.get("total"), row.get("deposit"), row.get("paid"))
    return Text("No more can be disputed than is put on account") if (row.get("disputed") or 0) > max(rest, 0) else None


def may_hand_over(row: Row) -> Text | None:
    """All of it together."""
    return not_ready(row) or disputed_too_much(row)
