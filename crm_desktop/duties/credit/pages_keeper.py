"""While the window is open: clients' credit follows their agreements, with each new business day and after each change of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.record.dates import business_date
from crm_desktop.ui import jobs
from crm_desktop.ui.keeper import Keeper

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST, SOON = 5_500, 300  # ms
WATCHED = ("credit_agreement", "credit_override", "dispute", "application", "instalment_plan")


def _stale(reader: Any, _job: jobs.Job) -> Sequence[bool]:
    from crm_desktop.duties.credit import actions, queries_collection

    return (bool(actions.stale(reader, business_date()) or queries_collection.stale_disputes(reader) or queries_collection.stale_plans(reader)),)


def _keep(desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.credit import actions

    return actions.keep(desk)


def begin(window: Window) -> Keeper:
    """Begin keeping."""
    return Keeper(window, WATCHED, _stale, _keep, first=FIRST, soon=SOON)
