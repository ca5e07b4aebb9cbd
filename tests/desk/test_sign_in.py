"""Signing in at the desk: who gets a password, who stands by a large export, and what the log says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.desk import sign_in
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.exports import Asked, permit, permit_copy, told
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.record import rights
from crm_desktop.record.rights import Hat, Rights
from crm_desktop.record.text import Refused
from crm_desktop.store import history, keys, wraps
from crm_desktop.store.store import Store
from crm_desktop.store.wraps import WrongPassword
from tests.hotel import Hotel, at_its_hour

DIRECTOR, SELLER, MANAGER = "沈知渝", "周一禾", "陆行舟"
WORDS = "correct horse battery"
pytestmark = pytest.mark.usefixtures("cheap_passwords")


class Ring:
    """A keyring that keeps what it is given; `open` false: it is there and refuses."""

    def __init__(self, *, open: bool = True) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self._open = open

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        if not self._open:
            raise RuntimeError("locked")
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def house(hotel: Hotel, tmp_path: Path) -> Iterator[Store]:
    with at_its_hour(), Store(hotel.copy(tmp_path / "hotel.db"), RECORDS) as store:
        yield store


def desk_of(store: Store, hotel: Hotel, name: str = "") -> Desk:
    settings = Settings()
    settings.person = hotel.ids[name] if name else 0
    desk = Desk(store, "nobody")
    desk.sit(settings)
    return desk


def closed(store: Store, hotel: Hotel) -> tuple[Desk, str]:
    """The data closed with the director's password; her desk and the recovery key."""
    desk, printed = desk_of(store, hotel), wraps.new_recovery()
    sign_in.begin(desk, hotel.ids[DIRECTOR], "shenzhiyu", WORDS, printed)
    return desk_of(store, hotel, DIRECTOR), printed


def test_the_first_password_is_of_somebody_who_can_give_the_others_theirs(house: Store, hotel: Hotel) -> None:
    desk = desk_of(house, hotel)
    with pytest.raises(Refused, match="gives log-ins and roles"):
        sign_in.begin(desk, hotel.ids[SELLER], "zhouyihe", WORDS, wraps.new_recovery())
    with pytest.raises(Refused, match="at least 8"):
        sign_in.begin(desk, hotel.ids[DIRECTOR], "shenzhiyu", "short", wraps.new_recovery())
    assert not sign_in.is_locked(house.path)
    assert desk.rights.open
    director, _ = closed(house, hotel)
    assert sign_in.is_locked(house.path)
    assert not desk_of(house, hotel).rights.hats  # nobody in particular sees nothing any more
    assert director.rights.hats[0].role == rights.DOSM
    with pytest.raises(Refused, match="set already"):
        sign_in.begin(director, hotel.ids[DIRECTOR], "shenzhiyu", WORDS, wraps.new_recovery())


def test_signing_in_and_what_the_log_says(house: Store, hotel: Hotel) -> None:
    desk, _ = closed(house, hotel)
    with pytest.raises(WrongPassword):
        sign_in.open_with_password(house.path, "shenzhiyu", "wrong one")
    session = sign_in.open_with_password(house.path, "ShenZhiyu", WORDS)
    assert (session.person, session.wrong) == (hotel.ids[DIRECTOR], 1)
    sign_in.told(desk, session)
    assert [entry.action for entry in history.newest(house.writer, house.by_key)][:2] == ["Signed in after wrong passwords", "Password set"]


def test_too_many_wrong_passwords_must_wait(house: Store, hotel: Hotel) -> None:
    closed(house, hotel)
    for _ in range(3):
        with pytest.raises(WrongPassword):
            sign_in.open_with_password(house.path, "shenzhiyu", "wrong one")
    with pytest.raises(Refused, match="Too many"):
        sign_in.open_with_password(house.path, "shenzhiyu", WORDS)


def test_passwords_are_given_and_taken_by_those_who_may(house: Store, hotel: Hotel) -> None:
    director, _ = closed(house, hotel)
    seller = hotel.ids[SELLER]
    sign_in.give(director, seller, "the seller's own")
    assert sign_in.open_with_password(house.path, "zhouyihe", "the seller's own").person == seller
    own = desk_of(house, hotel, SELLER)
    sign_in.give(own, seller, "another of mine")
    with pytest.raises(Refused, match="give log-ins and roles"):
        sign_in.give(own, hotel.ids[DIRECTOR], "not mine to give")
    with pytest.raises(Refused):
        sign_in.take(own, hotel.ids[DIRECTOR])
    with pytest.raises(Refused, match="only one who can give"):
        sign_in.take(director, hotel.ids[DIRECTOR])
    sign_in.take(director, seller)
    with pytest.raises(WrongPassword):
        sign_in.open_with_password(house.path, "zhouyihe", "another of mine")
    with pytest.raises(Refused, match="no log-in name"):
        sign_in.give(director, hotel.ids["石固"], "a good password")


def test_the_recovery_key_gives_somebody_a_new_password(house: Store, hotel: Hotel) -> None:
    desk, printed = closed(house, hotel)
    keys._unlocked.clear()
    with pytest.raises(Refused, match="Nobody here"):
        sign_in.recover(house.path, printed, "somebody", "a new password")
    assert not keys.unlocked()
    session = sign_in.recover(house.path, printed, "shenzhiyu", "a new password")
    assert (session.person, session.recovered) == (hotel.ids[DIRECTOR], True)
    assert sign_in.open_with_password(house.path, "shenzhiyu", "a new password").person == hotel.ids[DIRECTOR]
    sign_in.told(desk, session)
    assert history.newest(house.writer, house.by_key)[0].action == "Opened with the recovery key"


def test_the_keyring_of_the_system(house: Store, hotel: Hotel) -> None:
    desk, _ = closed(house, hotel)
    ring = Ring()
    with pytest.raises(Refused, match="no keyring"):
        sign_in.let_keyring_in(desk, None)
    with pytest.raises(Refused, match="did not keep"):
        sign_in.let_keyring_in(desk, Ring(open=False))
    assert not wraps.has_device(house.keys.database_id, desk.signed_in)
    sign_in.let_keyring_in(desk, ring)
    assert house.keys.secret not in ring.kept.values()
    assert sign_in.open_with_device(house.path, desk.signed_in, ring).person == hotel.ids[DIRECTOR]
    sign_in.let_keyring_out(desk, ring)
    assert not ring.kept
    with pytest.raises(Refused, match="any more"):
        sign_in.open_with_device(house.path, desk.signed_in, ring)


def test_a_second_person_stands_by_with_their_own_password(house: Store, hotel: Hotel) -> None:
    director, _ = closed(house, hotel)
    sign_in.give(director, hotel.ids[SELLER], "the seller's own")
    sign_in.give(director, hotel.ids[MANAGER], "the manager's own")
    seller = desk_of(house, hotel, SELLER)
    assert sign_in.second(seller, "luxingzhou", "the manager's own", "export") == MANAGER
    with pytest.raises(Refused, match="not the same one twice"):
        sign_in.second(seller, "zhouyihe", "the seller's own", "export")
    with pytest.raises(Refused, match="ask a manager"):
        sign_in.second(director, "zhouyihe", "the seller's own", "export")


def test_what_leaves_the_house_needs_a_right_a_reason_or_a_second_person() -> None:
    account, seller = record_of("account"), Rights([Hat(1, "x", rights.SELLER)])
    permit(seller, account, 200)
    with pytest.raises(Asked, match="what for") as asked:
        permit(seller, account, 201)
    assert not asked.value.second
    permit(seller, account, 201, "year-end letters")
    with pytest.raises(Asked, match="second person"):
        permit(seller, account, 2_001, "year-end letters")
    permit(seller, account, 2_001, "year-end letters", MANAGER)
    with pytest.raises(Refused, match="may not export"):
        permit(seller, record_of("stay"), 1)
    assert told("letters ", MANAGER) == f"letters ({MANAGER})"
    permit_copy(seller, 200)
    with pytest.raises(Asked, match="second person"):
        permit_copy(seller, 2_001, "for the road")
    permit_copy(seller, 2_001, "for the road", MANAGER)
    with pytest.raises(Refused, match="nothing out of the house"):
        permit_copy(Rights([Hat(1, "x", rights.KITCHEN)]), 1, "for the road", MANAGER)


def test_a_sensitive_value_is_shown_for_a_purpose_which_is_logged(house: Store, hotel: Hotel) -> None:
    seller = desk_of(house, hotel, SELLER)
    mine = next(row for row in hotel.house.all(record_of("account")) if row["owner_id"] == hotel.ids[SELLER] and row["credit_limit"])
    with pytest.raises(Refused, match="what for"):
        seller.reveal(record_of("account"), mine["id"], "credit_limit", " ")
    assert seller.reveal(record_of("account"), mine["id"], "credit_limit", "the client asks") == mine["credit_limit"]
    entry = history.newest(house.writer, house.by_key)[0]
    assert (entry.action, entry.who) == ("Sensitive value shown", SELLER)
    assert str(mine["credit_limit"]) not in entry.source
    cook = desk_of(house, hotel, "樊守味")
    with pytest.raises(Refused, match="does not see"):
        cook.reveal(record_of("account"), mine["id"], "credit_limit", "curious")


def test_a_log_in_needs_a_role_and_is_nobody_elses(house: Store, hotel: Hotel) -> None:
    desk = desk_of(house, hotel, DIRECTOR)
    with pytest.raises(Refused, match="needs a role"):
        desk.save(STAFF, hotel.ids["石固"], 1, {"login": "shigu"})
    with pytest.raises(Refused, match="already has this"):
        desk.save(STAFF, hotel.ids["石固"], 1, {"login": "zhouyihe", "role": rights.SELLER})
