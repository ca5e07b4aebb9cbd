"""Rate agreements 协议."""

from __future__ import annotations

from crm_desktop.duties.agreements import queries
from crm_desktop.duties.agreements.records import AGREEMENT, AGREEMENT_RATE
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("name", "state", "since", "until", "left", "rates", "breakfast", "promised_nights", "owner_id", "code")
RATES = ("room_type_id", "season", "rate", "currency", "breakfast", "remark")


def _says(row: Row) -> Text:
    return Text("Rate agreement {title} until {day}", title=row["name"], day=row["until"])


DUTY = Duty(
    "agreements", Text("Rate agreements"), records=(AGREEMENT, AGREEMENT_RATE),
    pages=(
        Page("agreements", Text("Rate agreements"), "handshake", words=("协议", "协议价", "签约", "续签", "agreement"), record=AGREEMENT),
        Page("agreement-rates", Text("Agreed rates"), "coins", words=("协议价", "房价"), record=AGREEMENT_RATE, rail=False),
    ),
    now=queries.now, today=queries.today, causes=later("crm_desktop.duties.agreements.causes:causes"),
    entries=(Entries("agreement", "handshake", "since", {"account": ("account_id",)}, ("name", "until"), _says, chip="state"),),
    related={
        "account": [Related(Text("Rate agreements"), "agreement", ("account_id",), LISTED)],
        "agreement": [Related(Text("Agreed rates"), "agreement_rate", ("agreement_id",), RATES)],
    },
    documents="crm_desktop.duties.agreements.documents",
)  # fmt: skip
