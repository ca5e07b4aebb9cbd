"""What is done with fund plans: items fixed when a plan is sent in, granted with it, advances, the month closed."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.duties.funds import queries, rules
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.duties.funds.rules import APPROVED, DRAFT, OUT
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

TAKEN = Text("Items of the maintenance plan taken over")


def submitted(desk: Any, writing: Any, plan: Row) -> None:
    """From here on the items stay as they are asked for."""
    for at, version, asked, _ in queries.lines_in(writing.db, plan["id"], (DRAFT,)):
        desk.save_in(writing, FUND_LINE, at, version, {"fixed": asked})


def granted(desk: Any, writing: Any, plan: Row) -> None:
    """With its plan every item is approved: with what was written under 'Approved', else with what was asked for."""
    _year_pays(writing, plan)
    for at, version, asked, approved in queries.lines_in(writing.db, plan["id"], (DRAFT,)):
        desk.move_in(writing, FUND_LINE, at, version, "approve", values={"approved": approved or asked})


def _year_pays(writing: Any, plan: Row) -> None:
    year = queries.year_of(writing.db, plan["year_id"])
    if year is None or year[1] in queries.UNAPPROVED:
        raise Refused(Text("The year's plan is not approved yet: no month can be granted before it."))


def line_approved(desk: Any, writing: Any, line: Row) -> None:
    """An item is approved with its plan or, in a plan that runs, alone."""
    plan = _plan(writing, line)
    if plan["state"] in (DRAFT, *rules.WAITS):
        raise Refused(Text("An item is approved with its plan: send the plan on."))
    within_year(desk, writing, line)


def within_year(_desk: Any, writing: Any, line: Row) -> None:
    """The months never take more from the year than it has."""
    if line["state"] in (DRAFT, rules.REFUSED, rules.DROPPED):
        return
    year_id = _plan(writing, line)["year_id"]
    year = queries.year_of(writing.db, year_id)
    missing = queries.taken(writing.db, year_id) - (year[2] if year else 0)
    if missing > 0:
        raise Refused(
            Text("The year's budget is {amount} short for '{item}'. Have the budget of '{year}' raised first, or approve less.",
                 amount=show_money(missing), item=line["name"], year=year[0] if year else "")
        )  # fmt: skip


def _plan(writing: Any, line: Row) -> Row:
    found = queries.plan_of(writing.db, line["plan_id"])
    if found is None:
        raise Conflict(None)
    return found


def advanced(desk: Any, writing: Any, line: Row) -> None:
    """Nobody gets an advance who still owes vouchers for one of thirty days ago."""
    owed = queries.unvouched(writing.db, line["advance_to"], desk.today(), line["id"])
    if owed is not None:
        name, amount, day = owed
        raise Refused(
            Text("No advance yet: {amount} for '{item}' were taken on {day} and have no vouchers. Bring those first.", amount=show_money(amount), item=name, day=day)
        )


def closed(desk: Any, writing: Any, plan: Row) -> None:
    """A month closes when all its money is cleared; what was not used goes back to the year."""
    open_items = queries.lines_in(writing.db, plan["id"], OUT)
    if open_items:
        raise Refused(Text("{n} items are paid or advanced and not cleared yet: clear them first.", n=len(open_items)))
    for at, version, _, _ in queries.lines_in(writing.db, plan["id"], (DRAFT, APPROVED)):
        desk.move_in(writing, FUND_LINE, at, version, "drop")


def line_leaving(_desk: Any, _writing: Any, line: Row) -> None:
    """Money that was paid out stays to be seen."""
    if line["state"] in (*OUT, rules.CLEARED):
        raise Refused(Text("Money was paid for this: it stays. Clear it, or have the voucher sent back."))


def take_over(desk: Desk, plan_id: int) -> Change:
    """The open items with a budget of the month's maintenance plan become items of a fund plan that is being drafted."""
    plan = desk.get(FUND_PLAN, plan_id)
    if plan is None or plan["state"] != DRAFT:
        raise Refused(Text("Items are only taken over while the plan is being drafted; nothing was changed."))
    rows = rules.drafted(queries.planned_care(desk.store.writer, plan["code"]))
    known = queries.priced(desk.store.writer, plan_id)
    fresh = [row for row in rows if (row["name"], row["unit"]) not in known]
    if not fresh:
        raise Refused(Text("The maintenance plan of {month} has nothing with a budget that is not here already.", month=plan["code"]))
    with desk.writing(TAKEN) as writing:
        for row in fresh:
            desk.save_in(writing, FUND_LINE, None, 0, row | {"plan_id": plan_id, "owner_id": plan["owner_id"]})
    change: Change = writing.entry.change
    return change
