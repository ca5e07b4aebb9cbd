"""What is known of a guest (a preference), as plain values: which still holds, what contradicts what, what is forbidden."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from crm_desktop.record import allergens
from crm_desktop.record.later import pattern
from crm_desktop.record.text import Text

LIKE, MUST, DISLIKE, NEVER = "like", "must", "dislike", "never"
WANTED = frozenset((LIKE, MUST))  # what a guest is to have; the others they are not to meet
HOLDS, OLD, EXPIRED = "holds", "old", "expired"
OLD_YEARS = 2  # a fact nobody has heard again for longer is shown as faded
_ORDER = {NEVER: 0, MUST: 1, DISLIKE: 2, LIKE: 3}
HALF_LIFE = 730  # days after which a fact told once is half as sure
UNPROVED = 80  # percent: how sure a fact without evidence is on its first day
_FILLING = pattern(
    r"(?:非常|特别|比较|很|最)?(?:喜欢|喜爱|爱吃|爱喝|偏好|偏爱|讨厌|厌恶|不喜欢|不爱|不吃|不喝|不要|不用|不能|忌食|忌讳|忌|过敏|对)"
    r"|(?<![a-z])(?:likes?|loves?|prefers?|dislikes?|hates?|never|no|not|allergic to|allergy|doesn't|does not|eats?|drinks?|the|a|an)(?![a-z])",
    re.IGNORECASE,
)
_GAPS = pattern(r"[\W_]+")
_ALLERGY = pattern(r"过敏|allerg", re.IGNORECASE)


COLUMNS = ("id", "person_id", "polarity", "name", "kind", "allergen", "source", "evidence", "told_on", "expires")  # of its table


class Fact:
    """What somebody knows of a guest, as plain values; `told_on` and `expires` may be ''."""

    def __init__(
        self, row_id: int, person_id: int, polarity: str, name: str, kind: str = "", allergen: str = "", source: str = "",
        evidence: str = "", told_on: str = "", expires: str = "",
    ) -> None:  # fmt: skip
        self.id, self.person_id, self.polarity, self.name = row_id, person_id, polarity, name
        self.kind, self.allergen, self.source, self.evidence = kind, allergen, source, evidence
        self.told_on, self.expires = told_on, expires

    def standing(self, day: str) -> str:
        """HOLDS, OLD (long not heard again) or EXPIRED on a day."""
        return standing(self.told_on, self.expires, day)


def standing(told_on: str, expires: str, day: str) -> str:
    """How far a fact still holds on a day: its own last day included; one without a date is not called old."""
    if expires and expires < day:
        return EXPIRED
    return OLD if told_on and told_on < _years_before(day, OLD_YEARS) else HOLDS


def confidence(told_on: str, times: int, evidence: str, day: str) -> int | None:
    """How sure a fact is on a day, in percent; None when nobody knows when it was told.

    It ages from the day it was last heard; each time it was heard again makes it age slower, to a quarter of the pace."""
    if not told_on:
        return None
    age = max(0, (dt.date.fromisoformat(day) - dt.date.fromisoformat(told_on)).days)
    pace = min(4, max(1, times))
    return round((100 if evidence else UNPROVED) * math.pow(0.5, age / (HALF_LIFE * pace)))


def same(one: Fact, polarity: str, name: str, allergen: str = "") -> bool:
    """True for a fact that what was just said confirms: felt alike, about the same, of no other allergen."""
    if one.polarity != polarity or (allergen and one.allergen and one.allergen != allergen):
        return False
    return (subject(one.name) or one.name) == (subject(name) or name)


def _years_before(day: str, years: int) -> str:
    date = dt.date.fromisoformat(day)
    if date.year <= years:
        return ""
    last = 28 if (date.month, date.day) == (2, 29) else date.day
    return date.replace(year=date.year - years, day=last).isoformat()


def by_weight(facts: Iterable[Fact]) -> list[Fact]:
    """Nevers first, then musts, dislikes and likes; the newest of each first."""
    newest = sorted(facts, key=lambda fact: (fact.told_on, fact.id), reverse=True)
    return sorted(newest, key=lambda fact: _ORDER.get(fact.polarity, len(_ORDER)))


def subject(name: str) -> str:
    """What a fact is about, without how it is felt: 羽绒枕 of 不喜欢羽绒枕."""
    return _GAPS.sub("", _FILLING.sub(" ", name)).lower()


def forbidden(facts: Iterable[Fact], *texts: str) -> set[str]:
    """The allergens a guest must never meet: of facts that say never, and of texts that say the same."""
    found: set[str] = set()
    for fact in facts:
        if fact.polarity == NEVER:
            found |= {fact.allergen} if fact.allergen else set()
            found |= set(allergens.named(fact.name, refused=True))
    for text in texts:
        found |= set(allergens.named(text, refused=True))
    return found - {"other"}


def _same_matter(one: Fact, other: Fact) -> bool:
    """One of them says yes and the other no: are they about the same thing?"""
    for no, yes in ((one, other), (other, one)):
        if no.polarity == NEVER and (no.allergen or _ALLERGY.search(no.name)) and forbidden([no]) & set(allergens.named(yes.name)):
            return True
    mine, theirs = subject(one.name), subject(other.name)
    if not mine or not theirs:
        return False
    if mine == theirs:
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    return one.kind == other.kind and len(shorter) > 1 and shorter in longer


def contradictions(facts: Sequence[Fact], day: str) -> list[tuple[Fact, Fact]]:
    """Pairs of one guest's facts that cannot both hold: the same thing liked and not liked; the newer one first.

    Expired facts contradict nobody any more; old ones do, so that somebody asks again."""
    living = [fact for fact in facts if fact.standing(day) != EXPIRED]
    pairs = [
        (one, other)
        for one, other in combinations(living, 2)
        if one.person_id == other.person_id and (one.polarity in WANTED) != (other.polarity in WANTED) and _same_matter(one, other)
    ]
    ordered = [tuple(sorted(pair, key=lambda fact: (fact.told_on, fact.id), reverse=True)) for pair in pairs]
    return sorted(((newer, older) for newer, older in ordered), key=lambda pair: pair[0].told_on, reverse=True)


FEELINGS = {LIKE: Text("Likes"), MUST: Text("Must have"), DISLIKE: Text("Dislikes"), NEVER: Text("Never")}


def words_of(fact: Fact) -> Text:
    """A fact on one line: how it is felt, what, who said so, when."""
    what = Text("{feeling}: {what}", feeling=FEELINGS.get(fact.polarity, ""), what=fact.name)
    known = " ".join(part for part in (fact.source, fact.told_on) if part)
    return Text("{what} ({who})", what=what, who=known) if known else what


def side_by_side(newer: Fact, older: Fact) -> Text:
    """Two facts that contradict each other, on one line."""
    return Text("Contradiction: {newer} ⇄ {older}", newer=words_of(newer), older=words_of(older))
