"""What is held of deposits: by currency and kind, and for bookings and clients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.receivables.rules_matching import Item
from crm_desktop.record.money import plain_money
from crm_desktop.record.report import Report

COLUMNS = ("currency", "kind", "deposits", "received", "applied", "given_back", "kept", "held", "earnest")


def report(reader: Any) -> Report:
    """The ledger of deposits, a row for each currency and legal kind: what came is what was applied, given back, kept and is held."""
    sql = (
        "select currency, kind, count(*), sum(amount), sum(applied), sum(refunded), sum(forfeited), sum(balance), sum(earnest) from deposit where gone is null"
        " group by currency, kind order by case when currency = 'CNY' then 0 else 1 end, currency, kind"
    )
    return Report(COLUMNS, [dict(zip(COLUMNS, (*row[:3], *(plain_money(int(units)) for units in row[3:])), strict=True)) for row in reader.execute(sql).fetchall()], {})


def held(reader: Any, ids: Sequence[int], currency: str) -> tuple[dict[int, int], dict[int, int]]:
    """What is held of these clients: by booking, and what belongs to no booking by client."""
    sql = f"select account_id, booking_id, sum(balance) from deposit where gone is null and balance > 0 and currency = ? and account_id in ({', '.join('?' * len(ids))}) group by account_id, booking_id"
    by_booking: dict[int, int] = {}
    loose: dict[int, int] = {}
    for account, booking, amount in reader.execute(sql, (currency, *ids)).fetchall():
        where, key = (loose, account) if booking is None else (by_booking, booking)
        where[key] = where.get(key, 0) + int(amount)
    return by_booking, loose


def oldest_first(reader: Any, account_id: int, currency: str, amount: int) -> list[tuple[int, int]]:
    """An amount over a client's bills, the earliest due first, without what is in dispute: (bill, part)."""
    from crm_desktop.duties.receivables.queries_matching import open_bills  # it asks for the exposure, which asks here

    out, left = [], amount
    for bill in open_bills(reader, account_id, currency):
        part = min(left, Item(bill.id, bill.due, bill.balance, bill.disputed).undisputed)
        if part > 0:
            out.append((bill.id, part))
            left -= part
    return out
