"""A reception's service as it is made and kept: amenities from the matrix, the inspection list, the cards of the departments.

All of it begins with the step into preparation and follows the reception: what was handed out, looked at or signed stays,
what is still open is chosen anew."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip import (
    queries,
    queries_plan,
    queries_reception,
    rules_amenities,
    rules_cards,
    rules_inspection,
    rules_levels,
    rules_plan,
    rules_summary,
)
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_plan import TASK
from crm_desktop.duties.vip.records_service import AMENITY_ISSUE, GUEST_CARD, JOURNAL, ROOM_CHECK
from crm_desktop.record.dates import local_time
from crm_desktop.record.facts import Fact
from crm_desktop.record.ids import new_id
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.rows import get

HANDED_OUT, CARDS_ISSUED = Text("Amenities handed out"), Text("Department cards issued")
UP_TO_DATE, ROUND_DONE = Text("Reception brought up to date"), Text("Round of the inspection done")
GONE = Text("This reception was removed meanwhile; nothing was done.")
INSTEAD = {"KT": "FB", "FL": "HK"}  # who does it in a house without such a department
MEAL_LASTS = 120  # minutes
BY_RULE = (rules_amenities.FORBIDDEN, rules_amenities.UNOFFICIAL, rules_amenities.SAME)

Signs = dict[str, tuple[int, int | None]]


def begin(desk: Any, writing: Any, stay: Row) -> None:
    """Amenities, inspection list and cards of a reception; what is there already is not made twice."""
    reader = desk.store.writer
    level = rules_levels.mapped(queries_reception.levels(reader), stay["level"])
    facts = queries.facts_of(reader, [stay["guest_id"]])[stay["guest_id"]]
    signs = queries_plan.departments(reader, stay["hotel_id"])
    _amenities(desk, writing, stay, level, facts, signs)
    _checks(desk, writing, stay, level, signs)
    _cards(desk, writing, stay, facts, signs)


def follow(desk: Any, writing: Any, stay: Row) -> None:
    """Keep with the reception what was begun."""
    made_for = queries_reception.basis(desk.store.writer, stay["id"])
    if made_for is not None and made_for != _basis(stay):
        begin(desk, writing, stay)


def _basis(stay: Row) -> str:
    """What the service hangs on: while this stays the same, a later train changes the plan only."""
    return "|".join(str(stay[name] or "") for name in ("arrival", "departure", "level", "guest_id", "room_no", "official", "never"))


def refresh(desk: Any, stay_id: int) -> Any:
    """Make or choose anew what of a reception's service is still open, as an action of its own. Raises Refused."""
    stay = get(desk.store.writer, VIP_STAY, stay_id)
    if stay is None:
        raise Refused(GONE)
    with desk.writing(UP_TO_DATE) as writing:
        begin(desk, writing, stay)
    return writing.entry.change


# amenities


def _department(signs: Signs, code: str) -> tuple[int | None, int | None]:
    return signs.get(code) or signs.get(INSTEAD.get(code, "")) or (None, None)


def wanted(reader: Any, stay: Row, level: str, facts: list[Fact]) -> list[rules_amenities.Given]:
    """What a reception gets by the matrix, chosen for its guest."""
    holding = [fact for fact in facts if fact.standing(stay["arrival"]) != "expired"]
    past = queries_reception.given_before(reader, stay["guest_id"], stay["id"], stay["arrival"])
    guest = rules_amenities.Guest(holding, str(stay["never"] or ""), past, bool(stay["official"]))
    return rules_amenities.issue(queries_reception.matrix(reader), level, stay, guest)


def _amenities(desk: Any, writing: Any, stay: Row, level: str, facts: list[Fact], signs: Signs) -> None:
    found = {(one.day, one.kind, one.position): one for one in wanted(desk.store.writer, stay, level, facts)}
    there = {(row["day"], row["kind"], row["line"]): row for row in queries_reception.issues(desk.store.writer, stay["id"]) if row["source"] == rules_plan.PLANNED}
    for key, row in there.items():
        settled = row["state"] == rules_amenities.ISSUED or (row["state"] == rules_amenities.STRUCK and row["why"] not in BY_RULE)
        if settled:
            found.pop(key, None)
        elif key not in found:
            writing.remove(AMENITY_ISSUE, row["id"], row["version"])
        else:
            writing.update(AMENITY_ISSUE, row["id"], row["version"], issue_row(found.pop(key), stay, signs))
    if found:
        writing.add_several(AMENITY_ISSUE, {new_id(): AMENITY_ISSUE.blank() | issue_row(one, stay, signs) for one in found.values()})


def issue_row(one: rules_amenities.Given, stay: Row, signs: Signs) -> Row:
    """A thing of the matrix as a row of a reception."""
    return {
        "vip_stay_id": stay["id"], "guest_id": stay["guest_id"], "day": one.day, "time": one.time, "kind": one.kind, "name": one.name,
        "department_id": _department(signs, one.department)[0], "cost": one.cost, "state": rules_amenities.PLANNED if one.name else rules_amenities.STRUCK,
        "why": one.why.code, "about": one.why.about, "line": one.position, "source": rules_plan.PLANNED,
    }  # fmt: skip


def hand_out(desk: Any, stay_id: int) -> Any:
    """What is due by today and not struck was handed out. Raises Refused when there is nothing."""
    due = rules_amenities.due(queries_reception.issues(desk.store.writer, stay_id), desk.today())
    if not due:
        raise Refused(Text("No amenity is due today that was not handed out."))
    with desk.writing(HANDED_OUT) as writing:
        for row in due:
            desk.move_in(writing, AMENITY_ISSUE, row["id"], row["version"], "issue")
    return writing.entry.change


# the inspection


def _checks(desk: Any, writing: Any, stay: Row, level: str, signs: Signs) -> None:
    """The points of the level's rounds; in another room all is looked at again."""
    there = queries_reception.checks(desk.store.writer, stay["id"])
    for row in there:
        if row["room_no"] != stay["room_no"]:
            again = {"room_no": stay["room_no"], "guest_id": stay["guest_id"]}
            if row["room_no"]:
                again |= {"state": rules_inspection.TODO, "defect": "", "done_on": "", "done_at": ""}
            writing.update(ROOM_CHECK, row["id"], row["version"], again)
    have = {(row["round"], row["item"]) for row in there}
    new = {
        new_id(): ROOM_CHECK.blank() | {
            "vip_stay_id": stay["id"], "guest_id": stay["guest_id"], "room_no": stay["room_no"], "round": walk, "item": item,
            "owner_id": _department(signs, rules_inspection.DEPARTMENT[walk])[1], "source": rules_plan.PLANNED,
        }
        for walk, item in rules_inspection.list_for(level) if (walk, item) not in have
    }  # fmt: skip
    if new:
        writing.add_several(ROOM_CHECK, new)


def pass_round(desk: Any, stay_id: int, walk: str) -> Any:
    """Everything of a round that nobody looked at yet is fine, and its task of the plan is done. Raises Refused."""
    reader = desk.store.writer
    mine = [row for row in queries_reception.checks(reader, stay_id) if row["round"] == walk]
    todo = [row for row in mine if row["state"] == rules_inspection.TODO]
    if not todo:
        raise Refused(Text("Nothing of this round is left to look at."))
    now = f"{local_time():%H:%M}"
    with desk.writing(ROUND_DONE) as writing:
        writing.update_many(ROOM_CHECK, [(row["id"], row["version"], {"state": rules_inspection.PASSED, "done_on": desk.today(), "done_at": now}) for row in todo])
        if not rules_inspection.open_defects(mine):
            _task_done(desk, writing, stay_id, rules_inspection.TASK_OF[walk])
    return writing.entry.change


def _task_done(desk: Any, writing: Any, stay_id: int, code: str) -> None:
    task = next((row for row in queries_plan.tasks(desk.store.writer, stay_id) if row["task"] == code and row["state"] == rules_plan.OPEN), None)
    if task is not None:
        desk.move_in(writing, TASK, task["id"], task["version"], "done")


def ready(desk: Any, _writing: Any, stay: Row) -> None:
    """The room is ready: everything looked at, nothing broken, the cards signed. Raises Refused."""
    reader = desk.store.writer
    words = {code: text for code, text, _ in rules_cards.CARDS}
    unsigned = [words[row["kind"]] for row in queries_reception.cards(reader, stay["id"]) if row["state"] not in rules_cards.AGREED]
    no = rules_inspection.why_not_ready(queries_reception.checks(reader, stay["id"]), stay["room_no"], unsigned)
    if no is not None:
        raise Refused(no)
    if old := stale(reader, stay):
        raise Refused(Text("The guest's file says more than the {card} does: choose anew on the page of the reception, then have it signed again.", card=words[old[0]]))


def stale(reader: Any, stay: Row) -> list[str]:
    """The cards of a reception that no longer say what the guest's file says."""
    facts = queries.facts_of(reader, [stay["guest_id"]])[stay["guest_id"]]
    found = []
    for card in queries_reception.cards(reader, stay["id"]):
        told = rules_cards.told(card["kind"], facts, str(stay["never"] or ""), stay["arrival"])
        if (card["nevers"], card["codes"].split()) != ("\n".join(told.nevers), told.codes):
            found.append(card["kind"])
    return found


# the cards


def _cards(desk: Any, writing: Any, stay: Row, facts: list[Fact], signs: Signs) -> None:
    there = {row["kind"]: row for row in queries_reception.cards(desk.store.writer, stay["id"])}
    for kind, _, _ in rules_cards.CARDS:
        told = rules_cards.told(kind, facts, str(stay["never"] or ""), stay["arrival"])
        says: Row = {"basis": _basis(stay), "likes": "\n".join(told.likes), "dislikes": "\n".join(told.dislikes), "nevers": "\n".join(told.nevers), "codes": " ".join(told.codes)}
        card = there.get(kind)
        if card is None:
            first = {"kind": kind, "vip_stay_id": stay["id"], "guest_id": stay["guest_id"], "signer_id": _department(signs, rules_cards.SIGNS[kind])[1], "source": rules_plan.PLANNED}
            writing.add(GUEST_CARD, GUEST_CARD.blank() | first | says | ({"meal_on": stay["arrival"], "covers": stay["party"]} if kind == rules_cards.KITCHEN else {}))
        elif any(card[name] != value for name, value in says.items()):
            said = any(card[name] != value for name, value in says.items() if name != "basis")
            new = writing.update(GUEST_CARD, card["id"], card["version"], says)
            if said:
                card_changed(desk, writing, new)


def renew_card(desk: Any, writing: Any, card: Row) -> None:
    """What is known of a reception's guest now, in its card."""
    reader = desk.store.writer
    stay = get(reader, VIP_STAY, card["vip_stay_id"])
    if stay is not None:
        _cards(desk, writing, stay, queries.facts_of(reader, [stay["guest_id"]])[stay["guest_id"]], queries_plan.departments(reader, stay["hotel_id"]))


def issue_cards(desk: Any, stay_id: int) -> Any:
    """All cards that are being written go to their departments; none does while a dish is stopped. Raises Refused."""
    drafts = [row for row in queries_reception.cards(desk.store.writer, stay_id) if row["state"] == rules_cards.DRAFT]
    if not drafts:
        raise Refused(Text("Every card of this reception is issued already."))
    with desk.writing(CARDS_ISSUED) as writing:
        for row in drafts:
            desk.move_in(writing, GUEST_CARD, row["id"], row["version"], "issue")
    return writing.entry.change


def card_changed(desk: Any, writing: Any, card: Row) -> None:
    """What was issued or signed said something else: a new revision, to be issued and signed again. The meal stands in the plan."""
    _meal(desk, writing, card)
    if card["state"] != rules_cards.DRAFT:
        writing.update(GUEST_CARD, card["id"], card["version"], {"state": rules_cards.DRAFT, "revision": int(card["revision"] or 1) + 1})


def _meal(desk: Any, writing: Any, card: Row) -> None:
    """The meal of a kitchen card as a task of the plan: when and where it is written once."""
    if card["kind"] != rules_cards.KITCHEN or not card["vip_stay_id"] or not card["meal_at"]:
        return
    reader = desk.store.writer
    values = {"day": card["meal_on"], "time": card["meal_at"], "name": say(rules_cards.meal_words(card))}
    there = next((task for task in queries_plan.tasks(reader, card["vip_stay_id"]) if task["time"] == card["meal_at"] and task["phase"] == rules_plan.MEAL), None)
    there = there or next((task for task in queries_plan.tasks(reader, card["vip_stay_id"]) if task["task"] == rules_plan.SERVED), None)
    if there is None:
        department = _department(queries_plan.departments(reader, None), "FB")[0]
        writing.add(TASK, TASK.blank() | values | {
            "vip_stay_id": card["vip_stay_id"], "guest_id": card["guest_id"], "task": rules_plan.SERVED, "phase": rules_plan.MEAL, "anchor": rules_plan.CLOCK,
            "lasts": MEAL_LASTS, "department_id": department, "source": rules_plan.BY_HAND,
        })  # fmt: skip
    elif there["task"] == rules_plan.SERVED and there["state"] == rules_plan.OPEN:
        writing.update(TASK, there["id"], there["version"], values)


# the end


def filed(desk: Any, writing: Any, stay: Row) -> None:
    """What was found out becomes part of the guest's file, and the summary's task is done. Raises Refused."""
    from crm_desktop.duties.preferences import actions as tastes

    for note in rules_summary.to_file(queries_reception.notes(desk.store.writer, stay["id"])):
        who = (desk.get(desk.store.by_key["staff"], note["owner_id"]) or {}).get("name", "") if note["owner_id"] else ""
        tastes.note_in(desk, writing, {
            "person_id": stay["guest_id"], "name": note["name"], "kind": note["fact_kind"], "polarity": note["kind"], "source": who or desk.person,
            "evidence": say(Text("Journal of the stay from {day}", day=stay["arrival"])), "told_on": note["day"],
        })  # fmt: skip
        desk.move_in(writing, JOURNAL, note["id"], note["version"], "file")
    _task_done(desk, writing, stay["id"], "filed")
