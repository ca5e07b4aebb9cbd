"""The order of the call sheet: what is overdue and nobody quarrels about, by how likely its kind of client pays within a fortnight, by what
presses today. Every factor is there to be said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from crm_desktop.record.dates import add_days

FORTNIGHT, WINDOW = 14, 182  # days
LEAST = 100  # minor units: nobody is called for less
PRIOR_AMOUNT = 1_000_000  # minor units that count as seen before anything was
PRIOR_RATE = 0.3
BROKEN, LIMITATION, PROMISE, STOP = "broken", "limitation", "promise", "stop"
WEIGHTS = {BROKEN: 1.0, LIMITATION: 1.0, PROMISE: 0.5, STOP: 0.5}
NOTHING: Mapping[int, str] = MappingProxyType({})
BROKEN_DAYS, LIMITATION_DAYS = 3, 90  # working days; days


class Late(NamedTuple):
    """A bill's fate after its due date: its segment, due date, what was open when it was due, and what of that came within a fortnight."""

    segment: str
    due: str
    open: int
    came: int


def came_in_time(due: str, parts: Iterable[tuple[str, int]]) -> tuple[int, int]:
    """Of payments (day, amount): what came by the due date, and what within a fortnight after it."""
    last = add_days(due, FORTNIGHT)
    rows = list(parts)
    return sum(amount for day, amount in rows if day <= due), sum(amount for day, amount in rows if due < day <= last)


def recovery(bills: Iterable[Late]) -> dict[str, float]:
    """For each segment, the share of what was open on its due date that came within a fortnight. What is known is mixed with a first guess,
    so that a segment with one bill does not say all or nothing."""
    sums: dict[str, list[int]] = {}
    for bill in bills:
        known = sums.setdefault(bill.segment, [0, 0])
        known[0] += bill.open
        known[1] += bill.came
    return {segment: (came + PRIOR_RATE * PRIOR_AMOUNT) / (whole + PRIOR_AMOUNT) for segment, (whole, came) in sums.items()}


class Call(NamedTuple):
    """A client to be called: what is overdue and undisputed, the recovery rate of its segment, and what presses."""

    account_id: int
    overdue: int
    rate: float
    presses: tuple[str, ...]

    @property
    def factor(self) -> float:
        """One, and what presses."""
        return 1 + sum(WEIGHTS[each] for each in self.presses)

    @property
    def score(self) -> float:
        """Where it stands on the sheet."""
        return self.overdue * self.rate * self.factor


def ordered(calls: Iterable[Call], expected: Mapping[int, str] = NOTHING) -> list[Call]:
    """The sheet, the first call on top; of equal ones that whose money is expected later (client -> day), for it needs the call more."""
    by_id = sorted(calls, key=lambda call: call.account_id)
    return sorted(sorted(by_id, key=lambda call: expected.get(call.account_id, ""), reverse=True), key=lambda call: -call.score)
