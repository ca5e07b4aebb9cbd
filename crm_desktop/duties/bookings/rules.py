"""Rules of the booking register: which two bookings want the same place at the same time. Times are HH:MM."""

from __future__ import annotations

import unicodedata

from crm_desktop.record.dates import business_date
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

LUNCH, DINNER = (11 * 60, 14 * 60), (17 * 60, 21 * 60)  # minutes of the day
WHOLE_DAY = (0, 24 * 60)
PERIODS = {"lunch": LUNCH, "dinner": DINNER, "day": WHOLE_DAY}
USUAL = 180  # minutes a table or hall is taken for when only the beginning is known
GONE = ("lost", "cancelled", "done", "closed", "turned-down", "no-show")  # states that hold no place
ANY_PLACE = frozenset(  # 包厢 alone says what is wanted, not which one: sixteen of them are there
    ("包厢", "包间", "包房", "雅间", "雅座", "大厅", "厅", "宴会厅", "会议室", "会议厅", "餐厅", "大堂", "散台", "privateroom", "room", "hall", "table", "meetingroom", "ballroom")
)
_PARTS = pattern(r"(?<=[^\x00-\x7f])[a-f](?:[+&、,/和]?[a-f]){0,3}$")  # 澜庭 A+B: parts of a hall that can be divided
ELSEWHERE = "competitor"  # the reason that names who got it
WITHOUT_PLACE = ("room", "group")  # rooms are given out by the room chart, not by name of place


def place_key(place: str) -> str:
    """A place as it is compared: 听泉, 听泉包厢, ' 听泉 厅' are one; '' where no place is named."""
    words = "".join(unicodedata.normalize("NFKC", place).casefold().split())
    if words in ANY_PLACE:
        return ""
    for tail in ("包厢", "包间", "大宴会厅", "宴会厅", "厅"):
        if words.endswith(tail) and len(words) > len(tail):
            return words.removesuffix(tail)
    return words


def parts_of(place: str) -> tuple[str, frozenset[str]]:
    """A hall and which of its parts: 澜庭大宴会厅 A+B is ("澜庭", {a, b}); no parts = all of it."""
    key = place_key(place)
    found = _PARTS.search(key)
    if found is None:
        return key, frozenset()
    return place_key(key[: found.start()]) or key, frozenset(letter for letter in found[0] if letter.isascii() and letter.isalpha())


def same_place(one: str, other: str) -> bool:
    """True when two names mean the same place, or one a part of the other."""
    (hall, some), (place, others) = parts_of(one), parts_of(other)
    return bool(hall) and hall == place and (not some or not others or bool(some & others))


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])


def slot(period: str, time: str, ends: str = "") -> tuple[int, int]:
    """When a booking holds its place, in minutes of the day: from its time to its end, where both are known; else its meal
    period, widened to three hours from its time; the whole day when neither is known."""
    span = PERIODS.get(period)
    if not time:
        return span or WHOLE_DAY
    begin = _minutes(time)
    if ends:
        return begin, _minutes(ends) if ends > time else WHOLE_DAY[1]
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
    if not same_place(str(one["place"]), str(other["place"])):
        return False
    (first, last), (begin, end) = days(one), days(other)
    if first > end or begin > last:
        return False
    (a, b), (c, d) = (slot(str(row.get("period") or ""), str(row.get("time") or ""), str(row.get("ends") or "")) for row in (one, other))
    return a < d and c < b


def check(row: Row) -> Problems:
    """The last day is not before the first; an end has a beginning."""
    if row.get("last_day") and row.get("day") and row["last_day"] < row["day"]:
        return {"last_day": Text("The last day must be on or after {first}", first=row["day"])}
    if row.get("ends") and not row.get("time"):
        return {"time": Text("Write when it begins, too")}
    return {}


def size(people: int | None, tables: int | None) -> str:
    """How many are expected, and at how many tables: 420 (42)."""
    return " ".join([*([f"{people:,}"] if people else []), *([f"({tables:,})"] if tables else [])])


def why_missing(row: Row) -> Text | None:
    """A booking that goes elsewhere says why, by the list: the reason beside it is in words; and to whom it went."""
    if not row.get("lost_because"):
        return Text("Choose first, under 'Why it was lost', the reason.")
    if row["lost_because"] == ELSEWHERE and not (row.get("lost_to") or "").strip():
        return Text("Write first, under 'Who got it', which competitor it is.")
    return None


def not_yet(row: Row) -> Text | None:
    """Nobody stays away before the first day."""
    return Text("This is only on {day}.", day=row["day"]) if str(row.get("day") or "") > business_date() else None


def not_over(row: Row) -> Text | None:
    """Nothing has taken place before its last day."""
    last = days(row)[1]
    return Text("This is only over on {day}.", day=last) if str(row.get("last_day") or "") and last > business_date() else not_yet(row)


def option_missing(row: Row) -> Text | None:
    """What still keeps a booking from being held."""
    return None if row.get("option_date") else Text("Say until when it is held: fill in 'Option until' first.")
