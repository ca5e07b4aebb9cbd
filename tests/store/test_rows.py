"""Rows inside one change: guarded by their version, their sums kept, their past noted."""

from __future__ import annotations

import random
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.text import Text
from crm_desktop.store import rows
from crm_desktop.store.rows import Stale
from tests.samples import account, added, change, remove, row, sound, stay


def test_a_save_names_the_version_it_read(desk: Desk) -> None:
    orient = account(desk, "Orient", city="Shanghai")
    change(desk, ACCOUNT, orient, city="Beijing")
    with pytest.raises(Stale) as stale:
        desk.save(ACCOUNT, orient, 1, {"name": "Mine"})
    assert stale.value.theirs is not None
    assert (stale.value.theirs["city"], stale.value.theirs["version"]) == ("Beijing", 2)
    assert "changed this record meanwhile" in str(stale.value)
    assert row(desk, ACCOUNT, orient)["name"] == "Orient"


@pytest.mark.parametrize("act", [lambda desk, i: desk.save(ACCOUNT, i, 1, {"name": "x"}), lambda desk, i: desk.remove(ACCOUNT, i, 1)], ids=["save", "remove"])
def test_a_removed_row_is_not_changed(desk: Desk, act: Any) -> None:
    orient = account(desk, "Orient")
    remove(desk, ACCOUNT, orient)
    with pytest.raises(Stale, match="removed meanwhile") as stale:
        act(desk, orient)
    assert stale.value.theirs is None


def test_a_removal_names_the_version_it_read(desk: Desk) -> None:
    orient = account(desk, "Orient")
    change(desk, ACCOUNT, orient, city="Beijing")
    with pytest.raises(Stale):
        desk.remove(ACCOUNT, orient, 1)
    assert desk.get(ACCOUNT, orient) is not None


def test_a_stale_conflict_shows_names_of_references(desk: Desk) -> None:
    orient = account(desk, "Orient")
    guest = added(desk, PERSON, name="Zhang San")
    change(desk, PERSON, guest, account_id=orient)
    with pytest.raises(Stale) as stale:
        desk.save(PERSON, guest, 1, {"name": "x"})
    assert stale.value.theirs is not None
    assert stale.value.theirs["account_id.name"] == "Orient"


def test_a_row_for_people_has_the_names_of_its_references(desk: Desk, reader: Any) -> None:
    orient = account(desk, "Orient")
    one = stay(desk, company_id=orient)
    found = rows.get(reader, STAY, one)
    assert found is not None
    assert (found["company_id"], found["company_id.name"], found["agency_id.name"], found["hotel_id.name"]) == (orient, "Orient", None, "City Hotel")
    worked = {f.name for f in STAY.worked}
    assert set(found) == {"id", "version", "gone", *STAY.columns, *(f"{f.name}.name" for f in STAY.references())} | worked
    remove(desk, STAY, one)
    assert rows.get(reader, STAY, one) is None
    assert rows.read(reader, STAY, one) is not None
    assert rows.read(reader, STAY, 1) is None


def test_settled_columns_follow(desk: Desk) -> None:
    one = stay(desk, arrival="2026-11-13", departure="2026-11-16", weekend_nights=2, week_nights=1)
    change(desk, STAY, one, departure="2026-11-18")
    found = row(desk, STAY, one)
    assert (found["nights"], found["weekend_nights"], found["week_nights"]) == (5, 2, 3)
    desk.undo()
    found = row(desk, STAY, one)
    assert (found["nights"], found["weekend_nights"], found["week_nights"]) == (3, 2, 1)
    sound(desk.store)


def test_nobody_writes_derived_columns(desk: Desk) -> None:
    orient = account(desk, "Orient")
    stay(desk, company_id=orient)
    before = row(desk, ACCOUNT, orient)
    change(desk, ACCOUNT, orient, city="Beijing")
    after = row(desk, ACCOUNT, orient)
    assert {name: after[name] for name in ("stays", "nights", "revenue", "last_stay")} == {
        name: before[name] for name in ("stays", "nights", "revenue", "last_stay")
    } == {"stays": 1, "nights": 2, "revenue": 100_000, "last_stay": "2026-11-16"}  # fmt: skip


def test_sums_follow_whatever_happens(desk: Desk) -> None:
    chance = random.Random(11)
    clients = [account(desk, f"Client {n}", kind=kind) for n in range(3) for kind in ("agency", "company")]
    guests = [added(desk, PERSON, name=f"Guest {n}") for n in range(2)]
    stays: list[int] = []

    def values() -> dict[str, Any]:
        agency, company = chance.choice([None, *clients[::2]]), chance.choice([None, *clients[1::2]])
        return {
            "agency_id": agency, "company_id": company, "guest_id": chance.choice([None, *guests]), "rate": chance.randint(-500, 9000),
            "arrival": f"2026-11-{chance.randint(10, 15)}", "departure": f"2026-11-{chance.randint(15, 20)}",
            "status": chance.choice(["Check-Out", "Check-Out", "Canceled", "Booked"]),
        }  # fmt: skip

    for at in range(60):
        if at % 3 == 0 or not stays:
            stays.append(stay(desk, **values()))
        elif at % 7 == 0:
            remove(desk, STAY, stays.pop(chance.randrange(len(stays))))
        elif at % 11 == 0:
            desk.undo()
            desk.redo()
        else:
            change(desk, STAY, chance.choice(stays), **values())
    sound(desk.store)


def test_one_change_of_many_rows_is_undone_whole(desk: Desk) -> None:
    first, second = account(desk, "First"), account(desk, "Second")
    with desk.writing(Text("Merged"), source="two clients", reason="the same firm") as writing:
        writing.update(ACCOUNT, first, 1, {"city": "Shanghai"})
        writing.remove(ACCOUNT, second, 1)
        third = writing.add(ACCOUNT, {"name": "Third"})
        writing.update(ACCOUNT, first, 2, {"city": "Beijing"})
    assert (writing.entry.change.count, writing.entry.change.tables, writing.entry.change.source) == (4, {"account"}, "two clients")
    desk.undo()
    assert row(desk, ACCOUNT, first)["city"] == ""
    assert row(desk, ACCOUNT, second)["name"] == "Second"
    assert desk.get(ACCOUNT, third) is None
    sound(desk.store)
    desk.redo()
    assert row(desk, ACCOUNT, first)["city"] == "Beijing"
    assert desk.get(ACCOUNT, second) is None
    assert row(desk, ACCOUNT, third)["name"] == "Third"
    sound(desk.store)


def test_a_row_added_and_changed_in_one_change_is_undone_and_redone(desk: Desk) -> None:
    with desk.writing(Text("Made")) as writing:
        here = writing.add(ACCOUNT, {"name": "First"})
        writing.update(ACCOUNT, here, 1, {"name": "Second"})
    desk.undo()
    assert desk.get(ACCOUNT, here) is None
    sound(desk.store)
    desk.redo()
    assert row(desk, ACCOUNT, here)["name"] == "Second"
    sound(desk.store)


def test_a_row_added_and_removed_in_one_change_stays_away(desk: Desk) -> None:
    with desk.writing(Text("Made")) as writing:
        here = writing.add(ACCOUNT, {"name": "First"})
        writing.remove(ACCOUNT, here, 1)
    desk.undo()
    assert desk.get(ACCOUNT, here) is None
    sound(desk.store)
    desk.redo()
    assert desk.get(ACCOUNT, here) is None
    sound(desk.store)


def test_who_uses_a_row(desk: Desk) -> None:
    orient = account(desk, "Orient")
    records, db = desk.store.records, desk.store.writer
    assert rows.in_use(db, records, "account", orient) is None
    guest = added(desk, PERSON, name="Zhang San", account_id=orient)
    assert rows.in_use(db, records, "account", orient) is PERSON
    remove(desk, PERSON, guest)
    assert rows.in_use(db, records, "account", orient) is None
