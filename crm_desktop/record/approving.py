"""What of a record needs an approval, whoever writes it and however: worked out from the steps it declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from crm_desktop.record.machine import Machine, Move, Named
from crm_desktop.record.record import Record


class Asked(NamedTuple):
    """An approval: its kind, the column whose amount decides who may give it ('' = nothing is spent), and whether a list of the
    hotel names who."""

    kind: str
    amount: str
    named: bool = False


class Approving:
    """`field` holds the state, `amount` what is to be spent first ('' = nothing is), `named` says where the hotel names who approves.

    `steps`: the steps (from, to) that are approvals; `free`: the other steps; `behind`: the states that nobody comes to
    without an approval, each with the one that stands before it."""

    __slots__ = ("amount", "behind", "field", "free", "named", "steps")

    def __init__(self, record: Record, machine: Machine) -> None:
        moves = [move for move in machine.moves if move.approves]
        self.field, self.amount = machine.field, next((move.amount for move in moves if move.amount), "")
        self.named: Named | None = next((move.named for move in moves if move.named), None)
        self.steps = {(source, move.target): asked_of(move) for move in moves for source in move.sources}
        self.free = {(source, move.target) for move in machine.moves if not move.approves for source in move.sources}
        open_to_all = _reached([str(record.by_name[machine.field].default)], machine.moves, _is_free)
        self.behind: dict[str, Asked] = {}
        for move in sorted(moves, key=lambda move: not move.amount):
            for state in _reached([move.target], machine.moves, _is_free) - open_to_all:
                self.behind.setdefault(state, asked_of(move))

    def asks(self, old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> Asked | None:
        """The approval without which a row may not be written so; `old` is None for a new row."""
        state = str(new[self.field])
        there = self.behind.get(state)
        step = (state if old is None else str(old[self.field]), state)
        if step[0] != state and step not in self.free:
            return self.steps.get(step) or there
        if old is None:
            return there
        more = there is not None and (raised(there.amount, old, new) or (there.named and self.levelled(old, new)))
        return there if more else None

    def levelled(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
        """True when somebody else may be the one who approves now."""
        return self.named is not None and new[self.named.field] != old[self.named.field]

    def shown_at(self, wanted: Asked, old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> str:
        """The field at which it is said that an approval is missing."""
        if old is None:
            return self.field
        if wanted.named and self.named is not None and self.levelled(old, new):
            return self.named.field
        return wanted.amount or self.field


def raised(amount: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """True when more is to be spent than before."""
    return bool(amount) and (new[amount] or 0) > (old[amount] or 0)


def of(record: Record) -> Approving | None:
    """What of a record needs an approval; None where nothing does."""
    machine = record.machine
    return Approving(record, machine) if machine and any(move.approves for move in machine.moves) else None


def given(record: Record) -> dict[str, str]:
    """The columns that only those change who approve a kind, once something stands there; with that kind."""
    return {field.name: field.approved for field in record.fields if field.approved}


def asked_of(move: Move) -> Asked:
    return Asked(move.approves, move.amount, move.named is not None)


def _is_free(move: Move) -> bool:
    return not move.approves


def _reached(begun: Iterable[str], moves: Iterable[Move], goes: Callable[[Move], bool]) -> set[str]:
    """Every state that the moves lead to from some states, those included."""
    found, moves = set(begun), list(moves)
    while more := {move.target for move in moves if goes(move) and not found.isdisjoint(move.sources)} - found:
        found |= more
    return found
