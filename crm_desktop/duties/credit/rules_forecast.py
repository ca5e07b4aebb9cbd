"""When an open bill will be paid, simply and so that it can be explained: of the client's earlier bills, those that were open at least as long
as this one is by now, and how long they took on average; a client of whom little is known borrows from everybody. Only what was known on
the day is used: nothing that is learned at settlement."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

BORROWED = 2  # bills of everybody that are mixed with a client's own
AFTER_ALL = 7  # days from now for a bill that is open longer than any was


class Settled(NamedTuple):
    """A bill that was paid: whose, issued, due, and the day it was settled whole."""

    client: Hashable
    issued: str
    due: str
    settled: str


class Expected(NamedTuple):
    """What is expected of an open bill: the day, how late that is, and of how many earlier bills of the client it was learned; `told` is false
    for a bill that is open longer than any was that got paid: its day is only a guess."""

    day: str
    late: int
    learned: int
    told: bool = True


class Judged(NamedTuple):
    """How well the forecast did: on how many bills, how many days it was off on average, and how many the due date plus the average delay."""

    bills: int
    off: float
    plain: float

    @property
    def better(self) -> bool:
        """True when it beats the plain guess."""
        return self.bills > 0 and self.off < self.plain


def _days(first: str, last: str) -> int:
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def _later(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()


class _Past:
    """How many days bills took, so that the average of those above a number is found at once."""

    __slots__ = ("days", "sums")

    def __init__(self, days: Iterable[int]) -> None:
        self.days = sorted(days)
        self.sums = [0, *accumulate(self.days)]

    def above(self, least: int) -> tuple[int, int]:
        """How many took longer than this, and their days together."""
        at = bisect_right(self.days, least)
        return len(self.days) - at, self.sums[-1] - self.sums[at]

    def upto(self, least: int, most: int) -> int:
        """How many took longer than one number of days and no longer than another."""
        return bisect_right(self.days, most) - bisect_right(self.days, least)


_NOTHING = _Past(())


class Forecast:
    """What was learned from bills settled by a day."""

    def __init__(self, bills: Iterable[Settled], day: str) -> None:
        self.day = day
        own: dict[Hashable, list[int]] = defaultdict(list)
        late = []
        for bill in bills:
            if bill.settled <= day:
                own[bill.client].append(_days(bill.issued, bill.settled))
                late.append(max(0, _days(bill.due, bill.settled)))
        self._own = {client: _Past(days) for client, days in own.items()}
        self._all = _Past(days for each in own.values() for days in each)
        self.delay = sum(late) / len(late) if late else 0.0  # what bills were late on average

    def expect(self, client: Hashable, issued: str, due: str) -> Expected:
        """When a bill that is open on the day will be paid; never before tomorrow."""
        open_for = max(0, _days(issued, self.day))
        count, days = self._all.above(open_for)
        usual = days / count if count else open_for + AFTER_ALL
        known, mine = self._own[client].above(open_for) if client in self._own else (0, 0)
        took = max(open_for + 1, round((mine + BORROWED * usual) / (known + BORROWED)))
        day = (dt.date.fromisoformat(issued) + dt.timedelta(took)).isoformat()
        return Expected(day, max(0, _days(due, day)) if due else 0, known, count > 0)

    def comparable(self, issued: str) -> int:
        """How many bills that were paid had been open at least as long as this one is."""
        return self._all.above(max(0, _days(issued, self.day)))[0]

    def between(self, client: Hashable, issued: str) -> tuple[str, str]:
        """The days between which a bill that is open will be paid: one in five such bills is paid before the first, one after the second."""
        open_for = max(0, _days(issued, self.day))
        mine = self._own.get(client, _NOTHING)
        count, known = self._all.above(open_for)[0], mine.above(open_for)[0]
        if not count:
            return _later(issued, open_for + 1), _later(issued, open_for + 2 * AFTER_ALL)
        out = []
        for fifths in (1, 4):
            low, high = open_for + 1, self._all.days[-1]
            while low < high:
                at = (low + high) // 2
                so_far = mine.upto(open_for, at) * count + BORROWED * self._all.upto(open_for, at)
                low, high = (low, at) if 5 * so_far >= fifths * (known + BORROWED) * count else (at + 1, high)
            out.append(_later(issued, low))
        return out[0], out[1]

    def plain(self, due: str) -> str:
        """The guess it has to beat: the due date plus the average delay."""
        return (dt.date.fromisoformat(due) + dt.timedelta(round(self.delay))).isoformat()


def judge(bills: Sequence[Settled], day: str) -> Judged:
    """Learn from what was settled by a day, and judge by the bills issued by then and settled after it."""
    learned = Forecast(bills, day)
    tried = [bill for bill in bills if bill.issued <= day < bill.settled]
    if not tried:
        return Judged(0, 0.0, 0.0)
    off = sum(abs(_days(learned.expect(bill.client, bill.issued, bill.due).day, bill.settled)) for bill in tried)
    plain = sum(abs(_days(learned.plain(bill.due), bill.settled)) for bill in tried)
    return Judged(len(tried), round(off / len(tried), 2), round(plain / len(tried), 2))
