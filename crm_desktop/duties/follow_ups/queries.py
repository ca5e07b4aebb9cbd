"""What is read of follow-ups: those the program made itself, how many wait for somebody, what *Today* says."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.follow_ups.records import AUTOMATIC, FOLLOW_UP, OPEN
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count, counted

COLUMNS = ("id", "version", "name", "due", "owner_id", "cause", "about", "merged", "proposed", "wanted", "urgency", "state", "done_on", "said")


def automatic(reader: Any) -> list[dict[str, Any]]:
    """Every open follow-up the program made."""
    sql = f"select {', '.join(COLUMNS)} from follow_up where gone is null and state = ? and source = ? order by id"
    return [dict(zip(COLUMNS, row, strict=True)) for row in reader.execute(sql, (OPEN, AUTOMATIC)).fetchall()]


def newest(reader: Any, cause: str, about: str) -> tuple[str, str] | None:
    """State and last day of the newest follow-up about the same, an open one first; None when there was none."""
    sql = "select state, done_on from follow_up where gone is null and about = ? and cause = ? order by state = ? desc, done_on desc, id desc limit 1"
    found = reader.execute(sql, (about, cause, OPEN)).fetchone()
    return (str(found[0]), str(found[1])) if found else None


def waiting(reader: Any, owner_id: int | None, day: str) -> int:
    """How many follow-ups are due for somebody; of everybody when nobody is named."""
    mine: list[Filter] = [] if owner_id is None else [("owner_id", "=", owner_id)]
    return count(reader, ListQuery(FOLLOW_UP, [("state", "=", OPEN), ("due", "<=", day), *mine]))


def staff_id(reader: Any, name: str) -> int | None:
    """The colleague of this name, when there is exactly one."""
    found = reader.execute("select id from staff where gone is null and name = ? limit 2", (name,)).fetchall()
    return int(found[0][0]) if len(found) == 1 else None


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """What is due on a day, and what is overdue by then."""
    return [
        counted(reader, Text("Follow-ups due"), FOLLOW_UP, [("state", "=", OPEN), ("due", "=", day)], group="tasks"),
        counted(reader, Text("Follow-ups overdue"), FOLLOW_UP, [("state", "=", OPEN), ("due", "<", day)], group="tasks", tone="red", short=Text("Long due")),
    ]
