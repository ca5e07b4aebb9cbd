"""What is done with a deposit, each one action in the log: it is applied to bills, given back, or kept where the law lets the hotel."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.receivables import queries_deposits, rules_deposits
from crm_desktop.duties.receivables.actions import apply_in
from crm_desktop.duties.receivables.records import RECEIPT
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.log import Change
from crm_desktop.store.rows import read

APPLIED, REFUNDED, KEPT = Text("Deposit applied"), Text("Deposit given back"), Text("Deposit kept")


def _living(desk: Desk, row_id: int) -> Row:
    row = read(desk.store.writer, DEPOSIT, row_id)
    if row is None or row["gone"] is not None:
        raise Refused(Text("This deposit is no longer there; nothing was changed."))
    return row


def _no_more(row: Row, amount: int) -> None:
    if amount <= 0:
        raise Refused(Text("Write an amount above nothing. Nothing was changed."))
    if amount > row["balance"]:
        raise Refused(Text("Only {amount} of the deposit is held. Nothing was changed; lower the amount.", amount=show_money(row["balance"])))


def apply_deposit(desk: Desk, deposit_id: int, parts: list[tuple[int, int]]) -> Change:
    """Pay bills (receivable id, amount) with a deposit: it becomes a receipt of today that names it, and the deposit holds as much less.
    Raises Refused, and writes nothing, when that is more than is held or open, or another currency."""
    row, amount = _living(desk, deposit_id), sum(part for _, part in parts)
    _no_more(row, amount)
    with desk.writing(APPLIED) as writing:
        receipt: Row = {
            "received_on": desk.today(), "payer": row["payer"] or row["code"], "account_id": row["account_id"], "amount": amount, "currency": row["currency"], "hotel_id": row["hotel_id"],
            "applied": 0, "bank_serial": "", "remark": say(Text("From deposit {number} of {day}", number=row["code"], day=row["day"])),
        }  # fmt: skip
        receipt_id = desk.save_in(writing, RECEIPT, None, 0, receipt)
        apply_in(desk, writing, receipt_id, parts)
        desk.save_in(writing, DEPOSIT, deposit_id, row["version"], {"applied": row["applied"] + amount})
    change: Change = writing.entry.change
    return change


def apply_oldest(desk: Desk, deposit_id: int, amount: int) -> Change:
    """Pay a client's bills with so much of a deposit, the earliest due first. Raises Refused where less is open."""
    row = _living(desk, deposit_id)
    _no_more(row, amount)
    parts = queries_deposits.oldest_first(desk.store.writer, row["account_id"], row["currency"], amount) if row["account_id"] is not None else []
    if sum(part for _, part in parts) < amount:
        raise Refused(Text("Only {amount} of this client's bills can be paid with it. Nothing was changed; lower the amount.", amount=show_money(sum(part for _, part in parts))))
    return apply_deposit(desk, deposit_id, parts)


def refund(desk: Desk, deposit_id: int, amount: int, reason: str) -> Change:
    """Give money back. Raises Refused without a reason or for more than is held."""
    return _leave(desk, deposit_id, "refunded", amount, reason, REFUNDED)


def keep_it(desk: Desk, deposit_id: int, amount: int, reason: str) -> Change:
    """Keep money because the client broke the contract. Raises Refused for more than the law lets the hotel keep."""
    row = _living(desk, deposit_id)
    if row["forfeited"] + amount > rules_deposits.forfeitable(row):
        raise Refused(Text("Only earnest money is kept in law: at most {amount}. Nothing was changed; give the rest back.", amount=show_money(rules_deposits.forfeitable(row))))
    return _leave(desk, deposit_id, "forfeited", amount, reason, KEPT)


def _leave(desk: Desk, deposit_id: int, column: str, amount: int, reason: str, action: Text) -> Change:
    row = _living(desk, deposit_id)
    _no_more(row, amount)
    if not reason.strip():
        raise Refused(Text("Say why: the log keeps it."))
    with desk.writing(action, reason=reason.strip()) as writing:
        desk.save_in(writing, DEPOSIT, deposit_id, row["version"], {column: row[column] + amount, "left_on": desk.today(), "left_because": reason.strip()})
    change: Change = writing.entry.change
    return change
