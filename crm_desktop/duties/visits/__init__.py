"""Visits and calls 走访联络."""

from __future__ import annotations

from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "visits", Text("Visits and calls"), records=(VISIT,),
    pages=(Page("visits", Text("Visits and calls"), "phone", words=("走访", "拜访", "电话", "联络", "回访"), record=VISIT),),
)  # fmt: skip
