"""Meetings and instructions 例会纪要、上级工作指令."""

from __future__ import annotations

from crm_desktop.duties.meetings import queries
from crm_desktop.duties.meetings.records import INSTRUCTION, MINUTES, MINUTES_ITEM
from crm_desktop.duties.meetings.rules import CANCELLED
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

OF_MEETING = ("due", "name", "owner_id", "department_id", "state", "late", "account_id")
OF_CLIENT = ("due", "name", "owner_id", "state", "late", "minutes_id")


def _decided(row: Row) -> Text:
    return Text("Decided in a meeting: {what}", what=row["name"])


def _asked(row: Row) -> Text:
    return Text("Asked for from above: {what}", what=row["name"])


DUTY = Duty(
    "meetings", Text("Meetings and instructions"), records=(MINUTES, MINUTES_ITEM, INSTRUCTION),
    pages=(
        Page("minutes", Text("Minutes of meetings"), "users", words=("例会", "会议纪要", "周例会", "月度会", "meeting"), record=MINUTES, rail=False),
        Page("decisions", Text("Decisions of meetings"), "list-checks", words=("决议", "落实", "督办", "会议"), record=MINUTES_ITEM, rail=False),
        Page("instructions", Text("Instructions from above"), "send", words=("上级", "指令", "总经理", "交办", "回报"), record=INSTRUCTION, rail=False),
    ),
    figures=queries.figures, today=queries.today, causes=later("crm_desktop.duties.meetings.causes:causes"),
    entries=(
        Entries("minutes_item", "list-checks", "due", {"account": ("account_id",)}, ("name",), _decided, chip="state", dropped=(CANCELLED,)),
        Entries("instruction", "send", "day", {"account": ("account_id",)}, ("name",), _asked, chip="state"),
    ),
    related={
        "minutes": [Related(Text("Decisions"), "minutes_item", ("minutes_id",), OF_MEETING)],
        "account": [Related(Text("Decisions"), "minutes_item", ("account_id",), OF_CLIENT)],
    },
    documents="crm_desktop.duties.meetings.documents",
)  # fmt: skip
