"""Maintenance plans: periods, what is left, what may not be given, a plan taken over, items carried out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.care import actions, queries, rules
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN, KINDS
from crm_desktop.duties.clients.records import TYPES
from crm_desktop.record import dates, integrity
from crm_desktop.record.text import Refused
from crm_desktop.record.workdays import is_working
from crm_desktop.store.pages import ListQuery, count
from tests.samples import ACCOUNT, PERSON, account, added, change, facts, row, sound

TODAY = "2026-11-18"
MONTHS = st.dates(dt.date(2001, 1, 1), dt.date(2098, 12, 31)).map(lambda day: day.isoformat()[:7])
FENS = st.integers(0, 10**12)


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@given(MONTHS, st.dates(dt.date(2001, 1, 1), dt.date(2098, 12, 31)).map(str))
def test_periods(code: str, day: str) -> None:
    first, last = rules.period(code)
    assert first <= last < rules.period(rules.next_period(code))[0]
    assert dates.add_days(last, 1) == rules.period(rules.next_period(code))[0]
    for new in (code, code[:4]):
        moved = rules.moved(day, new)
        assert rules.period(new)[0] <= moved <= rules.period(new)[1]
        assert is_working(moved) or moved[8:] >= "20"  # only where the rest of the month is off


@pytest.mark.parametrize("code", ["2026", "2024-02"])
def test_known_periods(code: str) -> None:
    assert rules.period(code) == {"2026": ("2026-01-01", "2026-12-31"), "2024-02": ("2024-02-01", "2024-02-29")}[code]
    assert rules.next_period(code) == {"2026": "2027", "2024-02": "2024-03"}[code]
    assert rules.next_period("2026-12") == "2027-01"
    with pytest.raises(ValueError, match="2026-13"):
        rules.period("2026-13")


@pytest.mark.parametrize(
    ("name", "old", "new", "want"),
    [
        ("2026年11月维护计划", "2026-11", "2026-12", "2026年12月维护计划"), ("11月计划", "2026-11", "2026-12", "12月计划"),
        ("2026年12月维护计划", "2026-12", "2027-01", "2027年1月维护计划"), ("Care 2026-11", "2026-11", "2026-12", "Care 2026-12"),
        ("年度计划 2026", "2026", "2027", "年度计划 2027"), ("重点客户", "2026-11", "2026-12", "重点客户"), ("2026年1月", "2026-01", "2026-02", "2026年2月"),
    ],
)  # fmt: skip
def test_a_title_goes_with_its_period(name: str, old: str, new: str, want: str) -> None:
    assert rules.renamed(name, old, new) == want


@given(FENS, FENS)
def test_what_is_left(budget: int, spent: int) -> None:
    assert rules.left(budget, spent) + spent == budget
    tone = rules.run_tone(budget, spent)
    assert (tone == "red") == (rules.left(budget, spent) < 0)
    if tone == "amber":
        assert rules.percent(spent, budget) >= 90


@pytest.mark.parametrize(
    ("budget", "spent", "tone", "percent"),
    [(0, 0, "", 0), (100, 89, "", 89), (100, 90, "amber", 90), (100, 100, "amber", 100), (100, 101, "red", 101), (0, 1, "red", 101)],
)
def test_how_a_budget_stands(budget: int, spent: int, tone: str, percent: int) -> None:
    assert (rules.run_tone(budget, spent), rules.percent(spent, budget)) == (tone, percent)


def test_who_may_be_given_what() -> None:
    allowed = {(kind, each) for kind, _, _ in KINDS for each, _, _ in TYPES if not integrity.forbidden(kind, each)}
    barred = {(kind, each) for kind, _, _ in KINDS for each, _, _ in TYPES} - allowed
    assert barred == {(kind, each) for kind in ("gift", "meal") for each in ("government", "institution", "state-owned")}
    assert integrity.forbidden("gift", None, "government")
    assert not integrity.forbidden("gift", None, None)


@pytest.fixture
def plan(desk: Desk) -> int:
    return added(desk, CARE_PLAN, name="2026年11月维护计划", code="2026-11", budget=38_000_00)


def test_an_office_gets_no_gift(desk: Desk, plan: int) -> None:
    office = account(desk, "市府办", type="government", code="G1")
    boss = added(desk, PERSON, name="张主任", account_id=office)
    before = facts(desk.store)
    for about in ({"account_id": office}, {"person_id": boss}):
        for kind in ("gift", "meal"):
            with pytest.raises(Invalid, match="no gifts and no meals") as refused:
                desk.save(CARE_ITEM, None, 0, {"plan_id": plan, "day": TODAY, "kind": kind} | about)
            assert list(refused.value.problems) == ["kind"]
    assert facts(desk.store) == before
    made = added(desk, CARE_ITEM, plan_id=plan, day=TODAY, kind="visit", account_id=office)
    with pytest.raises(Invalid):
        change(desk, CARE_ITEM, made, kind="meal")
    firm = account(desk, "禾渚软件", type="enterprise", code="H1")
    gift = added(desk, CARE_ITEM, plan_id=plan, day=TODAY, kind="gift", account_id=firm)
    with pytest.raises(Invalid):
        change(desk, CARE_ITEM, gift, account_id=office)


def test_an_item_is_carried_out_in_one_step(desk: Desk, plan: int, reader: Any) -> None:
    item = added(desk, CARE_ITEM, plan_id=plan, day=TODAY, kind="gift", budget=300_00)
    actions.done(desk, item, 1, actual=280_00, reaction="glad", next="春节再访")
    kept = row(desk, CARE_ITEM, item)
    assert (kept["state"], kept["actual"], kept["reaction"], kept["done_on"], kept["next"]) == ("done", 280_00, "glad", TODAY, "春节再访")
    shown = row(desk, CARE_PLAN, plan)
    assert (shown["planned"], shown["spent"], shown["left"]) == (300_00, 280_00, 38_000_00 - 280_00)
    desk.undo()
    assert row(desk, CARE_PLAN, plan)["spent"] == 0
    sound(desk.store)


def test_a_plan_is_taken_over_into_the_next_month(desk: Desk, plan: int) -> None:
    firm, office = account(desk, "禾渚软件", type="enterprise", code="H1"), account(desk, "禾渚研究院", type="enterprise", code="H2")
    added(desk, CARE_ITEM, plan_id=plan, day="2026-11-05", kind="gift", account_id=firm, budget=300_00, actual=250_00, state="done", done_on=TODAY)
    added(desk, CARE_ITEM, plan_id=plan, day="2026-11-30", kind="visit", account_id=firm)
    added(desk, CARE_ITEM, plan_id=plan, day="2026-11-06", kind="meal", account_id=office)
    change(desk, ACCOUNT, office, type="institution")  # now a meal may not be planned there
    made = actions.copy_plan(desk, plan)
    new = next(row_id for table, row_id in made.rows if table == "care_plan")
    kept = row(desk, CARE_PLAN, new)
    assert (kept["name"], kept["code"], kept["state"], kept["budget"], kept["items"], kept["spent"]) == ("2026年12月维护计划", "2026-12", "draft", 38_000_00, 2, 0)
    items = queries.items_of(desk.store.writer, new)
    assert [(item["day"], item["kind"]) for item in items] == [("2026-12-07", "gift"), ("2026-12-30", "visit")]
    with pytest.raises(Refused, match="already"):
        actions.copy_plan(desk, plan)
    assert queries.newest_month(desk.store.writer) == new
    desk.undo()
    assert desk.get(CARE_PLAN, new) is None
    sound(desk.store)


def test_figures_and_today_open_their_rows(desk: Desk, plan: int, reader: Any) -> None:
    for day, state, actual in (("2026-11-18", "open", 0), ("2026-11-17", "open", 0), ("2026-11-02", "done", 39_000_00), ("2026-11-03", "failed", 0)):
        added(desk, CARE_ITEM, plan_id=plan, day=day, kind="call", state=state, actual=actual)
    figures = {figure.label.source: figure for figure in queries.figures(reader, "care_plan", plan, TODAY)}
    assert {name: figure.value for name, figure in figures.items() if figure.opens and name not in ("Planned spending", "Spent")} == {
        "To do": "2", "Overdue": "1", "Done": "1", "Not done": "1",
    }  # fmt: skip
    for name in ("To do", "Overdue", "Done", "Not done"):
        assert count(reader, ListQuery(CARE_ITEM, figures[name].opens)) == int(figures[name].value)
    assert (figures["Spent"].tone, figures["Spent"].share, figures["Left"].value) == ("red", (39_000_00, 38_000_00), "−1,000.00")
    assert queries.figures(reader, "account", plan, TODAY) == []
    lines = queries.today(reader, TODAY, None)
    assert [(line.count, line.tone) for line in lines] == [(1, ""), (1, "red")]
    assert [count(reader, ListQuery(CARE_ITEM, line.filters)) for line in lines] == [1, 1]


def test_states_are_counted() -> None:
    assert rules.state_counts(["open", "done", "open"]) == {"open": 2, "done": 1}
