"""The line that says all the time that this is a sample and nothing in it is real."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from crm_desktop.desk.settings import SAMPLE
from crm_desktop.record.dates import business_date, days_between
from crm_desktop.record.text import Text
from crm_desktop.ui import leaving

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

KEY = "sample"
OLD = 7  # days after which its dates lie too far back for *Today*


def show(window: Window, anew: Callable[[], object]) -> None:
    """Say it in a window whose data is the sample hotel; `anew` makes it again around today."""
    if made := window.settings.get(SAMPLE):
        window.strips.say(KEY, _words(made), Text("Make it anew"), partial(_ask, window, anew), tone="amber_bg")


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
