"""What a row was before: declared facts of a record that are kept with the days they held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crm_desktop.record.dates import add_days, days_before

Row = dict[str, Any]
KEPT = "kept"  # the column of the keeping record that tells the program's own rows from those written by hand
SINCE, UNTIL, REASON = "since", "until", "reason"


def _always(_row: Row) -> bool:
    return True


class Dated:
    """Columns of a record whose former values are kept as rows of another one, with their first and last day.

    `into` is that record's key, `by` its column that points back, `keys` the columns (here -> there) whose change ends one
    row and begins the next, `also` those that only follow, `same` what all its rows have. `first`: the present value has a
    row as well (with no last day), where `needs(row)` holds; otherwise only what is over has one."""

    def __init__(
        self,
        into: str,
        by: str,
        keys: Mapping[str, str],
        *,
        also: Mapping[str, str] | None = None,
        same: Row | None = None,
        first: bool = False,
        needs: Callable[[Row], bool] = _always,
    ) -> None:
        self.into, self.by, self.keys, self.also = into, by, dict(keys), dict(also or {})
        self.same, self.first, self.needs = dict(same or {}), first, needs

    def key(self, row: Row | None) -> tuple[Any, ...] | None:
        """What begins and ends a row; None where there is nothing to keep."""
        if row is None or row.get("gone") is not None or not self.needs(row):
            return None
        return tuple(row[name] for name in self.keys)

    def values(self, row: Row) -> Row:
        """The row as it stands there, without its days."""
        given = {there: row[here] for here, there in (*self.keys.items(), *self.also.items())}
        return {self.by: row["id"], KEPT: 1} | self.same | given


def last_day(since: str) -> str:
    """The last day of what ends when something else begins."""
    return days_before(since, 1)


def first_day(until: str) -> str:
    """The first day of what follows something; '' after nothing."""
    return add_days(until, 1) if until else ""


def held(present: Any, past: list[tuple[str, Any]], day: str) -> Any:
    """What held on a day: `past` are (last day, value) of what is over, in any order."""
    later = [(until, value) for until, value in past if until >= day]
    return min(later, key=lambda each: each[0])[1] if later else present
