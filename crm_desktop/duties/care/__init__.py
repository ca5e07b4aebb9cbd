"""Maintenance plans 客户维护(保养)计划."""

from __future__ import annotations

from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "care", Text("Maintenance plans"), records=(CARE_PLAN, CARE_ITEM),
    pages=(
        Page("care", Text("Maintenance plans"), "heart-handshake", words=("维护", "保养", "关怀", "计划", "care"), record=CARE_PLAN),
        Page("care-items", Text("Plan items"), "list-todo", words=("维护", "保养", "关怀", "计划项目"), record=CARE_ITEM, rail=False),
    ),
)  # fmt: skip
