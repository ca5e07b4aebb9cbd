"""Rules of a reception that were added: standards of a hotel's own, later trains, rooms that fit, seats by protocol, what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.vip import rules_cards, rules_late, rules_plan, rules_rooms, rules_seating, rules_summary
from crm_desktop.duties.vip.rules_rooms import Room
from crm_desktop.record.facts import Fact

STAY = {"level": "V3", "arrival": "2026-11-18", "arrival_time": "14:20", "departure": "2026-11-19", "departure_time": "10:00"}
names = st.lists(st.text("甲乙丙丁戊己庚辛壬癸", min_size=1, max_size=3), max_size=9)


# standards


def test_the_standards_as_rows_are_the_standards() -> None:
    own = [rules_plan.row_of(one) | {"name": "", "standard": "", "evidence": "", "owner_id": None, "backup_id": None, "retired": 0} for one in rules_plan.STANDARDS]
    for level in rules_plan.LEVELS:
        stay = STAY | {"level": level}
        assert rules_plan.standard_tasks(stay, rules_plan.standards_of(own)) == rules_plan.standard_tasks(stay)
    assert rules_plan.standards_of([]) is rules_plan.STANDARDS


def test_a_hotels_own_row_stands_in_place_of_the_programs() -> None:
    row = rules_plan.row_of(rules_plan.BY_CODE["greeters"]) | {"name": "", "standard": "站成一排", "evidence": "photo", "owner_id": 7, "backup_id": 8, "retired": 0}
    more = row | {"task": "drum", "name": "敲锣", "levels": "V3", "minutes": -5, "owner_id": None}
    tasks = {task["task"]: task for task in rules_plan.standard_tasks(STAY, rules_plan.standards_of([row | {"minutes": -20}, more]))}
    greeters = tasks["greeters"]
    assert (greeters["time"], greeters["owner_id"], greeters["backup_id"], greeters["standard"], greeters["evidence"]) == ("14:00", 7, 8, "站成一排", "photo")
    assert (tasks["drum"]["time"], tasks["drum"]["name"]) == ("14:15", "敲锣")
    assert "greet" in tasks  # those without a row of the hotel stay
    gone = {task["task"] for task in rules_plan.standard_tasks(STAY, rules_plan.standards_of([row | {"retired": 1}]))}
    assert "greeters" not in gone


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"levels": "V1 V9", "anchor": "arrival"}, "levels"), ({"levels": "V1", "anchor": "before", "at": ""}, "at"),
        ({"levels": "V1,V2", "anchor": "arrival", "owner_id": 3, "backup_id": 3}, "backup_id"), ({"levels": "V1 V2", "anchor": "before", "at": "12:00", "owner_id": 3, "backup_id": 4}, ""),
    ],
)  # fmt: skip
def test_what_a_standard_may_not_say(row: dict[str, object], wrong: str) -> None:
    assert set(rules_plan.check_standard(row)) == ({wrong} if wrong else set())


# a later train


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("晚点 1小时45分", ("2026-11-18", "16:05")), ("改 16:05 到", ("2026-11-18", "16:05")), ("16点05分", ("2026-11-18", "16:05")), ("+105", ("2026-11-18", "16:05")),
        ("105 minutes later", ("2026-11-18", "16:05")), ("1h45", ("2026-11-18", "16:05")), ("一个半小时", ("2026-11-18", "15:50")), ("晚半小时", ("2026-11-18", "14:50")),
        ("提前 20 分钟", ("2026-11-18", "14:00")), ("明天 0:30", ("2026-11-19", "00:30")), ("10小时", ("2026-11-19", "00:20")), ("晚点", None), ("", None), ("999999 分钟", None),
    ],
)  # fmt: skip
def test_a_line_says_when_the_guest_comes(words: str, due: tuple[str, str] | None) -> None:
    assert rules_late.later(words, "2026-11-18", "14:20") == due


@given(st.integers(0, 2_000), st.times())
def test_minutes_are_added_over_midnight(minutes: int, at: object) -> None:
    time = f"{at:%H:%M}"
    assert rules_late.later(f"{minutes} 分钟", "2026-11-18", time) == rules_plan.moved("2026-11-18", time, minutes)


@given(st.text(max_size=30))
def test_no_line_breaks_the_clock(words: str) -> None:
    found = rules_late.later(words, "2026-11-18", "14:20")
    assert found is None or (len(found[0]) == 10 and "00:00" <= found[1] <= "23:59")


# seats


def test_the_guest_of_honour_sits_at_the_hosts_right() -> None:
    hosts, guests = rules_seating.read("主:顾砚秋\n主：沈知渝\n霍明翊\n甲\n乙\n丙")
    assert (hosts, guests) == (["顾砚秋", "沈知渝"], ["霍明翊", "甲", "乙", "丙"])
    seats = {seat.place: seat.name for seat in rules_seating.seats(hosts, guests)}
    assert seats == {0: "顾砚秋", 5: "霍明翊", 1: "甲", 3: "沈知渝", 2: "乙", 4: "丙"}  # clockwise from above, the host on top, facing the door below


@given(names, names)
def test_everybody_has_one_seat(hosts: list[str], guests: list[str]) -> None:
    seats = rules_seating.seats(hosts, guests)
    assert sorted((seat.name, seat.ours) for seat in seats) == sorted([*((name, True) for name in hosts), *((name, False) for name in guests)])
    assert [seat.place for seat in seats] == list(range(len(hosts) + len(guests)))


# rooms

ROOMS = [Room("1602", 16, "EK", 78_000), Room("1609", 16, "EK", 78_000, "湖景"), Room("1702", 17, "ES", 128_000, "湖景、远离电梯"), Room("0504", 5, "SK", 58_000)]


def fact(polarity: str, name: str, kind: str = "room") -> Fact:
    return Fact(1, 1, polarity, name, kind)


def offered(*facts: Fact, taken: tuple[str, ...] = (), before: dict[str, int] | None = None, booked: str = "", level: str = "V3", must: str = "", broken: tuple[str, ...] = ()) -> list[str]:
    wanted = rules_rooms.wishes(list(facts), must, "", "2026-11-18")
    return [one.room.number for one in rules_rooms.candidates(ROOMS, taken, wanted, before or {}, booked, level, broken)]


def test_a_room_is_offered_for_its_reasons() -> None:
    assert offered(before={"1602": 3})[0] == "1602"
    assert offered(booked="EK", must="远离电梯")[:2] == ["1602", "1609"]
    assert offered(level="V1")[0] == "1702"
    assert "1609" not in offered(fact("never", "尾号 9 的房间"))
    assert "0504" not in offered(fact("dislike", "房号带 4"))
    assert offered(fact("like", "尾号 9 的房间"))[0] == "1609"
    assert offered(fact("like", "高楼层"))[0] == "1702"
    assert offered(fact("like", "低楼层"))[0] == "0504"
    assert offered(fact("never", "尾号 9"), taken=("1602", "1702"), broken=("0504",)) == []


@given(st.sets(st.sampled_from([room.number for room in ROOMS])), st.sets(st.sampled_from([room.number for room in ROOMS])), st.sampled_from("0123456789"))
def test_no_room_is_offered_that_is_taken_broken_or_refused(taken: set[str], broken: set[str], ending: str) -> None:
    found = offered(fact("never", f"尾号 {ending}"), taken=tuple(taken), broken=tuple(broken))
    assert not {number for number in found if number in taken | broken or number.endswith(ending)}
    assert len(found) == len(set(found))


# the summary, the cards


def test_what_comes_later_was_not_missed() -> None:
    tasks = [{"state": "done", "day": "2026-11-18", "time": "", "done_on": "2026-11-18", "done_at": ""}, {"state": "open", "day": "2026-12-18"}, {"state": "open", "day": "2026-11-17"}]
    balance = rules_summary.Balance(tasks, "2026-11-20")
    assert (balance.planned, balance.done, balance.open, balance.coming, balance.share) == (2, 1, 1, 1, 50)
    assert rules_summary.Balance(tasks).planned == 3


def test_a_department_is_told_what_it_does_not_know() -> None:
    found = {code: kinds for code, _, kinds in rules_summary.missing({"food", "drink", "cooking", "bed"})}
    assert "KT" not in found
    assert found["HK"] == ["room", "climate", "fruit"]
    assert not rules_summary.missing({kind for _, _, kinds in rules_summary.WANTED for kind in kinds})


def test_wishes_that_refuse_ask_for_nothing() -> None:
    assert rules_cards.wished("要花雕醉虾，客人花生过敏；不要香菜\n加一道鱼圆") == "要花雕醉虾\n加一道鱼圆"


def test_a_drink_is_stopped_like_a_dish() -> None:
    row = {"kind": "kitchen", "menu": "鱼圆", "wine": "十年陈花雕酒", "codes": "alcohol", "nevers": "酒"}
    assert [stop.dish for stop in rules_cards.unresolved(row)] == ["十年陈花雕酒"]
    assert rules_cards.count_stops("kitchen", "", "alcohol", "酒", "", "花雕酒") == 1
