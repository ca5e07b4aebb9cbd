"""What people do with receivables, each one action in the log that undo takes back whole. Amounts in minor units.

A receipt is applied to bills by rows of its own (`application`): what is paid of a bill and what is applied of a receipt
change with them, in the same action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.receivables import rules, rules_matching
from crm_desktop.duties.receivables.queries import (
    HOME,
    applications_of,
    missed,
    only_hotel,
    other_days,
    promises,
    receipts_besides,
)
from crm_desktop.duties.receivables.records import APPLICATION, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.record.kinds import Value
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import BY_ITSELF, Change
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
        _check_parts(given | {"unapplied": given.get("amount") or 0}, bills, applications)
        receipt = RECEIPT.typed(given | {"applied": sum(amount for _, amount in applications)})
        receipt["id"] = desk.save_in(writing, RECEIPT, None, 0, receipt)
        for receivable_id, amount in applications:
            _part(desk, writing, receipt, _living(desk, RECEIVABLE, receivable_id), amount, "")
        if receipt.get("account_id") is not None:
            known = promises(desk.store.writer, receipt["account_id"])
            _judge(desk, writing, receipt["account_id"], rules.credited(known, receipt["received_on"], receipt["amount"], receipt["currency"]))
    return _change(writing)


def _check_parts(receipt: Row, bills: Sequence[Row], applications: Applications) -> None:
    """What stands against all of it together: a bill may be named twice. Raises Refused."""
    left, owed = receipt["unapplied"], {bill["id"]: bill["balance"] for bill in bills}
    for bill, (_, amount) in zip(bills, applications, strict=True):
        _check_part(receipt | {"unapplied": left}, bill | {"balance": owed[bill["id"]]}, amount)
        left, owed[bill["id"]] = left - amount, owed[bill["id"]] - amount


def apply(desk: Desk, receipt_id: int, applications: Applications, why_short: str = "") -> Change:
    """Apply more of a receipt to bills; one whose client nobody knew gets that of the bills, whose promises are judged then.
    `why_short`: why bills stay open that this nearly pays, a code of that list. Raises Refused, and writes nothing, when that is
    more than is left or open."""
    with desk.writing(APPLIED) as writing:
        _apply(desk, writing, receipt_id, applications, why_short)
        receipt = _living(desk, RECEIPT, receipt_id)
        if receipt["account_id"] is None and applications:
            account_id = _living(desk, RECEIVABLE, applications[0][0])["account_id"]
            _set(desk, writing, RECEIPT, receipt, {"account_id": account_id})
            known = promises(desk.store.writer, account_id)
            _judge(desk, writing, account_id, rules.credited(known, receipt["received_on"], receipt["amount"], receipt["currency"]))
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


def unapply_all(desk: Desk, receipt_id: int, reason: str = "") -> Change:
    """Take back everything a receipt paid. Raises Refused where it pays nothing."""
    ids = applications_of(desk.store.writer, receipt_id)
    if not ids:
        raise Refused(Text("This receipt pays no bill; there is nothing to take back."))
    return unapply(desk, ids, reason)


def forget_receipt(desk: Desk, writing: Writing, receipt: Row) -> None:
    """A receipt somebody removes no longer keeps promises: they get back what no other receipt covers, in the same action."""
    if receipt["account_id"] is None:
        return
    known = promises(writing.db, receipt["account_id"])
    others = receipts_besides(writing.db, receipt["account_id"], receipt["id"])
    lost = rules.uncredited(known, receipt["received_on"], receipt["amount"], receipt["currency"], others)
    for promise in (one for one in known if one["id"] in lost):
        _rejudge(desk, writing, promise, promise["received"] - lost[promise["id"]])


def move_applications(_desk: Desk, writing: Writing, receipt: Row) -> None:
    """What a receipt pays counts from its day, also when that is corrected."""
    for row_id, version in other_days(writing.db, receipt["id"], receipt["received_on"]):
        writing.update(APPLICATION, row_id, version, {"day": receipt["received_on"]})


def _rejudge(desk: Desk, writing: Writing, promise: Row, received: int) -> None:
    """Less has come than was thought: the promise is open again, and then what it is by now."""
    if promise["state"] not in (rules.KEPT, rules.PART):
        writing.update(PROMISE, promise["id"], promise["version"], {"received": received})
        return
    desk.move_in(writing, PROMISE, promise["id"], promise["version"], "open", values={"received": received})
    state = rules.promise_state(promise["amount"], received, promise["due"], desk.today())
    if state in STEP_TO:
        desk.move_in(writing, PROMISE, promise["id"], promise["version"] + 1, STEP_TO[state])


def judge(desk: Desk, account_id: int) -> Change:
    """Say of a client's promises whose time is over whether they were kept, in part or not at all."""
    with desk.writing(JUDGED) as writing:
        _judge(desk, writing, account_id, {})
    return _change(writing)


def judge_all(desk: Desk) -> Change:
    """The same of every client, done by the program itself when a day has begun: nobody needs to be told."""
    with desk.writing(JUDGED, source=BY_ITSELF) as writing:
        for account_id in missed(desk.store.writer, desk.today()):
            _judge(desk, writing, account_id, {})
    change = _change(writing)
    change.quiet = True
    return change


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


def _apply(desk: Desk, writing: Writing, receipt_id: int, applications: Applications, why_short: str = "") -> None:
    """The parts, the bills they pay, and once what of the receipt is applied."""
    receipt = _living(desk, RECEIPT, receipt_id)
    left = receipt["unapplied"]
    for receivable_id, amount in applications:
        bill = _living(desk, RECEIVABLE, receivable_id)
        _check_part(receipt | {"unapplied": left}, bill, amount)
        _part(desk, writing, receipt, bill, amount, why_short)
        left -= amount
    if applications:
        _set(desk, writing, RECEIPT, _living(desk, RECEIPT, receipt_id), {"applied": receipt["applied"] + receipt["unapplied"] - left})


def _part(desk: Desk, writing: Writing, receipt: Row, bill: Row, amount: int, why_short: str) -> None:
    rest = bill["balance"] - amount
    short = rest if 0 < rest <= rules_matching.SHORT or (rest > 0 and why_short) else 0
    values = {"receipt_id": receipt["id"], "receivable_id": bill["id"], "amount": amount, "currency": bill["currency"], "short": short}
    values |= {"why_short": why_short if short else ""}
    desk.save_in(writing, APPLICATION, None, 0, values | {"day": receipt["received_on"]})
    _set(desk, writing, RECEIVABLE, bill, {"paid": bill["paid"] + amount})


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


apply_in = _apply  # as a part of an action that changes more
