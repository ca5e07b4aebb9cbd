"""The booking register: which bookings clash, options that run out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.bookings import actions, queries, rules
from crm_desktop.duties.bookings.records import BOOKING, BOOKING_ROOM
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.house.records import ROOM_TYPE, VENUE
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.duties.settlements.records import SETTLEMENT
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import account, added, change, hotel, remove, row, sound

TODAY = "2026-11-18"
TIMES = st.one_of(st.just(""), st.tuples(st.integers(0, 23), st.sampled_from([0, 30])).map(lambda at: f"{at[0]:02d}:{at[1]:02d}"))
ROWS = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["听泉", "听泉包厢", " 听泉 ", "兰亭", "澜庭大宴会厅", "澜庭 A+B", "澜庭 B 厅", ""]), "day": st.integers(0, 3).map(lambda n: add_days(TODAY, n)),
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
        ({"place": "澜庭大宴会厅 A+B"}, {"place": "澜庭大宴会厅"}, True), ({"place": "澜庭 A 厅"}, {"place": "澜庭大宴会厅 A+B"}, True), ({"place": "澜庭 C 厅"}, {"place": "澜庭大宴会厅A+B"}, False),
        ({"place": "澜庭 A 厅"}, {"place": "澜庭"}, True), ({"place": "Club"}, {"place": "Clu"}, False), ({"period": "", "time": "09:00", "ends": "17:00"}, {"period": "", "time": "16:59"}, True),
        ({"period": "day", "time": "09:00", "ends": "12:00"}, {"period": "", "time": "13:30"}, False), ({"time": "20:00", "ends": "01:00"}, {"time": "23:30", "ends": "23:59"}, True),
        ({}, {"state": "turned-down"}, False), ({"place": "包厢"}, {"place": "包厢"}, False), ({"place": "Private room"}, {"place": "private room"}, False), ({"place": "包厢"}, {"place": "听泉"}, False),
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
    with pytest.raises(Invalid, match="begins"):
        change(desk, BOOKING, made, ends="21:00")
    with pytest.raises(Refused, match="Why it was lost"):
        desk.move(BOOKING, made, 1, "lose", reason="价格")
    with pytest.raises(Refused, match="Who got it"):
        desk.move(BOOKING, made, 1, "lose", reason="被抢", values={"lost_because": "competitor", "lost_to": " "})
    desk.move(BOOKING, made, 1, "hold", values={"option_date": "2026-11-19"})
    assert row(desk, BOOKING, made)["state"] == "tentative"


def test_a_booking_is_lost_for_a_reason_and_takes_place_on_its_day(desk: Desk) -> None:
    house = hotel(desk)
    made, later = (actions.take(desk, {"hotel_id": house, "day": day}).rows[0][1] for day in (TODAY, "2026-11-20"))
    assert [row(desk, BOOKING, each)["code"] for each in (made, later)] == ["YD261118-01", "YD261118-02"]
    desk.move(BOOKING, later, 1, "turn-down", reason="当天满房", values={"lost_because": "sold-out"})
    assert row(desk, BOOKING, later)["state"] == "turned-down"
    desk.move(BOOKING, later, 2, "reopen")
    for each in (made, later):
        desk.move(BOOKING, each, row(desk, BOOKING, each)["version"], "confirm")
    with pytest.raises(Refused, match="only on 2026-11-20"):
        desk.move(BOOKING, later, row(desk, BOOKING, later)["version"], "done")
    change(desk, BOOKING, made, last_day="2026-11-19")
    with pytest.raises(Refused, match="over on 2026-11-19"):
        desk.move(BOOKING, made, 3, "done")
    desk.move(BOOKING, made, 3, "no-show", reason="没来也没电话")
    assert row(desk, BOOKING, made)["state"] == "no-show"


def test_today(desk: Desk, reader: Any) -> None:
    house, other = hotel(desk), hotel(desk, "Lake House")
    for state, day, option, place in (
        ("definite", TODAY, "", house), ("lost", TODAY, "", house), ("tentative", "2026-12-24", "2026-11-20", house),
        ("tentative", "2026-12-24", "2026-11-21", house), ("inquiry", "2026-12-24", "2026-11-01", other), ("definite", "2026-12-24", "2026-11-18", house),
    ):  # fmt: skip
        added(desk, BOOKING, hotel_id=place, state=state, day=day, option_date=option)
    for name in ("听泉", "兰亭"):
        added(desk, VENUE, hotel_id=house, name=name, kind="private-room")
    for time, room in (("11:30", "听泉"), ("18:00", "听泉")):  # twice on one day is one room
        added(desk, BOOKING, hotel_id=house, state="definite", kind="private-room", day=TODAY, time=time, place=room)
    added(desk, BOOKING, hotel_id=other, state="definite", kind="wedding", day=TODAY, people=42)
    taken = [(line.count, str(line.amount)) for line in queries.today(reader, TODAY, None) if line.label.source == "Private rooms"]
    assert taken == [(3, "1 of 2 rooms")]
    for where, want in ((None, [4, 3, 1, 2, 0]), (house, [3, 3, 1, 0])):
        lines = queries.today(reader, TODAY, where)
        assert [line.count for line in lines] == want
        assert [count(reader, ListQuery(BOOKING, line.filters)) for line in lines] == want
        assert [line.tone for line in lines][-2:] == ["amber", ""]


def test_the_rooms_of_a_booking_go_with_it_and_come_back(desk: Desk) -> None:
    made = actions.take(desk, {"hotel_id": hotel(desk), "day": TODAY, "kind": "group", "name": "采购团"}).rows[0][1]
    kind = added(desk, ROOM_TYPE, code="ST", name="高级双床房")
    for number in (20, 5):
        added(desk, BOOKING_ROOM, booking_id=made, room_type_id=kind, number=number, rate=468_00)
    assert row(desk, BOOKING, made)["room_count"] == 25
    with pytest.raises(Invalid):
        added(desk, BOOKING_ROOM, booking_id=made, room_type_id=kind, number=0)
    living = "select count(*) from booking_room where gone is null"
    remove(desk, BOOKING, made)
    assert desk.store.writer.execute(living).fetchone() == (0,)
    desk.undo()
    with pytest.raises(Refused, match="still refer to this"):
        remove(desk, ROOM_TYPE, kind)
    assert (desk.store.writer.execute(living).fetchone(), row(desk, BOOKING, made)["room_count"]) == ((2,), 25)
    sound(desk.store)


def test_a_booking_is_closed_when_nothing_of_it_is_open(desk: Desk) -> None:
    """Each thing that keeps it from that is named, one after the other; what has no bill of its own needs none."""
    house, client = hotel(desk), account(desk)
    made = actions.take(desk, {"hotel_id": house, "day": TODAY, "kind": "banquet", "account_id": client}).rows[0][1]
    plain = actions.take(desk, {"hotel_id": house, "day": TODAY, "kind": "private-room"}).rows[0][1]
    for step in ("offer", "confirm", "done"):
        for each in (made, plain):
            desk.move(BOOKING, each, row(desk, BOOKING, each)["version"], step)
    bill = added(desk, SETTLEMENT, name="年会", day=TODAY, booking_id=None, account_id=client, hotel_id=house)
    deposit = added(desk, DEPOSIT, day=TODAY, amount=5_000_00, booking_id=made, account_id=client, hotel_id=house)
    trouble = added(desk, COMPLAINT, name="话筒", received_on=TODAY, received_at="09:50", booking_id=made, hotel_id=house)
    for words, record, at, values in (
        ("no bill of it", SETTLEMENT, bill, {"booking_id": made}), ("not been handed", SETTLEMENT, bill, {"state": "done"}),
        ("deposit for it", DEPOSIT, deposit, {"applied": 5_000_00}), ("complaint about it", COMPLAINT, trouble, {"state": "withdrawn"}),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            desk.move(BOOKING, made, row(desk, BOOKING, made)["version"], "close")
        if record.machine and record.machine.field in values:
            desk.store.writer.execute(f"update {record.key} set state = ? where id = ?", (values["state"], at))
        else:
            change(desk, record, at, **values)
    for each in (made, plain):
        desk.move(BOOKING, each, row(desk, BOOKING, each)["version"], "close")
        assert row(desk, BOOKING, each)["state"] == "closed"
