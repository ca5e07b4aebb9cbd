"""Rectification orders 整改通知单."""

from __future__ import annotations

from crm_desktop.duties.rectifications import queries
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.record.duty import Due, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("code", "name", "department_id", "left", "waits_for", "state", "issued_on", "limit_on", "owner_id")


def _says(row: Row) -> Text:
    words = Text("Rectification: {what}", what=row["name"])
    return Text("{what} ({who})", what=words, who=row["department_id.name"]) if row["department_id.name"] else words


DUTY = Duty(
    "rectifications", Text("Rectification orders"), records=(RECTIFICATION,),
    pages=(
        Page(
            "rectifications", Text("Rectification orders"), "clock", "crm_desktop.duties.rectifications.pages:rectifications",
            ("整改", "整改通知单", "督办", "四小时", "rectification"), record=RECTIFICATION, rail=False,
        ),
    ),
    now=queries.now, today=queries.today,
    entries=(
        Entries(
            "rectification", "clock", "issued_on", {"complaint": ("complaint_id",), "account": ("complaint_id.account_id",), "person": ("complaint_id.person_id",)},
            ("name", "department_id"), _says, time="issued_at", chip="state",
        ),
    ),
    related={
        "complaint": [Related(Text("Rectification orders"), "rectification", ("complaint_id",), LISTED)],
        "department": [Related(Text("Rectification orders"), "rectification", ("department_id",), LISTED)],
    },
    dues=(Due("rectification", "clock", "due_on", "owner_id", None, ("name", "waits_for", "department_id"), queries.due, time="due_at"),),
    documents="crm_desktop.duties.rectifications.documents",
)  # fmt: skip
