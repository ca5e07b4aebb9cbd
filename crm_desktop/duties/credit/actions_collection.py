"""What is done to collect, each one action in the log that undo takes back: a step done or skipped with its reason, credit stopped and
resumed, a dispute opened, and bills whose disputed part follows their disputes."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import queries, queries_collection, rules_collection, rules_law, words_collection
from crm_desktop.duties.credit.queries_collection import Debtor
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT
from crm_desktop.duties.credit.records_collection import (
    COLLECTION_STEP,
    DISPUTE,
    DONE,
    INSTALMENT_PLAN,
    OPEN,
    RUNNING,
    SKIPPED,
)
from crm_desktop.duties.credit.rules_collection import LETTER, Step
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.log import Change
from crm_desktop.store.rows import Writing, read

STEP_DONE, STEP_SKIPPED = Text("Collection step done"), Text("Collection step skipped")
STOPPED, RESUMED = Text("Credit stopped"), Text("Credit resumed")
QUARRELLED = Text("Dispute opened")


def _debtor(desk: Desk, account_id: int) -> tuple[Debtor, tuple[Step, ...]]:
    debtor = queries_collection.debtors(desk.store.writer, desk.today(), account_id).get(account_id)
    if debtor is None:
        raise Refused(Text("This client is no longer there; nothing was written."))
    return debtor, queries_collection.ladders(desk.store.writer)[debtor.ladder]


def _known(steps: tuple[Step, ...], key: str) -> Step:
    for each in steps:
        if each.key == key:
            return each
    raise Refused(Text("This step is no longer on the ladder; nothing was written."))


def step_done(desk: Desk, account_id: int, key: str, answer: str = "", **more: Any) -> Change:
    """Write down that a step was done today, with the answer. Raises Refused while a lower step still waits: it is done first, or skipped
    with a reason."""
    debtor, steps = _debtor(desk, account_id)
    _known(steps, key)
    open_keys = [each.step.key for each in debtor.waiting(steps, desk.today())]
    below = rules_collection.skipped_before(steps, key, open_keys)
    if below:
        what = words_collection.step_words(below[0])
        raise Refused(Text("'{step}' still waits: do it first, or skip it with a reason. Nothing was written.", step=what))
    return _write(desk, debtor, steps, key, STEP_DONE, {"outcome": DONE, "reason": answer} | more)


def step_skipped(desk: Desk, account_id: int, key: str, reason: str) -> Change:
    """Leave a step out, and say why. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(Text("Say why the step is skipped: none is left out silently."))
    debtor, steps = _debtor(desk, account_id)
    return _write(desk, debtor, steps, key, STEP_SKIPPED, {"outcome": SKIPPED, "reason": reason.strip()})


def _write(desk: Desk, debtor: Debtor, steps: tuple[Step, ...], key: str, action: Text, more: Row) -> Change:
    step = _known(steps, key)
    row: Row = {
        "account_id": debtor.id, "day": desk.today(), "step": key, "name": say(words_collection.step_words(step)), "channel": step.channel, "letter": step.letter,
        "amount": debtor.overdue(desk.today()), "currency": HOME,
    }  # fmt: skip
    with desk.writing(action) as writing:
        desk.save_in(writing, COLLECTION_STEP, None, 0, row | more)
    change: Change = writing.entry.change
    return change


def delivered(desk: Desk, row_id: int, way: str, day: str, proof: str = "", taken_by: str = "") -> Change:
    """A letter arrived: who took it, by what. It is the evidence that starts limitation anew."""
    row = read(desk.store.writer, COLLECTION_STEP, row_id)
    if row is None or row["gone"] is not None or row["channel"] not in (LETTER, rules_collection.LEGAL):
        raise Refused(Text("Only a letter is delivered; nothing was written."))
    return desk.save(COLLECTION_STEP, row_id, row["version"], {"evidence": "demand", "way": way, "delivered_on": day, "proof": proof, "taken_by": taken_by})


def slip_came_back(desk: Desk, writing: Writing, row: Row) -> None:
    """A slip that came back with its seal confirms every bill of the client whose statement was out by then."""
    if row["evidence"] != rules_law.CONFIRMED or not row["delivered_on"]:
        return
    for bill_id in queries_collection.to_confirm(writing.db, row["account_id"], row["delivered_on"]):
        bill = read(writing.db, RECEIVABLE, bill_id)
        assert bill is not None
        desk.move_in(writing, RECEIVABLE, bill_id, bill["version"], "confirm", values={"confirmed_on": bill["confirmed_on"] or row["delivered_on"]})


def stop_credit(desk: Desk, account_id: int, reason: str) -> Change:
    """Stop a client's credit: its agreement is suspended; where there is none, the client itself is marked. Raises Refused without a reason."""
    return _turn(desk, account_id, STOPPED, reason, "active", "suspend", "stopped")


def resume_credit(desk: Desk, account_id: int, reason: str) -> Change:
    """Let a client sign for its bills again."""
    return _turn(desk, account_id, RESUMED, reason, "suspended", "resume", "open")


def _turn(desk: Desk, account_id: int, action: Text, reason: str, state: str, step: str, credit: str) -> Change:
    if not reason.strip():
        raise Refused(Text("Say why: the cash points are told, and the log keeps it."))
    account = read(desk.store.writer, ACCOUNT, account_id)
    if account is None or account["gone"] is not None:
        raise Refused(Text("This client is no longer there; nothing was written."))
    if account["credit"] == credit:
        raise Refused(Text("The client's credit stands so already; nothing was changed."))
    found = queries.rows(desk.store.writer, CREDIT_AGREEMENT, "account_id = ? and state = ?", (account_id, state), "starts desc, id desc")
    with desk.writing(action, reason=reason.strip()) as writing:
        if found:
            desk.move_in(writing, CREDIT_AGREEMENT, found[0]["id"], found[0]["version"], step, reason=reason)
        desk.save_in(writing, ACCOUNT, account_id, account["version"], {"credit": credit})
    change: Change = writing.entry.change
    return change


# disputes


def open_dispute(desk: Desk, receivable_id: int, amount: int, kind: str, facts: str = "") -> Change:
    """A client quarrels about a part of a bill: that part waits, the rest is collected. Raises Invalid or Refused."""
    bill = read(desk.store.writer, RECEIVABLE, receivable_id)
    if bill is None or bill["gone"] is not None:
        raise Refused(Text("This bill is no longer there; nothing was written."))
    already = sum(row["amount"] for row in queries.rows(desk.store.writer, DISPUTE, "receivable_id = ? and state = ?", (receivable_id, OPEN)))
    if amount + already > bill["balance"]:
        raise Refused(Text("No more can be disputed than is open. Nothing was written; lower the amount."))
    values: Row = {"account_id": bill["account_id"], "receivable_id": receivable_id, "opened_on": desk.today(), "amount": amount, "kind": kind, "facts": facts}
    with desk.writing(QUARRELLED) as writing:
        desk.save_in(writing, DISPUTE, None, 0, values | {"due": rules_collection.answer_due(desk.today()), "owner_id": bill["owner_id"]})
        desk.save_in(writing, RECEIVABLE, receivable_id, bill["version"], {"disputed": already + amount})
    change: Change = writing.entry.change
    return change


def follow_disputes_in(desk: Desk, writing: Writing) -> None:
    """Let the disputed part of every bill be what its open disputes say."""
    for row_id, amount in queries_collection.stale_disputes(desk.store.writer):
        bill = read(desk.store.writer, RECEIVABLE, row_id)
        assert bill is not None
        desk.save_in(writing, RECEIVABLE, row_id, bill["version"], {"disputed": min(amount, max(0, bill["amount"]))})


def follow_plans_in(desk: Desk, writing: Writing) -> None:
    """Let every instalment plan say what receipts paid of it; one that is paid whole is fulfilled."""
    for plan, paid in queries_collection.stale_plans(desk.store.writer):
        if plan["state"] == RUNNING and plan["paid"] + paid >= plan["total"]:
            desk.move_in(writing, INSTALMENT_PLAN, plan["id"], plan["version"], "fulfil", values={"received": paid})
        else:
            desk.save_in(writing, INSTALMENT_PLAN, plan["id"], plan["version"], {"received": paid})
