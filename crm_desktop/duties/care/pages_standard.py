"""The standards of care: the generic list and form, and the usual table to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from crm_desktop.duties.care import actions_proposal as actions
from crm_desktop.duties.care.records_standard import CARE_STANDARD
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.record_page import RecordPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

USUAL = Text("Begin with the usual table of care")


class StandardsPage(RecordPage):
    """The standards the hotel set."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, CARE_STANDARD)

    @Slot()
    def write_usual(self) -> None:
        """Write the usual table down, to be changed row by row."""
        jobs.act(self, _usual)

    def commands(self) -> list[Command]:
        """The usual table."""
        return [*super().commands(), Command(USUAL, self.write_usual, "", ("维护标准", "保养标准", "标准表", "standard"))]


def _usual(desk: Any, job: jobs.Job) -> Any:
    return actions.write_usual(desk)


def standards(window: Window) -> StandardsPage:
    """The page."""
    return StandardsPage(window)
