"""What fund plans tell: what the year still has, whose advance has no vouchers, figures of a plan, lines of *Today*."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.funds import rules
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Cause, Filter, TodayLine
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import waiting

GROUP = "care"
UNAPPROVED = ("draft", "approval")  # states of a year's plan that pays nothing yet
_ITEMS = "select p.state, l.state, l.approved, l.spent from fund_line as l join fund_plan as p on p.id = l.plan_id where l.gone is null and p.gone is null"


def year_of(reader: Any, year_id: int) -> tuple[str, str, int] | None:
    """Title, state and budget (minor units) of a year's plan."""
    found = reader.execute("select name, state, budget from care_plan where id = ? and gone is null", (year_id,)).fetchone()
    return (str(found[0]), str(found[1]), int(found[2])) if found else None


def taken(reader: Any, year_id: int) -> int:
    """What all months take from a year's budget."""
    return rules.taken(reader.execute(f"{_ITEMS} and p.year_id = ?", (year_id,)).fetchall())


def lines_in(reader: Any, plan_id: int, states: tuple[str, ...]) -> list[tuple[int, int, int, int]]:
    """Id, version, asked and approved of a plan's items in some states, in their order."""
    marks = ", ".join("?" * len(states))
    sql = f"select id, version, asked, approved from fund_line where gone is null and plan_id = ? and state in ({marks}) order by id"
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in reader.execute(sql, (plan_id, *states)).fetchall()]


def plan_of(reader: Any, plan_id: int) -> Row | None:
    """State and year's plan of a fund plan."""
    found = reader.execute("select state, year_id from fund_plan where id = ? and gone is null", (plan_id,)).fetchone()
    return {"state": found[0], "year_id": found[1]} if found else None


def priced(reader: Any, plan_id: int) -> set[tuple[str, int]]:
    """What a plan pays for already, each with its price."""
    return {(str(name), int(unit)) for name, unit in reader.execute("select name, unit from fund_line where gone is null and plan_id = ?", (plan_id,)).fetchall()}


def unvouched(reader: Any, person: int, day: str, but: int = 0) -> tuple[str, int, str] | None:
    """The oldest advance (item, amount, day) of somebody that has had no voucher for too long; `but`: an item left out."""
    sql = (
        "select name, advance, advance_on from fund_line where gone is null and advance_to = ? and voucher = '' and cleared_on = '' and advance > 0"
        " and advance_on <> '' and advance_on <= ? and id <> ? order by advance_on, id limit 1"
    )
    found = reader.execute(sql, (person, days_before(day, rules.VOUCHERS_WITHIN), but)).fetchone()
    return (str(found[0]), int(found[1]), str(found[2])) if found else None


def planned_care(reader: Any, month: str) -> list[tuple[str, str, int, str]]:
    """Kind, words, budget and client of what the maintenance plans of a month want money for."""
    sql = (
        "select i.kind, i.name, i.budget, coalesce(a.name, '') from care_item as i join care_plan as p on p.id = i.plan_id left join account as a on a.id = i.account_id"
        " where i.gone is null and p.gone is null and p.code = ? and i.budget > 0 and i.state = 'open' order by i.id"
    )
    return [(str(kind), str(name), int(budget), str(client)) for kind, name, budget, client in reader.execute(sql, (month,)).fetchall()]


def who_signed(reader: Any, plan_id: int) -> dict[str, tuple[str, str]]:
    """Who took a plan to each of its states the last time, and on which day."""
    sql = "select after, who, day from step where record = ? and row = ? and gone is null order by id"
    return {str(after): (str(who), str(day)) for after, who, day in reader.execute(sql, (FUND_PLAN.key, plan_id)).fetchall()}


def figures(reader: Any, record: str, row_id: int, _day: str) -> list[Figure]:
    """How a month stands against what was approved, and what its year still has."""
    if record != FUND_PLAN.key:
        return []
    asked, approved, spent, year_id = reader.execute("select asked, approved, spent, year_id from fund_plan where id = ?", (row_id,)).fetchone()
    out, budget = _advances(reader, row_id), (year_of(reader, year_id) or ("", "", 0))[2]
    left = budget - taken(reader, year_id)
    mine: Filter = ("plan_id", "=", row_id)
    return [
        Figure(Text("Amount asked for"), show_money(asked), opens=[mine]),
        Figure(Text("Approved"), show_money(approved), opens=[mine, ("approved", ">", 0)]),
        Figure(Text("Spent"), show_money(spent), tone="red" if spent > approved else "", opens=[mine, ("spent", ">", 0)], share=(spent, approved)),
        Figure(Text("Advances without vouchers"), show_money(out), tone="amber" if out else "", opens=[mine, ("advance", ">", 0), ("voucher", "=", "")]),
        Figure(Text("Budget of the year"), show_money(budget)),
        Figure(Text("Left of the year"), show_money(left), tone="red" if left < 0 else "", share=(max(0, budget - left), budget)),
    ]  # fmt: skip


def _advances(reader: Any, plan_id: int) -> int:
    sql = "select coalesce(sum(advance), 0) from fund_line where gone is null and plan_id = ? and voucher = ''"
    return int(reader.execute(sql, (plan_id,)).fetchone()[0])


def late_advances(day: str) -> list[Filter]:
    """Advances that have had no voucher for thirty days."""
    return [("advance", ">", 0), ("voucher", "=", ""), ("cleared_on", "=", ""), ("advance_on", ">", ""), ("advance_on", "<=", days_before(day, rules.VOUCHERS_WITHIN))]


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Plans and items that wait for a yes, money that waits for vouchers."""
    return [
        *waiting(reader, Text("Fund plans to approve"), FUND_PLAN, [("state", "in", rules.WAITS)], group=GROUP, tone="amber", short=Text("Plans to approve")),
        *waiting(reader, Text("Above the approved amount"), FUND_LINE, [("state", "=", rules.OVER)], group=GROUP, tone="amber"),
        *waiting(reader, Text("Advances without vouchers"), FUND_LINE, late_advances(day), group=GROUP, tone="red", short=Text("Advances open")),
        *waiting(reader, Text("Paid, to be cleared"), FUND_LINE, [("state", "=", rules.SPENT)], group=GROUP, short=Text("Paid, to clear")),
    ]


def causes(reader: Any, day: str) -> list[Cause]:
    """Whoever has an advance without vouchers for thirty days is told to bring them."""
    sql = (
        "select id, name, advance, advance_on, advance_to from fund_line where gone is null and advance > 0 and voucher = '' and cleared_on = '' and advance_on <> ''"
        " and advance_on <= ? order by advance_on, id"
    )
    return [
        Cause("advance", (FUND_LINE.key, at), Text("Bring the vouchers of {amount} for {what}", amount=show_money(amount), what=name), day, owner_id=who, urgency=3)
        for at, name, amount, _on, who in reader.execute(sql, (days_before(day, rules.VOUCHERS_WITHIN),)).fetchall()
    ]
