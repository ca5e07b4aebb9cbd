"""Rules of receivables: balance, days past due (F-15), ageing, promises (F-21). Amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from crm_desktop.duties.receivables import rules_stages, rules_terms
from crm_desktop.record.dates import business_date, days_before, days_between
from crm_desktop.record.duty import Filter
from crm_desktop.record.money import is_currency, show_money
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import next_working

LIMITS = (0, 30, 60, 90)  # days: not due, 1-30, 31-60, 61-90, over 90
LONG = 60  # days past due from which a balance counts as long overdue (F-20)
TARGET = 100  # tenths of a per cent: what may be long overdue
CREDIT_NOTE = "credit"  # the kind of a bill that may be below nothing
GRACE = 1  # days after the promised one on which money still counts (F-21)
OPEN, KEPT, PART, BROKEN, WITHDRAWN = "open", "kept", "part", "broken", "withdrawn"
UNMATCHED, UNINVOICED = "unmatched", "uninvoiced"
EARLY_WORDS = {UNMATCHED: Text("No statement yet"), UNINVOICED: Text("No invoice yet")}
EARLY = {UNMATCHED: (rules_stages.SIGNED,), UNINVOICED: (rules_stages.MATCHED, rules_stages.CONFIRMED)}  # the stages of each
LATE_TONES = ("soft", "late1", "late2", "late3", "late4")


def settle(row: Row) -> Row:
    """The balance: what is billed less what is paid and what is written off; and where there are terms, the due date."""
    found: Row = {"balance": (row.get("amount") or 0) - (row.get("paid") or 0) - (row.get("written_off") or 0), "expected": 0}
    if (due := rules_terms.of_row(row)) is not None:
        found |= {"due": due.day, "expected": int(due.expected)}
    return found


def settle_receipt(row: Row) -> Row:
    """What of a receipt is not yet applied to bills."""
    return {"unapplied": (row.get("amount") or 0) - (row.get("applied") or 0)}


def no_currency(code: str) -> Text:
    """What is wrong with letters that are no currency."""
    return Text("'{currency}' is no currency; write its three letters, such as CNY", currency=code)


def check(row: Row) -> Problems:
    """A due date not before the bill, no more disputed than billed, a currency that exists, no negative bill but a credit
    note, and nothing paid taken away that came by receipts."""
    found: Problems = rules_stages.problems(row)
    if not row.get("due") and not row.get("pay_terms"):
        found["due"] = Text("Write the due date, or choose terms")
    if row.get("currency") and not is_currency(row["currency"]):
        found["currency"] = no_currency(row["currency"])
    if (row.get("amount") or 0) < 0 and row.get("kind") != CREDIT_NOTE:
        found["amount"] = Text("A bill below nothing is a credit note; choose that kind")
    if (row.get("paid") or 0) < (row.get("by_receipts") or 0):
        found["paid"] = Text("Receipts paid {amount} of it; take those applications back instead", amount=show_money(row["by_receipts"]))
    if row.get("due") and row.get("bill_date") and row["due"] < row["bill_date"] and not row.get("pay_terms"):
        found["due"] = Text("The due date must be on or after {date}", date=row["bill_date"])
    if (row.get("disputed") or 0) > max(0, row.get("amount") or 0):
        found["disputed"] = Text("No more can be disputed than was billed")
    return found


def check_receipt(row: Row) -> Problems:
    """Money that came, no more applied than that, none of it taken away which pays bills, and a currency that exists."""
    if row.get("currency") and not is_currency(row["currency"]):
        return {"currency": no_currency(row["currency"])}
    if not row.get("amount"):
        return {"amount": Text("Write how much came in")}
    if (row.get("applied") or 0) < (row.get("by_bills") or 0):
        return {"applied": Text("Bills take {amount} of it; take those applications back instead", amount=show_money(row["by_bills"]))}
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
        self.early: dict[str, tuple[int, int]] = {}  # what of it is not billed to the end: amount and items by UNMATCHED, UNINVOICED

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

    def take_span(self, span: int, balance: int, count: int, disputed: int, oldest: str, day: str) -> None:
        """Add items of one span between the cuts of these limits, `oldest` their earliest due date."""
        low = cuts(self.limits)[span - 1] if span else -1  # more days past due than this
        at = bucket(low + 1, self.limits)
        self.amounts[at] += balance
        self.counts[at] += count
        self.disputed += disputed
        if span:
            self.overdue, self.late, self.oldest = self.overdue + balance, self.late + count, max(self.oldest, days_between(oldest, day))
        if low >= LONG:
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


@lru_cache(64)
def cuts(limits: tuple[int, ...]) -> tuple[int, ...]:
    """The days at which an age means something else: the limits, due or not, and long overdue."""
    return tuple(sorted({0, LONG, *limits}))


def aged(rows: Iterable[tuple[str, int, int, int, int, str]], day: str, limits: Sequence[int] = LIMITS) -> list[Aged]:
    """Spans of items as (currency, span, balance, number, disputed, oldest due date), as `age` gives them."""
    found: dict[str, Aged] = {}
    for currency, span, balance, count, disputed, oldest in rows:
        found.setdefault(currency, Aged(currency, limits)).take_span(span, balance, count, disputed, oldest, day)
    return sorted(found.values(), key=lambda aged: (aged.currency != "CNY", aged.currency))


def age(rows: Iterable[tuple[str, str, int, int, int]], day: str, limits: Sequence[int] = LIMITS) -> list[Aged]:
    """Items as (due, currency, balance, number, disputed), each currency on its own: CNY first, the others by name."""
    found: dict[str, Aged] = {}
    for due, currency, balance, count, disputed in rows:
        found.setdefault(currency, Aged(currency, limits)).take(due, balance, count, disputed, day)
    return sorted(found.values(), key=lambda aged: (aged.currency != "CNY", aged.currency))


def share(part: int, whole: int) -> int | None:
    """A part in tenths of a per cent, rounded half up; None where there is no whole."""
    return (2000 * part + whole) // (2 * whole) if whole > 0 else None


def rounded(part: int, whole: int, places: int) -> float | None:
    """A quotient rounded half up to some places; None where there is nothing to divide by."""
    if whole <= 0:
        return None
    scale: int = 10**places
    return (2 * part * scale + whole) // (2 * whole) / scale


def percent(tenths: int) -> str:
    """19.1 % of 191 tenths."""
    return f"{tenths / 10:.1f} %"


# promises


def deadline(due: str) -> str:
    """The last day on which money still keeps a promise: the working day after the promised one; no bank moves a company's money on a
    weekend or holiday."""
    return next_working(due)


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


def uncredited(
    promises: Sequence[Row], received_on: str, amount: int, currency: str, others: Sequence[tuple[str, int, str]]
) -> dict[int, int]:  # fmt: skip
    """What a receipt that never was takes from each promise (by id): what of its received amount the other receipts (day,
    amount, currency) would not have brought; the promise due last loses first."""
    rest: list[Row] = [{**promise, "received": 0} for promise in promises]
    for day, units, unit in sorted(others):
        came = credited(rest, day, units, unit)
        for promise in rest:
            promise["received"] += came.get(promise["id"], 0)
    left, found, covered = amount, dict[int, int](), {promise["id"]: promise["received"] for promise in rest}
    for promise in sorted(promises, key=lambda p: (p["due"], p["id"]), reverse=True):
        part = min(left, promise["received"] - covered[promise["id"]])
        if part > 0 and counts_for(promise, received_on, currency):
            found[promise["id"]] = part
            left -= part
    return found


def kept_of(promises: Iterable[Row], day: str) -> tuple[int, int]:
    """F-21: what came in time of what was promised for days that are over (or is here already), and that. Withdrawn promises and those
    without an amount count for nothing."""
    due = [p for p in promises if p["state"] != WITHDRAWN and p["amount"] > 0]
    due = [p for p in due if promise_state(p["amount"], p["received"], p["due"], day) != OPEN]
    return sum(min(p["amount"], p["received"]) for p in due), sum(p["amount"] for p in due)


def reliability(promises: Iterable[Row], day: str) -> int | None:
    """The same in per cent; None when nothing was due yet."""
    kept, promised = kept_of(promises, day)
    return kept * 100 // promised if promised else None


def early_kind(stage: str, statement_on: str, invoiced_on: str, day: str) -> str:
    """Whether a bill had no statement (UNMATCHED) or no invoice (UNINVOICED) on a day; '' where it had both."""
    if stage in EARLY[UNMATCHED] or statement_on > day:
        return UNMATCHED
    return UNINVOICED if stage in EARLY[UNINVOICED] or invoiced_on > day else ""
