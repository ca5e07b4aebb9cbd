"""Lists of stays that are no file of ours: arrivals, in-house and history of a PMS, and reservation messages.

Guests they name and nobody knows yet are made, as firms are; several of one name are never guessed between."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.stays.records import BOOKED, CANCELLED, IN_HOUSE, STAY, STAYED
from crm_desktop.exchange.mapping import NONE, Mapping, Reference, Take, text_of
from crm_desktop.record.dates import days_between
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.money import parse_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text

NAMES = frozenset({"姓名", "客人姓名", "宾客姓名", "主宾", "客人", "宾客"})
IN_HOUSE_MARKS = frozenset({"余额", "账户余额", "在住", "账号"})
HISTORY_MARKS = frozenset({"间夜", "总消费", "消费合计", "房费", "餐费"})
ROOM_MONEY, NIGHTS = ("房费", "客房收入"), ("间夜", "夜数", "天数")
RATES = frozenset({"房价", "rate", "Rate per night"})
ARRIVALS, IN_HOUSE_LIST, HISTORY = Text("List of arrivals"), Text("In-house list"), Text("List of departures or past stays")
MEALS = {"BB": "BB", "HB": "HB", "FB": "FB", "SC": "SC", "all inclusive": "FB"}
STATUS = {"Reserved": BOOKED, "Commit": BOOKED, "Book": BOOKED, "Modify": BOOKED, "Confirmed": BOOKED, "Cancelled": CANCELLED, "Cancel": CANCELLED}


def make_guest(_code: str, name: str) -> Row:
    """The guest a list names and nobody has entered yet."""
    return {"name": name or _code}


def guest(cell: str) -> Reference:
    """A guest by name: whatever it looks like, a list has no codes there."""
    name = text_of(" ".join(cell.split()))
    return ("", name) if name else NONE


def dressed(mapping: Mapping, headings: Sequence[str]) -> Mapping:
    """What a list of a PMS says without writing it: the status of all its rows, and that names are guests."""
    if mapping.record is not STAY or not NAMES & set(headings):
        return mapping
    title, status = _what(set(headings))
    given = {take.field for take in mapping.takes}
    takes = [Take("guest_id", take.columns, guest) if take.field == "guest_id" else take for take in mapping.takes]
    said = [Take("status", takes[0].columns, lambda _: status)] if status != BOOKED and "status" not in given else []  # who is expected may have come since
    return Mapping(
        mapping.key, title, STAY, [*takes, *said, *_rate(headings, given)], matching=mapping.matching, number=mapping.number,
        constants={} if "status" in given or said else {"status": status}, makes={"guest_id": make_guest},
    )  # fmt: skip


def _what(headings: set[str]) -> tuple[Text, str]:
    if headings & HISTORY_MARKS:
        return HISTORY, STAYED
    return (IN_HOUSE_LIST, IN_HOUSE) if headings & IN_HOUSE_MARKS else (ARRIVALS, BOOKED)


def _rate(headings: Sequence[str], given: set[str]) -> list[Take]:
    """The rate from room money and nights, where a list of past stays has no rate of its own."""
    money = next((title for title in ROOM_MONEY if title in headings), "")
    nights = next((title for title in NIGHTS if title in headings), "")
    return [Take("rate", (money, nights), per_night)] if money and nights and "rate" not in given else []


def per_night(cells: tuple[str, str]) -> int:
    """Room money shared among the nights, in minor units; nothing where there is none."""
    money, nights = cells[0].strip(), cells[1].strip()
    if not money:
        return 0
    if not nights.isdecimal():
        raise Refused(Text("'{value}' is not a whole number", value=nights))
    return round(parse_money(money) / max(1, int(nights)))


# reservation messages


def status(cells: tuple[str, str, str]) -> str:
    """The status of a reservation; what is only asked for is no booking yet."""
    said, arrival, number = (cell.strip() for cell in cells)
    if said == "Requested":
        raise Refused(Text("Reservation {number} is only asked for, not booked yet; answer it first", number=number))
    if said not in STATUS:
        raise Refused(Text("'{value}' is not a status of reservations known here", value=said))
    if not arrival:
        raise Refused(Text("The message about {number} has no dates: mark that stay by hand", number=number))
    return STATUS[said]


def total_per_night(cells: tuple[str, str, str]) -> int:
    """The total of a room shared among its nights, in minor units."""
    total, arrival, departure = (cell.strip() for cell in cells)
    nights = days_between(arrival, departure) if arrival and departure else 0
    return round(parse_money(total) / max(1, nights)) if total else 0


def agency(cells: tuple[str, str]) -> Reference:
    """The agency by code and name."""
    return (text_of(cells[1]), text_of(cells[0])) if cells[0] or cells[1] else NONE


def hotel(cell: str) -> Reference:
    """The hotel by its name."""
    name = text_of(cell)
    return (name, name) if name else NONE


OTA = Mapping(
    "ota", Text("Reservation message (OTA, AlpineBits)"), STAY,
    (
        Take("booking_no", ("booking no",), PARSE[Kind.CODE]),
        Take("status", ("ota status", "arrival", "booking no"), status),
        Take("arrival", ("arrival",), PARSE[Kind.DATE]),
        Take("departure", ("departure",), PARSE[Kind.DATE]),
        Take("guest_id", ("guest",), guest),
        Take("agency_id", ("agency", "agency code"), agency),
        Take("room_reserved", ("room type",), PARSE[Kind.CODE]),
        Take("meal", ("meals",), lambda cell: MEALS.get(cell, cell)),
        Take("adults", ("adults",), PARSE[Kind.INT]),
        Take("children", ("children",), PARSE[Kind.INT]),
        Take("rate", ("total", "arrival", "departure"), total_per_night),
        Take("currency", ("currency",), lambda cell: cell.strip() or "CNY"),
        Take("remark", ("remark",), PARSE[Kind.LONG]),
    ),
    number="booking_no", makes={"guest_id": make_guest},
)  # fmt: skip
