"""The steps a record's rows go through (a VIP's stay from application to review): which may follow which, and why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.record.codes import Choice
from crm_desktop.record.text import Text, say

Row = dict[str, Any]


def _free(_row: Row) -> Text | None:
    return None


def _nothing(_row: Row, _day: str) -> Row:
    return {}


class Named:
    """Who gives an approval is named in a list of the hotel: by the row of table `record` whose column `code` is what the row to be
    approved has in its `field`, in the list's column `by`.

    Rows `retired` count for nothing; of several with one code the first by group counts (the group named `first` before the
    others), rank and code. `begins`: the list, as (group, rank, code, by), for every group the hotel has no row of. `roles`: what
    plays each of the named parts; who is named and not in there may be anybody. `refusal` is said with {level} and {who}, whose
    words are in `words`."""

    def __init__(
        self, field: str, record: str, *, code: str, by: str, group: str, first: str, rank: str, retired: str,
        begins: Sequence[tuple[str, int, str, str]], roles: Mapping[str, Sequence[str]], words: Sequence[Choice], refusal: Text,
    ) -> None:  # fmt: skip
        self.field, self.record, self.code, self.by, self.group, self.first, self.rank, self.retired = field, record, code, by, group, first, rank, retired
        self.begins, self.roles, self.words, self.refusal = tuple(begins), roles, words, refusal

    def problem(self, level: str, by: str, roles: Iterable[str]) -> Text | None:
        """Why somebody of these roles may not approve what is of a level, which `by` approves."""
        if by not in self.roles or not set(roles).isdisjoint(self.roles[by]):
            return None
        who = next(words for code, words, _ in self.words if code == by)
        return Text(self.refusal.source, level=level, who=say(who))


class Move:
    """One step: from any of `sources` to `target`.

    `guard(row)` says what is still missing, None when the step may be done; `sets(row, business date)` gives columns the
    step fills in; `reason`: it is only done with a reason; `by_itself`: the program takes it, nobody is offered it. `approves` names the kind
    of approval the step is (record/rights.py), `amount` the money column whose size says who may give it, `named` where the
    hotel says who gives it. `effect` names
    what the step does to other rows in the same action: a `module:function` called with the desk, the writing and the row as it
    now is; what it refuses keeps the step from being done."""

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
        approves: str = "",
        amount: str = "",
        named: Named | None = None,
        effect: str = "",
    ) -> None:
        self.approves, self.amount, self.named, self.effect = approves, amount, named, effect
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
