"""Rules of a month's fund plan 资金计划: what is above what was approved, what a month takes from its year, who gets no advance.

Amounts in minor units (fen); no clock and no store."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from crm_desktop.record.dates import days_between
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DRAFT, MANAGER, DIRECTOR, FINANCE, GM = "draft", "manager", "director", "finance", "gm"
APPROVED, RUNNING, CLEARING, CARRIED = "approved", "running", "clearing", "carried"
WAITS = (MANAGER, DIRECTOR, FINANCE, GM)
ADVANCED, OVER, SPENT, CLEARED, REFUSED, DROPPED = "advanced", "over", "spent", "cleared", "refused", "dropped"
OUT = (ADVANCED, OVER, SPENT)  # money that is on its way: such a month is not closed
KEPT = 50_000_00  # a month's plan up to this is granted by finance, above it by the general manager
MORE_PERCENT, MORE = 10, 200_00  # above what was approved: more than either needs a new approval
VOUCHERS_WITHIN = 30  # days after an advance
_MONTH = pattern(r"(19|20|21)\d\d-(0[1-9]|1[0-2])")


def asked(unit: int | None, quantity: int | None) -> int:
    """What an item costs by its price and number."""
    return (unit or 0) * (quantity or 0)


def settle_line(row: Row) -> Row:
    """The columns worked out of an item."""
    return {"asked": asked(row.get("unit"), row.get("quantity"))}


def over(approved: int | None, spent: int | None) -> int:
    """What was spent above what was approved; below nothing where less was."""
    return (spent or 0) - (approved or 0)


def line_over(state: str, approved: int | None, spent: int | None) -> int | None:
    """The same for an item, once it was paid."""
    return over(approved, spent) if state in (OVER, SPENT, CLEARED) else None


def over_tone(amount: int | None) -> str:
    """The colour of what was spent above the approved."""
    return "late4" if (amount or 0) > 0 else "text"


def needs_approval(approved: int, spent: int) -> bool:
    """True when spending is above the approved amount by more than a tenth of it, or by more than 200 yuan."""
    more = over(approved, spent)
    return more > MORE or more * 100 > approved * MORE_PERCENT


def committed(carried: bool, state: str, approved: int, spent: int) -> int:
    """What an item takes from the year: what was approved (or spent, if that is more) until its month is closed, then what was
    spent: the rest goes back."""
    if carried:
        return spent if state == CLEARED else 0
    if state in (SPENT, CLEARED):
        return max(approved, spent)
    return approved if state in (APPROVED, ADVANCED, OVER) else 0


def taken(items: Iterable[tuple[str, str, int, int]]) -> int:
    """What the months (state of the plan, state of the item, approved, spent) take from their year."""
    return sum(committed(plan == CARRIED, state, approved, spent) for plan, state, approved, spent in items)


def is_late(advanced_on: str, day: str) -> bool:
    """True once an advance without vouchers has been out for thirty days."""
    return bool(advanced_on) and days_between(advanced_on, day) >= VOUCHERS_WITHIN


# checks


def check_plan(row: Row) -> Problems:
    """Its period is a month of the year whose plan pays."""
    code, year = row.get("code") or "", row.get("year_id.code") or ""
    if not _MONTH.fullmatch(code):
        return {"code": Text("A month like 2026-11")}
    if year and code[:4] != year:
        return {"year_id": Text("This is the plan of {year}: choose the plan of the month's own year", year=year)}
    return {}


def check_line(row: Row) -> Problems:
    """What is in approval or approved stays as it was asked for; nothing spent stands above its bounds."""
    state, approved, spent = str(row.get("state")), row.get("approved") or 0, row.get("spent") or 0
    now = asked(row.get("unit"), row.get("quantity"))
    if (state != DRAFT or row.get("plan_id.state") in WAITS) and now != (row.get("fixed") or 0):
        return {"unit": Text("The plan is in approval or approved as it was asked for: have it sent back, or enter a new item once it runs")}
    if state == DRAFT and approved > now:
        return {"approved": Text("No more is approved than was asked for")}
    if state in (SPENT, CLEARED) and needs_approval(approved, spent):
        return {"spent": Text("This is above what was approved by more than 10 % or 200: it needs a new approval")}
    if (row.get("advance") or 0) > 0 and (row.get("advance") or 0) > max(approved, now):
        return {"advance": Text("No more is advanced than was approved")}
    return {}


# what a step needs


def may_submit(row: Row) -> Text | None:
    """A plan asks for money for something."""
    return None if (row.get("asked") or 0) > 0 else Text("Enter first what is to be paid for ('Items to be paid', below the plan).")


def above_finance(row: Row) -> Text | None:
    """Only large plans go on to the general manager."""
    return None if (row.get("asked") or 0) > KEPT else Text("Up to 50,000 finance grants it itself: choose 'Grant'.")


def amount_missing(row: Row) -> Text | None:
    """An approval names its amount."""
    return None if (row.get("approved") or 0) > 0 else Text("Write under 'Approved' how much is approved.")


def may_advance(row: Row) -> Text | None:
    """An advance has its amount and somebody who takes it."""
    if (row.get("advance") or 0) <= 0:
        return Text("Write under 'Advance' how much is paid out.")
    if (row.get("advance") or 0) > (row.get("approved") or 0):
        return Text("No more is advanced than was approved.")
    return None if row.get("advance_to") else Text("Say under 'Advance taken by' who takes the money.")


def may_spend(row: Row) -> Text | None:
    """Something was paid, and not too much of it."""
    if (row.get("spent") or 0) <= 0:
        return Text("Write under 'Spent' what was paid.")
    if needs_approval(row.get("approved") or 0, row.get("spent") or 0):
        return Text("This is above what was approved by more than 10 % or 200: choose 'Ask for more' and say why.")
    return None


def may_ask_more(row: Row) -> Text | None:
    """Only what is above its bounds is asked for again."""
    if not needs_approval(row.get("approved") or 0, row.get("spent") or 0):
        return Text("Write under 'Spent' what it cost; up to 10 % and 200 above the approved amount nobody has to be asked: choose 'Book the payment'.")
    return None


def voucher_missing(row: Row) -> Text | None:
    """Nothing is cleared without its voucher."""
    return None if (row.get("voucher") or "").strip() else Text("Write the number of the voucher first: without it nothing is cleared.")


# what a step fills in


def advanced(row: Row, day: str) -> Row:
    """The day an advance was paid out."""
    return {} if row.get("advance_on") else {"advance_on": day}


def spent_on(row: Row, day: str) -> Row:
    """The day it was paid."""
    return {} if row.get("spent_on") else {"spent_on": day}


def more_granted(row: Row, day: str) -> Row:
    """What was spent stands as approved."""
    return {"approved": row.get("spent") or 0} | spent_on(row, day)


def cleared(row: Row, day: str) -> Row:
    """The day the vouchers were accepted."""
    return {} if row.get("cleared_on") else {"cleared_on": day}


def uncleared(_row: Row, _day: str) -> Row:
    """The vouchers were not accepted."""
    return {"voucher": "", "cleared_on": ""}


def carried(_row: Row, day: str) -> Row:
    """The day a month was closed."""
    return {"carried_on": day}


# a plan made of the month's maintenance plan

KINDS_OF_CARE = {"gift": "gift", "meal": "meal", "event": "event", "birthday": "gift", "festival": "gift"}
MOST_NAMED = 6


def drafted(items: Iterable[tuple[str, str, int, str]]) -> list[Row]:
    """Items to be paid out of planned care (kind, what, price, client): the same thing at the same price is one item.

    The same input gives the same rows in the same order."""
    wanted = sorted((KINDS_OF_CARE.get(kind, "other"), name, price, client) for kind, name, price, client in items if price > 0)
    out: list[Row] = []
    for (kind, name, price), found in groupby(wanted, key=lambda one: one[:3]):
        clients = [one[3] for one in found]
        named = list(dict.fromkeys(client for client in clients if client))
        whom = "、".join(named[:MOST_NAMED]) + ("…" if len(named) > MOST_NAMED else "")
        out.append({"kind": kind, "name": name or kind, "unit": price, "quantity": len(clients), "whom": whom})
    return out
