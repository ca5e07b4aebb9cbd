"""Booking register 预订登记."""

from __future__ import annotations

from crm_desktop.duties.bookings import queries
from crm_desktop.duties.bookings.records import BOOKING, BOOKING_ROOM, DROPPED, KINDS
from crm_desktop.record.duty import Action, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("day", "time", "period", "kind", "place", "size", "name", "state", "owner_id")
ROOMS = ("room_type_id", "number", "rate", "currency", "remark")
WORDS: dict[str, Text] = {code: text for code, text, _ in KINDS}


def _says(row: Row) -> Text:
    words = WORDS.get(row["kind"]) or Text("Booking")
    if row["place"]:
        words = Text("{kind} {place}", kind=words, place=row["place"])
    return Text("{what}, {n} people", what=words, n=row["people"]) if row["people"] else words


DUTY = Duty(
    "bookings", Text("Booking register"), records=(BOOKING, BOOKING_ROOM),
    pages=(
        Page(
            "bookings", Text("Booking register"), "notebook-pen", "crm_desktop.duties.bookings.pages:bookings",
            words=("预订", "登记", "包厢", "宴会", "订餐", "booking"), record=BOOKING,
        ),
        Page("booking-rooms", Text("Rooms by type and number"), "bed", words=("用房", "房型及间数"), record=BOOKING_ROOM, rail=False),
    ),
    actions=(
        Action(
            "booking", Text("New booking in one line"), "F9", quick="crm_desktop.duties.bookings.quick:QuickBooking",
            icon="notebook-pen", short=Text("Booking"), words=("预订", "订餐"),
        ),
    ),
    today=queries.today,
    entries=(
        Entries(
            "booking", "notebook-pen", "day", {"account": ("account_id",), "person": ("person_id",)}, ("kind", "place", "people"), _says,
            time="time", chip="state", dropped=DROPPED,
        ),
    ),
    related={
        "account": [Related(Text("Bookings"), "booking", ("account_id",), LISTED)],
        "person": [Related(Text("Bookings"), "booking", ("person_id",), LISTED)],
        "booking": [Related(Text("Rooms by type and number"), "booking_room", ("booking_id",), ROOMS)],
    },
    documents="crm_desktop.duties.bookings.documents",
)  # fmt: skip
