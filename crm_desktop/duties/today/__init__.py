"""Today 今日: what the other duties say about one day."""

from __future__ import annotations

from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty("today", Text("Today"), pages=(Page("today", Text("Today"), "sun", "crm_desktop.duties.today.pages:today", ("首页", "客情", "home")),))
