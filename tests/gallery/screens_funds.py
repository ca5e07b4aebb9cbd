"""Screens of the money and the relations of keeping clients: fund plans, gifts, hospitality."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.gallery.screens_registers import Step, Wait, beside, sheet


def fund_plans(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The fund plans, the one that waits for finance beside."""
    beside(window, "funds", wait)


def fund_plan(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """This month's plan: its items, what is spent, what the year still has."""
    sheet(window, "funds", wait, 1)


def fund_items(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Every item, one beside."""
    beside(window, "fund-items", wait, 3)


def gifts(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Gifts given, one that waits for a yes beside."""
    beside(window, "gifts", wait, 1)


def gift_store(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What lies in the store, and what has to be bought."""
    beside(window, "gift-store", wait)


def hospitality(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Meals with their standard."""
    beside(window, "hospitality", wait, 2)


def guest_event(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The year's party while it is being answered: guests, tables, budget."""
    sheet(window, "guest-events", wait)


def year_stands(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """How the year stands: goals by class, money by quarter and person."""
    _stands(window, wait, 4)


def month_stands(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The summary of a month, each number with its rows."""
    _stands(window, wait, 7)


def _stands(window: Any, wait: Wait, length: int) -> None:
    window.go("care")
    wait()
    model = window.page("care").list.model
    found = [at for at in range(model.rowCount()) if len(model.words(at, 0)) == length]
    window.open_record("care_plan", model.row_id(found[0 if length == 4 else 1]))
    wait()
    window.page("care")._sheet.tabs.show_rows("care-summary", [])
    wait()


def stakeholders(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Whom the house depends on outside, one beside."""
    beside(window, "stakeholders", wait, 2)


def barter(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A barter with both its sides."""
    sheet(window, "barter", wait)


def thanks(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Thanks to people and departments."""
    beside(window, "thanks", wait)


def seller_week(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A seller's week with its report."""
    sheet(window, "visit-weeks", wait, 4)


def tables_visited(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """One line per table."""
    beside(window, "tables-visited", wait, 1)


def call_sheet(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A telephone sheet with its calls."""
    sheet(window, "call-sheets", wait)


def call_session(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A telephone sheet being called through."""
    sheet(window, "call-sheets", wait)
    window.page("call-sheets")._sheet.tabs.show_rows("call-session", [])
    wait()


SCREENS: dict[str, Step] = {
    step.__name__: step
    for step in (
        fund_plans, fund_plan, fund_items, gifts, gift_store, hospitality, guest_event, year_stands, month_stands, stakeholders, barter, thanks, seller_week, tables_visited,
        call_sheet, call_session,
    )
}  # fmt: skip
