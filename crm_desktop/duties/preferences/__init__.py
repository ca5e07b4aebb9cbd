"""Preferences 喜好."""

from __future__ import annotations

from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "preferences", Text("Preferences"), records=(PREFERENCE,),
    pages=(Page("preferences", Text("Preferences"), "heart", words=("喜好", "禁忌", "过敏", "习惯"), record=PREFERENCE, rail=False),),
)  # fmt: skip
