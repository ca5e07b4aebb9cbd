"""What is known of guests: their facts, what they must never meet, slips that wait."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.preferences import rules
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.facts import COLUMNS, EXPIRED, NEVER, Fact, by_weight, contradictions, side_by_side
from crm_desktop.record.text import Text

PERSON = "person"
LEAGUE_DAYS = 90
OWNERS = {"department_id": "department", "owner_id": "staff"}  # by whom the slips are put together
OPEN = ("reported", "verified")  # slips not yet filed


def of_person(reader: Any, person_id: int) -> list[Fact]:
    """Everything noted of a guest: nevers first, then dislikes and likes, the newest of each first."""
    found = reader.execute(f"select {', '.join(COLUMNS)} from preference where person_id = ? and gone is null", (person_id,))
    return by_weight(Fact(*row) for row in found.fetchall())


def never(reader: Any, person_id: int, day: str = "") -> list[Fact]:
    """What a guest must never meet; on a day, without what has expired by then."""
    return [fact for fact in of_person(reader, person_id) if fact.polarity == NEVER and not (day and fact.standing(day) == EXPIRED)]


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a guest's sheet: what they must never meet, and facts that contradict each other, side by side."""
    if record != PERSON:
        return []
    facts = of_person(reader, row_id)
    mine = ("person_id", "=", row_id)
    nevers = [fact.name for fact in facts if fact.polarity == NEVER and fact.standing(day) != EXPIRED]
    points = [NowPoint(Text("Never: {things}", things=" · ".join(nevers)), "red", ("preference", [mine, ("polarity", "=", NEVER)]))] if nevers else []
    for newer, older in contradictions(facts, day):
        points.append(NowPoint(side_by_side(newer, older), "amber", ("preference", [("id", "in", (newer.id, older.id))])))
    return points


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Slips that wait to be filed, and those whose two working days are over."""
    waiting: list[Filter] = [("state", "in", OPEN)]
    late: list[Filter] = [*waiting, ("due", "<", day)]
    count = "select count(*) from preference_slip where gone is null and state in (?, ?)"
    all_of_them = int(reader.execute(count, OPEN).fetchone()[0])
    over = int(reader.execute(f"{count} and due < ?", (*OPEN, day)).fetchone()[0])
    return [
        TodayLine(Text("Slips to file"), all_of_them, None, "preference_slip", waiting, group="tasks"),
        TodayLine(Text("Slips overdue"), over, None, "preference_slip", late, group="tasks", tone="red" if over else ""),
    ]


def league(reader: Any, day: str) -> dict[str, list[rules.Filing]]:
    """Who files within two working days, of the slips seen in the last three months: by department and by who files."""
    found = {}
    for column, table in OWNERS.items():
        sql = (
            f"select s.id, s.{column}, coalesce(o.name, ''), s.state, s.due, s.filed_on from preference_slip as s left join {table} as o on o.id = s.{column}"
            " where s.gone is null and s.seen_on > ? and s.seen_on <= ?"
        )
        found[column] = rules.league(reader.execute(sql, (days_before(day, LEAGUE_DAYS), day)).fetchall())
    return found
