"""The line that says that work is missing which was saved on this PC: an older copy of the data stands in their place, or lost
the file beside it that held the newest of them. Asked when the program begins, before anything new is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.record.text import Text
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "lost"
LOST = Text(
    "The newest work that was saved on this PC is missing: these data are older. Perhaps an older copy stands in their place, or the file '{wal}' beside "
    "them was taken away. Close the program and put the right files back, or restore the newest backup; what is saved now stays without that work."
)


def look(window: Window) -> None:
    """Compare the log with what was noted outside of it, and say it in the window where something is missing."""
    jobs.read(window, partial(_is_missing, window.store), partial(_say, window), slot=KEY)


def _is_missing(store: Any, reader: Any, _job: Any) -> bool:
    from crm_desktop.desk.rights import wholly
    from crm_desktop.store import check

    with wholly(reader):
        return bool(check.head(reader, store.keys))


def _say(window: Window, missing: bool) -> None:
    if missing:
        words = Text(LOST.source, wal=f"{window.store.path.name}-wal")
        window.strips.say(KEY, words, Text("Settings"), partial(window.go, "settings"), tone="red_bg")
