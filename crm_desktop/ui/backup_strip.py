"""What came of the backup that is made by itself: what went wrong, and in red that there is none of the last day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.record.text import Refused, Text
from crm_desktop.store.database import explain, is_damage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "backup"
NOT_MADE = Text("The backup that is made by itself was not. {reason}")
NO_BACKUP = Text("There is no backup of the last 24 hours. Press 'Back up now'.")


def made(window: Window, file: str) -> None:
    """One was asked for and is there."""
    window.busy.end()
    window.strips.take_away(KEY)
    window.toast.note(Text("Backup made: {file}", file=file))


def tell(window: Window, found: tuple[Exception | None, bool]) -> None:
    """Say it in the window; without anything to say the line goes."""
    problem, old = found
    if problem is not None:
        window.toast.error(problem if is_damage(problem) else Refused(Text(NOT_MADE.source, reason=explain(problem).text)))
    if old:
        window.strips.say(KEY, NO_BACKUP, Text("Settings"), partial(window.go, "settings"), tone="red_bg")
    else:
        window.strips.take_away(KEY)
