"""A month's proposal taken into its plan, and the usual standards of care written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.care import queries_proposal, words_proposal
from crm_desktop.duties.care.records import APPROVAL, CARE_ITEM, CARE_PLAN, DRAFT
from crm_desktop.duties.care.records_standard import CARE_STANDARD
from crm_desktop.duties.care.rules_proposal import HOLD, SEVERE, STOPPED, Left, Touch
from crm_desktop.duties.care.rules_standard import DEFAULTS
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.log import Change

PLANNED, SET = Text("Month planned"), Text("Standards of care written down")
WORDS = 200  # characters of what is planned
SUPPRESSED, MOST_LEFT = (HOLD, STOPPED, SEVERE), 60  # reasons that hold somebody back altogether; so many are named


def item_of(touch: Touch) -> Row:
    """What a touch is as a plan item."""
    client = touch.client
    return {
        "account_id": client.id, "person_id": touch.person_id, "kind": touch.kind, "day": touch.day, "name": say(words_proposal.why(touch))[:WORDS],
        "budget": touch.budget, "owner_id": client.owner_id,
    }  # fmt: skip


def held_back(left: Sequence[Left], begin: str) -> Row:
    """What of a proposal is kept about those who are held back: how many, and a line for each with its reason."""
    held = [one for one in left if one.why in SUPPRESSED]
    return {"suppressed": len(held), "left_out": "\n".join(say(words_proposal.left_sentence(one, begin)) for one in held[:MOST_LEFT])}


def accept(desk: Desk, code: str, touches: Sequence[Touch], names: Sequence[str] = (), left: Sequence[Left] = ()) -> Change:
    """Take touches into the month's plan, which is begun where there is none: one action, one undo. `names`: what is planned, where
    somebody wrote it otherwise ('' = as proposed); `left`: who was not proposed, of whom those held back are kept with their reason.
    Raises Refused when nothing was accepted or the plan is just being approved."""
    if not touches:
        raise Refused(Text("Nothing was accepted; nothing was planned."))
    plan = queries_proposal.plan_of_month(desk.store.writer, code)
    if plan is not None and plan[1] == APPROVAL:
        raise Refused(Text("The plan of {period} is just being approved; nothing was added. Have it sent back first, or wait for the approval.", period=code))
    with desk.writing(PLANNED) as writing:
        new: Row = {"name": say(Text("Maintenance plan of {period}", period=code)), "code": code, "state": DRAFT} | ({"owner_id": desk.person_id} if desk.person_id else {})
        plan_id = _plan(desk, writing, plan[0] if plan is not None else None, new | held_back(left, f"{code}-01"))
        for at, touch in enumerate(touches):
            item = item_of(touch)
            if at < len(names) and names[at]:
                item["name"] = names[at]
            desk.save_in(writing, CARE_ITEM, None, 0, item | {"plan_id": plan_id})
    change: Change = writing.entry.change
    return change


def _plan(desk: Desk, writing: Any, plan_id: int | None, values: Row) -> int:
    """A new plan of the month, or the one there is with who is held back this time."""
    known = desk.get(CARE_PLAN, plan_id) if plan_id is not None else None
    if known is None:
        return desk.save_in(writing, CARE_PLAN, None, 0, values)
    told = {name: values[name] for name in ("suppressed", "left_out")}
    if told["suppressed"] and told != {name: known[name] for name in told}:
        desk.save_in(writing, CARE_PLAN, known["id"], known["version"], told)
    return int(known["id"])


def write_usual(desk: Desk) -> Change:
    """The usual table from today on, to be changed row by row. Raises Refused when the hotel has one already."""
    if queries_proposal.standards(desk.store.writer):
        raise Refused(Text("There is a table already; change it, or add a row that holds from another day."))
    with desk.writing(SET) as writing:
        for level, row in reversed(DEFAULTS.items()):  # the newest stands first: A
            values: Row = row | {"level": level, "since": desk.today(), "reason": say(Text("The usual table of the trade"))}
            desk.save_in(writing, CARE_STANDARD, None, 0, values | ({"set_by": desk.person_id} if desk.person_id else {}))
    change: Change = writing.entry.change
    return change
