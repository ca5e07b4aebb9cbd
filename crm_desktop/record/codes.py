"""Code lists: a field declares the choices a hotel starts with; once the hotel edits such a list, its own words win.

What the hotel keeps are items of a list by their code. Choices it never touched stay as they were declared; none is ever
taken away, a retired one is only no longer offered. One registry for the program, filled again whenever items change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.record.text import Own, Text, both

Choice = tuple[str, Text, str]  # stored code, its words, tone of its chip ("" = plain text)
LISTS = "code lists"  # the list of the lists themselves
STEP = 10  # between two positions, so that something fits in between
COLUMNS = ("list", "code", "zh", "en", "position", "tone", "retired")  # what `learn` takes of an item


class CodeList:
    """A list a hotel may edit: its name, where it is used, and the choices it starts with."""

    def __init__(self, name: str, title: Text, starter: Sequence[Choice]) -> None:
        self.name, self.title, self.starter = name, title, tuple(starter)


Merged = tuple[tuple[Choice, ...], tuple[Choice, ...]]  # all of a list, and what is offered of it


class _Known:
    """`kept` is replaced whole, so that every thread sees one state or the other."""

    def __init__(self) -> None:
        self.lists: dict[str, CodeList] = {}
        self.kept: tuple[dict[str, list[tuple[Any, ...]]], dict[str, Merged]] = ({}, {})


_known = _Known()


def declare(name: str, title: Text, starter: Sequence[Choice]) -> None:
    """Make a list known. Raises ValueError for two fields that start the same list differently."""
    known = _known.lists.get(name)
    if known is not None and known.starter != tuple(starter):
        raise ValueError(f"the code list {name} starts with other choices elsewhere")
    if known is None:
        _known.lists[name] = CodeList(name, title, starter)


def lists() -> list[CodeList]:
    """Every list, in the order of the records."""
    return list(_known.lists.values())


def learn(items: Iterable[Sequence[Any]]) -> None:
    """Take over what the hotel keeps, as COLUMNS, instead of what was known before."""
    kept: dict[str, list[tuple[Any, ...]]] = {}
    for name, *item in items:
        kept.setdefault(name, []).append(tuple(item))
    _known.kept = (kept, {})


def choices(name: str, starter: Sequence[Choice]) -> tuple[Choice, ...]:
    """Every choice of a list in its order, also the retired ones: what a stored code means."""
    return _merged(name, starter)[0]


def offered(name: str, starter: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices for something new."""
    return _merged(name, starter)[1]


def _merged(name: str, starter: Sequence[Choice]) -> Merged:
    if name == LISTS:
        every = tuple((one.name, one.title, "") for one in _known.lists.values())
        return every, every
    items, merged = _known.kept
    found = merged.get(name)
    if found is None:
        every = _merge(items.get(name, ()), starter)
        gone = {item[0] for item in items.get(name, ()) if item[5]}
        found = merged[name] = every, tuple(choice for choice in every if choice[0] not in gone)
    return found


def edited() -> set[str]:
    """The lists the hotel has items of its own in."""
    return set(_known.kept[0])


def starter_items(one: CodeList) -> list[dict[str, Any]]:
    """The declared choices as items, for a hotel that begins to edit the list."""
    out = []
    for at, (code, text, tone) in enumerate(one.starter, 1):
        english, chinese = both(text)
        out.append({"list": one.name, "code": code, "zh": chinese, "en": english, "position": at * STEP, "tone": tone, "retired": 0})
    return out


def _merge(items: Sequence[tuple[Any, ...]], starter: Sequence[Choice]) -> tuple[Choice, ...]:
    """The declared choices with the hotel's items over them, each at its position."""
    if not items:
        return tuple(starter)
    placed = {choice[0]: (at * STEP, at, choice) for at, choice in enumerate(starter, 1)}
    for at, (code, chinese, english, position, tone, _) in enumerate(items, len(placed) + 1):
        placed[code] = (position, at, (code, Own(english or chinese, chinese or english), tone))
    return tuple(choice for _, _, choice in sorted(placed.values(), key=lambda one: one[:2]))
