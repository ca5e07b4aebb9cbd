"""Who sits here: chosen, found by name, or only the PC's user; and what their new rows begin with."""

from __future__ import annotations

import getpass

import pytest

from crm_desktop.desk import people
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import COLLEAGUE, HOTEL_NAME, SEAT_HOTEL, Settings, keep_with_data
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.vip.records import VIP_STAY
from tests.samples import HOTEL, PERSON, added, change, hotel, remove, row


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "周敏")


def sat(desk: Desk, staff: int = 0, house: int = 0) -> Desk:
    settings = Settings()
    settings.set(COLLEAGUE, staff)
    settings.set(SEAT_HOTEL, house)
    desk.sit(settings)
    return desk


def test_until_there_is_a_colleague_it_is_the_user(desk: Desk) -> None:
    sat(desk)
    assert (desk.person, desk.person_id) == ("周敏", None)
    assert row(desk, FOLLOW_UP, added(desk, FOLLOW_UP, name="x", due="2026-11-20"))["owner_id"] is None


def test_the_colleague_of_the_users_name_is_found(desk: Desk) -> None:
    me = added(desk, STAFF, name="周敏")
    sat(desk)
    assert (desk.person, desk.person_id) == ("周敏", me)
    added(desk, STAFF, name="周敏", code="2")  # two of them: neither is guessed
    sat(desk)
    assert desk.person_id is None


def test_the_chosen_one_is_logged_and_owns_what_is_new(desk: Desk) -> None:
    other = added(desk, STAFF, name="顾言舟")
    added(desk, STAFF, name="周敏")
    sat(desk, other)
    task = added(desk, FOLLOW_UP, name="催发票", due="2026-11-20")
    assert row(desk, FOLLOW_UP, task)["owner_id"] == other
    assert desk.store.writer.execute("select who from change order by id desc limit 1").fetchone()[0] == "顾言舟"


def test_what_was_chosen_by_hand_stays(desk: Desk) -> None:
    me, other = added(desk, STAFF, name="周敏"), added(desk, STAFF, name="顾言舟")
    sat(desk)
    assert row(desk, FOLLOW_UP, added(desk, FOLLOW_UP, name="a", due="2026-11-20", owner_id=other))["owner_id"] == other
    empty = added(desk, FOLLOW_UP, name="b", due="2026-11-20", owner_id=None)
    assert row(desk, FOLLOW_UP, empty)["owner_id"] is None
    change(desk, FOLLOW_UP, empty, name="c")  # only a new row gets an owner
    assert row(desk, FOLLOW_UP, empty)["owner_id"] is None
    assert me != other


def test_the_only_hotel_is_taken_and_one_of_two_must_be_chosen(desk: Desk) -> None:
    guest = added(desk, PERSON, name="霍明翊")
    first = hotel(desk)
    sat(desk)
    given = {"guest_id": guest, "level": "V2", "arrival": "2026-11-18", "departure": "2026-11-19"}
    assert row(desk, VIP_STAY, added(desk, VIP_STAY, **given))["hotel_id"] == first
    second = hotel(desk, "Lake Hotel")
    assert sat(desk).seat.hotel_id is None
    assert sat(desk, 0, second).seat.hotel == "Lake Hotel"
    assert row(desk, VIP_STAY, added(desk, VIP_STAY, **given))["hotel_id"] == second


def test_a_choice_that_is_gone_is_no_choice(desk: Desk) -> None:
    other = added(desk, STAFF, name="顾言舟")
    first = hotel(desk)
    sat(desk, other, first)
    remove(desk, STAFF, other)
    assert sat(desk, other, first).person_id is None
    assert desk.person == "周敏"
    assert people.own(HOTEL, desk.seat) == {}


def test_the_first_row_of_a_hotel_nobody_entered_makes_it(desk: Desk) -> None:
    guest = added(desk, PERSON, name="霍明翊")
    stay = sat(desk).save(VIP_STAY, None, 0, {"guest_id": guest, "level": "V2", "arrival": "2026-11-19", "departure": "2026-11-20"})
    made = dict(stay.rows)
    assert row(desk, HOTEL, row(desk, VIP_STAY, made["vip_stay"])["hotel_id"])["name"] == "Our hotel"
    keep_with_data(desk, HOTEL_NAME, "澜棠大酒店")
    assert row(desk, HOTEL, made["hotel"])["name"] == "澜棠大酒店"
    keep_with_data(desk, HOTEL_NAME, "Lantang")
    assert row(desk, HOTEL, made["hotel"])["name"] == "澜棠大酒店"  # a name somebody gave is theirs to change


def test_with_two_hotels_and_none_chosen_it_is_asked(desk: Desk) -> None:
    guest = added(desk, PERSON, name="霍明翊")
    for name in ("One", "Two"):
        hotel(desk, name)
    with pytest.raises(Invalid, match="Hotel"):
        sat(desk).save(VIP_STAY, None, 0, {"guest_id": guest, "level": "V2", "arrival": "2026-11-19", "departure": "2026-11-20"})
