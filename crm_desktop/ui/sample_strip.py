"""The sample hotel: opened beside one's own data, with a line that says all the time that nothing in it is real."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QTimer

from crm_desktop.desk.settings import SAMPLE
from crm_desktop.record.dates import business_date, days_between
from crm_desktop.record.places import DEMO, is_built, root
from crm_desktop.record.text import Text
from crm_desktop.ui import leaving

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "sample"
OLD = 7  # days after which its dates lie too far back for *Today*


def show(window: Window, anew: Callable[[], object]) -> None:
    """Say it in a window whose data is the sample hotel; `anew` makes it again around today. From other data it can be opened."""
    window.sample_asked.connect(partial(_open, window))
    if made := window.settings.get(SAMPLE):
        window.strips.say(KEY, _words(made), Text("Make it anew"), partial(_ask, window, anew), tone="amber_bg")


def _open(window: Window) -> None:
    """In a program of its own: what is open stays open."""
    start = [] if is_built() else [str(root() / "main.py")]
    if QProcess.startDetached(sys.executable, [*start, DEMO])[0]:
        window.toast.note(Text("The sample hotel opens in a window of its own; the first time it is made, which takes some seconds."))


def _words(made: str) -> Text:
    age = days_between(made, business_date())
    if age > OLD:
        return Text("Sample data, {count} days old: an invented hotel around {day}. Made anew, its days are those of today.", count=age, day=made)
    return Text("Sample data: an invented hotel around {day}. Nothing here is real; try out anything.", day=made)


def _ask(window: Window, anew: Callable[[], object]) -> None:
    if leaving.is_safe(window):
        QTimer.singleShot(0, anew)  # the window goes away with the link that was pressed
    else:
        leaving.make_safe(window, partial(QTimer.singleShot, 0, anew))
