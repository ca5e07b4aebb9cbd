"""The line that says all the time that this is a copy to read, and of which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.record.dates import business_date, days_between, local_instant
from crm_desktop.record.text import Text
from crm_desktop.store import closing

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "copy"


def show(window: Window) -> bool:
    """Say it in a window whose data is such a copy; false for any other."""
    why, place, at = closing.of(window.store.kept)
    if why != closing.COPY:
        return False
    days = days_between(at[:10], business_date())
    words = Text("A copy of {place} as of {time}, {days} days old, to be read. What you type is kept as a draft and nothing is saved.", place=place, time=local_instant(at), days=days)
    window.strips.say(KEY, words, tone="amber_bg")
    return True
