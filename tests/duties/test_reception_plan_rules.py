"""The rules of a reception's plan: what is due when, what moves with the guest, who is wanted twice, official receptions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.vip import rules_official, rules_plan
from crm_desktop.duties.vip.rules_plan import (
    ARRIVAL,
    BEFORE,
    CLOCK,
    DEPARTURE,
    DONE,
    FILED,
    LEAVING,
    LEVELS,
    OPEN,
    Busy,
)
from crm_desktop.record.text import say


def stay(**more: Any) -> dict[str, Any]:
    return {"id": 1, "level": "V3", "arrival": "2026-11-18", "arrival_time": "14:20", "departure": "2026-11-20", "departure_time": "12:00"} | more


def due(task: str, **more: Any) -> tuple[str, str]:
    return next((row["day"], row["time"]) for row in rules_plan.standard_tasks(stay(**more)) if row["task"] == task)


@pytest.mark.parametrize(
    ("task", "wanted"),
    [
        ("signed", ("2026-11-15", "17:00")), ("blocked", ("2026-11-17", "12:00")), ("facts", ("2026-11-17", "15:00")), ("amenities", ("2026-11-17", "16:00")),
        ("ready", ("2026-11-18", "10:20")), ("inspect-am", ("2026-11-18", "12:20")), ("inspect-dos", ("2026-11-18", "13:20")), ("driver", ("2026-11-18", "13:35")),
        ("lift", ("2026-11-18", "14:05")), ("greeters", ("2026-11-18", "14:10")), ("greet", ("2026-11-18", "14:20")), ("escort", ("2026-11-18", "14:25")),
        ("tea", ("2026-11-18", "14:35")), ("courtesy", ("2026-11-18", "15:20")), ("fruit", ("2026-11-19", "09:30")), ("turndown-first", ("2026-11-18", "19:00")),
        ("bill", ("2026-11-19", "20:00")), ("luggage", ("2026-11-20", "11:30")), ("see-off", ("2026-11-20", "11:50")), ("letter", ("2026-11-21", "12:00")),
        ("filed", ("2026-11-24", "18:00")), ("call-back", ("2026-11-23", "15:00")),
    ],
)  # fmt: skip
def test_the_third_level(task: str, wanted: tuple[str, str]) -> None:
    assert due(task) == wanted


def test_a_late_train_moves_what_hangs_on_the_arrival() -> None:
    assert (due("inspect-am")[1], due("inspect-am", arrival_time="16:05")[1]) == ("12:20", "14:05")
    assert (due("greeters")[1], due("greeters", arrival_time="16:05")[1]) == ("14:10", "15:55")
    assert due("facts") == due("facts", arrival_time="16:05")
    assert due("ready", arrival_time="02:30") == ("2026-11-17", "22:30")  # over midnight
    assert due("ready", arrival_time="") == ("2026-11-18", "")
    assert due("letter", departure_time="") == ("2026-11-21", "")


@pytest.mark.parametrize(("level", "has", "has_not"), [("V1", "inspect-gm", "greeters-sales"), ("V4", "greeters-sales", "driver"), ("V5", "greet", "inspect-am")])
def test_every_level_has_its_own(level: str, has: str, has_not: str) -> None:
    tasks = {row["task"] for row in rules_plan.standard_tasks(stay(level=level))}
    assert has in tasks
    assert has_not not in tasks


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
TIMES = st.one_of(st.just(""), st.times().map(lambda time: f"{time:%H:%M}"))


@st.composite
def stays(draw: st.DrawFn) -> dict[str, Any]:
    arrival = draw(DAYS)
    departure = arrival + dt.timedelta(draw(st.integers(0, 9)))
    return stay(level=draw(st.sampled_from(LEVELS)), arrival=arrival.isoformat(), departure=departure.isoformat(), arrival_time=draw(TIMES), departure_time=draw(TIMES))


@given(stays(), stays())
def test_moving_there_and_back_is_where_it_was(first: dict[str, Any], second: dict[str, Any]) -> None:
    tasks = rules_plan.standard_tasks(first)
    assert not rules_plan.replanned(tasks, first)
    before = [(row["day"], row["time"]) for row in tasks]
    for row, (day, time) in rules_plan.replanned(tasks, second):
        row["day"], row["time"] = day, time
    assert not rules_plan.replanned(tasks, second)
    for row, (day, time) in rules_plan.replanned(tasks, first):
        row["day"], row["time"] = day, time
    assert [(row["day"], row["time"]) for row in tasks] == before


@given(stays(), stays(), st.sampled_from([ARRIVAL, DEPARTURE, BEFORE, LEAVING, FILED, CLOCK]))
def test_what_is_done_or_stands_by_the_clock_never_moves(first: dict[str, Any], second: dict[str, Any], anchor: str) -> None:
    task = {"anchor": anchor, "minutes": -30, "days": 1, "at": "09:00", "day": "2026-11-18", "time": "18:30", "state": DONE}
    assert not rules_plan.replanned([task], second)
    assert anchor != CLOCK or not rules_plan.replanned([task | {"state": OPEN}], first)


@pytest.mark.parametrize(("arrival", "spare"), [("14:20", None), ("17:45", None), ("17:46", 44), ("18:10", 20), ("19:00", -30), ("", None)])
def test_a_dinner_right_after_the_arrival_is_told(arrival: str, spare: int | None) -> None:
    dinner = {"anchor": CLOCK, "day": "2026-11-18", "time": "18:30", "state": OPEN}
    found = rules_plan.tight([dinner], stay(arrival_time=arrival))
    assert [minutes for _, minutes in found] == ([] if spare is None else [spare])


def taken(person: int, begins: str, ends: str, source: int) -> Busy:
    return Busy(person, *(dt.datetime.fromisoformat(f"2026-11-18T{time}") for time in (begins, ends)), "", ("vip_stay", source))


@pytest.mark.parametrize(
    ("times", "count"),
    [
        ([taken(1, "15:30", "16:30", 0), taken(1, "15:55", "16:20", 1)], 1), ([taken(1, "15:30", "15:55", 0), taken(1, "15:55", "16:20", 1)], 0),
        ([taken(1, "15:30", "16:30", 0), taken(2, "15:55", "16:20", 1)], 0), ([taken(1, "15:30", "16:30", 1), taken(1, "15:55", "16:20", 1)], 0),
        ([taken(1, "15:00", "18:00", 1), taken(1, "15:10", "15:20", 2), taken(1, "17:00", "17:10", 3)], 2),
    ],
)  # fmt: skip
def test_who_is_wanted_twice(times: list[Busy], count: int) -> None:
    assert len(rules_plan.clashes(times)) == len(rules_plan.clashes(times[::-1])) == count


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 1380), st.integers(1, 59), st.integers(0, 4)), max_size=14))
def test_clashes_are_all_that_overlap(drawn: list[tuple[int, int, int, int]]) -> None:
    at = dt.datetime(2026, 11, 18)
    times = [Busy(who, at + dt.timedelta(minutes=first), at + dt.timedelta(minutes=first + lasts), "", ("vip_stay", of)) for who, first, lasts, of in drawn]
    slow = [
        (one, other) for n, one in enumerate(times) for other in times[n + 1 :]
        if one.person == other.person and one.source != other.source and one.begins < other.ends and other.begins < one.ends
    ]  # fmt: skip
    assert {frozenset(map(id, pair)) for pair in rules_plan.clashes(times)} == {frozenset(map(id, pair)) for pair in slow}


@pytest.mark.parametrize(
    ("must", "things"),
    [
        ("政府标准房，工作餐一次", []), ("大堂红地毯、横幅", ["red carpet", "banner"]), ("房内鲜花果篮，红酒一瓶", ["flowers and fruit in the room", "alcohol"]),
        ("不要酒，不放鲜花", []), ("本酒店中餐厅", []), ("伴手礼两份，香烟", ["gifts", "cigarettes"]), ("Red carpet and wine", ["red carpet", "alcohol"]),
        ("早餐燕窝", ["luxury dishes"]),
    ],
)  # fmt: skip
def test_what_official_guests_must_not_have(must: str, things: list[str]) -> None:
    assert [say(name) for name in rules_official.struck(must)] == things
    told = rules_official.may_approve({"official": 1, "letter_no": "浙督函 31", "must": must})
    assert (told is None) == (not things)
    assert rules_official.may_approve({"official": 0, "letter_no": "", "must": must}) is None
    assert "letter" in say(rules_official.may_approve({"official": 1, "letter_no": " ", "must": must}) or "")


@pytest.mark.parametrize(("guests", "most"), [(1, 3), (10, 3), (11, 3), (12, 4), (30, 10)])
def test_who_may_dine_along(guests: int, most: int) -> None:
    assert rules_official.companions_at_table(guests) == most
