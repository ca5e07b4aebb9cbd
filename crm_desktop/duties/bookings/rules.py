"""Rules of the booking register: which two bookings want the same place at the same time. Times are HH:MM."""

from __future__ import annotations

import unicodedata

from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

LUNCH, DINNER = (11 * 60, 14 * 60), (17 * 60, 21 * 60)  # minutes of the day
WHOLE_DAY = (0, 24 * 60)
PERIODS = {"lunch": LUNCH, "dinner": DINNER, "day": WHOLE_DAY}
USUAL = 180  # minutes a table or hall is taken for when only the beginning is known
GONE = ("lost", "cancelled", "done")  # states that hold no place
WITHOUT_PLACE = ("room", "group")  # rooms are given out by the room chart, not by name of place


def place_key(place: str) -> str:
    """A place as it is compared: 听泉, 听泉包厢, ' 听泉 厅' are one."""
    words = "".join(unicodedata.normalize("NFKC", place).casefold().split())
    for tail in ("包厢", "包间", "宴会厅", "厅"):
        if words.endswith(tail) and len(words) > len(tail):
            return words.removesuffix(tail)
    return words


def slot(period: str, time: str) -> tuple[int, int]:
    """When a booking holds its place, in minutes of the day: its meal period, widened to three hours from its time; the
    whole day when neither is known."""
    span = PERIODS.get(period)
    if not time:
        return span or WHOLE_DAY
    begin = int(time[:2]) * 60 + int(time[3:5])
    taken = (begin, min(begin + USUAL, WHOLE_DAY[1]))
    return (min(span[0], taken[0]), max(span[1], taken[1])) if span else taken


def days(row: Row) -> tuple[str, str]:
    """First and last day of a booking."""
    return str(row["day"]), max(str(row["day"]), str(row.get("last_day") or ""))


def holds(row: Row) -> bool:
    """True for a booking that holds a place."""
    return bool(place_key(str(row.get("place") or ""))) and row["state"] not in GONE and row["kind"] not in WITHOUT_PLACE


def clash(one: Row, other: Row) -> bool:
    """True when two bookings want the same place of the same hotel at the same time. Touching ends are no clash."""
    if not (holds(one) and holds(other)) or one.get("hotel_id") != other.get("hotel_id"):
        return False
    if place_key(str(one["place"])) != place_key(str(other["place"])):
        return False
    (first, last), (begin, end) = days(one), days(other)
    if first > end or begin > last:
        return False
    (a, b), (c, d) = (slot(str(row.get("period") or ""), str(row.get("time") or "")) for row in (one, other))
    return a < d and c < b


def check(row: Row) -> Problems:
    """The last day is not before the first."""
    if row.get("last_day") and row.get("day") and row["last_day"] < row["day"]:
        return {"last_day": Text("The last day must be on or after {first}", first=row["day"])}
    return {}


def option_missing(row: Row) -> Text | None:
    """What still keeps a booking from being held."""
    return None if row.get("option_date") else Text("Say until when it is held: fill in 'Option until' first.")
