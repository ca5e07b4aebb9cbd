"""Undo and redo as the window asks for them, and what is said of a change."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.text import Text
from crm_desktop.ui.jobs import Job

SAVED = Text("Saved")


def undo(desk: Any, _job: Job) -> Any:
    """Take back the newest change, for `jobs.act`."""
    return desk.undo()


def redo(desk: Any, _job: Job) -> Any:
    """Do again what was undone, for `jobs.act`."""
    return desk.redo()


def turned(change: Any, again: bool) -> Text:
    """What was undone or done again."""
    return Text("Done again: {what}", what=change.undid or "") if again else Text("Undone: {what}", what=change.undid or "")


def words_of(change: object) -> Text | str:
    """What a change did, for the message; an action is kept by its English words."""
    action, count = getattr(change, "action", ""), int(getattr(change, "count", 1) or 1)
    words = action if isinstance(action, Text) else (Text(str(action)) if action else SAVED)
    return Text("{action}: {n} rows", action=words, n=f"{count:,}") if count > 1 else words
