"""The page of fund plans: the generic list, form and sheet, and the month's planned care taken over as items."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from crm_desktop.duties.funds import actions, rules
from crm_desktop.duties.funds.records import FUND_PLAN
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.form import Form
from crm_desktop.ui.one_button import OneButton
from crm_desktop.ui.record_page import RecordPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window


TAKE = Text("Take over the maintenance plan's items")


class FundsPage(RecordPage):
    """The fund plans."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, FUND_PLAN)

    def dress(self, form: Form) -> None:
        """The maintenance plan's items, below the steps."""
        OneButton(form, TAKE, _may_take, self.take_over)

    def take_over(self, plan_id: int) -> None:
        """Take the items over, and show the plan with them."""
        jobs.act(self, partial(_take, plan_id), self._on_taken)

    @Slot(object)
    def _on_taken(self, taken: tuple[int, Any]) -> None:
        self._window.open_record(FUND_PLAN.key, taken[0])


def _may_take(row: Row) -> Text | None:
    """Only into a plan that is being drafted."""
    return TAKE if row["state"] == rules.DRAFT else None


def _take(plan_id: int, desk: Any, job: jobs.Job) -> tuple[int, Any]:
    return plan_id, actions.take_over(desk, plan_id)


def funds(window: Window) -> FundsPage:
    """The page."""
    return FundsPage(window)
