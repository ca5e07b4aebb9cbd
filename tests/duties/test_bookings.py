"""The booking register: which bookings clash, options that run out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.bookings import actions, queries, rules
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import added, change, hotel, row

TODAY = "2026-11-18"
TIMES = st.one_of(st.just(""), st.tuples(st.integers(0, 23), st.sampled_from([0, 30])).map(lambda at: f"{at[0]:02d}:{at[1]:02d}"))
ROWS = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["听泉", "听泉包厢", " 听泉 ", "兰亭", ""]), "day": st.integers(0, 3).map(lambda n: add_days(TODAY, n)),
        "last_day": st.one_of(st.just(""), st.integers(0, 5).map(lambda n: add_days(TODAY, n))), "period": st.sampled_from(["", "lunch", "dinner", "day"]),
        "time": TIMES, "state": st.sampled_from(["inquiry", "tentative", "definite", "lost", "cancelled", "done"]),
        "kind": st.sampled_from(["private-room", "banquet", "room"]), "hotel_id": st.sampled_from([1, 2]),
    }
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def booking(**values: Any) -> dict[str, Any]:
    return {"place": "听泉", "day": TODAY, "last_day": "", "period": "dinner", "time": "", "state": "definite", "kind": "private-room", "hotel_id": 1} | values


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [
        ({}, {}, True), ({}, {"period": "lunch"}, False), ({}, {"period": "day"}, True), ({}, {"period": "", "time": ""}, True),
        ({"period": "lunch"}, {"period": "", "time": "14:00"}, False), ({"period": "lunch"}, {"period": "", "time": "13:30"}, True),
        ({"period": "", "time": "09:00"}, {"period": "", "time": "12:00"}, False), ({"period": "", "time": "09:00"}, {"period": "", "time": "11:59"}, True),
        ({}, {"day": "2026-11-19"}, False), ({"last_day": "2026-11-20"}, {"day": "2026-11-19"}, True), ({}, {"place": "听泉 包厢"}, True),
        ({}, {"place": "兰亭"}, False), ({}, {"place": ""}, False), ({}, {"state": "lost"}, False), ({}, {"state": "cancelled"}, False),
        ({}, {"state": "inquiry"}, True), ({}, {"kind": "room"}, False), ({}, {"hotel_id": 2}, False), ({"place": "澜庭厅"}, {"place": "澜庭"}, True),
    ],
)  # fmt: skip
def test_which_bookings_clash(one: dict[str, Any], other: dict[str, Any], want: bool) -> None:
    assert rules.clash(booking(**one), booking(**other)) is want


@given(ROWS, ROWS)
def test_a_clash_is_mutual(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert rules.clash(one, other) == rules.clash(other, one)
    assert rules.clash(one, one) == rules.holds(one)
    if rules.clash(one, other):
        assert not {one["state"], other["state"]} & {"lost", "cancelled", "done"}
        assert one["hotel_id"] == other["hotel_id"]


def test_a_clash_is_found_and_not_forbidden(desk: Desk, reader: Any) -> None:
    house = hotel(desk)
    first = actions.take(desk, {"hotel_id": house, "day": TODAY, "last_day": "2026-11-20", "period": "dinner", "place": "听泉", "name": "王"}).rows[0][1]
    second = actions.take(desk, {"hotel_id": house, "day": "2026-11-19", "time": "18:00", "place": "听泉包厢", "name": "李"}).rows[0][1]
    assert [other["id"] for other in actions.clashes(desk, second)] == [first]
    assert [other["id"] for other in queries.clashes(reader, row(desk, BOOKING, first))] == [second]
    change(desk, BOOKING, second, place="兰亭")
    assert actions.clashes(desk, first) == []


def test_what_may_not_be(desk: Desk) -> None:
    house = hotel(desk)
    with pytest.raises(Invalid, match="last day"):
        actions.take(desk, {"hotel_id": house, "day": TODAY, "last_day": "2026-11-17"})
    made = actions.take(desk, {"hotel_id": house, "day": TODAY}).rows[0][1]
    with pytest.raises(Refused, match="Option until"):
        desk.move(BOOKING, made, 1, "hold")
    desk.move(BOOKING, made, 1, "hold", values={"option_date": "2026-11-19"})
    assert row(desk, BOOKING, made)["state"] == "tentative"


def test_today(desk: Desk, reader: Any) -> None:
    house, other = hotel(desk), hotel(desk, "Lake House")
    for state, day, option, place in (
        ("definite", TODAY, "", house), ("lost", TODAY, "", house), ("tentative", "2026-12-24", "2026-11-20", house),
        ("tentative", "2026-12-24", "2026-11-21", house), ("inquiry", "2026-12-24", "2026-11-01", other), ("definite", "2026-12-24", "2026-11-18", house),
    ):  # fmt: skip
        added(desk, BOOKING, hotel_id=place, state=state, day=day, option_date=option)
    for where, want in ((None, [1, 2]), (house, [1, 1])):
        lines = queries.today(reader, TODAY, where)
        assert [line.count for line in lines] == want
        assert [count(reader, ListQuery(BOOKING, line.filters)) for line in lines] == want
        assert [line.tone for line in lines] == ["", "amber"]
