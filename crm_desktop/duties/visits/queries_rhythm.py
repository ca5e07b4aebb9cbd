"""Who is neglected by the client's own rhythm, and a client's rhythm on its sheet."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.care import queries_touch
from crm_desktop.duties.care.queries_touch import MET
from crm_desktop.duties.visits import rules_rhythm as rules
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text

YEAR, MOST = 365, 200  # days looked back; contacts read


def neglected(reader: Any, day: str) -> list[int]:
    """Clients of class A to C whose silence is more than twice their own gap of a year, but those who asked for it."""
    sql = (
        "select a.id, count(distinct v.day), min(v.day), max(v.day) from account as a join visit as v on v.account_id = a.id"
        f" where a.gone is null and a.level in ('A', 'B', 'C') and a.state in ('active', 'dormant') and {MET} and v.day > ? and v.day <= ? group by a.id order by a.id"
    )
    held, since = _held(reader, day), days_before(day, YEAR)
    beside: dict[int, list[str]] = {}
    for account, at in queries_touch.beside_visits(reader, since, day):
        beside.setdefault(account, []).append(at)
    rows = reader.execute(sql, (since, day)).fetchall()
    return [int(at) for at, count, first, last in rows if at not in held and _neglected(int(count), str(first), str(last), beside.get(at, []), day)]


def _neglected(count: int, first: str, last: str, beside: list[str], day: str) -> bool:
    return rules.neglected(count + len(beside), min([first, *beside]), max([last, *beside]), day)


def before_renewal(reader: Any, day: str) -> list[int]:
    """Clients whose agreement ends soon and whom nobody saw lately."""
    sql = (
        f"select a.id, a.agreement_to, coalesce((select max(v.day) from visit as v where v.account_id = a.id and {MET} and v.day <= ?), '') from account as a"
        " where a.gone is null and a.state in ('active', 'dormant') and a.agreement_to >= ? and a.agreement_to <= ? order by a.agreement_to, a.id"
    )
    held, lately = _held(reader, day), {at for at, _ in queries_touch.beside_visits(reader, days_before(day, rules.SILENT + 1), day)}
    rows = reader.execute(sql, (day, day, add_days(day, rules.RENEWAL))).fetchall()
    return [int(at) for at, ends, last in rows if at not in held | lately and rules.silent_before_renewal(str(ends), str(last), day)]


def _held(reader: Any, day: str) -> set[int]:
    sql = "select account_id from care_hold where gone is null and account_id is not null and kind <> 'mourning' and since <= ? and (until = '' or until >= ?)"
    return {int(at) for (at,) in reader.execute(sql, (day, day)).fetchall()}


def today(reader: Any, day: str) -> list[TodayLine]:
    """Neglected clients; those whose agreement ends in silence."""
    lines = (
        (Text("Neglected by their own rhythm"), Text("Neglected"), neglected(reader, day), "red"),
        (Text("Silent before the renewal"), Text("No renewal talk"), before_renewal(reader, day), "amber"),
    )
    return [TodayLine(label, len(ids), None, "account", [("id", "in", ids)], group="care", tone=tone, short=short) for label, short, ids, tone in lines if ids]


def figures(reader: Any, row_id: int, day: str) -> list[Figure]:
    """In which rhythm a client is seen, and how even it is; nothing for too few contacts."""
    sql = f"select distinct v.day from visit as v where v.account_id = ? and {MET} and v.day > ? and v.day <= ? order by v.day desc limit {MOST}"
    since = days_before(day, YEAR)
    met = [str(row[0]) for row in reader.execute(sql, (row_id, since, day)).fetchall()]
    days = sorted({*met, *(at for _, at in queries_touch.beside_visits(reader, since, day, row_id))}, reverse=True)
    own = rules.gap(len(days), days[-1], days[0]) if days else None
    even = rules.evenness(days)
    if own is None or even is None:
        return []
    opens: list[Filter] = [("account_id", "=", row_id), ("state", "=", "done"), ("day", ">", since)]
    late = rules.neglected(len(days), days[-1], days[0], day)
    return [Figure(Text("Days between contacts"), f"{own:,}", "red" if late else "", opens, Text("evenness {n} of 100", n=even), "visit")]
