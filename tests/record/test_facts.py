"""What is known of a guest: what still holds, what contradicts what, what is forbidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.facts import (
    DISLIKE,
    EXPIRED,
    HOLDS,
    LIKE,
    NEVER,
    OLD,
    Fact,
    by_weight,
    contradictions,
    forbidden,
    standing,
    subject,
    words_of,
)
from crm_desktop.record.text import say

DAY = "2026-11-18"


def fact(number: int, polarity: str, name: str, told_on: str = DAY, *, kind: str = "bed", allergen: str = "", person: int = 1, source: str = "", expires: str = "") -> Fact:
    return Fact(number, person, polarity, name, kind, allergen, source, "", told_on, expires)


@pytest.mark.parametrize(
    ("told_on", "expires", "found"),
    [
        ("2026-11-01", "", HOLDS), ("2024-11-18", "", HOLDS), ("2024-11-17", "", OLD), ("", "", HOLDS), ("2026-01-01", "2026-11-18", HOLDS),
        ("2026-01-01", "2026-11-17", EXPIRED), ("2020-01-01", "2026-11-17", EXPIRED), ("2020-01-01", "2027-01-01", OLD),
    ],
)  # fmt: skip
def test_how_far_a_fact_holds(told_on: str, expires: str, found: str) -> None:
    assert standing(told_on, expires, DAY) == found


def test_a_leap_day_is_two_years_old_on_the_28th() -> None:
    assert standing("2026-02-28", "", "2028-02-29") == HOLDS
    assert standing("2026-02-27", "", "2028-02-29") == OLD


@pytest.mark.parametrize(
    ("name", "about"), [("不喜欢羽绒枕", "羽绒枕"), ("羽绒枕", "羽绒枕"), ("很爱吃 香菜", "香菜"), ("Likes a soft pillow!", "softpillow"), ("never soft pillow", "softpillow"), ("对花生过敏", "花生")]
)
def test_what_a_fact_is_about(name: str, about: str) -> None:
    assert subject(name) == about


def test_a_pillow_liked_and_an_allergy_to_it() -> None:
    """The receptionist noted that he likes a feather pillow; he himself says that he is allergic to feathers."""
    liked = fact(1, LIKE, "喜欢羽绒枕", "2024-12-01", source="前台")
    allergic = fact(2, NEVER, "羽绒过敏", "2026-11-06", kind="health", allergen="feather", source="客人本人")
    assert contradictions([liked, allergic, fact(3, LIKE, "高楼层", kind="room")], DAY) == [(allergic, liked)]
    assert say(words_of(liked)) == "Likes: 喜欢羽绒枕 (前台 2024-12-01)"


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (fact(1, LIKE, "软枕头"), fact(2, DISLIKE, "软枕"), True),
        (fact(1, LIKE, "软枕"), fact(2, LIKE, "硬枕"), False),
        (fact(1, LIKE, "红酒", kind="drink"), fact(2, DISLIKE, "白酒", kind="drink"), False),
        (fact(1, LIKE, "红酒", kind="drink"), fact(2, NEVER, "酒精过敏", kind="health"), True),
        (fact(1, LIKE, "白灼虾", kind="food"), fact(2, NEVER, "甲壳类", kind="food", allergen="shellfish"), True),
        (fact(1, LIKE, "龙井茶", kind="drink"), fact(2, NEVER, "龙井茶", kind="drink"), True),
        (fact(1, LIKE, "龙井茶", kind="drink", person=2), fact(2, NEVER, "龙井茶", kind="drink"), False),
        (fact(1, LIKE, "软枕头"), fact(2, DISLIKE, "软枕", expires="2026-11-17"), False),
        (fact(1, NEVER, "花生", allergen="peanut"), fact(2, DISLIKE, "花生"), False),
        (fact(1, LIKE, "!"), fact(2, DISLIKE, "?"), False),
    ],
)  # fmt: skip
def test_what_contradicts(one: Fact, other: Fact, clash: bool) -> None:
    assert bool(contradictions([one, other], DAY)) is clash
    assert bool(contradictions([other, one], DAY)) is clash


FACTS = st.lists(
    st.builds(
        fact, st.integers(1, 10**6), st.sampled_from([LIKE, DISLIKE, NEVER]), st.sampled_from(["虾", "醉虾", "软枕", "软枕头", "feather pillow", "茶", "花生过敏"]),
        st.sampled_from(["2023-01-01", "2026-01-01", DAY]), kind=st.sampled_from(["food", "bed"]), allergen=st.just(""),
        person=st.sampled_from([1, 2]), expires=st.sampled_from(["", "2026-11-17"]),
    ),
    max_size=6,
)  # fmt: skip


@given(FACTS)
def test_contradictions_are_of_one_guest_both_ways_and_living(facts: list[Fact]) -> None:
    pairs = contradictions(facts, DAY)
    for newer, older in pairs:
        assert newer.person_id == older.person_id
        assert (newer.polarity == LIKE) != (older.polarity == LIKE)
        assert newer.told_on >= older.told_on
        assert EXPIRED not in (newer.standing(DAY), older.standing(DAY))
    assert {frozenset(map(id, pair)) for pair in contradictions(facts[::-1], DAY)} == {frozenset(map(id, pair)) for pair in pairs}


@given(FACTS)
def test_nevers_come_first(facts: list[Fact]) -> None:
    ordered = [each.polarity for each in by_weight(facts)]
    assert ordered == sorted(ordered, key=[NEVER, DISLIKE, LIKE].index)


def test_what_is_forbidden() -> None:
    facts = [fact(1, NEVER, "花生"), fact(2, NEVER, "不能碰", allergen="shellfish"), fact(3, DISLIKE, "芒果"), fact(4, NEVER, "x", allergen="other")]
    assert forbidden(facts, "不吃鸡蛋\n怕狗") == {"peanut", "shellfish", "egg"}
