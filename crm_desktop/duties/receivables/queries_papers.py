"""What the ageing table says beside the amounts: names and terms of clients, what was promised and done, what came unassigned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.money import show_money

BLOCK = 500


def clients(reader: Any, ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Name, seller and days to pay of clients, by id."""
    found: dict[int, tuple[str, str, str]] = {}
    for at in range(0, len(ids), BLOCK):
        block = list(ids[at : at + BLOCK])
        marks = ", ".join("?" * len(block))
        sql = f"select a.id, a.name, coalesce(s.name, ''), a.credit_days from account as a left join staff as s on s.id = a.owner_id where a.id in ({marks})"
        found |= {row[0]: (str(row[1]), str(row[2]), str(row[3] or "")) for row in reader.execute(sql, block).fetchall()}
    return found


def promised(reader: Any) -> dict[tuple[int, str], str]:
    """The next promise of each client and currency that is outstanding: its day and amount."""
    sql = "select account_id, currency, due, amount from promise where state = 'open' and gone is null order by due desc, id desc"
    return {(row[0], str(row[1])): f"{row[2][5:]} {show_money(row[3]) if row[3] else ''}".strip() for row in reader.execute(sql).fetchall()}


def done(reader: Any, day: str) -> dict[int, str]:
    """What was done last to collect from each client until a day: its day and what it was."""
    sql = "select account_id, day, name from collection_step where gone is null and day <= ? order by day, id"
    return {row[0]: f"{row[1][5:]} {row[2]}".strip() for row in reader.execute(sql, (day,)).fetchall()}


def left(reader: Any, day: str) -> dict[int, str]:
    """The days until limitation of each client's first bill."""
    from crm_desktop.duties.credit.queries_collection import days_left

    return {account: f"{days:,}" for account, days in days_left(reader, day).items()}


def unapplied(reader: Any) -> dict[tuple[int, str], int]:
    """What came from each client in each currency and pays no bill yet."""
    sql = "select account_id, currency, sum(unapplied) from receipt where unapplied <> 0 and gone is null and account_id is not null group by account_id, currency"
    return {(row[0], str(row[1])): int(row[2]) for row in reader.execute(sql).fetchall()}
