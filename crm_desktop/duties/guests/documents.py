"""Cards of arriving guests 抵店客史卡 F01B: one for each department, with what that department needs and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from crm_desktop.duties.clients import rules
from crm_desktop.duties.clients.queries_papers import companions_of, complaints_of
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.guests.rules import FRONT, KITCHEN, ROOMS, SEEN
from crm_desktop.duties.preferences.queries import of_person
from crm_desktop.duties.preferences.records import ALLERGENS
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record import codes
from crm_desktop.record.dates import days_between
from crm_desktop.record.facts import DISLIKE, EXPIRED, NEVER, Fact, forbidden
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

NOBODY: Row = {field.name: field.default for field in PERSON.fields} | {"id": 0, "account_id.name": ""}  # a booking whose guest nobody knows yet
DEPARTMENTS = {FRONT: Text("Front office"), ROOMS: Text("Housekeeping"), KITCHEN: Text("Kitchen")}
TITLES = {
    FRONT: Text("Arrival card for the front office"), ROOMS: Text("Arrival card for housekeeping"), KITCHEN: Text("Arrival card for the kitchen"),
}  # fmt: skip


def card(department: str, reader: Any, ask: Ask) -> Content | None:
    """F01B: who comes and when, and what this department may know: the kitchen food only, housekeeping the room only; for
    whom it was printed stands across the sheet."""
    stay = get(reader, STAY, ask.row_id)
    if stay is None:
        return None
    guest = (get(reader, PERSON, stay["guest_id"]) if stay["guest_id"] is not None else None) or NOBODY
    arrival, departure = stay["arrival"], stay["departure"]
    facts = [fact for fact in of_person(reader, guest["id"]) if fact.standing(arrival) != EXPIRED and _sees(department, fact)]
    data = {
        "department": ask.say(DEPARTMENTS[department]), "name": guest["name"], "called": ask.say(rules.address(guest)), "level": guest["vip"],
        "room": " ".join(filter(None, (stay["room_no"], stay["room_reserved"]))), "dates": f"{arrival} – {departure}",
        "guests": f"{stay['adults'] or 0} + {stay['children']}" if stay["children"] else f"{stay['adults'] or ''}",
        "never": [fact.name for fact in facts if fact.polarity == NEVER], "allergens": _allergens(ask, facts) if department != ROOMS else [],
        "likes": [fact.name for fact in facts if fact.polarity not in (NEVER, DISLIKE)], "dislikes": [fact.name for fact in facts if fact.polarity == DISLIKE],
        "birthday": _birthday(ask, guest, arrival, departure), **dict.fromkeys(("front", "unit", "position", "language", "stays", "last"), ""), "companions": [], "voice": [], "mark": f"{ask.say(DEPARTMENTS[department])} {ask.person} {ask.day}",
    }  # fmt: skip
    if department == FRONT:
        data |= _for_front(reader, ask, guest)
    return Content(data, f"{guest['name']} {arrival}".strip(), hotel_id=stay["hotel_id"], signs=[Sign(Text("Issued by"), ask.person), Sign(Text("Received by"))])


def _sees(department: str, fact: Fact) -> bool:
    return department not in SEEN or fact.kind in SEEN[department] or (department == KITCHEN and bool(fact.allergen))


def _allergens(ask: Ask, facts: list[Fact]) -> list[str]:
    words = {code: text for code, text, _ in ALLERGENS}
    return [ask.say(words.get(code, code)) for code in sorted(forbidden(facts))]


def _birthday(ask: Ask, guest: Row, arrival: str, departure: str) -> str:
    """A birthday that falls into the stay."""
    key = str(guest["birth_day"])
    coming = rules.next_birthday(key, arrival)
    return ask.say(rules.birthday_words(key, coming, arrival)) if coming and days_between(coming, departure) >= 0 else ""


def _for_front(reader: Any, ask: Ask, guest: Row) -> dict[str, Any]:
    """What only those who receive a guest need."""
    relations = next(iter(one.starter for one in codes.lists() if one.name == "companion_relation"), ())
    words = {code: text for code, text, _ in codes.choices("companion_relation", relations)}
    return {
        "front": "1", "unit": str(guest["account_id.name"] or ""), "position": str(guest["position"]), "language": guest["language"], "stays": f"{guest['stays']:,}", "last": guest["last_stay"],
        "companions": [f"{name}（{ask.say(words[relation])}）" if relation in words else name for name, relation in companions_of(reader, guest["id"])],
        "voice": complaints_of(reader, guest["id"]),
    }  # fmt: skip


def _build(department: str) -> Callable[[Any, Ask], Content | None]:
    return partial(card, department)


def comes(row: Row) -> bool:
    """A card is for somebody who comes or is here."""
    return row.get("status") in ("Booked", "In-House")


FORMS = tuple(PaperForm(f"F01B {key}", title, "stay", _build(key), template="F01B", size="A5", turned=True, fits=comes, apart=True) for key, title in TITLES.items())
