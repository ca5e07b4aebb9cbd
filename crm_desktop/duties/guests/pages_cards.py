"""The cards of tomorrow's arrivals for all departments, VIPs first, as one batch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.documents import library
from crm_desktop.duties.guests import documents, queries
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs, papers
from crm_desktop.ui.paper_batch import begin

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NOBODY = Text("Nobody of whom there is something to know arrives tomorrow.")


def arrival_cards(window: Window) -> None:
    """Set them; who is nothing to know of for a department has no card there."""
    jobs.read(window, partial(_wanted, add_days(window.today(), 1)), partial(_show, window), slot="paper")


def _wanted(day: str, reader: Any, _job: jobs.Job) -> list[tuple[str, int]]:
    return queries.cards_of(reader, day)


def _show(window: Window, found: list[tuple[str, int]]) -> None:
    if not found:
        window.toast.error(Refused(NOBODY))
        return
    forms = {key: library.form(window.duties, f"F01B {key}") for key in documents.DEPARTMENTS}
    begin(window, [(forms[department], papers.ask_for(window, row_id)) for department, row_id in found], Text("Arrival cards of tomorrow"))
