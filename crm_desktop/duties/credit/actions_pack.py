"""What a credit meeting decides becomes a follow-up of whoever has to do it."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit.queries_pack import CAUSE, minutes
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.log import Change
from crm_desktop.store.rows import read

DECIDED, THERE = Text("Decided in the credit meeting"), Text("Who was at the credit meeting")


def decide(desk: Desk, account_id: int, about: str, words: str, due: str, owner_id: int | None = None) -> Change:
    """Write a decision down: what, until when, by whom (the client's owner where nobody is named). Raises Refused without words or for a day
    that is over, Invalid."""
    if not words.strip():
        raise Refused(Text("Write what is decided."))
    if due < desk.today():
        raise Refused(Text("{day} is over: give a day from today on.", day=due))
    account = read(desk.store.writer, ACCOUNT, account_id)
    if account is None or account["gone"] is not None:
        raise Refused(Text("This client is no longer there; nothing was written."))
    row: Row = {"name": words.strip(), "due": due, "account_id": account_id, "cause": CAUSE, "about": about, "urgency": 2}
    row["remark"] = say(Text("Credit meeting of {day}", day=desk.today()))
    who = owner_id if owner_id is not None else account["owner_id"]
    with desk.writing(DECIDED) as writing:
        desk.save_in(writing, desk.store.by_key["follow_up"], None, 0, row | ({} if who is None else {"owner_id": who}))
    change: Change = writing.entry.change
    return change


def keep_present(desk: Desk, present: str, absent: str = "") -> Change:
    """Write down who was at today's meeting and who was not: in the minutes of the meeting, which are begun with it."""
    record, known = desk.store.by_key["minutes"], minutes(desk.store.writer, desk.today())
    row: Row = {"present": present.strip(), "absent": absent.strip()}
    if known.id is None:
        row |= {"name": say(Text("Credit meeting of {day}", day=desk.today())), "kind": "credit", "day": desk.today()}
    with desk.writing(THERE) as writing:
        desk.save_in(writing, record, known.id, known.version, row)
    change: Change = writing.entry.change
    return change
