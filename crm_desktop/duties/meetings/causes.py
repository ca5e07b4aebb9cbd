"""What of meetings and instructions has to be followed up: every decision that is open, every report that is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.meetings.rules import OPEN, UNREPORTED
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

AHEAD = 7  # days before its day from which a decision stands among the follow-ups of who has to do it


def causes(reader: Any, day: str) -> list[Cause]:
    """Decisions still open and instructions not reported on, those due within a week and before."""
    until = add_days(day, AHEAD)
    decided = [
        Cause("decision", ("minutes_item", at), Text("Decision of the meeting: {what}", what=name), due, owner_id=owner, account_id=account, urgency=4)
        for at, name, due, owner, account in _open(reader, "minutes_item", OPEN, until)
    ]
    asked = [
        Cause("instruction", ("instruction", at), Text("Report back: {what}", what=name), due, owner_id=owner, account_id=account, urgency=2)
        for at, name, due, owner, account in _open(reader, "instruction", UNREPORTED, until)
    ]
    return asked + decided


def _open(reader: Any, table: str, states: Sequence[str], until: str) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(states))
    sql = f"select id, name, due, owner_id, account_id from {table} where gone is null and state in ({marks}) and due <= ? order by due, id"
    return list(reader.execute(sql, (*states, until)).fetchall())
