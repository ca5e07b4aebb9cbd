"""The sample hotel holds what it promises: every number of the day, of the money, of the clients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.demo import clients, people
from crm_desktop.duties.bookings import queries as bookings
from crm_desktop.duties.clients import rules as birthdays
from crm_desktop.duties.clients.records import ACCOUNT, PERSON, right_credit_code
from crm_desktop.duties.clients.records_roles import ROLE
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.receivables.queries import account_money
from crm_desktop.duties.receivables.records import PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.duties.receivables.rules import bucket
from crm_desktop.duties.stays import queries
from crm_desktop.duties.stays.records import STAY
from crm_desktop.duties.vip import queries as receptions
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.dates import add_days, days_between, set_clock
from crm_desktop.record.record import Row
from crm_desktop.record.text import say
from crm_desktop.store import pages
from crm_desktop.store.store import Store
from tests.hotel import NOW, TODAY, Hotel, at_its_hour
from tests.samples import RECORDS, sound


@pytest.fixture
def sample(hotel: Hotel, tmp_path: Path) -> Iterator[Store]:
    with at_its_hour(), Store(hotel.copy(tmp_path / "demo.db"), RECORDS) as store:
        yield store


@pytest.fixture
def look(sample: Store) -> Iterator[Any]:
    with closing(sample.open_reader()) as reader:
        yield reader


def day(offset: int) -> str:
    return add_days(TODAY, offset)


# the house


def test_the_house_today(look: Any) -> None:
    counts = {which: queries.daily(look, which, TODAY).totals["bookings"] for which in ("in-house", "arrivals", "departures")}
    assert counts == {"in-house": 191, "arrivals": 64, "departures": 58}
    totals = queries.daily(look, "in-house", TODAY).totals
    assert (totals["adults"], totals["children_babies"]) == (274, 9)
    assert Counter(row["status"] for row in queries.daily(look, "arrivals", TODAY).rows) == {"Booked": 42, "In-House": 22}
    assert Counter(row["status"] for row in queries.daily(look, "departures", TODAY).rows) == {"Check-Out": 55, "In-House": 3}


def test_whose_the_guests_in_house_are(look: Any) -> None:
    lines = {line.label.source: line.count for line in queries.today(look, TODAY, None)}
    assert lines == {
        "Arrivals": 64, "In house": 191, "Departures": 58, "Agreement guests": 88, "Groups in house": 46, "Groups arriving": 28, "Long stays": 11, "Day use": 4,
        "Late check-outs": 3,
    }  # fmt: skip
    said = {line.label.source: str(line.amount) for line in queries.today(look, TODAY, None) if line.amount}
    assert said == {"In house": "71.3 %", "Agreement guests": "of 41 companies", "Groups in house": "2 groups", "Groups arriving": "one group"}


def test_of_what_levels_vips_arrive_and_whose_the_private_rooms_are(look: Any) -> None:
    lines = [*receptions.today(look, TODAY, None), *bookings.today(look, TODAY, None)]
    assert {line.label.source: say(line.amount) for line in lines if line.label.source in ("Arriving", "Private rooms")} == {
        "Arriving": "V3 1 · V4 2 · V5 4", "Private rooms": "13 of 16 rooms · 3 of class A",
    }  # fmt: skip


def test_who_should_have_left_is_late_from_noon_on(look: Any) -> None:
    set_clock(NOW.replace(hour=9))
    (morning,) = (line for line in queries.today(look, TODAY, None) if line.label.source == "Still to leave")
    assert (morning.count, morning.tone) == (3, "")
    set_clock(NOW)
    (late,) = (line for line in queries.today(look, TODAY, None) if line.label.source == "Late check-outs")
    assert (late.count, late.tone, late.filters) == (3, "amber", morning.filters)
    assert not [line for line in queries.today(look, day(-1), None) if line.filters[0] == ("departure", "=", day(-1)) and line.group == "guests"]


def test_how_many_have_come_and_gone_by_now(look: Any) -> None:
    notes = {line.label.source: str(line.note) for line in queries.today(look, TODAY, None) if line.group == "house"}
    assert notes == {"Arrivals": "22 arrived", "In house": "274 ad. + 9 ch.", "Departures": "55 left"}


def test_the_arrivals_begin_with_those_to_be_met(look: Any) -> None:
    line = queries.today(look, TODAY, None)[0]
    rows = pages.fetch(look, pages.ListQuery(STAY, line.filters, line.order, columns=("guest_level", "company_id", "agency_id")))
    levels = [str(row[2]) or "~" for row in rows]
    assert levels == sorted(levels)
    assert levels.count("~") < len(levels) == 64
    others = [row for row in rows if not row[2]]
    first_without = next(at for at, row in enumerate(others) if not (row[3] or row[4]))
    assert first_without > 20
    assert not any(row[3] or row[4] for row in others[first_without:])


def in_house(hotel: Hotel) -> list[Row]:
    return [row for row in hotel.house.all(STAY) if row["arrival"] <= TODAY < row["departure"] and row["status"] in ("Booked", "In-House")]


def test_who_is_in_house(hotel: Hotel) -> None:
    agreed = [row for row in in_house(hotel) if row["segment"] == "Corporate"]
    assert (len(agreed), len({row["company_id"] for row in agreed})) == (88, 41)
    assert Counter(row["segment"] for row in in_house(hotel))["Groups"] == 46 + 28
    kinds = {row["id"]: row["type"] for row in hotel.house.all(ACCOUNT)}
    assert sum(kinds.get(row["company_id"]) == "long-stay" for row in in_house(hotel)) == 11


def test_no_room_and_no_guest_is_given_twice(hotel: Hotel) -> None:
    for column in ("room_no", "guest_id"):
        nights: Counter[tuple[str, str]] = Counter()
        for row in hotel.house.all(STAY):
            if row["status"] in ("Canceled", "No-Show") or not row[column]:
                continue
            nights.update((row[column], add_days(row["arrival"], n)) for n in range(days_between(row["arrival"], row["departure"])))
        assert [each for each, count in nights.items() if count > 1] == []


def test_the_silent_key_account(hotel: Hotel) -> None:
    mine = [row for row in hotel.house.all(STAY) if row["company_id"] == hotel.ids["澄籁精密"] and row["status"] == "Check-Out"]
    quarters: Counter[int] = Counter()
    for row in mine:
        quarters[(days_between(row["arrival"], TODAY) - 1) // 91] += days_between(row["arrival"], row["departure"])
    assert [quarters[n] for n in (4, 3, 2, 1, 0)] == [121, 118, 109, 62, 9]
    assert sum(quarters[n] for n in range(4)) < 0.65 * sum(quarters[n] for n in range(4, 8))  # the year before was a good one
    arrivals = sorted({row["arrival"] for row in mine})
    assert arrivals[-1] == day(-47)
    assert round(days_between(arrivals[0], arrivals[-1]) / (len(arrivals) - 1)) == 6


def test_an_unsigned_firm_stayed_nineteen_nights(hotel: Hotel) -> None:
    mine = [row for row in hotel.house.all(STAY) if row["company_id"] == hotel.ids["青垧新材"]]
    assert sum(days_between(row["arrival"], row["departure"]) for row in mine) == 19
    assert len({row["guest_id"] for row in mine}) == 5
    assert min(row["arrival"] for row in mine) > day(-60)


def test_the_organiser_over_its_limit_has_22400_unbilled(hotel: Hotel) -> None:
    mine = [row for row in in_house(hotel) if row["company_id"] == hotel.ids["沐棹会展"]]
    assert sum(row["rate"] * days_between(row["arrival"], TODAY) for row in mine) == 22_400_00


def test_about_as_much_as_a_hotel_has(hotel: Hotel) -> None:
    rows = {record.key: len(hotel.house.all(record)) for record in (ACCOUNT, PERSON, RECEIVABLE, VIP_STAY, PREFERENCE)}
    assert rows == {"account": 300, "person": 5_820, "receivable": 1_900, "vip_stay": 96, "preference": 1_150}
    assert 23_000 < len(hotel.house.all(STAY)) < 25_000


# people


def test_clients_by_type_class_and_seller(hotel: Hotel) -> None:
    rows, names = hotel.house.all(ACCOUNT), {row["id"]: row["name"] for row in hotel.house.rows["staff"]}
    for column, wanted in (("type", clients.TYPES), ("level", clients.CLASSES), ("relation", clients.RELATIONS)):
        assert Counter(row[column] for row in rows) == wanted
    assert Counter(names[row["owner_id"]] for row in rows) == clients.SELLERS
    industries = Counter(row["industry"] for row in rows)
    assert {name: industries[name] for name in clients.INDUSTRIES} == clients.INDUSTRIES
    left = 1  # the booker who has gone
    assert Counter(row["role"] == "guest" for row in hotel.house.all(PERSON)) == {True: people.GUESTS + left, False: people.CONTACTS - left}
    assert len(hotel.house.all(ROLE)) == people.CONTACTS


def test_invented_numbers_are_well_formed_and_nobodys(hotel: Hotel) -> None:
    codes = [row["credit_code"] for row in hotel.house.all(ACCOUNT) if row["credit_code"]]
    assert all(right_credit_code(code) and code[2:8] == "990000" for code in codes)
    assert len(set(codes)) == len(codes) > 250
    assert all(row["phone"].startswith("199 0000 ") for row in hotel.house.all(PERSON) if row["phone"])
    assert all(row["email"].endswith("@example.com") for row in hotel.house.all(PERSON) if row["email"])


def test_difficult_names_are_there(hotel: Hotel) -> None:
    assert len(clients.LONG_NAME) == 38
    assert "（" in clients.LONG_NAME
    names = [row["name"] for row in hotel.house.all(PERSON)]
    assert len(names) == len(set(names))
    for name in ("单翊飞", "龑䶮", "阿依努尔·买合木提", "小林 遥", "O'Brien-Şahin", "小鱼🐟爱旅行"):
        assert name in names
    assert max(map(len, names)) == 25
    latin = {row["name"]: row["latin_name"] for row in hotel.house.all(PERSON)}
    assert (latin["单翊飞"], latin["欧阳朝朝"], latin["霍明翊"]) == ("Shan Yifei", "Ouyang Zhaozhao", "Huo Mingyi")


@pytest.mark.parametrize(("offset", "count"), [(0, 1), (1, 3)])
def test_birthdays(hotel: Hotel, offset: int, count: int) -> None:
    keys = birthdays.keys_on(day(offset))
    born = [row for row in hotel.house.all(PERSON) if birthdays.birthday_key(row["birthday"], row["lunar_birthday"]) in keys]
    assert len(born) == count
    if not offset:
        assert born[0]["id"] in {row["guest_id"] for row in in_house(hotel)}


def test_nobody_is_a_chairman_at_thirty(hotel: Hotel) -> None:
    born = {row["name"]: row["birthday"] for row in hotel.house.all(PERSON) if row["birthday"] and any(word in row["position"] for word in ("董事长", "总经理", "行长"))}
    assert len(born) > 3
    assert [name for name, day in born.items() if day > "1985-12-31"] == []


def test_a_birthday_of_a_leap_month(hotel: Hotel) -> None:
    guest = next(row for row in hotel.house.all(PERSON) if row["name"] == "俞闻笛")
    key = birthdays.birthday_key(guest["birthday"], guest["lunar_birthday"])
    assert guest["birthday"] == "1984-12-04"
    assert birthdays.next_birthday(key, TODAY) == "2026-11-20"
    assert birthdays.next_birthday(key, "2025-06-01") == "2025-12-01"


# money


def open_items(hotel: Hotel, client: str = "", currency: str = "CNY") -> list[Row]:
    return [
        row for row in hotel.house.all(RECEIVABLE)
        if row["balance"] and row["currency"] == currency and (not client or row["account_id"] == hotel.ids[client])
    ]  # fmt: skip


def by_bucket(rows: list[Row]) -> list[int]:
    sums = [0] * 5
    for row in rows:
        sums[bucket(max(0, days_between(row["due"], TODAY)))] += row["balance"]
    return sums


def test_what_is_owed(hotel: Hotel) -> None:
    rows = open_items(hotel)
    assert (len(rows), len({row["account_id"] for row in rows})) == (142, 61)
    assert by_bucket(rows) == [1_182_400_00, 486_900_00, 341_200_00, 198_300_00, 277_500_00]
    assert sum(row["balance"] for row in rows) == 2_486_300_00
    assert sum(row["balance"] for row in rows if not row["invoiced"]) == 318_000_00
    assert [row["balance"] for row in open_items(hotel, currency="USD")] == [4_200_00]
    assert sum(row["unapplied"] for row in hotel.house.all(RECEIPT)) == 18_600_00


def test_the_overdue_state_company(hotel: Hotel) -> None:
    rows = open_items(hotel, "越岫城建")
    assert sum(row["balance"] for row in rows) == 262_800_00
    assert by_bucket(rows) == [0, 59_000_00, 0, 51_300_00, 152_500_00]
    promises = [(row["state"], row["due"], row["received"]) for row in hotel.house.all(PROMISE) if row["account_id"] == hotel.ids["越岫城建"]]
    assert promises == [("broken", day(-49), 0), ("part", day(-18), 30_000_00), ("open", "2026-12-15", 0)]


def test_the_claim_that_lapses_in_32_days(hotel: Hotel) -> None:
    (row,) = open_items(hotel, "旭阑置业")
    assert (row["due"], row["balance"]) == ("2023-12-20", 46_000_00)
    assert days_between(TODAY, "2026-12-20") == 32


def test_the_limit_that_is_used_up(look: Any, hotel: Hotel) -> None:
    money = account_money(look, hotel.ids["沐棹会展"], TODAY)
    assert money is not None
    terms = (money.exposure.open, money.exposure.unbilled, money.exposure.coming, money.exposure.deposits)
    assert (money.limit, terms) == (200_000_00, (148_000_00, 22_400_00, 96_000_00, 30_000_00))
    assert (money.exposure.total, money.headroom, money.light) == (236_400_00, -36_400_00, "red")


def test_promises_of_today(hotel: Hotel) -> None:
    rows = [row for row in hotel.house.all(PROMISE) if row["due"] == TODAY and row["state"] == "open"]
    assert (len(rows), sum(row["amount"] for row in rows)) == (3, 61_500_00)


def test_an_instalment_was_missed(hotel: Hotel) -> None:
    rows = open_items(hotel, "棠溪旅行社")
    assert [(row["due"], row["balance"]) for row in rows] == [(day(at), 20_000_00) for at in (-3, 27, 57, 87)]


# receptions and facts


def test_vips_by_level(hotel: Hotel) -> None:
    rows = hotel.house.all(VIP_STAY)
    assert Counter(row["level"] for row in rows) == {"V1": 1, "V2": 6, "V3": 17, "V4": 30, "V5": 42}
    here = [row for row in rows if row["stage"] == "in-house" and row["arrival"] <= TODAY < row["departure"]]
    assert Counter(row["level"] for row in here) == {"V2": 1, "V3": 2, "V4": 5, "V5": 11}
    assert Counter(row["level"] for row in rows if row["arrival"] == TODAY and row["stage"] == "preparing") == {"V3": 1, "V4": 2, "V5": 4}
    assert sum(row["arrival"] == TODAY and row["stage"] != "refused" for row in rows) == 7  # as *Today* counts them
    assert all(row["arrival_time"] <= "13:15" for row in rows if row["arrival"] == TODAY and row["stage"] == "in-house")
    assert {row["stage"] for row in rows} == {"applied", "approved", "preparing", "in-house", "departed", "reviewed", "refused"}


def test_a_vip_is_where_the_register_says(hotel: Hotel) -> None:
    stays = {(row["guest_id"], row["arrival"], row["departure"], row["room_no"]) for row in hotel.house.all(STAY)}
    official = hotel.ids["督查组联络人 戚科"]
    missing = [row for row in hotel.house.all(VIP_STAY) if (row["guest_id"], row["arrival"], row["departure"], row["room_no"]) not in stays]
    assert {row["guest_id"] for row in missing} == {official}


def test_steps_lead_to_where_each_reception_stands(hotel: Hotel) -> None:
    at: dict[int, list[Row]] = {}
    for step in hotel.house.rows["step"]:
        at.setdefault(step["row"], []).append(step)
    for row in hotel.house.all(VIP_STAY):
        steps = at.get(row["id"], [])
        assert [step["after"] for step in steps][-1:] == ([row["stage"]] if row["stage"] != "applied" else [])
        assert [step["at"] for step in steps] == sorted(step["at"] for step in steps)
        assert all(step["at"] <= f"{TODAY}T05:15" for step in steps)


def test_facts(hotel: Hotel) -> None:
    rows = hotel.house.all(PREFERENCE)
    assert sum(row["polarity"] == "never" for row in rows) == 31
    assert sum(bool(row["allergen"]) for row in rows) == 9
    assert 100 < sum(row["told_on"] < day(-730) for row in rows) < 250
    assert len({(row["person_id"], row["name"]) for row in rows}) > 1_100


# the file


def test_the_database_is_sound(sample: Store) -> None:
    sound(sample)


def test_every_row_could_have_been_typed(hotel: Hotel) -> None:
    with at_its_hour():
        wrong = [(record.key, row, found) for record in hotel.house.records.values() for row in hotel.house.all(record) if (found := record.problems(row))]
    assert wrong == []


def test_the_house_has_its_rooms_halls_and_departments(hotel: Hotel) -> None:
    kinds = {row["id"]: row["code"] for row in hotel.house.rows["room_type"]}
    rooms = {row["name"]: kinds[row["type_id"]] for row in hotel.house.rows["room"]}
    assert Counter(rooms.values()) == {"SK": 96, "ST": 104, "EK": 40, "ES": 22, "FM": 4, "PS": 2}
    assert {row["room_no"]: row["room_assigned"] for row in in_house(hotel) if row["room_no"]}.items() <= rooms.items()
    assert Counter(row["kind"] for row in hotel.house.rows["venue"]) == {"private-room": 16, "hall": 5, "meeting": 5, "outlet": 3, "lawn": 1}
    named = {row["name"] for row in hotel.house.rows["department"]}
    assert {row["department"] for row in hotel.house.rows["staff"]} == named


def test_what_is_paid_comes_from_receipts(hotel: Hotel) -> None:
    applied: Counter[int] = Counter()
    for row in hotel.house.rows["application"]:
        applied[row["receivable_id"]] += row["amount"]
        applied[row["receipt_id"]] += row["amount"]
    assert [row["document_no"] for row in hotel.house.all(RECEIVABLE) if applied[row["id"]] != row["paid"]] == []
    twice = [row["amount"] for row in hotel.house.all(RECEIPT) if applied[row["id"]] != row["applied"]]
    assert twice == [9_800_00]
