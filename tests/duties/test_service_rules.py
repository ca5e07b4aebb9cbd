"""What keeps a room from being ready, what a department may see, what stops a menu, the critical path, the summary."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.vip import rules_cards as cards
from crm_desktop.duties.vip import rules_inspection as inspection
from crm_desktop.duties.vip import rules_path as path
from crm_desktop.duties.vip import rules_plan as plan
from crm_desktop.duties.vip import rules_summary as summary
from crm_desktop.record.facts import DISLIKE, LIKE, NEVER, Fact
from crm_desktop.record.text import Text, say

DAY = "2026-11-19"


def fact(polarity: str, name: str, kind: str, allergen: str = "", **more: Any) -> Fact:
    return Fact(1, 1, polarity, name, kind, allergen, told_on="2026-11-01", **more)


HUO = (
    fact(NEVER, "花生", "food", "peanut"), fact(NEVER, "贝类(咽喉水肿,有医生证明)", "health", "shellfish"), fact(DISLIKE, "香菜", "food"), fact(LIKE, "房内备风扇", "climate"),
    fact(LIKE, "硬枕两只", "bed"), fact(LIKE, "龙井", "drink"), fact(NEVER, "对外透露行程", "habit"), fact(NEVER, "牛肉", "food", expires="2026-11-18"),
)  # fmt: skip


# cards


def test_each_department_sees_its_own() -> None:
    kitchen, rooms = (cards.told(kind, HUO, "花生、贝类(咽喉水肿,有医生证明);不吃香菜;不留影", DAY) for kind in (cards.KITCHEN, cards.HOUSEKEEPING))
    assert (kitchen.likes, kitchen.dislikes, kitchen.codes) == (["龙井"], ["香菜"], ["peanut", "shellfish"])
    assert kitchen.nevers == ["花生", "贝类", "不吃香菜"]  # nothing of the illness, of the picture, of what has expired
    assert rooms.likes == ["房内备风扇", "硬枕两只", "龙井"]
    assert rooms.codes == []
    assert all("水肿" not in word for card in (kitchen, rooms) for words in card for word in words)


KINDS = ("food", "drink", "fruit", "cooking", "religion", "seat", "room", "bed", "climate", "noise", "smoking", "newspaper", "habit", "health", "interest", "service", "other")


@given(st.lists(st.tuples(st.sampled_from((LIKE, DISLIKE, NEVER)), st.sampled_from(KINDS)), max_size=12), st.sampled_from((cards.KITCHEN, cards.HOUSEKEEPING)))
def test_no_card_shows_what_is_not_its_department_s(facts: list[tuple[str, str]], kind: str) -> None:
    found = cards.told(kind, [fact(feeling, f"{of}-{at}", of) for at, (feeling, of) in enumerate(facts)], "", DAY)
    shown = {word.split("-")[0] for words in found[:3] for word in words}
    assert shown <= cards.SEEN[kind]
    assert shown == {of for _, of in facts} & cards.SEEN[kind]


MENU = "花雕醉虾\n清蒸白鱼\n花生碎拌菜\n霉干菜扣肉"


@pytest.mark.parametrize(("menu", "codes", "nevers", "wanted"), [
    (MENU, ["peanut", "shellfish"], [], {"花雕醉虾": ["虾"], "花生碎拌菜": ["花生"]}), (MENU, [], ["霉干菜"], {"霉干菜扣肉": ["霉干菜"]}), (MENU, ["milk"], ["牛肉"], {}),
    ("葱油鸡\n白切鸡", [], ["不吃葱、蒜"], {"葱油鸡": ["葱"]}), ("鱼香肉丝", ["fish"], [], {}), ("花生除外的拌菜（不放花生）", ["peanut"], [], {"花生除外的拌菜（不放花生）": ["花生"]}),
    ("拌菜（不放花生）", ["peanut"], [], {}), ("", ["peanut"], [], {}),
])  # fmt: skip
def test_what_stops_a_menu(menu: str, codes: list[str], nevers: list[str], wanted: dict[str, list[str]]) -> None:
    assert {stop.dish: stop.words for stop in cards.stops(menu, codes, nevers)} == wanted


def card(**more: Any) -> dict[str, Any]:
    return {"kind": cards.KITCHEN, "menu": MENU, "codes": "peanut shellfish", "nevers": "花生\n贝类", "excused": ""} | more


def test_a_stop_holds_until_the_dish_is_gone_or_signed_for() -> None:
    no = cards.may_issue(card())
    assert no is not None
    assert "花雕醉虾" in say(no)
    signed = card() | cards.excuse(card(), DAY)
    assert cards.may_issue(signed) is None
    assert cards.may_issue(signed | {"menu": MENU + "\n虾仁蒸蛋"}) is not None  # a new dish is not signed for
    assert cards.may_issue(card(menu="清蒸白鱼")) is None
    assert say(cards.has_stops(signed) or "").startswith("Nothing")
    assert cards.count_stops(cards.KITCHEN, MENU, "peanut shellfish", "", "") == 2
    assert cards.count_stops(cards.KITCHEN, "", "peanut", "", "") is None


# the inspection


def check(walk: str = inspection.HK, state: str = inspection.PASSED, item: str = "safe", defect: str = "") -> dict[str, Any]:
    return {"round": walk, "state": state, "item": item, "defect": defect}


@pytest.mark.parametrize(("level", "rounds", "items"), [("V1", 4, 16), ("V2", 4, 16), ("V3", 3, 16), ("V4", 2, 16), ("V5", 1, 16), ("X", 1, 16)])
def test_every_level_has_its_rounds(level: str, rounds: int, items: int) -> None:
    found = inspection.list_for(level)
    assert len({walk for walk, _ in found}) == rounds
    assert len([item for walk, item in found if walk == inspection.HK]) == items
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("checks", "room", "unsigned", "wanted"), [
    ([check(), check(state=inspection.DEFECT, defect="打不开")], "1606", [], "Room 1606 has an open defect: Safe: 打不开. Put it right"),
    ([check(state=inspection.DEFECT, defect="a"), check(inspection.AM, inspection.DEFECT, "bed", "b")], "1606", [], "Safe: a and 1 more"),
    ([check(), check(inspection.AM, inspection.TODO)], "1606", [], "Assistant manager has points open"), ([], "1606", [], "no inspection list yet"),
    ([check()], "", [], "Give the reception its room first."), ([check()], "1606", [Text("Kitchen card")], "Kitchen card is not signed"),
    ([check(), check(state=inspection.FIXED)], "1606", [], ""),
])  # fmt: skip
def test_what_keeps_a_room_from_being_ready(checks: list[Any], room: str, unsigned: list[Text], wanted: str) -> None:
    no = inspection.why_not_ready(checks, room, unsigned)
    assert wanted in say(no) if no and wanted else no is None


# the critical path


def stay(**more: Any) -> dict[str, Any]:
    return {"id": 1, "level": "V3", "arrival": "2026-11-18", "arrival_time": "14:20", "departure": "2026-11-20", "departure_time": "12:00"} | more


def at(time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-11-18T{time}")


def test_the_longest_chain_ends_with_the_greeting() -> None:
    found = path.steps(plan.standard_tasks(stay()), at("09:00"))
    chain = [step.task["task"] for step in found if step.critical]
    assert chain[-1] == "greet"
    assert chain[-5:-1] == ["ready", "inspect-am", "inspect-dos", "lift"]
    latest = {step.task["task"]: step.latest for step in found}
    assert latest["greet"] == at("14:20")
    assert latest["greeters"] == at("14:10")  # they stay for the greeting: ten minutes are before it
    assert latest["lift"] == at("14:05")
    assert latest["inspect-dos"] == at("13:45")
    assert latest["inspect-am"] == at("13:25")
    assert latest["ready"] == at("13:10")
    assert path.work_left(found) == sum(path.lasts(step.task) for step in found if step.critical) - path.lasts(found[-1].task)


def test_what_is_late_says_so() -> None:
    tasks = plan.standard_tasks(stay())
    late = {step.task["task"]: (step.standing, step.spare) for step in path.steps(tasks, at("13:20"))}
    assert late["ready"] == (path.LATE, -10)
    assert late["inspect-am"] == (path.TIGHT, 5)
    moved = {step.task["task"]: step.standing for step in path.steps(plan.standard_tasks(stay(arrival_time="16:05")), at("13:20"))}
    assert moved["ready"] == path.FREE


def test_what_is_done_or_left_out_hands_on_what_it_waited_for() -> None:
    tasks = [task | ({"state": plan.DONE} if task["task"] in ("inspect-am", "ready") else {}) for task in plan.standard_tasks(stay())]
    found = path.steps([task for task in tasks if task["task"] != "lift"], at("09:00"))
    assert {"amenities", "inspect-dos"} <= {step.task["task"] for step in found if step.critical}
    assert not path.steps([task for task in tasks if task["task"] != "greet"], at("09:00"))


@pytest.mark.parametrize("level", plan.LEVELS)
def test_the_standard_plan_itself_leaves_room(level: str) -> None:
    assert min(step.spare for step in path.steps(plan.standard_tasks(stay(level=level)), at("06:00"))) >= 0


@given(st.sampled_from(plan.LEVELS), st.sets(st.sampled_from([one.code for one in plan.STANDARDS])), st.times())
def test_a_later_beginning_never_has_more_room(level: str, gone: set[str], now: dt.time) -> None:
    tasks = [task for task in plan.standard_tasks(stay(level=level)) if task["task"] not in gone - {"greet"}]
    early, later = (path.steps(tasks, dt.datetime.combine(dt.date(2026, 11, 18), now) + dt.timedelta(minutes=more)) for more in (0, 30))
    assert [step.task["task"] for step in early] == [step.task["task"] for step in later]
    assert all(one.spare >= other.spare for one, other in zip(early, later, strict=True))
    assert all(step.latest <= early[-1].latest for step in early)
    chain = [step for step in early if step.critical]
    assert sum(path.lasts(step.task) for step in chain[:-1]) >= max((path.lasts(step.task) for step in early if step.task["task"] != "greet"), default=0)


# the summary


def test_the_balance_of_a_reception() -> None:
    def task(state: str, day: str = DAY, time: str = "10:00", done: str = "09:59") -> dict[str, Any]:
        return {"state": state, "day": DAY, "time": time, "done_on": day, "done_at": done}

    balance = summary.Balance([
        task("done"), task("done", done="10:00"), task("done", done="10:01"), task("done", time=""), task("done", "2026-11-20"), task("done", "2026-11-18", done="23:00"), task("skipped"), task("open"),
    ])  # fmt: skip
    assert (balance.planned, balance.done, balance.late, balance.left, balance.open, balance.share) == (8, 6, 2, 1, 1, 85)
    assert summary.Balance([]).share == 100


def test_the_cost_of_what_was_issued_is_taken_where_nobody_wrote_one() -> None:
    assert summary.cost_of({"amenity_cost": 500, "actual_cost": 0}, DAY) == {"actual_cost": 500}
    assert summary.cost_of({"amenity_cost": 500, "actual_cost": 400}, DAY) == {}
    assert summary.cost_of({"amenity_cost": 500, "actual_cost": 0, "no_cost": 1}, DAY) == {}
