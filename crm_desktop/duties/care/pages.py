"""The page of maintenance plans: the generic list, form and sheet, and the next period's plan from this one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from crm_desktop.duties.care import actions, actions_year, queries
from crm_desktop.duties.care.records import CARE_PLAN
from crm_desktop.duties.care.rules import next_period
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.form import Form
from crm_desktop.ui.one_button import OneButton
from crm_desktop.ui.record_page import RecordPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

COPY, COPY_LAST = Text("Take over into the next period"), Text("Copy last month's plan")
PROPOSE, DRAFT_YEAR = Text("Propose next month's touches"), Text("Draft next year's plan")


class PlansPage(RecordPage):
    """The maintenance plans."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, CARE_PLAN)

    def dress(self, form: Form) -> None:
        """The next period's plan, below the steps."""
        OneButton(form, COPY, _into_next, self.copy)

    def copy(self, plan_id: int) -> None:
        """Take a plan over into its next period, and open the new one."""
        jobs.act(self, partial(_copy, plan_id), self._on_copied)

    @Slot()
    def copy_last(self) -> None:
        """Take the newest month's plan over."""
        jobs.act(self, _copy_last, self._on_copied)

    @Slot(object)
    def _on_copied(self, change: Any) -> None:
        plan = next(row_id for table, row_id in change.rows if table == CARE_PLAN.key)
        self._window.open_record(CARE_PLAN.key, plan)

    @Slot()
    def propose(self) -> None:
        """The month the program proposes."""
        self._window.go("care-proposal")

    @Slot()
    def draft_year(self) -> None:
        """Draft the plan of the year after this one by the standards, and open it."""
        jobs.act(self, partial(_draft_year, int(self._window.today()[:4]) + 1), self._on_copied)

    def commands(self) -> list[Command]:
        """The newest month's plan over again, and the one the program proposes."""
        return [
            *super().commands(), Command(COPY_LAST, self.copy_last, "", ("复制", "上月", "计划", "维护", "保养", "copy")),
            Command(DRAFT_YEAR, self.draft_year, "", ("年度计划", "起草", "维护", "保养", "year")),
            Command(PROPOSE, self.propose, "", ("建议", "月度计划", "维护", "保养", "proposal")),
        ]  # fmt: skip


def _into_next(row: Row) -> Text:
    return Text("Take over into {period}", period=next_period(str(row["code"])))


def _copy(plan_id: int, desk: Any, job: jobs.Job) -> Any:
    return actions.copy_plan(desk, plan_id)


def _draft_year(year: int, desk: Any, job: jobs.Job) -> Any:
    return actions_year.draft_year(desk, year)


def _copy_last(desk: Any, job: jobs.Job) -> Any:
    plan = queries.newest_month(desk.store.writer)
    if plan is None:
        raise Refused(Text("There is no month's plan to copy yet; make one with 'New'."))
    return actions.copy_plan(desk, plan)


def plans(window: Window) -> PlansPage:
    """The page."""
    return PlansPage(window)
