"""Today 今日: what the other duties say about one day, and what one shift leaves to the next."""

from __future__ import annotations

from crm_desktop.duties.today.records import HANDOVER
from crm_desktop.record.duty import Action, Duty, Page
from crm_desktop.record.text import Text

PAGES = "crm_desktop.duties.today.pages_handover"

DUTY = Duty(
    "today", Text("Today"), records=(HANDOVER,),
    pages=(
        Page("today", Text("Today"), "sun", "crm_desktop.duties.today.pages:today", ("首页", "客情", "home")),
        Page("handover", Text("Hand over the shift"), "clock", f"{PAGES}:handover", ("交班", "日结", "下班"), rail=False),
        Page("handovers", Text("Hand-overs"), "clock", words=("交班", "记录"), record=HANDOVER, rail=False),
    ),
    actions=(
        Action("today", Text("Today"), "F4", f"{PAGES}:open_today", icon="sun", short=Text("Today"), words=("今日", "客情")),
        Action("handover", Text("Hand over the shift"), "Ctrl+J", f"{PAGES}:open_handover", icon="clock", short=Text("Hand-over"), words=("交班",)),
    ),
)  # fmt: skip
