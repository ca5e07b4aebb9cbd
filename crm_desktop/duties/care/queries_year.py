"""What the draft of a year is made of: how many clients each class has, and whether the year has a plan."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.integrity import FORBIDDEN

STATE = tuple(FORBIDDEN)  # types of clients who are given nothing


def counts(reader: Any) -> dict[str, tuple[int, int]]:
    """The clients of each class, and those of state bodies among them."""
    sql = (
        f"select level, count(*), sum(case when type in ({', '.join('?' * len(STATE))}) then 1 else 0 end) from account where gone is null and level <> ''"
        " and state in ('active', 'dormant') group by level"
    )
    return {level: (int(clients), int(state)) for level, clients, state in reader.execute(sql, STATE).fetchall()}


def has_plan(reader: Any, code: str) -> bool:
    """True when a period has a plan already."""
    return reader.execute("select 1 from care_plan where gone is null and code = ? limit 1", (code,)).fetchone() is not None


def year_plan(reader: Any, code: str) -> tuple[int, int]:
    """The plan of a year and its budget (minor units); (0, 0) where it has none."""
    found = reader.execute("select id, budget from care_plan where gone is null and code = ? order by case when state = 'draft' then 1 else 0 end, id limit 1", (code,)).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)
