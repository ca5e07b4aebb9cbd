"""A client's class is changed by whoever approves classes; a seller asks, and the nearest one above has it to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.desk import mass
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients import actions
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.record.text import Refused
from crm_desktop.store.store import Store
from tests.hotel import Hotel, at_its_hour
from tests.samples import account, row

SELLER, MANAGER, DIRECTOR = "周一禾", "陆行舟", "沈知渝"


@pytest.fixture
def house(hotel: Hotel, tmp_path: Path) -> Iterator[Store]:
    with at_its_hour(), Store(hotel.copy(tmp_path / "hotel.db"), RECORDS) as store:
        yield store


def desk_of(store: Store, hotel: Hotel, name: str) -> Desk:
    settings = Settings()
    settings.person = hotel.ids[name]
    desk = Desk(store, "nobody")
    desk.sit(settings)
    return desk


def test_no_seller_changes_a_class_in_any_way(house: Store, hotel: Hotel) -> None:
    desk, where = desk_of(house, hotel, SELLER), hotel.ids["澄籁精密"]
    before = row(desk, ACCOUNT, where)
    assert actions.class_problem(desk) is not None
    for change in (
        lambda: actions.take_class(desk, where, before["version"], "B", "少"), lambda: actions.take_classes(desk, [(where, before["version"], "B", "少")]),
        lambda: desk.save(ACCOUNT, where, before["version"], {"level": ""}), lambda: mass.change(desk, ACCOUNT, [where], {"level": "B"}),
    ):
        with pytest.raises(Refused, match=r"above your level|cannot take this"):
            change()
    assert row(desk, ACCOUNT, where) == before
    new = account(desk, "一家新客户", level="D", owner_id=hotel.ids[SELLER])  # the first one is theirs to give
    with pytest.raises(Refused, match="above your level"):
        desk.save(ACCOUNT, new, 1, {"level": "A"})


def test_who_is_asked_has_it_to_do(house: Store, hotel: Hotel) -> None:
    desk, where = desk_of(house, hotel, SELLER), hotel.ids["澄籁精密"]
    change, asked = actions.ask_classes(desk, [("澄籁精密", where, "B", "近 12 个月 189,050.00"), ("另一家", where, "C", "少")])
    task = row(desk_of(house, hotel, DIRECTOR), FOLLOW_UP, next(row_id for table, row_id in change.rows if table == "follow_up"))
    assert (asked, task["owner_id"], task["account_id"], task["due"]) == (MANAGER, hotel.ids[MANAGER], where, "2026-11-18")
    assert "189,050.00" in str(task["name"])
    boss = desk_of(house, hotel, MANAGER)
    assert actions.class_problem(boss) is None
    actions.take_class(boss, where, row(boss, ACCOUNT, where)["version"], "B", "少")
    assert row(desk, ACCOUNT, where)["level"] == "B"
