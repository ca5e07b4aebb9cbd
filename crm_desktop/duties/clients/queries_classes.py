"""The class of every client at once: twelve months of money beside the year before, and what the money says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.clients import rules_standing as rules
from crm_desktop.duties.clients.queries_standing import HOME, OLD, STAYED, YEAR, policy
from crm_desktop.duties.clients.rules_standing import Contribution
from crm_desktop.record.dates import days_before
from crm_desktop.record.record import Row

BILLS = {"meal": "meals", "banquet": "meals", "meeting": "rent"}  # kind of a bill -> part of a contribution
Money = dict[int, tuple[Contribution, Contribution]]  # client -> (twelve months, the year before)
NOTHING = Contribution(), Contribution()


class Judged(NamedTuple):
    """One client: its class, the class by its money, the money of both years, what is owed for too
    long, and what it all counts for."""

    id: int
    version: int
    name: str
    owner: str
    level: str
    right: str
    now: Contribution
    before: Contribution
    late: int
    counted: int

    @property
    def changes(self) -> bool:
        """True when the money says another class."""
        return self.level != self.right


def classes(reader: Any, day: str) -> tuple[list[Judged], Row]:
    """Every client that has a class or brought something in two years, those first whose money changed most; and the
    policy they are judged by."""
    judged = policy(reader, day)
    by_kind, late = money(reader, day), _late(reader, days_before(day, OLD))
    bills = by_kind["bills"]
    sql = (
        "select t.id, t.version, t.name, (select name from staff where id = t.owner_id), t.level, t.kind from account as t where t.gone is null order by t.id desc"
    )
    found = []
    for row_id, version, name, owner, level, kind in reader.execute(sql).fetchall():
        stays = by_kind["agency" if kind == "agency" else "company"].get(row_id, NOTHING)
        now, before = (_joined(one, other) for one, other in zip(stays, bills.get(row_id, NOTHING), strict=True))
        if level or now.total or before.total:
            counted = rules.counts_as(now.total, before.total, late.get(row_id, 0), judged)
            found.append(Judged(row_id, version, name, owner or "", level, rules.class_of(counted, judged), now, before, late.get(row_id, 0), counted))
    found.sort(key=lambda each: (-abs(each.now.total - each.before.total), each.name))
    return found, judged


def money(reader: Any, day: str, owner_id: int | None = None) -> dict[str, Money]:
    """Twelve months of every client, or of those of one colleague, beside the year before: rooms of a "company" and an "agency",
    and the "bills" of both."""
    years = [days_before(day, 2 * YEAR), days_before(day, YEAR), day]
    return {kind: _stays(reader, f"{kind}_id", years, owner_id) for kind in ("company", "agency")} | {"bills": _bills(reader, years)}


def of_owner(column: str, owner_id: int | None) -> tuple[str, list[int]]:
    """SQL, to be added, for the rows of the clients one colleague looks after, and its values; of everybody's nothing."""
    return ("", []) if owner_id is None else (f" and {column} in (select id from account where gone is null and owner_id = ?)", [owner_id])


def _stays(reader: Any, column: str, years: Sequence[str], owner_id: int | None = None) -> Money:
    """Rooms and nights of the stays kept, by their arrival."""
    far, near, day = years
    before, now = (_kept(reader, column, after, until, owner_id) for after, until in ((far, near), (near, day)))
    return {key: (now.get(key, Contribution()), before.get(key, Contribution())) for key in now | before}


def _kept(reader: Any, column: str, after: str, until: str, owner_id: int | None) -> dict[int, Contribution]:
    """One year: a statement of its own is quicker than asking of each stay which year it is of."""
    mine, owner = of_owner(column, owner_id)
    sql = (
        f"select {column}, sum(rate * nights), sum(nights) from stay where {column} is not null and gone is null and status = '{STAYED}'"
        f" and arrival > ? and arrival <= ?{mine} group by {column}"
    )
    return {row[0]: Contribution(int(row[1]), nights=int(row[2])) for row in reader.execute(sql, (after, until, *owner)).fetchall()}


def _bills(reader: Any, years: Sequence[str]) -> Money:
    """Meals and rent, by the date of the bill, in the house's currency."""
    far, near, day = years
    kinds = ", ".join(f"'{kind}'" for kind in BILLS)
    sql = (
        "select account_id, kind, sum(case when bill_date > ? then amount else 0 end), sum(case when bill_date > ? then 0 else amount end)"
        f" from receivable where gone is null and bill_date > ? and bill_date <= ? and currency = ? and kind in ({kinds}) group by account_id, kind"
    )
    found: Money = {}
    for account_id, kind, *amounts in reader.execute(sql, (near, near, far, day, HOME)).fetchall():
        had = found.get(account_id, NOTHING)
        now, before = (_joined(one, Contribution(**{BILLS[kind]: int(amount)})) for one, amount in zip(had, amounts, strict=True))
        found[account_id] = now, before
    return found


def _joined(one: Contribution, other: Contribution) -> Contribution:
    return Contribution(*(a + b for a, b in zip(one, other, strict=True)))


def _late(reader: Any, old: str) -> dict[int, int]:
    """What has been due for more than a month, by client."""
    sql = "select account_id, sum(balance) from receivable where gone is null and balance > 0 and due < ? and currency = ? group by account_id"
    return {row[0]: int(row[1]) for row in reader.execute(sql, (old, HOME)).fetchall()}
