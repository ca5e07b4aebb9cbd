"""What receivables tell: ageing of the house, of clients and colleagues; one client's money.

`day` is the day the ages are counted on. What is paid is known as of now only: for an earlier day the bills written since
are left out, but what was paid since is not put back. Currencies are never added together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.receivables import rules
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record.dates import business_date
from crm_desktop.record.house import currency
from crm_desktop.record.kinds import Value
from crm_desktop.record.record import Row
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery

HOME = str(currency().default)  # what credit limits are in
SUMS = "sum(balance), count(*), sum(disputed)"
BLOCK = 500
PROMISE_COLUMNS = ("id", "version", "account_id", "made_on", "due", "amount", "received", "currency", "state")


def _until(day: str) -> tuple[str, list[Value]]:
    """For a day that is over, only what was billed by then."""
    return (" and bill_date <= ?", [day]) if day < business_date() else ("", [])


def ageing(reader: Any, day: str, hotel: int | None = None, limits: Sequence[int] = rules.LIMITS) -> list[Aged]:
    """Everything that is open, by currency and age."""
    more, values = _until(day)
    if hotel is not None:
        more, values = f"{more} and hotel_id = ?", [*values, hotel]
    sql = f"select due, currency, {SUMS} from receivable where gone is null and balance <> 0{more} group by due, currency"
    return rules.age(reader.execute(sql, values), day, limits)


def ageing_by(reader: Any, column: str, day: str, limits: Sequence[int] = rules.LIMITS) -> dict[int | None, list[Aged]]:
    """The same for each client (`account_id`) or colleague (`owner_id`)."""
    assert column in ("account_id", "owner_id")
    more, values = _until(day)
    sql = f"select {column}, due, currency, {SUMS} from receivable where gone is null and balance <> 0{more} group by 1, due, currency"
    return _grouped(reader.execute(sql, values), day, limits)


def listed_ageing(reader: Any, query: ListQuery, day: str, limits: Sequence[int] = rules.LIMITS) -> list[Aged]:
    """The same for the rows of a list."""
    where, values = pages.where(reader, query)
    sql = f"select t.due, t.currency, sum(t.balance), count(*), sum(t.disputed) from receivable as t where {where} and t.balance <> 0 group by 1, 2"
    return rules.age(reader.execute(sql, values), day, limits)


def _grouped(rows: Any, day: str, limits: Sequence[int]) -> dict[int | None, list[Aged]]:
    found: dict[int | None, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return {key: rules.age(items, day, limits) for key, items in found.items()}


class Promised:
    """What a client promised to pay: by when, how much (0 = no amount named), in what currency."""

    def __init__(self, due: str, amount: int, currency: str) -> None:
        self.due, self.amount, self.currency = due, amount, currency


class AccountMoney:
    """A client's money on a day. `owed` is the open balance by currency and age, `unapplied` what came and pays no bill
    yet, by currency; the plain amounts are those in the house's currency. `oldest_days` is of any currency."""

    def __init__(self, account_id: int, day: str, name: str, credit: str, limit: int) -> None:
        self.account_id, self.day, self.name, self.credit, self.limit = account_id, day, name, credit, limit
        self.owed: list[Aged] = []
        self.promise: Promised | None = None  # the next one
        self.unapplied_by: dict[str, int] = {}

    @property
    def home(self) -> Aged:
        """What is open in the house's currency."""
        return next((aged for aged in self.owed if aged.currency == HOME), Aged(HOME))

    @property
    def owes(self) -> int:
        """Open balance."""
        return self.home.owes

    @property
    def overdue(self) -> int:
        """What of it is past its due date."""
        return self.home.overdue

    @property
    def disputed(self) -> int:
        """What of it the client quarrels about."""
        return self.home.disputed

    @property
    def oldest_days(self) -> int:
        """Days past due of the oldest open item; 0 when nothing is overdue."""
        return max((aged.oldest for aged in self.owed), default=0)

    @property
    def unapplied(self) -> int:
        """What came and pays no bill yet."""
        return self.unapplied_by.get(HOME, 0)

    @property
    def headroom(self) -> int | None:
        """F-26: credit limit less open balance; None for a client without credit."""
        return rules.headroom(self.limit, self.owes, self.credit)

    @property
    def owes_nothing(self) -> bool:
        """True when no bill is open in any currency."""
        return not self.owed


def account_money(reader: Any, account_id: int, day: str) -> AccountMoney | None:
    """A client's money on a day; None for a client that is not there."""
    return accounts_money(reader, [account_id], day).get(account_id)


def accounts_money(reader: Any, account_ids: Sequence[int], day: str) -> dict[int, AccountMoney]:
    """The money of several clients, by id."""
    found: dict[int, AccountMoney] = {}
    for at in range(0, len(account_ids), BLOCK):
        found |= _money(reader, list(account_ids[at : at + BLOCK]), day)
    return found


def _money(reader: Any, ids: list[int], day: str) -> dict[int, AccountMoney]:
    marks = ", ".join("?" * len(ids))
    accounts = reader.execute(f"select id, name, credit, credit_limit from account where gone is null and id in ({marks})", ids)
    found = {row[0]: AccountMoney(row[0], day, *row[1:]) for row in accounts}
    for account_id, owed in _owed(reader, ids, day).items():
        if account_id in found:
            found[account_id].owed = owed
    mine = f"where gone is null and account_id in ({marks})"
    came = f"select account_id, currency, sum(unapplied) from receipt {mine} and unapplied <> 0 group by account_id, currency"
    for account_id, unit, amount in reader.execute(came, ids):
        if account_id in found:
            found[account_id].unapplied_by[unit] = amount
    said = f"select account_id, due, amount, currency from promise {mine} and state = 'open' and due >= ? order by due desc, id desc"
    for account_id, *promised in reader.execute(said, [*ids, day]):  # the nearest comes last and stays
        if account_id in found:
            found[account_id].promise = Promised(*promised)
    return found


def _owed(reader: Any, ids: list[int], day: str) -> dict[int | None, list[Aged]]:
    more, values = _until(day)
    sql = (
        f"select account_id, due, currency, {SUMS} from receivable where gone is null and account_id in ({', '.join('?' * len(ids))})"
        f" and balance <> 0{more} group by account_id, currency, due"
    )
    return _grouped(reader.execute(sql, [*ids, *values]), day, rules.LIMITS)


def promises(reader: Any, account_id: int) -> list[Row]:
    """What a client promised, the earliest first."""
    sql = f"select {', '.join(PROMISE_COLUMNS)} from promise where gone is null and account_id = ? order by due, id"
    return [dict(zip(PROMISE_COLUMNS, row, strict=True)) for row in reader.execute(sql, (account_id,))]


def only_hotel(reader: Any) -> int | None:
    """The hotel where there is just one; None where one must be chosen."""
    found = reader.execute("select id from hotel where gone is null limit 2").fetchall()
    return int(found[0][0]) if len(found) == 1 else None


def reliability(reader: Any, account_id: int, day: str) -> int | None:
    """F-21: how much of what a client promised came in time, in per cent; None when nothing was due yet."""
    return rules.reliability(promises(reader, account_id), day)
