"""Rules of receivables: balance, days past due (F-15), ageing, promises (F-21), headroom (F-26). Amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.record.dates import add_days, business_date, days_before, days_between
from crm_desktop.record.duty import Filter
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import working_from

LIMITS = (0, 30, 60, 90)  # days: not due, 1-30, 31-60, 61-90, over 90
LONG = 60  # days past due from which a balance counts as long overdue (F-20)
TARGET = 100  # tenths of a per cent: what may be long overdue
GRACE = 1  # days after the promised one on which money still counts (F-21)
OPEN, KEPT, PART, BROKEN, WITHDRAWN = "open", "kept", "part", "broken", "withdrawn"
LATE_TONES = ("soft", "late1", "late2", "late3", "late4")


def settle(row: Row) -> Row:
    """The balance: what is billed less what is paid."""
    return {"balance": (row.get("amount") or 0) - (row.get("paid") or 0)}


def settle_receipt(row: Row) -> Row:
    """What of a receipt is not yet applied to bills."""
    return {"unapplied": (row.get("amount") or 0) - (row.get("applied") or 0)}


def check(row: Row) -> Problems:
    """A due date not before the bill, and no more disputed than billed."""
    found: Problems = {}
    if row.get("due") and row.get("bill_date") and row["due"] < row["bill_date"]:
        found["due"] = Text("The due date must be on or after {date}", date=row["bill_date"])
    if (row.get("disputed") or 0) > max(0, row.get("amount") or 0):
        found["disputed"] = Text("No more can be disputed than was billed")
    return found


def check_receipt(row: Row) -> Problems:
    """No more applied than came in."""
    if (row.get("applied") or 0) > max(0, row.get("amount") or 0):
        return {"applied": Text("No more can be applied than was received")}
    return {}


def check_promise(row: Row) -> Problems:
    """A promise is for the day it is made or a later one."""
    if row.get("due") and row.get("made_on") and row["due"] < row["made_on"]:
        return {"due": Text("The promised day must be on or after {date}", date=row["made_on"])}
    return {}


# ageing


def days_past_due(due: str, balance: int, day: str = "") -> int | None:
    """F-15: days from the due date to a day (today); None for an item that is settled or has no due date."""
    if not due or not balance:
        return None
    return max(0, days_between(due, day or business_date()))


def late_tone(days: int | None) -> str:
    """The colour of so many days past due: the later the deeper."""
    return LATE_TONES[min(bucket(days), len(LATE_TONES) - 1)] if days is not None else ""


def bucket(days: int, limits: Sequence[int] = LIMITS) -> int:
    """Which bucket so many days past due fall into: 0 up to the first limit, and one more for each limit passed."""
    return sum(days > limit for limit in limits)


def bucket_words(at: int, limits: Sequence[int] = LIMITS) -> Text:
    """What a bucket is called."""
    if at == 0:
        return Text("Not due") if limits[0] == 0 else Text("Up to {last} days", last=limits[0])
    if at == len(limits):
        return Text("Over {days} days", days=limits[-1])
    return Text("{first}–{last} days", first=limits[at - 1] + 1, last=limits[at])


def bucket_filters(at: int, day: str, limits: Sequence[int] = LIMITS) -> list[Filter]:
    """The filters on the due date that open exactly the rows of a bucket."""
    found: list[Filter] = []
    if at < len(limits):
        found.append(("due", ">=", days_before(day, limits[at])))
    if at:
        found.append(("due", "<", days_before(day, limits[at - 1])))
    return found


class Aged:
    """The open balance of one currency by age: amount and number of items in each bucket; `overdue` is what is past its
    due date, `oldest` the days of its oldest item, `long` what is more than sixty days past due."""

    def __init__(self, currency: str, limits: Sequence[int] = LIMITS) -> None:
        self.currency, self.limits = currency, tuple(limits)
        self.amounts, self.counts = [0] * (len(limits) + 1), [0] * (len(limits) + 1)
        self.overdue = self.long = self.oldest = self.disputed = self.late = 0

    def take(self, due: str, balance: int, count: int, disputed: int, day: str) -> None:
        """Add items of one due date, their balances added up. Without a due date they are not due."""
        days = max(0, days_between(due, day)) if due else 0  # also where a bill and a credit note of one day cancel out
        at = bucket(days, self.limits)
        self.amounts[at] += balance
        self.counts[at] += count
        self.disputed += disputed
        if days > 0:
            self.overdue, self.late, self.oldest = self.overdue + balance, self.late + count, max(self.oldest, days)
        if days > LONG:
            self.long += balance

    @property
    def owes(self) -> int:
        """The whole open balance."""
        return sum(self.amounts)

    @property
    def items(self) -> int:
        """How many items are open."""
        return sum(self.counts)

    @property
    def long_share(self) -> int | None:
        """F-20: what is over sixty days past due, in tenths of a per cent of all that is open; None when nothing is."""
        return share(self.long, self.owes)


def age(rows: Iterable[tuple[str, str, int, int, int]], day: str, limits: Sequence[int] = LIMITS) -> list[Aged]:
    """Items as (due, currency, balance, number, disputed), each currency on its own: CNY first, the others by name."""
    found: dict[str, Aged] = {}
    for due, currency, balance, count, disputed in rows:
        found.setdefault(currency, Aged(currency, limits)).take(due, balance, count, disputed, day)
    return sorted(found.values(), key=lambda aged: (aged.currency != "CNY", aged.currency))


def share(part: int, whole: int) -> int | None:
    """A part in tenths of a per cent, rounded half up; None where there is no whole."""
    return (2000 * part + whole) // (2 * whole) if whole > 0 else None


def percent(tenths: int) -> str:
    """19.1 % of 191 tenths."""
    return f"{tenths / 10:.1f} %"


# promises


def deadline(due: str) -> str:
    """The last day on which money still keeps a promise: one day after the promised one; no bank moves a company's money
    on a weekend or holiday, so that a promise for such a day is one for the next working day."""
    return add_days(working_from(due), GRACE)


def last_missed(day: str) -> str:
    """The latest promised day whose deadline is over on a day."""
    due = days_before(day, GRACE + 1)
    while deadline(due) >= day:
        due = days_before(due, 1)
    return due


def promise_state(amount: int, received: int, due: str, day: str) -> str:
    """F-21: kept as soon as all of it is here; after the deadline kept in part or broken; open until then.

    Of a promise without an amount only a person can say that it was kept: money in time makes it kept in part."""
    if amount and received >= amount:
        return KEPT
    if day <= deadline(due):
        return OPEN
    return PART if received else BROKEN


def counts_for(promise: Row, received_on: str, currency: str) -> bool:
    """Whether money of this day is what was promised: from the day of the promise to its deadline."""
    if promise["state"] == WITHDRAWN or promise["currency"] != currency:
        return False
    return bool(promise["made_on"] <= received_on <= deadline(promise["due"]))


def credited(promises: Sequence[Row], received_on: str, amount: int, currency: str) -> dict[int, int]:
    """What a receipt adds to each promise (by id): the one due first is filled first, none beyond what was promised."""
    left, found = amount, dict[int, int]()
    for promise in sorted(promises, key=lambda p: (p["due"], p["id"])):
        if left <= 0 or not counts_for(promise, received_on, currency):
            continue
        room = promise["amount"] - promise["received"] if promise["amount"] else left
        if (part := min(left, max(0, room))) > 0:
            found[promise["id"]] = part
            left -= part
    return found


def reliability(promises: Iterable[Row], day: str) -> int | None:
    """F-21: of what was promised for days that are over (or is here already), how many per cent came in time; None when
    nothing was due yet. Withdrawn promises and those without an amount count for nothing."""
    due = [p for p in promises if p["state"] != WITHDRAWN and p["amount"] > 0]
    due = [p for p in due if promise_state(p["amount"], p["received"], p["due"], day) != OPEN]
    promised = sum(p["amount"] for p in due)
    return sum(min(p["amount"], p["received"]) for p in due) * 100 // promised if promised else None


# credit


def headroom(limit: int, owes: int, credit: str) -> int | None:
    """F-26 as far as the data goes: the limit less what is open. None for a client without credit.

    Not counted yet: what guests in house have not been billed, definite direct bills to come, deposits."""
    return limit - owes if credit not in ("", "none") or limit else None
