"""What a month's plan came to: how its items ended, whom it reached, what it cost, and what its clients bring since (F-41)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_desktop.duties.events.rules_effect import Client, Effect, Ledger, coverage, effect, pairs, trend
from crm_desktop.record.dates import add_days, days_before

YEAR, BEFORE = 365, 90  # days
DONE = ("done", "changed")
_LIVING = "state in ('active', 'dormant')"


def counts(reader: Any, plan_id: int, column: str) -> dict[str, int]:
    """How many items of a plan there are by state, or by reaction of those done."""
    found = reader.execute(f"select {column}, count(*) from care_item where gone is null and plan_id = ? group by {column}", (plan_id,)).fetchall()
    return {str(value): int(number) for value, number in found if value}


def files_done(reader: Any, plan_id: int) -> int:
    """Clients' files that were completed."""
    sql = "select count(*) from care_item where gone is null and plan_id = ? and kind = 'data' and state in (?, ?)"
    return int(reader.execute(sql, (plan_id, *DONE)).fetchone()[0])


def reached(reader: Any, plan_id: int) -> list[tuple[str, int, int, int]]:
    """Of each class: clients, how many the plan reached, per cent."""
    every = reader.execute(f"select level, count(*) from account where gone is null and level <> '' and {_LIVING} group by level").fetchall()
    sql = (
        "select a.level, count(distinct a.id) from care_item as i join account as a on a.id = i.account_id"
        " where i.gone is null and a.gone is null and a.level <> '' and a.state in ('active', 'dormant') and i.plan_id = ? and i.state in (?, ?) group by a.level"
    )
    touched = reader.execute(sql, (plan_id, *DONE)).fetchall()
    return coverage({str(level): int(n) for level, n in every}, {str(level): int(n) for level, n in touched})


def reached_ids(reader: Any, plan_id: int) -> dict[str, list[int]]:
    """The clients of each class that a plan reached."""
    sql = (
        "select distinct a.level, a.id from care_item as i join account as a on a.id = i.account_id"
        " where i.gone is null and a.gone is null and a.level <> '' and a.state in ('active', 'dormant') and i.plan_id = ? and i.state in (?, ?) order by a.id"
    )
    found: dict[str, list[int]] = {}
    for level, at in reader.execute(sql, (plan_id, *DONE)).fetchall():
        found.setdefault(str(level), []).append(int(at))
    return found


def touched_ids(reader: Any, plan_id: int) -> list[int]:
    """The clients of a plan for whom something was done."""
    return sorted(client for client, day in _touched(reader, plan_id).items() if day)


def _touched(reader: Any, plan_id: int) -> dict[int, str]:
    """The clients of a plan with the day of the first thing done for them ('' = nothing was)."""
    sql = "select account_id, min(case when state in (?, ?) then coalesce(nullif(done_on, ''), day) end) from care_item where gone is null and plan_id = ? and account_id is not null group by account_id"
    return {int(client): str(day or "") for client, day in reader.execute(sql, (*DONE, plan_id)).fetchall()}


def _ledger(reader: Any, first: str, last: str) -> Ledger:
    """Rooms by arrival, meals and rent by the date of the bill, of every client."""
    rows: list[tuple[int, str, int]] = []
    for column in ("company_id", "agency_id"):
        sql = f"select {column}, arrival, sum(rate * nights) from stay where gone is null and status = 'Check-Out' and {column} is not null and arrival > ? and arrival <= ? group by {column}, arrival"
        rows += [(int(client), str(day), int(amount or 0)) for client, day, amount in reader.execute(sql, (first, last)).fetchall()]
    sql = (
        "select account_id, bill_date, sum(amount - taken_back) from receivable where gone is null and kind in ('meal', 'banquet', 'meeting') and account_id is not null"
        " and bill_date > ? and bill_date <= ? group by account_id, bill_date"
    )
    rows += [(int(client), str(day), int(amount or 0)) for client, day, amount in reader.execute(sql, (first, last)).fetchall()]
    return Ledger(rows)


def effects(reader: Any, plan_id: int, spans: Iterable[int], today: str) -> dict[int, Effect]:
    """What care changed after so many days, against what came in so many days before it; clients whose days are not over are left out."""
    plan = _touched(reader, plan_id)
    levels = {int(at): str(level) for at, level in reader.execute(f"select id, level from account where gone is null and level <> '' and {_LIVING}").fetchall()}
    done = {client: day for client, day in plan.items() if day and client in levels}
    if not done:
        return {days: Effect(0, None, None, None) for days in spans}
    middle = sorted(done.values())[len(done) // 2]  # the day the others are measured from
    ledger = _ledger(reader, days_before(min(done.values()), 2 * YEAR), today)
    out = {}
    for days in spans:
        treated = [_client(ledger, at, levels[at], day, days) for at, day in done.items() if add_days(day, days) <= today]
        others = [_client(ledger, at, level, middle, days) for at, level in levels.items() if at not in plan] if add_days(middle, days) <= today else []
        out[days] = effect(pairs(treated, others))
    return out


def _client(ledger: Ledger, at: int, level: str, day: str, days: int) -> Client:
    year = ledger.between(at, days_before(day, YEAR), day)
    before = ledger.between(at, days_before(day, 2 * YEAR), days_before(day, YEAR))
    change = ledger.between(at, day, add_days(day, days)) - ledger.between(at, days_before(day, days), day)
    return Client(at, level, trend(year, before), change)


PLAN = ("id", "name", "code", "budget", "spent", "summary", "suppressed", "left_out", "owner")


def plan_of(reader: Any, plan_id: int) -> dict[str, Any] | None:
    """A maintenance plan in what its summary says of it."""
    sql = (
        "select p.id, p.name, p.code, p.budget, p.spent, p.summary, p.suppressed, p.left_out, coalesce(s.name, '') from care_plan as p left join staff as s on s.id = p.owner_id"
        " where p.id = ? and p.gone is null"
    )
    found = reader.execute(sql, (plan_id,)).fetchone()
    return dict(zip(PLAN, found, strict=True)) if found else None
