"""Settings 设置: this PC's choices, the database's safety, and what was done."""

from __future__ import annotations

from crm_desktop.desk.records import CODE_ITEM, STAFF
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "settings", Text("Settings"), records=(STAFF, CODE_ITEM), begin="crm_desktop.ui.notices:begin",
    pages=(
        Page("history", Text("What was done"), "history", "crm_desktop.duties.settings.pages_history:history", ("日志", "操作记录", "undo", "log")),
        Page("settings", Text("Settings"), "settings", "crm_desktop.duties.settings.pages:settings", ("备份", "恢复", "语言", "backup")),
        Page("staff", Text("Colleagues"), "user-round", words=("员工", "人员", "同事", "代理"), record=STAFF, rail=False),
        Page(
            "codes", Text("Code lists"), "list-checks", "crm_desktop.duties.settings.pages_codes:codes",
            ("代码", "代码表", "选项", "下拉", "choices"), record=CODE_ITEM, rail=False,
        ),
    ),
)  # fmt: skip
