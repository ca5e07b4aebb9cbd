"""The year's plan drafted: goals of each class by the standard, what they cost, and the days of the year. Amounts in minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crm_desktop.duties.care.rules_standard import CAKE, CARD, FULL, GIFT, LEVELS
from crm_desktop.record import lunar
from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Row
from crm_desktop.record.workdays import is_working

SPRING, AUTUMN, THANKS, PARTY = "spring", "mid-autumn", "thanks-party", "year-party"
FESTIVALS = (SPRING, AUTUMN)
AT_TABLE = 2  # of the client's people at a meal the standard counts
BEFORE = {SPRING: 12, AUTUMN: 10, THANKS: 16}  # days before the festival


class Goal(NamedTuple):
    """What a class should get in a year: clients (those of state bodies apart), touches, visits, the longest silence, and what it may cost."""

    level: str
    clients: int
    state: int
    touches: int
    visits: int
    silence: int
    budget: int


class Date(NamedTuple):
    """A day of the year's calendar: what it is, when, how many clients, what it may cost (0 of a party: the hotel says)."""

    key: str
    day: str
    clients: int
    budget: int


def goals(counts: Mapping[str, tuple[int, int]], standards: Mapping[str, Row]) -> list[Goal]:
    """The goals of each class; `counts`: all its clients, and those of state bodies among them, who cost nothing."""
    found = []
    for level in LEVELS:
        clients, state = counts.get(level, (0, 0))
        row = standards.get(level)
        if row is not None and clients:
            found.append(Goal(level, clients, state, clients * row["touches"], clients * row["visits"], row["silence"], (clients - state) * cost(row)))
    return found


def cost(standard: Row) -> int:
    """What one client of a class may cost in a year by its standard: birthday, two festivals and meals, within the cap."""
    birthday = standard["birthday_budget"] if standard["birthday"] in (FULL, CAKE) else 0
    festivals = 2 * festival_cost(standard)
    meals = standard["meals"] * standard["per_head"] * AT_TABLE
    return int(min(standard["cap"], birthday + festivals + meals))


def festival_cost(standard: Row) -> int:
    """What one client's festival may cost."""
    return int(standard["festival_budget"] if standard["festival"] in (GIFT, CARD) else 0)


def working_before(day: str, days: int) -> str:
    """The working day so many days before a day, or the last one before that."""
    at = add_days(day, -days)
    while not is_working(at):
        at = add_days(at, -1)
    return at


def dates(year: int, found: Sequence[Goal], standards: Mapping[str, Row]) -> list[Date]:
    """The year in its order: gifts and cards before the two festivals, a party to say thanks, and one at the year's end."""
    clients = sum(goal.clients - goal.state for goal in found if goal.level in ("A", "B"))  # to a party that is not public
    sent = sum(goal.clients - goal.state for goal in found if festival_cost(standards[goal.level]))
    budget = sum((goal.clients - goal.state) * festival_cost(standards[goal.level]) for goal in found)
    days = {SPRING: lunar.day_in(year, (1, False), 1), AUTUMN: lunar.day_in(year, (8, False), 15)}
    out = [Date(key, working_before(days[key], BEFORE[key]), sent, budget) for key in FESTIVALS if days[key]]
    if days[AUTUMN]:
        out.append(Date(THANKS, working_before(days[AUTUMN], BEFORE[THANKS]), clients, 0))
    friday = next(day for day in (dt.date(year, 12, n) for n in range(15, 22)) if day.weekday() == 4)  # the third Friday
    out.append(Date(PARTY, working_before(friday.isoformat(), 0), clients, 0))
    return sorted(out, key=lambda one: (one.day, one.key))
