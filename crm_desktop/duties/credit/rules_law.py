"""The law pack: how late a payer of each kind may pay by the regulation on payments to small and medium firms (State Council decree 802,
in force since 2025-06-01), the late fee it gives where none was agreed, and when an agreed fee is dear beside the LPR. All of it as
data with days, to which the hotel adds its own rows; the hotel may switch it off. Rates in millionths a day (500 = 0.05 %), yearly rates in hundredths of a per cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from crm_desktop.record import lawbook
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

BODY, LARGE, OTHER = "body", "large", "other"
BODIES = ("government", "institution", "school", "hospital")
BY_LAW = 500  # millionths a day where no rate was agreed
MILLION = 1_000_000
GREEN, AMBER, RED = "green", "amber", "red"
YEAR = 365
LIMIT_YEARS = 3  # Civil Code, art. 188; where the rule is switched off, claims are still watched
LIMITATION_RED, LIMITATION_AMBER = 90, 180  # days left


class Term(NamedTuple):
    """What the regulation says of a kind of payer from a day on: how many days after delivery it has where nothing else is agreed, and at
    most; the late fee where none is agreed; where that stands. `ended`: from that day on nothing."""

    since: str
    payer: str
    usual: int
    most: int
    rate: int = BY_LAW
    basis: Text | str = ""
    ended: bool = False


FIRST, NOW = Text("decree 728 of the State Council"), Text("decree 802 of the State Council")
TERMS = (Term("2020-09-01", BODY, 30, 60, BY_LAW, FIRST), Term("2025-06-01", BODY, 30, 60, BY_LAW, NOW), Term("2025-06-01", LARGE, 60, 60, BY_LAW, NOW))


def check_term(row: Row) -> Problems:
    """The bound is not below what holds where nothing is agreed."""
    if (row.get("most") or 0) < (row.get("usual") or 0):
        return {"most": Text("It cannot be less than where nothing is agreed")}
    return {}


def payer_kind(type: str, size: str, ownership: str = "") -> str:
    """Whom the regulation means: state bodies and public institutions, large enterprises, others."""
    if type in BODIES or ownership == "budget":
        return BODY
    return LARGE if size == "large" else OTHER


def term_on(payer: str, day: str, own: Iterable[Term] = ()) -> Term | None:
    """The wording in force for a kind of payer on a day, the hotel's own before the program's of the same day; None without one."""
    begun = sorted((term for term in (*TERMS, *own) if term.payer == payer and term.since <= day), key=lambda term: term.since)
    return begun[-1] if begun and not begun[-1].ended else None


def longest_days(term: Term | None, agreed: int | None = None) -> int | None:
    """How many days after delivery a payer has: what was agreed up to the bound, the usual term where nothing was. None without a term."""
    if term is None:
        return None
    return term.usual if agreed is None else min(agreed, term.most)


def legal_due(term: Term | None, delivered: str, agreed: int | None = None) -> str:
    """The day by which the regulation wants a payer to have paid; '' where it says nothing."""
    days = longest_days(term, agreed)
    return "" if days is None else add_days(delivered, days)


def payable(balance: int, disputed: int) -> int:
    """What must be paid in spite of a dispute: the undisputed part."""
    return max(0, balance - disputed)


# late fees (F-27)

AGREED, REGULATION, CLAIMED = "agreed", "regulation", "claimed"


class Fee(NamedTuple):
    """A late fee a day in millionths, and what it rests on."""

    rate: int
    by: str


def fee(agreed: int, term: Term | None, claimed: int) -> Fee:
    """What is claimed of a late client: the agreed rate, the regulation's where it is about the client, else what the policy claims."""
    if agreed:
        return Fee(agreed, AGREED)
    return Fee(term.rate, REGULATION) if term is not None else Fee(claimed, CLAIMED)


def late_fee(amount: int, rate: int, due: str, day: str) -> int:
    """The late fee of an amount from the day after its due date up to a day, in minor units, rounded half up."""
    days = max(0, days_between(due, day)) if due else 0
    return (2 * amount * rate * days + MILLION) // (2 * MILLION) if amount > 0 else 0


def yearly(rate: int) -> int:
    """A daily rate as a yearly one in hundredths of a per cent."""
    return rate * YEAR // 100


def fee_level(rate: int, policy: dict[str, Any]) -> str:
    """Whether a late fee is dear: red above four times the one-year LPR, amber above one and a half times (both settings)."""
    a_year = rate * YEAR  # compared in millionths, so that no rounding decides
    if a_year * 100 > policy["lpr"] * 100 * policy["red_times"]:
        return RED
    return AMBER if a_year * 100 > policy["lpr"] * 100 * policy["amber_times"] else GREEN


def rate_words(rate: int) -> str:
    """0.05 % of 500."""
    return f"{rate / 10_000:g} %"


# limitation (ARC-14)

DEMAND, PART_PAYMENT, CONFIRMED, PROMISED, SUIT, INSTALMENTS = "demand", "payment", "confirmed", "promise", "suit", "instalments"
ACKNOWLEDGED = (PART_PAYMENT, CONFIRMED, PROMISED)


class Interruption(NamedTuple):
    """What starts the three years anew: a demand that was delivered, a part payment, a signed confirmation, a promise, a suit. Of an instalment
    plan `day` is that of its last instalment."""

    kind: str
    day: str


class Clock(NamedTuple):
    """Where the clock of a claim stands: the day it runs out, the days left, what it runs from; `renewed` tells that the client acknowledged
    the debt when it had run out: a new promise to pay, not a clock that never stopped."""

    runs_out: str
    left: int
    since: str
    by: str
    renewed: bool


def years_later(day: str, years: int) -> str:
    """The same day of a later year; the last of February for a leap day."""
    date = dt.date.fromisoformat(day)
    return (date.replace(year=date.year + years) if (date.month, date.day) != (2, 29) or _leap(date.year + years) else date.replace(year=date.year + years, day=28)).isoformat()


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def limitation(due: str, interruptions: list[Interruption], day: str) -> Clock:
    """The three years of a claim due on a day, with what interrupted them by today. A plan of instalments lets them begin with its last
    one. What comes after they ran out interrupts nothing: only an acknowledgement counts, as a new one."""
    since, by, renewed = due, "", False
    years = lawbook.number(lawbook.LIMITATION, day) or LIMIT_YEARS
    for kind, at in sorted(interruptions, key=lambda each: (each.day, each.kind)):
        if kind == INSTALMENTS:
            since, by = max(since, at), kind
        elif at > day or at < since:
            continue
        elif at <= years_later(since, years):
            since, by = at, kind
        elif kind in ACKNOWLEDGED:
            since, by, renewed = at, kind, True
    runs_out = years_later(since, years)
    return Clock(runs_out, days_between(day, runs_out), since, by, renewed)


def limitation_tone(left: int) -> str:
    """Red within ninety days or when it has run out, amber within a hundred and eighty."""
    return RED if left <= LIMITATION_RED else AMBER if left <= LIMITATION_AMBER else ""
