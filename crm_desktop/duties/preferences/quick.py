"""A preference in one line, from anywhere: 1702 不吃花生 过敏 听太太说."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.preferences import actions, queries
from crm_desktop.duties.preferences.queries_rooms import guests_in, rooms_taken
from crm_desktop.duties.preferences.records import ALLERGENS, DISLIKE, KINDS, LIKE, MUST, NEVER, PREFERENCE
from crm_desktop.record import facts
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, choice_words
from crm_desktop.record.said import Preference, preference
from crm_desktop.record.text import Text
from crm_desktop.store.about import Named, named, subject

KIND_OF = {"pillow": "bed", "temperature": "climate"}
POLARITY_OF = {"never": NEVER, "dislike": DISLIKE, "like": LIKE, "must": MUST}
ALLERGENS_OF = {"seafood": ("fish", "shellfish"), "crustacean": ("shellfish",), "mollusc": ("shellfish",)}  # what the record calls them
_TONES = {NEVER: "red", DISLIKE: "amber", LIKE: "green", MUST: "blue"}
_CODES = {code for code, _, _ in KINDS}, {code for code, _, _ in ALLERGENS}


class QuickPreference:
    """Whom it is about (the room, a name, or the row on the screen), what, how strong, and who said so."""

    title = Text("A guest's preference in one line")
    hint = Text("1702 no peanuts, allergic, says his wife · 1702 不吃花生 过敏 听太太说")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """What the line says; several guests in a room, or a name that many have, are offered to pick from."""
        day = business_date()
        found = preference(typed, rooms_taken(reader, day))
        people = _people(reader, found, about, day)
        person = picks.get("person") or (people[0] if len(people) == 1 else None)
        polarity = POLARITY_OF.get(str(picks.get("polarity") or found.polarity), "")
        values = {
            "person_id": person.id if person else None, "name": found.text, "polarity": polarity,
            "kind": _known(KIND_OF.get(found.kind, found.kind), 0) or "other", "source": found.source, "evidence": found.evidence,
            "allergens": _allergens(found.allergens), "told_on": day,
        }  # fmt: skip
        missing = None if person else Text("Write the room number or the name of the guest")
        return Guess(_parts(values, person) + _known_before(reader, values, day), _doubts(found, people, picks), missing or (None if found.text else Text("Write what the guest likes or not")), values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Save it with the guest: a row for each allergen, so that none of them is overlooked, in one action.

        What is known already is confirmed instead of being there twice."""
        values = dict(guess.values)
        allergens = values.pop("allergens") or [""]
        with desk.writing(actions.NOTED) as writing:
            for allergen in allergens:
                actions.note_in(desk, writing, values | {"allergen": allergen})
        return writing.entry.change


def _people(reader: Any, found: Preference, about: About, day: str) -> list[Named]:
    if found.room:
        return guests_in(reader, found.room, day)
    if found.name and (people := named(reader, PERSON, found.name)):
        return people
    whom = subject(reader, about)
    return [Named(whom.person_id, whom.person, whom.account)] if whom.person_id else []


def _allergens(codes: Sequence[str]) -> list[str]:
    """The record's codes of the allergens named; one it does not know is kept as another."""
    wide = [code for said in codes for code in ALLERGENS_OF.get(said, (said,))]
    return list(dict.fromkeys(_known(code, 1) or "other" for code in wide))


def _known(code: str, which: int) -> str:
    return code if code in _CODES[which] else ""


def _parts(values: Mapping[str, Any], person: Named | None) -> list[Part]:
    who = [Part(Text("Guest"), f"{person.name} · {person.note}" if person.note else person.name)] if person else []
    tone = _TONES.get(values["polarity"], "")
    rest = [
        Part(Text("What"), values["name"]), Part(Text("Likes or not"), choice_words(PREFERENCE, "polarity", values["polarity"]), tone), Part(Text("Kind"), choice_words(PREFERENCE, "kind", values["kind"])),
        *(Part(Text("Allergen"), choice_words(PREFERENCE, "allergen", code), "red") for code in values["allergens"]), Part(Text("Who said so"), values["source"]),
        Part(Text("Evidence"), values["evidence"]),
    ]  # fmt: skip
    return who + [part for part in rest if part.words]


def _known_before(reader: Any, values: Mapping[str, Any], day: str) -> list[Part]:
    """What of the guest's file this confirms or contradicts."""
    if not values["person_id"] or not values["name"] or not values["polarity"]:
        return []
    known = queries.of_person(reader, values["person_id"])
    said = facts.Fact(0, values["person_id"], values["polarity"], values["name"], values["kind"], (*values["allergens"], "")[0], told_on=day)
    again = [one for one in known if facts.same(one, said.polarity, said.name, said.allergen)]
    against = [one for one in known if facts.contradictions([said, one], day)]
    return [Part(Text("Confirms"), facts.words_of(one), "green") for one in again[:1]] + [Part(Text("Contradicts"), facts.words_of(one), "amber") for one in against]


def _doubts(found: Preference, people: Sequence[Named], picks: Mapping[str, Any]) -> list[Doubt]:
    out = []
    if len(people) > 1 and "person" not in picks:
        out.append(Doubt("person", Text("Which guest?"), [(person.name, person.note, person) for person in people]))
    strengths: Sequence[str] = found.doubts.get("polarity", ())
    if strengths and "polarity" not in picks:
        codes = dict.fromkeys(POLARITY_OF[code] for code in strengths)
        out.append(Doubt("polarity", Text("Likes it or not?"), [(choice_words(PREFERENCE, "polarity", code), "", code) for code in codes]))
    return out
