"""The rules of a VIP's stay: what its steps need, when its review is due, its cost, what must not meet the guest."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.vip import rules
from crm_desktop.record import allergens, dates, workdays
from crm_desktop.record.dates import add_days


@pytest.mark.parametrize(
    ("departure", "due"),
    [
        ("2026-11-15", "2026-11-18"), ("2026-11-13", "2026-11-17"), ("2026-11-16", "2026-11-18"), ("2026-11-18", "2026-11-20"),
        ("2026-11-20", "2026-11-24"), ("2026-09-30", "2026-10-09"),
    ],
)  # fmt: skip
def test_when_the_review_is_due(departure: str, due: str) -> None:
    assert rules.review_due(departure) == due


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)).map(dt.date.isoformat))
def test_the_last_departure_due_is_the_last(day: str) -> None:
    last = rules.due_departure(day)
    assert rules.review_due(last) <= day < rules.review_due(add_days(last, 1))
    assert workdays.is_working(rules.review_due(day))


@pytest.mark.parametrize(
    ("cost", "cap", "found"),
    [(0, 180_000, ""), (164_000, 180_000, "near"), (161_999, 180_000, "within"), (162_000, 180_000, "near"), (180_000, 180_000, "near"), (180_001, 180_000, "over"), (100, 0, ""), (None, None, "")],
)
def test_a_cost_against_its_cap(cost: int | None, cap: int | None, found: str) -> None:
    assert rules.against_cap(cost, cap) == found


@pytest.mark.parametrize(
    ("day", "found"), [("2026-11-18", None), ("2026-11-19", (1, 4)), ("2026-11-22", (4, 4)), ("2026-11-23", None)]
)
def test_the_day_of_a_stay(day: str, found: tuple[int, int] | None) -> None:
    assert rules.day_of_stay("2026-11-19", "2026-11-22", day) == found
    assert rules.nights("2026-11-19", "2026-11-22") == 3
    assert rules.nights("", "2026-11-22") is None


def test_nobody_arrives_before_the_day() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    assert rules.may_arrive({"arrival": "2026-11-19"}) is not None
    assert rules.may_arrive({"arrival": "2026-11-18"}) is None
    assert rules.day_now("2026-11-17", "2026-11-20") == "2/4"
    assert rules.day_now("2026-11-19", "2026-11-20") == ""


def test_a_review_needs_a_cost_or_the_word_that_there_was_none() -> None:
    assert rules.may_review({"actual_cost": 0, "no_cost": 0}) is not None
    assert rules.may_review({"actual_cost": 0, "no_cost": 1}) is None
    assert rules.may_review({"actual_cost": 5, "no_cost": 0}) is None


def clash(must: str, forbidden: set[str], *refused: str) -> list[str]:
    return [each.word for each in rules.clashes(must, forbidden, refused)]


@pytest.mark.parametrize(
    ("must", "forbidden", "refused", "found"),
    [
        ("晚宴: 花雕醉虾, 花生碎拌菜", {"peanut", "shellfish"}, (), ["虾", "花生"]),
        ("不要花生, 清蒸鲈鱼", {"peanut", "fish"}, (), ["鲈", "鱼"]),
        ("硬枕两个", {"peanut"}, (), []),
        ("房内放香菜拌豆腐", set(), ("不要香菜、扇子",), ["香菜"]),
        ("不放香菜", set(), ("香菜",), []),
        ("Welcome card, two soft pillows", set(), ("soft pillows",), ["soft pillows"]),
        ("fans on", set(), ("fan",), []),
        ("龙虾两位", {"shellfish"}, ("龙虾",), ["龙虾"]),
        ("", {"peanut"}, ("香菜",), []),
    ],
)  # fmt: skip
def test_what_must_not_meet_the_guest(must: str, forbidden: set[str], refused: tuple[str, ...], found: list[str]) -> None:
    assert sorted(clash(must, forbidden, *refused)) == sorted(found)


@given(st.sampled_from(allergens._words()), st.text("房内备晚餐一份, ", max_size=8), st.booleans())
def test_an_allergen_in_a_must_is_never_missed(pair: tuple[str, str], before: str, is_forbidden: bool) -> None:
    word, code = pair
    found = clash(f"{before}{word}", {code} if is_forbidden else set())
    assert bool(found) is is_forbidden


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_can_be_compared(must: str, refused: str) -> None:
    for word in clash(must, set(), refused):
        assert word.lower() in must.lower()
