"""F-22: what money is expected when. A promise or an instalment counts with the share of what the client promises that comes in time; what
is left of each bill stands on the day the forecast gives it. Every fen that is open and nobody quarrels about stands on one day. For each
day there is also the least and the most that should be here by then: had everybody paid as slowly as one in five, or as quickly.
No store, no clock; amounts in minor units."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from crm_desktop.record.dates import add_days
from crm_desktop.record.workdays import next_working, working_from

PROMISE, INSTALMENT, FORECAST = "promise", "instalment", "forecast"
LONG = 730  # days until what nobody can tell is expected: later than any week
WEEKS, DAYS = 12, 15  # how many are told one by one; the rest comes later
PRIOR_AMOUNT, PRIOR_SHARE = 1_000_000, 50  # minor units that count as promised before anything was; per cent of them kept
WEEK, DAY = "week", "day"


class Bill(NamedTuple):
    """An open bill: what of it is to be collected."""

    id: int
    account_id: int
    number: str
    issued: str
    due: str
    open: int


class Vow(NamedTuple):
    """Money a client said would come: a promise or an instalment, its day and amount (0 = all that is open)."""

    source: str
    id: int
    account_id: int
    day: str
    amount: int


class Guess(NamedTuple):
    """When a bill will be paid: the expected day between one quick and one slow one; not `known` where no such bill was ever paid."""

    quick: str
    day: str
    slow: str
    known: bool = True


class Piece(NamedTuple):
    """A part of a bill on the day it is expected, with the vow it rests on (0 = none) and that vow's share in per cent."""

    source: str
    bill: Bill
    amount: int
    quick: str
    day: str
    slow: str
    known: bool = True
    vow: int = 0
    share: int = 0


class Span(NamedTuple):
    """A week or day (`last` = '' for everything later): what is expected in it by its source, and what should be here by its end."""

    first: str
    last: str
    expected: int
    promised: int
    instalments: int
    guessed: int
    together: int
    least: int
    most: int
    items: int


def share_kept(promised: int, kept: int, house: int = PRIOR_SHARE) -> int:
    """F-21 as a forecast: per cent of what a client promises that comes in time; one of whom little is known borrows the house's share."""
    whole = promised + PRIOR_AMOUNT
    return (200 * min(kept, promised) + 2 * house * PRIOR_AMOUNT + whole) // (2 * whole)


def pieces(bills: Iterable[Bill], vows: Iterable[Vow], share: Callable[[int], int], guess: Callable[[Bill], Guess]) -> list[Piece]:
    """Every bill in pieces: vows take the bills due first, each vow with its share; the rest as guessed. The pieces of a bill add up to it."""
    said: dict[int, list[Vow]] = defaultdict(list)
    for vow in sorted(vows, key=lambda vow: (vow.day, vow.id)):
        said[vow.account_id].append(vow)
    mine: dict[int, list[Bill]] = defaultdict(list)
    for bill in sorted(bills, key=lambda bill: (bill.due or "9999", bill.id)):
        mine[bill.account_id].append(bill)
    return [piece for account, owed in mine.items() for piece in _of_client(owed, said[account], share(account), guess)]


def _of_client(bills: Sequence[Bill], vows: Sequence[Vow], share: int, guess: Callable[[Bill], Guess]) -> list[Piece]:
    left, out = {bill.id: bill.open for bill in bills}, []
    guesses = {bill.id: guess(bill) for bill in bills}
    for vow in vows:
        want = vow.amount or sum(left.values())
        for bill in bills:
            part = min(want, left[bill.id])
            if part > 0:
                left[bill.id], want = left[bill.id] - part, want - part
                out += _vowed(vow, bill, part, share, guesses[bill.id])
    return out + [Piece(FORECAST, bill, left[bill.id], *_working(guesses[bill.id])) for bill in bills if left[bill.id] > 0]


def _vowed(vow: Vow, bill: Bill, part: int, share: int, guess: Guess) -> list[Piece]:
    """What of a vow comes on its day, and the rest of it: when the bill would be paid without it, but after the vow was broken."""
    day, sure = working_from(vow.day), part * share // 100
    after = add_days(next_working(vow.day), 1)
    late = _working(Guess(day, max(after, guess.day), max(after, guess.slow)))
    kept = Piece(vow.source, bill, sure, day, day, max(day, late.slow), True, vow.id, share)
    rest = Piece(FORECAST, bill, part - sure, day, late.day, late.slow, guess.known, vow.id, 100 - share)
    return [piece for piece in (kept, rest) if piece.amount > 0]


def _working(guess: Guess) -> Guess:
    """No bank moves a company's money on a day the offices are closed."""
    return Guess(working_from(guess.quick), working_from(guess.day), working_from(guess.slow), guess.known)


def week_of(day: str) -> str:
    """The Sunday that ends a day's week."""
    return add_days(day, 6 - dt.date.fromisoformat(day).weekday())


def edges(day: str, by: str = WEEK) -> list[tuple[str, str]]:
    """First and last day of the spans from a day on: what is left of this week and the weeks after it, or single days; '' ends the last."""
    lasts = [add_days(week_of(day), 7 * at) for at in range(WEEKS)] if by == WEEK else [add_days(day, at) for at in range(DAYS)]
    firsts = [day, *(add_days(last, 1) for last in lasts)]
    return list(zip(firsts, [*lasts, ""], strict=True))


def spans(found: Sequence[Piece], day: str, by: str = WEEK) -> list[Span]:
    """What is expected in each span; together they are everything."""
    out = []
    for first, last in edges(day, by):
        mine = within(found, first, last)
        promised, instalments, guessed = (sum(piece.amount for piece in mine if piece.source == source) for source in (PROMISE, INSTALMENT, FORECAST))
        until = last or "9999-12-31"
        together, least, most = (sum(piece.amount for piece in found if which(piece) <= until) for which in (_day, _slow, _quick))
        out.append(Span(first, last, promised + instalments + guessed, promised, instalments, guessed, together, least, most, len({piece.bill.id for piece in mine})))
    return out


def _day(piece: Piece) -> str:
    return piece.day


def _slow(piece: Piece) -> str:
    return piece.slow


def _quick(piece: Piece) -> str:
    return piece.quick


def within(found: Iterable[Piece], first: str, last: str) -> list[Piece]:
    """The pieces expected in a span, the greatest first; what should be here already counts for today."""
    return sorted((piece for piece in found if first <= piece.day and (not last or piece.day <= last)), key=lambda piece: (-piece.amount, piece.bill.id))
