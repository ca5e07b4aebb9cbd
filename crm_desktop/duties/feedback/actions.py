"""What a step of one duty does in another: a settled complaint wants a call-back, and its answer settles or reopens it."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.feedback import queries, rules
from crm_desktop.duties.feedback.records import FEEDBACK
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say

COMPLAINT = "complaint"


def call_back_due(desk: Any, writing: Any, complaint: Row) -> None:
    """The guest agrees: somebody else than the handler calls back in time. Nobody is asked who would not be contacted."""
    if not complaint["consent"] or queries.is_waited_for(desk.store.writer, complaint["id"]):
        return
    values: Row = {name: complaint[name] for name in ("phone", "account_id", "person_id", "booking_id", "hotel_id")}
    values |= {"name": complaint["guest"] or complaint["name"], "complaint_id": complaint["id"], "owner_id": None}
    desk.save_in(writing, FEEDBACK, None, 0, values | {"due": rules.due_day(complaint["severity"], desk.today())})


def answered(desk: Any, writing: Any, row: Row) -> None:
    """The answer goes into its complaint: called back, or opened again when the guest is not satisfied."""
    record = desk.store.by_key[COMPLAINT]
    complaint = desk.get(record, row["complaint_id"]) if row["complaint_id"] else None
    if complaint is None:
        return
    values = {"called_on": row["asked_on"], "called_at": row["asked_at"], "caller_id": row["owner_id"], "call_back": row["grade"]}
    if row["grade"] == rules.UNHAPPY:
        if complaint["state"] in record.machine.move("reopen").sources:
            reason = say(Text("Dissatisfied at the call-back: {words}", words=row["words"]))
            desk.move_in(writing, record, complaint["id"], complaint["version"], "reopen", reason=reason)
    else:
        _called_back(desk, writing, complaint, values)


def unanswered(desk: Any, writing: Any, row: Row) -> None:
    """Nobody was reached, or would answer: the complaint goes on without an answer, and says so."""
    complaint = desk.get(desk.store.by_key[COMPLAINT], row["complaint_id"]) if row["complaint_id"] else None
    if complaint is not None:
        _called_back(desk, writing, complaint, {"called_on": row["asked_on"], "called_at": row["asked_at"], "caller_id": row["owner_id"], "call_back": "not-reached"})


def _called_back(desk: Any, writing: Any, complaint: Row, values: Row) -> None:
    record = desk.store.by_key[COMPLAINT]
    if complaint["state"] in record.machine.move("call-back").sources:
        desk.move_in(writing, record, complaint["id"], complaint["version"], "call-back", values=values)
