"""What a month's care came to: whom it reached, and what its clients bring since beside others like them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.care.records_standard import CARE_GOAL
from crm_desktop.duties.events import queries_effect as queries
from crm_desktop.duties.events import queries_year, words_effect
from crm_desktop.duties.events import rules_effect as rules
from crm_desktop.duties.events.rules_effect import Client, Effect, Ledger
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from tests.samples import account, added, stay

DAY, TODAY = "2026-06-10", "2026-11-18"
CLIENTS = st.lists(st.builds(Client, st.integers(1, 60), st.sampled_from("ABC"), st.integers(-60, 60), st.integers(-10**6, 10**6)), max_size=25, unique_by=lambda one: one.id)


@pytest.mark.parametrize(("now", "before", "want"), [(110, 100, 10), (50, 100, -50), (0, 0, 0), (5, 0, 100), (1_015, 1_000, 2)])
def test_a_trend(now: int, before: int, want: int) -> None:
    assert rules.trend(now, before) == want


@given(CLIENTS, CLIENTS, st.randoms(use_true_random=False))
def test_pairs_are_alike_and_nobody_is_used_twice(treated: list[Client], others: list[Client], dice: Any) -> None:
    found = rules.pairs(treated, others)
    assert all(one.level == other.level and abs(one.trend - other.trend) <= 15 for one, other in found)
    assert len({other.id for _, other in found}) == len({one.id for one, _ in found}) == len(found)
    mixed, more = list(treated), list(others)
    dice.shuffle(mixed)
    dice.shuffle(more)
    assert rules.pairs(mixed, more) == found


def test_fewer_than_twenty_pairs_say_nothing() -> None:
    found = [(Client(at, "A", 0, 1_000), Client(at + 100, "A", 0, 0)) for at in range(19)]
    assert rules.effect(found) == Effect(19, None, None, None)
    assert not rules.effect(found).says
    told = rules.effect([*found, (Client(19, "A", 0, 1_000), Client(119, "A", 0, 0))])
    assert (told.pairs, told.mean, told.low, told.high, told.says) == (20, 1_000, 1_000, 1_000, True)


def test_the_interval_is_students() -> None:
    """Twenty differences 1..20: mean 10.5, s 5.9161, t(19) 2.0930: 10.5 -+ 2.769 (in hundreds)."""
    told = rules.effect([(Client(at, "A", 0, at * 10_000), Client(at + 100, "A", 0, 0)) for at in range(1, 21)])
    assert told.mean == 105_000
    assert (told.low, told.high) == (pytest.approx(77_312, abs=30), pytest.approx(132_688, abs=30))


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 30), st.integers(0, 1_000)), max_size=20), st.integers(-5, 35), st.integers(0, 30))
def test_a_span_is_the_sum_of_its_days(rows: list[tuple[int, int, int]], first: int, more: int) -> None:
    ledger = Ledger((client, add_days(DAY, at), amount) for client, at, amount in rows)
    for client in (1, 2, 3):
        want = sum(amount for who, at, amount in rows if who == client and first < at <= first + more)
        assert ledger.between(client, add_days(DAY, first), add_days(DAY, first + more)) == want


def test_a_months_summary(desk: Desk, reader: Any) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    plan = added(desk, CARE_PLAN, name="6 月计划", code="2026-06", state="running", budget=9_000_00)
    for number in range(21):
        cared, other = account(desk, f"甲{number}", level="A"), account(desk, f"乙{number}", level="A")
        added(desk, CARE_ITEM, plan_id=plan, account_id=cared, kind="visit", day=DAY, state="done", done_on=DAY, reaction="glad")
        for firm, later in ((cared, "2026-06-20"), (other, "2027-06-20")):
            stay(desk, "2026-01-05", "2026-01-07", company_id=firm)
            stay(desk, later, add_days(later, 1), company_id=firm)
    late = account(desk, "丙", level="B")
    added(desk, CARE_ITEM, plan_id=plan, account_id=late, kind="data", day=DAY, state="failed")
    assert queries.counts(reader, plan, "state") == {"done": 21, "failed": 1}
    assert queries.counts(reader, plan, "reaction") == {"glad": 21}
    assert queries.reached(reader, plan) == [("A", 42, 21, 50), ("B", 1, 0, 0)]
    assert queries.files_done(reader, plan) == 0
    found = queries.effects(reader, plan, (30, 90), TODAY)
    assert found == {days: Effect(21, 500_00, 500_00, 500_00) for days in (30, 90)}
    assert queries.effects(reader, plan, (90,), "2026-08-01") == {90: Effect(0, None, None, None)}, "their days are not over"


def test_who_is_kept_was_a_client_a_year_ago_and_still_is(desk: Desk, reader: Any) -> None:
    made = {name: account(desk, name, code=name, level=level, state=state) for name, level, state in (("甲", "A", "active"), ("乙", "A", "lost"), ("丙", "A", "active"), ("丁", "B", "active"))}
    for name, *days in (("甲", "2025-06-01", "2026-06-01"), ("乙", "2025-06-01"), ("丙", "2026-06-01"), ("丁", "2024-11-19", "2025-11-19")):
        for arrival in days:
            stay(desk, arrival, add_days(arrival, 1), company_id=made[name])
    assert queries_year.retained(reader, TODAY) == {"A": ([made["甲"]], [made["乙"]]), "B": ([made["丁"]], [])}
    plan = added(desk, CARE_PLAN, name="年度", code="2026")
    added(desk, CARE_GOAL, plan_id=plan, level="A", clients=2, kept=90)
    (goal,) = queries_year.goals(reader, plan, "2026", TODAY)
    assert (goal.kept, goal.stayed, goal.left) == (90, 1, (made["乙"],))
    (block,) = [each for each in words_effect.blocks(reader, plan, TODAY) or [] if each.key == "goal-A"]
    (line,) = [each for each in block.lines if getattr(each.words, "source", "").startswith("kept:")]
    assert (line.left, line.tone, line.opens) == ("50%", "red", ("account", [("id", "in", (made["乙"],))]))
