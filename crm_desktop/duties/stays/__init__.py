"""Stays 住店记录."""

from __future__ import annotations

from crm_desktop.duties.stays import queries
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.record.duty import Duty, Page, Related
from crm_desktop.record.text import Text

COLUMNS = ("arrival", "departure", "nights", "rate", "status", "segment", "hotel_id")

DUTY = Duty(
    "stays", Text("Stays"),
    records=(HOTEL, STAY),
    pages=(
        Page("stays", Text("Stays"), "bed", words=("住店", "预订", "bookings", "房"), record=STAY),
        Page("hotels", Text("Hotels"), "hotel", words=("酒店", "集团"), record=HOTEL, rail=False),
    ),
    figures=queries.figures, today=queries.today,
    related={
        "account": [Related(Text("Stay history"), "stay", ("agency_id", "company_id"), COLUMNS)],
        "person": [Related(Text("Stay history"), "stay", ("guest_id",), COLUMNS)],
    },
    mappings="crm_desktop.duties.stays.mappings",
)  # fmt: skip
