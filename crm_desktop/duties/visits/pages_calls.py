"""The page of telephone sheets: the generic list, form and sheet, filled by one button with whom it is time to call."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from crm_desktop.duties.visits import actions_week as actions
from crm_desktop.duties.visits.records_week import CALL_SHEET
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.one_button import OneButton
from crm_desktop.ui.record_page import RecordPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FILL = Text("Fill the sheet")


class CallSheetsPage(RecordPage):
    """The telephone sheets."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, CALL_SHEET)

    def dress(self, form: Form) -> None:
        """Whom it is time to call, below the steps."""
        OneButton(form, FILL, _has_room, self.fill)

    def fill(self, sheet_id: int) -> None:
        """Put on the sheet whom it is time to call, and show it."""
        jobs.act(self, partial(_fill, sheet_id), self._on_filled)

    @Slot(object)
    def _on_filled(self, sheet_id: int) -> None:
        self._window.open_record(CALL_SHEET.key, sheet_id)


def _has_room(row: Row) -> Text | None:
    """Only while lines are missing to its number."""
    return FILL if int(row["lines"] or 0) < int(row["most"] or 0) else None


def _fill(sheet_id: int, desk: Any, job: jobs.Job) -> int:
    actions.fill(desk, sheet_id)
    return sheet_id


def call_sheets(window: Window) -> CallSheetsPage:
    """The page."""
    return CallSheetsPage(window)
