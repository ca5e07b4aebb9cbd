"""Rules of a VIP's stay: its dates and times."""

from __future__ import annotations

from crm_desktop.record.dates import days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

LONGEST = 366


def check(row: Row) -> Problems:
    """Departure on or after arrival, on the same day not before the time of arrival."""
    nights = days_between(row["arrival"], row["departure"])
    if nights < 0:
        return {"departure": Text("Departure must be on or after {arrival}", arrival=row["arrival"])}
    if nights > LONGEST:
        return {"departure": Text("A stay of {nights} nights cannot be right", nights=nights)}
    if nights == 0 and row.get("departure_time") and row["departure_time"] < (row.get("arrival_time") or ""):
        return {"departure_time": Text("Departure must be after the arrival at {time}", time=row["arrival_time"])}
    return {}
