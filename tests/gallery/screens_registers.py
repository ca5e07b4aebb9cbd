"""Screens of the registers: lists without a place in the rail, one row of each beside or in full."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Wait = Callable[[], None]
Step = Callable[[Any, dict[str, int], Path, Wait], None]


def registers(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Every page that has no place in the rail."""
    window.go("registers")
    wait()


def beside(window: Any, key: str, wait: Wait, row: int = 0) -> None:
    """A list with the form of one of its rows."""
    window.go(key)
    wait()
    window.page(key).list.view.selectRow(row)
    wait()


def sheet(window: Any, key: str, wait: Wait, row: int = 0) -> None:
    """One row of a list with the whole page."""
    window.go(key)
    wait()
    page = window.page(key)
    window.open_record(page.record.key, page.list.model.row_id(row))
    wait()


def minutes(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The minutes of this week's meeting, with what it decided."""
    sheet(window, "minutes", wait)


def decisions(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What meetings decided, the overdue ones first."""
    window.go("decisions")
    wait()
    window.page("decisions").list.show_only([("state", "in", ("decided", "running", "deferred"))])
    wait()
    window.page("decisions").list.view.selectRow(0)
    wait()


def instructions(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Instructions from above."""
    beside(window, "instructions", wait, 6)


def documents(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Documents in and out."""
    beside(window, "documents", wait, 2)


def archive_loans(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Files lent from the archive, an overdue one beside."""
    beside(window, "archive-loans", wait, 2)


def training(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A training with who took part."""
    sheet(window, "trainings", wait, 1)


def promotions(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The promotions, one that waits for a yes beside."""
    beside(window, "promotions", wait, 2)


def promotion(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A promotion that is on sale: its products, what must be sold to earn the budget."""
    sheet(window, "promotions", wait, 3)


def online_reviews(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Reviews, one beside whose day runs."""
    beside(window, "online-reviews", wait, 1)


def page_checks(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Today's look at the hotel's own pages."""
    beside(window, "page-checks", wait)


def market_information(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Market information."""
    beside(window, "market-information", wait, 2)


def consents(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The consent ledger, one line beside."""
    beside(window, "consents", wait, 1)


def data_requests(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What people asked about their data."""
    beside(window, "data-requests", wait)


def compliance(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The compliance rules pack."""
    window.go("compliance")
    wait()


SCREENS: dict[str, Step] = {step.__name__: step for step in (registers, minutes, decisions, instructions, documents, archive_loans, training, promotions, promotion, online_reviews, page_checks, market_information, consents, data_requests, compliance)}
