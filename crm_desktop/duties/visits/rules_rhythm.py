"""The rhythm in which a client is seen: how far apart the contacts lie, how even they are, and who is neglected by it."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from crm_desktop.record.dates import days_between

ENOUGH = 4  # days with a contact that make a rhythm
TIMES, LEAST = 2, 14  # own gaps of silence that are neglect, never within so many days
RENEWAL, SILENT = 60, 30  # an agreement that ends within, and days without a contact before it


def gap(count: int, first: str, last: str) -> int | None:
    """Mean days between so many contacts, half up; None where they are too few for a rhythm."""
    if count < ENOUGH or not first or first >= last:
        return None
    return (2 * days_between(first, last) + count - 1) // (2 * (count - 1))


def neglected(count: int, first: str, last: str, day: str) -> bool:
    """True when the silence since the last contact is more than twice the client's own gap."""
    own = gap(count, first, last)
    return own is not None and days_between(last, day) > max(LEAST, TIMES * own)


def silent_before_renewal(ends: str, last: str, day: str) -> bool:
    """True when an agreement ends soon and nobody was there lately."""
    return bool(ends) and 0 <= days_between(day, ends) <= RENEWAL and (not last or days_between(last, day) > SILENT)


def evenness(days: Sequence[str]) -> int | None:
    """How evenly somebody was seen: 100 in always the same gaps, 0 where they scatter as much as they are long; None for too few.

    Not how often: the variance of the gaps."""
    gaps = [days_between(one, other) for one, other in pairwise(sorted(set(days)))]
    if len(gaps) < ENOUGH - 1:
        return None
    return max(0, round(100 * (1 - statistics.pstdev(gaps) / statistics.fmean(gaps))))
