"""What stopping a client's credit means, in words."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.clients.words_standing import FIELD, Line
from crm_desktop.duties.credit import words_beside
from crm_desktop.duties.credit.queries_collection import Hit
from crm_desktop.duties.credit.queries_stop import Stopped
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text

STOP, RESUME = Text("Stop credit"), Text("Resume credit")
SHOWN = 4  # bookings told one by one


def title(name: str, stops: bool) -> Text:
    """Whose credit it is about."""
    return Text("Stop the credit of {client}?", client=name) if stops else Text("The credit of {client} is stopped: resume it?", client=name)


def lines(account_id: int, now: Stopped | None, reasons: Sequence[tuple[str, int]]) -> list[Line]:
    """In a client's credit file: the stop that stands, or what speaks for one."""
    if now is not None:
        words = Text("Credit stopped on {day} by {who}: {reason}", day=now.day, who=now.who, reason=now.reason) if now.day else Text("Credit stopped")
        return [Line("", words, "red", ("credit_agreement", [("account_id", "=", account_id)]) if now.day else (FIELD, "credit"))]
    if not reasons:
        return []
    told = words_beside.reason(*reasons[0])
    for each in reasons[1:]:
        told = Text("{first}; {second}", first=told, second=words_beside.reason(*each))
    return [Line("", Text("Speaks for a stop: {reasons}", reasons=told), "red", ("receivable", [("account_id", "=", account_id), ("balance", "<>", 0)]))]


def hits(found: Sequence[Hit], stops: bool) -> Text:
    """The bookings it hits, the first of them one by one."""
    if not found:
        return Text("No booking to come is hit.") if stops else Text("No booking waits for it.")
    amount = show_money(sum(hit.amount for hit in found))
    count = len(found)
    head = Text("It hits {count} bookings, {amount} as far as priced", count=count, amount=amount) if stops else Text("{count} bookings may go on account again, {amount} as far as priced", count=count, amount=amount)
    out = head
    for hit in found[:SHOWN]:
        one = Text("{day} {words} {amount}", day=hit.day, words=hit.words or (Text("a room") if hit.record == "stay" else Text("a function")), amount=show_money(hit.amount) if hit.amount else "–")
        out = Text("{first}; {second}", first=out, second=one)
    return Text("{first}; and {count} more", first=out, count=count - SHOWN) if count > SHOWN else out
