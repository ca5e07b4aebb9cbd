"""The year's plan drafted from the standards: goals in words, its budget, and the days of the year as its items; one step."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.care import queries_proposal, queries_year, rules_year
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN, DRAFT
from crm_desktop.duties.care.records_standard import CARE_GOAL
from crm_desktop.duties.care.rules_standard import standards_on
from crm_desktop.duties.care.rules_year import Goal
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.log import Change

GOALS = ("level", "clients", "touches", "visits", "silence", "budget")
DRAFTED = Text("Year's plan drafted")
NAMES = {
    rules_year.SPRING: Text("Gifts and cards before Spring Festival, {n} clients"), rules_year.AUTUMN: Text("Gifts and cards before Mid-Autumn, {n} clients"),
    rules_year.THANKS: Text("Party before Mid-Autumn to say thanks, clients of class A and B: {n}"), rules_year.PARTY: Text("Client party at the year's end, class A and B: {n}"),
}  # fmt: skip


def goal_line(goal: Goal) -> Text:
    """A class's goals in one line."""
    return Text(
        "Class {level}: {clients} clients, {touches} sincere touches ({visits} visits), never silent for more than {silence} days, {amount}",
        level=goal.level, clients=goal.clients, touches=goal.touches, visits=goal.visits, silence=goal.silence, amount=show_money(goal.budget),
    )  # fmt: skip


def draft_year(desk: Desk, year: int) -> Change:
    """A draft of a year's plan by the standards that hold then. Raises Refused when the year has a plan, or no client has a class."""
    reader = desk.store.writer
    if queries_year.has_plan(reader, f"{year:04d}"):
        raise Refused(Text("There is a plan of {year} already; nothing was drafted.", year=f"{year:04d}"))
    standards = standards_on(queries_proposal.standards(reader), f"{year:04d}-01-01")
    goals = rules_year.goals(queries_year.counts(reader), standards)
    if not goals:
        raise Refused(Text("No client has a class yet; give them one first, then the year can be drafted."))
    values: Row = {
        "name": say(Text("Maintenance plan of {period}", period=f"{year:04d}")), "code": f"{year:04d}", "state": DRAFT, "budget": sum(goal.budget for goal in goals),
        "goals": "\n".join(say(goal_line(goal)) for goal in goals),
    }  # fmt: skip
    with desk.writing(DRAFTED) as writing:
        plan = desk.save_in(writing, CARE_PLAN, None, 0, values | ({"owner_id": desk.person_id} if desk.person_id else {}))
        for goal in reversed(goals):  # the newest stands first: A
            desk.save_in(writing, CARE_GOAL, None, 0, {"plan_id": plan} | {name: getattr(goal, name) for name in GOALS})
        for date in rules_year.dates(year, goals, standards):
            kind = "festival" if date.key in rules_year.FESTIVALS else "event"
            name = say(Text(NAMES[date.key].source, n=date.clients))
            desk.save_in(writing, CARE_ITEM, None, 0, {"plan_id": plan, "kind": kind, "day": date.day, "name": name, "budget": date.budget})
    change: Change = writing.entry.change
    return change
