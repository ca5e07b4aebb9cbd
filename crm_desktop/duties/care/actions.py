"""What is done with maintenance plans: a plan taken over into the next period, an item carried out."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.care import queries, rules
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN, DRAFT
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

COPIED = Text("Plan copied")


def copy_plan(desk: Desk, plan_id: int, code: str = "") -> Change:
    """A draft of the period after a plan's (or of `code`) with the same clients, kinds and budgets, all open again.

    What a client may not be given any more is left out. Raises Refused when there is such a plan already."""
    plan = desk.get(CARE_PLAN, plan_id)
    if plan is None:
        raise Refused(Text("This plan is no longer there; nothing was copied."))
    code = code or rules.next_period(plan["code"])
    name = rules.renamed(plan["name"], plan["code"], code)
    if queries.same_plan(desk.store.writer, code, name):
        raise Refused(Text("There is a plan '{name}' for {period} already; nothing was copied.", name=name, period=code))
    with desk.writing(COPIED) as writing:
        values = {column: plan[column] for column in ("budget", "currency", "owner_id", "goals")}
        new = desk.save_in(writing, CARE_PLAN, None, 0, values | {"name": name, "code": code, "state": DRAFT})
        for item in queries.items_of(writing.db, plan_id):
            row = item | {"plan_id": new, "day": rules.moved(item["day"], code)}
            if not desk.problems(CARE_ITEM, row):
                desk.save_in(writing, CARE_ITEM, None, 0, row)
    change: Change = writing.entry.change
    return change


def done(desk: Desk, item_id: int, version: int, *, actual: int = 0, reaction: str = "", words: str = "", next: str = "") -> Change:
    """An item was carried out: what it cost (minor units), how the client took it, what comes next; one step."""
    given: Row = {"actual": actual, "reaction": reaction, "words": words, "next": next}
    return desk.move(CARE_ITEM, item_id, version, "done", values={name: value for name, value in given.items() if value})
