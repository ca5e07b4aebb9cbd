"""What is written off of bills: an approved write-off closes those it names, and what is recovered later is open again, for the receipt to
pay; what is granted to a client in a dispute was no sale; a short rest is written back where the policy lets it."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.credit import queries, queries_write_off
from crm_desktop.duties.receivables import rules_stages
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change
from crm_desktop.store.rows import Writing, read

WRITTEN_BACK = Text("Short rest written back")


def adds_up(desk: Desk, writing: Writing, write_off: Row) -> None:
    """Raises Refused where its bills come to another amount than it asks for, or one is somebody else's."""
    bills = queries_write_off.bills(writing.db, write_off)
    whole = sum(amount for _, amount in bills)
    if bills and whole != write_off["amount"]:
        raise Refused(
            Text("The bills come to {bills}, the write-off says {amount}. Nothing was asked for; make them the same.", bills=show_money(whole), amount=show_money(write_off["amount"]))
        )
    for bill_id, _ in bills:
        bill = _living(desk, bill_id)
        if bill is not None and bill["account_id"] != write_off["account_id"]:
            raise Refused(Text("Bill {number} is another client's. Nothing was asked for; choose a bill of this one.", number=bill["document_no"]))


def close_bill(desk: Desk, writing: Writing, write_off: Row) -> None:
    """The bills are open by as much less; one of which nothing is open any more is a bad debt. Raises Refused for more than is open."""
    adds_up(desk, writing, write_off)
    for bill_id, amount in queries_write_off.bills(writing.db, write_off):
        bill = _living(desk, bill_id)
        if bill is None:
            continue
        if amount > bill["balance"]:
            raise Refused(
                Text("Only {amount} of bill {number} is open. Nothing was approved; lower the amount.", amount=show_money(max(0, bill["balance"])), number=bill["document_no"])
            )
        values = {"written_off": bill["written_off"] + amount, "written_on": desk.today()}
        move = rules_stages.MACHINE.move("bad")
        if amount < bill["balance"] or bill["stage"] not in move.sources:
            desk.save_in(writing, RECEIVABLE, bill["id"], bill["version"], values)
        else:
            desk.move_in(writing, RECEIVABLE, bill["id"], bill["version"], "bad", reason=write_off["cause"], values=values)


def open_bill(desk: Desk, writing: Writing, write_off: Row) -> None:
    """What is recovered is open again, of the first bill first; without an amount all that was written off."""
    left = write_off["recovered"] or write_off["amount"]
    for bill_id, amount in queries_write_off.bills(writing.db, write_off):
        bill = _living(desk, bill_id)
        if bill is None or not left:
            continue
        back = min(bill["written_off"] - bill["taken_back"], amount, left)
        left -= back
        values = {"written_off": bill["written_off"] - back, "written_on": bill["written_on"] if bill["written_off"] > back else ""}
        if bill["stage"] == rules_stages.BAD:
            desk.move_in(writing, RECEIVABLE, bill["id"], bill["version"], "again", reason=write_off["cause"], values=values)
        else:
            desk.save_in(writing, RECEIVABLE, bill["id"], bill["version"], values)


def grant(desk: Desk, writing: Writing, dispute: Row) -> None:
    """What is granted to the client is owed no longer, and was no sale. Raises Refused for more than is open."""
    bill = _living(desk, dispute["receivable_id"])
    if bill is None:
        return
    amount = dispute["amount"]
    if amount > bill["balance"]:
        raise Refused(
            Text("Only {amount} of bill {number} is still open: the rest was paid. Nothing was granted; lower the amount, or give the money back.", amount=show_money(max(0, bill["balance"])), number=bill["document_no"])
        )
    desk.save_in(writing, RECEIVABLE, bill["id"], bill["version"], _back(bill, amount, desk.today()) | {"disputed": max(0, bill["disputed"] - amount)})


def ungrant(desk: Desk, writing: Writing, dispute: Row) -> None:
    """A dispute that is opened again is owed again."""
    bill = _living(desk, dispute["receivable_id"])
    if bill is not None:
        back = min(bill["taken_back"], dispute["amount"])
        values = _back(bill, -back, bill["written_on"] if bill["written_off"] > back else "")
        desk.save_in(writing, RECEIVABLE, bill["id"], bill["version"], values | {"disputed": bill["disputed"] + back})


def _back(bill: Row, amount: int, day: str) -> Row:
    return {"written_off": bill["written_off"] + amount, "taken_back": bill["taken_back"] + amount, "written_on": day}


def write_back(desk: Desk, bill_id: int, reason: str = "") -> Change:
    """Let go of the short rest of a bill that is paid but for it. Raises Refused where nothing was paid, or more is open than the policy lets be
    written back without an approval."""
    bill = _living(desk, bill_id)
    if bill is None:
        raise Refused(Text("This bill is no longer there; nothing was written."))
    most = int(queries.policy(desk.store.writer, desk.today())["write_back"] or 0)
    if not bill["paid"] or not 0 < bill["balance"] <= most:
        raise Refused(
            Text("Up to {most} of a bill that is paid but for it are written back; of {number} {open} is open. Nothing was written; ask for a write-off.", most=show_money(most), number=bill["document_no"], open=show_money(bill["balance"]))
        )
    with desk.writing(WRITTEN_BACK, reason=reason) as writing:
        desk.save_in(writing, RECEIVABLE, bill_id, bill["version"], {"written_off": bill["written_off"] + bill["balance"], "written_on": desk.today()})
    change: Change = writing.entry.change
    return change


def _living(desk: Desk, row_id: int | None) -> Row | None:
    """A bill, while it is there."""
    found = read(desk.store.writer, RECEIVABLE, row_id) if row_id else None
    return found if found is not None and found["gone"] is None else None
