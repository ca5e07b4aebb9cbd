"""Follow-ups 待办."""

from __future__ import annotations

from crm_desktop.duties.follow_ups import queries
from crm_desktop.duties.follow_ups.records import DROPPED, EXPIRED, FOLLOW_UP, OPEN
from crm_desktop.record.duty import Action, Due, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text


def _says(row: Row) -> Text | str:
    return Text("{what} ({who})", what=row["name"], who=row["owner_id.name"]) if row["owner_id.name"] else str(row["name"])


def _due(row: Row) -> Text | str:
    who = row["account_id.name"] or row["person_id.name"]
    told = not who or str(row["name"]).startswith(str(who))  # nobody is named twice
    return str(row["name"]) if told else Text("{who}: {what}", who=who, what=row["name"])


LISTED = ("due", "due_time", "name", "owner_id", "state", "source")

DUTY = Duty(
    "follow-ups", Text("Follow-ups"), records=(FOLLOW_UP,),
    pages=(
        Page(
            "follow-ups", Text("Follow-ups"), "list-todo", "crm_desktop.duties.follow_ups.pages:follow_ups",
            words=("待办", "跟进", "任务", "todo", "task"), record=FOLLOW_UP,
        ),
    ),
    actions=(
        Action(
            "follow-up", Text("New follow-up in one line"), "Ctrl+T", quick="crm_desktop.duties.follow_ups.quick:QuickFollowUp",
            icon="list-todo", short=Text("Follow-up"), words=("待办", "todo"),
        ),
    ),
    today=queries.today,
    entries=(
        Entries(
            "follow_up", "list-checks", "due", {"account": ("account_id",), "person": ("person_id",)}, ("name", "owner_id"), _says,
            time="due_time", chip="state", dropped=(DROPPED, EXPIRED),
        ),
    ),
    related={
        "account": [Related(Text("Follow-ups"), "follow_up", ("account_id",), LISTED)],
        "person": [Related(Text("Follow-ups"), "follow_up", ("person_id",), LISTED)],
    },
    dues=(Due("follow_up", "list-todo", "due", "owner_id", ("state", OPEN), ("name", "account_id", "person_id"), _due, time="due_time"),),
    begin="crm_desktop.duties.follow_ups.pages_keeper:begin", mappings="crm_desktop.duties.follow_ups.mappings",
)  # fmt: skip
