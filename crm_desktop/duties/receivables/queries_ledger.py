"""What is here already of the clients of a ledger: earlier lines, open bills, bills and receipts the file may tell again, promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.receivables.queries import promises
from crm_desktop.record.record import Row

BLOCK = 500
Key = tuple[int, str]  # a client and a currency


class Owed(NamedTuple):
    """An open bill."""

    id: int
    version: int
    due: str
    day: str
    balance: int
    disputed: int
    paid: int
    number: str = ""
    written_off: int = 0
    taken_back: int = 0

    @property
    def undisputed(self) -> int:
        """What nobody quarrels about."""
        return self.balance - min(max(0, self.disputed), self.balance)


OPEN = "id, version, due, bill_date, balance, disputed, paid, document_no, written_off, taken_back"


class Got(NamedTuple):
    """A receipt that is here; `number` is that of the line it came with (`line`, `line_version`), or the bank's."""

    id: int
    version: int
    day: str
    amount: int
    number: str
    line: int | None
    line_version: int | None


class Applied(NamedTuple):
    """What of a receipt pays a bill, and the bill as it is."""

    id: int
    version: int
    amount: int
    bill: Owed


class Here:
    """All of it. `sums`: what the earlier lines of a client add up to; `opened`: clients that get an opening balance now."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.days: dict[int, int] = {}
        self.owners: dict[int, int | None] = {}
        self.open: dict[Key, list[Owed]] = defaultdict(list)
        self.bills: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self.receipts: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self.sums: dict[Key, int] = {}
        self.opened: set[Key] = set()
        self.promises: dict[int, list[Row]] = {}


def here(reader: Any, ids: Sequence[int]) -> Here:
    """What is here of these clients."""
    found = Here()
    for at in range(0, len(ids), BLOCK):
        _read(reader, found, ids[at : at + BLOCK])
    return found


def _read(reader: Any, found: Here, ids: Sequence[int]) -> None:
    mine = f"in ({', '.join('?' * len(ids))})"
    for row_id, code, name, days, owner in reader.execute(f"select id, code, name, credit_days, owner_id from account where id {mine}", ids):
        found.names[row_id], found.days[row_id], found.owners[row_id] = str(code or name), int(days or 0), owner
    sums = f"select account_id, currency, sum(debit) - sum(credit) from ledger_line where gone is null and account_id {mine} group by account_id, currency"
    found.sums |= {(row[0], row[1]): int(row[2]) for row in reader.execute(sums, ids)}
    unlined = "not exists (select 1 from ledger_line as l where l.{column} = t.id and l.gone is null)"
    bills = f"select account_id, currency, {OPEN} from receivable where gone is null and balance > 0 and account_id {mine} order by id"
    for account, currency, *bill in reader.execute(bills, ids):
        found.open[account, currency].append(Owed(*bill))
    told = f"select account_id, currency, document_no, bill_date, amount, id from receivable as t where gone is null and document_no <> '' and account_id {mine} and {unlined.format(column='receivable_id')} order by id"
    for account, currency, number, day, amount, row_id in reader.execute(told, ids):
        found.bills[account, currency, number.lstrip("0"), day, amount].append(row_id)
    came = f"select account_id, currency, received_on, amount, id from receipt as t where gone is null and account_id {mine} and {unlined.format(column='receipt_id')} order by id"
    for account, currency, day, amount, row_id in reader.execute(came, ids):
        found.receipts[account, currency, day, amount].append(row_id)
    said = reader.execute(f"select distinct account_id from promise where gone is null and account_id {mine}", ids).fetchall()
    found.promises |= {row[0]: promises(reader, row[0]) for row in said}


def money_here(reader: Any, account_id: int, currency: str, amount: int) -> list[Got]:
    """The receipts of so much from a client, in the order of their days."""
    sql = (
        "select p.id, p.version, p.received_on, p.amount, coalesce(l.document_no, p.bank_serial), l.id, l.version from receipt as p"
        " left join ledger_line as l on l.receipt_id = p.id and l.gone is null where p.gone is null and p.account_id = ? and p.currency = ? and p.amount = ?"
        " order by p.received_on, p.id"
    )
    return [Got(*row) for row in reader.execute(sql, (account_id, currency, amount)).fetchall()]


def applied(reader: Any, receipt_id: int) -> list[Applied]:
    """What a receipt pays."""
    names = ", ".join(f"r.{name.strip()}" for name in OPEN.split(","))
    sql = f"select p.id, p.version, p.amount, {names} from application as p join receivable as r on r.id = p.receivable_id where p.gone is null and p.receipt_id = ? order by p.id"
    return [Applied(row[0], row[1], row[2], Owed(*row[3:])) for row in reader.execute(sql, (receipt_id,)).fetchall()]


def other_money(reader: Any, account_id: int) -> list[tuple[int, str, int, str]]:
    """Everything that came from a client: id, day, amount, currency."""
    found: list[tuple[int, str, int, str]] = reader.execute("select id, received_on, amount, currency from receipt where gone is null and account_id = ?", (account_id,)).fetchall()
    return [(row[0], row[1], row[2], row[3]) for row in found]


def with_lines(reader: Any) -> frozenset[str]:
    """The numbers (or names) of clients of which lines are here."""
    sql = "select code, name from account where id in (select distinct account_id from ledger_line where gone is null)"
    return frozenset(str(row[0] or row[1]) for row in reader.execute(sql).fetchall())


def names(reader: Any) -> list[tuple[str, str]]:
    """Number and name of all clients."""
    rows: Iterable[tuple[str, str]] = reader.execute("select code, name from account where gone is null").fetchall()
    return [(row[0], row[1]) for row in rows]
