"""The pages of the market: reviews with the day they have for an answer running, and the day's look at the hotel's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from crm_desktop.duties.market import actions
from crm_desktop.duties.market.records import CHECK, REVIEW
from crm_desktop.duties.market.rules import TO_DO, clocks
from crm_desktop.record.text import Text
from crm_desktop.ui import jobs
from crm_desktop.ui.clock_bar import ClockPage
from crm_desktop.ui.commands import Command
from crm_desktop.ui.record_page import RecordPage

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

BEGIN = Text("Begin today's page checks")


class ChecksPage(RecordPage):
    """The page checks; a day of them is begun with one command."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, CHECK)

    @Slot()
    def begin(self) -> None:
        """A check for each platform, and those to be done shown."""
        jobs.act(self, _begin, self._on_begun)

    @Slot(object)
    def _on_begun(self, _change: Any) -> None:
        self.list.show_only([("state", "=", TO_DO)])

    def commands(self) -> list[Command]:
        """The day's checks."""
        return [*super().commands(), Command(BEGIN, self.begin, "", ("店铺", "页面", "检查", "今日", "check"))]


def _begin(desk: Any, job: jobs.Job) -> Any:
    return actions.begin_checks(desk)


def checks(window: Window) -> ChecksPage:
    """The page checks."""
    return ChecksPage(window)


def reviews(window: Window) -> ClockPage:
    """The reviews."""
    return ClockPage(window, REVIEW, clocks)

