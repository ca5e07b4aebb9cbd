"""The 5C scorecard (F-24): facts about a client become points by tables that are linear between their corners; every point
keeps what it was read from. What nobody knows yet counts half."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from crm_desktop.duties.credit.rules_policy import FACTORS, PARTS, grade_of

Row = dict[str, Any]
Table = Sequence[tuple[float, float]]  # (value, share of the points from 0 to 1), rising values
LATE, BROKEN, DISPUTED, YEARS = "late", "broken", "disputed", "years"
MONTH, GROWTH, SIZE = "month", "growth", "size"
OWNER, CAPITAL, DEPOSIT, GUARANTEE, TRADE, REGION = "owner", "capital", "deposit", "guarantee", "trade", "region"
UNKNOWN = 0.5

TABLES: dict[str, Table] = {
    LATE: ((0, 1.0), (5, 0.8), (15, 0.5), (30, 0.25), (60, 0.0)),  # days late on average
    BROKEN: ((0, 1.0), (10, 0.7), (30, 0.3), (50, 0.0)),  # per cent of what was promised
    DISPUTED: ((0, 1.0), (5, 0.6), (20, 0.0)),  # per cent of what was billed
    YEARS: ((0, 0.2), (1, 0.5), (3, 0.8), (5, 1.0)),
    MONTH: ((0, 0.0), (200_000, 0.35), (1_000_000, 0.7), (4_000_000, 0.9), (10_000_000, 1.0)),  # minor units of an average month
    GROWTH: ((-50, 0.1), (-20, 0.5), (0, 0.75), (20, 1.0)),  # per cent on the year before
    CAPITAL: ((0, 0.0), (100, 0.5), (1_000, 0.8), (5_000, 1.0)),  # ten thousand yuan registered
    DEPOSIT: ((0, 0.5), (20, 0.75), (50, 1.0)),  # per cent of the limit
    GUARANTEE: ((0, 0.5), (1, 1.0)),  # a guarantor who signed
    TRADE: ((0, 1.0), (10, 0.75), (30, 0.35), (60, 0.0)),  # per cent of what clients of the trade owe that is over sixty days late
    REGION: ((0, 1.0), (10, 0.75), (30, 0.35), (60, 0.0)),  # the same of clients of the town
}  # fmt: skip
SIZES = {"large": 1.0, "medium": 0.8, "small": 0.55, "micro": 0.35}
OWNERS = {"budget": 1.0, "central": 1.0, "state": 0.9, "listed": 1.0, "foreign": 0.8, "joint": 0.75, "private": 0.65, "sole": 0.35}
BODIES = {"government": 1.0, "institution": 0.95, "school": 0.9, "hospital": 0.9, "state-owned": 0.9, "embassy": 1.0, "travel-agency": 0.3, "ota": 0.6, "mice": 0.4, "wedding": 0.3, "individual": 0.2}
WEAK = ("travel-agency", "mice", "wedding", "individual")  # what they are says more than who owns them
WORDED = {SIZE: SIZES, OWNER: OWNERS | BODIES}
SCALED = {MONTH: 100}  # minor units of what a scale is written in


class Fact(NamedTuple):
    """What a point is given for: its value (None = nobody knows), and what opens its rows (record, filters), None = the file."""

    value: float | str | None
    opens: Any = None


class Point(NamedTuple):
    """A factor's points out of the most it can give."""

    key: str
    part: str
    points: float
    most: float
    fact: Fact


class Score:
    """The whole scorecard: its points by factor, their sum out of a hundred, the grade by the policy it was made with."""

    def __init__(self, points: Sequence[Point], policy: Row) -> None:
        self.points, self.policy = list(points), policy
        self.total = round(sum(point.points for point in points), 1)
        self.grade = grade_of(self.total, policy)

    def of(self, part: str) -> float:
        """The points of one of the five parts."""
        return round(sum(point.points for point in self.points if point.part == part), 1)


def between(table: Table, value: float) -> float:
    """A table's share for a value: linear between its corners, level beyond them."""
    if value <= table[0][0]:
        return table[0][1]
    for (left, low), (right, high) in pairwise(table):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return table[-1][1]


class Scales:
    """How much of a factor's points its values are worth, as a policy says: what it writes down takes the place of what the program begins
    with, factor by factor."""

    __slots__ = ("tables", "words")

    def __init__(self, own: Iterable[tuple[str, int, str, int]] = ()) -> None:
        """`own`: (factor, from this value on, the word of a factor that has words, per cent of its points)."""
        tables: dict[str, list[tuple[float, float]]] = {}
        words: dict[str, dict[str, float]] = {}
        for factor, least, word, percent in own:
            if factor in WORDED:
                words.setdefault(factor, {})[word] = percent / 100
            else:
                tables.setdefault(factor, []).append((least * SCALED.get(factor, 1), percent / 100))
        self.tables: dict[str, Table] = TABLES | {factor: sorted(table) for factor, table in tables.items()}
        self.words: dict[str, dict[str, float]] = WORDED | {factor: WORDED[factor] | known for factor, known in words.items()}

    def share(self, key: str, value: float | str | None) -> float:
        """What share of a factor's points a value is worth."""
        if value is None or value == "":
            return UNKNOWN
        return between(self.tables[key], float(value)) if key in self.tables else self.words[key].get(str(value), UNKNOWN)

    def written(self) -> list[tuple[str, int, str, int]]:
        """All of it, as a policy writes it down."""
        found = [(key, round(value / SCALED.get(key, 1)), "", round(part * 100)) for key, table in self.tables.items() if key != PROVISION for value, part in table]
        return found + [(key, 0, word, round(part * 100)) for key, known in self.words.items() for word, part in known.items()]


PROVISION = "provision"  # not of the scorecard: up to so many days late, per cent that is provided for
USUAL = Scales()


def share(key: str, value: float | str | None) -> float:
    """What share of a factor's points a value is worth by what the program begins with."""
    return USUAL.share(key, value)


def score(facts: dict[str, Fact], policy: Row) -> Score:
    """The scorecard of these facts under a policy."""
    points, scales = [], policy.get("scales") or USUAL
    for part in PARTS:
        whole = float(policy[f"weight_{part}"])
        for key in FACTORS[part]:
            fact = facts.get(key, Fact(None))
            most = whole * policy[f"share_{key}"] / 100
            points.append(Point(key, part, round(most * scales.share(key, fact.value), 2), most, fact))
    return Score(points, policy)


class Habit:
    """How late a client pays: bills that were due in the last two years, and the days each was or is late."""

    __slots__ = ("days",)

    def __init__(self, days: Sequence[int] = ()) -> None:
        self.days = list(days)

    @property
    def average(self) -> float | None:
        """Days late on average; None where nothing was due yet."""
        return round(sum(self.days) / len(self.days), 1) if self.days else None

    def paying(self, settled: Sequence[int], new: int = 0) -> Habit:
        """The habit if the bills at these places were paid today, and `new` further ones in time: what is paid today stays as
        late as it is, what comes in time counts nothing late."""
        return Habit([*self.days, *[0] * new]) if not settled else Habit([*(day for at, day in enumerate(self.days) if at not in settled), *[0] * (new + len(settled))])


def days_late(due: str, paid_on: str, day: str) -> int:
    """How late a bill was paid, or is by a day; early counts as in time."""
    end = paid_on or day
    return max(0, (dt.date.fromisoformat(end) - dt.date.fromisoformat(due)).days)


def if_paid_in_time(facts: dict[str, Fact], policy: Row, habit: Habit, bills: int) -> Score:
    """The scorecard if so many further bills are paid by their due date, everything else as it is."""
    then = habit.paying((), bills)
    return score(facts | {LATE: Fact(then.average)}, policy)


def bills_to_next(facts: dict[str, Fact], policy: Row, habit: Habit, most: int = 60) -> tuple[int, str] | None:
    """How many bills paid in time it takes to the next better grade, and which; None where that is not enough."""
    now = score(facts, policy).grade
    for count in range(1, most + 1):
        then = if_paid_in_time(facts, policy, habit, count).grade
        if then != now:
            return count, then
    return None
