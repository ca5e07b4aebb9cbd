"""The plan of visits: the order of a day's way, quotas, coverage, and visits moved and planned again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.visits import actions_grid as actions
from crm_desktop.duties.visits import queries_grid as queries
from crm_desktop.duties.visits import rules_grid as rules
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.duties.visits.rules_grid import Client, Covered, Visit
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from tests.samples import account, added, row


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def visit(number: int, district: str = "", time: str = "", owner: int | None = 1, day: str = "2026-11-18") -> Visit:
    return Visit(number, 1, f"c{number}", "A", district, "visit", "planned", owner, day, time)


def test_the_way_of_a_day() -> None:
    found = rules.route([visit(1, "柯桥"), visit(2, "越城", "14:00"), visit(3, "越城"), visit(4), visit(5, "柯桥", "09:00"), visit(6, "上虞")])
    assert [one.id for one in found] == [5, 1, 2, 3, 6, 4]


@given(st.lists(st.tuples(st.sampled_from(["", "越城", "柯桥", "上虞"]), st.sampled_from(["", "", "09:00", "15:30"])), max_size=9), st.randoms())
def test_any_way_keeps_times_and_loses_nobody(several: Any, dice: Any) -> None:
    visits = [visit(number, *each) for number, each in enumerate(several)]
    found = rules.route(visits)
    assert sorted(one.id for one in found) == sorted(one.id for one in visits)
    times = [one.time for one in found if one.time]
    assert times == sorted(times)
    mixed = list(visits)
    dice.shuffle(mixed)
    assert rules.route(mixed) == found
    free = [one.district for one in found if not one.time and one.district and not any(other.time and other.district == one.district for other in visits)]
    assert all(free.count(district) == 1 or free[free.index(district) : free.index(district) + free.count(district)] == [district] * free.count(district) for district in free)


@pytest.mark.parametrize(("clients", "a_year", "days", "quota"), [(18, 12, 7, 4), (18, 12, 31, 18), (52, 6, 30, 26), (110, 1, 365, 110), (0, 12, 7, 0), (5, 0, 30, 0)])
def test_quotas(clients: int, a_year: int, days: int, quota: int) -> None:
    assert rules.quota(clients, a_year, days) == quota


def test_who_was_not_seen_stands_beside_the_figure() -> None:
    clients = [rules.Client("A", "2026-11-10", 5, 1), rules.Client("A", "2026-10-01", 7, 2), rules.Client("B", "", 9, 3), rules.Client("X", "", 99, 4)]
    silences = {"A": 20, "B": 35}
    assert rules.missed(clients, "2026-11-18", silences) == [3, 2]
    found = rules.coverage(clients, "2026-11-18", silences)[""]
    assert found.all_clients - found.clients == 2


def test_coverage_by_clients_and_by_money() -> None:
    clients = [Client("A", "2026-10-29", 900), Client("A", "2026-10-28", 100), Client("B", "", 500), Client("", "2026-11-01", 9_999)]
    found = rules.coverage(clients, "2026-11-18", {"A": 20, "B": 35})
    assert (found[""], found["A"], found["B"]) == (Covered(1, 3, 900, 1_500), Covered(1, 2, 900, 1_000), Covered(0, 1, 0, 500))
    assert (rules.share(1, 3), rules.share(1, 2), rules.share(0, 0)) == (33, 50, None)


@pytest.mark.parametrize(("day", "step", "to"), [("2026-11-20", 1, "2026-11-20"), ("2026-11-19", 1, "2026-11-20"), ("2026-11-16", -1, "2026-11-16"), ("2026-11-18", -1, "2026-11-17")])
def test_the_next_working_day_of_the_plan(day: str, step: int, to: str) -> None:
    assert rules.next_place(day, step, "2026-11-16", "2026-11-22") == to


@pytest.fixture
def house(desk: Desk) -> dict[str, int]:
    ids = {name: added(desk, STAFF, name=name) for name in ("周一禾", "唐屿")}
    ids["澄籁"] = account(desk, "澄籁", code="1", level="A", owner_id=ids["周一禾"])
    ids["planned"] = added(desk, VISIT, account_id=ids["澄籁"], day="2026-11-19", state="planned", owner_id=ids["周一禾"], time="09:30")
    ids["made"] = added(desk, VISIT, account_id=ids["澄籁"], day="2026-11-17", owner_id=ids["周一禾"], result="demand", words="要 20 间")
    added(desk, VISIT, account_id=ids["澄籁"], day="2026-11-17", state="cancelled", owner_id=ids["周一禾"])
    return ids


def test_visits_are_moved_and_planned_again(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    plan = queries.plan(reader, "2026-11-16", "2026-11-22")
    assert plan.sellers == [(house["周一禾"], "周一禾")]
    assert [(one.id, one.state) for one in plan.visits] == [(house["made"], "done"), (house["planned"], "planned")]
    assert plan.quotas[0] == ("A", 2, 0)
    assert plan.covered["A"].clients == 1
    made, planned = plan.visits
    actions.move(desk, [planned], "2026-11-20", house["唐屿"])
    kept = row(desk, VISIT, house["planned"])
    assert (kept["day"], kept["owner_id"], kept["time"]) == ("2026-11-20", house["唐屿"], "09:30")
    assert {name for _, name in queries.plan(reader, "2026-11-16", "2026-11-22").sellers} == {"周一禾", "唐屿"}
    with pytest.raises(Refused, match="stays on its day"):
        actions.move(desk, [made], "2026-11-20", house["唐屿"])
    again = row(desk, VISIT, actions.copy(desk, [made], "2026-12-01", None).rows[0][1])
    assert (again["state"], again["day"], again["account_id"], again["result"], again["words"]) == ("planned", "2026-12-01", house["澄籁"], "", "")
    desk.undo()
    desk.undo()
    assert row(desk, VISIT, house["planned"])["day"] == "2026-11-19"
    assert len(queries.plan(reader, "2026-11-01", "2026-12-31").visits) == 2
