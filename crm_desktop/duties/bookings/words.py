"""What is said of bookings that want the same place at the same time."""

from __future__ import annotations

from crm_desktop.duties.bookings.records import PERIODS
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

WORDS = {code: text for code, text, _ in PERIODS}


def wanted(others: list[Row]) -> Text:
    """Who else wants the place of a booking."""
    first = others[0]
    who = str(first["account_id.name"] or first["name"] or "–")
    when = first["time"] or WORDS.get(first["period"]) or Text("All day")
    words = Text("{place} is also wanted by {who} on {day}, {when}.", place=first["place"], who=who, day=first["day"], when=when)
    return words if len(others) == 1 else Text("{first} {n} more clash too.", first=words, n=len(others) - 1)


def warning(others: list[Row]) -> Text:
    """The same of one that is saved: nothing is lost, somebody has to talk."""
    return Text("{clash} Both are on the books; talk to one of them.", clash=wanted(others))
