"""Rules of seating by protocol 座次: who sits where at a round table, from two lists in order of rank.

The host faces the door, the second host sits opposite; the guest of honour is at the host's right, the second guest at the host's left,
the third at the second host's right, the fourth at the second host's left; whoever follows fills the places outwards, guests and
hosts in turn, so that a guest sits beside somebody of the house wherever the numbers allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.record.later import pattern

OURS = pattern(r"^(?:主方|主人|主|我方|host|ours?)\s*[:：]\s*", re.IGNORECASE)
MOST = 60
Person = tuple[str, bool, int]  # name, of the house, rank


class Seat(NamedTuple):
    """A place at the table: clockwise from the host (0), who sits there, whether of the house, and the rank in its own list."""

    place: int
    name: str
    ours: bool
    rank: int


def read(words: str) -> tuple[list[str], list[str]]:
    """The house's people and the guests, one a line in order of rank; a line of the house begins with 主: or host:."""
    hosts, guests = list[str](), list[str]()
    for line in (each.strip() for each in words.splitlines()):
        if OURS.match(line):
            hosts.append(OURS.sub("", line).strip())
        elif line:
            guests.append(line)
    return [name for name in hosts if name], guests


def places(count: int) -> list[int]:
    """The places of a table in their order of honour, seen from the host at 0: right and left of the host, then of the second host
    opposite, then inwards. A place to the right of whoever faces the door is the next lower number (clockwise seen from above)."""
    opposite = count // 2
    order = [-1 % count, 1 % count, (opposite - 1) % count, (opposite + 1) % count]
    step = 2
    while len(set(order)) < count - 2 and step < count:
        order += [-step % count, step % count, (opposite - step) % count, (opposite + step) % count]
        step += 1
    return [place for place in dict.fromkeys(order) if place not in (0, opposite)]


def seats(hosts: Sequence[str], guests: Sequence[str]) -> list[Seat]:
    """Who sits where, by place; nobody twice and nobody left out. Without anybody of the house the first guest has the host's place."""
    hosts, guests = hosts[: MOST // 2], guests[: MOST // 2]
    count = len(hosts) + len(guests)
    if not count:
        return []
    ours: list[Person] = [(name, True, rank) for rank, name in enumerate(hosts, 1)]
    theirs: list[Person] = [(name, False, rank) for rank, name in enumerate(guests, 1)]
    head = ours.pop(0) if ours else theirs.pop(0)
    found = {0: head}
    if count > 2:
        second = ours.pop(0) if ours else theirs.pop() if theirs else None
        if second is not None:
            found[count // 2] = second
    order = [*theirs[:4], *_in_turn(ours, theirs[4:])]
    free = places(count) if count > 2 else [1]
    for place, one in zip(free, order, strict=False):
        found[place] = one
    return [Seat(place, *found[place]) for place in sorted(found)]


def _in_turn(one: Sequence[Person], other: Sequence[Person]) -> list[Person]:
    """Two lists mixed, one of each in turn, the rest at the end."""
    both = [each for pair in zip(one, other, strict=False) for each in pair]
    least = min(len(one), len(other))
    return [*both, *one[least:], *other[least:]]
