"""What a year's plan came to so far: sincere touches and visits by class against its goals, and what was spent by whom, when, on which class."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.record.dates import days_before, days_between

YEAR = 365  # days
LEVELS = ("A", "B", "C", "D")
SINCERE = "(kind in ('visit', 'reception', 'in-house', 'meal', 'site', 'fair', 'joint', 'table', 'call') or (kind = 'chat' and result <> ''))"
IN_PERSON = "kind in ('visit', 'reception', 'in-house', 'meal', 'site', 'joint', 'table')"
HEARD = "(kind in ('visit', 'call', 'meal', 'event') or reaction in ('glad', 'plain', 'cold'))"


class Goal(NamedTuple):
    """A class's goals and what was reached: touches, visits, clients seen in time, glad among those who reacted, money (minor units); and of
    those who brought business a year before so many that still do (`kept` is the goal in per cent), with those who do not."""

    id: int
    level: str
    clients: int
    touches: int
    visits: int
    budget: int
    covered: int
    glad: int
    touched: int = 0
    visited: int = 0
    seen: int = 0
    living: int = 0
    gladdened: int = 0
    reacted: int = 0
    spent: int = 0
    kept: int = 0
    stayed: int = 0
    left: tuple[int, ...] = ()


def goals(reader: Any, plan_id: int, year: str, today: str) -> list[Goal]:
    """The goals of a year's plan beside what was done by today."""
    columns = "id, level, clients, touches, visits, budget, covered, glad"
    rows = reader.execute(f"select {columns}, silence, kept from care_goal where gone is null and plan_id = ? order by level, id", (plan_id,)).fetchall()
    span = (f"{year}-01-01", min(today, f"{year}-12-31"))
    touched, visited = _contacts(reader, span)
    done, reacted, glad = _items(reader, span)
    spent, last = by_level(reader, year), _last(reader, span[1])
    out = []
    stayed = retained(reader, span[1])
    for *given, silence, kept in rows:
        level = str(given[1])
        seen = sum(1 for on in last.get(level, []) if on and days_between(on, span[1]) <= int(silence or 0))
        more = (touched.get(level, 0) + done.get(level, 0), visited.get(level, 0), seen, len(last.get(level, [])), glad.get(level, 0), reacted.get(level, 0), spent.get(level, 0))
        still, left = stayed.get(level, ([], []))
        out.append(Goal._make([*given, *more, int(kept or 0), len(still), tuple(left)]))
    return out


def retained(reader: Any, day: str) -> dict[str, tuple[list[int], list[int]]]:
    """Of each class the clients who brought business in the twelve months before the last ones: those who still do, and those who do not."""
    before, now = (_active(reader, days_before(day, far), days_before(day, near)) for far, near in ((2 * YEAR, YEAR), (YEAR, 0)))
    found: dict[str, tuple[list[int], list[int]]] = {}
    for at, level in reader.execute("select id, level from account where gone is null and level <> '' order by id").fetchall():
        if at in before:
            found.setdefault(str(level), ([], []))[0 if at in now else 1].append(int(at))
    return found


def _active(reader: Any, after: str, until: str) -> set[int]:
    """Who had a stay, or a bill for a meal or a meeting, after a day and until another."""
    found: set[int] = set()
    for column in ("company_id", "agency_id"):
        sql = f"select distinct {column} from stay where gone is null and status in ('Check-Out', 'In-House') and {column} is not null and arrival > ? and arrival <= ?"
        found |= {int(row[0]) for row in reader.execute(sql, (after, until)).fetchall()}
    sql = "select distinct account_id from receivable where gone is null and kind in ('meal', 'banquet', 'meeting') and account_id is not null and bill_date > ? and bill_date <= ?"
    return found | {int(row[0]) for row in reader.execute(sql, (after, until)).fetchall()}


def _contacts(reader: Any, span: tuple[str, str]) -> tuple[dict[str, int], dict[str, int]]:
    sql = (
        f"select a.level, sum(case when {SINCERE.replace('kind', 'v.kind').replace('result', 'v.result')} then 1 else 0 end), sum(case when {IN_PERSON.replace('kind', 'v.kind')} then 1 else 0 end)"
        " from visit as v join account as a on a.id = v.account_id where v.gone is null and a.gone is null and v.state = 'done' and v.result <> 'not-met' and v.day >= ? and v.day <= ? group by a.level"
    )
    rows = reader.execute(sql, span).fetchall()
    return {str(row[0]): int(row[1] or 0) for row in rows}, {str(row[0]): int(row[2] or 0) for row in rows}


def _items(reader: Any, span: tuple[str, str]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    sql = (
        f"select a.level, sum(case when {HEARD.replace('kind', 'i.kind').replace('reaction', 'i.reaction')} then 1 else 0 end), sum(case when i.reaction in ('glad', 'plain', 'cold') then 1 else 0 end),"
        " sum(case when i.reaction = 'glad' then 1 else 0 end) from care_item as i join account as a on a.id = i.account_id"
        " where i.gone is null and a.gone is null and i.state in ('done', 'changed') and i.day >= ? and i.day <= ? group by a.level"
    )
    rows = reader.execute(sql, span).fetchall()
    first, second, third = ({str(row[0]): int(row[at] or 0) for row in rows} for at in (1, 2, 3))
    return first, second, third


def _last(reader: Any, day: str) -> dict[str, list[str]]:
    """The last contact of every living client, by class ('' = never)."""
    sql = (
        "select a.level, coalesce((select max(v.day) from visit as v where v.account_id = a.id and v.gone is null and v.state = 'done' and v.day <= ? and v.result <> 'not-met'), '')"
        " from account as a where a.gone is null and a.level <> '' and a.state in ('active', 'dormant')"
    )
    found: dict[str, list[str]] = {}
    for level, on in reader.execute(sql, (day,)).fetchall():
        found.setdefault(str(level), []).append(str(on))
    return found


def _spent(reader: Any, year: str, column: str, join: str) -> list[tuple[Any, int]]:
    sql = (
        f"select {column}, sum(i.actual) from care_item as i {join} where i.gone is null and i.actual > 0 and i.day >= ? and i.day <= ? group by {column} order by sum(i.actual) desc, {column}"
    )
    return [(key, int(amount)) for key, amount in reader.execute(sql, (f"{year}-01-01", f"{year}-12-31")).fetchall()]


def by_level(reader: Any, year: str) -> dict[str, int]:
    """What the clients of each class cost in a year; '' is what was for no client in particular."""
    return {str(level): amount for level, amount in _spent(reader, year, "coalesce(a.level, '')", "left join account as a on a.id = i.account_id")}


def by_person(reader: Any, year: str) -> list[tuple[int | None, str, int]]:
    """What each colleague spent in a year."""
    names = dict(reader.execute("select id, name from staff").fetchall())
    return [(owner, str(names.get(owner, "")), amount) for owner, amount in _spent(reader, year, "i.owner_id", "")]


def by_quarter(reader: Any, year: str) -> list[int]:
    """What each quarter cost."""
    found = [0, 0, 0, 0]
    for month, amount in _spent(reader, year, "substr(i.day, 6, 2)", ""):
        found[(int(month) - 1) // 3] += amount
    return found


def promised(reader: Any, year: str) -> int:
    """What is planned and not spent yet: open items of the year."""
    sql = "select coalesce(sum(budget), 0) from care_item where gone is null and state = 'open' and day >= ? and day <= ?"
    return int(reader.execute(sql, (f"{year}-01-01", f"{year}-12-31")).fetchone()[0])
