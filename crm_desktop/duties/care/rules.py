"""Rules of maintenance plans: periods, what is left of a budget, what a client may not be given. Amounts in minor units."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable

from crm_desktop.record.integrity import forbidden
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import working_from

_PERIOD = pattern(r"(19|20|21)\d\d(-(0[1-9]|1[0-2]))?")
NEARLY = 90  # percent of a budget from which it is as good as spent


def check_plan(row: Row) -> Problems:
    """A period is a year or a month."""
    if not _PERIOD.fullmatch(row.get("code") or ""):
        return {"code": Text("A year like 2026 or a month like 2026-11")}
    return {}


def check_item(row: Row) -> Problems:
    """No gift and no meal for state bodies and their people."""
    if forbidden(row.get("kind") or "", row.get("account_id.type"), row.get("person_id.account_id.type")):
        return {"kind": Text("State bodies and state-owned firms get no gifts and no meals; plan a visit, a call, a card or an event instead.")}
    return {}


def summary_missing(row: Row) -> Text | None:
    """What still keeps a plan from being summed up."""
    return None if (row.get("summary") or "").strip() else Text("Write the summary first: it is what this step keeps.")


def left(budget: int | None, spent: int | None) -> int:
    """What is left of a budget; below nothing when more was spent."""
    return (budget or 0) - (spent or 0)


def percent(part: int, whole: int) -> int:
    """A part in whole percent of a whole, half up; nothing of nothing is 0, something of nothing 100 and more."""
    if whole <= 0:
        return 100 + (part > 0) if part > 0 else 0
    return (200 * part + whole) // (2 * whole)


def run_tone(budget: int, spent: int) -> str:
    """How a budget stands: "" while there is enough, "amber" when nearly all is spent, "red" when more was."""
    if spent > budget:
        return "red"
    return "amber" if budget > 0 and spent * 100 >= budget * NEARLY else ""


def state_counts(states: Iterable[str]) -> dict[str, int]:
    """How many items stand in each state."""
    return dict(Counter(states))


# periods


def period(code: str) -> tuple[str, str]:
    """First and last day of a year or month. Raises ValueError for what is no period."""
    if not _PERIOD.fullmatch(code):
        raise ValueError(code)
    year, _, month = code.partition("-")
    if not month:
        return f"{year}-01-01", f"{year}-12-31"
    return f"{code}-01", f"{code}-{calendar.monthrange(int(year), int(month))[1]:02d}"


def next_period(code: str) -> str:
    """The year or month after one."""
    year, _, month = code.partition("-")
    if not month:
        return f"{int(year) + 1:04d}"
    months = int(year) * 12 + int(month)
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def renamed(name: str, old: str, new: str) -> str:
    """A plan's title for another period: the old one's year and month in it, in digits, become the new one's."""
    if old in name:
        return name.replace(old, new)
    (year, _, month), (new_year, _, new_month) = old.partition("-"), new.partition("-")
    name = name.replace(year, new_year)
    if month and new_month:
        name = re.sub(rf"(?<!\d)0?{int(month)}(?=\s*月)", str(int(new_month)), name)
    return name


def moved(day: str, new: str) -> str:
    """A day of one period in another: the same day of the month (or year) or its last, on a working day, within it."""
    first, last = period(new)
    month = day[5:7] if len(new) == 4 else new[5:7]
    end = calendar.monthrange(int(new[:4]), int(month))[1]
    wanted = f"{new[:4]}-{month}-{min(int(day[8:10]), end):02d}"
    found = working_from(max(first, wanted))
    return found if found <= last else wanted
