"""Who has fallen silent by the own rhythm, who is in the pool, hand-overs whose day has come, the lost who were not asked this quarter."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.clients import rules_leaving as rules
from crm_desktop.duties.clients import rules_standing as standing
from crm_desktop.duties.clients.queries_standing import IN_HOUSE, STAYED, policy
from crm_desktop.duties.clients.rules_leaving import Quiet
from crm_desktop.duties.clients.rules_standing import Silence
from crm_desktop.record.dates import days_before

KEPT = "('active', 'dormant', 'potential')"


class Sleeper(NamedTuple):
    """One client that is silent or looked after by nobody; `proposed` is what the rules propose."""

    id: int
    version: int
    name: str
    owner: str
    level: str
    state: str
    last: str
    silence: Silence
    contact: str
    proposed: tuple[str, ...]
    pooled: bool


def sleepers(reader: Any, day: str) -> list[Sleeper]:
    """Every client for whom something is proposed, and those of the pool; the best class first, then the longest silence."""
    judged = policy(reader, day)
    came, met, coming, given, planned = _came(reader, day), _met(reader, day), _coming(reader, day), _given(reader, day), _planned(reader, day)
    sql = (
        "select t.id, t.version, t.name, t.owner_id, (select name from staff where id = t.owner_id), t.level, t.state, t.kind from account as t"
        f" where t.gone is null and t.state in {KEPT}"
    )
    found = []
    for row_id, version, name, owner_id, owner, level, state, kind in reader.execute(sql).fetchall():
        first, last, count = came["agency_id" if kind == "agency" else "company_id"].get(row_id, ("", "", 0))
        quiet = standing.silence(first, last, count, day, judged)
        contact = met.get(row_id, "")
        touched = day if row_id in planned else max(contact, given.get(row_id, ""))
        proposed = rules.proposals(Quiet(state, owner_id is not None, quiet, touched, row_id in coming), day, judged["pool_days"])
        if proposed or (owner_id is None and (last or contact or level)):
            found.append(Sleeper(row_id, version, name, owner or "", level, state, last, quiet, contact, proposed, owner_id is None))
    return sorted(found, key=lambda each: (each.level or "Z", -each.silence.days, each.name, each.id))


def _came(reader: Any, day: str) -> dict[str, dict[int, tuple[str, str, int]]]:
    """First and last day of arrival, and how many different ones, of those who came."""
    out: dict[str, dict[int, tuple[str, str, int]]] = {}
    for column in ("company_id", "agency_id"):
        sql = (
            f"select {column}, min(arrival), max(arrival), count(distinct arrival) from stay where {column} is not null and gone is null"
            f" and status in ('{STAYED}', '{IN_HOUSE}') and arrival <= ? group by {column}"
        )
        out[column] = {int(row[0]): (str(row[1]), str(row[2]), int(row[3])) for row in reader.execute(sql, (day,)).fetchall()}
    return out


def _met(reader: Any, day: str) -> dict[int, str]:
    sql = "select account_id, max(day) from visit where account_id is not null and gone is null and state = 'done' and day <= ? group by account_id"
    return {int(row[0]): str(row[1]) for row in reader.execute(sql, (day,)).fetchall()}


def _planned(reader: Any, day: str) -> set[int]:
    """Clients whom somebody is about to call on."""
    sql = "select account_id from visit where account_id is not null and gone is null and day >= ? and state = 'planned'"
    return {int(row[0]) for row in reader.execute(sql, (day,)).fetchall()}


def _given(reader: Any, day: str) -> dict[int, str]:
    """The last day of the owner before: whoever got a client lately has time to call on it."""
    sql = "select account_id, max(until) from account_past where gone is null and what = 'owner' and until <= ? group by account_id"
    return {int(row[0]): str(row[1]) for row in reader.execute(sql, (day,)).fetchall()}


def _coming(reader: Any, day: str) -> set[int]:
    """Clients with a stay booked or an open booking of an event."""
    stays = "select {0} from stay where {0} is not null and gone is null and status = 'Booked' and arrival >= ?"
    asks = (
        stays.format("company_id"), stays.format("agency_id"),
        "select account_id from booking where account_id is not null and gone is null and day >= ? and state in ('inquiry', 'proposal', 'tentative', 'definite')",
    )  # fmt: skip
    return {int(row[0]) for sql in asks for row in reader.execute(sql, (day,)).fetchall()}


# hand-overs


def due(reader: Any, day: str) -> list[tuple[int, int, int, int, str, str]]:
    """Hand-overs dated ahead whose day has come: (id, version, client, taken over by, day, reason)."""
    sql = "select id, version, account_id, to_id, day, reason from hand_over where gone is null and state = 'planned' and day <= ? order by day, id"
    return [tuple(row) for row in reader.execute(sql, (day,)).fetchall()]


# the lost


def unasked(reader: Any, day: str) -> list[tuple[int, str, int | None, str]]:
    """Clients lost within a year whom nobody has asked in this quarter: (id, name, owner, since when lost)."""
    sql = (
        "select a.id, a.name, a.owner_id, a.lost_on from account as a where a.gone is null and a.state = 'lost' and a.lost_on >= ? and a.lost_on <= ?"
        " and not exists (select 1 from lost_interview as i where i.account_id = a.id and i.gone is null and i.day >= ? and i.day <= ?) order by a.lost_on, a.id"
    )
    found = reader.execute(sql, (days_before(day, rules.ASKED_BACK), day, rules.quarter_of(day), day)).fetchall()
    return [(int(row[0]), str(row[1]), row[2], str(row[3])) for row in found]
