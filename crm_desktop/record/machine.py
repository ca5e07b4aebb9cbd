"""The steps a record's rows go through (a VIP's stay from application to review): which may follow which, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.record.text import Text

Row = dict[str, Any]


def _free(_row: Row) -> Text | None:
    return None


def _nothing(_row: Row, _day: str) -> Row:
    return {}


class Move:
    """One step: from any of `sources` to `target`.

    `guard(row)` says what is still missing, None when the step may be done; `sets(row, business date)` gives columns the
    step fills in; `reason`: it is only done with a reason; `by_itself`: the program takes it, nobody is offered it."""

    def __init__(
        self,
        key: str,
        title: Text,
        sources: Sequence[str],
        target: str,
        *,
        reason: bool = False,
        guard: Callable[[Row], Text | None] = _free,
        sets: Callable[[Row, str], Row] = _nothing,
        by_itself: bool = False,
    ) -> None:
        self.key, self.title, self.sources, self.target = key, title, tuple(sources), target
        self.reason, self.guard, self.sets, self.by_itself = reason, guard, sets, by_itself


class Machine:
    """The states of a record (the choices of `field`) and the moves between them; a row begins at the field's default."""

    def __init__(self, field: str, *moves: Move) -> None:
        self.field, self.moves = field, moves

    def open_to(self, row: Row) -> list[Move]:
        """The steps that lead on from where this row stands, also those whose guard still says no."""
        return [move for move in self.moves if row.get(self.field) in move.sources and not move.by_itself]

    def move(self, key: str) -> Move:
        """A step by its key. Raises KeyError."""
        for move in self.moves:
            if move.key == key:
                return move
        raise KeyError(key)
