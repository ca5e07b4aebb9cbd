"""Rules of how a client stands: the relationship by its signals, the class by money, health, silence, and how full the file is.

Amounts are minor units of one currency; a share is in per cent. Every judgement names the facts it was made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crm_desktop.duties.clients.figures import between
from crm_desktop.duties.clients.records_account import BROKEN, GOOD, PLAIN, STRAINED
from crm_desktop.record.dates import days_between
from crm_desktop.record.record import Row

# the relationship: REL-01, points and half-life of the signals as the trade proposes them

HALF_LIFE = 180  # days
NEWEST = 3  # of each kind of signal only so many count: a busy client is not harmonious by being busy
POINTS = {
    "stay": 6.0, "referral": 10.0, "early": 3.0, "met": 3.0, "renewed": 8.0, "complaint": -6.0, "late": -5.0, "very-late": -10.0, "broken-promise": -6.0,
    "lost": -4.0, "contact-left": -8.0, "silence": -1.0, "praise": 4.0, "pleased": 2.0, "displeased": -4.0, "lost-bid": -3.0, "our-late": -6.0,
}  # fmt: skip
LASTING = ("late", "very-late", "silence")  # what is so today does not fade
HARMONIOUS, STRAIN, BREACH = 20.0, 0.0, -25.0


class Signal(NamedTuple):
    """One thing that speaks for or against a relationship: its kind, its day, the row (record, id) it was read from, and
    how often it counts (weeks of silence)."""

    kind: str
    day: str
    row: tuple[str, int] | None = None
    times: int = 1


def weight(signal: Signal, day: str) -> float:
    """What a signal is worth on a day: half of it after each half-life."""
    full = POINTS[signal.kind] * signal.times
    return full if signal.kind in LASTING else full * 0.5 ** (max(0, days_between(signal.day, day)) / HALF_LIFE)


def counted(signals: Sequence[Signal], day: str) -> list[tuple[Signal, float]]:
    """The signals that count with their points, the weightiest first; the newest of each kind only."""
    kinds: dict[str, list[Signal]] = {}
    for signal in sorted((each for each in signals if each.day <= day), key=lambda each: each.day, reverse=True):
        kinds.setdefault(signal.kind, []).append(signal)
    found = [(signal, weight(signal, day)) for several in kinds.values() for signal in several[:NEWEST]]
    return sorted(found, key=lambda each: (-abs(each[1]), each[0].kind, each[0].day))


def suggested(signals: Sequence[Signal], day: str) -> tuple[str, float]:
    """How a relationship seems to stand, and the points that say so."""
    total = sum(points for _, points in counted(signals, day))
    state = GOOD if total >= HARMONIOUS else PLAIN if total >= STRAIN else STRAINED if total >= BREACH else BROKEN
    return state, round(total, 1)


def fading(signals: Sequence[Signal], day: str) -> float:
    """The points of what happened, without what merely is so today: what a trend is told by."""
    return sum(points for signal, points in counted(signals, day) if signal.kind not in LASTING)


# how clients are judged: one dated row of the hotel's policy, these where it has none

DEFAULTS: Row = {
    "least_a": 500_000_00, "least_b": 150_000_00, "least_c": 30_000_00,
    "weight_money": 35, "weight_relation": 25, "weight_service": 20, "weight_risk": 20,
    "quiet_gaps": 2, "asleep_gaps": 4, "lost_gaps": 8, "one_contact": 80, "growth_share": 10, "late_share": 100, "pool_days": 30,
    "cap_a": 500_00, "cap_b": 300_00, "cap_c": 100_00, "cap_d": 0,
}  # fmt: skip
CLASS_ORDER = "ABCD"


def policy_on(rows: Sequence[Row], day: str) -> Row:
    """The policy that holds on a day: the latest that has begun, else the house's defaults."""
    begun = [row for row in rows if row["since"] <= day]
    return DEFAULTS | max(begun, key=lambda row: (row["since"], row.get("id") or 0)) if begun else dict(DEFAULTS)


# the class: twelve months of rooms, meals and rent


class Contribution(NamedTuple):
    """What a client brought in a year: minor units, and the nights."""

    rooms: int = 0
    meals: int = 0
    rent: int = 0
    nights: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.rooms + self.meals + self.rent


def counts_as(now: int, before: int, late: int, policy: Row) -> int:
    """What twelve months of a client count for when its class is given: what it brought, with a part of what it grew or
    shrank on the year before, and without a part of what has long been due; the parts in per cent, as the policy has them."""
    grown = (now - before) * policy["growth_share"] // 100 if before > 0 else 0
    return int(max(0, now + grown - max(0, late) * policy["late_share"] // 100))


def class_of(total: int, policy: Row) -> str:
    """A to D by what twelve months count for."""
    return next((level for level in "ABC" if total >= policy[f"least_{level.lower()}"]), "D")


def to_next_class(total: int, policy: Row) -> int:
    """What is missing for the next better class; 0 in the best."""
    level = class_of(total, policy)
    return 0 if level == "A" else int(policy[f"least_{CLASS_ORDER[CLASS_ORDER.index(level) - 1].lower()}"]) - total


def cost_cap(level: str, policy: Row) -> int | None:
    """What a day to keep of a client of this class may cost; None for a client without a class."""
    return int(policy[f"cap_{level.lower()}"]) if level in tuple(CLASS_ORDER) else None


# health: F-40

MONEY_POINTS = ((-60.0, 0.0), (-25.0, 40.0), (0.0, 75.0), (10.0, 100.0))  # per cent more than the year before -> score
RELATION_SCORES = {GOOD: 100, PLAIN: 60, STRAINED: 25, BROKEN: 0}
PARTS = ("money", "relation", "service", "risk")


def money_score(now: int, before: int) -> int | None:
    """100 at 10 % more than the year before, 75 at as much, 40 at a quarter less, 0 at 60 % less; in between on a line.

    Without a year before whoever brings something scores 75; who never brought anything has no score."""
    if before <= 0:
        return 75 if now > 0 else None
    return round(between(MONEY_POINTS, 100 * (now - before) / before))


def service_score(severe: int, other: int, reopened: int) -> int:
    """100 less 25 for each open complaint of the two severest kinds, 10 for each other, 15 for each opened again."""
    return max(0, 100 - 25 * severe - 10 * other - 15 * reopened)


def risk_score(open_amount: int, old_amount: int, one_contact: bool, expired: bool) -> int:
    """100 less the share of what is owed for more than 30 days, 20 for a single contact, 20 for an agreement that is over."""
    share = round(100 * max(0, old_amount) / open_amount) if open_amount > 0 else 0
    return max(0, 100 - min(100, share) - 20 * one_contact - 20 * expired)


def share(now: int, could: int) -> int | None:
    """Per cent of what a client could bring that comes to us, at most 999; None where nobody said what they could."""
    return min(999, round(100 * max(0, now) / could)) if could > 0 else None


def health(scores: Mapping[str, int | None], policy: Row) -> int | None:
    """The parts weighed; a part that has no score weighs nothing; None where money has none: there is no business to be healthy."""
    if scores.get("money") is None:
        return None
    weights = {part: max(0, int(policy[f"weight_{part}"])) for part in PARTS if scores.get(part) is not None}
    whole = sum(weights.values())
    return round(sum((scores[part] or 0) * share for part, share in weights.items()) / whole) if whole else None


# silence, measured by the client's own rhythm

ENOUGH_SHARES = 3  # bookings or contacts that say something
FEW, ACTIVE, COOLING, ASLEEP, LOST = "few", "active", "cooling", "asleep", "lost"
ENOUGH_STAYS, LEAST_QUIET, LEAST_LOST = 3, 14, 180  # days of stays that make a rhythm; nobody is quiet within two weeks, lost within half a year


class Silence(NamedTuple):
    """How long nobody came, and the client's own mean gap, in days; what that means."""

    days: int
    gap: float
    state: str

    @property
    def gaps(self) -> float:
        """The silence in own gaps."""
        return self.days / self.gap if self.gap else 0.0


def silence(first: str, last: str, count: int, day: str, policy: Row) -> Silence:
    """How a client's silence is to be taken: `count` different days of arrival from `first` to `last`."""
    if not last:
        return Silence(0, 0.0, FEW)
    quiet = max(0, days_between(last, day))
    if count < ENOUGH_STAYS:
        return Silence(quiet, 0.0, FEW)
    gap = max(1.0, days_between(first, last) / (count - 1))
    bounds = (
        (LOST, max(LEAST_LOST, policy["lost_gaps"] * gap)), (ASLEEP, max(LEAST_QUIET, policy["asleep_gaps"] * gap)),
        (COOLING, max(LEAST_QUIET, policy["quiet_gaps"] * gap)),
    )  # fmt: skip
    return Silence(quiet, gap, next((state for state, least in bounds if quiet > least), ACTIVE))


def falls(nights: Sequence[int]) -> bool:
    """True when the last of some spans of equal length brought less than half of what those before it did on average."""
    *before, last = nights
    return bool(before) and 2 * last * len(before) < sum(before)


# one contact only


class Single(NamedTuple):
    """The person nearly everything hangs on: who, the share in per cent, and of what ("bookings" or "contacts")."""

    person: int
    percent: int
    of: str


def hangs_on_one(shares: Sequence[int], policy: Row) -> bool:
    """True when one person carries nearly all of the contacts with a client, or is the only one there is."""
    total = sum(shares)
    return len(shares) == 1 or (total >= ENOUGH_SHARES and 100 * max(shares) >= policy["one_contact"] * total)


def single(bookings: Mapping[int, int], contacts: Mapping[int, int], policy: Row) -> Single | None:
    """On whom a client hangs: by who booked, where there were enough bookings, else by who was met and spoken to."""
    for of, shares in (("bookings", bookings), ("contacts", contacts)):
        if shares and (of == "contacts" or sum(shares.values()) >= ENOUGH_SHARES) and hangs_on_one([*shares.values()], policy):
            who = max(shares, key=lambda person: shares[person])
            return Single(who, round(100 * shares[who] / sum(shares.values())), of)
    return None


# how full the file is

WEIGHTS = {
    "name": 5, "credit_code": 10, "address": 5, "industry": 5, "invoice": 10, "decider": 15, "booker": 15, "finance": 10, "birthday": 5, "facts": 10,
    "agreement": 5, "competitors": 5,
}  # fmt: skip
FACTS = 3


class Item(NamedTuple):
    """One thing a file should have: what it weighs, whether it is there, and the field of the form it stands in ('' elsewhere)."""

    key: str
    weight: int
    there: bool
    field: str = ""


def file_items(row: Row, roles: Mapping[str, bool], birthdays: int, facts: int) -> list[Item]:
    """What a client's file has and has not. `roles`: those somebody holds -> whether anybody in it has a mobile number."""
    private = row.get("type") == "individual"
    there = {
        "name": (bool(row["name"] and (row["short_name"] or private)), "short_name"), "credit_code": (bool(row["credit_code"]) or private, "credit_code"),
        "address": (bool(row["address"] and row["district"]), "district" if row["address"] else "address"),
        "industry": (bool(row["industry"] and row["size"]) or private, "size" if row["industry"] else "industry"),
        "invoice": (bool(row["invoice_title"] and row["bank"] and row["bank_account"]) or private, next((n for n in ("invoice_title", "bank", "bank_account") if not row[n]), "")),
        "decider": ("decision-maker" in roles, ""), "booker": (roles.get("booker", False), ""), "finance": ("finance" in roles, ""),
        "birthday": (birthdays > 0, ""), "facts": (facts >= FACTS, ""), "agreement": (bool(row["agreement_no"] or row["agreed_rate"]), "agreement_no"),
        "competitors": (bool(row["competitors"]), "competitors"),
    }  # fmt: skip
    return [Item(key, weight, *there[key]) for key, weight in WEIGHTS.items()]


def completeness(items: Sequence[Item]) -> int:
    """The weight of what is there, in per cent of all."""
    whole = sum(item.weight for item in items)
    return round(100 * sum(item.weight for item in items if item.there) / whole) if whole else 0
