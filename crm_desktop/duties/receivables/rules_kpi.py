"""Figures of collection (F-16 to F-20): from sums in minor units to days and per cent, each in tenths; None where there is
nothing to divide by."""

from __future__ import annotations

from collections.abc import Iterable

DAYS = 90  # of sales behind the simple figure


def _tenths(part: int, whole: int) -> int | None:
    return (20 * part + whole) // (2 * whole) if whole > 0 else None


def dso(owes: int, sales: int, days: int = DAYS) -> int | None:
    """F-16, simple: what is open, over the sales of so many days, times the days."""
    return _tenths(owes * days, sales)


def count_back(owes: int, months: Iterable[tuple[int, int]]) -> int | None:
    """F-16, count-back: months of sales (sales, days), the newest first, are peeled off what is open until nothing is left;
    None where the sales do not reach."""
    left, days = owes, 0
    if left <= 0:
        return 0
    for sales, length in months:
        if sales >= left:
            return days * 10 + (20 * length * left + sales) // (2 * sales)
        left, days = left - max(0, sales), days + length
    return None


def best_dso(current: int, sales: int, days: int = DAYS) -> int | None:
    """F-17: the DSO if everything were paid when it is due."""
    return _tenths(current * days, sales)


def delinquent(simple: int | None, best: int | None) -> int | None:
    """F-17: average days delinquent, what the simple DSO is above the best possible."""
    return simple - best if simple is not None and best is not None else None


def effectiveness(begun: int, sales: int, ended: int, current: int) -> int | None:
    """F-18, CEI: of what could be collected in a period, how much was, in tenths of a per cent."""
    return _tenths((begun + sales - ended) * 100, begun + sales - current)


def recovery(received: int, overdue: int, falling_due: int) -> int | None:
    """F-19: what came in a month over what was overdue at its start and fell due in it, in tenths of a per cent."""
    return _tenths(received * 100, overdue + falling_due)
