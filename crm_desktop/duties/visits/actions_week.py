"""What is done with a seller's week, a round of tables and a telephone sheet."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.visits import queries_week as queries
from crm_desktop.duties.visits import rules_week as rules
from crm_desktop.duties.visits.records import DONE, VISIT
from crm_desktop.duties.visits.records_week import CALL_LINE, CALL_SHEET, VISIT_WEEK
from crm_desktop.duties.visits.rules import step_day
from crm_desktop.record.ids import row_words
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

HANDED_IN, FILLED = Text("Week or month handed in"), Text("Call sheet filled")
AT_TABLE = "table-promise"  # the cause of the follow-up of what was promised at a table
WORDS = 200


def week_asked(_desk: Any, writing: Any, week: Row) -> None:
    """Nobody approves an empty week."""
    if not queries.planned(writing.db, week["owner_id"], week["week"], week["span"]):
        raise Refused(_nothing(week["span"], week["week"]))


def week_reported(_desk: Any, writing: Any, week: Row) -> None:
    """A report is put together from results: a visit that was made has one before it is handed in."""
    missing = queries.without_result(writing.db, week["owner_id"], week["week"], rules.last_day(week["span"], week["week"]))
    if missing:
        raise Refused(Text("{n} visits of these days have no result yet, the first is of {day}: choose it under 'Result', then hand in the report.", n=len(missing), day=missing[0]))


def _nothing(span: str, first: str) -> Text:
    if span == rules.MONTH:
        return Text("No visit is planned in the month of {day}: plan the month first, then ask.", day=first)
    return Text("No visit is planned in the week of {day}: plan the week first, then ask.", day=first)


def hand_in(desk: Desk, owner_id: int, day: str, span: str = rules.WEEK) -> Change:
    """Ask for the approval of a seller's week or month, in one action. Raises Refused when it was asked for already, or nothing is planned."""
    first = rules.begins(span, day)
    known = queries.week_of(desk.store.writer, owner_id, first, span)
    if known is not None and known[2] != rules.DRAFT:
        raise Refused(Text("This month was handed in already.") if span == rules.MONTH else Text("This week was handed in already."))
    if known is None and not queries.planned(desk.store.writer, owner_id, first, span):
        raise Refused(_nothing(span, first))
    with desk.writing(HANDED_IN) as writing:
        if known is None:
            desk.save_in(writing, VISIT_WEEK, None, 0, {"owner_id": owner_id, "span": span, "week": first, "state": rules.ASKED, "asked_on": desk.today()})
        else:
            desk.move_in(writing, VISIT_WEEK, known[0], known[1], "ask")
    change: Change = writing.entry.change
    return change


def table_promised(desk: Any, writing: Any, line: Row) -> None:
    """What was promised at a table is a follow-up of whoever went round, once."""
    about = row_words("table_line", line["id"])
    if not line["promise"] or queries.followed(writing.db, about):
        return
    words = " ".join(filter(None, (str(line["name"]), str(line["guest"]), str(line["promise"]))))
    row = {"name": words[:WORDS], "due": step_day(str(line["promise_on"]), desk.today()), "about": about, "cause": AT_TABLE}
    row |= {"account_id": line["account_id"], "person_id": line["person_id"]} | ({"owner_id": line["owner_id"]} if line["owner_id"] else {})
    desk.save_in(writing, desk.store.by_key["follow_up"], None, 0, row)


def call_made(desk: Any, writing: Any, line: Row) -> None:
    """A call that reached somebody is a contact of the client, with its next step."""
    sheet = desk.get(CALL_SHEET, line["sheet_id"]) or {}
    kind = "in-house" if sheet.get("kind") == rules.IN_HOUSE else "call"
    row = {name: line[name] for name in ("account_id", "person_id", "result", "words", "next", "next_on")}
    row |= {"kind": kind, "day": line["called_on"], "time": line["called_at"], "state": DONE, "purpose": line["why"]}
    row["place"] = line["room_no"]
    desk.save_in(writing, VISIT, None, 0, row | ({"owner_id": sheet["owner_id"]} if sheet.get("owner_id") else {}))


def call_again(desk: Any, writing: Any, line: Row) -> None:
    """Whoever was not reached stands on the sheet once more, three times at most; the call itself stays as it was."""
    if rules.tried_enough(line):
        return
    row = {name: line[name] for name in ("sheet_id", "account_id", "person_id", "name", "phone", "room_no", "why")}
    desk.save_in(writing, CALL_LINE, None, 0, row | {"attempt": int(line["attempt"]) + 1})


def call_kept(_desk: Any, _writing: Any, line: Row) -> None:
    """What was said in a call is not written anew afterwards."""
    if line["state"] != rules.WAITING:
        raise Refused(Text("This call was made: its result stays as it is. Note what is new in another call, or change the prospects."))


def call_leaving(_desk: Any, _writing: Any, line: Row) -> None:
    """A call that was made stays on its sheet."""
    if line["state"] != rules.WAITING:
        raise Refused(Text("This call was made: its result stays as it is. Note what is new in another call, or change the prospects."))


def fill(desk: Desk, sheet_id: int) -> Change:
    """Put on a sheet whom it is time to call (or, of in-house guests, to see), each with why. Raises Refused when nobody is left."""
    sheet = desk.get(CALL_SHEET, sheet_id)
    if sheet is None:
        raise Refused(Text("This sheet is no longer there; nothing was filled in."))
    rows = queries.proposed(desk.store.writer, sheet, desk.today())
    if not rows:
        raise Refused(Text("Nobody is left to be put on it: all were in time, asked not to be called, or stand on it already."))
    with desk.writing(FILLED) as writing:
        for row in rows:
            desk.save_in(writing, CALL_LINE, None, 0, row | {"sheet_id": sheet_id})
    change: Change = writing.entry.change
    return change
