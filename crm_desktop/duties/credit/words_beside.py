"""What credit says beside a bill or a booking, in words."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.credit import rules_law, rules_room
from crm_desktop.duties.credit.rules_forecast import Expected
from crm_desktop.duties.receivables.queries import AccountMoney
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text

LIGHTS = {"green": Text("Room left"), "amber": Text("Little room"), "red": Text("No room"), "grey": Text("No credit")}
TOO_LONG, NOT_DECLARED = Text("Longer than the law"), Text("Not declared")
PAYERS = {rules_law.BODY: Text("State body or institution"), rules_law.LARGE: Text("Large enterprise")}
REASONS = {
    "late": Text("the oldest bill is {count} days late"), "over": Text("{count} over the limit"), "broken": Text("{count} promises broken in a year"),
}  # fmt: skip


def room(money: AccountMoney) -> Text:
    """The headroom of a client, with what is booked definitely."""
    if money.credit == "stopped":
        return Text("The client's credit is stopped: it pays beforehand, or credit is given in spite of the stop.")
    if money.headroom is None:
        return Text("The client has no credit agreement: it pays at once.")
    return Text("Headroom {room} of a limit of {limit}, definite bookings counted", room=show_money(money.headroom), limit=show_money(money.limit))


WAYS_OUT = Text("choose 'Paid beforehand' or 'Paid when it takes place', or have credit in spite of it given first")


def refused(why: str, money: AccountMoney) -> Text:
    """Why a booking may not go on account, and what would let it."""
    if why == rules_room.IS_STOPPED:
        return Text("The credit of {client} is stopped. The booking stays as it was: {ways}.", client=money.name, ways=WAYS_OUT)
    if why == rules_room.NO_CREDIT:
        return Text("{client} has no credit agreement. The booking stays as it was: {ways}.", client=money.name, ways=WAYS_OUT)
    over = show_money(-(money.headroom or 0))
    return Text("With this booking {client} would be {over} over the limit of {limit}. The booking stays as it was: lower it, {ways}.", client=money.name, over=over, limit=show_money(money.limit), ways=WAYS_OUT)


def law(kind: str, delivered: str, last: str, bound: str, due: str) -> tuple[Text | str, str, Text]:
    """By when the regulation wants a bill paid: chip, tone, sentence. `last` holds where nothing is agreed, `bound` for what is."""
    who = PAYERS[kind]
    if not due:
        return "", "", Text("{who}: by the payment regulation due on {day}, counted from {delivered}", who=who, day=last, delivered=delivered)
    if due <= bound:
        return "", "", Text("{who}: the payment regulation allows terms up to {day}; these are within them", who=who, day=bound)
    return TOO_LONG, "amber", Text("{who}: by the payment regulation due on {day} at the latest, counted from {delivered}; what is agreed beyond that does not hold", who=who, day=bound, delivered=delivered)


def terms(kind: str, days: int, most: int) -> tuple[Text | str, str, Text]:
    """Days to pay beyond what the regulation lets such a payer have: chip, tone, sentence."""
    return TOO_LONG, "amber", Text("{who}: the payment regulation lets it have {most} days at most, these are {days}; what is agreed beyond that does not hold", who=PAYERS[kind], most=most, days=days)


def undeclared(kind: str) -> tuple[Text | str, str, Text]:
    """An agreement that does not say the hotel is a small or medium firm: chip, tone, sentence."""
    return NOT_DECLARED, "amber", Text("{who}: the payment regulation protects the hotel where it has declared when signing that it is a small or medium firm; tick it, and the agreement says so", who=PAYERS[kind])


def expected(found: Expected) -> Text:
    """When a bill is expected to be paid, and what that was learned from."""
    if not found.told:
        return Text("no day can be told: no bill that was paid had been open so long")
    words = Text("Expected on {day}, {late} days late", day=found.day, late=found.late) if found.late else Text("Expected on {day}, in time", day=found.day)
    if found.learned:
        return Text("{words}: learned from {count} bills of this client", words=words, count=found.learned)
    return Text("{words}: learned from other clients' bills", words=words)


def signers(names: Sequence[str]) -> Text:
    """Who may sign for the client."""
    return Text("May sign for the client: {names}", names="、".join(names))


def reason(what: str, count: int) -> Text:
    """One thing that speaks for a stop of credit."""
    return Text(REASONS[what].source, count=show_money(count) if what == "over" else count)
