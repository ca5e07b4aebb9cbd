"""The hotel's credit policy as a plain row: what the program begins with, which one holds on a day, and what it grants a grade.

Money in minor units, shares in whole per cent, daily rates in millionths (500 = 0.05 %), yearly rates in hundredths of a per cent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_desktop.record.text import Text

Row = dict[str, Any]
PARTS = ("character", "capacity", "capital", "collateral", "conditions")  # the five C
GRADES = ("AAA", "AA", "A", "B", "C")
GRADE_TONES = {"AAA": "green", "AA": "green", "A": "blue", "B": "amber", "C": "red"}
FIRST_DAY = "0001-01-01"
DEFAULTS: Row = {
    "since": FIRST_DAY,
    "weight_character": 35, "weight_capacity": 25, "weight_capital": 15, "weight_collateral": 15, "weight_conditions": 10,
    "least_aaa": 90, "least_aa": 80, "least_a": 70, "least_b": 60,
    "days_aaa": 30, "days_aa": 30, "days_a": 20, "days_b": 15, "days_c": 0,
    "months_aaa": 20, "months_aa": 15, "months_a": 10, "months_b": 5, "months_c": 0,  # tenths of an average month
    "deposit_aaa": 0, "deposit_aa": 0, "deposit_a": 20, "deposit_b": 50, "deposit_c": 100,
    "grace": 15, "ceiling": 500_000_00, "review_months": 12, "guarantee_cap": 5_000_00, "season": 50,
    "law": 1, "late_rate": 500, "lpr": 300, "amber_times": 150, "red_times": 400,
    "back_days": 90, "back_share": 100, "write_back": 10_00, "parallel": 0,
    "share_late": 50, "share_broken": 25, "share_disputed": 10, "share_years": 15, "share_month": 55, "share_growth": 20, "share_size": 25,
    "share_owner": 70, "share_capital": 30, "share_deposit": 60, "share_guarantee": 40, "share_trade": 60, "share_region": 40,
    "cost_call": 5_00, "cost_letter": 25_00, "cost_visit": 120_00, "cost_legal": 1_500_00,
}  # fmt: skip


FACTORS = {  # of each part of the scorecard
    "character": ("late", "broken", "disputed", "years"), "capacity": ("month", "growth", "size"), "capital": ("owner", "capital"),
    "collateral": ("deposit", "guarantee"), "conditions": ("trade", "region"),
}  # fmt: skip


def policy_on(policies: Iterable[Row], day: str) -> Row:
    """The policy that holds on a day: the latest that began by then; what the program begins with before the first."""
    begun = [policy for policy in policies if policy["since"] <= day]
    return max(begun, key=lambda policy: (policy["since"], policy["id"])) if begun else DEFAULTS


def problems(row: Row) -> dict[str, Text]:
    """What cannot be in a policy."""
    found: dict[str, Text] = {}
    if sum(row[f"weight_{part}"] or 0 for part in PARTS) != 100:
        found["weight_character"] = Text("The five weights must add up to 100")
    for factors in FACTORS.values():
        if sum(row[f"share_{factor}"] or 0 for factor in factors) != 100:
            found[f"share_{factors[0]}"] = Text("The shares of the factors of one part must add up to 100")
    if not row["least_aaa"] > row["least_aa"] > row["least_a"] > row["least_b"] > 0:
        found["least_aa"] = Text("Each grade must ask for more points than the one below it")
    for name in ("days", "months"):
        granted = [row[f"{name}_{grade.lower()}"] or 0 for grade in GRADES]
        if granted != sorted(granted, reverse=True):
            found[f"{name}_aa"] = Text("A better grade must not be granted less than a worse one")
    if (row["red_times"] or 0) < (row["amber_times"] or 0):
        found["red_times"] = Text("Red must begin at or above amber")
    return found


WORDED = ("size", "owner")  # factors whose values are words


def check_scale(row: Row) -> dict[str, Text]:
    """A factor of words names one, every other has a value."""
    if row["factor"] in WORDED and not row.get("word"):
        return {"word": Text("Choose the word this share is for")}
    return {"word": Text("This factor has values, no words")} if row["factor"] not in WORDED and row.get("word") else {}


CHECKED = (
    *(f"weight_{part}" for part in PARTS), *(f"share_{factor}" for factors in FACTORS.values() for factor in factors), "least_aaa", "least_aa", "least_a", "least_b",
    *(f"{name}_{grade.lower()}" for name in ("days", "months") for grade in GRADES), "amber_times", "red_times",
)  # fmt: skip


def grade_of(points: float, policy: Row) -> str:
    """The grade of so many points out of a hundred."""
    return next((grade for grade in GRADES[:-1] if points >= policy[f"least_{grade.lower()}"]), GRADES[-1])


class Granted:
    """What a policy grants a grade: days to pay, tenths of an average month, per cent of the limit as deposit."""

    __slots__ = ("days", "deposit", "months")

    def __init__(self, policy: Row, grade: str) -> None:
        name = grade.lower()
        self.days, self.months, self.deposit = (int(policy[f"{what}_{name}"]) for what in ("days", "months", "deposit"))


class Limit:
    """F-25 worked out: the `cap` by production and terms, with the `season`'s share, plus `collateral`; `limit` is the smaller of
    that and the ceiling."""

    __slots__ = ("cap", "ceiling", "collateral", "limit", "season")

    def __init__(self, cap: int, season: int, collateral: int, ceiling: int) -> None:
        self.cap, self.season, self.collateral, self.ceiling = cap, season, collateral, ceiling
        self.limit = max(0, min(cap * (100 + season) // 100 + collateral, ceiling))


def limit_of(policy: Row, grade: str, month: int, *, collateral: int = 0, ceiling: int = 0, season: int = 0) -> Limit:
    """F-25: the grade's multiple of an average month x (days to pay + grace) / 30, the season's share of plus or minus fifty per
    cent, collateral added; never above the ceiling (the policy's where the client has none). A grade without terms gets nothing
    but its collateral."""
    granted = Granted(policy, grade)
    cap = max(0, month) * granted.months * (granted.days + int(policy["grace"])) // 300
    bound = min(ceiling, int(policy["ceiling"])) if ceiling else int(policy["ceiling"])
    return Limit(cap, max(-50, min(50, season)), collateral, bound)


def season_of(quarter: int, year: int, most: int) -> int:
    """By how many per cent the three months to come are above or below the average, judged by the same months of the year before: `quarter` is
    what they brought, `year` what the whole year did; at most so many per cent either way."""
    if year <= 0:
        return 0
    return max(-most, min(most, (800 * quarter - 200 * year + year) // (2 * year)))


def deposit_asked(policy: Row, grade: str, limit: int) -> int:
    """The deposit a grade has to leave for a limit."""
    return limit * Granted(policy, grade).deposit // 100
