"""What the parts of the sample are put into: rows by record, ids that hang on the day alone, and dice."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any, TypeVar

from crm_desktop.demo.days import Days
from crm_desktop.record.ids import EPOCH_MS, RANDOM_BITS
from crm_desktop.record.record import Record, Row

SEED = 20261118
LAST_HOUR = 13 * 60 + 15  # nothing is entered later than 13:15
_T = TypeVar("_T")


class Dice:
    """Whole-number chance: the same on every machine."""

    def __init__(self, part: str) -> None:
        self._random = random.Random(f"{SEED} {part}")

    def between(self, first: int, last: int) -> int:
        """A whole number, both ends included."""
        return first + int(self._random.random() * (last - first + 1))

    def one(self, things: Sequence[_T]) -> _T:
        """One of them."""
        return things[int(self._random.random() * len(things))]

    def percent(self, chance: int) -> bool:
        """True in so many of a hundred cases."""
        return self._random.random() * 100 < chance

    def weighted(self, table: Sequence[tuple[_T, int]]) -> _T:
        """One of (thing, weight)."""
        at = self.between(1, sum(weight for _, weight in table))
        for thing, weight in table:
            at -= weight
            if at <= 0:
                return thing
        raise AssertionError("no weights")

    def shuffled(self, things: Sequence[_T]) -> list[_T]:
        """All of them in another order."""
        out = list(things)
        for at in range(len(out) - 1, 0, -1):
            other = self.between(0, at)
            out[at], out[other] = out[other], out[at]
        return out

    def around(self, mean: int) -> int:
        """A whole number of at least 1 around a mean: three dice, so that the middle is the likeliest."""
        return max(1, mean * (self.between(20, 180) + self.between(20, 180) + self.between(20, 180)) // 300)

    def parts(self, total: int, count: int, step: int = 100) -> list[int]:
        """A sum cut into parts of different size, all but the last in whole steps."""
        weights = [self.between(30, 170) for _ in range(count)]
        out = [max(step, total * weight // sum(weights) // step * step) for weight in weights[:-1]]
        return [*out, total - sum(out)]


class House:
    """The sample while it is made. `ids` are of what has a name: staff, clients, people, plans."""

    def __init__(self, today: str) -> None:
        self.days = Days(today)
        self.rows: dict[str, list[Row]] = {}
        self.records: dict[str, Record] = {}
        self.ids: dict[str, int] = {}
        moment = dt.datetime.fromisoformat(today).replace(tzinfo=dt.UTC)
        self._next = (int(moment.timestamp()) * 1000 - EPOCH_MS) << RANDOM_BITS

    def put(self, record: Record, /, **values: Any) -> Row:
        """A new row with its id, as a form would begin it. Raises KeyError for a field the record has not."""
        if unknown := values.keys() - record.by_name.keys():
            raise KeyError(sorted(unknown))
        self._next += 1
        row: Row = {"id": self._next} | record.blank() | values
        self.records[record.key] = record
        self.rows.setdefault(record.key, []).append(row)
        return row

    def named(self, key: str, record: Record, /, **values: Any) -> Row:
        """`put`, with its id kept under a name."""
        row = self.put(record, **values)
        self.ids[key] = row["id"]
        return row

    def all(self, record: Record) -> list[Row]:
        """The rows of a record so far."""
        return self.rows.get(record.key, [])
