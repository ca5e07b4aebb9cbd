"""Complaints 客户意见/投诉."""

from __future__ import annotations

from crm_desktop.duties.complaints import queries
from crm_desktop.duties.complaints.records import COMPLAINT, KINDS
from crm_desktop.duties.complaints.rules import WITHDRAWN
from crm_desktop.record.duty import Due, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("received_on", "severity", "kind", "name", "state", "left", "room_no", "department_id", "owner_id", "call_back")
WORDS: dict[str, Text] = {code: text for code, text, _ in KINDS}


def _says(row: Row) -> Text:
    words = Text("{kind}: {what}", kind=WORDS.get(row["kind"]) or Text("Complaint"), what=row["name"])
    return Text("{what}, room {room}", what=words, room=row["room_no"]) if row["room_no"] else words


DUTY = Duty(
    "complaints", Text("Complaints"), records=(COMPLAINT,),
    pages=(
        Page(
            "complaints", Text("Complaints"), "circle-alert", "crm_desktop.duties.complaints.pages:complaints",
            ("投诉", "客诉", "意见", "表扬", "建议", "complaint"), record=COMPLAINT,
        ),
    ),
    now=queries.now, today=queries.today,
    entries=(
        Entries(
            "complaint", "circle-alert", "received_on", {"account": ("account_id",), "person": ("person_id",)}, ("kind", "name", "room_no"), _says,
            time="received_at", chip="state", dropped=(WITHDRAWN,),
        ),
    ),
    related={
        "account": [Related(Text("Complaints"), "complaint", ("account_id",), LISTED)],
        "person": [Related(Text("Complaints"), "complaint", ("person_id",), LISTED)],
        "booking": [Related(Text("Complaints"), "complaint", ("booking_id",), LISTED)],
    },
    dues=(Due("complaint", "circle-alert", "due_on", "owner_id", None, ("name", "waits_for", "room_no"), queries.due, time="due_at"),),
    documents="crm_desktop.duties.complaints.documents",
)  # fmt: skip
