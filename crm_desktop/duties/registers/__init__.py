"""All registers 全部台账: every page that has no place of its own in the rail, by duty."""

from __future__ import annotations

from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "registers", Text("All registers"),
    pages=(Page("registers", Text("All registers"), "book-open", "crm_desktop.duties.registers.pages:registers", words=("台账", "全部", "更多", "登记", "more")),),
)  # fmt: skip
