"""What is read of visits: whom to see next week, what *Today* says."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.care import queries_proposal
from crm_desktop.duties.care.rules_proposal import Month, Touch
from crm_desktop.duties.visits.records import DONE, PLANNED, VISIT
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count

LATELY = 14  # days in which a result is still asked for


def proposal(reader: Any, owner_id: int | None, week: str) -> list[Touch]:
    """Whom to see in the week that begins on this Monday, by day, each with why: of one seller, or of everybody. Nobody is proposed who
    has something planned already, or whom nobody contacts just now; reasons and standards are those of the month's proposal."""
    return proposed(reader, owner_id, week).touches


def proposed(reader: Any, owner_id: int | None, week: str) -> Month:
    """The same with who was left out and why, the weightiest first."""
    return queries_proposal.proposal_of_days(reader, week, add_days(week, 6), owner_id).month


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Visits planned for a day, those from before it that nobody reported on, and those made lately of which nobody said what came of them."""
    planned: list[Filter] = [("state", "=", PLANNED), ("day", "=", day)]
    late: list[Filter] = [("state", "=", PLANNED), ("day", "<", day)]
    open_end: list[Filter] = [("state", "=", DONE), ("result", "=", ""), ("day", ">", days_before(day, LATELY)), ("day", "<=", day)]
    due, silent, without = (count(reader, ListQuery(VISIT, filters)) for filters in (planned, late, open_end))
    return [
        TodayLine(Text("Visits planned"), due, None, "visit", planned, group="care"),
        TodayLine(Text("Visits without a report"), silent, None, "visit", late, group="care", tone="amber" if silent else ""),
        *([TodayLine(Text("Visits without a result"), without, None, "visit", open_end, group="care", tone="amber")] if without else []),
    ]
