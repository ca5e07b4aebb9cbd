"""The leads of visits and the business they turned into: bookings that became definite, agreements signed, stays of clients who are new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.visits import rules_credit as rules
from crm_desktop.duties.visits.rules_credit import FIRST, FRESH, LEADS, TURNS, Lead, Won
from crm_desktop.record.dates import add_days, days_before, days_between
from crm_desktop.record.duty import Filter
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text

BOOKED = ("price", "basis", "tables", "sure_tables", "people", "guaranteed")
SOME = 400  # clients of one question


def of_owner(reader: Any, owner_id: int | None, first: str, last: str) -> list[tuple[int, Won]]:
    """What a seller's visits turned into in some days: the visit with each piece of business, whenever the visit was."""
    sql = f"select distinct account_id from visit where gone is null and owner_id = ? and day >= ? and day <= ? and state = 'done' and account_id is not null and result in ({_marks(LEADS)})"
    accounts = [int(row[0]) for row in reader.execute(sql, (owner_id, days_before(first, TURNS), last, *LEADS)).fetchall()]
    leads, found = {}, []
    for at in range(0, len(accounts), SOME):
        some = accounts[at : at + SOME]
        known = _leads(reader, some, days_before(first, TURNS), last)
        leads.update({lead.visit_id: lead for lead in known})
        found += [(visit, won) for visit, several in rules.credited(known, _won(reader, some, known, first, last)).items() for won in several]
    return sorted((each for each in found if leads[each[0]].owner_id == owner_id), key=lambda each: (each[1].day, each[1].row))


def of_visit(reader: Any, visit_id: int, day: str) -> list[Won]:
    """What one visit turned into by a day."""
    found = reader.execute("select account_id, day, result from visit where id = ? and gone is null and state = 'done'", (visit_id,)).fetchone()
    if not found or found[0] is None or found[2] not in LEADS:
        return []
    account, made, last = int(found[0]), str(found[1]), min(day, add_days(str(found[1]), TURNS))
    known = _leads(reader, [account], made, last)
    return rules.credited(known, _won(reader, [account], known, made, last)).get(visit_id, [])


def figures(reader: Any, visit_id: int, day: str) -> list[Figure]:
    """On the sheet of a visit: what it turned into."""
    return [figure(Text("Turned into business"), of_visit(reader, visit_id, day))] if _is_lead(reader, visit_id) else []


def figure(label: Text, won: Sequence[Won]) -> Figure:
    """An amount with how many bookings, agreements and stays it is; it opens what there is most of."""
    kinds = [record for record in ("booking", "agreement", "stay") if any(each.row[0] == record for each in won)]
    opens: list[Filter] = [("id", "in", [each.row[1] for each in won if each.row[0] == kinds[0]])] if kinds else []
    counts = [sum(1 for each in won if each.row[0] == record) for record in ("booking", "agreement", "stay")]
    note = Text("{bookings} bookings, {agreements} agreements, {stays} stays", bookings=counts[0], agreements=counts[1], stays=counts[2]) if won else Text("nothing yet")
    return Figure(label, show_money(sum(each.amount for each in won)), "green" if won else "", opens or None, note, kinds[0] if kinds else "")


def _is_lead(reader: Any, visit_id: int) -> bool:
    found = reader.execute("select result, state from visit where id = ?", (visit_id,)).fetchone()
    return bool(found) and found[0] in LEADS and found[1] == "done"


def _marks(several: Sequence[Any]) -> str:
    return ", ".join("?" * len(several))


def _leads(reader: Any, accounts: Sequence[int], first: str, last: str) -> list[Lead]:
    sql = (
        f"select id, owner_id, account_id, day from visit where gone is null and account_id in ({_marks(accounts)}) and state = 'done' and result in ({_marks(LEADS)})"
        " and day >= ? and day <= ? order by day, id"
    )
    return [Lead(int(row[0]), row[1], int(row[2]), str(row[3])) for row in reader.execute(sql, (*accounts, *LEADS, first, last)).fetchall()]


def _won(reader: Any, accounts: Sequence[int], leads: Sequence[Lead], first: str, last: str) -> list[Won]:
    return [*_bookings(reader, accounts, first, last), *_agreements(reader, accounts, first, last), *_stays(reader, leads, first, last)]


def _bookings(reader: Any, accounts: Sequence[int], first: str, last: str) -> list[Won]:
    """Bookings that are definite, on the day they became so."""
    sql = (
        f"select b.id, b.account_id, s.day, {', '.join(f'b.{name}' for name in BOOKED)} from booking as b join step as s on s.row = b.id and s.record = 'booking' and s.after = 'definite'"
        f" where b.gone is null and b.account_id in ({_marks(accounts)}) and b.state in ('definite', 'done', 'closed') and s.day >= ? and s.day <= ? order by s.day, b.id"
    )
    found: dict[int, Won] = {}
    for at, account, day, *told in reader.execute(sql, (*accounts, first, last)).fetchall():
        found.setdefault(int(at), Won(("booking", int(at)), int(account), str(day), rules.worth(dict(zip(BOOKED, told, strict=True)))))
    return list(found.values())


def _agreements(reader: Any, accounts: Sequence[int], first: str, last: str) -> list[Won]:
    """Rate agreements that came into force; what they bring stands in the stays."""
    sql = (
        "select a.id, a.account_id, min(s.day) from agreement as a join step as s on s.row = a.id and s.record = 'agreement' and s.after = 'running'"
        f" where a.gone is null and a.account_id in ({_marks(accounts)}) group by a.id, a.account_id having min(s.day) >= ? and min(s.day) <= ? order by a.id"
    )
    return [Won(("agreement", int(at)), int(account), str(day), 0) for at, account, day in reader.execute(sql, (*accounts, first, last)).fetchall()]


def _stays(reader: Any, leads: Sequence[Lead], first: str, last: str) -> list[Won]:
    """Stays of clients nobody stayed for in half a year before the lead: of the first ninety days after their first one."""
    found: dict[int, Won] = {}
    for lead in leads:
        for column in ("company_id", "agency_id"):
            sql = f"select id, arrival, rate * nights from stay where {column} = ? and gone is null and status in ('Check-Out', 'In-House') and arrival > ? and arrival <= ? order by arrival, id limit 500"
            rows = reader.execute(sql, (lead.account_id, days_before(lead.day, FRESH), min(last, add_days(lead.day, TURNS)))).fetchall()
            if not rows or rows[0][1] <= lead.day:
                continue  # they came anyway
            for at, arrival, amount in rows:
                if arrival >= first and days_between(rows[0][1], arrival) <= FIRST:
                    found.setdefault(int(at), Won(("stay", int(at)), lead.account_id, str(arrival), int(amount or 0)))
    return list(found.values())
