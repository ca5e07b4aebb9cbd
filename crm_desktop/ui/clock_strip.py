"""The line that says that this PC's clock runs behind the newest work in the data. Asked when the program begins."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.record.dates import local_instant, now
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY, SLACK = "clock", dt.timedelta(minutes=10)
BEHIND = Text(
    "The newest work in these data was saved on {saved}, but this PC's clock says {here}. Set the clock of this PC right: what is saved now gets its time. "
    "If it is right, the clock was wrong when that was saved. Nothing is lost."
)


def look(window: Window) -> None:
    """Compare the newest entry of the log with the clock, and say it in the window where that is later."""
    jobs.read(window, partial(_newest, window.store), partial(_say, window), slot=KEY)


def _newest(store: Any, reader: Any, _job: Any) -> str:
    from crm_desktop.desk.rights import wholly
    from crm_desktop.store import log

    with wholly(reader):
        return log.newest_at(reader)


def _say(window: Window, saved: str) -> None:
    here = now()
    if saved and dt.datetime.fromisoformat(saved) - dt.datetime.fromisoformat(here) > SLACK:
        words = Text(BEHIND.source, saved=local_instant(saved), here=local_instant(here))
        window.strips.say(KEY, words, closed=partial(window.strips.take_away, KEY), tone="amber_bg")
