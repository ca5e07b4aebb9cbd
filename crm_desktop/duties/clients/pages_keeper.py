"""While the window is open: roles of contacts that came without one, territories, and hand-overs whose day has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.duties.clients import queries_account as queries
from crm_desktop.duties.clients import queries_leaving
from crm_desktop.record.dates import business_date
from crm_desktop.ui import jobs
from crm_desktop.ui.keeper import Keeper

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

FIRST = 5_000  # ms
WATCHED = ("person", "account", "territory", "hand_over")


def _missing(reader: Any, _job: jobs.Job) -> Sequence[bool]:
    return bool(queries.without_role(reader, 1)), bool(queries.homeless(reader, list(queries.territories(reader)))), bool(queries_leaving.due(reader, business_date()))


def _keep_roles(desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions

    return actions.keep_roles(desk)


def _place(desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions

    return actions.place(desk, quietly=True)


def _hand_over(desk: Any, _job: jobs.Job) -> Any:
    from crm_desktop.duties.clients import actions_leaving

    return actions_leaving.carry_out(desk)


def begin(window: Window) -> Keeper:
    """Begin keeping."""
    return Keeper(window, WATCHED, _missing, _keep_roles, _place, _hand_over, first=FIRST)
