"""Follow-ups 待办."""

from __future__ import annotations

from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.record.duty import Action, Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "follow-ups", Text("Follow-ups"), records=(FOLLOW_UP,),
    pages=(Page("follow-ups", Text("Follow-ups"), "list-todo", words=("待办", "跟进", "任务", "todo", "task"), record=FOLLOW_UP),),
    actions=(
        Action(
            "follow-up", Text("New follow-up in one line"), "Ctrl+T", quick="crm_desktop.duties.follow_ups.quick:QuickFollowUp",
            icon="list-todo", short=Text("Follow-up"), words=("待办", "todo"),
        ),
    ),
)  # fmt: skip
