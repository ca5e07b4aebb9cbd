"""Gifts and hospitality: who may have what, what is known of them, never twice, the year's cap, the store, the standard of a meal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.care import queries_items
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.care.records_standard import CARE_HOLD, CARE_STANDARD
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.clients.records_account import TYPES
from crm_desktop.duties.gifts import queries, rules
from crm_desktop.duties.gifts.records import GIFT, GIFT_ITEM, MEAL
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.record import dates, integrity, rights
from crm_desktop.record.facts import DISLIKE, LIKE, NEVER, Fact
from crm_desktop.record.text import Refused, say
from crm_desktop.store.pages import ListQuery, count
from tests.samples import account, added, change, facts, remove, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.mark.parametrize(
    ("gift", "contains", "polarity", "fact", "allergen", "clashes"),
    [
        ("黄酒礼盒", "", NEVER, "酒精过敏", "alcohol", True), ("黄酒礼盒", "", NEVER, "从不饮酒", "", True), ("坚果礼盒", "", NEVER, "花生", "peanut", False),
        ("糖果礼袋", "花生、芝麻", NEVER, "花生", "peanut", True), ("青瓷茶具", "", DISLIKE, "不喜欢茶具", "", True), ("青瓷茶具", "", DISLIKE, "香菜", "", False),
        ("青瓷茶具", "", LIKE, "茶具", "", False), ("真丝围巾", "羊毛", NEVER, "羊毛", "", True), ("鲜花", "", NEVER, "花粉过敏", "pollen", True),
    ],
)  # fmt: skip
def test_what_is_known_speaks_against_a_gift(gift: str, contains: str, polarity: str, fact: str, allergen: str, clashes: bool) -> None:
    known = [Fact(1, 1, polarity, fact, allergen=allergen, told_on="2026-04-22")]
    assert bool(rules.taboos(gift, contains, known, TODAY)) is clashes
    expired = [Fact(1, 1, polarity, fact, allergen=allergen, expires="2026-11-17")]
    assert not rules.taboos(gift, contains, expired, TODAY)


@pytest.mark.parametrize(
    ("name", "quantity", "against"),
    [("座钟", 1, True), ("秋梨膏", 1, False), ("水晶梨", 2, True), ("天堂伞", 1, True), ("菊花茶", 1, False), ("白菊", 1, True), ("青瓷茶具", 4, True), ("青瓷茶具", 2, False), ("编钟摆件", 1, False)],
)
def test_what_custom_is_against(name: str, quantity: int, against: bool) -> None:
    assert bool(rules.customs(name, quantity)) is against


@given(st.sampled_from(["A", "B", "C", "D", ""]), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_cap_holds_whatever_the_order(level: str, one: int, other: int) -> None:
    cap = rules.cap_of(level)
    first = rules.above_cap(level, cap, 0, one) is None
    assert (first and rules.above_cap(level, cap, one, other) is None) == (one + other <= cap)


@given(st.integers(0, 50), st.lists(st.integers(-10, 20), max_size=12))
def test_the_store_never_has_less_than_none(stock: int, moves: list[int]) -> None:
    begun, taken, back = stock, 0, 0
    for quantity in moves:
        if quantity < 0:
            stock, back = stock - quantity, back - quantity
        elif (left := rules.stock_after(stock, quantity)) is not None:
            stock, taken = left, taken + quantity
        assert stock == begun + back - taken >= 0


@pytest.mark.parametrize(
    ("level", "guests", "companions", "actual", "standard", "each", "overrun"),
    [("VV", 6, 2, 1_600_00, 1_440_00, 200_00, 160_00), ("VB", 5, 1, 600_00, 720_00, 100_00, 0), ("VC", 0, 0, 100_00, 0, None, 100_00), ("VA", 3, 0, 0, 450_00, None, None)],
)
def test_the_standard_of_a_meal(level: str, guests: int, companions: int, actual: int, standard: int, each: int | None, overrun: int | None) -> None:
    assert rules.settle_meal({"level": level, "guests": guests, "companions": companions})["standard"] == standard
    assert (rules.per_head(actual, guests, companions), rules.overrun(standard, actual)) == (each, overrun)


def test_state_bodies_get_neither() -> None:
    for kind, check in ((integrity.GIFT, rules.check_gift), (integrity.MEAL, rules.check_meal)):
        barred = {code for code, _, _ in TYPES if check({"account_id": 1, "account_id.type": code})}
        assert barred == {code for code, _, _ in TYPES if integrity.forbidden(kind, code)} == {"government", "institution", "state-owned"}


# at the desk


def move(desk: Desk, record: Any, at: int, key: str, reason: str = "", **values: Any) -> None:
    if key == "give" and not values:
        values = {"proof": rules.SIGNED, "received_by": "前台"}
    desk.move(record, at, row(desk, record, at)["version"], key, reason=reason, values=values)


@pytest.fixture
def tea(desk: Desk) -> int:
    return added(desk, GIFT_ITEM, name="青瓷茶具", cost=298_00, stock=3, least=2)


def gift(desk: Desk, item: int, **values: Any) -> int:
    return added(desk, GIFT, **({"item_id": item, "day": TODAY} | values))


def test_a_gift_leaves_the_store_once_it_was_approved(desk: Desk, reader: Any, tea: int) -> None:
    firm = account(desk, "禾渚软件", level="A")
    at = gift(desk, tea, account_id=firm, quantity=2)
    with pytest.raises(Refused, match="not open now"):
        move(desk, GIFT, at, "give")
    move(desk, GIFT, at, "ask")
    assert (row(desk, GIFT, at)["cost"], row(desk, GIFT, at)["code"]) == (596_00, "LP-2026-0001")
    with pytest.raises(Invalid, match="unit cost by number"):
        change(desk, GIFT, at, cost=100_00)
    with pytest.raises(Refused, match="asked for as it is"):
        change(desk, GIFT, at, quantity=1)
    move(desk, GIFT, at, "approve")
    move(desk, GIFT, at, "give")
    assert (row(desk, GIFT_ITEM, tea)["stock"], row(desk, GIFT_ITEM, tea)["missing"]) == (1, 1)
    assert [line.label.source for line in queries.today(reader, TODAY, None)] == ["Gifts to buy"]
    with pytest.raises(Refused, match="stays in the register"):
        remove(desk, GIFT, at)
    more = gift(desk, tea, account_id=account(desk, "瑞栀药业", level="A"), quantity=2)
    move(desk, GIFT, more, "ask")
    move(desk, GIFT, more, "approve")
    before = facts(desk.store)
    with pytest.raises(Refused, match="only 1 of '青瓷茶具'"):
        move(desk, GIFT, more, "give")
    assert facts(desk.store) == before
    move(desk, GIFT, at, "return", "对方婉拒")
    assert (row(desk, GIFT_ITEM, tea)["stock"], row(desk, GIFT, at)["state"]) == (3, rules.DRAFT)
    move(desk, GIFT, more, "give")
    desk.undo()
    assert row(desk, GIFT_ITEM, tea)["stock"] == 3
    sound(desk.store)


def test_why_somebody_does_not_get_it(desk: Desk, tea: int) -> None:
    bank, office = account(desk, "棠溪银行", level="B"), account(desk, "文旅局", type="government")
    situ, clerk = added(desk, PERSON, name="司徒曜", account_id=bank), added(desk, PERSON, name="王科", account_id=office)
    for values in ({"account_id": office}, {"person_id": clerk}):
        with pytest.raises(Invalid, match="get no gifts"):
            gift(desk, tea, **values)
    with pytest.raises(Invalid, match="receives it"):
        gift(desk, tea)
    first = gift(desk, tea, person_id=situ, day="2025-10-01")
    for key in ("ask", "approve", "give"):
        move(desk, GIFT, first, key)
    second = gift(desk, tea, person_id=situ, account_id=bank)
    with pytest.raises(Refused, match="same gift on 2026-11-18"):
        move(desk, GIFT, second, "ask")
    wine = added(desk, GIFT_ITEM, name="会稽山黄酒礼盒", cost=238_00, stock=6)
    added(desk, PREFERENCE, person_id=situ, polarity=NEVER, name="酒精过敏", allergen="alcohol", told_on="2026-01-05")
    third = gift(desk, wine, person_id=situ)
    with pytest.raises(Refused, match="Never: 酒精过敏"):
        move(desk, GIFT, third, "ask")
    card = added(desk, GIFT_ITEM, name="手写贺卡", cost=12_00, stock=200, again=1)
    for _ in range(2):
        each = gift(desk, card, person_id=situ)
        move(desk, GIFT, each, "ask")
    vase = added(desk, GIFT_ITEM, name="青瓷花瓶", cost=1_190_00, stock=2)
    fourth = gift(desk, vase, account_id=bank)
    with pytest.raises(Refused, match=r"Class B may have 1,200\.00 a year.*24\.00 were given"):
        move(desk, GIFT, fourth, "ask")
    assert count(desk.store.writer, ListQuery(GIFT, [("state", "=", rules.DRAFT)])) == 3
    added(desk, CARE_STANDARD, level="B", since="2026-11-01", cap=1_500_00)
    move(desk, GIFT, fourth, "ask")
    sound(desk.store)


def test_who_says_yes_to_a_gift(desk: Desk) -> None:
    people = {name: added(desk, STAFF, name=name, role=role, login=name) for name, role in (("周", rights.SELLER), ("许", rights.MANAGER), ("沈", rights.DOSM))}
    change(desk, STAFF, people["周"], manager_id=people["许"])
    vase = added(desk, GIFT_ITEM, name="青瓷花瓶", cost=600_00, stock=2)
    firm = account(desk, "禾渚软件", level="A", owner_id=people["周"])

    def by(name: str) -> Desk:
        other = Desk(desk.store, name)
        other.signed_in = other.seat.person_id = people[name]
        return other

    at = gift(by("周"), vase, account_id=firm, owner_id=people["周"])
    move(by("周"), GIFT, at, "ask")
    for name, words in (("周", "second person"), ("许", "above your level")):
        with pytest.raises(Refused, match=words):
            move(by(name), GIFT, at, "approve")
    move(by("沈"), GIFT, at, "approve")
    with pytest.raises(Refused, match=r"may not change Gift store here\. These may: General manager"):
        move(by("周"), GIFT, at, "give")
    move(by("许"), GIFT, at, "give")
    assert row(desk, GIFT_ITEM, vase)["stock"] == 1


def test_a_meal_keeps_its_standard_or_says_why(desk: Desk, reader: Any) -> None:
    firm = account(desk, "澄籁精密", level="A")
    at = added(desk, MEAL, account_id=firm, day=TODAY, level="VA", guests=6, companions=2, planned=1_300_00)
    with pytest.raises(Refused, match="what the meal is for"):
        move(desk, MEAL, at, "ask")
    with pytest.raises(Refused, match=r"above the standard of 1,200\.00"):
        move(desk, MEAL, at, "ask", purpose="续约")
    move(desk, MEAL, at, "ask", purpose="续约", planned=1_200_00)
    move(desk, MEAL, at, "approve")
    move(desk, MEAL, at, "hold")
    with pytest.raises(Refused, match="reason for the overrun"):
        move(desk, MEAL, at, "settle", actual=1_360_00)
    move(desk, MEAL, at, "settle", actual=1_360_00, why="临时加两位")
    kept = row(desk, MEAL, at)
    assert (kept["each"], kept["overrun"], kept["code"]) == (170_00, 160_00, "YQ-2026-0001")
    assert queries.in_year(reader, firm, "2026") == 1_360_00
    assert [figure.value for figure in queries.figures(reader, "account", firm, TODAY)] == ["1,360.00"]
    with pytest.raises(Invalid, match="not entertained"):
        added(desk, MEAL, account_id=account(desk, "某局", type="government"), day=TODAY)
    second = added(desk, MEAL, account_id=firm, day=TODAY, level="VV", guests=12, planned=1_700_00, purpose="答谢")
    with pytest.raises(Refused, match="Class A may have"):
        move(desk, MEAL, second, "ask")
    sound(desk.store)


@pytest.mark.parametrize(("hold", "occasion", "said"), [("consent", "visit", "withdrew"), ("mourning", "birthday", "bereaved"), ("mourning", "visit", ""), ("dispute", "visit", "dispute"), ("stopped", "thanks", "credit")])
def test_nobody_who_is_held_back_is_given_anything(hold: str, occasion: str, said: str) -> None:
    text = rules.held_back({hold}, occasion)
    assert (said in text.source) if said and text else text is None
    assert rules.held_back({"dispute"}, "", meal=True) is None


def test_a_hold_stops_a_gift_and_a_meal_until_it_ends(desk: Desk) -> None:
    client = account(desk, "禾渚", code="HZ", level="A")
    item = added(desk, GIFT_ITEM, name="青瓷茶具", cost=298_00, stock=3)
    hold = added(desk, CARE_HOLD, account_id=client, kind="asked", since="2026-11-01")
    gift = added(desk, GIFT, item_id=item, account_id=client, day=TODAY)
    meal = added(desk, MEAL, account_id=client, day=TODAY, guests=2, purpose="答谢", planned=200_00)
    for record, row_id in ((GIFT, gift), (MEAL, meal)):
        with pytest.raises(Refused, match="asked not to be contacted"):
            desk.move(record, row_id, 1, "ask")
    desk.save(CARE_HOLD, hold, 1, {"until": "2026-11-10"})
    desk.move(GIFT, gift, 1, "ask")
    desk.move(MEAL, meal, 1, "ask")
    assert [row(desk, record, row_id)["state"] for record, row_id in ((GIFT, gift), (MEAL, meal))] == ["asked", "asked"]


@pytest.mark.parametrize(
    ("level", "occasion", "cost", "allowed"),
    [("A", "birthday", 300_00, True), ("A", "birthday", 300_01, False), ("B", "autumn", 168_00, False), ("B", "visit", 168_00, True), ("C", "spring", 12_00, True), ("C", "spring", 28_00, False), ("", "birthday", 9_99, True)],
)
def test_what_an_occasion_may_cost(level: str, occasion: str, cost: int, allowed: bool) -> None:
    assert (rules.above_occasion(level, occasion, rules.USUAL.get(level, (0, 0, 0, 0)), cost) is None) is allowed


@pytest.mark.parametrize(
    ("level", "had", "planned", "why", "said"),
    [("A", 1, 800_00, "", ""), ("A", 2, 800_00, "", "2 meals a year"), ("A", 2, 800_00, "董事长到访", ""), ("B", 0, 640_00, "", "150.00 a head"), ("B", 0, 600_00, "", ""), ("C", 0, 100_00, "", "0 meals a year")],
)
def test_how_often_and_for_how_much_a_class_is_invited(level: str, had: int, planned: int, why: str, said: str) -> None:
    found = rules.above_meals(level, rules.USUAL[level], had, {"guests": 3, "companions": 1, "planned": planned, "why": why})
    assert (said in str(say(found))) if found and said else (found is None) is not said


def test_the_hotels_own_standard_goes_before_the_usual_one(desk: Desk) -> None:
    firm = account(desk, "禾渚软件", level="B")
    silk = added(desk, GIFT_ITEM, name="真丝小方巾", cost=168_00, stock=3)
    at = gift(desk, silk, account_id=firm, occasion="birthday")
    with pytest.raises(Refused, match=r"may cost 150\.00"):
        move(desk, GIFT, at, "ask")
    added(desk, CARE_STANDARD, level="B", since="2026-11-01", birthday="full", birthday_budget=200_00, cap=1_200_00, meals=2, per_head=150_00)
    move(desk, GIFT, at, "ask")
    for n in range(3):
        meal = added(desk, MEAL, account_id=firm, day=TODAY, level="VC", guests=2, companions=0, planned=200_00, purpose="答谢")
        if n < 2:
            move(desk, MEAL, meal, "ask")
    with pytest.raises(Refused, match="has 2 meals a year"):
        move(desk, MEAL, meal, "ask")


# a gift and its plan item are one thing


@pytest.mark.parametrize(
    ("values", "said"),
    [({}, "How the hand-over"), ({"proof": "signed"}, "Signed for by"), ({"proof": "signed", "received_by": "祁曼"}, ""), ({"proof": "answer"}, "What they said"), ({"proof": "answer", "words": "谢谢"}, ""), ({"proof": "photo"}, "")],
)
def test_how_a_hand_over_is_shown(values: dict[str, Any], said: str) -> None:
    text = rules.proof_missing(values)
    assert (said in text.source) if text and said else (text is None) is not said


def test_a_photo_lies_with_the_gift_before_it_counts(desk: Desk, tea: int) -> None:
    at = gift(desk, tea, account_id=account(desk, "禾渚软件", level="A"))
    for key in ("ask", "approve"):
        move(desk, GIFT, at, key)
    with pytest.raises(Refused, match="photo with the gift's files"):
        move(desk, GIFT, at, "give", proof=rules.PHOTO)
    attachments.add_content(desk, GIFT.key, at, "交接.jpg", b"\xff\xd8\xff photo")
    move(desk, GIFT, at, "give", proof=rules.PHOTO)
    assert row(desk, GIFT, at)["state"] == rules.GIVEN


def plan(desk: Desk, client: int, kind: str = "gift", **values: Any) -> tuple[int, int]:
    month = added(desk, CARE_PLAN, name="十一月", code="2026-11", state="running", budget=5_000_00)
    return month, added(desk, CARE_ITEM, **({"plan_id": month, "account_id": client, "kind": kind, "day": "2026-11-20", "name": "青瓷茶具", "budget": 300_00} | values))


def test_a_gift_that_is_handed_over_is_its_plan_item_done(desk: Desk, tea: int) -> None:
    firm = account(desk, "禾渚软件", level="A")
    month, item = plan(desk, firm)
    plan(desk, firm, "visit", name="面访")
    at = gift(desk, tea, account_id=firm)
    move(desk, GIFT, at, "ask")
    assert row(desk, GIFT, at)["care_item_id"] == item
    with pytest.raises(Refused, match="LP-2026-0001 belongs to it"):
        move(desk, CARE_ITEM, item, "done")
    move(desk, GIFT, at, "approve")
    move(desk, GIFT, at, "give", proof=rules.SIGNED, received_by="祁曼", reaction="glad")
    kept = row(desk, CARE_ITEM, item)
    assert (kept["state"], kept["actual"], kept["done_on"], kept["reaction"]) == ("done", 298_00, TODAY, "glad")
    assert row(desk, CARE_PLAN, month)["spent"] == queries.in_year(desk.store.writer, firm, "2026") == 298_00  # counted once
    move(desk, GIFT, at, "return", "对方婉拒")
    assert (row(desk, CARE_ITEM, item)["state"], row(desk, CARE_ITEM, item)["actual"], row(desk, CARE_PLAN, month)["spent"]) == ("open", 0, 0)
    sound(desk.store)


def test_what_nobody_planned_stands_in_the_running_plan(desk: Desk, tea: int) -> None:
    firm, other = (account(desk, name, code=name, level="A") for name in ("禾渚软件", "澄籁"))
    month, item = plan(desk, firm, "meal", name="答谢午餐", budget=800_00)
    at = gift(desk, tea, account_id=other)
    for key in ("ask", "approve", "give"):
        move(desk, GIFT, at, key)
    made = row(desk, CARE_ITEM, row(desk, GIFT, at)["care_item_id"])
    assert (made["plan_id"], made["account_id"], made["kind"], made["state"], made["actual"]) == (month, other, "gift", "done", 298_00)
    meal = added(desk, MEAL, account_id=firm, day=TODAY, level="VA", guests=4, companions=1, planned=700_00, purpose="答谢")
    for key, values in (("ask", {}), ("approve", {}), ("hold", {}), ("settle", {"actual": 650_00})):
        move(desk, MEAL, meal, key, **values)
    assert (row(desk, CARE_ITEM, item)["state"], row(desk, CARE_PLAN, month)["spent"]) == ("done", 948_00)
    desk.undo()
    assert (row(desk, CARE_ITEM, item)["state"], row(desk, MEAL, meal)["state"]) == ("open", rules.HELD)
    added(desk, CARE_ITEM, plan_id=month, account_id=firm, kind="birthday", day=TODAY, state="done", actual=150_00)  # given in one line: no row of the store
    assert queries.in_year(desk.store.writer, firm, "2026") == 850_00
    sound(desk.store)


def test_a_gift_begins_with_what_its_plan_item_says(desk: Desk) -> None:
    firm = account(desk, "禾渚软件", level="A")
    _, item = plan(desk, firm, "festival", day="2027-01-22")
    with pytest.raises(Invalid, match="another client"):
        gift(desk, added(desk, GIFT_ITEM, name="卡", cost=1_00), account_id=account(desk, "别家", code="9"), care_item_id=item)
    record, begins = queries_items.begins(desk.store.writer, item)
    assert (record, begins["occasion"], begins["account_id"], begins["care_item_id"], begins["day"]) == ("gift", "spring", firm, item, "2027-01-22")
    assert queries_items.linked(desk.store.writer, item, record) is None
    _, meal = plan(desk, firm, "meal")
    assert queries_items.begins(desk.store.writer, meal)[1]["planned"] == 300_00
    _, visit = plan(desk, firm, "visit")
    assert queries_items.begins(desk.store.writer, visit) == ("", {})
