"""What is done with visits: a call written down at once, a report with its next step, next week's proposal accepted."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.care import words_proposal
from crm_desktop.duties.care.rules_proposal import Touch
from crm_desktop.duties.visits.causes import NEXT_STEP
from crm_desktop.duties.visits.records import DONE, PLANNED, VISIT
from crm_desktop.duties.visits.rules import kind_of, step_day
from crm_desktop.record.dates import local_time
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.log import Change

REPORTED, ACCEPTED = Text("Report written"), Text("Visits planned")
WORDS = 200  # characters of a follow-up, of a purpose


def log_call(
    desk: Desk,
    account_id: int | None,
    person_id: int | None,
    line: str,
    *,
    kind: str = "call",
    day: str = "",
    time: str = "",
    result: str = "",
    owner_id: int | None = None,
) -> Change:
    """A call or meeting that just took place, in one line; now, where nothing else is said. Raises Invalid."""
    row: Row = {"account_id": account_id, "person_id": person_id, "kind": kind, "day": day or desk.today(), "words": line, "result": result}
    row |= {"time": time or ("" if day else local_time().strftime("%H:%M")), "state": DONE}
    return desk.save(VISIT, None, 0, row | ({} if owner_id is None else {"owner_id": owner_id}))


def report(desk: Desk, visit_id: int, version: int, result: str, line: str, next: str = "", next_on: str = "") -> Change:
    """How a visit went, and what comes next: the visit is done and the next step is a follow-up, in one action.

    Without a day the next step is due on the next working day. Raises Conflict, Invalid, Refused."""
    visit = desk.get(VISIT, visit_id)
    if visit is None:
        raise Refused(Text("This visit is no longer there; the report was not saved."))
    values: Row = {"result": result, "words": line, "next": next}
    values["next_on"] = step_day(next_on, desk.today()) if next.strip() else ""
    with desk.writing(REPORTED) as writing:
        if visit["state"] == PLANNED:
            desk.move_in(writing, VISIT, visit_id, version, "done", values=values)
        else:
            desk.save_in(writing, VISIT, visit_id, version, values)
        if next.strip():
            desk.save_in(writing, desk.store.by_key["follow_up"], None, 0, _next_step(visit, next, values["next_on"]))
    change: Change = writing.entry.change
    return change


def _next_step(visit: Row, next: str, due: str) -> Row:
    """The follow-up of a report; of the same cause as the one the program would propose, which it so does not."""
    about = {"account_id": visit["account_id"], "person_id": visit["person_id"], "about": row_words(VISIT.key, visit["id"]), "cause": NEXT_STEP}
    return about | {"name": next.strip()[:WORDS], "due": due} | ({"owner_id": visit["owner_id"]} if visit["owner_id"] else {})


def accept(desk: Desk, rows: Sequence[Touch]) -> Change:
    """Plan the accepted visits of a proposal, each for its reasons, all in one action. Raises Refused when none was accepted."""
    if not rows:
        raise Refused(Text("No visit was accepted; nothing was planned."))
    with desk.writing(ACCEPTED) as writing:
        for one in rows:
            row: Row = {"account_id": one.client.id, "person_id": one.person_id, "kind": kind_of(one.kind, one.client.level), "day": one.day}
            row["purpose"] = say(words_proposal.why(one))[:WORDS]
            desk.save_in(writing, VISIT, None, 0, row | {"state": PLANNED, "owner_id": one.client.owner_id})
    change: Change = writing.entry.change
    return change
