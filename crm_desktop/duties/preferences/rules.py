"""Rules of preferences: what may be saved, and how far a fact still holds today."""

from __future__ import annotations

from crm_desktop.record.dates import business_date
from crm_desktop.record.facts import LIKE, standing
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text


def standing_now(told_on: str, expires: str) -> str:
    """How far a fact still holds today, for lists."""
    return standing(told_on, expires, business_date())


def check(row: Row) -> Problems:
    """Dates in order; an allergen is met never, not liked."""
    if row.get("told_on") and row["told_on"] > business_date():
        return {"told_on": Text("Nobody can have said this after today")}
    if row.get("expires") and row.get("told_on") and row["expires"] < row["told_on"]:
        return {"expires": Text("The last day must be on or after {first}", first=row["told_on"])}
    if row.get("allergen") and row.get("polarity") == LIKE:
        return {"allergen": Text("What a guest likes is no allergen; choose Never, or leave this empty")}
    return {}
