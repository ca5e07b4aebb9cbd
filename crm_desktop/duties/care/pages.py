"""The page of maintenance plans: the generic list, form and sheet, and the next period's plan from this one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.duties.care import actions, queries
from crm_desktop.duties.care.records import CARE_PLAN
from crm_desktop.duties.care.rules import next_period
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

COPY, COPY_LAST = Text("Take over into the next period"), Text("Copy last month's plan")


class CopyLine(QWidget):
    """Below a plan's steps: the same plan for the period after it."""

    def __init__(self, page: PlansPage, form: Form) -> None:
        super().__init__(form)
        self._page, self._row = page, Row()
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 6, 20, 0)
        self.button = button(self, COPY, icon="copy")
        self.button.clicked.connect(self._on_copy)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        if row:
            put(self.button, "setText", Text("Take over into {period}", period=next_period(str(row["code"]))))
        self.setVisible(row is not None)

    @Slot()
    def _on_copy(self) -> None:
        if self._row:
            self._page.copy(int(self._row["id"]))


class PlansPage(RecordPage):
    """The maintenance plans."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, CARE_PLAN)

    def dress(self, form: Form) -> None:
        """The next period's plan, below the steps."""
        below_steps(form, CopyLine(self, form))

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

    def commands(self) -> list[Command]:
        """The newest month's plan over again."""
        return [*super().commands(), Command(COPY_LAST, self.copy_last, "", ("复制", "上月", "计划", "维护", "保养", "copy"))]


def _copy(plan_id: int, desk: Any, job: jobs.Job) -> Any:
    return actions.copy_plan(desk, plan_id)


def _copy_last(desk: Any, job: jobs.Job) -> Any:
    plan = queries.newest_month(desk.store.writer)
    if plan is None:
        raise Refused(Text("There is no month's plan to copy yet; make one with 'New'."))
    return actions.copy_plan(desk, plan)


def plans(window: Window) -> PlansPage:
    """The page."""
    return PlansPage(window)
