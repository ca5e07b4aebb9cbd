"""Rights at the desk: what each person of the sample hotel sees through any statement, and may write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.eyes import Eyes
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.rights import Sighted, hats, team
from crm_desktop.desk.settings import HOTEL_NAME, Settings, keep_with_data
from crm_desktop.duties import DUTIES, RECORDS, record_of
from crm_desktop.record import rights
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import history, pages, search, timeline
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel, at_its_hour

ACCOUNT, PERSON, RECEIVABLE, VIP = record_of("account"), record_of("person"), record_of("receivable"), record_of("vip_stay")
SELLER, MANAGER, DIRECTOR, KITCHEN, CLERK, RECEPTION = "周一禾", "陆行舟", "沈知渝", "樊守味", "高澄", "秦苏"
EVERYBODY = ("顾砚秋", DIRECTOR, MANAGER, SELLER, "宋晚晴", "罗青", "方予安", RECEPTION, CLERK, KITCHEN)


@pytest.fixture
def house(hotel: Hotel, tmp_path: Path) -> Iterator[Store]:
    with at_its_hour(), Store(hotel.copy(tmp_path / "hotel.db"), RECORDS) as store:
        yield store


def desk_of(store: Store, hotel: Hotel, name: str) -> Desk:
    settings = Settings()
    settings.person = hotel.ids[name] if name else 0
    desk = Desk(store, "nobody")
    desk.sit(settings)
    return desk


def reader_of(store: Store, hotel: Hotel, name: str) -> Any:
    return closing(Sighted(store.open_reader(), RECORDS, Eyes(hotel.ids[name])))


def count(reader: Any, record: Record) -> int:
    return pages.count(reader, ListQuery(record))


def owned(hotel: Hotel, *names: str) -> int:
    ids = {hotel.ids[name] for name in names}
    return sum(row["owner_id"] in ids or row["owner_id"] is None for row in hotel.house.all(ACCOUNT))


def test_without_people_signing_in_everything_is_as_before(house: Store, hotel: Hotel) -> None:
    desk = desk_of(house, hotel, "")
    assert desk.rights.open
    with closing(Sighted(house.open_reader(), RECORDS, Eyes())) as reader:
        assert count(reader, ACCOUNT) == len(hotel.house.all(ACCOUNT))
        assert not reader.execute("select count(*) from sqlite_temp_master").fetchone()[0]


def test_own_clients_are_found_behind_many_newer_ones_of_colleagues(house: Store, hotel: Hotel) -> None:
    boss = desk_of(house, hotel, "")
    with boss.writing(Text("Filled")) as writing:
        ids = [writing.add(ACCOUNT, {"name": f"{word}公司第百号", "kind": "company", "owner_id": hotel.ids[who]}) for word, who in [("溪石", SELLER), *[("山石", MANAGER)] * (search.POOL + 5)]]
    for name, own in ((SELLER, {ids[0]}), (MANAGER, set(ids[1:]))):
        with reader_of(house, hotel, name) as reader:
            found = {hit.id for hit in search.find(reader, "第百号", 7, (ACCOUNT,))}
            assert found <= own
            assert len(found) == min(7, len(own))


def test_guarded_data_shows_nobody_anything(house: Store) -> None:
    with closing(Sighted(house.open_reader(), RECORDS, Eyes(0, guarded=True))) as reader:
        assert all(count(reader, record) == 0 for record in RECORDS if record.area != rights.ABOUT and record.sortable)


def test_a_seller_sees_their_own_clients_and_what_belongs_to_them(house: Store, hotel: Hotel) -> None:
    with reader_of(house, hotel, SELLER) as mine, closing(house.open_reader()) as all_of_it:
        assert count(mine, ACCOUNT) == owned(hotel, SELLER) < len(hotel.house.all(ACCOUNT))
        sql = "select r.id from receivable as r join account as a on a.id = r.account_id where r.gone is null and (r.owner_id = ? or a.owner_id = ?)"
        expected = {row[0] for row in all_of_it.execute(sql, (hotel.ids[SELLER],) * 2)}
        assert {row[0] for row in mine.execute("select id from receivable where gone is null").fetchall()} == expected
        assert expected
        other = next(row["name"] for row in hotel.house.all(ACCOUNT) if row["owner_id"] == hotel.ids["唐屿"])
        assert search.find(mine, other, 10, [ACCOUNT]) == []
        assert search.find(all_of_it, other, 10, [ACCOUNT])


def test_a_manager_sees_all_and_works_on_the_teams_rows(house: Store, hotel: Hotel) -> None:
    desk = desk_of(house, hotel, MANAGER)
    theirs = next(row for row in hotel.house.all(ACCOUNT) if row["owner_id"] == hotel.ids[SELLER])
    desk.save(ACCOUNT, theirs["id"], 1, {"remark": "called"})
    not_theirs = next(row for row in hotel.house.all(ACCOUNT) if row["owner_id"] == hotel.ids["许棠"])
    with pytest.raises(Refused, match="colleague's work"):
        desk.save(ACCOUNT, not_theirs["id"], 1, {"remark": "called"})
    assert desk.get(ACCOUNT, not_theirs["id"]) is not None


def test_what_is_sensitive_is_masked_everywhere(house: Store, hotel: Hotel) -> None:
    with reader_of(house, hotel, KITCHEN) as cook:
        phones = {row[0] for row in cook.execute("select phone from person").fetchall()}
        assert phones == {"", rights.MASK}
        assert {row[0] for row in cook.execute("select credit_limit from account").fetchall()} == {None}
        listed = pages.fetch(cook, ListQuery(PERSON, columns=("name", "phone")), limit=300)
        assert {row[3] for row in listed} <= {"", rights.MASK}
        never = {row[0] for row in cook.execute("select never from vip_stay").fetchall()}
        assert any("花生" in words for words in never)
    guest = next(row for row in hotel.house.all(PERSON) if row["phone"])
    assert (desk_of(house, hotel, KITCHEN).get(PERSON, guest["id"]) or {})["phone"] == rights.MASK
    assert (desk_of(house, hotel, DIRECTOR).get(PERSON, guest["id"]) or {})["phone"] == guest["phone"]


def test_nobody_saves_over_what_they_do_not_see(house: Store, hotel: Hotel) -> None:
    desk = desk_of(house, hotel, SELLER)
    mine = next(row for row in hotel.house.all(ACCOUNT) if row["owner_id"] == hotel.ids[SELLER])
    with pytest.raises(Refused, match="does not see all of these values"):
        desk.save(ACCOUNT, mine["id"], 1, {"credit_limit": 9_999_999_00})


@pytest.mark.parametrize(
    ("name", "record", "words"),
    [(KITCHEN, "account", "may not add"), (RECEPTION, "receivable", "may not add"), (CLERK, "vip_stay", "may not add"), (SELLER, "staff", "may not add")],
)
def test_a_role_adds_only_where_it_may(house: Store, hotel: Hotel, name: str, record: str, words: str) -> None:
    before = count(house.writer, record_of(record))
    values = {"name": "x", "account_id": None, "amount": 1, "due": TODAY, "bill_date": TODAY, "level": "V5", "arrival": TODAY, "departure": TODAY}
    known = record_of(record)
    with pytest.raises(Refused, match=words), desk_of(house, hotel, name).writing(house_action()) as writing:
        writing.add(known, {field: value for field, value in values.items() if field in known.by_name})
    assert count(house.writer, known) == before


def house_action() -> Any:
    from crm_desktop.desk.desk import ADDED

    return ADDED


def test_nobody_gives_themselves_a_role(house: Store, hotel: Hotel) -> None:
    boss = desk_of(house, hotel, MANAGER)
    me = hotel.ids[MANAGER]
    boss.save(STAFF, hotel.ids[SELLER], 1, {"remark": "away on Friday"})
    with pytest.raises(Refused, match="give log-ins and roles"):
        boss.save(STAFF, hotel.ids[SELLER], 2, {"role": rights.GM})
    with pytest.raises(Refused):
        boss.save(STAFF, me, 1, {"login": "root"})
    desk_of(house, hotel, DIRECTOR).save(STAFF, me, 1, {"role": rights.DOSM})
    assert boss.rights.hats[0].role == rights.DOSM


def test_a_deputy_has_both_parts_on_those_days_and_the_log_says_for_whom(house: Store, hotel: Hotel) -> None:
    """江叙 is away from yesterday to the day after tomorrow; 许棠 stands in."""
    staff = [row | {"id": row["id"]} for row in hotel.house.all(STAFF)]
    deputy, away = hotel.ids["许棠"], hotel.ids["江叙"]
    assert [hat.person_id for hat in hats(staff, deputy, TODAY)] == [deputy, away]
    assert [hat.person_id for hat in hats(staff, deputy, "2026-11-21")] == [deputy]
    theirs = next(row for row in hotel.house.all(ACCOUNT) if row["owner_id"] == away)
    desk = desk_of(house, hotel, "许棠")
    change = desk.save(ACCOUNT, theirs["id"], 1, {"remark": "for a colleague"})
    entry = history.entry(house.writer, house.by_key, change.id)
    assert entry is not None
    assert entry.who == "许棠|江叙"
    mine = next(row for row in hotel.house.all(ACCOUNT) if row["owner_id"] == deputy)
    assert history.entry(house.writer, house.by_key, desk.save(ACCOUNT, mine["id"], 1, {"remark": "own"}).id).who == "许棠"  # type: ignore[union-attr]


def test_who_has_left_has_no_rights_and_their_work_goes_on(hotel: Hotel) -> None:
    staff = [row | {"left_on": "2026-11-01"} if row["name"] == "贺小满" else row for row in hotel.house.all(STAFF)]
    gone, boss = hotel.ids["贺小满"], hotel.ids[MANAGER]
    assert hats(staff, gone, TODAY) == []
    assert {hat.person_id: hat.role for hat in hats(staff, boss, TODAY)} == {boss: rights.MANAGER, gone: rights.MANAGER}


def test_teams_end_where_they_began() -> None:
    staff = [{"id": 1, "manager_id": 3}, {"id": 2, "manager_id": 1}, {"id": 3, "manager_id": 2}, {"id": 4, "manager_id": None}]
    assert team(staff, 1) == {1, 2, 3}
    assert team(staff, 4) == {4}


def test_nobody_approves_what_they_asked_for(house: Store, hotel: Hotel) -> None:
    values = {"level": "V4", "guest_id": hotel.house.all(PERSON)[0]["id"], "arrival": TODAY, "departure": "2026-11-20", "cost_cap": 180_000, "hotel_id": hotel.ids["澜棠大酒店"]}  # fmt: skip
    asked = desk_of(house, hotel, MANAGER)
    row_id = asked.save(VIP, None, 0, values).rows[0][1]
    with pytest.raises(Refused, match="second person"):
        asked.move(VIP, row_id, 1, "approve")
    seller = desk_of(house, hotel, SELLER)
    with pytest.raises(Refused, match="above your level"):
        seller.move(VIP, row_id, 1, "approve")
    desk_of(house, hotel, DIRECTOR).move(VIP, row_id, 1, "approve")


def test_an_approval_above_the_level_names_who_gives_it(house: Store, hotel: Hotel) -> None:
    values = {"level": "V1", "guest_id": hotel.house.all(PERSON)[0]["id"], "arrival": TODAY, "departure": "2026-11-20", "cost_cap": 30_000_00, "hotel_id": hotel.ids["澜棠大酒店"]}  # fmt: skip
    row_id = desk_of(house, hotel, SELLER).save(VIP, None, 0, values).rows[0][1]
    with pytest.raises(Refused, match="General manager"):
        desk_of(house, hotel, DIRECTOR).move(VIP, row_id, 1, "approve")
    desk_of(house, hotel, "顾砚秋").move(VIP, row_id, 1, "approve")


def test_the_level_decides_who_approves_too(house: Store, hotel: Hotel) -> None:
    values = {"level": "V3", "guest_id": hotel.house.all(PERSON)[0]["id"], "arrival": TODAY, "departure": "2026-11-20", "cost_cap": 100_00, "hotel_id": hotel.ids["澜棠大酒店"]}  # fmt: skip
    row_id = desk_of(house, hotel, SELLER).save(VIP, None, 0, values).rows[0][1]
    with pytest.raises(Refused, match="V3 is approved by: Deputy general manager"):
        desk_of(house, hotel, DIRECTOR).move(VIP, row_id, 1, "approve")
    desk_of(house, hotel, "顾砚秋").move(VIP, row_id, 1, "approve")


def test_what_was_approved_does_not_grow_without_another_approval(house: Store, hotel: Hotel) -> None:
    values = {"level": "V4", "guest_id": hotel.house.all(PERSON)[0]["id"], "arrival": TODAY, "departure": "2026-11-20", "cost_cap": 500_00, "hotel_id": hotel.ids["澜棠大酒店"]}  # fmt: skip
    seller, director = desk_of(house, hotel, SELLER), desk_of(house, hotel, DIRECTOR)
    with pytest.raises(Invalid, match="above your level"):
        seller.save(VIP, None, 0, values | {"stage": "approved"})
    row_id = seller.save(VIP, None, 0, values).rows[0][1]
    director.move(VIP, row_id, 1, "approve")
    with pytest.raises(Invalid, match="second person") as told:
        seller.save(VIP, row_id, 2, {"cost_cap": 500_01})
    assert list(told.value.problems) == ["cost_cap"]
    with pytest.raises(Invalid, match=r"General manager|second person") as told:
        seller.save(VIP, row_id, 2, {"level": "V1"})
    assert list(told.value.problems) == ["level"]
    seller.save(VIP, row_id, 2, {"cost_cap": 400_00})
    with pytest.raises(Invalid, match="V1 is approved by: General manager"):
        director.save(VIP, row_id, 3, {"level": "V1"})
    with pytest.raises(Invalid, match="General manager"):
        director.save(VIP, row_id, 3, {"cost_cap": 30_000_00})
    director.save(VIP, row_id, 3, {"cost_cap": 20_000_00})
    with pytest.raises(Refused, match="second person"):
        seller.move(VIP, row_id, 4, "prepare", values={"cost_cap": 20_000_01})


def test_undo_of_own_work_only_unless_one_may(house: Store, hotel: Hotel) -> None:
    seller, other, director = (desk_of(house, hotel, name) for name in (SELLER, "唐屿", DIRECTOR))
    mine = next(row for row in hotel.house.all(ACCOUNT) if row["owner_id"] == hotel.ids[SELLER])
    change = seller.save(ACCOUNT, mine["id"], 1, {"remark": "once"})
    with pytest.raises(Refused, match="undo what others did"):
        other.undo(change.id)
    director.undo(change.id)
    again = seller.save(ACCOUNT, mine["id"], 3, {"remark": "twice"})
    seller.undo(again.id)


def test_the_log_is_read_with_the_right_only(house: Store, hotel: Hotel) -> None:
    mine = next(row for row in hotel.house.all(ACCOUNT) if row["owner_id"] == hotel.ids[SELLER])
    desk_of(house, hotel, SELLER).save(ACCOUNT, mine["id"], 1, {"remark": "mine"})
    desk_of(house, hotel, DIRECTOR).save(ACCOUNT, mine["id"], 2, {"remark": "the director's"})
    with reader_of(house, hotel, SELLER) as reader:
        assert [entry.who for entry in history.newest(reader, house.by_key)] == [SELLER]
        newest, tables = history.since(reader, 0)
        assert "account" in tables  # that something changed is known to all: lists read their rows again
        assert history.details(reader, house.by_key, newest) == []
    with reader_of(house, hotel, DIRECTOR) as reader:
        assert {entry.who for entry in history.newest(reader, house.by_key)} == {SELLER, DIRECTOR}
        assert [str(one.after) for one in history.details(reader, house.by_key, newest)] == ["the director's"]


def test_powers_over_the_data_as_a_whole(house: Store, hotel: Hotel) -> None:
    with pytest.raises(Refused, match="change the settings"):
        keep_with_data(desk_of(house, hotel, SELLER), HOTEL_NAME, "Mine")
    keep_with_data(desk_of(house, hotel, DIRECTOR), HOTEL_NAME, "Ours")


def test_rights_follow_a_change_of_role_at_once(house: Store, hotel: Hotel) -> None:
    eyes = Eyes(hotel.ids[SELLER])
    with closing(Sighted(house.open_reader(), RECORDS, eyes)) as reader:
        few = count(reader, ACCOUNT)
        desk_of(house, hotel, DIRECTOR).save(STAFF, hotel.ids[SELLER], 1, {"role": rights.DOSM})
        eyes.belong(hotel.ids[SELLER], False)
        assert count(reader, ACCOUNT) > few
        eyes.belong(0, False)
        assert count(reader, ACCOUNT) == len(hotel.house.all(ACCOUNT))


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_read_of_every_duty_works_with_any_role(house: Store, hotel: Hotel, name: str) -> None:
    """Whatever is hidden or masked, no screen breaks."""
    with reader_of(house, hotel, name) as reader, closing(house.open_reader()) as whole:
        for record in RECORDS:
            if record.sortable:
                seen = pages.fetch(reader, ListQuery(record), limit=30)
                assert pages.count(reader, ListQuery(record)) <= pages.count(whole, ListQuery(record))
                for row in seen[:3]:
                    read_sheet(reader, record.key, row[0])
        for duty in DUTIES:
            if duty.today:
                duty.today(reader, TODAY, hotel.ids["澜棠大酒店"])
            if duty.causes:
                duty.causes(reader, TODAY)


def read_sheet(reader: Any, key: str, row_id: int) -> None:
    for duty in DUTIES:
        for give in (duty.figures, duty.now, duty.card, duty.sentence):
            if give:
                give(reader, key, row_id, TODAY)
        if duty.hit_facts:
            duty.hit_facts(reader, key, [row_id])
    look = timeline.Look([entry for duty in DUTIES for entry in duty.entries], {record.key: record for record in RECORDS}, key, row_id)
    timeline.before(reader, look, timeline.end_of(TODAY))
