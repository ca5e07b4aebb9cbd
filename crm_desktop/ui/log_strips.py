"""Two lines of what the log of changes tells when the program begins, before anything new is saved: that work is missing which
was saved on this PC - an older copy of the data stands in their place, or lost the file beside it that held the newest of them -
and that this PC's clock runs behind the newest work."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.record.dates import local_instant, now
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

MISSING, CLOCK = "lost", "clock"  # the keys of the two lines
SLACK = dt.timedelta(minutes=10)
LOST = Text(
    "The newest work that was saved on this PC is missing: these data are older. Perhaps an older copy stands in their place, or the file '{wal}' beside "
    "them was taken away. Close the program and put the right files back, or restore the newest backup; what is saved now stays without that work."
)
BEHIND = Text(
    "The newest work in these data was saved on {saved}, but this PC's clock says {here}. Set the clock of this PC right: what is saved now gets its time. "
    "If it is right, the clock was wrong when that was saved. Nothing is lost."
)


def look(window: Window) -> None:
    """Compare the log with what was noted outside of it and with the clock, and say it in the window where they differ."""
    jobs.read(window, partial(_told, window.store), partial(_say, window), slot=MISSING)


def _told(store: Any, reader: Any, _job: Any) -> tuple[bool, str]:
    """Whether entries are missing, and when the newest was made."""
    from crm_desktop.desk.rights import wholly
    from crm_desktop.store import check, log

    with wholly(reader):
        return bool(check.head(reader, store.keys)), log.newest_at(reader)


def _say(window: Window, told: tuple[bool, str]) -> None:
    missing, saved = told
    if missing:
        words = Text(LOST.source, wal=f"{window.store.path.name}-wal")
        window.strips.say(MISSING, words, Text("Settings"), partial(window.go, "settings"), tone="red_bg")
    here = now()
    if saved and dt.datetime.fromisoformat(saved) - dt.datetime.fromisoformat(here) > SLACK:
        words = Text(BEHIND.source, saved=local_instant(saved), here=local_instant(here))
        window.strips.say(CLOCK, words, closed=partial(window.strips.take_away, CLOCK), tone="amber_bg")
