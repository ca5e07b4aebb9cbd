"""Rules that propose which bills a receipt pays, and whose money it is. Amounts in minor units.

Everything here is a proposal: a person looks at it and confirms."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from crm_desktop.record.dates import days_between
from crm_desktop.record.later import pattern

SHORT = 100  # minor units: a rest up to this is a short payment, not an open bill
ITEMS, STATES = 24, 20_000  # the oldest bills tried together, and how many sums of them are kept in mind
TWICE_WITHIN = 60  # days in which the same amount from the same payer may be a double payment
FEW = 3  # bills a short payment may be for, unless it is for all there are
EXACT, SET, SHORT_PAY, OLDEST, DOUBLE, NOTHING = "exact", "set", "short", "oldest", "double", "nothing"

_FORMS = pattern(
    r"股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团|\b(?:co|ltd|limited|inc|llc|corp|corporation|company|plc|gmbh)\b"
)
_PLACES = pattern(r"^(?:[\u4e00-\u9fff]{2,3}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,3}市)?")
_BRACKETS = pattern(r"\(.*?\)|【.*?】|\[.*?\]")
_REST = pattern(r"[\W_]+")
Used = tuple[tuple[int, int], ...]  # (place of a bill, what is taken of it), in order


class Item:
    """An open bill: what is open of it, and how much of that is disputed."""

    def __init__(self, row_id: int, due: str, balance: int, disputed: int = 0) -> None:
        self.id, self.due, self.balance, self.disputed = row_id, due, balance, disputed

    @property
    def undisputed(self) -> int:
        """What nobody quarrels about."""
        return self.balance - min(max(0, self.disputed), self.balance)


class Came:
    """A receipt of the past: when, how much, in what currency."""

    def __init__(self, day: str, amount: int, currency: str) -> None:
        self.day, self.amount, self.currency = day, amount, currency


class Match:
    """What is proposed: how it was found, the amount for each bill, what is left of the receipt, and what stays open of
    the bills it nearly pays."""

    def __init__(self, how: str, parts: dict[int, int], rest: int, short: int = 0) -> None:
        self.how, self.parts, self.rest, self.short = how, parts, rest, short

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Match) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.how, self.rest))

    def __repr__(self) -> str:
        return f"Match({self.how}, {self.parts}, rest={self.rest}, short={self.short})"


def match(amount: int, items: Iterable[Item], earlier: Sequence[Came] = (), day: str = "", currency: str = "CNY") -> Match:
    """The bills an amount pays: one of exactly this balance; some that add up to it (at most twenty-four are tried); some
    that it pays but for one unit; nothing when the same payer sent the same amount within sixty days; else the oldest
    first, leaving out what is disputed. Neither more than is open nor more than came is ever applied."""
    living = sorted((item for item in items if item.balance > 0), key=lambda item: (item.due, item.id))
    if amount <= 0:
        return Match(NOTHING, {}, max(0, amount))
    found = _adding_up(amount, living)
    if found is not None:
        short = sum(found.values()) - amount
        how = SHORT_PAY if short else EXACT if len(found) == 1 else SET
        return Match(how, _cut(found, short), 0, short)
    if paid_before(amount, currency, earlier, day):
        return Match(DOUBLE, {}, amount)
    return _oldest_first(amount, living) if living else Match(NOTHING, {}, amount)


def paid_before(amount: int, currency: str, earlier: Sequence[Came], day: str) -> bool:
    """True when the same amount came from this payer not long before."""
    return any(
        came.amount == amount and came.currency == currency and 0 <= days_between(came.day, day) <= TWICE_WITHIN
        for came in earlier
        if day and came.day
    )


def _adding_up(amount: int, items: Sequence[Item]) -> dict[int, int] | None:
    """Bills whose open (or undisputed) amounts add up to this, at most a short payment more; the nearest, then the fewest,
    then the oldest of them."""
    sums: dict[int, Used] = {0: ()}
    for at, item in enumerate(items):
        for part in sorted({item.balance, item.undisputed} - {0}):
            if at < ITEMS:
                _widen(sums, at, part, amount + SHORT)
            elif part not in sums:  # a bill beyond the oldest is still tried alone
                sums[part] = ((at, part),)
    near = [total for total, used in sums.items() if used and _fits(total - amount, used, len(items))]
    return {items[at].id: part for at, part in sums[min(near)]} if near else None


def _fits(short: int, used: Used, count: int) -> bool:
    """True for an exact sum; a short one must be of few bills, or of all: among many, some sum is always near."""
    few = len(used) <= FEW or len(used) == count
    return short == 0 or (0 < short <= SHORT and few and max(part for _, part in used) > short)


def _widen(sums: dict[int, Used], at: int, part: int, most: int) -> None:
    """Add one more bill to every sum that has room for it; each sum keeps its fewest and oldest bills."""
    for total, used in list(sums.items()):
        new = total + part
        if new > most or len(sums) >= STATES or (used and used[-1][0] == at):
            continue
        longer = (*used, (at, part))
        if new not in sums or _better(longer, sums[new]):
            sums[new] = longer


def _better(one: Used, other: Used) -> bool:
    return (len(one), one) < (len(other), other)


def _cut(parts: dict[int, int], short: int) -> dict[int, int]:
    """The same bills with the short payment taken off the greatest of them."""
    greatest = max(parts, key=lambda row_id: parts[row_id])
    return parts | {greatest: parts[greatest] - short}


def _oldest_first(amount: int, items: Sequence[Item]) -> Match:
    parts: dict[int, int] = {}
    left = amount
    for item in items:
        if (part := min(left, item.undisputed)) > 0:
            parts[item.id] = part
            left -= part
    return Match(OLDEST if parts else NOTHING, parts, left)


# whose money it is


def plain_name(name: str) -> str:
    """A company's name without its legal form, places in front, brackets and punctuation."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).casefold()
    bare = _REST.sub("", _FORMS.sub("", _PLACES.sub("", text.strip())))
    return bare or _REST.sub("", text)


def likeness(payer: str, name: str, short_name: str = "", city: str = "") -> int:
    """How well the payer's name on a bank line fits a client: 3 the same, 2 one begins with the other, 1 one holds the
    other, 0 not at all. Names under two characters fit nothing; the client's city in front is left out."""
    payer_plain = _without(plain_name(payer), city)
    best = 0
    for own in {_without(plain_name(known), city) for known in (name, short_name) if known}:
        if min(len(own), len(payer_plain)) < 2:
            continue
        if own == payer_plain:
            return 3
        long, brief = sorted((own, payer_plain), key=len, reverse=True)
        best = max(best, 2 if long.startswith(brief) else 1 if brief in long and len(brief) > 2 else 0)
    return best


def _without(name: str, city: str) -> str:
    """A name without the city it begins with, unless that is all there is of it."""
    place = city.strip().casefold().removesuffix("市")
    return name[len(place) :].removeprefix("市") or name if place and name.startswith(place) else name
