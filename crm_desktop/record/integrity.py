"""What clients may not be offered: gifts, meals and closed parties to state bodies, state-owned firms and their people.

Sources: rules for official receptions of Party and state organs (2013), clean practice rules for managers of state-owned
enterprises (2009). Visits, calls, cards and public events are fine."""

from __future__ import annotations

from crm_desktop.record import lawbook
from crm_desktop.record.dates import business_date

GIFT, MEAL, PARTY = "gift", "meal", "party"  # a party: an event that is not public
FORBIDDEN = {"government": (GIFT, MEAL, PARTY), "institution": (GIFT, MEAL, PARTY), "state-owned": (GIFT, MEAL, PARTY)}  # type of a client -> kinds

RULES = {GIFT: lawbook.STATE_GIFT, MEAL: lawbook.STATE_MEAL, PARTY: lawbook.STATE_PARTY}


def forbidden(kind: str, *types: str | None) -> bool:
    """True for something that a client of one of these types (its own, that of the person's unit) may not be given."""
    return any(kind in FORBIDDEN.get(each or "", ()) for each in types) and lawbook.holds(RULES[kind], business_date())
