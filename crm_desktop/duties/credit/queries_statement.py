"""A client's account as it moved: what was carried forward, each bill and receipt, and what is open at the end. House currency, minor units."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.receivables.queries import HOME

BILL, MONEY, BACK, PAID = "bill", "receipt", "back", "paid"
MOVES = (
    "select bill_date as day, 'bill' as what, document_no as number, kind as about, amount from receivable where gone is null and account_id = ? and currency = ?"
    " union all select received_on, 'receipt', bank_serial, payer, -amount from receipt where gone is null and account_id = ? and currency = ?"
    " union all select written_on, 'back', document_no, kind, -written_off from receivable where gone is null and account_id = ? and currency = ? and written_off <> 0"
    " union all select case when last_paid = '' then bill_date else last_paid end, 'paid', document_no, kind, by_receipts - paid from receivable"
    " where gone is null and account_id = ? and currency = ? and paid <> by_receipts"
)


class Moved(NamedTuple):
    """A line of the account: a debit is above nothing, a credit below; `balance` after it."""

    day: str
    what: str
    number: str
    about: str
    amount: int
    balance: int


class Account(NamedTuple):
    """What was open before the first day, what moved until the last, what is open then."""

    brought: int
    moves: list[Moved]
    closing: int


def account(reader: Any, account_id: int, first: str, last: str) -> Account:
    """The account from one day to another, both counted. What is paid without a receipt here counts from the day it was paid last, or the
    day of its bill."""
    found = reader.execute(f"select day, what, number, about, amount from ({MOVES}) as move where day <= ? order by day, what, number", (*(account_id, HOME) * 4, last)).fetchall()
    balance = brought = sum(int(row[4]) for row in found if row[0] < first)
    moves = []
    for day, what, number, about, amount in (row for row in found if row[0] >= first):
        balance += int(amount)
        moves.append(Moved(day, what, str(number or ""), str(about or ""), int(amount), balance))
    return Account(brought, moves, balance)
