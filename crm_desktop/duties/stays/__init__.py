"""Stays 住店记录."""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_desktop.duties.stays import queries
from crm_desktop.duties.stays.records import CANCELLED, HOTEL, NO_SHOW, STAY
from crm_desktop.record.dates import parse_date
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.report import Option, Report, Reporting
from crm_desktop.record.text import Text

COLUMNS = ("arrival", "departure", "nights", "rate", "status", "segment", "hotel_id")
OWN = ("arrival", "departure", "nights", "room_no", "rate", "meals_spent", "other_spent", "folio", "payment", "companions", "status")  # of a guest's own stays


def _says(row: Row) -> Text:
    nights = Text("1 night") if row["nights"] == 1 else Text("{n} nights", n=f"{row['nights']:,}") if row["nights"] else Text("Day use")
    if row["room_no"]:
        nights = Text("{nights}, room {room}", nights=nights, room=row["room_no"])
    if row["guest_id.name"] and row["about"] != "person":
        nights = Text("{who}: {what}", who=row["guest_id.name"], what=nights)
    return Text("{stay}, {rate} a night", stay=nights, rate=show_money(row["rate"]))


def _overview(reader: Any) -> Report:
    from crm_desktop.duties.stays.overview import overview

    return overview(reader)


DUTY = Duty(
    "stays", Text("Stays"),
    records=(HOTEL, STAY),
    pages=(
        Page("stays", Text("Stays"), "bed", words=("住店", "预订", "bookings", "房"), record=STAY),
        Page("hotels", Text("Hotels"), "hotel", words=("酒店", "集团"), record=HOTEL, rail=False),
    ),
    figures=queries.figures, now=queries.now, today=queries.today,
    entries=(
        Entries(
            "stay", "bed", "arrival", {"account": ("agency_id", "company_id"), "person": ("guest_id",)},
            ("nights", "room_no", "rate", "guest_id"), _says, chip="status", dropped=(CANCELLED, NO_SHOW),
        ),
    ),
    related={
        "account": [Related(Text("Stay history"), "stay", ("agency_id", "company_id"), COLUMNS)],
        "person": [Related(Text("Stay history"), "stay", ("guest_id",), OWN)],
    },
    mappings="crm_desktop.duties.stays.mappings",
    reports=(
        Reporting("overview", _overview),
        *(Reporting(word, partial(queries.daily, which=word), Option("on", parse_date, required=True, keyword="day")) for word in queries.DAILY),
        Reporting(
            "production", queries.production, Option("by", choices=tuple(queries.GROUPS), required=True),
            Option("from", parse_date, keyword="first"), Option("to", parse_date, keyword="last"),
        ),
    ),
)  # fmt: skip
