"""F-28, cash-credited sales: a sale counts for its seller when the money is here, on the day it came; a bill may be shared between sellers;
money that came too late is taken back from their figures. Amounts in minor units, shares in per cent. No fen is lost: what is credited
and what is taken back are together what was received for the bill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from crm_desktop.record.dates import days_between
from crm_desktop.record.text import Text

REASONS = (
    ("large", Text("Large meeting, 90/10"), ""), ("led", Text("Led by a manager, 80/20"), ""), ("handed", Text("Handed over"), ""), ("other", Text("Other"), ""),
)  # fmt: skip


class Part(NamedTuple):
    """Another seller's share of a bill."""

    staff_id: int
    percent: int


class Received(NamedTuple):
    """Money that paid (part of) a bill."""

    application_id: int
    day: str
    amount: int
    due: str
    seller: int | None
    parts: Sequence[Part] = ()


class Credit(NamedTuple):
    """What of a receipt is one seller's: the amount, what of it is taken back, and whether it came by a share of a colleague's bill."""

    application_id: int
    seller: int | None
    amount: int
    taken: int
    shared: bool

    @property
    def credited(self) -> int:
        """What counts."""
        return self.amount - self.taken


def divided(amount: int, seller: int | None, parts: Iterable[Part]) -> list[tuple[int | None, int, bool]]:
    """An amount between sellers, as (seller, amount, by a share): each part rounded down, the bill's own seller has the rest. Parts beyond
    a hundred per cent get what is left."""
    left, percent = amount, 100
    out: list[tuple[int | None, int, bool]] = []
    for part in parts:
        mine = min(percent, max(0, part.percent))
        percent -= mine
        if got := amount * mine // 100:
            out.append((part.staff_id, got, True))
            left -= got
    return [(seller, left, False), *out] if left or not out else out


def taken_back(amount: int, due: str, day: str, late_days: int, percent: int) -> int:
    """What of an amount does not count, because it came more than so many days past due; 0 days = never."""
    if not due or not late_days or days_between(due, day) <= late_days:
        return 0
    return amount * percent // 100


def credits(received: Iterable[Received], terms: Callable[[str], tuple[int, int]]) -> list[Credit]:
    """Who gets what of every receipt; `terms(day)`: the days past due and the per cent that hold on the day money came."""
    out = []
    for one in received:
        for seller, amount, shared in divided(one.amount, one.seller, one.parts):
            out.append(Credit(one.application_id, seller, amount, taken_back(amount, one.due, one.day, *terms(one.day)), shared))
    return out


class Seller:
    """What is one seller's in a period and currency."""

    def __init__(self) -> None:
        self.own = self.shared = self.taken = 0
        self.applications: list[int] = []

    @property
    def received(self) -> int:
        """Everything that came for the seller's sales."""
        return self.own + self.shared

    @property
    def credited(self) -> int:
        """What counts."""
        return self.received - self.taken

    def take(self, credit: Credit) -> None:
        """Add a part of a receipt."""
        self.own += 0 if credit.shared else credit.amount
        self.shared += credit.amount if credit.shared else 0
        self.taken += credit.taken
        self.applications.append(credit.application_id)


def share_left(others: Iterable[int]) -> int:
    """What of a bill can still be shared, in per cent, beside the shares there are."""
    return max(0, 100 - sum(others))


def check_split(row: dict[str, Any]) -> dict[str, Text]:
    """A share is more than nothing, and not all of it."""
    percent = row.get("percent")
    if not isinstance(percent, int) or not 0 < percent < 100:
        return {"percent": Text("A colleague's share is 1 to 99 per cent; the bill's own seller has the rest")}
    return {}
