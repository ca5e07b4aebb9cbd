"""Well-known files of bookings.

`hotel-bookings`: the 32-column booking file of Antonio, Almeida and Nunes (2019): codes stay text, NULL and NA are
missing, months are words, negative and zero rates are kept, equal rows are separate bookings."""

from __future__ import annotations

import datetime as dt
import re

from crm_desktop.duties.stays.mappings_lists import OTA
from crm_desktop.duties.stays.mappings_lists import dressed as dressed
from crm_desktop.duties.stays.records import CANCELLED, LONGEST_STAY, NO_SHOW, STAY, STAYED, too_long
from crm_desktop.exchange.mapping import NONE, Mapping, Reference, Take
from crm_desktop.record.dates import add_days, parse_date
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.money import parse_money
from crm_desktop.record.text import Refused, Text

MISSING = frozenset({"", "NULL", "NA", "NaN", "nan", "None", "N/A", "#N/A"})  # what the file has, and what programs make of it that save it again
_POINT_NOUGHT = re.compile(r"^(\d+)\.0+$")  # a whole number, saved again by a program that had empty cells in its column
MONTHS = {
    word: number
    for number, word in enumerate(
        ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"), 1
    )
}
STATUS_OF = {(STAYED, "0"): STAYED, (CANCELLED, "1"): CANCELLED, (NO_SHOW, "1"): NO_SHOW}


def text(cell: str) -> str:
    """The cell's words; the marks of a missing value are nothing."""
    words: str = PARSE[Kind.CODE](cell)
    return "" if words in MISSING else words


def given(cell: str) -> str:
    """The cell's words, which must be there."""
    words = text(cell)
    if not words:
        raise Refused(Text("A value is missing here"))
    return words


def whole(cell: str) -> int | None:
    """A whole number that is not negative, or missing."""
    words = _POINT_NOUGHT.sub(r"\1", cell.strip())
    if words in MISSING:
        return None
    if not (words.isascii() and words.isdecimal()) or len(words) > 6:
        raise Refused(Text("'{value}' is not a whole number", value=words))
    return int(words)


def counted(cell: str) -> int:
    """A whole number, which must be there."""
    number = whole(cell)
    if number is None:
        raise Refused(Text("A value is missing here"))
    return number


def flag(cell: str) -> int:
    """0 or 1."""
    if cell.strip() not in ("0", "1"):
        raise Refused(Text("'{value}' is neither 0 nor 1", value=cell.strip()))
    return int(cell)


def rate(cell: str) -> int:
    """A rate, also negative; it must be there."""
    return parse_money(given(cell))


def day(cell: str) -> str:
    """A date, which must be there."""
    return parse_date(given(cell))


def arrival(cells: tuple[str, str, str]) -> str:
    """The arrival from year, the month's English name, and day of the month."""
    year, month, number = (cell.strip() for cell in cells)
    if month not in MONTHS:
        raise Refused(Text("'{value}' is not the English name of a month", value=month))
    try:
        return dt.date(int(year), MONTHS[month], int(number)).isoformat()
    except ValueError:
        raise Refused(Text("There is no day {value}", value=f"{year} {month} {number}")) from None


def departure(cells: tuple[str, str, str, str, str]) -> str:
    """The departure: arrival and both kinds of nights."""
    nights = counted(cells[3]) + counted(cells[4])
    if nights > LONGEST_STAY:
        raise Refused(too_long(nights))
    return add_days(arrival(cells[:3]), nights)


def status(cells: tuple[str, str]) -> str:
    """The status, which must agree with the file's own mark of a cancelled booking."""
    words = (given(cells[0]), cells[1].strip())
    if words not in STATUS_OF:
        raise Refused(Text("Status '{status}' does not go with is_canceled '{flag}'", status=words[0], flag=words[1]))
    return STATUS_OF[words]


def code(cell: str) -> Reference:
    """A reference by code: they are whole numbers in this file."""
    words = _POINT_NOUGHT.sub(r"\1", text(cell))
    return (words, "") if words else NONE


def hotel(cell: str) -> Reference:
    """The hotel's name, which is its code as well."""
    words = given(cell)
    return (words, words)


_DATE = ("arrival_date_year", "arrival_date_month", "arrival_date_day_of_month")
_NIGHTS = ("stays_in_weekend_nights", "stays_in_week_nights")

HOTEL_BOOKINGS = Mapping(
    "hotel-bookings", Text("Booking file with 32 columns"), STAY,
    (
        Take("hotel_id", ("hotel",), hotel),
        Take("status", ("reservation_status", "is_canceled"), status),
        Take("lead_time", ("lead_time",), counted),
        Take("arrival", _DATE, arrival),
        Take("departure", (*_DATE, *_NIGHTS), departure),
        Take("weekend_nights", (_NIGHTS[0],), counted),
        Take("week_nights", (_NIGHTS[1],), counted),
        Take("adults", ("adults",), counted),
        Take("children", ("children",), whole),
        Take("babies", ("babies",), counted),
        Take("meal", ("meal",), given),
        Take("country", ("country",), text),
        Take("segment", ("market_segment",), given),
        Take("channel", ("distribution_channel",), given),
        Take("repeat", ("is_repeated_guest",), flag),
        Take("past_cancelled", ("previous_cancellations",), counted),
        Take("past_stays", ("previous_bookings_not_canceled",), counted),
        Take("room_reserved", ("reserved_room_type",), given),
        Take("room_assigned", ("assigned_room_type",), given),
        Take("booking_changes", ("booking_changes",), counted),
        Take("deposit", ("deposit_type",), given),
        Take("agency_id", ("agent",), code),
        Take("company_id", ("company",), code),
        Take("waiting_days", ("days_in_waiting_list",), counted),
        Take("customer_type", ("customer_type",), given),
        Take("rate", ("adr",), rate),
        Take("parking", ("required_car_parking_spaces",), counted),
        Take("requests", ("total_of_special_requests",), counted),
        Take("status_date", ("reservation_status_date",), day),
    ),
    constants={"currency": "EUR"},
)  # fmt: skip

MAPPINGS = (HOTEL_BOOKINGS, OTA)
