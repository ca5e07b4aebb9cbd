"""A window among other seats: the line of a server that is away, and who edits the same record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest

from crm_desktop.record.text import Text
from crm_desktop.ui import live, presence

Wait = Callable[[], None]


def server_away(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The server is away while somebody types into a client that somebody else is editing."""
    window.go("accounts")
    wait()
    page = window.page("accounts")
    page.list.view.selectRow(1)
    wait()
    here = presence.begin(window, _nobody, window.seat.here)
    QTest.keyClicks(page.form.cells["short_name"].editor, "x")
    here.hear({"seat": "a", "who": "周一禾", "edits": [["account", page.form.row_id]]})
    window.strips.say(live.KEY, Text(live.AWAY.source, server="192.168.1.20/crm", time="15:42"), tone="amber_bg")
    wait()


def leave(window: Any) -> None:
    """Leave no line behind."""
    window.strips.take_away(live.KEY)
    if (here := presence.here()) is not None:
        here.deleteLater()


def _nobody(_: object) -> None:
    pass

