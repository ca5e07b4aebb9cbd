"""Promotions: no step without what it needs, the evaluation a fortnight after the last day, how many must be sold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.promotions import causes, queries, rules
from crm_desktop.duties.promotions.records import OFFER, PRODUCT, PROMOTION, TASK
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import account, added, change, facts, hotel, row, sound

TODAY = "2026-11-18"
FEN = st.integers(0, 10**7)
PRODUCTS = st.lists(st.tuples(FEN, FEN, st.integers(0, 2_000)), max_size=5)


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def move(desk: Desk, at: int, key: str, reason: str = "", **values: Any) -> None:
    desk.move(PROMOTION, at, row(desk, PROMOTION, at)["version"], key, reason=reason, values=values)


@pytest.mark.parametrize(
    ("budget", "products", "want"),
    [
        (38_000_00, [(398_00, 165_00, 260)], (164, 260)), (0, [(100, 50, 10)], (0, 10)), (500, [(100, 50, 10)], (10, 10)), (501, [(100, 50, 10)], None),
        (100, [], None), (100, [(50, 100, 10)], None), (100, [(200, 100, 0)], None), (300, [(200, 100, 2), (100, 100, 2)], None), (200, [(200, 100, 2), (100, 100, 2)], (4, 4)),
    ],
)  # fmt: skip
def test_how_many_must_be_sold(budget: int, products: list[rules.Product], want: tuple[int, int] | None) -> None:
    assert rules.break_even(budget, products) == want


@given(FEN, PRODUCTS)
def test_what_must_be_sold_earns_the_budget_and_one_less_does_not(budget: int, products: list[rules.Product]) -> None:
    found, number = rules.break_even(budget, products), sum(n for _, _, n in products)
    earned = sum((price - cost) * n for price, cost, n in products)
    if found is None:
        assert not number or earned < max(budget, 1)
        return
    needed, of = found
    assert 0 <= needed <= of == number
    assert needed * earned >= budget * number
    assert not needed or (needed - 1) * earned < budget * number


@pytest.mark.parametrize(("revenue", "cost", "want"), [(468, 243, 92), (100, 100, 0), (50, 100, -50), (0, 100, -100), (5, 0, None), (99, 100, -1), (201, 200, 0), (199, 200, 0)])
def test_the_gain(revenue: int, cost: int, want: int | None) -> None:
    assert rules.gain(revenue, cost) == want


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sell_from": "2026-11-20", "sell_to": "2026-11-19"}, "sell_to"), ({"stay_from": "2026-12-24", "stay_to": "2026-12-23"}, "stay_to"),
        ({"sell_from": "2026-11-20", "stay_to": "2026-11-19"}, "stay_to"), ({"sell_from": "2026-11-20", "sell_to": "2026-11-20", "stay_to": "2026-11-20"}, ""), ({}, ""),
    ],
)  # fmt: skip
def test_periods_run_forward(values: dict[str, str], field: str) -> None:
    assert list(rules.check(values)) == ([field] if field else [])


def test_a_promotion_cannot_be_cheated(desk: Desk) -> None:
    at = added(desk, PROMOTION, name="圣诞平安夜大餐", hotel_id=hotel(desk))
    assert row(desk, PROMOTION, at)["code"] == "CX-2026-0001"
    before = facts(desk.store)
    for key, words in (("scheme", "what it is for"), ("submit", "not open now"), ("approve", "not open now"), ("file", "not open now"), ("cancel", "reason")):
        with pytest.raises(Refused, match=words):
            move(desk, at, key)
    with pytest.raises(Invalid, match="steps"):
        change(desk, PROMOTION, at, state=rules.FILED)
    assert facts(desk.store) == before
    move(desk, at, "scheme", purpose="满房满台")
    wanted = {"target": ("for whom", "老客户"), "sell_from": ("from when", "2026-11-20"), "sell_to": ("until when", "2026-12-24"), "programme": ("programme", "抽奖"), "budget": ("budget", 38_000_00)}
    for name, (words, value) in wanted.items():
        with pytest.raises(Refused, match=words):
            move(desk, at, "submit")
        change(desk, PROMOTION, at, **{name: value})
    move(desk, at, "submit")
    move(desk, at, "approve")
    with pytest.raises(Refused, match="sold from 2026-11-20"):
        move(desk, at, "sell")
    change(desk, PROMOTION, at, stay_from="2026-12-24", stay_to="2026-12-25")
    assert row(desk, PROMOTION, at)["evaluate_by"] == "2027-01-08"
    for day, key in (("2026-11-20", "sell"), ("2026-12-24", "run")):
        dates.set_clock(dt.datetime.fromisoformat(f"{day} 10:00"))
        move(desk, at, key)
    dates.set_clock(dt.datetime(2026, 12, 25, 23, 0))
    with pytest.raises(Refused, match="goes on until 2026-12-25"):
        move(desk, at, "evaluate")
    dates.set_clock(dt.datetime(2026, 12, 28, 10, 0))
    move(desk, at, "evaluate")
    for name, value in (("evaluation", "好"), ("keep", "首发价"), ("cost", 36_000_00)):
        with pytest.raises(Refused, match="first"):
            move(desk, at, "file")
        change(desk, PROMOTION, at, **{name: value})
    move(desk, at, "file")
    sound(desk.store)


def test_figures_and_today_open_what_they_count(desk: Desk, reader: Any) -> None:
    who, here = added(desk, STAFF, name="许棠"), hotel(desk)
    at = added(desk, PROMOTION, name="年会季", hotel_id=here, state=rules.SELLING, budget=46_000_00, goal=100_000_00, sell_from="2026-10-01", sell_to="2026-10-31", owner_id=who)
    added(desk, PROMOTION, name="春节", hotel_id=here, state=rules.APPROVAL, sell_from="2026-12-08")
    for name, there, sold in (("团年饭", 420, 164), ("年会", 380, 0)):
        added(desk, PRODUCT, promotion_id=at, name=name, price=2_000_00, unit_cost=1_000_00, allotment=there, sold=sold)
    for due, state in (("2026-11-17", rules.OPEN), ("2026-11-30", rules.OPEN), ("2026-11-01", rules.DONE)):
        added(desk, TASK, promotion_id=at, name=due, due=due, state=state, owner_id=who)
    told = {figure.label.source: figure for figure in queries.figures(reader, "promotion", at, TODAY)}
    assert {name: told[name].value for name in ("If all is sold", "Sold", "To earn the budget", "Tasks to do", "Tasks overdue")} == {
        "If all is sold": "1,600,000.00", "Sold": "328,000.00", "To earn the budget": "46 of 800", "Tasks to do": "2", "Tasks overdue": "1",
    }  # fmt: skip
    for name, number in (("If all is sold", 2), ("Sold", 1), ("Tasks to do", 2), ("Tasks overdue", 1)):
        assert count(reader, ListQuery(desk.store.by_key[told[name].record], told[name].opens)) == number
    kept = row(desk, PROMOTION, at)
    assert (kept["tasks"], kept["tasks_done"], kept["sold_value"]) == (3, 1, 328_000_00)
    lines = {line.label.source: line for line in queries.today(reader, TODAY, here)}
    assert {name: line.count for name, line in lines.items()} == {"Promotions going on": 1, "Promotions in approval": 1, "Promotions not evaluated": 1, "Promotion tasks overdue": 1}
    for line in lines.values():
        assert count(reader, ListQuery(desk.store.by_key[line.record], line.filters)) == line.count
    assert [(cause.key, cause.due, cause.owner_id) for cause in causes.causes(reader, TODAY)] == [("promotion-task", "2026-11-17", who), ("promotion-evaluation", "2026-11-14", who)]
    sound(desk.store)


def test_clients_it_is_offered_to_say_yes_or_why_not(desk: Desk, reader: Any) -> None:
    """Who is to be told waits on *Today* and among the follow-ups of who tells them; the answers are counted in the promotion."""
    who, client = added(desk, STAFF, name="唐屿"), account(desk)
    at = added(desk, PROMOTION, name="圣诞平安夜大餐", hotel_id=hotel(desk))
    late, early, coming = (added(desk, OFFER, promotion_id=at, account_id=client, owner_id=who, day=day) for day in ("2026-11-16", TODAY, "2026-11-20"))
    (line,) = queries.today(reader, TODAY, None)
    assert (line.label.source, line.count, line.tone) == ("Clients to be told of promotions", 2, "red")
    assert [cause.about for cause in causes.causes(reader, TODAY)] == [("promotion_offer", late), ("promotion_offer", early)]
    desk.move(OFFER, late, 1, "tell")
    assert (row(desk, OFFER, late)["day"], row(desk, OFFER, late)["state"]) == (TODAY, "told")
    desk.move(OFFER, coming, 1, "book")
    assert row(desk, OFFER, coming)["day"] == TODAY, "who has booked was told"
    with pytest.raises(Refused, match="what they said"):
        desk.move(OFFER, early, 1, "decline")
    desk.move(OFFER, early, 1, "decline", values={"said": "今年在家过"})
    assert (row(desk, PROMOTION, at)["offers"], row(desk, PROMOTION, at)["offers_booked"]) == (3, 1)
    assert queries.today(reader, TODAY, None) == []
    sound(desk.store)
