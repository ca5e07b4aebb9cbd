"""The year's plan drafted: goals by class, what they may cost, the days of the year; and the file's gaps as tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.care import actions_year as actions
from crm_desktop.duties.care import documents, queries_proposal, rules_year
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.care.rules_standard import DEFAULTS
from crm_desktop.duties.care.rules_year import Date, Goal
from crm_desktop.duties.care.words_proposal import sentence
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.paper import EN, Ask
from crm_desktop.record.text import Refused, say
from crm_desktop.record.workdays import is_working
from tests.samples import PERSON, account, added, row


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.mark.parametrize(("level", "amount"), [("A", 300_00 + 600_00 + 800_00), ("B", 150_00 + 300_00 + 300_00), ("C", 0), ("D", 0)])
def test_what_a_client_may_cost(level: str, amount: int) -> None:
    assert rules_year.cost(DEFAULTS[level]) == amount
    assert rules_year.cost(DEFAULTS[level] | {"cap": 100_00}) == min(amount, 100_00)


def test_goals_leave_state_bodies_out_of_the_money_only() -> None:
    found = rules_year.goals({"A": (18, 2), "D": (120, 5), "": (9, 0)}, DEFAULTS)
    assert found == [Goal("A", 18, 2, 432, 216, 20, 16 * 1_700_00), Goal("D", 120, 5, 240, 0, 200, 0)]


def test_the_days_of_a_year() -> None:
    goals = rules_year.goals({"A": (18, 2), "B": (52, 0)}, DEFAULTS)
    assert rules_year.dates(2027, goals, DEFAULTS) == [
        Date("spring", "2027-01-25", 68, 16 * 300_00 + 52 * 150_00), Date("thanks-party", "2027-08-30", 68, 0), Date("mid-autumn", "2027-09-03", 68, 16 * 300_00 + 52 * 150_00),
        Date("year-party", "2027-12-17", 68, 0),
    ]  # fmt: skip


@given(st.integers(1910, 2090), st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 300).map(lambda n: (n, n // 7))))
def test_any_year_has_its_days_on_working_days(year: int, counts: Any) -> None:
    goals = rules_year.goals(counts, DEFAULTS)
    found = rules_year.dates(year, goals, DEFAULTS)
    assert [one.key for one in found if one.key in ("thanks-party", "year-party")] == ["thanks-party", "year-party"]
    assert all(is_working(one.day) and one.day[:4] in (str(year), str(year - 1)) for one in found)
    assert all(goal.budget <= goal.clients * DEFAULTS[goal.level]["cap"] for goal in goals)


def test_a_year_is_drafted_once_and_taken_back(desk: Desk, reader: Any) -> None:
    with pytest.raises(Refused, match="has a class"):
        actions.draft_year(desk, 2027)
    for name, level, kind in (("澄籁", "A", "enterprise"), ("市府办", "A", "government"), ("禾渚", "B", "enterprise")):
        account(desk, name, code=name, level=level, type=kind)
    change = actions.draft_year(desk, 2027)
    plan = row(desk, CARE_PLAN, change.rows[0][1])
    assert (plan["code"], plan["state"], plan["budget"], plan["items"]) == ("2027", "draft", 1_700_00 + 750_00, 4)
    assert plan["goals"].splitlines()[0] == "Class A: 2 clients, 48 sincere touches (24 visits), never silent for more than 20 days, 1,700.00"
    with pytest.raises(Refused, match="already"):
        actions.draft_year(desk, 2027)
    desk.undo()
    assert reader.execute("select count(*) from care_item where gone is null").fetchone()[0] == 0


def test_a_thin_file_of_a_good_client_is_a_task_that_says_what_is_missing(desk: Desk, reader: Any) -> None:
    client = account(desk, "澄籁", code="1", level="A")
    added(desk, VISIT, account_id=client, day="2026-11-30")
    dates.set_clock(dt.datetime(2026, 11, 30, 13, 20))
    touch = queries_proposal.proposal(reader, "2026-12").month.touches[0]
    assert (touch.kind, touch.points, [reason.key for reason in touch.reasons]) == ("data", 10, ["gaps"])
    assert "missing Decision maker, Booker with a mobile number" in say(sentence(touch))


def test_the_plan_on_paper_has_class_and_what_was_approved_and_stands_against_its_year(desk: Desk, reader: Any) -> None:
    """F39: what finance granted for a piece, else the item's budget once its plan is approved."""
    year = added(desk, CARE_PLAN, name="2026年", code="2026", state="running", budget=3_000_00)
    month = added(desk, CARE_PLAN, name="十一月", code="2026-11", budget=900_00)
    firm = account(desk, "澄籁", level="A")
    boss = added(desk, PERSON, name="祁曼", account_id=firm)
    added(desk, CARE_ITEM, plan_id=month, account_id=firm, kind="gift", name="青瓷茶具", day="2026-11-20", budget=298_00)
    added(desk, CARE_ITEM, plan_id=month, person_id=boss, kind="birthday", name="蛋糕", day="2026-11-21", budget=150_00)
    ask = Ask(month, "2026-11-18", language=EN)

    def items() -> list[list[str]]:
        content = documents.plan(reader, ask)
        assert content is not None
        return [[line[1], line[2], line[7], line[8]] for line in content.data["items"]]

    assert items() == [["澄籁", "A", "298.00", ""], ["祁曼", "A", "150.00", ""]], "a draft approves nothing"
    fund = added(desk, FUND_PLAN, name="十一月", code="2026-11", year_id=year, state="running")
    added(desk, FUND_LINE, plan_id=fund, name="青瓷茶具", unit=298_00, quantity=2, state="approved", approved=500_00, fixed=596_00)
    for key in ("submit", "approve"):
        desk.move(CARE_PLAN, month, row(desk, CARE_PLAN, month)["version"], key)
    assert items() == [["澄籁", "A", "298.00", "250.00"], ["祁曼", "A", "150.00", "150.00"]]
    content = documents.plan(reader, ask)
    assert content is not None
    assert [content.data[name] for name in ("planned", "approved", "year_budget", "year_left")] == ["448.00", "400.00", "3,000.00", "2,500.00"]
