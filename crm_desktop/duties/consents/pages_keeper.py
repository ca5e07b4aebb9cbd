"""Soon after the start: what was ticked on cards before there was a ledger becomes lines of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_desktop.duties.consents import actions, queries
from crm_desktop.ui import jobs
from crm_desktop.ui.keeper import Keeper

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST = 9_000  # ms: after the start, when nobody waits for it any more


def begin(window: Window) -> None:
    """Called once the window is open."""
    Keeper(window, (), _missing, _take_over, first=FIRST, daily=False)


def _missing(reader: Any, _job: jobs.Job) -> tuple[bool]:
    return (bool(queries.cards(reader, None) or queries.children(reader)),)


def _take_over(desk: Any, _job: jobs.Job) -> int:
    return actions.take_over(desk)
