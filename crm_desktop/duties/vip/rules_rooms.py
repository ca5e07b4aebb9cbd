"""Rules of choosing a room for a reception: which free rooms fit a guest, and why, in an order that can be explained.

A room speaks for itself by its number, floor, type and what is noted of it; a guest by earlier rooms and by what is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from crm_desktop.duties.vip.rules import things
from crm_desktop.record.facts import EXPIRED, WANTED, Fact
from crm_desktop.record.later import pattern
from crm_desktop.record.text import Text

MOST = 5  # rooms that are offered
BEFORE, TYPE, ENDING, FLOOR, NOTED, DEAR = 40, 30, 15, 12, 10, 8  # how much each reason weighs
SUITES = ("V1", "V2")  # levels that get the dearest types
OF_ROOM = frozenset(("room", "noise", "taboo", "habit", "smoking", "climate"))
_ENDING = pattern(r"(?:尾号|尾数|号尾|ending(?: in)?)\D{0,6}(\d)", re.IGNORECASE)
_NUMBER = pattern(r"(?:带|含|有|with)\s*(\d)", re.IGNORECASE)
_HIGH = pattern(r"高楼层|高层|楼层高|high(?:er)? floor", re.IGNORECASE)
_LOW = pattern(r"低楼层|低层|楼层低|low(?:er)? floor", re.IGNORECASE)
_NOT = pattern(r"不|避|忌|勿|别|没|never|not|no |avoid", re.IGNORECASE)


class Room(NamedTuple):
    """A room of the house: its number, floor (0 = not known), type, the type's published rate (minor units), what is noted of it."""

    number: str
    floor: int
    type: str
    rate: int
    note: str = ""


class Wishes(NamedTuple):
    """What a guest wants of a room: endings liked and avoided, digits avoided, high (1) or low (-1) floors, other words."""

    endings: frozenset[str]
    not_endings: frozenset[str]
    not_digits: frozenset[str]
    floor: int
    words: tuple[str, ...]


class Candidate(NamedTuple):
    """A room that may be given, and why; the higher the score, the better."""

    room: Room
    score: int
    reasons: list[Text | str]


def wishes(facts: Sequence[Fact], must: str, never: str, day: str) -> Wishes:
    """What the facts that hold, and the reception's own lines, say of a room."""
    told = [(fact.name, fact.polarity in WANTED) for fact in facts if fact.kind in OF_ROOM and fact.standing(day) != EXPIRED]
    told += [(line, True) for line in must.splitlines()] + [(line, False) for line in never.splitlines()]
    endings: set[str] = set()
    avoided: set[str] = set()
    digits: set[str] = set()
    floor, words = 0, list[str]()
    for text, wanted in told:
        good = wanted and not _NOT.search(text)
        for number in _ENDING.findall(text):
            (endings if good else avoided).add(number)
        digits |= set() if good else set(_NUMBER.findall(text))
        floor += (1 if good else -1) * (bool(_HIGH.search(text)) - bool(_LOW.search(text)))
        words += things(text) if good else []
    return Wishes(frozenset(endings - avoided), frozenset(avoided), frozenset(digits), max(-1, min(1, floor)), tuple(dict.fromkeys(words)))


def candidates(
    rooms: Sequence[Room], taken: Collection[str], wanted: Wishes, before: Mapping[str, int], booked: str, level: str, broken: Collection[str] = ()
) -> list[Candidate]:
    """The free rooms that fit best, each with its reasons, best first; never one the guest refuses or one with work to be done in it.

    `before`: how often the guest was in a room; `booked`: the type that is booked ('' = none); `broken`: rooms with work to be done."""
    out = {room.number for room in rooms if not _refused(room, wanted)} - set(taken) - set(broken)
    free = [room for room in rooms if room.number in out]
    middle = sorted(room.floor for room in free)[len(free) // 2] if free else 0
    dearest = max((room.rate for room in free), default=0)
    found = [_judged(room, wanted, before.get(room.number, 0), booked, level, middle, dearest) for room in free]
    return sorted(found, key=lambda one: (-one.score, len(one.room.number), one.room.number))[:MOST]


def _refused(room: Room, wanted: Wishes) -> bool:
    return room.number[-1:] in wanted.not_endings or any(digit in room.number for digit in wanted.not_digits)


def _judged(room: Room, wanted: Wishes, times: int, booked: str, level: str, middle: int, dearest: int) -> Candidate:
    score, why = 0, list[Text | str]()
    if times:
        score += BEFORE + min(times, 9)
        why.append(Text("was in it {n} times", n=f"{times}") if times > 1 else Text("was in it before"))
    if booked and room.type == booked:
        score += TYPE
        why.append(Text("type as booked: {type}", type=room.type))
    elif not booked and level in SUITES and room.rate and room.rate == dearest:
        score += DEAR
        why.append(Text("the best type that is free: {type}", type=room.type))
    if room.number[-1:] in wanted.endings:
        score += ENDING
        why.append(Text("number ends with {n}", n=room.number[-1:]))
    if wanted.floor and room.floor and (room.floor > middle if wanted.floor > 0 else room.floor < middle):
        score += FLOOR
        why.append(Text("high floor, as wished") if wanted.floor > 0 else Text("low floor, as wished"))
    for word in (word for word in wanted.words if word in room.note):
        score += NOTED
        why.append(word)
    if wanted.not_endings or wanted.not_digits:
        why.append(Text("nothing in its number that the guest refuses"))
    return Candidate(room, score, why)
