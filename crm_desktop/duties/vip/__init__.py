"""VIP stays 贵宾接待."""

from __future__ import annotations

from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "vip", Text("VIP stays"), records=(VIP_STAY,),
    pages=(Page("vip", Text("VIP stays"), "crown", words=("贵宾", "接待", "VIP", "要客"), record=VIP_STAY),),
)  # fmt: skip
