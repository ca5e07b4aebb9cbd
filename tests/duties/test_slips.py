"""Preferences as facts that age and are confirmed; slips with their two working days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.duties.preferences import actions, queries, rules
from crm_desktop.duties.preferences.quick import QuickPreference
from crm_desktop.duties.preferences.quick_slip import QuickSlip
from crm_desktop.duties.preferences.records import PREFERENCE, SLIP
from crm_desktop.record import dates, facts, workdays
from crm_desktop.record.dates import add_days
from crm_desktop.record.facts import Fact
from crm_desktop.record.text import Refused, say, use
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.hotel import TODAY, Hotel
from tests.samples import added, row, sound

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 11, 18)).map(dt.date.isoformat)


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    return lobby.fill(desk)


@pytest.mark.parametrize(
    ("told", "times", "evidence", "sure"),
    [
        ("2026-11-18", 1, "意见卡", 100), ("2026-11-18", 1, "", 80), ("2024-11-18", 1, "意见卡", 50), ("2024-11-18", 2, "意见卡", 71),
        ("2024-11-18", 99, "意见卡", 84), ("2022-11-19", 1, "意见卡", 25), ("", 1, "意见卡", None),
    ],
)  # fmt: skip
def test_how_sure_a_fact_is(told: str, times: int, evidence: str, sure: int | None) -> None:
    assert facts.confidence(told, times, evidence, DAY) == sure


@given(DAYS, st.integers(1, 9), st.sampled_from(["", "意见卡"]), st.integers(0, 900))
def test_a_fact_ages_and_being_heard_again_never_harms(told: str, times: int, evidence: str, later: int) -> None:
    day = add_days(DAY, later)
    sure = facts.confidence(told, times, evidence, day)
    assert sure is not None
    assert 0 <= sure <= 100
    assert sure >= (facts.confidence(told, times, evidence, add_days(day, 1)) or 0)
    assert sure <= (facts.confidence(told, times + 1, evidence, day) or 0)
    assert sure <= (facts.confidence(told, times, "意见卡", day) or 0)


def test_must_is_the_other_side_of_never() -> None:
    must, never = Fact(1, 7, "must", "羽绒枕", "bed", told_on="2026-01-01"), Fact(2, 7, "never", "羽绒过敏", "health", "feather", told_on="2026-11-06")
    assert facts.contradictions([must, never], DAY) == [(never, must)]
    assert facts.contradictions([must, Fact(3, 7, "like", "羽绒枕", "bed")], DAY) == []
    assert [fact.polarity for fact in facts.by_weight([Fact(4, 7, "like", "茶"), must, never])] == ["never", "must", "like"]


@pytest.mark.parametrize(
    ("seen", "due"),
    [("2026-11-18", "2026-11-20"), ("2026-11-19", "2026-11-23"), ("2026-11-20", "2026-11-24"), ("2026-11-21", "2026-11-24"), ("2026-09-30", "2026-10-09"), ("", "")],
)
def test_two_working_days(seen: str, due: str) -> None:
    assert rules.filing_day(seen) == due


@given(DAYS)
def test_the_clock_counts_working_days_only(seen: str) -> None:
    due = rules.filing_day(seen)
    between = [add_days(seen, n) for n in range(1, 20) if add_days(seen, n) <= due]
    assert workdays.is_working(due)
    assert sum(map(workdays.is_working, between)) == 2


def test_a_fact_heard_again_grows(desk: Desk, ids: dict[str, int]) -> None:
    first = actions.note(desk, ids["司徒曜"], "龙井", "drink", source="秘书").rows[0][1]
    again = actions.note(desk, ids["司徒曜"], "喜欢龙井", "drink", source="餐厅", evidence="点餐记录")
    kept = row(desk, PREFERENCE, first)
    assert [row_id for _, row_id in again.rows] == [first]
    assert (kept["times"], kept["first_on"], kept["told_on"], kept["source"], kept["evidence"], kept["sure"]) == (2, DAY, DAY, "餐厅", "点餐记录", 100)
    actions.note(desk, ids["司徒曜"], "不喝龙井", "drink", "dislike")  # contradicted, never overwritten
    assert len(queries.of_person(desk.store.writer, ids["司徒曜"])) == 2
    with pytest.raises(Invalid):
        lobby.fact(desk, ids["司徒曜"], "like", "茶", first_on="2026-05-01", told_on="2026-04-01")
    desk.undo()
    desk.undo()
    assert row(desk, PREFERENCE, first)["times"] == 1
    sound(desk.store)


def test_the_quick_line_confirms_and_warns(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    """F6 says what the file knows already, and does not write it twice."""
    typed = QuickPreference().understand(reader, "1211 不吃香菜", {}, None)
    assert [say(part.label) for part in typed.parts][-2:] != ["Confirms", "Contradicts"]
    lobby.fact(desk, ids["俞闻笛"], "dislike", "香菜", kind="food", told_on="2025-01-01", source="餐厅领班")
    lobby.fact(desk, ids["俞闻笛"], "like", "荞麦枕", kind="bed")
    before = len(queries.of_person(reader, ids["俞闻笛"]))
    guess = QuickPreference().understand(reader, "1211 不喜欢香菜", {}, None)
    assert [(say(p.label), say(p.words)) for p in guess.parts if p.tone == "green"] == [("Confirms", "Dislikes: 香菜 (餐厅领班 2025-01-01)")]
    QuickPreference().act(desk, guess)
    found = queries.of_person(reader, ids["俞闻笛"])
    assert len(found) == before
    assert next(fact.told_on for fact in found if fact.name == "香菜") == DAY
    against = QuickPreference().understand(reader, "1211 不喜欢荞麦枕", {}, None)
    assert [say(part.label) for part in against.parts if part.tone == "amber"][-1] == "Contradicts"
    QuickPreference().act(desk, against)
    assert len(queries.of_person(reader, ids["俞闻笛"])) == before + 1


def slip(desk: Desk, guest: int | None, **values: Any) -> int:
    return added(desk, SLIP, **({"person_id": guest, "name": "红酒没动", "polarity": "dislike", "kind": "drink", "observer": "柳静仪", "seen_on": "2026-11-16"} | values))


def test_a_slip_is_filed_as_a_fact_in_one_action(desk: Desk, ids: dict[str, int]) -> None:
    made = slip(desk, ids["霍明翊"], room_no="1702")
    read = row(desk, SLIP, made)
    assert (read["due"], read["clock"]) == (DAY, "running")
    desk.move(SLIP, made, read["version"], "verify")
    change = actions.file_slip(desk, made, read["version"] + 1)
    assert change.tables == {"preference_slip", "preference", "step"}
    filed = row(desk, SLIP, made)
    assert (filed["state"], filed["filed_on"], filed["clock"]) == ("filed", DAY, "in-time")
    fact = next(row(desk, PREFERENCE, row_id) for table, row_id in change.rows if table == "preference")
    assert (fact["name"], fact["polarity"], fact["source"], fact["evidence"], fact["told_on"]) == (
        "红酒没动", "dislike", "柳静仪", "Preference slip 2026-11-16 1702", "2026-11-16",
    )  # fmt: skip
    with pytest.raises(Refused, match="not open"):
        actions.file_slip(desk, made, filed["version"])
    desk.undo()
    assert row(desk, SLIP, made)["state"] == "verified"
    assert desk.get(PREFERENCE, fact["id"]) is None
    sound(desk.store)


def test_a_slip_without_a_guest_is_not_filed(desk: Desk, ids: dict[str, int]) -> None:
    made = slip(desk, None, room_no="0815")
    with pytest.raises(Refused, match="Choose the guest"):
        actions.file_slip(desk, made, 1)
    assert row(desk, SLIP, made)["state"] == "reported"
    with pytest.raises(Conflict):
        actions.file_slip(desk, slip(desk, ids["霍明翊"]), 9)
    with pytest.raises(Invalid, match="after today"):
        slip(desk, None, seen_on="2026-11-19")


@pytest.mark.parametrize(
    ("state", "due", "filed", "clock"),
    [
        ("reported", DAY, "", "running"), ("reported", "2026-11-17", "", "late"), ("filed", "2026-11-17", "2026-11-17", "in-time"),
        ("filed", "2026-11-17", "2026-11-18", "late"), ("dropped", "2026-11-01", "", ""),
    ],
)  # fmt: skip
def test_the_clock_of_a_slip(desk: Desk, ids: dict[str, int], state: str, due: str, filed: str, clock: str) -> None:
    assert desk.today() == DAY
    assert ids
    assert rules.clock(state, due, filed) == clock


def test_today_tells_of_slips_and_opens_them(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    for seen in ("2026-11-11", "2026-11-17"):
        slip(desk, ids["霍明翊"], seen_on=seen)
    waiting, late = queries.today(reader, DAY, None)
    assert [(line.count, line.tone) for line in (waiting, late)] == [(2, ""), (1, "red")]
    assert [pages.count(reader, ListQuery(SLIP, line.filters)) for line in (waiting, late)] == [2, 1]


def test_a_slip_in_one_line(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    guess = QuickSlip().understand(reader, "1211 喜欢清茶 柳静仪说", {}, None)
    assert guess.missing is None
    made = QuickSlip().act(desk, guess).rows[0][1]
    kept = row(desk, SLIP, made)
    assert (kept["person_id"], kept["room_no"], kept["polarity"], kept["seen_on"], kept["state"]) == (ids["俞闻笛"], "1211", "like", DAY, "reported")
    assert kept["observer"]


def test_the_sample_hotel_has_two_late_slips(hotel: Hotel) -> None:
    use("zh_CN")
    slips = hotel.house.all(SLIP)
    late = [one for one in slips if one["state"] in queries.OPEN and one["due"] < TODAY]
    assert len(late) == 2
    assert {one["person_id"] for one in late} == {hotel.ids["小林 遥"]}
    assert all(one["filed_on"] for one in slips if one["state"] == "filed")
    assert any(one["filed_on"] > one["due"] for one in slips if one["state"] == "filed")


@pytest.mark.parametrize(
    ("slips", "found"),
    [
        ([], []), ([(1, "客房部", "dropped", "2026-11-10", "")], []),
        ([(1, "客房部", "filed", "2026-11-10", "2026-11-10"), (1, "客房部", "filed", "2026-11-10", "2026-11-11"), (1, "客房部", "reported", "2026-11-18", "")], [(1, 1, 1, 1, 0, 50)]),
        ([(1, "客房部", "reported", "2026-11-17", ""), (2, "前厅部", "filed", "2026-11-10", "2026-11-09"), (None, "", "verified", "2026-11-19", "")], [(2, 1, 0, 0, 0, 100), (1, 0, 0, 0, 1, 0), (None, 0, 0, 1, 0, None)]),
    ],
)  # fmt: skip
def test_who_files_in_time(slips: list[Any], found: list[Any]) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    rows = rules.league((at, *slip) for at, slip in enumerate(slips))
    assert sorted(at for row in rows for at in row.rows) == [at for at, slip in enumerate(slips) if slip[2] != "dropped"]
    assert [(row.id, row.in_time, row.late, row.waiting, row.over, row.percent) for row in rows] == found


def test_the_league_counts_what_the_list_shows(desk: Desk, ids: dict[str, int]) -> None:
    for seen, state, filed in (("2026-11-10", "filed", "2026-11-11"), ("2026-11-09", "reported", ""), ("2026-08-01", "filed", "2026-08-02"), ("2026-11-17", "dropped", "")):
        added(desk, SLIP, name="要荞麦枕", observer="柳静仪", seen_on=seen, state=state, filed_on=filed, polarity="like", kind="bed")
    (row,) = queries.league(desk.store.writer, TODAY)["department_id"]
    assert (row.id, row.slips, row.in_time, row.over) == (None, 2, 1, 1)
    assert [one.slips for one in queries.league(desk.store.writer, TODAY)["owner_id"]] == [2]
