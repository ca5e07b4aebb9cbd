"""What somebody agreed to, and what may be done with it: one function over the acts of their ledger that every use asks.

PIPL articles 13-16 (consent, withdrawing it as easily), 24 (automated decisions), 29 (sensitive data), 31 (children under 14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

GREET, MARKET, SENSITIVE, AUTOMATED, MINOR = "greet", "market", "sensitive", "automated", "minor"
PURPOSES = (GREET, MARKET, SENSITIVE, AUTOMATED, MINOR)
ANY, PERSONALLY, PHONE, SMS, WECHAT, MAIL, POST = "any", "person", "phone", "sms", "wechat", "mail", "post"
CHANNELS = (ANY, PERSONALLY, PHONE, SMS, WECHAT, MAIL, POST)
MESSAGES = frozenset((SMS, WECHAT, MAIL))
BY_CHANNEL = frozenset((GREET, MARKET))  # purposes that are agreed to for each channel
YES, NO, SILENT = "yes", "no", ""
GIVEN, WITHDRAWN = "given", "withdrawn"


class Entry(NamedTuple):
    """One line of somebody's ledger: what was asked, what they said and when, and since when they no longer agree ('' = they do).

    Lines of one day count in the order of their `row`s."""

    purpose: str
    channel: str
    answer: str
    given_on: str
    withdrawn_on: str = ""
    row: int = 0

    def covers(self, purpose: str, channel: str) -> bool:
        """True for a line about this use."""
        return self.purpose == purpose and (purpose not in BY_CHANNEL or self.channel in (ANY, channel))


def standing(ledger: Iterable[Entry], purpose: str, channel: str, day: str) -> str:
    """What somebody says to a use on a day: the newest act about it counts. YES, NO, or SILENT where there is none."""
    acts = []
    for entry in ledger:
        if entry.covers(purpose, channel):
            acts.append((entry.given_on, entry.row, 0, entry.answer))
            if entry.withdrawn_on:
                acts.append((max(entry.withdrawn_on, entry.given_on), entry.row, 1, NO))
    return max((act for act in acts if act[0] <= day), default=("", 0, 0, SILENT))[3]


def needs_yes(purpose: str, channel: str) -> bool:
    """True for what is only done with a yes; the rest is done until they say no.

    Advertising by phone, post or message needs it, and so does every greeting by message; calls, visits and letters of a
    business relation, and proposals made by the program, until somebody objects."""
    if purpose == MARKET:
        return channel != PERSONALLY
    return purpose in (SENSITIVE, MINOR) or (purpose == GREET and channel in MESSAGES)


def may_use(ledger: Iterable[Entry], purpose: str, channel: str, day: str) -> bool:
    """Whether somebody's data may be used for this purpose by this channel on a day. Every use asks this."""
    said = standing(ledger, purpose, channel, day)
    return said == YES if needs_yes(purpose, channel) else said != NO


def may_send(ledger: Iterable[Entry], purpose: str, day: str) -> bool:
    """Whether anything may be sent for this purpose by at least one kind of message."""
    lines = list(ledger)
    return any(may_use(lines, purpose, channel, day) for channel in sorted(MESSAGES))


def may_call(ledger: Iterable[Entry], day: str) -> bool:
    """Whether somebody is called: not against a no to calls, whether of care or to sell."""
    lines = list(ledger)
    return may_use(lines, GREET, PHONE, day) and standing(lines, MARKET, PHONE, day) != NO


def may_invite(ledger: Iterable[Entry], day: str) -> bool:
    """Whether somebody is invited to a table or an event."""
    return may_use(ledger, MARKET, PERSONALLY, day)


def may_give(ledger: Iterable[Entry], day: str) -> bool:
    """Whether somebody is given something, or congratulated face to face."""
    return may_use(ledger, GREET, PERSONALLY, day)


def may_propose(ledger: Iterable[Entry], day: str) -> bool:
    """Whether the program proposes on its own to do something for somebody on their day."""
    lines = list(ledger)
    return may_give(lines, day) and may_use(lines, AUTOMATED, ANY, day)


# what is wrong with a line


def check(row: Row) -> Problems:
    """A line says who agreed for a child, and is withdrawn after it was given."""
    if row.get("purpose") == MINOR and not str(row.get("guardian") or "").strip():
        return {"guardian": Text("For a child under 14 a guardian agrees: write down who")}
    if row.get("companion_id") and row.get("purpose") != MINOR:
        return {"purpose": Text("A child is named: choose the purpose 'Child under 14'")}
    if row.get("withdrawn_on") and str(row["withdrawn_on"]) < str(row.get("given_on") or ""):
        return {"withdrawn_on": Text("It cannot be withdrawn before it was given")}
    if row.get("text_id.purpose") and row["text_id.purpose"] != row.get("purpose"):
        return {"text_id": Text("This text is about another purpose")}
    return {}


def withdraw_missing(row: Row) -> Text | None:
    """Only a yes is withdrawn."""
    return Text("They never agreed to this: there is nothing to withdraw.") if row.get("answer") == NO else None


def withdrawn(_row: Row, day: str) -> Row:
    """Since today."""
    return {"withdrawn_on": day}


def text_on(texts: Iterable[tuple[int, str, str]], purpose: str, day: str) -> int | None:
    """Of texts (row, purpose, first day) the one that was read to people on a day; None where there was none."""
    there = [(since, row) for row, about, since in texts if about == purpose and since <= day]
    return max(there)[1] if there else None


def by_person(rows: Iterable[tuple[int, Entry]]) -> Mapping[int, list[Entry]]:
    """Lines by whose they are."""
    found: dict[int, list[Entry]] = {}
    for person, entry in rows:
        found.setdefault(person, []).append(entry)
    return found
