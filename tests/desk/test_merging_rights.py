"""Who may make two rows one: whoever approves merges, and only rows that are theirs to work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.clients import actions_alike, queries_alike
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused
from crm_desktop.store.store import Store
from tests.hotel import Hotel, at_its_hour
from tests.samples import account

ACCOUNT, PERSON, RECEIVABLE = record_of("account"), record_of("person"), record_of("receivable")
SELLER, MANAGER, DIRECTOR, CARE, CLERK = "周一禾", "陆行舟", "沈知渝", "方予安", "高澄"


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


def two(store: Store, hotel: Hotel, owner: str, owing: bool = False) -> list[Row]:
    """Two companies of one seller; `owing`: the second has bills, otherwise no rows in that area."""
    owed = {each["account_id"] for each in hotel.house.all(RECEIVABLE)}
    mine = [each for each in hotel.house.all(ACCOUNT) if each["owner_id"] == hotel.ids[owner] and each["kind"] == "company" and each["parent_id"] is None]
    free = [each for each in mine if each["id"] not in owed]
    return [free[0], next(each for each in mine if each["id"] in owed) if owing else free[1]]


def join(desk: Desk, kept: Row, lost: Row, **values: Any) -> int:
    done = merging.merge(desk, ACCOUNT, *(pair(desk.store, each) for each in (kept, lost)), values)
    return next(row_id for table, row_id in done.rows if table == "merged")


def pair(store: Store, row: Row) -> tuple[int, int]:
    return row["id"], store.writer.execute("select version from account where id = ?", (row["id"],)).fetchone()[0]


def living(store: Store, row: Row) -> bool:
    return bool(store.writer.execute("select gone is null from account where id = ?", (row["id"],)).fetchone()[0])


@pytest.mark.parametrize("name", [SELLER, CLERK])
def test_it_takes_the_level_for_it(house: Store, hotel: Hotel, name: str) -> None:
    kept, lost = two(house, hotel, SELLER)
    with pytest.raises(Refused, match="above your level"):
        join(desk_of(house, hotel, name), kept, lost)
    merge_id = join(desk_of(house, hotel, DIRECTOR), kept, lost)
    with pytest.raises(Refused, match="above your level"):
        merging.unmerge(desk_of(house, hotel, name), merge_id)
    assert not living(house, lost)
    merging.unmerge(desk_of(house, hotel, DIRECTOR), merge_id)
    assert living(house, lost)


def test_a_manager_merges_the_teams_clients_only(house: Store, hotel: Hotel) -> None:
    manager = desk_of(house, hotel, MANAGER)
    kept, lost = two(house, hotel, SELLER)
    merging.unmerge(manager, join(manager, kept, lost))
    for one, other in (two(house, hotel, "许棠"), [two(house, hotel, SELLER)[1], two(house, hotel, "许棠")[1]]):
        with pytest.raises(Refused, match="colleague's work"):
            join(manager, one, other)
        assert living(house, other)


def test_what_moves_must_be_ones_own_to_change(house: Store, hotel: Hotel) -> None:
    kept, lost = two(house, hotel, SELLER, owing=True)
    with pytest.raises(Refused, match="may not change"):
        join(desk_of(house, hotel, CARE), kept, lost)
    assert living(house, lost)
    join(desk_of(house, hotel, DIRECTOR), kept, lost)
    assert not living(house, lost)


def test_what_is_not_seen_fills_gaps_and_is_never_chosen(house: Store, hotel: Hotel) -> None:
    director, care = desk_of(house, hotel, DIRECTOR), desk_of(house, hotel, CARE)
    kept, lost = ({"id": account(director, name)} for name in ("One", "Other"))
    hidden = next(name for name in sorted(care.rights.masked(ACCOUNT)) if ACCOUNT.by_name[name].kind.name == "MONEY")
    director.save(ACCOUNT, *pair(house, lost), {hidden: 5_000_000})
    both = pair(house, kept), pair(house, lost)
    with pytest.raises(Refused, match="does not see all of these values"):
        merging.merge(care, ACCOUNT, *both, {hidden: 1})
    merge_id = next(row_id for table, row_id in merging.merge(care, ACCOUNT, *both).rows if table == "merged")
    assert _value(house, hidden, kept) == 5_000_000
    merging.unmerge(care, merge_id)
    assert (_value(house, hidden, kept), _value(house, hidden, lost)) == (0, 5_000_000)


def _value(store: Store, name: str, row: Row) -> Any:
    return store.writer.execute(f"select {name} from account where id = ?", (row["id"],)).fetchone()[0]


def test_two_are_told_apart_by_whoever_works_on_clients(house: Store, hotel: Hotel) -> None:
    kept, lost = two(house, hotel, SELLER)
    with pytest.raises(Refused):
        merging.not_the_same(desk_of(house, hotel, "樊守味"), ACCOUNT, kept["id"], lost["id"])
    merging.not_the_same(desk_of(house, hotel, CARE), ACCOUNT, kept["id"], lost["id"])
    assert house.writer.execute("select count(*) from different where gone is null").fetchone()[0] == 1


def test_whoever_may_not_merge_asks_and_the_wish_is_settled_with_the_merge(house: Store, hotel: Hotel) -> None:
    kept, lost = two(house, hotel, SELLER)
    seller, boss = desk_of(house, hotel, SELLER), desk_of(house, hotel, MANAGER)
    one, other = (seller.get(ACCOUNT, each["id"]) for each in (kept, lost))
    assert one is not None
    assert other is not None
    asked = actions_alike.merge(seller, ACCOUNT, one, other, {})
    assert isinstance(asked, actions_alike.Asked)
    assert (asked.name, living(house, lost)) == (MANAGER, True)
    (wish,) = queries_alike.wishes(house.writer, house.records)
    assert ({wish.one, wish.other}, SELLER in wish.words) == ({kept["id"], lost["id"]}, True)
    record, first = queries_alike.pairs(house.writer, house.records, lambda *_: None)[0]
    assert (record, {first.one["id"], first.other["id"]}) == (ACCOUNT, {kept["id"], lost["id"]})
    done = actions_alike.merge(boss, ACCOUNT, one, other, {})
    assert not living(house, lost)
    assert queries_alike.wishes(house.writer, house.records) == []
    merging.unmerge(boss, next(row_id for table, row_id in done.rows if table == "merged"))
    assert living(house, lost)
    assert queries_alike.wishes(house.writer, house.records) == [], "what was decided stays decided"
