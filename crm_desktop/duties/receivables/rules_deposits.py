"""Deposits by what they are in law: 定金 (earnest money), 订金 (booking money), 预付款 (prepayment), 押金 (security) and guarantee money. What a
deposit may become follows from its kind; its balance is what was paid less what was applied, given back and kept. Amounts in minor units.

Earnest money is at most a fifth of the contract (Civil Code, art. 586): what is beyond is a prepayment. Whoever paid it loses it when they
break the contract, whoever took it gives it back double when they do (art. 587). The others are given back."""

from __future__ import annotations

from typing import Any

from crm_desktop.record import lawbook
from crm_desktop.record.dates import business_date
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text

EARNEST, BOOKING, PREPAYMENT, SECURITY, GUARANTEE = "earnest", "booking", "prepayment", "security", "guarantee"
Row = dict[str, Any]


def lawful(amount: int, contract: int, day: str = "") -> tuple[int, int]:
    """What of a written earnest is earnest in law on the day it came ('' = today), and what is a prepayment; without a contract's sum, and
    where the hotel switched the rule off, all of it counts as written."""
    share = lawbook.number(lawbook.EARNEST, day or business_date())
    most = contract * share // 100 if contract > 0 and share is not None else amount
    earnest = min(amount, most)
    return earnest, amount - earnest


def settle(row: Row) -> Row:
    """What is still held, and what of it is earnest in law."""
    amount = row.get("amount") or 0
    used = sum(row.get(name) or 0 for name in ("applied", "refunded", "forfeited"))
    earnest = lawful(amount, row.get("contract") or 0, row.get("day") or "")[0] if row.get("kind") == EARNEST else 0
    return {"balance": amount - used, "earnest": earnest}


def check(row: Row) -> dict[str, Text]:
    """A deposit is more than nothing, and no more leaves it than came."""
    found: dict[str, Text] = {}
    if (row.get("amount") or 0) <= 0:
        found["amount"] = Text("Write how much was paid")
    elif settle(row)["balance"] < 0:
        found["amount"] = Text("More was applied, given back or kept than this")
    if (row.get("forfeited") or 0) > forfeitable(row):
        found["forfeited"] = Text("Only earnest money is kept in law: at most {amount}", amount=show_money(forfeitable(row)))
    return found


def forfeitable(row: Row) -> int:
    """What the hotel may keep when the client breaks the contract: earnest money up to its bound, and of guarantee or security money what was
    written; of booking money and prepayments nothing."""
    if row.get("kind") == EARNEST:
        return lawful(row.get("amount") or 0, row.get("contract") or 0, row.get("day") or "")[0]
    return (row.get("amount") or 0) if row.get("kind") in (SECURITY, GUARANTEE) else 0


def owed_back(row: Row) -> int:
    """What the hotel owes when it breaks the contract itself: earnest money double, the rest as it came."""
    balance = row.get("balance") or 0
    return balance + min(balance, row.get("earnest") or 0)


def law_words(row: Row) -> Text | None:
    """What the kind of a deposit means, in a sentence; None for a kind the hotel made itself."""
    kind, amount = row.get("kind"), row.get("amount") or 0
    if kind == EARNEST:
        earnest, rest = lawful(amount, row.get("contract") or 0, row.get("day") or "")
        words = Text("Earnest money: lost if the client breaks the contract, given back double if we do")
        return Text("{words}. Of {amount}, {earnest} is earnest (a fifth of the contract), {rest} a prepayment", words=words, amount=show_money(amount), earnest=show_money(earnest), rest=show_money(rest)) if rest else words
    return {
        BOOKING: Text("Booking money: no earnest; given back whoever breaks the contract, less the damage that is proved"),
        PREPAYMENT: Text("Prepayment: a part of the price; given back when nothing is delivered"),
        SECURITY: Text("Security: given back after the event, less the damage that is proved"),
        GUARANTEE: Text("Guarantee money: as the contract says; given back when it is fulfilled"),
    }.get(str(kind))
