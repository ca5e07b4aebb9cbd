"""What the office tells *Today*: documents, files and trainings that wait for somebody."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINING
from crm_desktop.duties.office.rules import APPLIED, HELD, LENT, PLANNED, UNFINISHED
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.text import Text
from crm_desktop.store.pages import waiting

GROUP = "office"


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Documents due and files to come back by a day, red when one is late; files asked for; trainings of the day and those
    without their evaluation."""
    open_: list[Filter] = [("state", "in", UNFINISHED), ("due", ">", ""), ("due", "<=", day)]
    away: list[Filter] = [("state", "=", LENT), ("due", "<=", day)]
    before: list[Filter] = [("due", "<", day)]
    silent: list[Filter] = [("state", "in", (PLANNED, HELD)), ("day", "<", day)]
    return [
        *waiting(reader, Text("Documents due"), DOCUMENT, open_, group=GROUP, late=before),
        *waiting(reader, Text("Files to come back"), LOAN, away, group=GROUP, late=before),
        *waiting(reader, Text("Files asked for"), LOAN, [("state", "=", APPLIED)], group=GROUP, tone="amber"),
        *waiting(reader, Text("Trainings today"), TRAINING, [("state", "=", PLANNED), ("day", "=", day)], group=GROUP),
        *waiting(reader, Text("Trainings not evaluated"), TRAINING, silent, group=GROUP, tone="amber", short=Text("Trainings open")),
    ]
