"""Rules of credit: the policy and what it grants, the scorecard, the credit file, the law pack, limitation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.credit import rules_file, rules_law, rules_policy, rules_score, words_law
from crm_desktop.duties.credit.rules_law import CONFIRMED, DEMAND, INSTALMENTS, PART_PAYMENT, SUIT, Interruption, Term
from crm_desktop.duties.credit.rules_policy import DEFAULTS, GRADES
from crm_desktop.duties.credit.rules_score import Fact, Habit
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import say

TODAY = "2026-11-18"
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)).map(dt.date.isoformat)
BEST = {
    rules_score.LATE: 0, rules_score.BROKEN: 0, rules_score.DISPUTED: 0, rules_score.YEARS: 9, rules_score.MONTH: 10_000_000, rules_score.GROWTH: 60, rules_score.SIZE: "large",
    rules_score.OWNER: "listed", rules_score.CAPITAL: 9_000, rules_score.DEPOSIT: 80, rules_score.GUARANTEE: 1, rules_score.TRADE: 0, rules_score.REGION: 0,
}  # fmt: skip
WORST = {
    rules_score.LATE: 99, rules_score.BROKEN: 90, rules_score.DISPUTED: 50, rules_score.YEARS: 0, rules_score.MONTH: 0, rules_score.GROWTH: -80, rules_score.SIZE: "micro",
    rules_score.OWNER: "sole", rules_score.CAPITAL: 0, rules_score.DEPOSIT: 0, rules_score.GUARANTEE: 0, rules_score.TRADE: 99, rules_score.REGION: 99,
}  # fmt: skip


def facts(values: dict[str, Any]) -> dict[str, Fact]:
    return {key: Fact(value) for key, value in values.items()}


# policy


@pytest.mark.parametrize(
    ("points", "grade"), [(100, "AAA"), (90, "AAA"), (89.9, "AA"), (80, "AA"), (79.9, "A"), (70, "A"), (69.9, "B"), (60, "B"), (59.9, "C"), (0, "C")]
)
def test_grades(points: float, grade: str) -> None:
    assert rules_policy.grade_of(points, DEFAULTS) == grade


@pytest.mark.parametrize(
    ("grade", "month", "more", "limit"),
    [
        ("AAA", 100_000_00, {}, 300_000_00), ("AA", 100_000_00, {}, 225_000_00), ("A", 60_000_00, {}, 70_000_00), ("B", 60_000_00, {}, 30_000_00),
        ("C", 900_000_00, {}, 0), ("C", 900_000_00, {"collateral": 20_000_00}, 20_000_00), ("AA", 100_000_00, {"season": 50}, 337_500_00),
        ("AA", 100_000_00, {"season": 90}, 337_500_00), ("AA", 100_000_00, {"season": -50}, 112_500_00), ("AAA", 900_000_00, {}, 500_000_00),
        ("AAA", 100_000_00, {"ceiling": 80_000_00}, 80_000_00), ("AAA", -5, {}, 0),
    ],
)  # fmt: skip
def test_the_limit_by_grade_and_production(grade: str, month: int, more: dict[str, int], limit: int) -> None:
    assert rules_policy.limit_of(DEFAULTS, grade, month, **more).limit == limit


@pytest.mark.parametrize(
    ("quarter", "year", "season"), [(25, 100, 0), (30, 100, 20), (50, 100, 50), (0, 100, -50), (20, 100, -20), (5, 0, 0), (1_000, 3_000, 33)],
)  # fmt: skip
def test_the_season_is_judged_by_the_year_before(quarter: int, year: int, season: int) -> None:
    assert rules_policy.season_of(quarter, year, 50) == season
    assert rules_policy.season_of(quarter, year, 0) == 0


@given(st.integers(0, 10**10), st.integers(0, 10**9), st.integers(-80, 80))
def test_a_better_grade_is_never_granted_less(month: int, collateral: int, season: int) -> None:
    granted = [rules_policy.limit_of(DEFAULTS, grade, month, collateral=collateral, season=season).limit for grade in GRADES]
    assert granted == sorted(granted, reverse=True)
    assert all(0 <= limit <= DEFAULTS["ceiling"] for limit in granted)


def test_the_policy_of_a_day() -> None:
    old, new = DEFAULTS | {"since": "2026-01-01", "id": 1}, DEFAULTS | {"since": "2026-07-01", "id": 2}
    assert [rules_policy.policy_on([new, old], day)["since"] for day in ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01")] == [
        rules_policy.FIRST_DAY, "2026-01-01", "2026-01-01", "2026-07-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None), ({"weight_capital": 16}, "weight_character"), ({"least_a": 80}, "least_aa"), ({"days_b": 45}, "days_aa"), ({"months_c": 99}, "months_aa"),
        ({"red_times": 100}, "red_times"),
    ],
)  # fmt: skip
def test_policies_that_cannot_be(change: dict[str, int], field: str | None) -> None:
    assert list(rules_policy.problems(DEFAULTS | change)) == ([field] if field else [])


# scorecard


def test_the_best_the_worst_and_the_unknown() -> None:
    best, worst, unknown = (rules_score.score(facts(values), DEFAULTS) for values in (BEST, WORST, {}))
    assert (best.total, best.grade) == (100.0, "AAA")
    assert worst.grade == "C"
    assert worst.total < 20
    assert (unknown.total, unknown.grade) == (50.0, "C")


@pytest.mark.parametrize(
    ("key", "value", "share"),
    [
        ("late", 0, 1.0), ("late", 5, 0.8), ("late", 10, 0.65), ("late", 60, 0.0), ("late", 400, 0.0), ("years", 2, 0.65), ("month", 600_000, 0.525), ("growth", -99, 0.1),
        ("size", "large", 1.0), ("size", "", 0.5), ("owner", "travel-agency", 0.3), ("owner", "what", 0.5), ("deposit", 35, 0.875), ("trade", None, 0.5),
    ],
)  # fmt: skip
def test_what_a_value_is_worth(key: str, value: Any, share: float) -> None:
    assert rules_score.share(key, value) == pytest.approx(share)


@given(st.sampled_from(sorted(rules_score.TABLES)), st.lists(st.floats(-200, 10_000_000), min_size=2, max_size=6))
def test_tables_go_one_way_and_stay_within_bounds(key: str, values: list[float]) -> None:
    shares = [rules_score.share(key, value) for value in sorted(values)]
    assert all(0 <= share <= 1 for share in shares)
    assert shares in (sorted(shares), sorted(shares, reverse=True))


@given(st.dictionaries(st.sampled_from(sorted(BEST)), st.integers(0, 100)))
def test_the_parts_add_up_to_the_whole(values: dict[str, int]) -> None:
    score = rules_score.score(facts(values), DEFAULTS)
    assert sum(point.most for point in score.points) == pytest.approx(100)
    assert 0 <= score.total <= 100
    assert score.total == pytest.approx(sum(score.of(part) for part in rules_policy.PARTS), abs=0.3)


def test_three_bills_paid_in_time_lift_the_grade() -> None:
    habit = Habit([12, 0, 20])
    known = facts({**BEST, rules_score.LATE: habit.average, rules_score.OWNER: "private", rules_score.DEPOSIT: 0, rules_score.GUARANTEE: 0, rules_score.GROWTH: 0})
    now, then = rules_score.score(known, DEFAULTS), rules_score.if_paid_in_time(known, DEFAULTS, habit, 3)
    assert (habit.average, habit.paying((), 3).average) == (10.7, 5.3)
    assert (now.grade, then.grade) == ("AA", "AA")
    assert then.total - now.total == pytest.approx(17.5 * (rules_score.share("late", 5.3) - rules_score.share("late", 10.7)), abs=0.1)
    assert rules_score.bills_to_next(known, DEFAULTS, habit) is None
    slow = Habit([45, 40])
    worse = known | {rules_score.LATE: Fact(slow.average)}
    count, grade = rules_score.bills_to_next(worse, DEFAULTS, slow) or (0, "")
    assert (rules_score.score(worse, DEFAULTS).grade, grade) == ("A", "AA")
    assert rules_score.if_paid_in_time(worse, DEFAULTS, slow, count).grade == "AA"
    assert rules_score.if_paid_in_time(worse, DEFAULTS, slow, count - 1).grade == "A"


@pytest.mark.parametrize(("due", "paid", "days"), [("2026-11-01", "2026-10-29", 0), ("2026-11-01", "2026-11-01", 0), ("2026-11-01", "2026-11-09", 8), ("2026-11-01", "", 17)])
def test_days_late(due: str, paid: str, days: int) -> None:
    assert rules_score.days_late(due, paid, TODAY) == days


# the file


@pytest.mark.parametrize(
    ("state", "starts", "ends", "until", "credit"),
    [
        ("active", "2026-01-01", "2026-12-31", "", "open"), ("active", "2026-01-01", "", "", "open"), ("active", "2026-01-01", TODAY, "", "open"),
        ("active", "2026-01-01", "2026-11-17", "", "none"), ("active", "2026-11-19", "2027-11-18", "", "none"), ("unsigned", "2026-01-01", "", "", "none"),
        ("suspended", "2026-01-01", "", "", "stopped"), ("suspended", "2026-01-01", "", "2026-11-17", "stopped"), ("suspended", "2026-01-01", "", TODAY, "open"),
        ("ended", "2026-01-01", "", TODAY, "none"), ("suspended", "2026-01-01", "2026-11-17", "2027-01-01", "none"),
    ],
)  # fmt: skip
def test_what_an_agreement_says_of_credit(state: str, starts: str, ends: str, until: str, credit: str) -> None:
    agreement = {"state": state, "starts": starts, "ends": ends, "credit_limit": 5, "days": 30}
    said = rules_file.credit_of(agreement, TODAY, until)
    assert said["credit"] == credit
    assert (said.get("credit_limit"), said.get("credit_days")) == ((None, None) if credit == "none" else (5, 30))


@pytest.mark.parametrize(
    ("decided", "months", "due"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2025-11-18", 12, "2026-11-18"), ("2025-12-31", 6, "2026-06-30"), ("2026-08-31", 4, "2026-12-31")],
)
def test_when_a_review_is_due(decided: str, months: int, due: str) -> None:
    assert rules_file.review_due(decided, months) == due


@pytest.mark.parametrize(("expires", "stands"), [("", "valid"), ("2026-11-17", "expired"), (TODAY, "ending"), ("2026-12-18", "ending"), ("2026-12-19", "valid")])
def test_how_a_paper_stands(expires: str, stands: str) -> None:
    assert rules_file.standing(expires, TODAY) == stands


# law


@pytest.mark.parametrize(
    ("type", "size", "delivered", "agreed", "days"),
    [
        ("government", "", "2026-10-01", None, 30), ("government", "", "2026-10-01", 45, 45), ("government", "", "2026-10-01", 90, 60), ("hospital", "large", "2026-10-01", 365, 60),
        ("enterprise", "large", "2026-10-01", None, 60), ("enterprise", "large", "2026-10-01", 120, 60), ("enterprise", "large", "2025-05-31", 120, None),
        ("enterprise", "small", "2026-10-01", 120, None), ("government", "", "2020-08-31", None, None), ("government", "", "2021-01-01", None, 30),
    ],
)  # fmt: skip
def test_how_late_the_regulation_lets_a_payer_be(type: str, size: str, delivered: str, agreed: int | None, days: int | None) -> None:
    term = rules_law.term_on(rules_law.payer_kind(type, size), delivered)
    assert rules_law.longest_days(term, agreed) == days
    assert rules_law.legal_due(term, delivered, agreed) == ("" if days is None else add_days(delivered, days))


OWN = (Term("2027-01-01", "body", 20, 45, 600, "A"), Term("2025-06-01", "large", 50, 55, 400, "B"), Term("2028-01-01", "body", 0, 0, 0, "", ended=True))


@pytest.mark.parametrize(
    ("payer", "day", "found"),
    [
        ("body", "2026-12-31", (30, 60, 500)), ("body", "2027-01-01", (20, 45, 600)), ("body", "2028-01-01", None), ("large", "2025-05-31", None), ("large", "2025-06-01", (50, 55, 400)),
        ("other", "2027-01-01", None),
    ],
)  # fmt: skip
def test_a_new_wording_holds_from_its_day_and_the_hotels_own_before_the_programs(payer: str, day: str, found: tuple[int, int, int] | None) -> None:
    term = rules_law.term_on(payer, day, OWN)
    assert (term and term[2:5]) == found
    assert rules_law.fee(100, term, 300) == (100, "agreed")
    assert rules_law.fee(0, term, 300) == ((found[2], "regulation") if found else (300, "claimed"))


@pytest.mark.parametrize(
    ("amount", "rate", "due", "fee"),
    [
        (100_000_00, 500, "2026-10-19", 1_500_00), (100_000_00, 500, "2026-11-17", 50_00), (100_000_00, 500, TODAY, 0), (100_000_00, 500, "2026-12-01", 0), (100_000_00, 0, "2026-01-01", 0),
        (-5, 500, "2026-01-01", 0), (999, 500, "2026-11-17", 0), (1_001, 500, "2026-11-17", 1), (88_000_00, 500, "2026-04-30", 8_888_00), (5, 500, "", 0),
    ],
)  # fmt: skip
def test_the_late_fee(amount: int, rate: int, due: str, fee: int) -> None:
    assert rules_law.late_fee(amount, rate, due, TODAY) == fee


@given(st.integers(0, 10**10), st.integers(0, 10_000), st.integers(0, 2_000))
def test_a_fee_of_the_parts_is_that_of_the_whole(amount: int, rate: int, days: int) -> None:
    due = add_days(TODAY, -days)
    parts = sum(rules_law.late_fee(part, rate, due, TODAY) for part in (amount // 3, amount - amount // 3))
    assert abs(parts - rules_law.late_fee(amount, rate, due, TODAY)) <= 1


@pytest.mark.parametrize(("rate", "level"), [(0, "green"), (123, "green"), (124, "amber"), (328, "amber"), (329, "red"), (500, "red"), (3_000, "red")])
def test_a_late_fee_beside_the_lpr(rate: int, level: str) -> None:
    assert rules_law.fee_level(rate, DEFAULTS) == level  # 1.5 x 3.00 % = 4.5 % a year = 123.3 millionths a day; 4 x = 328.8


# limitation


@pytest.mark.parametrize(
    ("due", "interruptions", "runs_out", "left", "renewed"),
    [
        ("2023-12-20", [], "2026-12-20", 32, False),
        ("2023-12-20", [(DEMAND, "2026-09-04")], "2029-09-04", 1_021, False),
        ("2023-12-20", [(DEMAND, "2023-12-19")], "2026-12-20", 32, False),  # before it was due: nothing to interrupt
        ("2022-01-10", [(DEMAND, "2025-01-11")], "2025-01-10", -677, False),  # a day too late
        ("2022-01-10", [(DEMAND, "2025-01-10")], "2028-01-10", 418, False),
        ("2022-01-10", [(CONFIRMED, "2026-02-01")], "2029-02-01", 806, True),  # signed after it ran out: a new acknowledgement
        ("2022-01-10", [(SUIT, "2026-02-01")], "2025-01-10", -677, False),
        ("2020-01-10", [(PART_PAYMENT, "2022-06-01"), (DEMAND, "2025-05-31")], "2028-05-31", 560, False),
        ("2024-02-29", [], "2027-02-28", 102, False),
        ("2026-05-05", [(INSTALMENTS, "2027-02-13")], "2030-02-13", 1_183, False),
        ("2023-12-20", [(CONFIRMED, "2027-01-01")], "2026-12-20", 32, False),  # not yet
    ],
)  # fmt: skip
def test_when_a_claim_runs_out(due: str, interruptions: list[tuple[str, str]], runs_out: str, left: int, renewed: bool) -> None:
    clock = rules_law.limitation(due, [Interruption(*each) for each in interruptions], TODAY)
    assert (clock.runs_out, clock.left, clock.renewed) == (runs_out, left, renewed)


@given(DAYS, st.lists(st.tuples(st.sampled_from([DEMAND, PART_PAYMENT, CONFIRMED, SUIT]), DAYS), max_size=6), DAYS)
def test_an_interruption_never_shortens_the_clock(due: str, given_ones: list[tuple[str, str]], day: str) -> None:
    ones = [Interruption(*each) for each in given_ones]
    runs_out = [rules_law.limitation(due, ones[:count], day).runs_out for count in range(len(ones) + 1)]
    assert all(each >= runs_out[0] for each in runs_out)
    assert rules_law.limitation(due, ones, day) == rules_law.limitation(due, ones[::-1], day)


@pytest.mark.parametrize(("left", "tone"), [(-5, "red"), (32, "red"), (90, "red"), (91, "amber"), (180, "amber"), (181, "")])
def test_the_tone_of_a_clock(left: int, tone: str) -> None:
    assert rules_law.limitation_tone(left) == tone


@pytest.mark.parametrize(
    ("rate", "lpr", "times", "ending"),
    [
        (100, 300, "1.2", "LPR of 3.00 %"), (300, 300, "3.7", "be ready to say why"), (3_000, 345, "31.7", "above 4 times a court may lower it"), (500, 300, "6.1", "for payers it is about"),
        (330, 310, "3.9", "be ready to say why"), (340, 310, "4", "above 4 times a court may lower it"), (1, 0, "0", "a court may lower it"),
    ],
)  # fmt: skip
def test_a_late_fee_in_words(rate: int, lpr: int, times: str, ending: str) -> None:
    held = DEFAULTS | {"lpr": lpr}
    assert words_law.times_lpr(rate, lpr) == times
    assert say(words_law.warning(rate, held)).endswith(ending)
