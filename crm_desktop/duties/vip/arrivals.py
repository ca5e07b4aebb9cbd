"""The arrival card: who stands in the lobby, how to address them, why to meet them, what they like and must never meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.desk import attachments
from crm_desktop.duties.clients import rules as people
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.vip import matters, queries, queries_greeting, queries_reasons
from crm_desktop.duties.vip.queries import Present
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record import reasons
from crm_desktop.record.facts import DISLIKE, EXPIRED, WANTED, Fact, contradictions, side_by_side
from crm_desktop.record.reasons import Reason
from crm_desktop.record.record import Row
from crm_desktop.record.terms import holds, query_words
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

MOST = 8  # cards; whoever types more finds fewer

Warned = tuple[Text, str]  # words and tone


class Arrival:
    """What one card shows. `record` and `row_id` are the stay or reception it stands for; `photo` the newest picture that lies by
    the guest, as the digest of its file; `reasons` why to meet the guest, in their order (a debt is none); `warnings` what is wrong with the preparations."""

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
        self.photo = ""
        self.met = False
        self.greeter = self.talk = self.keeper = self.elsewhere = ""  # who meets the guest, about what; who looks after them, where else
        self.purpose = ""
        self.reasons: list[Reason] = []
        self.warnings: list[Warned] = []
        self.nevers: list[str] = []
        self.dislikes: list[str] = []
        self.likes: list[str] = []


def arrival_cards(reader: Any, day: str, words: str) -> list[Arrival]:
    """The guests in house or arriving on a day whom these words may mean: a room number, or a piece of a name, its pinyin
    or initials. Without words, the VIPs of the day. At most eight, receptions first, by level, room and name."""
    meant = _meant(queries.present(reader, day), words.strip())[:MOST]
    facts = queries.facts_of(reader, [found.person_id for found in meant])
    known = queries_reasons.known(reader, [queries_reasons.of_present(reader, found) for found in meant], day)
    cards = [_card(reader, found, facts[found.person_id], day) for found in meant]
    for card in filter(None, cards):
        card.reasons = reasons.reasons(known[card.row_id], day) if card.row_id in known else []
    return [card for card in cards if card is not None]


def _meant(found: Sequence[Present], words: str) -> list[Present]:
    """Each guest once: the reception before the plain stay, and the stay's room where the reception has none."""
    wanted = query_words(words)
    if not words:
        found = [each for each in found if each.level]
    elif any(each.room == words for each in found):
        rooms = {each.person_id for each in found if each.room == words}
        found = [each for each in found if each.person_id in rooms]
    else:
        found = [each for each in found if wanted and holds(each.terms, wanted)]
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
    card.photo = "" if queries.is_confidential(reader, card.person_id) else attachments.photo(reader, card.person_id)
    card.met = queries.was_met(reader, card.person_id, day)
    greeting = queries_greeting.of_guest(reader, card.person_id, day)
    card.greeter, card.talk = (str(greeting["who"]), str(greeting["name"])) if greeting else ("", "")
    card.keeper, card.elsewhere = queries_greeting.keeper(reader, card.person_id, unit, day)
    return card


def _tell_facts(card: Arrival, stay: Row | None, facts: Sequence[Fact], day: str) -> None:
    holding = [fact for fact in facts if fact.standing(day) != EXPIRED]
    row = stay or {}
    card.nevers = matters.never_words(row, holding)
    card.dislikes = [fact.name for fact in holding if fact.polarity == DISLIKE]
    card.likes = [fact.name for fact in holding if fact.polarity in WANTED]
    card.warnings = matters.clash_words(row, holding)
    card.warnings += [(side_by_side(newer, older), "amber") for newer, older in contradictions(facts, day)]
