"""The page of follow-ups: the generic list and form; what one is about, and another day for it, are one key away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.duties.follow_ups import actions
from crm_desktop.duties.follow_ups.records import FOLLOW_UP, OPEN
from crm_desktop.duties.follow_ups.rules import about_row
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.commands import Command
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.form import Form
from crm_desktop.ui.record_page import RecordPage, below_steps
from crm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

ABOUT, TOMORROW, NEXT_WEEK = Text("What it is about"), Text("Tomorrow"), Text("In a week")
OPENS = Text("Open what the follow-up is about")
PUT_OFF, PUT_OFF_WEEK = Text("Put the follow-up off to tomorrow"), Text("Put the follow-up off by a week")


def target(row: Row) -> tuple[str, int] | None:
    """What a follow-up opens: the record it is about, else its person, else its client."""
    found = about_row(str(row.get("about") or ""))
    if found is None and row.get("person_id"):
        return "person", int(row["person_id"])
    return found or (("account", int(row["account_id"])) if row.get("account_id") else None)


class MoreSteps(QWidget):
    """Below the steps of a follow-up: open what it is about, put it off."""

    def __init__(self, window: Window, form: Form) -> None:
        super().__init__(form)
        self._window, self._row = window, Row()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 6, 20, 0)
        holder = QWidget(self)
        line = Flow(holder, 8)
        box.addWidget(holder)
        self.about = button(holder, ABOUT, icon="arrow-right")
        self.tomorrow = button(holder, TOMORROW)
        self.week = button(holder, NEXT_WEEK)
        for each, slot in ((self.about, self.open_about), (self.tomorrow, self.put_off), (self.week, self.put_off_week)):
            each.clicked.connect(slot)
            line.addWidget(each)
        self.hide()
        form.settled.connect(self._on_settled)

    @Slot(object)
    def _on_settled(self, row: Row | None) -> None:
        self._row = row or {}
        self.about.setVisible(target(self._row) is not None)
        for each in (self.tomorrow, self.week):
            each.setVisible(self._row.get("state") == OPEN)
        self.setVisible(not self.about.isHidden() or not self.tomorrow.isHidden())

    @Slot()
    def open_about(self) -> None:
        """Show the bill, promise, guest or visit it is about."""
        if (found := target(self._row)) is not None:
            self._window.open_record(*found)

    @Slot()
    def put_off(self) -> None:
        """Due tomorrow."""
        self._snooze(1)

    @Slot()
    def put_off_week(self) -> None:
        """Due a week later."""
        self._snooze(7)

    def _snooze(self, days: int) -> None:
        if self._row.get("state") == OPEN:
            jobs.act(self, partial(_snooze, int(self._row["id"]), int(self._row["version"]), days))


class FollowUpsPage(RecordPage):
    """Opens on what is open, the most overdue first."""

    def __init__(self, window: Window) -> None:
        self._more: list[MoreSteps] = []
        super().__init__(window, FOLLOW_UP)
        self.list.show_only([("state", "=", OPEN)])

    def dress(self, form: Form) -> None:
        """Open what it is about and put it off, below the steps."""
        more = MoreSteps(self._window, form)
        self._more.append(more)
        below_steps(form, more)

    def _shown_more(self) -> MoreSteps | None:
        return next((more for more in self._more if more.isVisible()), None)

    def commands(self) -> list[Command]:
        """The buttons, by name, while a follow-up is shown."""
        more = self._shown_more()
        mine = [
            Command(OPENS, more.open_about, "", ("关于", "打开")),
            Command(PUT_OFF, more.put_off, "", ("推迟", "延后", "明天")),
            Command(PUT_OFF_WEEK, more.put_off_week, "", ("推迟", "延后", "下周")),
        ] if more else []  # fmt: skip
        return [*super().commands(), *mine]


def _snooze(row_id: int, version: int, days: int, desk: Any, job: jobs.Job) -> Any:
    return actions.snooze(desk, row_id, version, days)


def follow_ups(window: Window) -> FollowUpsPage:
    """The page."""
    return FollowUpsPage(window)
