"""Reports of receivables on the command line: ageing, the figures of a day, who is late, how clients paid.

Amounts are decimal strings; every currency makes rows of its own. A bill counts from its date, a receipt from the end of
its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from crm_desktop.duties.receivables import queries, queries_open, rules
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record.dates import days_before, days_between
from crm_desktop.record.money import plain_money
from crm_desktop.record.report import Report
from crm_desktop.record.text import Refused, Text

SALES_DAYS = 90
MOST = 10
BY = ("account", "seller", "segment", "type")
DAY_COLUMNS = (
    "currency", "open_invoices", "open_balance", "customers_with_balance", "overdue_invoices", "overdue_amount", "customers_overdue",
    "credit_sales_last_90_days", "DSO_90", "disputed_open_count", "disputed_open_amount", "disputed_share_of_balance_pct", "collected_in_that_month",
)  # fmt: skip
LATE_COLUMNS = ("customer", "currency", "invoices", "amount", "oldest_days")
PAID_COLUMNS = (
    "currency", "rows", "customers", "total_invoiced", "first_invoice", "last_invoice", "last_settled", "disputed_invoices",
    "disputed_share_by_count_pct", "disputed_amount", "settled_invoices", "late_invoices", "avg_days_to_settle", "avg_days_late_of_late",
)  # fmt: skip
REISSUED = ("cause", "currency", "invoices", "waiting", "amount")
SLOW_COLUMNS = ("customer", "currency", "invoices", "days_late", "invoiced")


def limits_of(words: str) -> tuple[int, ...]:
    """Limits of an ageing in days (`30,60,90`), with the one between due and not due in front. Raises Refused."""
    parts = [part.strip() for part in words.split(",")]
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
        raise Refused(Text("Limits are days in growing order, such as 30,60,90"))
    found = [int(part) for part in parts]
    if found != sorted(set(found)) or not found[0]:
        raise Refused(Text("Limits are days in growing order, such as 30,60,90"))
    return (0, *found)


def bucket_names(limits: Sequence[int]) -> list[str]:
    """`not_due`, `1-30`, ..., `90+`."""
    between = [f"{first + 1}-{last}" for first, last in pairwise(limits)]
    return ["not_due", *between, f"{limits[-1]}+"]


def ageing(reader: Any, day: str, limits: Sequence[int] = rules.LIMITS, by: str = "") -> Report:
    """What is open on a day by age: a row for each currency, or for each account, seller or segment and currency."""
    names = bucket_names(limits)
    columns = ["key", "currency", *names, "total", "open_items"]
    if not by:
        grouped = {"": queries.ageing(reader, day, limits=limits)}
    elif by == "seller":
        grouped = _keyed(reader, "staff", queries.ageing_by(reader, "owner_id", day, limits))
    elif by == "account":
        grouped = _keyed(reader, "account", queries.ageing_by(reader, "account_id", day, limits))
    else:
        grouped = _by_kind(reader, day, limits, by)
    rows = [_aged(key, aged, names) for key, owed in sorted(grouped.items()) for aged in owed if aged.items]
    return Report(columns, rows, {})


def _aged(key: str, aged: Aged, names: Sequence[str]) -> dict[str, Any]:
    amounts = dict(zip(names, map(plain_money, aged.amounts), strict=True))
    return {"key": key, "currency": aged.currency, **amounts, "total": plain_money(aged.owes), "open_items": aged.items}


def _keyed(reader: Any, table: str, found: dict[int | None, list[Aged]]) -> dict[str, list[Aged]]:
    """By the code, or where there is none the name; two that have the same are told apart by the name."""
    known = {row[0]: (row[1], row[2]) for row in reader.execute(f"select id, code, name from {table}").fetchall()}
    out: dict[str, list[Aged]] = {}
    for row_id, owed in sorted(found.items(), key=lambda one: one[0] or 0):
        code, name = known.get(row_id, ("", ""))
        key = code or name
        out[key if key not in out else f"{key} {name}"] = owed
    return out


def _by_kind(reader: Any, day: str, limits: Sequence[int], column: str) -> dict[str, list[Aged]]:
    """By the market segment or the type of the account; '' for those without one."""
    known = dict(reader.execute(f"select id, {column} from account").fetchall())
    sql, values = queries_open.spans(("account_id",), day, limits)
    found: dict[str, list[tuple[Any, ...]]] = {}
    for account, *rest in reader.execute(sql, values):
        found.setdefault(str(known.get(account, "")), []).append(tuple(rest))
    return {segment: rules.aged(items, day, limits) for segment, items in found.items()}


def figures(reader: Any, day: str) -> Report:
    """The figures of a day, a row for each currency."""
    sql, values = queries_open.summed(("account_id", "due", "currency"), day)
    by_unit: dict[str, list[tuple[Any, ...]]] = {}
    for account, due, unit, *sums in reader.execute(sql, values):
        by_unit.setdefault(unit, []).append((account, due, *sums))
    sales, collected, disputed = _sales(reader, day), _collected(reader, day), _disputed_items(reader, day)
    units = sorted({*by_unit, *sales, *collected}, key=lambda unit: (unit != queries.HOME, unit))
    rows = [_figures(unit, day, by_unit.get(unit, []), sales.get(unit, 0), collected.get(unit, 0), disputed.get(unit, 0)) for unit in units]
    return Report(DAY_COLUMNS, rows, {})


def _figures(unit: str, day: str, items: list[tuple[Any, ...]], sales: int, collected: int, disputes: int) -> dict[str, Any]:
    late = [item for item in items if item[1] and item[1] < day]
    owes, disputed = sum(item[2] for item in items), sum(item[4] for item in items)
    values = (
        unit, sum(item[3] for item in items), plain_money(owes), _customers(items), sum(item[3] for item in late),
        plain_money(sum(item[2] for item in late)), _customers(late), plain_money(sales), rules.rounded(owes * SALES_DAYS, sales, 1), disputes,
        plain_money(disputed), rules.rounded(disputed * 100, owes, 2), plain_money(collected),
    )  # fmt: skip
    return dict(zip(DAY_COLUMNS, values, strict=True))


def _customers(items: Iterable[tuple[Any, ...]]) -> int:
    """How many clients have anything open: a client whose items of a due date cancel out still has them."""
    return len({item[0] for item in items if item[3]})


def _sales(reader: Any, day: str) -> dict[str, int]:
    """What was billed in the ninety days up to a day and not taken back by then, by currency."""
    sold = "sum(amount - case when written_on <= ? then taken_back else 0 end)"
    sql = f"select currency, {sold} from receivable where gone is null and bill_date > ? and bill_date <= ? group by currency"
    return {row[0]: int(row[1]) for row in reader.execute(sql, (day, days_before(day, SALES_DAYS), day)).fetchall()}


def _collected(reader: Any, day: str) -> dict[str, int]:
    """What came in the month of a day, up to it, by currency."""
    sql = "select currency, sum(amount) from receipt where gone is null and received_on >= ? and received_on <= ? group by currency"
    return {row[0]: int(row[1]) for row in reader.execute(sql, (f"{day[:7]}-01", day)).fetchall()}


def _disputed_items(reader: Any, day: str) -> dict[str, int]:
    """How many open items have something in dispute, by currency."""
    sql, values = queries_open.items(("currency",), day, " and r.disputed > 0")
    return {row[0]: int(row[1]) for row in reader.execute(f"select currency, sum(items) from ({sql}) as item group by currency", values).fetchall()}


def overdue(reader: Any, day: str) -> Report:
    """The clients with most overdue on a day."""
    found = _keyed(reader, "account", queries.ageing_by(reader, "account_id", day))
    rows = [(aged.overdue, key, aged) for key, owed in found.items() for aged in owed if aged.late]
    rows.sort(key=lambda row: (-row[0], row[1]))
    shown = [dict(zip(LATE_COLUMNS, (key, aged.currency, aged.late, plain_money(amount), aged.oldest), strict=True)) for amount, key, aged in rows[:MOST]]
    return Report(LATE_COLUMNS, shown, {})


def reissues(reader: Any) -> Report:
    """What was wrong with invoices that had to be issued anew, the commonest first; `waiting`: not issued anew yet."""
    sql = (
        "select reissue_cause, currency, count(*), sum(case when reissue_on <> '' then 1 else 0 end), sum(amount) from receivable"
        " where gone is null and reissue_cause <> '' group by reissue_cause, currency order by 3 desc, 1, 2"
    )
    rows = [dict(zip(REISSUED, (*row[:3], int(row[3]), plain_money(int(row[4]))), strict=True)) for row in reader.execute(sql).fetchall()]
    return Report(REISSUED, rows, {})


class _Paid:
    """How the bills of one client or currency were paid."""

    def __init__(self) -> None:
        self.accounts: set[int] = set()
        self.bills = self.amount = self.disputed = self.quarrel = self.settled = self.days = self.late = self.days_late = 0
        self.first, self.last, self.paid = "9999", "", ""

    def take(self, account: int, day: str, due: str, amount: int, disputed: int, paid: str) -> None:
        """One bill; `paid` is the day it was paid whole, '' while it is not."""
        self.accounts.add(account)
        self.bills, self.amount = self.bills + 1, self.amount + amount
        self.disputed, self.quarrel = self.disputed + (disputed > 0), self.quarrel + disputed
        self.first, self.last, self.paid = min(self.first, day), max(self.last, day), max(self.paid, paid)
        if paid:
            late = max(0, days_between(due, paid)) if due else 0
            self.settled, self.days = self.settled + 1, self.days + days_between(day, paid)
            self.late, self.days_late = self.late + (late > 0), self.days_late + late


def _bills(reader: Any) -> Iterable[tuple[Any, ...]]:
    """Every bill with the day on which the last of it was paid, '' where something is open; one that was taken back whole was none."""
    found: list[tuple[Any, ...]] = reader.execute(
        "select r.account_id, r.currency, r.bill_date, r.due, r.amount - r.taken_back, r.disputed, case when r.balance = 0 then coalesce(max(p.received_on), '') else '' end"
        " from receivable as r left join application as a on a.receivable_id = r.id and a.gone is null left join receipt as p on p.id = a.receipt_id"
        " where r.gone is null and (r.taken_back = 0 or r.taken_back < r.amount)"
        " group by r.id, r.account_id, r.currency, r.bill_date, r.due, r.amount, r.taken_back, r.disputed, r.balance"
    ).fetchall()
    return found


def paid(reader: Any) -> Report:
    """How everything that was ever billed was paid, a row for each currency."""
    found: dict[str, _Paid] = {}
    for account, unit, *bill in _bills(reader):
        found.setdefault(unit, _Paid()).take(account, *bill)
    rows = []
    for unit, one in sorted(found.items(), key=lambda item: (item[0] != queries.HOME, item[0])):
        values = (
            unit, one.bills, len(one.accounts), plain_money(one.amount), one.first, one.last, one.paid, one.disputed, rules.rounded(one.disputed * 100, one.bills, 2),
            plain_money(one.quarrel), one.settled, one.late, rules.rounded(one.days, one.settled, 3), rules.rounded(one.days_late, one.late, 2),
        )  # fmt: skip
        rows.append(dict(zip(PAID_COLUMNS, values, strict=True)))
    return Report(PAID_COLUMNS, rows, {})


def slow(reader: Any) -> Report:
    """The clients whose bills were paid late by most days in all."""
    found: dict[tuple[int, str], _Paid] = {}
    for account, unit, *bill in _bills(reader):
        found.setdefault((account, unit), _Paid()).take(account, *bill)
    known = {row[0]: row[1] or row[2] for row in reader.execute("select id, code, name from account").fetchall()}
    order = sorted(found.items(), key=lambda item: (-item[1].days_late, known.get(item[0][0], "")))
    rows = [
        dict(zip(SLOW_COLUMNS, (known.get(account, ""), unit, one.bills, one.days_late, plain_money(one.amount)), strict=True))
        for (account, unit), one in order[:MOST]
        if one.days_late
    ]
    return Report(SLOW_COLUMNS, rows, {})
