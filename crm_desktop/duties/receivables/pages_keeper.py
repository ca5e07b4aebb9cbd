"""While the window is open: promises to pay whose time is over are judged, with each new business day; once, that the sums tie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from crm_desktop.duties.receivables import queries
from crm_desktop.record.dates import business_date
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.keeper import Keeper

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST = 4_500  # ms


class Ties(QObject):
    """Asks once after the start whether what bills and receipts say of each other is the same."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        QTimer.singleShot(FIRST, self, self.look)

    @Slot()
    def look(self) -> None:
        """Ask."""
        if jobs.working():
            jobs.read(self, _untied, self._on_untied)

    @Slot(object)
    def _on_untied(self, words: Text | None) -> None:
        if words is not None:
            jobs.hub().failed.emit(Refused(words))


def _missed(reader: Any, _job: jobs.Job) -> Sequence[bool]:
    return (bool(queries.missed(reader, business_date())),)


def _untied(reader: Any, _job: jobs.Job) -> Text | None:
    return queries.untied(reader)


def _judge(desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.receivables import actions

    return actions.judge_all(desk)


def begin(window: Window) -> Keeper:
    """Begin keeping."""
    Ties(window)
    return Keeper(window, ("promise",), _missed, _judge, first=FIRST)
