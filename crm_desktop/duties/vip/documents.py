"""The papers of a VIP's reception: 接待申请表 F15 and 接待通知单 F16."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.rules import address
from crm_desktop.duties.vip import (
    documents_kitchen,
    documents_service,
    matters,
    queries,
    queries_plan,
    rules_amenities,
    rules_cards,
    rules_plan,
    words_reception,
)
from crm_desktop.duties.vip.records import APPLIED, REFUSED, VIP_STAY
from crm_desktop.duties.vip.words_reception import Reception
from crm_desktop.record import amount_words
from crm_desktop.record.countries import country
from crm_desktop.record.facts import DISLIKE, EXPIRED, LIKE, Fact
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Own, Text
from crm_desktop.store import papers
from crm_desktop.store.rows import get

OWN_WORDS = ("invited_by", "extras", "payer", "greeting", "car", "wording", "meetings", "guarding", "contact")
APPLICATION_SIGNS = (Text("Applied by"), Text("Head of the department"), Text("Director of sales"), Text("General manager"))


def _guest(ask: Ask, row: Row, person: Row, account: Row | None) -> dict[str, Any]:
    """Who comes, when and where: what both forms begin with."""
    return {
        "level": str(row["level"]), "guest": str(person["name"]), "latin": str(person["latin_name"]), "address": ask.say(address(person)),
        "sex": ask.say(PERSON.by_name["sex"].choice_text(person["sex"])), "nationality": ask.say(country(str(person["nationality"]))), "position": str(person["position"]),
        "unit": str(account["name"]) if account else "", "party": f"{row['party'] or 1}", "reason": str(row["reason"]),
        "arrival": _moment(row["arrival"], row["arrival_time"]), "departure": _moment(row["departure"], row["departure_time"]),
        "nights": f"{row.get('nights') or 0}", "transport": str(row["transport"]), "room": str(row["room_no"]), "owner": str(row["owner_id.name"] or ""),
        "must": _lines(row["must"]), "never": [], "remark": _lines(row["remark"]), "stage": ask.say(VIP_STAY.by_name["stage"].choice_text(row["stage"])),
        **{name: str(row[name] or "") for name in OWN_WORDS}, "letter": str(row["letter_no"] or "") if row["official"] else "",
        "expects": show_money(row["expects"]) if row["expects"] else "",
    }  # fmt: skip


def _moment(day: str, time: str) -> str:
    return f"{day} {time}".strip()


def _lines(words: str) -> list[str]:
    return [line.strip() for line in str(words or "").splitlines() if line.strip()]


def _read(reader: Any, ask: Ask) -> tuple[Row, dict[str, Any], list[Fact]] | None:
    row = get(reader, VIP_STAY, ask.row_id)
    person = get(reader, PERSON, row["guest_id"]) if row else None
    if row is None or person is None:
        return None
    account = get(reader, ACCOUNT, row["account_id"]) if row["account_id"] else None
    facts = [fact for fact in queries.facts_of(reader, [person["id"]])[person["id"]] if fact.standing(row["arrival"]) != EXPIRED]
    data = _guest(ask, row, person, account)
    data["never"] = matters.never_words(row, facts)
    return row, data, facts


def _planned_cost(reader: Any, row_id: int) -> str:
    """What the amenities cost, chosen or foreseen."""
    found = words_reception.reception(reader, row_id)
    return show_money(found.planned) if found and found.planned else ""


def application(reader: Any, ask: Ask) -> Content | None:
    """F15: who asks for what level, why, and what it may cost."""
    found = _read(reader, ask)
    if found is None:
        return None
    row, data, _ = found
    cap = int(row["cost_cap"] or 0)
    person = get(reader, PERSON, row["guest_id"]) or {}
    data |= {
        "cap": show_money(cap) if cap else "", "cap_zh": amount_words.chinese(cap, row["currency"]) if cap else "",
        "cap_en": amount_words.english(cap, row["currency"]) if cap else "", "planned": _planned_cost(reader, row["id"]), "stays": str(person.get("stays") or 0), "last_stay": str(person.get("last_stay") or ""),
    }  # fmt: skip
    return Content(data, data["guest"], hotel_id=row["hotel_id"], signs=[Sign(APPLICATION_SIGNS[0], data["owner"]), *(Sign(role) for role in APPLICATION_SIGNS[1:])])


def _service(ask: Ask, found: Reception) -> tuple[list[str], list[str]]:
    """What is laid out, day by day, and the meals with their menus; nothing that was struck."""
    days: dict[str, list[str]] = {}
    for row in found.issues:
        if row["name"] and row["state"] != rules_amenities.STRUCK:
            days.setdefault(str(row["day"])[5:], []).append(f"{row['time']} {row['name']}".strip())
    meals = [
        " ".join(filter(None, (str(card["meal_on"])[5:], card["meal_at"], card["place"], ask.say(Text("{n} covers", n=f"{card['covers']:,}")) if card["covers"] else "")))
        + (f"：{' · '.join(dishes)}" if (dishes := _dishes(card)) else "")
        for card in found.cards if card["kind"] == rules_cards.KITCHEN and (card["menu"] or card["meal_at"])
    ]  # fmt: skip
    return [f"{day}  {' · '.join(sorted(things))}" for day, things in sorted(days.items())], meals


def _dishes(card: Row) -> list[str]:
    """The dishes and drinks of a card; those that are stopped are crossed out."""
    stopped = {stop.dish for stop in rules_cards.unresolved(card)}
    return [f"✗{dish}" if dish in stopped else dish for dish in (*_lines(card["menu"]), *_lines(card["wine"]))]


def _task(ask: Ask, task: Row) -> str:
    """A task of the plan as a line of its department's box: 11-19 13:40 Room inspected."""
    words = queries_plan.words_of(task)
    return f"{str(task['day'])[5:]} {task['time']} {words if isinstance(words, str) else ask.say(words)}".replace("  ", " ")


def notice(reader: Any, ask: Ask) -> Content | None:
    """F16: what every department prepares until the guest has left; each has a box and signs for it. What comes after is in the plan, F16B."""
    found = _read(reader, ask)
    if found is None:
        return None
    row, data, facts = found
    data["likes"] = " · ".join(fact.name for fact in facts if fact.polarity == LIKE)
    data["dislikes"] = " · ".join(fact.name for fact in facts if fact.polarity == DISLIKE)
    data["warnings"] = [ask.say(words) for words, _ in matters.clash_words(row, facts)]
    places = [(Own(english or name, name), signs) for name, english, signs in papers.departments(reader, row["hotel_id"])]
    signs = [Sign(words, name) for words, name in places]
    planned = queries_plan.by_department(reader, row["id"])
    names = [name for name, _, _ in papers.departments(reader, row["hotel_id"])]
    room = queries.room_booked(reader, row["guest_id"], row["arrival"])
    data["rate"], data["type"] = (show_money(room[0]) if room and room[0] else "", str(room[1]) if room else "")
    service = words_reception.reception(reader, row["id"])
    data["laid"], data["meals"] = _service(ask, service) if service else ([], [])
    data["planned"] = [[_task(ask, task) for task in planned.get(name, []) if task["phase"] != rules_plan.AFTER] for name in names]
    return Content(data, data["guest"], hotel_id=row["hotel_id"], signs=signs)


def is_coming(row: Row) -> bool:
    """A notice goes out for a reception somebody approved."""
    return row.get("stage") not in (APPLIED, REFUSED)


FORMS = (
    PaperForm("F16", Text("VIP reception notice"), "vip_stay", notice, numbered=True, fits=is_coming),
    PaperForm("F16B", Text("Plan of a reception"), "vip_stay", documents_service.plan, turned=True, numbered=True, fits=is_coming),
    PaperForm("F15", Text("Application for a VIP reception"), "vip_stay", application, numbered=True, signs=APPLICATION_SIGNS),
    *documents_service.FORMS, *documents_kitchen.FORMS,
)
