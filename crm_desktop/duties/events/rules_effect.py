"""Did care change what a client brings? Clients of a month's plan beside others like them (F-41). Amounts in minor units (fen).

Each client of the plan is paired with one outside it of the same class whose trend differs by at most 15 points; the effect is the mean
difference of what changed. Fewer than twenty pairs are too few to say anything."""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

FEWEST, NEAR = 20, 15  # pairs; points of the trend
SURE = 95  # per cent of the interval


class Client(NamedTuple):
    """A client: its class, its trend (this year's business against the year before, in per cent more) and what changed since."""

    id: int
    level: str
    trend: int
    change: int


class Effect(NamedTuple):
    """How many pairs, and with enough of them the mean effect a client and the bounds of its 95 % interval."""

    pairs: int
    mean: int | None
    low: int | None
    high: int | None

    @property
    def says(self) -> bool:
        """True when the interval leaves out nothing."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def trend(now: int, before: int) -> int:
    """Business against the year before in per cent more, half up; from nothing to something counts as 100."""
    if before <= 0:
        return 100 if now > 0 else 0
    return (200 * (now - before) + before) // (2 * before)


def pairs(treated: Iterable[Client], others: Iterable[Client]) -> list[tuple[Client, Client]]:
    """Each client of the plan with the nearest unused one outside it; the same clients give the same pairs in any order."""
    free: dict[str, list[Client]] = {}
    for other in sorted(others, key=lambda one: (one.trend, one.id)):
        free.setdefault(other.level, []).append(other)
    out = []
    for client in sorted(treated, key=lambda one: one.id):
        near = free.get(client.level, [])
        best = min(near, key=lambda one: (abs(one.trend - client.trend), one.id), default=None)
        if best is not None and abs(best.trend - client.trend) <= NEAR:
            near.remove(best)
            out.append((client, best))
    return out


def effect(found: Sequence[tuple[Client, Client]]) -> Effect:
    """Mean difference of the pairs and its 95 % interval by Student's t; only the number where there are too few."""
    if len(found) < FEWEST:
        return Effect(len(found), None, None, None)
    differences = [client.change - other.change for client, other in found]
    mean = statistics.fmean(differences)
    reach = _t(len(found) - 1) * statistics.stdev(differences) / len(found) ** 0.5
    return Effect(len(found), round(mean), round(mean - reach), round(mean + reach))


def _t(free: int) -> float:
    """The two-sided 95 % point of Student's t (Cornish and Fisher's expansion; under 0.001 off from 19 degrees on)."""
    z = statistics.NormalDist().inv_cdf(0.5 + SURE / 200)
    return z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)


class Ledger:
    """What each client brought by day, summed so that a span is read at once."""

    def __init__(self, rows: Iterable[tuple[int, str, int]]) -> None:
        self._days: dict[int, list[str]] = {}
        self._sums: dict[int, list[int]] = {}
        for client, day, amount in sorted(rows, key=lambda row: (row[0], row[1])):
            days, sums = self._days.setdefault(client, []), self._sums.setdefault(client, [0])
            days.append(day)
            sums.append(sums[-1] + amount)

    def between(self, client: int, after: str, until: str) -> int:
        """What came in after one day and until another, that one included."""
        days = self._days.get(client, [])
        if not days:
            return 0
        sums = self._sums[client]
        return sums[bisect_right(days, until)] - sums[bisect_right(days, after)]


def coverage(classes: Mapping[str, int], touched: Mapping[str, int]) -> list[tuple[str, int, int, int]]:
    """Of each class: clients, how many were touched, whole per cent half up."""
    return [(level, every, touched.get(level, 0), (200 * touched.get(level, 0) + every) // (2 * every)) for level, every in sorted(classes.items()) if every]
