"""The screens of complaints, orders and call-backs; of agreements and settlements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Wait = Callable[[], None]
Step = Callable[[Any, dict[str, int], Path, Wait], None]


def _beside(window: Any, page: str, wait: Wait, *filters: tuple[str, str, Any]) -> Any:
    """A page's list, its first row beside it."""
    window.go(page)
    wait()
    made = window.page(page)
    if filters:
        made.list.show_only(list(filters))
        wait()
    made.list.view.selectRow(0)
    wait()
    return made


def complaints(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The open complaints with their clocks, one beside."""
    _beside(window, "complaints", wait, ("state", "in", ("new", "accepted", "putting-right", "answered")))


def complaint(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The sheet of the complaint of 1216, with what to say unfolded."""
    page = _beside(window, "complaints", wait, ("room_no", "=", "1216"))
    window.open_record("complaint", page.list.model.row_id(0))
    wait()
    from crm_desktop.duties.complaints.pages import TalkBox

    page._sheet.form.findChild(TalkBox).more.click()
    wait()


def rectification(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The order with 45 minutes left."""
    _beside(window, "rectifications", wait)


def feedback(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The call-backs, one beside."""
    _beside(window, "feedback", wait)


def agreement(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """An agreement's sheet with its rates."""
    page = _beside(window, "agreements", wait, ("state", "=", "running"))
    window.open_record("agreement", page.list.model.row_id(0))
    wait()
    page._sheet.tabs.show_rows("agreement_rate", [])
    wait()


def agreements(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The agreements, those that end first above, one beside."""
    _beside(window, "agreements", wait)


def settlement(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The bill that waits for finance, with its lines."""
    page = _beside(window, "settlements", wait, ("state", "=", "confirmed"))
    window.open_record("settlement", page.list.model.row_id(0))
    wait()
    page._sheet.tabs.show_rows("settlement_line", [])
    wait()


SCREENS: dict[str, Step] = {step.__name__: step for step in (complaints, complaint, rectification, feedback, agreements, agreement, settlement)}
