"""Screens of maintenance: the month proposed, who is left out of it, the standards by class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.gallery.until import until

Wait = Callable[[], None]


def month_proposed(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """December as proposed, one left out."""
    window.go("care-proposal")
    page = window.page("care-proposal")
    until(lambda: bool(page.rows), wait)
    page.toggle(2)
    wait()


def month_left_out(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Who is not proposed, and why."""
    month_proposed(window, ids, file, wait)
    window.page("care-proposal").left_button.click()
    wait()


def care_standards(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The table by class, with a row's form beside it."""
    window.go("care-standards")
    wait()
    window.page("care-standards").list.view.selectRow(0)
    wait()


def visit_week(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The week's plan of visits, all sellers."""
    window.go("visit-grid")
    page = window.page("visit-grid")
    until(lambda: page.model.rowCount() > 0, wait)
    page.view.setCurrentIndex(page.model.index(1, 4))
    wait()


def visit_month(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The month's."""
    visit_week(window, ids, file, wait)
    window.page("visit-grid").turn()
    wait()


def calendar_month(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The month with its lunar dates."""
    window.go("calendar")
    wait()
    wait()


def calendar_october(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A month with days off and weekends worked."""
    window.go("calendar", day="2026-10-09")
    wait()
    wait()


def calendar_agenda(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What comes in thirty days."""
    window.go("calendar")
    wait()
    window.page("calendar").views.button(2).click()
    wait()


CARE_SCREENS = {step.__name__: step for step in (month_proposed, month_left_out, care_standards, visit_week, visit_month, calendar_month, calendar_october, calendar_agenda)}
