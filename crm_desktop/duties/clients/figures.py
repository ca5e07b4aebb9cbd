"""Figures worked out from a client's or guest's own past: rhythm and next visit, recency-frequency-money, growth, scores.

Pure functions of days and numbers; who reads them opens the rows they came from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from crm_desktop.record.dates import add_days, days_between

if TYPE_CHECKING:
    from statistics import NormalDist

USUAL_GAP, USUAL_SPREAD = 90, 0.8  # days between two visits of somebody unknown, and how far gaps spread (of their logarithm)
ENOUGH_GAPS = 3  # with four visits the own rhythm stands alone
LEAST_SPREAD = 0.15  # nobody is a clock
INTERVAL = (0.1, 0.5, 0.9)  # eight visits of ten fall into the window
LATE = 0.9  # of ten gaps nine would be over by now
CERTAIN = 0.9999
YEAR = 365  # days
FIFTHS = 5


@cache
def _normal() -> NormalDist:
    from statistics import NormalDist  # not at every start: it brings the fractions and decimals with it

    return NormalDist()


class Window:
    """When somebody is expected again: in eight cases of ten from `first` to `last`; `own` when it is their own rhythm
    and not what is usual; `late` when nine of ten of their gaps would be over by now."""

    def __init__(self, first: str, likely: str, last: str, *, own: bool, late: bool) -> None:
        self.first, self.likely, self.last, self.own, self.late = first, likely, last, own, late


def gaps(days: Sequence[str]) -> list[int]:
    """Days between visits that follow each other; several on one day are one visit."""
    return [days_between(one, other) for one, other in pairwise(sorted(set(days)))]


def rhythm(found: Sequence[int], usual: int = USUAL_GAP) -> tuple[float, float]:
    """The mean and the spread of the logarithm of somebody's gaps.

    Whoever came fewer than four times is drawn towards what is usual: each missing gap counts as one usual one."""
    logs = [math.log(gap) for gap in found]
    missing = max(0, ENOUGH_GAPS - len(logs))
    center = math.log(usual)
    mean = (sum(logs) + missing * center) / (len(logs) + missing)
    squares = sum((each - mean) ** 2 for each in logs) + missing * ((center - mean) ** 2 + USUAL_SPREAD**2)
    return mean, max(LEAST_SPREAD, math.sqrt(squares / max(1, len(logs) + missing - 1)))


def silence(days: Sequence[str], today: str, usual: int = USUAL_GAP) -> float:
    """How much of somebody's own gaps (0 to 1) would be over by today; 0 when they were never here or are here today."""
    past = sorted({day for day in days if day <= today})
    since = days_between(past[-1], today) if past else 0
    mean, spread = rhythm(gaps(past), usual)
    return _normal().cdf((math.log(since) - mean) / spread) if since else 0.0


def next_visit(days: Sequence[str], today: str, usual: int = USUAL_GAP) -> Window | None:
    """When somebody is expected again, by the days they came (F-38); None for whom nobody has seen yet.

    Their gaps are taken as log-normal; that they have not come until today is known and taken into account."""
    past = sorted({day for day in days if day <= today})
    if not past:
        return None
    found = gaps(past)
    mean, spread = rhythm(found, usual)
    over = silence(past, today, usual)
    first, likely, last = (_day(past[-1], today, mean, spread, min(CERTAIN, over + (1 - over) * part)) for part in INTERVAL)
    return Window(first, likely, last, own=len(found) >= ENOUGH_GAPS, late=over > LATE)


def _day(seen: str, today: str, mean: float, spread: float, part: float) -> str:
    away = min(math.ceil(math.exp(mean + spread * _normal().inv_cdf(part))), 100 * YEAR)
    return max(today, add_days(seen, away))


# recency, frequency, money (F-39)


def fifths(values: Sequence[int]) -> tuple[int, ...]:
    """The four values that part others into five groups of one size, ascending; none where there is nobody."""
    ordered = sorted(values)
    return tuple(ordered[len(ordered) * part // FIFTHS] for part in range(1, FIFTHS)) if ordered else ()


def score(value: int, cuts: Sequence[int]) -> int:
    """1 (least) to 5 (most): in which fifth a value lies; 3 where there are no others."""
    return 1 + sum(value >= cut for cut in cuts) if cuts else 3


def score_of_days(days: int, cuts: Sequence[int]) -> int:
    """The same for days since the last visit, of which few are good."""
    return FIFTHS - sum(days > cut for cut in cuts) if cuts else 3


# what figures say


def growth(now: int, before: int) -> int | None:
    """Percent more (or less) than before, rounded; None when there was nothing before."""
    return round(100 * (now - before) / before) if before > 0 else None


def tenths(total: int, count: int) -> str:
    """An average to one place: `1.6`; a dash when there is nothing to divide by."""
    return f"{total / count:.1f}" if count else "–"


def between(points: Sequence[tuple[float, float]], value: float) -> float:
    """What a broken line through points (x ascending, y) has at a value; level beyond its ends."""
    if value <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return points[-1][1]


# how complete a file is: (weight, column) pairs; a column counts when it holds something


def completeness(weights: Sequence[tuple[int, bool]]) -> int:
    """Percent of the weights of what is there."""
    whole = sum(weight for weight, _ in weights)
    return round(100 * sum(weight for weight, there in weights if there) / whole) if whole else 0
