"""What the maintenance plans tell: how a budget burns, which items wait, what *Today* says."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.care.records import CARE_ITEM, CHANGED, DONE, FAILED, OPEN
from crm_desktop.duties.care.rules import left, percent, run_tone
from crm_desktop.duties.funds.queries import taken
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count

YEAR = 4  # letters of a year's code


def items_of(reader: Any, plan_id: int) -> list[dict[str, Any]]:
    """The items of a plan as another plan may take them over, by day."""
    columns = ("account_id", "person_id", "kind", "day", "name", "budget", "owner_id")
    sql = f"select {', '.join(columns)} from care_item where gone is null and plan_id = ? order by day, id"
    return [dict(zip(columns, row, strict=True)) for row in reader.execute(sql, (plan_id,)).fetchall()]


def same_plan(reader: Any, code: str, name: str) -> bool:
    """True when there is a plan of this period and title already."""
    found = reader.execute("select 1 from care_plan where gone is null and code = ? and name = ? limit 1", (code, name)).fetchone()
    return found is not None


def newest_month(reader: Any) -> int | None:
    """The plan of the latest month there is."""
    found = reader.execute("select id from care_plan where gone is null and length(code) = 7 order by code desc, id desc limit 1").fetchone()
    return int(found[0]) if found else None


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """How a plan stands: budget, planned, spent with what of the budget that is, left, and its items by state."""
    if record != "care_plan":
        return []
    code, budget, planned, spent = reader.execute("select code, budget, planned, spent from care_plan where id = ?", (row_id,)).fetchone()
    states = dict(reader.execute("select state, count(*) from care_item where gone is null and plan_id = ? group by state", (row_id,)).fetchall())
    overdue = count(reader, ListQuery(CARE_ITEM, [("plan_id", "=", row_id), *late(day)]))
    mine: Filter = ("plan_id", "=", row_id)
    tone = run_tone(budget, spent)
    return [
        Figure(Text("Budget"), show_money(budget)),
        Figure(Text("Planned spending"), show_money(planned), tone=run_tone(budget, planned) if planned > budget else "", opens=[mine]),
        Figure(Text("Spent"), show_money(spent), tone=tone, note=f"{percent(spent, budget)}%", opens=[mine, ("actual", ">", 0)], share=(spent, budget)),
        Figure(Text("Left"), show_money(left(budget, spent)), tone=tone),
        *([_of_the_year(budget - taken(reader, row_id), budget)] if len(code) == YEAR else ()),
        Figure(Text("To do"), f"{states.get(OPEN, 0):,}", opens=[mine, ("state", "=", OPEN)]),
        Figure(Text("Overdue"), f"{overdue:,}", tone="red" if overdue else "", opens=[mine, *late(day)]),
        Figure(Text("Done"), f"{states.get(DONE, 0) + states.get(CHANGED, 0):,}", opens=[mine, ("state", "in", (DONE, CHANGED))]),
        Figure(Text("Not done"), f"{states.get(FAILED, 0):,}", opens=[mine, ("state", "=", FAILED)]),
    ]  # fmt: skip


def _of_the_year(free: int, budget: int) -> Figure:
    """What the months' fund plans have not taken yet, as those plans and their papers say it; `Left` is what the items have not cost."""
    return Figure(Text("Left of the year"), show_money(free), tone="red" if free < 0 else "", note=Text("after the months' funds"), share=(max(0, budget - free), budget))


def late(day: str) -> list[Filter]:
    """What the items overdue on a day have in common."""
    return [("state", "=", OPEN), ("day", "<", day)]


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Items planned for a day, and open ones from before it."""
    due: list[Filter] = [("state", "=", OPEN), ("day", "=", day)]
    waiting, overdue = (count(reader, ListQuery(CARE_ITEM, filters)) for filters in (due, late(day)))
    return [
        TodayLine(Text("Plan items due"), waiting, None, "care_item", due, group="care"),
        TodayLine(Text("Plan items overdue"), overdue, None, "care_item", late(day), group="care", tone="red" if overdue else ""),
    ]


def plan_of(reader: Any, day: str) -> tuple[int, str] | None:
    """The plan a day's care counts in: the month's, else the year's; one being carried out before others."""
    sql = (
        "select id, name from care_plan where gone is null and code in (?, ?) and state <> 'summed-up'"
        " order by length(code) desc, state = 'running' desc, id desc limit 1"
    )
    found = reader.execute(sql, (day[:7], day[:4])).fetchone()
    return (int(found[0]), str(found[1])) if found else None
