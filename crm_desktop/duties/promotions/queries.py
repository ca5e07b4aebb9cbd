"""What promotions tell: how one stands, how many must be sold, what *Today* says."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.promotions import rules
from crm_desktop.duties.promotions.records import OFFER, PROMOTION, TASK
from crm_desktop.duties.promotions.rules import APPROVAL, OPEN, RUNNING, SELLING, TO_TELL, UNEVALUATED
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text, say
from crm_desktop.store.pages import ListQuery, count, waiting

GROUP = "market"


def products(reader: Any, promotion_id: int) -> list[rules.Product]:
    """Price, cost of one and how many there are, of each product of a promotion."""
    sql = "select price, unit_cost, coalesce(allotment, 0) from promotion_product where gone is null and promotion_id = ? order by id"
    return [(int(row[0]), int(row[1]), int(row[2])) for row in reader.execute(sql, (promotion_id,)).fetchall()]


def break_even(reader: Any, promotion_id: int, budget: int) -> Text | str:
    """How many of how many must be sold until the budget is earned; '' without products or budget."""
    found = products(reader, promotion_id)
    if not found or not budget:
        return ""
    even = rules.break_even(budget, found)
    return Text("{n} of {all}", n=f"{even[0]:,}", all=f"{even[1]:,}") if even else Text("never")


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """Budget and what of it is spent, the goal and what of it is sold, what must be sold to earn the budget, the tasks."""
    if record != "promotion":
        return []
    columns = "budget, cost, goal, sold_value, planned_value, revenue, offers, offers_booked"
    budget, cost, goal, sold, planned, revenue, offers, booked = reader.execute(f"select {columns} from promotion where id = ?", (row_id,)).fetchone()
    mine: Filter = ("promotion_id", "=", row_id)
    late: list[Filter] = [mine, ("state", "=", OPEN), ("due", "<", day)]
    todo = count(reader, ListQuery(TASK, [mine, ("state", "=", OPEN)]))
    overdue = count(reader, ListQuery(TASK, late))
    won = rules.gain(revenue, cost)
    return [
        Figure(Text("Budget"), show_money(budget)),
        Figure(Text("Spent"), show_money(cost), tone="red" if cost > budget else "", share=(cost, budget)),
        Figure(Text("If all is sold"), show_money(planned), opens=[mine], record="promotion_product"),
        Figure(Text("Sold"), show_money(sold), opens=[mine, ("sold", ">", 0)], record="promotion_product", share=(sold, goal) if goal else None),
        Figure(Text("To earn the budget"), say(break_even(reader, row_id, budget)) or "-"),
        Figure(Text("Gain"), "-" if won is None else f"{won}%", tone="red" if won is not None and won < 0 else ""),
        Figure(Text("Clients that booked"), f"{booked:,}", opens=[mine], record="promotion_offer", share=(booked, offers) if offers else None),
        Figure(Text("Tasks to do"), f"{todo:,}", opens=[mine, ("state", "=", OPEN)], record="promotion_task"),
        Figure(Text("Tasks overdue"), f"{overdue:,}", tone="red" if overdue else "", opens=late, record="promotion_task"),
    ]  # fmt: skip


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Promotions that go on, that wait for a yes, that should have been evaluated; tasks that are overdue; clients
    to be told."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    silent: list[Filter] = [("state", "in", UNEVALUATED), ("evaluate_by", ">", ""), ("evaluate_by", "<", day), *here]
    return [
        *waiting(reader, Text("Promotions going on"), PROMOTION, [("state", "in", (SELLING, RUNNING)), *here], group=GROUP, short=Text("Going on now")),
        *waiting(reader, Text("Promotions in approval"), PROMOTION, [("state", "=", APPROVAL), *here], group=GROUP, tone="amber", short=Text("Being approved")),
        *waiting(reader, Text("Promotions not evaluated"), PROMOTION, silent, group=GROUP, tone="red", short=Text("Not evaluated")),
        *waiting(reader, Text("Promotion tasks overdue"), TASK, [("state", "=", OPEN), ("due", "<", day)], group=GROUP, tone="red", short=Text("Tasks overdue")),
        *waiting(reader, Text("Clients to be told of promotions"), OFFER, [("state", "=", TO_TELL), ("day", "<=", day)], group=GROUP, late=[("day", "<", day)]),
    ]
