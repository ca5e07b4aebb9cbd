"""What people do with receivables, each one action in the log that undo takes back whole. Amounts in minor units.

A receipt is applied to bills by rows of its own (`application`): what is paid of a bill and what is applied of a receipt
change with them, in the same action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.receivables import rules, rules_matching
from crm_desktop.duties.receivables.queries import HOME, only_hotel, promises
from crm_desktop.duties.receivables.records import APPLICATION, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.record.kinds import Value
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change
from crm_desktop.store.rows import Writing, read

PROMISED, RECEIVED = Text("Promise taken"), Text("Receipt taken")
APPLIED, TAKEN_BACK, JUDGED = Text("Receipt applied"), Text("Application taken back"), Text("Promises judged")
Applications = Sequence[tuple[int, int]]  # (receivable id, amount)
STEP_TO = {rules.KEPT: "kept", rules.PART: "part", rules.BROKEN: "broken"}


def take_promise(
    desk: Desk, account_id: int, amount: int, due: str, said_by: str = "", *, currency: str = HOME, person_id: int | None = None,
    owner_id: int | None = None, made_on: str = "", remark: str = "",
) -> Change:  # fmt: skip
    """Write down that a client promised to pay an amount (0 = none was named) by a day; earlier promises whose time is over
    are judged in the same action. Raises Invalid for a day before today or an amount below nothing."""
    day = made_on or desk.today()
    values: dict[str, Value] = {
        "account_id": account_id, "amount": amount, "due": due, "said_by": said_by, "currency": currency, "person_id": person_id,
        "owner_id": owner_id, "made_on": day, "remark": remark,
    }  # fmt: skip
    with desk.writing(PROMISED) as writing:
        _judge(desk, writing, account_id, {})
        desk.save_in(writing, PROMISE, None, 0, values)
    return _change(writing)


def take_receipt(desk: Desk, values: Mapping[str, Value], applications: Applications = ()) -> Change:
    """Write down money that came, apply it to bills, and judge what the client promised: one action.

    Without a hotel it takes that of the first bill, or the only one there is; without a client that of the bills. Raises
    Refused or Invalid, and writes nothing, when more would be applied than came or is open."""
    bills = [_living(desk, RECEIVABLE, row_id) for row_id, _ in applications]
    given = {"received_on": desk.today(), "currency": HOME} | dict(values)
    if given.get("hotel_id") is None:
        given["hotel_id"] = bills[0]["hotel_id"] if bills else only_hotel(desk.store.writer)
    if given.get("account_id") is None and bills:
        given["account_id"] = bills[0]["account_id"]
    with desk.writing(RECEIVED) as writing:
        receipt_id = desk.save_in(writing, RECEIPT, None, 0, given | {"applied": 0})
        _apply(desk, writing, receipt_id, applications)
        if given.get("account_id") is not None:
            receipt = _living(desk, RECEIPT, receipt_id)
            known = promises(desk.store.writer, receipt["account_id"])
            _judge(desk, writing, receipt["account_id"], rules.credited(known, receipt["received_on"], receipt["amount"], receipt["currency"]))
    return _change(writing)


def apply(desk: Desk, receipt_id: int, applications: Applications) -> Change:
    """Apply more of a receipt to bills; raises Refused, and writes nothing, when that is more than is left or open."""
    with desk.writing(APPLIED) as writing:
        _apply(desk, writing, receipt_id, applications)
    return _change(writing)


def unapply(desk: Desk, application_ids: Sequence[int], reason: str = "") -> Change:
    """Take applications back: the bills are open again by as much, the receipt has as much more to apply."""
    with desk.writing(TAKEN_BACK, reason=reason) as writing:
        for row_id in application_ids:
            part = _living(desk, APPLICATION, row_id)
            bill, receipt = _living(desk, RECEIVABLE, part["receivable_id"]), _living(desk, RECEIPT, part["receipt_id"])
            writing.remove(APPLICATION, row_id, part["version"])
            _set(desk, writing, RECEIVABLE, bill, {"paid": bill["paid"] - part["amount"]})
            _set(desk, writing, RECEIPT, receipt, {"applied": max(0, receipt["applied"] - part["amount"])})
    return _change(writing)


def judge(desk: Desk, account_id: int) -> Change:
    """Say of a client's promises whose time is over whether they were kept, in part or not at all."""
    with desk.writing(JUDGED) as writing:
        _judge(desk, writing, account_id, {})
    return _change(writing)


def _change(writing: Writing) -> Change:
    change: Change = writing.entry.change
    return change


def _living(desk: Desk, record: Record, row_id: int) -> Row:
    row = read(desk.store.writer, record, row_id)
    if row is None or row["gone"] is not None:
        raise Refused(Text("{record}: this is no longer there; nothing was changed. Look again and choose another.", record=record.title))
    return row


def _set(desk: Desk, writing: Writing, record: Record, row: Row, values: dict[str, Value]) -> None:
    desk.save_in(writing, record, row["id"], row["version"], values)


def _apply(desk: Desk, writing: Writing, receipt_id: int, applications: Applications) -> None:
    for receivable_id, amount in applications:
        receipt, bill = _living(desk, RECEIPT, receipt_id), _living(desk, RECEIVABLE, receivable_id)
        _check_part(receipt, bill, amount)
        rest = bill["balance"] - amount
        short = rest if 0 < rest <= rules_matching.SHORT else 0
        values = {"receipt_id": receipt_id, "receivable_id": receivable_id, "amount": amount, "currency": bill["currency"], "short": short}
        desk.save_in(writing, APPLICATION, None, 0, values | {"day": desk.today()})
        _set(desk, writing, RECEIVABLE, bill, {"paid": bill["paid"] + amount})
        _set(desk, writing, RECEIPT, receipt, {"applied": receipt["applied"] + amount})


def _check_part(receipt: Row, bill: Row, amount: int) -> None:
    """What stands against applying so much of a receipt to a bill. Raises Refused."""
    number = bill["document_no"]
    if amount <= 0:
        raise Refused(Text("Bill {number}: write an amount above nothing. Nothing was applied.", number=number))
    if receipt["currency"] != bill["currency"]:
        raise Refused(
            Text(
                "Bill {number} is in {wanted}, the receipt in {given}. Nothing was applied; choose a bill in the same currency.",
                number=number, wanted=bill["currency"], given=receipt["currency"],
            )
        )  # fmt: skip
    if amount > bill["balance"]:
        raise Refused(
            Text("Only {amount} of bill {number} is open. Nothing was applied; lower the amount.", number=number, amount=show_money(max(0, bill["balance"])))
        )
    if amount > receipt["unapplied"]:
        raise Refused(
            Text("Only {amount} of the receipt is left to apply. Nothing was applied; lower an amount.", amount=show_money(max(0, receipt["unapplied"])))
        )


def _judge(desk: Desk, writing: Writing, account_id: int, came: Mapping[int, int]) -> None:
    """Add what came to each promise, and do the step it leads to. Only money that came with its receipt counts; what was
    judged by hand is changed by new money alone."""
    for promise in promises(desk.store.writer, account_id):
        received = promise["received"] + came.get(promise["id"], 0)
        state = rules.promise_state(promise["amount"], received, promise["due"], desk.today())
        moved = promise["id"] in came or promise["state"] == rules.OPEN
        if moved and state in STEP_TO and state != promise["state"] and promise["state"] != rules.WITHDRAWN:
            desk.move_in(writing, PROMISE, promise["id"], promise["version"], STEP_TO[state], values={"received": received})
        elif came.get(promise["id"]):
            writing.update(PROMISE, promise["id"], promise["version"], {"received": received})

