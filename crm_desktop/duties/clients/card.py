"""The call card: who rings, how to address them, what they owe, what was said last, what they must never meet.

Found by the last digits of a number, initials, pinyin or any piece of a name. What other duties know of the client comes
through what they declare: `now`, `card` and `entries`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients import rules
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_roles import BOOKER, DECIDER, FINANCE, GUEST, ROLE, SIGNATORY
from crm_desktop.record.duty import Duty, Entries, NowPoint, TimelineEntry
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages, search, timeline
from crm_desktop.store.rows import get

SPEAKERS = (DECIDER, BOOKER, FINANCE, SIGNATORY)
MOST = 5  # cards; whoever types more finds fewer
CONTACTS, OTHERS = 3, 6
LEAST_DIGITS = 3
CONTACT = "visit"  # the record of visits and calls


class Card:
    """What one card shows. `record` and `row_id` say whose it is; `unit` (id, name) where a person works; `chips` class and
    level with their tones; `now` what matters about whoever it is, `unit_now` about the unit of a person; `facts` what was promised;
    `contacts` the last ones; `others` (id, words) the other people of the unit, those who decide and book first; `money` what a client
    owes, in few words."""

    def __init__(self, record: str, row: Row) -> None:
        self.record, self.row_id, self.name = record, int(row["id"]), str(row["name"])
        self.address: Text | str = ""
        self.place: list[Text | str] = []
        self.phone = str(row["phone"])
        self.owner = str(row.get("owner_id.name") or "")
        self.unit: tuple[int, str] | None = None
        self.chips: list[tuple[Text | str, str]] = []
        self.now: list[NowPoint] = []
        self.unit_now: list[NowPoint] = []
        self.facts: list[Figure] = []
        self.contacts: list[TimelineEntry] = []
        self.others: list[tuple[int, Text | str]] = []
        self.money: Text | None = None  # what a client owes, beside its name among others


def call_cards(reader: Any, typed: str, day: str, duties: Sequence[Duty] | None = None) -> list[Card]:
    """The people and clients whom these words may mean: numbers that end so, then names; at most five."""
    if duties is None:
        from crm_desktop.duties import DUTIES  # all of them know this one

        duties = DUTIES
    found: dict[tuple[str, int], None] = {}
    digits = "".join(typed.split())
    if digits.isdecimal() and len(digits) >= LEAST_DIGITS:
        for record in (PERSON, ACCOUNT):
            found.update(dict.fromkeys((record.key, row_id) for row_id in search.ending(reader, record, digits, MOST)))
    if len(found) < MOST:
        found.update(dict.fromkeys((hit.record, hit.id) for hit in search.find(reader, typed, MOST, (PERSON, ACCOUNT))))
    cards = [card for record, row_id in list(found)[:MOST] if (card := _card(reader, duties, record, row_id, day)) is not None]
    _add_money(reader, duties, [card for card in cards if card.record == ACCOUNT.key])
    return sorted(cards, key=lambda card: not _rings(card.phone, digits))


def _add_money(reader: Any, duties: Sequence[Duty], cards: Sequence[Card]) -> None:
    """What is said of found clients in a search, also beside their names here."""
    for duty in duties:
        facts = duty.hit_facts(reader, ACCOUNT.key, [card.row_id for card in cards]) if duty.hit_facts and cards else {}
        for card in cards:
            card.money = facts.get(card.row_id, card.money)


def _rings(phone: str, digits: str) -> bool:
    """True when this is the number that rings; a guest number may end with the same digits."""
    return digits.isdecimal() and "".join(c for c in phone if c.isdecimal()).endswith(digits)


def _card(reader: Any, duties: Sequence[Duty], key: str, row_id: int, day: str) -> Card | None:
    record = PERSON if key == PERSON.key else ACCOUNT
    row = get(reader, record, row_id)
    if row is None:
        return None
    card = Card(key, row)
    unit = row if record is ACCOUNT else get(reader, ACCOUNT, row["account_id"]) if row.get("account_id") else None
    if record is PERSON:
        _about_person(card, row, unit)
        card.place += _former(reader, row_id) if unit is None else []
    _add_chip(card, ACCOUNT, unit, "level")
    _add_chip(card, ACCOUNT, unit, "relation")
    whose = [(key, row_id), *([(ACCOUNT.key, int(unit["id"]))] if unit is not None and record is PERSON else [])]
    for about, about_id in whose:
        points = [point for duty in duties if duty.now for point in duty.now(reader, about, about_id, day)]
        into = card.now if about == key else card.unit_now
        into += [point for point in points if not _known(card, point)]
        card.facts += [fact for duty in duties if duty.card for fact in duty.card(reader, about, about_id, day) if not _told(card, fact)]
    card.contacts = _contacts(reader, duties, whose, day)
    card.others = _others(reader, unit, row_id) if unit is not None else []
    return card


def _about_person(card: Card, row: Row, unit: Row | None) -> None:
    card.address = rules.address(row)
    card.place = [row["position"], row["department"], PERSON.by_name["role"].choice_text(row["role"]) if row["role"] else ""]
    card.place = [part for part in card.place if part]
    card.unit = (int(unit["id"]), str(unit["name"])) if unit else None
    card.owner = card.owner or str((unit or {}).get("owner_id.name") or "")
    _add_chip(card, PERSON, row, "vip")


def _former(reader: Any, person_id: int) -> list[Text | str]:
    """The client somebody stood for last, who stands for none now."""
    query = pages.ListQuery(ROLE, [("person_id", "=", person_id), ("until", ">", "")], sort="until", descending=True, columns=("account_id", "until"))
    return [Text("With {client} until {day}", client=client, day=until) for _, _, client, until in pages.fetch(reader, query, limit=1) if client]


def _add_chip(card: Card, record: Any, row: Row | None, name: str) -> None:
    if row and row.get(name):
        field = record.by_name[name]
        card.chips.append((field.choice_text(row[name]), field.tone(row[name])))


def _known(card: Card, point: NowPoint) -> bool:
    """True when the person's own point leads to the same row, or says the same."""
    return any(each.words == point.words or (point.opens is not None and each.opens == point.opens) for each in card.now)


def _told(card: Card, fact: Figure) -> bool:
    """True when the person's own fact says it already."""
    return any(each.label == fact.label for each in card.facts)


def _contacts(reader: Any, duties: Sequence[Duty], whose: Sequence[tuple[str, int]], day: str) -> list[TimelineEntry]:
    """The last visits and calls: the person's own; of the unit where there are none."""
    records = {record.key: record for duty in duties for record in duty.records}
    entries = [_done(entry) for duty in duties for entry in duty.entries if entry.record == CONTACT]
    for about, about_id in whose:
        look = timeline.Look(entries, records, about, about_id)
        if found := timeline.before(reader, look, timeline.end_of(day), CONTACTS):
            return found
    return []


def _done(entry: Entries) -> Entries:
    """The same without those only planned."""
    return Entries(entry.record, entry.icon, entry.at, entry.by, entry.columns, entry.says, time=entry.time, when=("state", "done"))


def _others(reader: Any, unit: Row, row_id: int) -> list[tuple[int, Text | str]]:
    """Whoever speaks for the unit, by what they are to it, then its guests by name."""
    found: dict[int, Text | str] = {}
    for role in (*SPEAKERS, ""):
        narrower = [("role", "=", role)] if role else []
        query = pages.ListQuery(PERSON, [*narrower, ("account_id", "=", unit["id"]), ("id", "<>", row_id)], columns=("name", "position", "role"))
        for each, _, name, position, part in pages.fetch(reader, query, limit=OTHERS):
            found.setdefault(each, _named(name, position, part))
        if len(found) >= OTHERS:
            break
    return list(found.items())[:OTHERS]


def _named(name: str, position: str, role: str) -> Text | str:
    who = f"{name} {position}".strip()
    return Text("{first} ({second})", first=who, second=PERSON.by_name["role"].choice_text(role)) if role not in ("", GUEST) else who
