"""What receivables tell: ageing of the house, of clients and colleagues; one client's money.

`day` is the day the ages are counted on: for one that is over, what was billed and paid since does not count. Currencies are
never added together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.receivables import queries_exposure, queries_open, rules, rules_exposure
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.duties.receivables.rules_exposure import Exposure
from crm_desktop.record.house import currency
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery

HOME = str(currency().default)  # what credit limits are in
UNTIED = Text("Receivables and what was applied to them do not add up. Nothing was changed; check the data in Settings, and restore a backup if that finds damage.")
BLOCK = 500
PROMISE_COLUMNS = ("id", "version", "account_id", "made_on", "due", "amount", "received", "currency", "state")


def ageing(reader: Any, day: str, hotel: int | None = None, limits: Sequence[int] = rules.LIMITS, base: str = "due") -> list[Aged]:
    """Everything that is open, by currency and age; `base`: the day ages are counted from (a key of `queries_open.DAYS`)."""
    narrowed = " and r.hotel_id = ?" if hotel is not None else ""
    sql, values = queries_open.spans((), day, limits, narrowed, [hotel] if hotel is not None else [], base)
    return rules.aged(reader.execute(sql, values), day, limits)


def ageing_by(reader: Any, column: str, day: str, limits: Sequence[int] = rules.LIMITS, base: str = "due") -> dict[int | None, list[Aged]]:
    """The same for each client (`account_id`) or colleague (`owner_id`)."""
    assert column in ("account_id", "owner_id")
    sql, values = queries_open.spans((column,), day, limits, base=base)
    return _grouped(reader.execute(sql, values), day, limits)


def listed_ageing(reader: Any, query: ListQuery, day: str, limits: Sequence[int] = rules.LIMITS) -> list[Aged]:
    """The same for the rows of a list."""
    where, values = pages.where(reader, query)
    sql = f"select t.due, t.currency, sum(t.balance), count(*), sum(t.disputed) from receivable as t where {where} and t.balance <> 0 group by 1, 2"
    found = rules.age(reader.execute(sql, values), day, limits)
    for aged in found:
        aged.early = _early(reader, where, values, aged.currency)
    return found


def _early(reader: Any, where: str, values: Sequence[Any], currency: str) -> dict[str, tuple[int, int]]:
    """What of the rows of a list, of one currency, has no statement or no invoice yet: amount and items."""
    stages = [stage for known in rules.EARLY.values() for stage in known]
    sql = (
        f"select t.stage, sum(t.balance), count(*) from receivable as t where {where} and t.balance <> 0 and t.currency = ?"
        f" and t.stage in ({', '.join('?' * len(stages))}) group by t.stage"
    )
    sums = {row[0]: row[1:] for row in reader.execute(sql, [*values, currency, *stages]).fetchall()}
    out = {}
    for key, known in rules.EARLY.items():
        mine = [sums[stage] for stage in known if stage in sums]
        if mine:
            out[key] = (sum(int(one[0]) for one in mine), sum(int(one[1]) for one in mine))
    return out


def _grouped(rows: Any, day: str, limits: Sequence[int]) -> dict[int | None, list[Aged]]:
    found: dict[int | None, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return {key: rules.aged(items, day, limits) for key, items in found.items()}


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
        self.exposure = Exposure()

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
        """F-26: credit limit less exposure; None for a client without credit."""
        return rules_exposure.room_left(self.limit, self.exposure.total, self.credit)

    @property
    def light(self) -> str:
        """The colour of the headroom."""
        return rules_exposure.light(self.limit, self.headroom, self.credit)

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
    for money in found.values():
        money.exposure.open = money.owes
    queries_exposure.add_commitments(reader, {key: money.exposure for key, money in found.items() if money.headroom is not None}, HOME, day)
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
    narrowed = f" and r.account_id in ({', '.join('?' * len(ids))})"
    sql, values = queries_open.spans(("account_id",), day, rules.LIMITS, narrowed, list(ids))
    return _grouped(reader.execute(sql, values), day, rules.LIMITS)


def promises(reader: Any, account_id: int) -> list[Row]:
    """What a client promised, the earliest first."""
    sql = f"select {', '.join(PROMISE_COLUMNS)} from promise where gone is null and account_id = ? order by due, id"
    return [dict(zip(PROMISE_COLUMNS, row, strict=True)) for row in reader.execute(sql, (account_id,))]


def receipts_besides(reader: Any, account_id: int, receipt_id: int) -> list[tuple[str, int, str]]:
    """What else came from a client: day, amount, currency."""
    sql = "select received_on, amount, currency from receipt where gone is null and account_id = ? and id <> ?"
    return [(row[0], row[1], row[2]) for row in reader.execute(sql, (account_id, receipt_id)).fetchall()]


def other_days(reader: Any, receipt_id: int, day: str) -> list[tuple[int, int]]:
    """The applications of a receipt that do not count from this day: id and version."""
    sql = "select id, version from application where receipt_id = ? and gone is null and day <> ?"
    return [(row[0], row[1]) for row in reader.execute(sql, (receipt_id, day)).fetchall()]


def applications_of(reader: Any, receipt_id: int) -> list[int]:
    """What a receipt paid: the ids of its applications."""
    return [row[0] for row in reader.execute("select id from application where receipt_id = ? and gone is null order by id", (receipt_id,)).fetchall()]


def untied(reader: Any) -> Text | None:
    """Whether the items add up to their history: every bill's receipts, every receipt's bills, and the bills to what was
    applied in each currency; in words where they do not."""
    for record, column, kept in (("receivable", "paid", "by_receipts"), ("receipt", "applied", "by_bills")):
        if reader.execute(f"select 1 from {record} where gone is null and {column} < {kept} limit 1").fetchone():
            return UNTIED
    sums = [
        {row[0]: int(row[1]) for row in reader.execute(f"select currency, sum({column}) from {table} where gone is null and {column} <> 0 group by currency").fetchall()}
        for table, column in (("application", "amount"), ("receivable", "by_receipts"))
    ]
    return None if sums[0] == sums[1] else UNTIED


def missed(reader: Any, day: str) -> list[int]:
    """The clients with a promise that is not judged though the last day on which money would have kept it is over."""
    sql = "select distinct account_id from promise where gone is null and state = ? and due <= ? order by account_id"
    return [row[0] for row in reader.execute(sql, (rules.OPEN, rules.last_missed(day)))]


def only_hotel(reader: Any) -> int | None:
    """The hotel where there is just one; None where one must be chosen."""
    found = reader.execute("select id from hotel where gone is null limit 2").fetchall()
    return int(found[0][0]) if len(found) == 1 else None


def reliability(reader: Any, account_id: int, day: str) -> int | None:
    """F-21: how much of what a client promised came in time, in per cent; None when nothing was due yet."""
    return rules.reliability(promises(reader, account_id), day)
