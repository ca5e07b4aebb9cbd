"""Confidential guests 保密接待."""

from __future__ import annotations

from crm_desktop.duties.discretion import queries
from crm_desktop.duties.discretion.records import CONFIDENCE, KNOWER, OPENING
from crm_desktop.record.duty import Duty, Page, Related
from crm_desktop.record.text import Text

KNOWS = ("staff_id", "true_name", "true_position", "true_phone", "told_on", "owner_id")
OPENINGS = ("day", "time", "who", "what", "knew")

DUTY = Duty(
    "discretion", Text("Confidential guests"), records=(CONFIDENCE, KNOWER, OPENING),
    pages=(
        Page("confidential", Text("Confidential guests"), "shield-check", words=("保密", "化名", "知情"), record=CONFIDENCE, rail=False),
        Page("knowers", Text("Those who know"), "users", words=("知情人",), record=KNOWER, rail=False),
        Page("openings", Text("Openings of confidential files"), "clipboard-list", words=("查阅记录", "谁看过"), record=OPENING, rail=False),
    ),
    now=queries.now, watched=queries.watched, opened="crm_desktop.duties.discretion.actions:opened",
    related={
        "confidence": [Related(Text("Those who know"), "knower", ("confidence_id",), KNOWS), Related(Text("Openings of the file"), "opening", ("confidence_id",), OPENINGS)],
        "person": [Related(Text("Who it is"), "knower", ("person_id",), KNOWS), Related(Text("Openings of the file"), "opening", ("person_id",), OPENINGS)],
    },
)  # fmt: skip
