"""The papers of a reception's service: inspection and issue slip F17, summary F18, official reception list F30, cards F37."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients import queries_papers
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.rules import address
from crm_desktop.duties.preferences.records import ALLERGENS
from crm_desktop.duties.vip import (
    queries_kitchen,
    queries_plan,
    queries_reception,
    rules,
    rules_amenities,
    rules_cards,
    rules_inspection,
    rules_official,
    rules_plan,
    rules_summary,
    words_reception,
)
from crm_desktop.duties.vip.queries_plan import words_of
from crm_desktop.duties.vip.records import REFUSED, VIP_STAY
from crm_desktop.duties.vip.records_plan import TASK
from crm_desktop.duties.vip.records_service import AMENITY_ISSUE, GUEST_CARD
from crm_desktop.duties.vip.words_reception import ROUNDS, Reception, reception
from crm_desktop.record.dates import business_date, days_between, local_time
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import EN, Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say_in
from crm_desktop.store.rows import get

MARKS = {rules_inspection.PASSED: "√", rules_inspection.FIXED: "√", rules_inspection.DEFECT: "×", rules_inspection.TODO: ""}
SUMMARY_SIGNS = (Text("Written by"), Text("Director of sales"), Text("General manager"))
OFFICIAL_SIGNS = (Text("Filled in by"), Text("Receiving unit"), Text("Director of sales"))


def _lines(words: Any) -> list[str]:
    return [line.strip() for line in str(words or "").splitlines() if line.strip()]


def _head(reader: Any, ask: Ask, row: Row) -> dict[str, Any]:
    """Who, at what level, where and when: what all of them begin with."""
    person = get(reader, PERSON, row["guest_id"]) or {}
    account = get(reader, ACCOUNT, row["account_id"]) if row["account_id"] else None
    return {
        "guest": str(person.get("name", "")), "address": ask.say(address(person)) if person else "", "level": str(row["level"]), "room": str(row["room_no"]),
        "unit": str(account["name"]) if account else "", "position": str(person.get("position", "")), "arrival": f"{row['arrival']} {row['arrival_time']}".strip(),
        "departure": f"{row['departure']} {row['departure_time']}".strip(), "owner": str(row["owner_id.name"] or ""), "reason": str(row["reason"]),
        "party": f"{row['party'] or 1}", "stage": ask.say(VIP_STAY.by_name["stage"].choice_text(row["stage"])),
    }  # fmt: skip


# F17


def _issues(reader: Any, ask: Ask, found: Reception) -> list[list[str]]:
    departments, kinds, states = queries_reception.departments(reader), AMENITY_ISSUE.by_name["kind"], AMENITY_ISSUE.by_name["state"]
    return [
        [row["day"][5:], row["time"], ask.say(kinds.choice_text(row["kind"])), row["name"] or "–", say_in(departments.get(row["department_id"] or 0, ""), "en" if ask.language == EN else "zh_CN"),
         show_money(row["cost"]) if row["name"] else "", ask.say(states.choice_text(row["state"])) if row["state"] == rules_amenities.STRUCK else f"{row['done_on'][5:]} {row['done_at']}".strip(), _because(ask, row)]
        for row in found.issues
    ]  # fmt: skip


def _because(ask: Ask, row: Row) -> str:
    """Why this; nothing where it is simply as the matrix says. What it is about is nobody's who carries a fruit basket."""
    if row["why"] == rules_amenities.CHOSEN:
        return ""
    return ask.say(AMENITY_ISSUE.by_name["why"].choice_text(row["why"]))


def _mark(row: Row | None) -> str:
    return f"{MARKS[row['state']]} {row['done_at']}".strip() if row else "–"


def inspection(reader: Any, ask: Ask) -> Content | None:
    """F17: what is looked at in each round, with its time, defects; and the amenities with their cost."""
    found = reception(reader, ask.row_id)
    if found is None:
        return None
    by_place = {(row["item"], row["round"]): row for row in found.checks}
    checks = [
        [ask.say(item.title), ask.say(item.standard), *(_mark(by_place.get((item.code, walk))) for walk in ROUNDS)]
        for item in rules_inspection.ITEMS if any((item.code, walk) in by_place for walk in ROUNDS)
    ]  # fmt: skip
    defects = [
        [ask.say(rules_inspection.words_of(row)), ask.say(ROUNDS[row["round"]]), str(row["defect"]), row["done_at"], f"{row['fixed_on'][5:]} {row['fixed_at']}".strip()]
        for row in found.checks if row["defect"]
    ]  # fmt: skip
    data = _head(reader, ask, found.row) | {
        "checks": checks, "defects": defects, "issues": _issues(reader, ask, found),
        "total": show_money(found.planned), "cap": show_money(found.cap) if found.cap else "",
    }  # fmt: skip
    walked = [code for code in ROUNDS if any(row["round"] == code for row in found.checks)] or list(ROUNDS)[:1]
    return Content(data, data["guest"], hotel_id=found.row["hotel_id"], signs=[Sign(ROUNDS[code]) for code in walked])


# F18


def _moment(ask: Ask) -> str:
    """When the summary is looked at: now, on the business date."""
    day = ask.day or business_date()
    return f"{day}T{local_time():%H:%M}" if day == business_date() else day


def _notes(found: Reception, kinds: Sequence[str]) -> list[str]:
    return [f"{row['day'][5:]} {row['time']} {row['name']}".replace("  ", " ") + (f" → {row['done']}" if row["done"] else "") for row in found.notes if row["kind"] in kinds]


def summary(reader: Any, ask: Ask) -> Content | None:
    """F18: what was planned against what was done, the cost against the cap, what was found out, faults and praise."""
    found = reception(reader, ask.row_id)
    if found is None:
        return None
    row, balance, departments = found.row, rules_summary.Balance(found.tasks, _moment(ask)), queries_reception.departments(reader)
    cost = int(row["actual_cost"] or row["amenity_cost"] or 0)
    missed = [task for task in found.tasks if task["state"] == rules_plan.SKIPPED or (task["state"] == rules_plan.DONE and rules_summary.is_late(task)) or (task["state"] == rules_plan.OPEN and not rules_summary.is_coming(task, _moment(ask)))]
    faults = [[note["day"][5:], ask.say(departments.get(note["department_id"] or 0, "")), note["name"], note["done"]] for note in found.notes if note["kind"] == rules_summary.FAULT]
    data = _head(reader, ask, row) | {
        "planned": f"{balance.planned}", "done": f"{balance.done}", "late": f"{balance.late}", "left": f"{balance.left}", "open": f"{balance.open}", "share": f"{balance.share} %",
        "cost": show_money(cost), "cap": show_money(found.cap) if found.cap else "", "under": show_money(found.cap - cost) if found.cap else "",
        "missed": [_missed(ask, task) for task in missed], "faults": faults, "coming": [_coming(ask, task) for task in found.tasks if rules_summary.is_coming(task, _moment(ask))],
        "unknown": [[ask.say(words), "、".join(ask.say(kind) for kind in kinds)] for words, kinds in words_reception.unknown(reader, found)],
        "likes": _notes(found, (rules_summary.LIKE,)), "dislikes": _notes(found, (rules_summary.DISLIKE, rules_summary.NEVER)),
        "praise": _notes(found, (rules_summary.PRAISE,)), "suggestions": _notes(found, (rules_summary.SUGGESTION,)),
        "reactions": _notes(found, (rules_summary.REACTION, rules_summary.REQUEST, rules_summary.CHANGE)),
        "review": _lines(row["review"]), "due": rules.review_due(row["departure"]), "filed": ask.say(Text("Filed")) if row["stage"] == rules.REVIEWED else "",
    }  # fmt: skip
    return Content(data, data["guest"], hotel_id=row["hotel_id"], signs=[Sign(SUMMARY_SIGNS[0], data["owner"]), *(Sign(role) for role in SUMMARY_SIGNS[1:])])


STATES = {rules_plan.OPEN: Text("Never done"), rules_plan.SKIPPED: Text("Left out"), rules_plan.DONE: Text("Done late")}


def _missed(ask: Ask, task: Row) -> list[str]:
    due, done = f"{task['day'][5:]} {task['time']}".strip(), f"{task['done_on'][5:]} {task['done_at']}".strip()
    return [due, ask.say(words_of(task)), ask.say(STATES[task["state"]]), done]


def _coming(ask: Ask, task: Row) -> str:
    return f"{task['day'][5:]} {ask.say(words_of(task))}"


# F16B


def plan(reader: Any, ask: Ask) -> Content | None:
    """F16B: every task with when, whose, the standard it is held to, the evidence, and who signed for it at what time."""
    row = get(reader, VIP_STAY, ask.row_id)
    if row is None:
        return None
    departments, people = queries_reception.departments(reader), queries_reception.names(reader, "staff")
    phases, shown = TASK.by_name["phase"], [task for task in queries_plan.tasks(reader, row["id"]) if task["state"] != rules_plan.SKIPPED]
    data = _head(reader, ask, row) | {"transport": str(row["transport"]), "tasks": [
        [
            f"{task['day'][5:]} {task['time']}".strip(), ask.say(phases.choice_text(task["phase"])), ask.say(words_of(task)), ask.say(departments.get(task["department_id"] or 0, "")),
            people.get(task["owner_id"] or 0, ""), _should(ask, task), ask.say(TASK.by_name["evidence"].choice_text(task["evidence"])) if task["evidence"] else "",
            f"{task['signed_by']} {task['done_on'][5:]} {task['done_at']}".strip() if task["state"] == rules_plan.DONE else "",
        ]
        for task in shown
    ]}  # fmt: skip
    return Content(data, data["guest"], hotel_id=row["hotel_id"], signs=[Sign(Text("Made by"), data["owner"]), Sign(Text("Director of sales"))])


def _should(ask: Ask, task: Row) -> str:
    found = rules_plan.BY_CODE.get(task["task"])
    return str(task["standard"] or (ask.say(found.should) if found else ""))


# F30


def official(reader: Any, ask: Ask) -> Content | None:
    """F30: the list of an official reception: who came on what letter, what was done where and when, what it cost, who dined along."""
    found = reception(reader, ask.row_id)
    if found is None:
        return None
    row, kinds = found.row, AMENITY_ISSUE.by_name["kind"]
    guests = int(row["party"] or 1)
    meals = [[f"{task['day']} {task['time']}".strip(), ask.say(words_of(task)), "", ""] for task in found.tasks if task["phase"] == rules_plan.MEAL]
    things = [
        [one["day"], f"{ask.say(kinds.choice_text(one['kind']))} {one['name']}", "1", show_money(one["cost"])] for one in found.issues if one["name"] and one["state"] != rules_amenities.STRUCK
    ]  # fmt: skip
    nights = max(1, days_between(row["arrival"], row["departure"]))
    data = _head(reader, ask, row)
    data |= {
        "letter": str(row["letter_no"]), "nights": f"{nights}", "items": [*meals, *things], "total": show_money(found.planned),
        "diners": f"{rules_official.companions_at_table(guests)}", "must": _lines(row["must"]), "struck": sorted({ask.say(kinds.choice_text(one["kind"])) for one in found.issues if one["why"] == rules_amenities.UNOFFICIAL}),
        "people": _party(reader, row, data), "none": [ask.say(name) for name, _ in rules_official.STRUCK],
    }  # fmt: skip
    return Content(data, data["guest"], hotel_id=row["hotel_id"])


def _party(reader: Any, row: Row, data: dict[str, Any]) -> list[list[str]]:
    """Who came: the leader, then those known to come along; the other lines are written by hand."""
    along = [name for name, _ in queries_papers.companions_of(reader, row["guest_id"])][: int(row["party"] or 1) - 1]
    return [["1", data["guest"], data["unit"], data["position"]], *([f"{at}", name, data["unit"], ""] for at, name in enumerate(along, 2))]


# F37


def card(reader: Any, ask: Ask) -> Content | None:
    """F37: what one department may know of a guest, or of those at a function, for one meal or the room; dishes that are stopped stand in red."""
    row = get(reader, GUEST_CARD, ask.row_id)
    stay = get(reader, VIP_STAY, row["vip_stay_id"]) if row and row["vip_stay_id"] else None
    if row is None or not (stay or row["booking_id"]):
        return None
    about = stay or {"guest_id": row["guest_id"], "level": "", "room_no": "", "arrival": "", "arrival_time": "", "hotel_id": None, "owner_id.name": ""}
    person = get(reader, PERSON, about["guest_id"]) or {} if about["guest_id"] else {}
    kitchen, words = row["kind"] == rules_cards.KITCHEN, {code: text for code, text, _ in ALLERGENS}
    name = str(row["guests"] or person.get("name", ""))
    data = {
        "kind": ask.say(Text("Kitchen") if kitchen else Text("Housekeeping")), "guest": name, "address": ask.say(address(person)) if person else "", "level": str(about["level"]),
        "room": "" if kitchen else str(about["room_no"]), "arrival": "" if kitchen else f"{about['arrival']} {about['arrival_time']}".strip(), "revision": f"{row['revision']}",
        "nevers": _lines(row["nevers"]), "allergens": [ask.say(words.get(code, code)) for code in str(row["codes"] or "").split()], "likes": _lines(row["likes"]), "dislikes": _lines(row["dislikes"]),
        "place": str(row["place"]), "meal": f"{row['meal_on']} {row['meal_at']}".strip() if kitchen else "", "covers": f"{row['covers'] or ''}" if kitchen else "",
        "menu": _lines(row["menu"]), "wine": _lines(row["wine"]), "stops": [f"{stop.dish}（{'、'.join(stop.words)}）" for stop in rules_cards.unresolved(row)], "excused": _lines(row["excused"]),
        "state": ask.say(GUEST_CARD.by_name["state"].choice_text(row["state"])), "signed": f"{row['signed_on']} {row['signed_at']}".strip(), "remark": _lines(row["remark"]),
        "kitchen": "1" if kitchen else "",
    }  # fmt: skip
    signs = [Sign(Text("Issued by"), str(about["owner_id.name"] or "")), Sign(Text("Signed for by"), str(row["signer_id.name"] or ""))]
    return Content(data, f"{data['kind']} {data['guest']}", hotel_id=about["hotel_id"], signs=signs)


def is_official(row: Row) -> bool:
    """An official reception has its list."""
    return bool(row.get("official"))


def is_begun(row: Row) -> bool:
    """The inspection begins with the preparation."""
    return row.get("stage") not in (rules.APPLIED, rules.APPROVED, REFUSED)


def is_over(row: Row) -> bool:
    """A summary is of a reception that has ended."""
    return row.get("stage") in (rules.DEPARTED, rules.REVIEWED)


FORMS = (
    PaperForm("F17", Text("Room inspection and amenities"), "vip_stay", inspection, numbered=True, fits=is_begun),
    PaperForm("F18", Text("Summary of a VIP reception"), "vip_stay", summary, numbered=True, fits=is_over, signs=SUMMARY_SIGNS),
    PaperForm("F30", Text("List of an official reception"), "vip_stay", official, numbered=True, fits=is_official, signs=OFFICIAL_SIGNS),
    PaperForm("F37", Text("Card of a guest's likes"), "guest_card", card, size="A5", turned=True, numbered=True, held=queries_kitchen.held_card),
)

