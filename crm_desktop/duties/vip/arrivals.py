"""The arrival card: who stands in the lobby, how to address them, why to meet them, what they like and must never meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients import rules as people
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.vip import matters, queries
from crm_desktop.duties.vip.queries import Present
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.facts import DISLIKE, EXPIRED, LIKE, Fact, contradictions, side_by_side
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.terms import query_words
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

MOST = 8  # cards; whoever types more finds fewer
BIRTHDAY_DAYS = 3
TOP_CLASS = "A"

Reason = tuple[Text, str]  # words and tone


class Arrival:
    """What one card shows. `record` and `row_id` are the stay or reception it stands for; `photo` an attachment, if any;
    `reasons` why to meet the guest, the most pressing first; `warnings` what is wrong with the preparations."""

    def __init__(self, found: Present, person: Row, account: Row | None) -> None:
        self.record, self.row_id, self.person_id = found.record, found.row_id, found.person_id
        self.account_id: int | None = account["id"] if account else None
        self.name, self.latin = str(person["name"]), str(person["latin_name"])
        self.address = people.address(person)
        self.level = str(found.level or person["vip"])
        self.unit, self.position = str(account["name"]) if account else "", str(person["position"])
        self.room, self.here = str(found.room), found.here
        self.arrival, self.arrival_time, self.departure = str(found.arrival), str(found.arrival_time), str(found.departure)
        self.stays, self.last_stay = int(person["stays"]), str(person["last_stay"])
        self.photo: int | None = None
        self.met = False
        self.purpose = ""
        self.reasons: list[Reason] = []
        self.warnings: list[Reason] = []
        self.nevers: list[str] = []
        self.dislikes: list[str] = []
        self.likes: list[str] = []


def arrival_cards(reader: Any, day: str, words: str) -> list[Arrival]:
    """The guests in house or arriving on a day whom these words may mean: a room number, or a piece of a name, its pinyin
    or initials. Without words, the VIPs of the day. At most eight, receptions first, by level, room and name."""
    meant = _meant(queries.present(reader, day), words.strip())[:MOST]
    facts = queries.facts_of(reader, [found.person_id for found in meant])
    return [card for found in meant if (card := _card(reader, found, facts[found.person_id], day)) is not None]


def _meant(found: Sequence[Present], words: str) -> list[Present]:
    """Each guest once: the reception before the plain stay, and the stay's room where the reception has none."""
    wanted = query_words(words)
    if not words:
        found = [each for each in found if each.level]
    elif any(each.room == words for each in found):
        rooms = {each.person_id for each in found if each.room == words}
        found = [each for each in found if each.person_id in rooms]
    else:
        found = [each for each in found if wanted and all(f" {word}" in f" {each.terms}" for word in wanted)]
    by_person: dict[int, Present] = {}
    for each in found:
        first = by_person.setdefault(each.person_id, each)
        first.room, first.here = first.room or each.room, first.here or each.here
    return sorted(by_person.values(), key=lambda each: (each.level or "~", not each.here, each.room, each.terms))


def _card(reader: Any, found: Present, facts: Sequence[Fact], day: str) -> Arrival | None:
    person = get(reader, PERSON, found.person_id)
    if person is None:
        return None
    unit = found.account_id or person["account_id"]
    account = get(reader, ACCOUNT, unit) if unit else None
    card = Arrival(found, person, account)
    stay = get(reader, VIP_STAY, found.row_id) if found.record == VIP_STAY.key else None
    _tell_facts(card, stay, facts, day)
    card.purpose = str(stay["reason"]) if stay else ""
    card.met = queries.was_met(reader, card.person_id, day)
    card.reasons = [
        *_about_birthday(str(person["birth_day"]), day), *_about_level(card, account),
        *_about_money(queries.owes(reader, account["id"], day) if account else []), *_about_stays(card),
    ]  # fmt: skip
    return card


def _tell_facts(card: Arrival, stay: Row | None, facts: Sequence[Fact], day: str) -> None:
    holding = [fact for fact in facts if fact.standing(day) != EXPIRED]
    row = stay or {}
    card.nevers = matters.never_words(row, holding)
    card.dislikes = [fact.name for fact in holding if fact.polarity == DISLIKE]
    card.likes = [fact.name for fact in holding if fact.polarity == LIKE]
    card.warnings = matters.clash_words(row, holding)
    card.warnings += [(side_by_side(newer, older), "amber") for newer, older in contradictions(facts, day)]


def _about_birthday(key: str, day: str) -> list[Reason]:
    coming = people.next_birthday(key, day)
    away = days_between(day, coming) if coming else BIRTHDAY_DAYS + 1
    if away > BIRTHDAY_DAYS:
        return []
    return [(people.birthday_words(key, coming, day), "amber")]


def _about_level(card: Arrival, account: Row | None) -> list[Reason]:
    vip = [(Text("VIP {level}", level=card.level), "purple")] if card.level else []
    return [*vip, (Text("Class A client"), "green")] if account and account["level"] == TOP_CLASS else vip


def _about_money(owed: Sequence[tuple[str, int, int]]) -> list[Reason]:
    out: list[Reason] = []
    for currency, total, late in owed:
        if late:
            out.append((Text("The unit owes {currency} {amount}, overdue {late}", currency=currency, amount=show_money(total), late=show_money(late)), "red"))
        else:
            out.append((Text("The unit owes {currency} {amount}, not yet due", currency=currency, amount=show_money(total)), ""))
    return out


def _about_stays(card: Arrival) -> list[Reason]:
    if not card.stays:
        return [(Text("First stay here"), "blue")]
    if card.last_stay and card.last_stay < add_days(card.arrival, -365):
        return [(Text("Back after more than a year"), "blue")]
    return []
