"""What is read of visits: whom to see next week, the sellers, what *Today* says."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.visits import rules
from crm_desktop.duties.visits.records import DONE, PLANNED, VISIT
from crm_desktop.duties.visits.rules import Candidate, Proposed
from crm_desktop.record.dates import add_days, business_date
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count

LOST = "lost"  # a client's state
ROLES = ("decision-maker", "booker", "finance", "signatory", "guest")  # whom one goes to see, the first there is
LAST = f"(select max(v.day) from visit as v where v.account_id = a.id and v.gone is null and v.state = '{DONE}')"
COMING = f"exists (select 1 from visit as v where v.account_id = a.id and v.gone is null and v.state = '{PLANNED}' and v.day >= ?)"


def proposal(reader: Any, owner_id: int | None, week: str) -> list[Proposed]:
    """The visits proposed for the week beginning on this Monday: of one seller, or of everybody. Nobody is proposed who
    has a visit planned already."""
    candidates = _candidates(reader, owner_id, min(business_date(), week))
    found = rules.plan(candidates, week, _taken(reader, week))
    for one in found:
        one.client.person_id, one.client.person = _contact(reader, one.client.account_id)
    return found


def _candidates(reader: Any, owner_id: int | None, today: str) -> list[Candidate]:
    mine, values = ("", []) if owner_id is None else (" and a.owner_id = ?", [owner_id])
    marks = ", ".join("?" * len(rules.SILENT_FOR))
    sql = (
        f"select a.id, a.name, a.level, a.owner_id, a.revenue, coalesce({LAST}, '') from account as a"
        f" where a.gone is null and a.level in ({marks}) and a.state <> '{LOST}'{mine} and not {COMING}"
    )
    return [Candidate(*row) for row in reader.execute(sql, [*rules.SILENT_FOR, *values, today]).fetchall()]


def _taken(reader: Any, week: str) -> dict[tuple[int | None, str], int]:
    """The visits planned in a week already, by owner and day."""
    sql = f"select owner_id, day, count(*) from visit where gone is null and state = '{PLANNED}' and day >= ? and day < ? group by owner_id, day"
    return {(row[0], row[1]): row[2] for row in reader.execute(sql, (week, add_days(week, 7))).fetchall()}


def _contact(reader: Any, account_id: int) -> tuple[int | None, str]:
    """The person of a client one goes to see."""
    people = reader.execute("select role, id, name from person where account_id = ? and gone is null order by sort, id limit 50", (account_id,)).fetchall()
    ranked = sorted(people, key=lambda row: ROLES.index(row[0]) if row[0] in ROLES else len(ROLES))
    return (ranked[0][1], ranked[0][2]) if ranked else (None, "")


def sellers(reader: Any) -> list[tuple[int, str]]:
    """The colleagues who look after clients."""
    sql = "select s.id, s.name from staff as s where s.gone is null and exists (select 1 from account as a where a.gone is null and a.owner_id = s.id) order by s.sort, s.id"
    return list(reader.execute(sql).fetchall())


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Visits planned for a day, and those from before it that nobody reported on."""
    planned: list[Filter] = [("state", "=", PLANNED), ("day", "=", day)]
    late: list[Filter] = [("state", "=", PLANNED), ("day", "<", day)]
    due, silent = (count(reader, ListQuery(VISIT, filters)) for filters in (planned, late))
    return [
        TodayLine(Text("Visits planned"), due, None, "visit", planned, group="care"),
        TodayLine(Text("Visits without a report"), silent, None, "visit", late, group="care", tone="amber" if silent else ""),
    ]
