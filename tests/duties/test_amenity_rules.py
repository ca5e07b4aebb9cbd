"""Levels and amenities: schemes by rank, levels earned and given too freely; nothing forbidden, struck or given last time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.vip import rules_amenities as amenities
from crm_desktop.duties.vip import rules_levels as levels
from crm_desktop.duties.vip.rules_amenities import DEFAULTS, Given, Guest
from crm_desktop.duties.vip.rules_levels import History
from crm_desktop.record.facts import DISLIKE, LIKE, NEVER, Fact

HOUSE = levels.levels_of(())
STAY = {"arrival": "2026-11-19", "departure": "2026-11-22"}


def fact(polarity: str, name: str, allergen: str = "", kind: str = "food") -> Fact:
    return Fact(1, 1, polarity, name, kind, allergen, told_on="2026-11-01")


def issued(level: str = "V2", *facts: Fact, own: str = "", past: Any = (), official: bool = False, stay: Any = STAY) -> list[Given]:
    return amenities.issue(DEFAULTS, level, stay, Guest(facts, own, past, official))


def names(found: list[Given], kind: str = "") -> list[str]:
    return [one.name for one in found if one.name and kind in ("", one.kind)]


# levels


@pytest.mark.parametrize(("code", "scheme", "wanted"), [
    ("VA", "V", "V2"), ("VD", "V", "V5"), ("V1", "VA", "VA"), ("V5", "VA", "VD"), ("V3", "V", "V3"), ("X9", "V", "X9"), ("VB", "nowhere", "VB"),
])  # fmt: skip
def test_schemes_are_mapped_by_rank(code: str, scheme: str, wanted: str) -> None:
    assert levels.mapped(HOUSE, code, scheme) == wanted


def test_a_scheme_numbered_the_other_way_round() -> None:
    own = [dict(row, scheme="G", code=f"G{5 - row['rank']}") for row in HOUSE if row["scheme"] == "V"]
    known = levels.levels_of(own)
    assert [row["code"] for row in known if row["scheme"] == "G"] == ["G4", "G3", "G2", "G1", "G0"]
    assert levels.mapped(known, "G4") == "V1"  # the high number is the high level here
    assert levels.rank_of(known, "G0") == 5
    assert levels.rank_of(known, "unknown") == 99


def test_a_hotel_s_own_scheme_takes_the_place_of_the_program_s() -> None:
    known = levels.levels_of([{"scheme": "V", "code": "V1", "rank": 1, "retired": 0}, {"scheme": "V", "code": "V2", "rank": 2, "retired": 1}])
    assert [row["code"] for row in known] == ["V1", "VA", "VB", "VC", "VD"]


@pytest.mark.parametrize(("history", "now", "wanted"), [
    (History(10, 12, 0), "", "V5"), (History(9, 40, 900_000_00), "", None), (History(25, 30, 100_000_00), "", "V4"), (History(25, 30, 99_999_99), "", "V5"),
    (History(10), "V5", None), (History(10), "V2", None), (History(30, 30, 200_000_00), "V5", "V4"),
])  # fmt: skip
def test_a_level_is_earned_and_never_taken_away(history: History, now: str, wanted: str | None) -> None:
    found = levels.earned(history, HOUSE, now)
    assert (found and found["code"]) == wanted


def test_shares_tell_a_level_given_too_freely() -> None:
    found = {one.level["code"]: (one.count, one.share, one.state) for one in levels.shares(HOUSE, {"V5": 60, "V4": 20, "VA": 4, "V3": 15, "V1": 1, "": 900})}
    assert found == {"V1": (1, 1, "fine"), "V2": (4, 4, "high"), "V3": (15, 15, "high"), "V4": (20, 20, "fine"), "V5": (60, 60, "fine")}
    assert [one.state for one in levels.shares(HOUSE, {})] == ["empty"] * 5


# amenities


def test_the_second_level_for_three_nights_costs_what_the_house_reckons() -> None:
    assert sum(one.cost for one in issued()) == 1_640_00
    assert len({one.name for one in issued() if one.kind == "fruit"}) == 3  # another fruit every day


def test_what_is_brought_in_the_morning_lies_in_the_room_for_who_comes_later() -> None:
    """No newspaper at seven for a guest whose train arrives at 15:40; turndown stays in the evening."""
    found = issued(stay=STAY | {"arrival_time": "15:40"})
    times = {(one.day, one.kind): one.time for one in found}
    assert [times[day, "newspaper"] for day in ("2026-11-19", "2026-11-20")] == ["", "07:00"]
    assert [times[day, "fruit"] for day in ("2026-11-19", "2026-11-20")] == ["", "09:30"]
    assert times["2026-11-19", "turndown"] == "19:00"
    assert {one.time for one in issued(stay=STAY | {"arrival_time": "06:30"}) if one.kind == "newspaper"} == {"07:00"}


def test_nothing_with_an_allergen_and_nothing_again() -> None:
    nuts = fact(NEVER, "花生", "peanut")
    found = issued("V2", nuts, past=[{"干红葡萄酒一支", "红提、奇异果、火龙果", "黑巧克力六枚"}])
    assert names(found, "sweets") == ["绿豆糕六枚"]
    assert next(one.why for one in found if one.kind == "sweets").code == amenities.VARIED
    assert names(found, "wine") == ["十年陈花雕一坛"]
    assert "红提、奇异果、火龙果" not in names(found)


def test_no_alcohol_for_a_muslim_guest() -> None:
    found = issued("V3", own="猪肉、酒;黄酒礼盒不送")
    assert all("酒" not in name for name in names(found))
    wine = next(one for one in found if one.kind == "wine")
    assert (wine.name, wine.why.code) == ("无醇起泡饮一支", amenities.FORBIDDEN)
    pork = amenities.choose({"kind": "specialty", "variants": "金华火腿猪肉片"}, Guest([fact(NEVER, "猪肉")]))
    assert pork == ("", (amenities.FORBIDDEN, "猪肉"))


def test_no_fours_for_a_guest_who_minds_them() -> None:
    row = {"kind": "gift", "variants": "青瓷杯四只\n青瓷杯 4 只\n青瓷杯五只"}
    assert amenities.choose(row, Guest([fact(NEVER, "礼物成四", kind="gift")]))[0] == "青瓷杯五只"
    assert amenities.choose(row, Guest([]))[0] == "青瓷杯四只"
    assert amenities.choose(row, Guest([fact(NEVER, "四川菜")]))[0] == "青瓷杯四只"


def test_what_is_liked_comes_first_and_what_is_disliked_last() -> None:
    row = {"kind": "drink", "variants": "姜茶\n桂花乌龙\n黑咖啡"}
    assert amenities.choose(row, Guest([fact(LIKE, "黑咖啡")])) == ("黑咖啡", (amenities.LIKED, ""))
    assert amenities.choose(row, Guest([fact(DISLIKE, "姜茶")]))[0] == "桂花乌龙"


def test_a_newspaper_may_come_again_a_card_may_not() -> None:
    paper = {"kind": "newspaper", "variants": "当日报纸一份"}
    assert amenities.choose(paper, Guest([], past=[{"当日报纸一份"}]))[0] == "当日报纸一份"
    card = {"kind": "card", "variants": "手写卡\n花生卡"}
    assert amenities.choose(card, Guest([fact(NEVER, "花生", "peanut")], past=[{"手写卡"}])) == ("", (amenities.SAME, "手写卡"))


def test_an_official_guest_has_a_card_and_a_newspaper_only() -> None:
    found = issued("V3", official=True)
    assert {one.kind for one in found if one.name} == {"card", "newspaper"}
    assert {one.why.code for one in found if not one.name} == {amenities.UNOFFICIAL}
    assert sum(one.cost for one in found) == 10_00 + 3 * 5_00


@pytest.mark.parametrize(("rule", "wanted"), [
    (amenities.FIRST, ["2026-11-19"]), (amenities.DAILY, ["2026-11-19", "2026-11-20", "2026-11-21"]), (amenities.AFTER, ["2026-11-20", "2026-11-21"]), (amenities.EVE, ["2026-11-21"]),
])  # fmt: skip
def test_the_days_of_a_stay(rule: str, wanted: list[str]) -> None:
    assert amenities.days_of(rule, STAY["arrival"], STAY["departure"]) == wanted
    assert amenities.days_of(rule, "2026-11-19", "2026-11-19") == ([] if rule == amenities.AFTER else ["2026-11-19"])


def test_the_cap_is_the_reception_s_own_or_the_level_s_for_its_nights() -> None:
    level = levels.level_of(HOUSE, "V2")
    assert amenities.cap_of(STAY | {"cost_cap": 0}, level) == 1_800_00
    assert amenities.cap_of(STAY | {"cost_cap": 900_00}, level) == 900_00
    assert amenities.cap_of(STAY | {"cost_cap": 0}, None) == 0


ALLERGENS = st.sampled_from(("peanut", "shellfish", "alcohol", "pollen", "mango", "nuts"))
NAMES = sorted({name for row in DEFAULTS for name in amenities.variants_of(row)})


@given(
    st.sampled_from(("V1", "V2", "V3", "V4", "V5")), st.lists(ALLERGENS, max_size=3), st.lists(st.sampled_from(NAMES), max_size=3),
    st.lists(st.frozensets(st.sampled_from(NAMES), max_size=8), max_size=3), st.booleans(),
)  # fmt: skip
def test_whatever_is_known_nothing_wrong_is_issued(level: str, codes: list[str], refused: list[str], past: list[frozenset[str]], official: bool) -> None:
    facts = [*(fact(NEVER, "过敏", code) for code in codes), *(fact(NEVER, name) for name in refused)]
    guest = Guest(facts, "", past, official)
    found = amenities.issue(DEFAULTS, level, STAY, guest)
    assert found == amenities.issue(DEFAULTS, level, STAY, guest)
    rows = [row for row in DEFAULTS if row["level"] == level]
    for one in found:
        if not one.name:
            assert one.cost == 0
            assert one.why.code in (amenities.FORBIDDEN, amenities.UNOFFICIAL, amenities.SAME)
            continue
        variants = amenities.variants_of(rows[one.position])
        assert one.name in variants
        assert not guest.never(one.name)
        assert not (official and one.kind in amenities.OFFICIAL)
        assert len(variants) == 1 or not past or one.name not in past[0]
