"""What the plan of visits shows: sellers, their visits of a week or month, quotas by class, and who is covered."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.care import queries_proposal, queries_touch
from crm_desktop.duties.care.rules_standard import IN_PERSON, standards_on
from crm_desktop.duties.clients import queries_classes
from crm_desktop.duties.visits import queries_week
from crm_desktop.duties.visits import rules_grid as rules
from crm_desktop.duties.visits.records import CANCELLED
from crm_desktop.duties.visits.rules_grid import Client, Covered, Visit
from crm_desktop.duties.visits.rules_week import MONTH, WEEK
from crm_desktop.record.dates import business_date, days_between

MOST_NAMED, WEEK_DAYS = 1_000, 7


class Plan(NamedTuple):
    """A plan of some days: sellers (id, name), visits, by class (made and planned, quota), coverage today."""

    first: str
    last: str
    sellers: list[tuple[int | None, str]]
    visits: list[Visit]
    quotas: list[tuple[str, int, int]]
    covered: dict[str, Covered]
    weeks: dict[int, tuple[int, str]]  # each seller's id of this week or month and how it stands
    missed: list[int]  # who was not seen in time, most money first: the first thousand of them


def plan(reader: Any, first: str, last: str) -> Plan:
    """Everything of the days from one to another."""
    visits = _visits(reader, first, last)
    standard = standards_on(queries_proposal.standards(reader), first)
    counts = {level: int(count) for level, count in reader.execute("select level, count(*) from account where gone is null and state <> 'lost' group by level").fetchall()}
    made = dict.fromkeys(rules.CLASSES, 0)
    for one in visits:
        if one.level in made and one.kind in IN_PERSON:
            made[one.level] += 1
    days = days_between(first, last) + 1
    quotas = [(level, made[level], rules.quota(counts.get(level, 0), standard[level]["visits"], days)) for level in rules.CLASSES]
    silences, clients, today = {level: int(row["silence"]) for level, row in standard.items()}, _clients(reader), business_date()
    covered, missed = rules.coverage(clients, today, silences), rules.missed(clients, today, silences)
    weeks = queries_week.states(reader, first, MONTH if days > WEEK_DAYS else WEEK)
    return Plan(first, last, _sellers(reader, visits), visits, quotas, covered, weeks, missed[:MOST_NAMED])


def _visits(reader: Any, first: str, last: str) -> list[Visit]:
    sql = (
        "select v.id, v.version, coalesce(a.name, p.name, ''), coalesce(a.short_name, ''), coalesce(a.level, ''), coalesce(a.district, ''), v.kind, v.state, v.owner_id, v.day,"
        " v.time, v.account_id, case when a.state = 'potential' then 1 else 0 end, v.purpose, v.result, v.cost from visit as v left join account as a on a.id = v.account_id left join person as p on p.id = v.person_id"
        " where v.gone is null and v.day >= ? and v.day <= ? and v.state <> ? order by v.day, v.id"
    )
    rows = reader.execute(sql, (first, last, CANCELLED)).fetchall()
    return [Visit._make((row[0], row[1], row[3] or row[2], *row[4:-4], bool(row[-4]), *row[-3:])) for row in rows]


def _sellers(reader: Any, visits: list[Visit]) -> list[tuple[int | None, str]]:
    """Who looks after clients, and whoever has a visit in the plan; last those visits that are nobody's."""
    sql = (
        "select s.id, s.name, case when exists (select 1 from account as a where a.gone is null and a.owner_id = s.id) then 1 else 0 end from staff as s"
        " where s.gone is null order by s.sort, s.id"
    )
    there = {one.owner_id for one in visits}
    found: list[tuple[int | None, str]] = [(row_id, name) for row_id, name, has in reader.execute(sql).fetchall() if has or row_id in there]
    return [*found, (None, "")] if None in there else found


def _clients(reader: Any) -> list[Client]:
    """The clients with a class: when they were seen last, and what they bring."""
    day = business_date()
    last, money = queries_touch.last_touches(reader, day), queries_classes.money(reader, day)
    sql = "select id, level, kind from account where gone is null and state <> 'lost' and level <> ''"
    clients = []
    for row_id, level, kind in reader.execute(sql).fetchall():
        stays, bills = (money[part].get(row_id, queries_classes.NOTHING)[0] for part in ("agency" if kind == "agency" else "company", "bills"))
        clients.append(Client(level, last.get(row_id, ""), stays.total + bills.total, int(row_id)))
    return clients
