"""Today 今日: what the other duties say about one day, and what one shift leaves to the next."""

from __future__ import annotations

from crm_desktop.duties.today import queries
from crm_desktop.duties.today.records import DAY_NOTE, HANDOVER, TURN
from crm_desktop.record.duty import Action, Duty, Page
from crm_desktop.record.text import Text

PAGES = "crm_desktop.duties.today.pages_handover"

DUTY = Duty(
    "today", Text("Today"), records=(HANDOVER, TURN, DAY_NOTE), documents="crm_desktop.duties.today.documents", today=queries.own_lines,
    pages=(
        Page("today", Text("Today"), "sun", "crm_desktop.duties.today.pages:today", ("首页", "客情", "home")),
        Page("outlook", Text("The next 90 days"), "calendar-days", "crm_desktop.duties.today.pages_outlook:page", words=("未来90天", "出租率", "预测", "outlook"), rail=False),
        Page("handover", Text("Hand over the shift"), "clock", f"{PAGES}:handover", ("交班", "日结", "下班"), rail=False),
        Page("handovers", Text("Hand-overs"), "clock", words=("交班", "记录"), record=HANDOVER, rail=False),
        Page("rota", Text("Rota and whereabouts"), "calendar-clock", words=("值班", "外出", "排班", "MOD"), record=TURN, rail=False),
        Page("day-notes", Text("Weather and notes of the day"), "sun-medium", words=("天气", "提示", "weather"), record=DAY_NOTE, rail=False),
    ),
    actions=(
        Action("today", Text("Today"), "F4", f"{PAGES}:open_today", icon="sun", short=Text("Today"), words=("今日", "客情")),
        Action("handover", Text("Hand over the shift"), "Ctrl+J", f"{PAGES}:open_handover", icon="clock", short=Text("Hand-over"), words=("交班",)),
    ),
)  # fmt: skip
