"""Rules of promotions: what each step needs, when the evaluation is due, how many must be sold. Amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.record.dates import add_days, business_date, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

PROPOSED, SCHEME, APPROVAL, PREPARING, SELLING, RUNNING, EVALUATION, FILED, CANCELLED = (
    "proposed", "scheme", "approval", "preparing", "selling", "running", "evaluation", "filed", "cancelled",
)  # fmt: skip
COMING = (PROPOSED, SCHEME, APPROVAL, PREPARING)
UNEVALUATED = (SELLING, RUNNING, EVALUATION)
OPEN, DONE = "open", "done"
TO_TELL, TOLD, THINKING, BOOKED, DECLINED = "to-tell", "told", "thinking", "booked", "declined"
UNDECIDED = (TO_TELL, TOLD, THINKING)
EVALUATED_WITHIN = 14  # days after its last day
Product = tuple[int, int, int]  # price, cost of one, how many there are


def last_day(row: Row) -> str:
    """The last day a promotion is sold or used; '' while neither is known."""
    return max(str(row.get("sell_to") or ""), str(row.get("stay_to") or ""))


def settle(row: Row) -> Row:
    """The day by which it is evaluated."""
    last = last_day(row)
    return {"evaluate_by": add_days(last, EVALUATED_WITHIN) if last else ""}


def check(row: Row) -> Problems:
    """Periods run forward, and nothing is used before it can be bought."""
    problems: Problems = {}
    for begin, end in (("sell_from", "sell_to"), ("stay_from", "stay_to"), ("sell_from", "stay_to")):
        if row.get(begin) and row.get(end) and row[end] < row[begin]:
            problems.setdefault(end, Text("The day must be on or after {first}", first=row[begin]))
    return problems


def purpose_missing(row: Row) -> Text | None:
    """A scheme begins with what it is for."""
    return None if (row.get("purpose") or "").strip() else Text("Write first what it is for ('What it is for').")


def scheme_missing(row: Row) -> Text | None:
    """What is still missing before somebody can say yes or no."""
    for name, words in (
        ("target", Text("Write first for whom it is ('For whom').")), ("sell_from", Text("Enter first from when it is sold.")),
        ("sell_to", Text("Enter first until when it is sold.")), ("programme", Text("Write the programme first.")),
        ("budget", Text("Enter the budget first: whoever approves it goes by it.")),
    ):
        if not (row.get(name) if name == "budget" else str(row.get(name) or "").strip()):
            return words
    return None


def not_yet_sold(row: Row) -> Text | None:
    """Selling begins on its day."""
    first = row.get("sell_from") or ""
    return Text("It is sold from {day} on; change that day first if it begins earlier.", day=first) if first > business_date() else None


def not_yet_used(row: Row) -> Text | None:
    """It is carried out from its first day of use on."""
    first = row.get("stay_from") or ""
    return Text("It is used from {day} on; change that day first if it begins earlier.", day=first) if first > business_date() else None


def not_over(row: Row) -> Text | None:
    """Nothing is evaluated while it goes on."""
    last = last_day(row)
    return Text("It goes on until {day}: it is evaluated after that.", day=last) if last >= business_date() else None


def evaluation_missing(row: Row) -> Text | None:
    """What the file keeps for next year."""
    for name, words in (
        ("evaluation", Text("Write the evaluation first.")), ("keep", Text("Write first what to keep: next year's file begins with it.")),
        ("cost", Text("Enter first what it cost.")),
    ):
        if not row.get(name):
            return words
    return None


def told(_row: Row, day: str) -> Row:
    """A client is told today."""
    return {"day": day}


def answered(row: Row, day: str) -> Row:
    """Who has answered was told, today at the latest."""
    return {"day": min(str(row.get("day") or day), day)}


def answer_missing(row: Row) -> Text | None:
    """A no has its reason: the next offer goes by it."""
    return None if (row.get("said") or "").strip() else Text("Write first what they said to it: the next offer goes by it.")


def task_late(state: str, due: str) -> int | None:
    """Days an open task is late today."""
    today = business_date()
    return days_between(due, today) if state == OPEN and due and due < today else None


def late_tone(days: int | None) -> str:
    """The colour of days that something is late."""
    return "text" if not days else "late1" if days < 3 else "late4"


def gain(revenue: int | None, cost: int | None) -> int | None:
    """What came in above the cost, in whole percent of it, towards zero; None where it cost nothing."""
    if not cost:
        return None
    more = ((revenue or 0) - cost) * 100
    return more // cost if more >= 0 else -(-more // cost)


def margin(price: int | None, cost: int | None) -> int:
    """What one sold leaves."""
    return (price or 0) - (cost or 0)


def break_even(budget: int, products: Iterable[Product]) -> tuple[int, int] | None:
    """How many must be sold, and of how many, until the budget is earned, when all sell alike; None when they never earn it."""
    kept = [(price - cost, number) for price, cost, number in products if number > 0]
    number, earned = sum(n for _, n in kept), sum(left * n for left, n in kept)
    if earned <= 0 or budget <= 0:
        return (0, number) if budget <= 0 and kept else None
    needed = -(-budget * number // earned)
    return (needed, number) if needed <= number else None
