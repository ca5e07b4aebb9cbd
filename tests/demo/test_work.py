"""The work of the sample's people: visits, follow-ups, care, bookings; nobody works on a holiday or on leave."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from crm_desktop.duties.bookings.records import BOOKING, BOOKING_ROOM
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.office.records import DOCUMENT
from crm_desktop.duties.vip import rules_official
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Row
from crm_desktop.record.workdays import is_working
from tests.hotel import TODAY, Hotel


def day(offset: int) -> str:
    return add_days(TODAY, offset)


def test_visits_and_calls(hotel: Hotel) -> None:
    rows = [row for row in hotel.house.all(VISIT) if row["stakeholder_id"] is None]
    assert len(rows) == 2_300
    assert sum(row["day"] == TODAY and row["state"] == "planned" for row in rows) == 9
    assert all((row["state"] == "planned") == (not row["words"]) for row in rows)
    assert len({row["words"] for row in rows}) > 80


def test_no_two_neighbours_say_the_same(hotel: Hotel) -> None:
    told = sorted((row for row in hotel.house.all(VISIT) if row["words"]), key=lambda row: (row["day"], row["id"]))
    assert [row["words"] for row, after in pairwise(told) if row["words"] == after["words"]] == []


def test_people_work_on_working_days_and_never_on_leave(hotel: Hotel) -> None:
    assert all(is_working(row["day"]) for row in hotel.house.all(VISIT))
    away = hotel.ids["江叙"]
    assert [row for row in hotel.house.all(VISIT) if row["owner_id"] == away and day(-1) <= row["day"] <= day(2)] == []
    assert any(row["owner_id"] == away for row in hotel.house.all(VISIT))


def test_nothing_was_done_later_than_now(hotel: Hotel) -> None:
    done = [row for row in hotel.house.all(VISIT) if row["state"] != "planned"]
    assert max((row["day"], row["time"]) for row in done) < (TODAY, "13:15")
    assert max(row["done_on"] for row in hotel.house.all(CARE_ITEM)) < TODAY
    assert max(row["done_on"] for row in hotel.house.all(FOLLOW_UP)) < TODAY


def test_fourteen_follow_ups_are_overdue(hotel: Hotel) -> None:
    assert sum(row["state"] == "open" and row["due"] < TODAY for row in hotel.house.all(FOLLOW_UP)) == 14


def test_care_of_the_year_and_the_month(hotel: Hotel) -> None:
    plans = {row["code"]: row for row in hotel.house.all(CARE_PLAN)}
    assert plans["2026"]["budget"] == 360_000_00
    month = [row for row in hotel.house.all(CARE_ITEM) if row["plan_id"] == plans["2026-11"]["id"]]
    assert len(hotel.house.all(CARE_ITEM)) == 210
    assert Counter(row["state"] for row in month) == {"done": 27, "changed": 4, "failed": 2, "open": 13}
    assert (sum(row["budget"] for row in month), sum(row["actual"] for row in month)) == (38_000_00, 24_650_00)
    assert {row["day"][:7] for row in month} == {"2026-11"}
    assert all(row["day"] >= TODAY for row in month if row["state"] == "open")


def test_no_gift_to_a_civil_servant(hotel: Hotel) -> None:
    civil = {row["id"] for row in hotel.house.all(ACCOUNT) if row["type"] in ("government", "institution")}
    mine = [row["kind"] for row in hotel.house.all(CARE_ITEM) if row["account_id"] in civil]
    assert mine
    assert set(mine) <= {"visit", "call", "data"}


def events(hotel: Hotel, state: str) -> list[Row]:
    return [row for row in hotel.house.all(BOOKING) if row["state"] == state and row["kind"] != "private-room"]


def test_the_booking_register(hotel: Hotel) -> None:
    assert [len(events(hotel, state)) for state in ("inquiry", "proposal", "tentative")] == [14, 12, 15]
    assert all(row["remark"].endswith("方案已发") for row in events(hotel, "proposal"))
    assert sum(row["option_date"] <= day(2) for row in events(hotel, "tentative")) == 3
    assert sum(TODAY < row["day"] <= day(60) for row in events(hotel, "definite")) == 26
    assert sum(row["day"] > day(-100) for row in events(hotel, "lost")) == 9
    assert len([row for row in events(hotel, "definite") if row["day"] == TODAY]) == 5
    pair = [row["remark"] for row in events(hotel, "tentative") if (row["day"], row["place"]) == (day(17), "棠苑厅")]
    assert ["第一顺位" in pair[0], "第二顺位" in pair[1], len(pair)] == [True, True, 2]


def test_groups_say_their_rooms_by_type(hotel: Hotel) -> None:
    rooms: Counter[int] = Counter()
    for row in hotel.house.all(BOOKING_ROOM):
        rooms[row["booking_id"]] += row["number"]
    groups = [row for row in hotel.house.all(BOOKING) if row["kind"] == "group"]
    assert [row["name"] for row in groups if not rooms[row["id"]]] == []
    named = {row["remark"].split(";")[0]: rooms[row["id"]] for row in hotel.house.all(BOOKING) if row["id"] in rooms}
    assert (named["年终会"], named["江南轻纺博览会团"], named["督查组公务用房"]) == (46, 120, 8)


def test_the_official_group_was_refused_as_a_vip_and_filed_anew(hotel: Hotel) -> None:
    """Story 7: proposed with what an official reception must not have; the letter stands in the register and on the new form."""
    stays = {row["stage"]: row for row in hotel.house.all(VIP_STAY) if row["guest_id"] == hotel.ids["督查组联络人 戚科"]}
    wished = [name.source for name in rules_official.struck(rules_official.asked(stays["refused"]))]
    assert wished == ["red carpet", "flowers and fruit in the room", "alcohol"]
    (no,) = [step["reason"] for step in hotel.house.rows["step"] if step["row"] == stays["refused"]["id"]]
    assert "公务接待不得安排鲜花" in no
    assert rules_official.may_approve(stays["applied"]) is None
    assert stays["applied"]["letter_no"] in [row["their_no"] for row in hotel.house.all(DOCUMENT)]
    assert {row["owner_id"] for row in stays.values()} == {hotel.ids["唐屿"]}
    (group,) = [row for row in hotel.house.all(BOOKING) if row["remark"].startswith("督查组")]
    lines = [(row["number"], row["rate"]) for row in hotel.house.all(BOOKING_ROOM) if row["booking_id"] == group["id"]]
    assert (group["day"], group["last_day"], lines) == (stays["applied"]["arrival"], stays["applied"]["departure"], [(4, 400_00), (4, 400_00)])


def test_who_was_lost_to_the_price_decides_again(hotel: Hotel) -> None:
    """Story 19: lost 300 days ago, asked about again, and somebody has to call today; one competitor wherever it is told."""
    client = hotel.ids["天蘅检测"]
    (file,) = [row for row in hotel.house.all(ACCOUNT) if row["id"] == client]
    assert (file["state"], file["lost_on"], file["lost_reason"], file["decides_on"]) == ("lost", day(-300), "price-rooms", day(25))
    mine = {row["state"]: row for row in hotel.house.all(BOOKING) if row["account_id"] == client}
    assert (mine["lost"]["lost_because"], mine["lost"]["lost_to"], mine["inquiry"]["day"]) == ("price-rooms", file["lost_to"], day(25))
    assert any(file["lost_to"] in row["words"] for row in hotel.house.all(VISIT) if row["account_id"] == client)
    rates = {row["booking_id"]: row["rate"] for row in hotel.house.all(BOOKING_ROOM)}
    assert rates[mine["inquiry"]["id"]] < rates[mine["lost"]["id"]]
    assert [row["due"] for row in hotel.house.all(FOLLOW_UP) if row["account_id"] == client and row["state"] == "open" and "定点" in row["name"]] == [TODAY]


def test_the_private_rooms_of_tonight(hotel: Hotel) -> None:
    tonight = [row for row in hotel.house.all(BOOKING) if row["kind"] == "private-room" and row["day"] == TODAY]
    best = {row["id"] for row in hotel.house.all(ACCOUNT) if row["level"] == "A"}
    assert len({row["place"] for row in tonight}) == len(tonight) == 13
    assert sum(row["account_id"] in best for row in tonight) == 3


def test_the_quarrelling_wedding_is_on_a_saturday(hotel: Hotel) -> None:
    (row,) = [row for row in hotel.house.all(BOOKING) if row["name"] == "陈屹 郑弥"]
    assert (row["day"], row["tables"] * row["price"], row["deposit"]) == ("2026-11-28", 167_496_00, 50_000_00)
