"""Guest files: companions and children, the attention list with evidence and an end, days to keep, meals, completeness."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import DUTIES
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.guests import causes, queries, rules, words_file
from crm_desktop.duties.guests.records import ATTENTION, COMPANION, CONSUMPTION, KEY_DATE
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.stays import queries as stays
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import say, use
from crm_desktop.store import timeline
from tests.hotel import TODAY, Hotel
from tests.samples import account, added, change, csv_file, imported, row, sound, stay
from tests.samples import hotel as hotel_of

DAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _clock() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.mark.parametrize(
    ("birthday", "day", "years"),
    [("2012-11-18", DAY, 14), ("2012-11-19", DAY, 13), ("2026-11-18", DAY, 0), ("2026-11-19", DAY, None), ("", DAY, None), ("2016-02-29", "2026-02-28", 9), ("2016-02-29", "2026-03-01", 10)],
)  # fmt: skip
def test_age(birthday: str, day: str, years: int | None) -> None:
    assert rules.age(birthday, day) == years


def test_a_childs_facts_need_a_guardian(desk: Desk) -> None:
    guest = added(desk, PERSON, name="俞闻笛")
    with pytest.raises(Invalid, match="guardian"):
        added(desk, COMPANION, person_id=guest, name="小满", relation="child", birthday="2017-06-01")
    with pytest.raises(Invalid, match="guardian"):
        added(desk, COMPANION, person_id=guest, name="小满", relation="child", remark="怕黑")
    made = added(desk, COMPANION, person_id=guest, name="小满", relation="child", birthday="2017-06-01", remark="怕黑", consent=1)
    assert row(desk, COMPANION, made)["age"] == 9
    added(desk, COMPANION, person_id=guest, name="小满", relation="child")  # the name alone is no fact about a child
    added(desk, COMPANION, person_id=guest, name="大儿", relation="child", birthday="2004-06-01", remark="读大学")
    with pytest.raises(Invalid, match="after today"):
        added(desk, COMPANION, person_id=guest, name="x", birthday="2026-12-01")


def entry(desk: Desk, **values: Any) -> int:
    return added(desk, ATTENTION, **({"name": "深夜喧哗", "evidence": "值班日志", "decided_on": "2026-10-01"} | values))


def test_nobody_is_listed_without_evidence_or_for_ever(desk: Desk) -> None:
    guest = added(desk, PERSON, name="龑䶮")
    for missing in ("name", "evidence", "decided_on"):
        with pytest.raises(Invalid, match="needed"):
            entry(desk, person_id=guest, **{missing: ""})
    with pytest.raises(Invalid, match="Choose the guest"):
        entry(desk)
    with pytest.raises(Invalid, match="three years"):
        entry(desk, person_id=guest, expires="2030-01-01")
    with pytest.raises(Invalid, match="between"):
        entry(desk, person_id=guest, review_on="2026-09-01")
    made = entry(desk, person_id=guest)
    assert (row(desk, ATTENTION, made)["expires"], row(desk, ATTENTION, made)["standing"]) == ("2027-10-01", "holds")
    change(desk, ATTENTION, made, lifted_on=DAY)
    assert row(desk, ATTENTION, made)["standing"] == "ended"
    sound(desk.store)


@pytest.mark.parametrize(
    ("expires", "lifted", "found"), [("2026-11-18", "", "holds"), ("2026-11-17", "", "ended"), ("", "", "holds"), ("2027-01-01", DAY, "ended"), ("2027-01-01", "2026-11-19", "holds")]
)  # fmt: skip
def test_how_long_an_entry_holds(expires: str, lifted: str, found: str) -> None:
    assert rules.standing(expires, lifted, DAY) == found


def test_a_sheet_and_the_search_tell_of_it(desk: Desk, reader: Any) -> None:
    firm = account(desk, "青垧新材")
    guest, other = added(desk, PERSON, name="龑䶮", account_id=firm), added(desk, PERSON, name="无事")
    entry(desk, person_id=guest)
    entry(desk, account_id=firm, level="refuse", name="拒付房费", evidence="判决书")
    entry(desk, person_id=other, name="旧事", decided_on="2025-01-01", expires="2025-06-01")
    points = [(say(point.words), point.tone) for point in queries.now(reader, "person", guest, DAY)]
    assert points == [("Refuse until 2027-10-01: 拒付房费", "red"), ("Watch until 2027-10-01: 深夜喧哗", "amber")]
    assert queries.now(reader, "person", other, DAY) == []
    assert queries.now(reader, "stay", guest, DAY) == []
    assert {key: say(words) for key, words in queries.hit_facts(reader, "person", [guest, other]).items()} == {guest: "Watch!"}
    assert {key: say(words) for key, words in queries.hit_facts(reader, "account", [firm]).items()} == {firm: "Refuse!"}
    assert queries.hit_facts(reader, "person", []) == {}


def date(desk: Desk, **values: Any) -> int:
    return added(desk, KEY_DATE, **({"name": "结婚纪念日", "kind": "wedding", "what": "手写卡", "budget": 30_000} | values))


def told(reader: Any, day: str) -> list[tuple[str, str, str]]:
    return [(cause.key, cause.due, say(cause.what)) for cause in causes.causes(reader, day)]


def test_a_day_to_keep_is_told_30_7_and_1_days_before(desk: Desk, reader: Any) -> None:
    guest = added(desk, PERSON, name="霍明翊")
    made = date(desk, person_id=guest, day="2004-12-18")
    assert row(desk, KEY_DATE, made)["next"] == "2026-12-18"
    due = "2026-12-18"
    words = "霍明翊: 结婚纪念日 on 2026-12-18. 手写卡 (at most 300.00)"
    keys = {day: told(reader, day) for day in ("2026-11-17", "2026-11-18", "2026-12-10", "2026-12-11", "2026-12-17", "2026-12-18", "2026-12-19")}
    assert keys == {
        "2026-11-17": [], "2026-11-18": [("key-date-30", due, words)], "2026-12-10": [("key-date-30", due, words)], "2026-12-11": [("key-date-7", due, words)],
        "2026-12-17": [("key-date-1", due, words)], "2026-12-18": [("key-date-1", due, words)], "2026-12-19": [],
    }  # fmt: skip


@given(st.dates(dt.date(1990, 1, 1), dt.date(2025, 12, 31)), st.integers(0, 29))
def test_each_day_before_has_exactly_one_alert(born: dt.date, ahead: int) -> None:
    spans = [range(last, first + 1) for first, last in causes.ALERTS]
    assert sum(ahead in span for span in spans) == 1
    assert rules.check_key_date({"person_id": 1, "day": born.isoformat()}) == {}


def test_a_lunar_day_is_kept_by_the_moon(desk: Desk, reader: Any) -> None:
    firm = account(desk, "澄籁精密")
    made = date(desk, account_id=firm, lunar_day="闰10-12", name="创始人生日")
    assert row(desk, KEY_DATE, made)["next"] == "2026-11-20"
    assert [key for key, _, _ in told(reader, DAY)] == ["key-date-7"]
    for wrong, words in (({"lunar_day": "13-1"}, "Chinese calendar"), ({}, "Write the day")):
        with pytest.raises(Invalid, match=words):
            date(desk, account_id=firm, **wrong)
    with pytest.raises(Invalid, match="Choose the guest"):
        date(desk, day="2004-12-18")


def test_a_review_comes_up(desk: Desk, reader: Any) -> None:
    guest = added(desk, PERSON, name="龑䶮")
    made = entry(desk, person_id=guest, review_on=add_days(DAY, 5))
    assert told(reader, DAY) == [("attention-review", add_days(DAY, 5), "Review the attention entry of 龑䶮: 深夜喧哗")]
    change(desk, ATTENTION, made, lifted_on=DAY)
    assert told(reader, DAY) == []


def test_a_meal_stands_in_the_timeline(desk: Desk, reader: Any) -> None:
    guest = added(desk, PERSON, name="司徒曜")
    added(desk, CONSUMPTION, person_id=guest, day="2026-11-01", outlet="越味轩", name="清蒸白鱼", amount=128_00, covers=2)
    records = {record.key: record for duty in DUTIES for record in duty.records}
    look = timeline.Look([each for duty in DUTIES for each in duty.entries if "person" in each.by], records, "person", guest)
    assert [say(each.words) for each in timeline.before(reader, look, timeline.end_of(DAY), 9)] == ["越味轩: 清蒸白鱼, 128.00"]


def test_how_complete_a_file_is(desk: Desk, reader: Any) -> None:
    bare = added(desk, PERSON, name="无名")
    (figure,) = queries.figures(reader, "person", bare, DAY)
    assert (figure.value, figure.tone) == ("0%", "amber")
    assert say(figure.note) == "missing: Three preferences, Birthday, Phone, Works for"
    full = added(
        desk, PERSON, name="霍明翊", latin_name="Huo", sex="male", lunar_birthday="10-12", phone="199 0000 1621", wechat="huo", account_id=account(desk, "云垞医疗"),
        position="董事长", nationality="CHN", id_type="id-card", address="杭州", owner_id=None, vip="V3",
    )  # fmt: skip
    for name in ("茶", "硬枕", "高楼层"):
        added(desk, PREFERENCE, person_id=full, name=name, polarity="like")
    (figure,) = queries.figures(reader, "person", full, DAY)
    assert (figure.value, say(figure.note)) == ("95%", "missing: Owner")
    assert (figure.record, figure.opens) == ("guest_file", [])
    change(desk, PERSON, full, vip="")  # of a guest without a level less is asked
    assert queries.figures(reader, "person", full, DAY)[0].value == "100%"
    change(desk, ACCOUNT, row(desk, PERSON, full)["account_id"], level="A")
    assert queries.figures(reader, "person", full, DAY)[0].value == "95%"
    assert queries.figures(reader, "person", added(desk, PERSON, name="会计", role="finance"), DAY) == []
    assert queries.figures(reader, "account", full, DAY) == []


@given(st.sets(st.sampled_from(rules.NAMES)), st.integers(0, 6), st.sampled_from(["", "A", "D"]))
def test_more_is_never_less_complete(names: set[str], facts: int, level: str) -> None:
    percent, missing = rules.completeness(dict.fromkeys(names, "x"), facts, level)
    assert 0 <= percent <= 100
    assert percent <= rules.completeness(dict.fromkeys(names, "x"), facts + 1, level)[0]
    assert (percent == 100) == (not missing)


def test_files_are_counted_by_class_and_each_missing_field_is_one_key_away(desk: Desk, reader: Any) -> None:
    firm = account(desk, "云垞医疗", level="B")
    guests = [added(desk, PERSON, name=name, vip=vip, account_id=unit) for name, vip, unit in (("甲", "V2", None), ("乙", "", firm), ("丙", "", None), ("丁", "", None))]
    for guest, arrival in zip(guests, ("2026-10-01", "2026-10-02", "2026-10-03", "2024-01-01"), strict=True):
        stay(desk, arrival, add_days(arrival, 2), guest_id=guest, room_no="801")
    stay(desk, "2026-10-01", "2026-10-03", guest_id=guests[3], room_no="801")
    found = queries.by_class(reader, DAY)
    assert [(each.name, each.files, each.poor) for each in found] == [("V2", 1, [guests[0]]), ("B", 1, [guests[1]]), ("", 2, [guests[2], guests[3]])]
    blocks = words_file.blocks(reader, guests[0], DAY) or ()
    assert [block.key for block in blocks] == ["file", "together", "classes"]
    assert ("field", "birthday") in [line.opens for line in blocks[0].lines]
    assert ("new", ("preference", {"person_id": guests[0], "person_id.name": "甲"})) in [line.opens for line in blocks[0].lines]
    assert [(line.left, line.opens) for line in blocks[1].lines] == [("1", ("person", guests[1])), ("1", ("person", guests[3]))]
    assert words_file.blocks(reader, added(desk, PERSON, name="会计", role="finance"), DAY) == []
    assert words_file.blocks(reader, 5, DAY) is None


# days to keep: what to do, and what it may cost


def test_a_day_to_keep_says_what_to_do_and_what_it_may_cost_by_class(desk: Desk, reader: Any) -> None:
    for level, name in (("A", "甲公司"), ("D", "丁公司"), ("", "无级公司")):
        added(desk, KEY_DATE, account_id=account(desk, name, level=level), kind="founding", name="司庆", day="2001-11-25")
    added(desk, KEY_DATE, account_id=account(desk, "乙公司", level="B"), kind="founding", name="司庆", day="2001-11-25", what="总经理致电", budget=88_00)
    use("en")
    said = [say(each.what) for each in causes.causes(reader, DAY) if each.key == "key-date-7"]
    assert sorted(said) == sorted([
        "甲公司: 司庆 on 2026-11-25. Send a basket of flowers with the director's card (at most 500.00)", "乙公司: 司庆 on 2026-11-25. 总经理致电 (at most 88.00)",
        "丁公司: 司庆 on 2026-11-25. Send a basket of flowers with the director's card (a greeting only, nothing is spent)",
        "无级公司: 司庆 on 2026-11-25. Send a basket of flowers with the director's card",
    ])  # fmt: skip


def test_a_wedding_held_here_is_thought_of_every_year(desk: Desk, reader: Any) -> None:
    couple = added(desk, PERSON, name="俞闻笛")
    there = hotel_of(desk)
    held = added(desk, BOOKING, kind="wedding", day="2024-11-19", person_id=couple, name="俞闻笛", hotel_id=there, state="done")
    added(desk, BOOKING, kind="wedding", day="2025-11-19", person_id=added(desk, PERSON, name="未成"), hotel_id=there, state="cancelled")
    found = [each for each in causes.causes(reader, DAY) if each.about == ("booking", held)]
    assert [(each.key, each.due, each.person_id) for each in found] == [("wedding-1", "2026-11-19", couple)]
    assert "wedding 2 years ago in our house" in say(found[0].what)
    added(desk, KEY_DATE, person_id=couple, kind="wedding", name="结婚纪念日", day="2024-11-19")
    assert [each.key for each in causes.causes(reader, DAY)] == ["key-date-1"], "written down by hand: told once"


# what they had


@pytest.mark.parametrize(
    ("price", "basis", "people", "tables", "comes"),
    [(188_00, "person", 12, None, 2256_00), (2_888_00, "table", 300, 30, 86_640_00), (5_000_00, "whole", 3, 1, 5_000_00), (400_00, "night", 3, 1, 0), (None, "table", 1, 1, 0), (100, "person", None, 9, 0)],
)  # fmt: skip
def test_what_a_meal_comes_to(price: int | None, basis: str, people: int | None, tables: int | None, comes: int) -> None:
    assert rules.spent(price, basis, people, tables) == comes


def test_a_meal_that_took_place_stands_in_the_files(desk: Desk, reader: Any) -> None:
    host, firm = added(desk, PERSON, name="霍明翊"), account(desk, "云垞医疗")
    given = {"day": "2026-11-17", "person_id": host, "account_id": firm, "place": "听泉", "people": 12, "guaranteed": 10, "price": 188_00, "basis": "person", "state": "definite"}
    dinner = added(desk, BOOKING, kind="private-room", hotel_id=hotel_of(desk), **given)
    desk.move(BOOKING, dinner, row(desk, BOOKING, dinner)["version"], "done")
    ((made,),) = reader.execute("select id from consumption where gone is null").fetchall()
    kept = row(desk, CONSUMPTION, made)
    assert (kept["person_id"], kept["account_id"], kept["booking_id"], kept["outlet"], kept["covers"], kept["amount"], kept["hosted"]) == (host, firm, dinner, "听泉", 10, 1880_00, 1)
    desk.undo()
    assert reader.execute("select count(*) from consumption where gone is null").fetchone()[0] == 0
    rooms = added(desk, BOOKING, kind="room", hotel_id=hotel_of(desk), **given)
    desk.move(BOOKING, rooms, row(desk, BOOKING, rooms)["version"], "done")
    assert reader.execute("select count(*) from consumption where gone is null").fetchone()[0] == 0, "nobody eats in a booking of rooms"
    sound(desk.store)


# one stay


def test_a_stay_says_what_it_came_to_and_where_its_row_came_from(desk: Desk, reader: Any, tmp_path: Path) -> None:
    here = hotel_of(desk)
    file = csv_file(tmp_path / "pms.csv", ("预订号", "抵店", "离店", "房价", "状态", "账单号", "餐饮消费", "酒店"), ("B77", "2026-11-10", "2026-11-12", "500", "Check-Out", "F900", "120.50", "City Hotel"))
    imported(desk, file, STAY)
    (made,) = (found[0] for found in reader.execute("select id from stay where booking_no = 'B77'").fetchall())
    kept = row(desk, STAY, made)
    assert (kept["folio"], kept["meals_spent"], kept["hotel_id"]) == ("F900", 120_50, here)
    said = {each.label.source: (each.value, say(each.note)) for each in stays.figures(reader, "stay", made, DAY)}
    assert said["Spent in this stay"] == ("1,120.50", "rooms 1,000.00, meals 120.50, other 0.00")
    assert said["Where its row came from"][0] == "pms.csv"
    change(desk, STAY, made, meals_spent=130_00)
    guest = added(desk, PERSON, name="霍明翊")
    change(desk, STAY, made, guest_id=guest)
    said = {each.label.source: (each.value, say(each.note)) for each in stays.figures(reader, "stay", made, DAY)}
    assert "put right 2 times" in said["Where its row came from"][1]


# the cards of tomorrow


def test_each_department_gets_the_cards_of_whom_it_has_to_know_something(desk: Desk, reader: Any) -> None:
    guests = {name: added(desk, PERSON, name=name, vip=vip) for name, vip in (("丙", ""), ("甲", "V1"), ("乙", ""))}
    stays_of = {name: stay(desk, "2026-11-19", "2026-11-20", guest_id=guest, status="Booked") for name, guest in guests.items()}
    added(desk, PREFERENCE, person_id=guests["乙"], name="花生过敏", polarity="never", kind="food", allergen="peanut")
    stay(desk, "2026-11-19", "2026-11-20", guest_id=guests["甲"], status="Canceled")
    assert queries.cards_of(reader, "2026-11-19") == [
        ("front", stays_of["甲"]), ("front", stays_of["乙"]), ("rooms", stays_of["甲"]), ("kitchen", stays_of["乙"]),
    ]  # fmt: skip


def test_the_sample_hotel_has_them(hotel: Hotel) -> None:
    use("zh_CN")
    assert len([one for one in hotel.house.all(COMPANION) if one["person_id"] == hotel.ids["阿依努尔·买合木提"]]) == 6
    for record in (COMPANION, ATTENTION, KEY_DATE, CONSUMPTION):
        for one in hotel.house.all(record):
            assert record.problems(one) == {}
    assert {rules.standing(one["expires"], one["lifted_on"], TODAY) for one in hotel.house.all(ATTENTION)} == {"holds", "ended"}
