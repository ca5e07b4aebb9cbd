"""Rules of collecting: ladders from the due date with their memory, what pauses them, instalments, provisions, the order of calls."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.credit import rules_calls, rules_collection
from crm_desktop.duties.credit.rules_calls import BROKEN, LIMITATION, PROMISE, STOP, Call, Late
from crm_desktop.duties.credit.rules_collection import AGENCY, BODY, COMPANY, DEFAULTS, Owed, Step
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Text
from crm_desktop.record.workdays import is_working

TODAY = "2026-11-18"  # a Wednesday
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)).map(dt.date.isoformat)
BILLS = st.lists(st.tuples(DAYS, st.integers(1, 10**8), st.integers(0, 10**8)), max_size=6).map(
    lambda rows: [Owed(at, due, balance, disputed) for at, (due, balance, disputed) in enumerate(rows)]
)


def keys(found: list[rules_collection.Waiting]) -> list[str]:
    return [each.step.key for each in found]


def test_the_ladders_are_those_of_the_trade() -> None:
    assert {ladder: [step.days for step in steps] for ladder, steps in DEFAULTS.items()} == {
        COMPANY: [-5, 3, 10, 20, 30, 45, 60, 90], BODY: [-5, 3, 10, 30, 45, 60, 90], AGENCY: [3, 10, 20, 30, 45],
    }  # fmt: skip
    assert {ladder: [step.key for step in steps if step.stops] for ladder, steps in DEFAULTS.items()} == {COMPANY: ["letter2"], BODY: [], AGENCY: ["letter1"]}
    assert [step.letter for step in DEFAULTS[COMPANY] if step.letter] == [1, 2, 3]


@pytest.mark.parametrize(
    ("kind", "type", "ownership", "ladder"),
    [
        ("company", "enterprise", "private", COMPANY), ("company", "government", "", BODY), ("company", "hospital", "", BODY), ("company", "state-owned", "", BODY),
        ("company", "enterprise", "central", BODY), ("agency", "travel-agency", "", AGENCY), ("agency", "", "", AGENCY), ("company", "mice", "", AGENCY), ("company", "", "", COMPANY),
    ],
)  # fmt: skip
def test_by_which_ladder(kind: str, type: str, ownership: str, ladder: str) -> None:
    assert rules_collection.ladder_of(kind, type, ownership) == ladder


@pytest.mark.parametrize(
    ("days", "due", "day"),
    [(3, "2026-11-13", "2026-11-16"), (3, "2026-11-12", "2026-11-16"), (10, "2026-09-24", "2026-10-08"), (-5, "2026-11-18", "2026-11-13"), (-5, "2026-10-08", "2026-10-08"), (30, TODAY, "2026-12-18")],
)  # fmt: skip
def test_a_step_on_a_rest_day_moves_on(days: int, due: str, day: str) -> None:
    assert rules_collection.day_of(Step("x", days, "", "call"), due) == day


@given(st.sampled_from([step for steps in DEFAULTS.values() for step in steps]), DAYS)
def test_steps_fall_on_working_days_and_never_early(step: Step, due: str) -> None:
    day = rules_collection.day_of(step, due)
    assert is_working(day)
    assert day >= add_days(due, step.days)


@pytest.mark.parametrize(
    ("due", "done", "open_keys"),
    [
        ("2026-12-01", {}, []), ("2026-11-20", {}, ["check"]), ("2026-11-20", {"check": "2026-11-16"}, []), ("2026-11-12", {}, ["check", "call"]),
        ("2026-11-12", {"check": "2026-11-09"}, ["call"]), ("2026-11-12", {"check": "2026-11-06"}, ["check", "call"]),  # done before it was this bill's turn
        ("2026-11-07", {"check": "2026-11-09", "call": "2026-11-10"}, ["letter1"]), ("2026-08-01", {key.key: TODAY for key in DEFAULTS[COMPANY]}, []),
    ],
)  # fmt: skip
def test_what_waits(due: str, done: dict[str, str], open_keys: list[str]) -> None:
    assert keys(rules_collection.waiting(DEFAULTS[COMPANY], [Owed(1, due, 100, 0)], done, TODAY)) == open_keys


def test_no_step_is_skipped_silently() -> None:
    steps = DEFAULTS[COMPANY]
    found = rules_collection.waiting(steps, [Owed(1, "2026-10-19", 100, 0)], {"check": "2026-10-15", "letter1": "2026-10-30"}, TODAY)
    assert keys(found) == ["call", "visit", "letter2"]
    assert [step.key for step in rules_collection.skipped_before(steps, "letter2", keys(found))] == ["call", "visit"]
    assert rules_collection.skipped_before(steps, "call", keys(found)) == []


def test_one_step_covers_every_bill_whose_turn_had_come() -> None:
    bills = [Owed(1, "2026-10-01", 100, 0), Owed(2, "2026-10-28", 70, 20), Owed(3, "2026-11-06", 5, 0)]
    found = rules_collection.waiting(DEFAULTS[COMPANY], bills, {"check": TODAY, "call": TODAY, "letter1": "2026-10-20"}, TODAY)
    (letter,) = [each for each in found if each.step.key == "letter1"]
    assert ([bill.id for bill in letter.bills], letter.since, letter.amount) == ([2, 3], "2026-11-09", 55)


@pytest.mark.parametrize(
    ("disputed", "promised", "ids"),
    [
        ((0, 0, 0), None, [1, 2, 3]), ((100, 0, 0), None, [2, 3]), ((99, 0, 0), None, [1, 2, 3]), ((0, 0, 0), 0, []), ((0, 0, 0), 100, [2, 3]), ((0, 0, 0), 150, [2, 3]),
        ((0, 0, 0), 170, [3]), ((100, 0, 0), 70, [3]), ((0, 0, 0), 10**9, []),
    ],
)  # fmt: skip
def test_what_is_quarrelled_about_and_what_is_promised_waits(disputed: tuple[int, ...], promised: int | None, ids: list[int]) -> None:
    bills = [Owed(at, due, balance, quarrel) for at, (due, balance, quarrel) in enumerate(zip(("2026-09-01", "2026-10-01", "2026-10-20"), (100, 70, 5), disputed, strict=True), 1)]
    assert [bill.id for bill in rules_collection.live(bills, promised)] == ids


@given(BILLS, DAYS, st.sampled_from([COMPANY, BODY, AGENCY]))
def test_done_today_nothing_waits_and_nothing_is_collected_twice(bills: list[Owed], day: str, ladder: str) -> None:
    steps = DEFAULTS[ladder]
    found = rules_collection.waiting(steps, bills, {}, day)
    assert all(bill.collectable > 0 for each in found for bill in each.bills)
    assert all(each.since <= day for each in found)
    assert rules_collection.waiting(steps, bills, {step.key: day for step in steps}, day) == []
    assert not rules_collection.stop_reached(DEFAULTS[BODY], bills, day)


def test_a_stop_presses_within_a_week() -> None:
    steps = DEFAULTS[AGENCY]
    assert [rules_collection.stop_presses(steps, [Owed(1, due, 100, 0)], TODAY) for due in ("2026-11-06", "2026-11-09", "2026-11-15", "2026-11-17")] == [False, True, True, False]
    assert rules_collection.stop_reached(steps, [Owed(1, "2026-11-06", 100, 0)], TODAY)
    assert not rules_collection.stop_presses(steps, [Owed(1, "2026-11-09", 100, 100)], TODAY)


@pytest.mark.parametrize(("ladder", "day", "push"), [(BODY, "2026-11-01", True), (BODY, "2026-12-20", True), (BODY, "2026-12-21", False), (BODY, "2026-10-31", False), (COMPANY, TODAY, False)])
def test_the_year_end_push(ladder: str, day: str, push: bool) -> None:
    assert rules_collection.budget_push(ladder, day) is push


# instalments and provisions


@pytest.mark.parametrize(
    ("paid", "missing"),
    [(0, ("2026-09-16", 20_000)), (40_000, ("2026-11-16", 20_000)), (45_000, ("2026-11-16", 15_000)), (60_000, None), (120_000, None), (20_000, ("2026-10-16", 20_000))],
)  # fmt: skip
def test_the_instalment_that_was_missed(paid: int, missing: Any) -> None:
    parts = rules_collection.schedule(120_000, 6, "2026-09-16")
    assert parts[-1] == ("2027-02-16", 20_000)
    assert rules_collection.missed(parts, paid, TODAY) == missing


@given(st.integers(1, 10**9), st.integers(2, 60), DAYS)
def test_instalments_add_up_and_come_in_order(total: int, count: int, first: str) -> None:
    parts = rules_collection.schedule(total, count, first)
    assert sum(amount for _, amount in parts) == total
    assert [day for day, _ in parts] == sorted({day for day, _ in parts})
    assert rules_collection.settle_plan({"first_due": first, "count": count})["last_due"] == parts[-1][0]


@pytest.mark.parametrize(
    ("due", "share"), [(TODAY, 0), ("2026-11-17", 1), ("2026-10-19", 1), ("2026-10-18", 5), ("2026-09-18", 10), ("2026-08-19", 20), ("2026-05-21", 50), ("2025-11-17", 100), ("", 0)]
)
def test_what_is_provided_for(due: str, share: int) -> None:
    assert rules_collection.provision(due, 10_000, TODAY) == share * 100


@pytest.mark.parametrize(("opened", "due"), [(TODAY, "2026-11-23"), ("2026-11-20", "2026-11-25"), ("2026-09-30", "2026-10-10")])
def test_by_when_a_dispute_is_answered(opened: str, due: str) -> None:
    assert rules_collection.answer_due(opened) == due


# the order of calls


@pytest.mark.parametrize(
    ("presses", "factor"), [((), 1.0), ((BROKEN,), 2.0), ((LIMITATION,), 2.0), ((PROMISE,), 1.5), ((STOP,), 1.5), ((BROKEN, STOP), 2.5), ((BROKEN, LIMITATION, PROMISE, STOP), 4.0)]
)
def test_what_presses(presses: tuple[str, ...], factor: float) -> None:
    assert Call(1, 100, 0.5, presses).factor == factor
    assert Call(1, 100, 0.5, presses).score == 50 * factor


def test_how_likely_a_kind_of_client_pays_in_a_fortnight() -> None:
    assert rules_calls.came_in_time("2026-11-01", [("2026-10-30", 5), ("2026-11-01", 10), ("2026-11-02", 20), ("2026-11-15", 40), ("2026-11-16", 80)]) == (15, 60)
    rates = rules_calls.recovery([Late("company", "", 4_000_000, 3_000_000), Late("company", "", 5_000_000, 0), Late("body", "", 1_000, 1_000)])
    assert rates["company"] == pytest.approx((3_000_000 + 300_000) / 10_000_000)
    assert rates["body"] == pytest.approx((1_000 + 300_000) / 1_001_000)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 1), st.lists(st.sampled_from([BROKEN, LIMITATION, PROMISE, STOP]), unique=True)), max_size=12))
def test_the_sheet_is_in_order_and_whole(rows: list[tuple[int, float, list[str]]]) -> None:
    calls = [Call(at, overdue, rate, tuple(presses)) for at, (overdue, rate, presses) in enumerate(rows)]
    found = rules_calls.ordered(calls)
    assert sorted(call.account_id for call in found) == list(range(len(rows)))
    assert [call.score for call in found] == sorted((call.score for call in calls), reverse=True)


def test_the_hotels_own_ladder_takes_the_place_of_the_programs() -> None:
    own = [Step("b", 9, Text("Call"), "call"), Step("a", 2, Text("Call"), "call")]
    assert [step.key for step in rules_collection.steps_of(COMPANY, own)] == ["a", "b"]
    assert rules_collection.steps_of(COMPANY, []) == DEFAULTS[COMPANY]
