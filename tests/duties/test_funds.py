"""Fund plans: a month's money is asked for, approved step by step by others, advanced, spent, vouched for; the rest goes back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.funds import actions, queries, rules
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.record import dates, rights
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import account, added, change, facts, remove, row, sound

TODAY = "2026-11-18"
YUAN = 100
AMOUNTS = st.integers(0, 50_000_00)


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.mark.parametrize(
    ("approved", "spent", "asks"),
    [(1_000, 1_000, False), (1_000, 1_100, False), (1_000, 1_101, True), (5_000, 5_200, False), (5_000, 5_201, True), (2_000, 2_200, False), (0, 1, True), (1_000, 400, False)],
)
def test_what_needs_a_new_approval(approved: int, spent: int, asks: bool) -> None:
    assert rules.needs_approval(approved * YUAN, spent * YUAN) is asks


@given(AMOUNTS, AMOUNTS, st.integers(0, 1_000_00))
def test_more_spent_never_needs_less(approved: int, spent: int, more: int) -> None:
    assert rules.needs_approval(approved, spent + more) >= rules.needs_approval(approved, spent)
    assert not rules.needs_approval(approved + spent, spent)


@pytest.mark.parametrize(("day", "late"), [("2026-10-18", True), ("2026-10-19", True), ("2026-10-20", False), ("", False)])
def test_an_advance_has_thirty_days(day: str, late: bool) -> None:
    assert rules.is_late(day, TODAY) is late


@pytest.mark.parametrize(
    ("carried", "state", "approved", "spent", "taken"),
    [
        (False, "draft", 0, 0, 0), (False, "approved", 100, 0, 100), (False, "advanced", 100, 0, 100), (False, "over", 100, 150, 100), (False, "spent", 100, 105, 105),
        (False, "cleared", 100, 80, 100), (True, "cleared", 100, 80, 80), (True, "dropped", 100, 0, 0), (False, "refused", 100, 0, 0),
    ],
)  # fmt: skip
def test_what_an_item_takes_from_its_year(carried: bool, state: str, approved: int, spent: int, taken: int) -> None:
    assert rules.committed(carried, state, approved, spent) == taken


ITEMS = st.lists(st.tuples(st.sampled_from(("gift", "meal", "visit")), st.sampled_from(("茶具", "贺卡")), st.integers(0, 3).map(lambda n: n * 100), st.sampled_from(("甲", "乙", ""))), max_size=12)


@given(ITEMS)
def test_a_draft_costs_what_was_planned(items: list[tuple[str, str, int, str]]) -> None:
    rows = rules.drafted(items)
    assert sum(each["unit"] * each["quantity"] for each in rows) == sum(price for _, _, price, _ in items)
    assert len({(each["kind"], each["name"], each["unit"]) for each in rows}) == len(rows)
    assert rules.drafted(reversed(items)) == rows


# at the desk


@pytest.fixture
def year(desk: Desk) -> int:
    return added(desk, CARE_PLAN, name="2026 年客户维护年度计划", code="2026", state="running", budget=10_000_00)


def plan(desk: Desk, year: int, month: str = "2026-11", **values: Any) -> int:
    return added(desk, FUND_PLAN, name=f"{month} 资金计划", code=month, year_id=year, **values)


def line(desk: Desk, at: int, name: str = "青瓷茶具", unit: int = 300, quantity: int = 10, **values: Any) -> int:
    return added(desk, FUND_LINE, plan_id=at, name=name, unit=unit * YUAN, quantity=quantity, **values)


def move(desk: Desk, record: Any, at: int, key: str, reason: str = "", **values: Any) -> None:
    desk.move(record, at, row(desk, record, at)["version"], key, reason=reason, values=values)


def grant(desk: Desk, at: int) -> None:
    for key in ("submit", "endorse", "agree", "grant"):
        move(desk, FUND_PLAN, at, key)


def test_from_asking_to_the_rest_going_back(desk: Desk, reader: Any, year: int) -> None:
    month = plan(desk, year)
    with pytest.raises(Refused, match="what is to be paid for"):
        move(desk, FUND_PLAN, month, "submit")
    tea, cards = line(desk, month), line(desk, month, "贺卡", 10, 100)
    move(desk, FUND_PLAN, month, "submit")
    before = facts(desk.store)
    for values in ({"unit": 400 * YUAN}, {"quantity": 11}):
        with pytest.raises(Invalid, match="in approval"):
            change(desk, FUND_LINE, tea, **values)
    with pytest.raises(Invalid, match="in approval"):
        line(desk, month, "夹带")
    with pytest.raises(Refused, match="approved with its plan"):
        move(desk, FUND_LINE, tea, "approve", approved=1)
    move(desk, FUND_PLAN, month, "endorse")
    move(desk, FUND_PLAN, month, "agree")
    with pytest.raises(Refused, match="grants it itself"):
        move(desk, FUND_PLAN, month, "pass")
    assert facts(desk.store)["fund_line"] == before["fund_line"]
    change(desk, FUND_LINE, tea, approved=2_400 * YUAN)  # cut down
    move(desk, FUND_PLAN, month, "grant")
    assert [row(desk, FUND_LINE, at)["approved"] for at in (tea, cards)] == [2_400_00, 1_000_00]
    assert (row(desk, FUND_PLAN, month)["asked"], row(desk, FUND_PLAN, month)["approved"]) == (4_000_00, 3_400_00)
    move(desk, FUND_PLAN, month, "start")
    move(desk, FUND_LINE, tea, "spend", spent=2_600_00)  # 200 more: nobody has to be asked
    move(desk, FUND_PLAN, month, "clear")
    with pytest.raises(Refused, match="1 items are paid"):
        move(desk, FUND_PLAN, month, "carry")
    with pytest.raises(Refused, match="voucher"):
        move(desk, FUND_LINE, tea, "clear")
    move(desk, FUND_LINE, tea, "clear", voucher="FK-1101")
    assert queries.taken(reader, year) == 3_600_00, "what is approved and not spent still belongs to the month"
    move(desk, FUND_PLAN, month, "carry")
    assert queries.taken(reader, year) == 2_600_00, "the rest went back to the year"
    assert (row(desk, FUND_LINE, cards)["state"], row(desk, FUND_LINE, tea)["over"], row(desk, FUND_LINE, tea)["cleared_on"]) == (rules.DROPPED, 200_00, TODAY)
    told = {figure.label.source: figure.value for figure in queries.figures(reader, "fund_plan", month, TODAY)}
    assert (told["Spent"], told["Left of the year"]) == ("2,600.00", "7,400.00")
    with pytest.raises(Refused, match="Money was paid"):
        remove(desk, FUND_LINE, tea)
    sound(desk.store)


def test_spending_more_needs_a_new_approval(desk: Desk, year: int) -> None:
    month = plan(desk, year)
    tea = line(desk, month)
    grant(desk, month)
    with pytest.raises(Refused, match="10 % or 200"):
        move(desk, FUND_LINE, tea, "spend", spent=3_201_00)
    with pytest.raises(Refused, match="nobody has to be asked"):
        move(desk, FUND_LINE, tea, "more", "贵了", spent=3_200_00)
    with pytest.raises(Refused, match="reason"):
        move(desk, FUND_LINE, tea, "more", spent=3_201_00)
    move(desk, FUND_LINE, tea, "more", "换了大号", spent=3_900_00)
    move(desk, FUND_LINE, tea, "grant-more")
    assert (row(desk, FUND_LINE, tea)["approved"], row(desk, FUND_LINE, tea)["state"]) == (3_900_00, rules.SPENT)
    with pytest.raises(Invalid, match="10 % or 200"):
        change(desk, FUND_LINE, tea, spent=4_200_00)
    change(desk, FUND_LINE, tea, spent=4_000_00)
    sound(desk.store)


def test_an_advance_without_vouchers_blocks_the_next(desk: Desk, reader: Any, year: int) -> None:
    fang, zhou = added(desk, STAFF, name="方予安"), added(desk, STAFF, name="周一禾")
    month = plan(desk, year)
    old, new = line(desk, month, "重阳慰问", 200, 5), line(desk, month)
    grant(desk, month)
    for values, words in (({}, "how much"), ({"advance": 2_000_00}, "more is advanced"), ({"advance": 1_000_00}, "who takes")):
        with pytest.raises(Refused, match=words):
            move(desk, FUND_LINE, old, "advance", **values)
    move(desk, FUND_LINE, old, "advance", advance=1_000_00, advance_to=fang, advance_on="2026-10-16")
    with pytest.raises(Refused, match=r"1,000\.00 for '重阳慰问' were taken on 2026-10-16"):
        move(desk, FUND_LINE, new, "advance", advance=500_00, advance_to=fang)
    assert [cause.owner_id for cause in queries.causes(reader, TODAY)] == [fang]
    assert [(line.label.source, line.tone) for line in queries.today(reader, TODAY, None)] == [("Advances without vouchers", "red")]
    move(desk, FUND_LINE, new, "advance", advance=500_00, advance_to=zhou)  # somebody else may
    move(desk, FUND_LINE, new, "spend", spent=500_00)
    move(desk, FUND_LINE, new, "query", "抬头错了")
    change(desk, FUND_LINE, old, voucher="FK-1016")
    move(desk, FUND_LINE, new, "advance", advance=500_00, advance_to=fang)
    assert queries.unvouched(reader, fang, TODAY) is None
    sound(desk.store)


def test_every_yes_is_somebody_elses(desk: Desk, year: int) -> None:
    people = {name: added(desk, STAFF, name=name, role=role, login=name) for name, role in (("方", rights.CARE), ("经理", rights.DOSM), ("总", rights.GM), ("财", rights.CREDIT))}

    def by(name: str) -> Desk:
        other = Desk(desk.store, name)
        other.signed_in = people[name]
        other.seat.person_id = people[name]
        return other

    month = plan(by("方"), year)
    tea = line(by("方"), month)
    move(by("方"), FUND_PLAN, month, "submit")
    with pytest.raises(Refused, match="approves it"):
        move(by("财"), FUND_PLAN, month, "endorse")
    move(by("经理"), FUND_PLAN, month, "endorse")
    with pytest.raises(Refused, match="second person"):
        move(by("经理"), FUND_PLAN, month, "agree")
    move(by("总"), FUND_PLAN, month, "agree")
    with pytest.raises(Refused, match="second person"):
        move(by("方"), FUND_PLAN, month, "grant")
    move(by("财"), FUND_PLAN, month, "grant")
    with pytest.raises(Invalid, match="asked for themselves"):
        change(by("方"), FUND_LINE, tea, approved=9_000_00)
    move(by("方"), FUND_LINE, tea, "more", "两处店", spent=5_000_00)
    with pytest.raises(Refused, match=r"second person|approves it"):
        move(by("方"), FUND_LINE, tea, "grant-more")
    move(by("财"), FUND_LINE, tea, "grant-more")
    with pytest.raises(Refused):
        move(by("方"), FUND_LINE, tea, "clear", voucher="FK-1")
    sound(desk.store)


def test_above_its_level_finance_sends_it_on(desk: Desk, year: int) -> None:
    cai = added(desk, STAFF, name="财", role=rights.CREDIT, login="cai")
    change(desk, CARE_PLAN, year, budget=90_000_00)
    month = plan(desk, year)
    line(desk, month, "年会定金", 60_000, 1)
    for key in ("submit", "endorse", "agree"):
        move(desk, FUND_PLAN, month, key)
    finance = Desk(desk.store, "财")
    finance.signed_in = cai
    with pytest.raises(Refused, match="above your level"):
        move(finance, FUND_PLAN, month, "grant")
    move(finance, FUND_PLAN, month, "pass")
    with pytest.raises(Refused, match="second person"):
        move(finance, FUND_PLAN, month, "grant")
    move(desk, FUND_PLAN, month, "return", "先谈到四成")
    assert row(desk, FUND_PLAN, month)["state"] == rules.DRAFT


def test_the_months_never_exceed_the_year(desk: Desk, reader: Any, year: int) -> None:
    """Whatever is tried in whatever order: what is refused changes nothing, what is done stays within the year."""
    import random

    dice, budget = random.Random(8), 10_000_00
    months: list[tuple[int, int]] = []
    for number in range(60):
        what = dice.choice(("plan", "plan", "spend", "more", "clear", "close", "raise" if number % 20 == 19 else "spend"))
        try:
            if what == "plan":
                at = plan(desk, year, f"2026-{dice.randint(1, 12):02d}")
                item = line(desk, at, f"项目{number}", dice.randint(5, 40), 100)
                months.append((at, item))
                grant(desk, at)
            elif what == "raise":
                budget += 2_000_00
                change(desk, CARE_PLAN, year, budget=budget)
            elif months:
                at, item = dice.choice(months)
                approved = row(desk, FUND_LINE, item)["approved"]
                if what == "spend":
                    move(desk, FUND_LINE, item, "spend", spent=approved * dice.randint(50, 110) // 100)
                elif what == "more":
                    move(desk, FUND_LINE, item, "more", "贵了", spent=approved * 2)
                    move(desk, FUND_LINE, item, "grant-more")
                elif what == "clear":
                    move(desk, FUND_LINE, item, "clear", voucher="FK")
                else:
                    for key in ("start", "clear", "carry"):
                        move(desk, FUND_PLAN, at, key)
        except Refused:
            pass
        assert 0 <= queries.taken(reader, year) <= budget, (number, what)
    assert queries.taken(reader, year) > 0
    sound(desk.store)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(("approved", "advanced", "over", "spent", "cleared", "dropped")), AMOUNTS, AMOUNTS), max_size=8))
def test_closing_a_month_never_takes_more(items: list[tuple[bool, str, int, int]]) -> None:
    now = rules.taken(("carried" if carried else "running", state, approved, spent) for carried, state, approved, spent in items)
    closed = rules.taken(("carried", "cleared" if state == "cleared" else "dropped", approved, spent) for _, state, approved, spent in items)
    assert 0 <= closed <= now + sum(spent for carried, state, _, spent in items if carried and state != "cleared")


def test_the_maintenance_plans_items_are_taken_over_once(desk: Desk, year: int) -> None:
    care = added(desk, CARE_PLAN, name="11 月客户维护计划", code="2026-11", state="running", budget=5_000_00)
    for name in ("瑞栀药业", "禾渚软件"):
        added(desk, CARE_ITEM, plan_id=care, account_id=account(desk, name), kind="gift", day="2026-11-20", name="青瓷茶具", budget=298_00)
    added(desk, CARE_ITEM, plan_id=care, account_id=account(desk, "云垞"), kind="visit", day="2026-11-20", name="拜访")
    month = plan(desk, year)
    actions.take_over(desk, month)
    found = desk.store.writer.execute("select name, kind, unit, quantity, whom, asked from fund_line where gone is null").fetchall()
    assert [tuple(each) for each in found] == [("青瓷茶具", "gift", 298_00, 2, "瑞栀药业、禾渚软件", 596_00)]
    with pytest.raises(Refused, match="nothing with a budget"):
        actions.take_over(desk, month)
    desk.undo()
    assert count(desk.store.writer, ListQuery(FUND_LINE)) == 0


def test_a_month_belongs_to_its_year(desk: Desk, year: int) -> None:
    for month, field in (("2027-01", "year_id"), ("2026-13", "code"), ("2026", "code")):
        with pytest.raises(Invalid) as error:
            plan(desk, year, month)
        assert list(error.value.problems) == [field]
    draft = added(desk, CARE_PLAN, name="2025", code="2025", budget=1_00)
    old = plan(desk, draft, "2025-03")
    line(desk, old)
    with pytest.raises(Refused, match="not approved yet"):
        grant(desk, old)
