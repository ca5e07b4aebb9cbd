"""What is done with clients' files: addresses, contacts who move, hand-overs, families, the steps of a client's status."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients import actions, actions_leaving, causes
from crm_desktop.duties.clients import queries_account as queries
from crm_desktop.duties.clients.records_roles import TERRITORY
from crm_desktop.duties.clients.rules_account import CODE_LETTERS, check_letter, right_credit_code
from crm_desktop.duties.follow_ups import actions as follow_ups
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from tests.hotel import Hotel, at_its_hour
from tests.samples import ACCOUNT, PERSON, account, added, change, csv_file, imported, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


# the credit code


@given(st.text(CODE_LETTERS, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(CODE_LETTERS))
def test_the_last_letter_notices_one_wrong_letter(code: str, at: int, other: str) -> None:
    """GB 32100-2015 is a weighted sum over a prime: any single wrong letter shows."""
    whole = code + check_letter(code)
    assert right_credit_code(whole)
    assert right_credit_code(whole.lower())
    wrong = whole[:at] + other + whole[at + 1 :]
    assert right_credit_code(wrong) is (wrong == whole)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91990000MA0DM00173", "91990000MA0DM0025X", "119900000DM000016X", "129900004DM0000155"])
def test_known_codes(code: str) -> None:
    assert check_letter(code[:-1]) == code[-1]


# the file


def test_district_and_city_come_from_the_address(desk: Desk) -> None:
    client = account(desk, address="浙江省绍兴市柯桥区裕民路 1 号", phone="057588001234", credit_code="91350100m000100y43")
    found = row(desk, ACCOUNT, client)
    assert (found["city"], found["district"], found["phone"], found["credit_code"]) == ("绍兴", "柯桥区", "0575-88001234", "91350100M000100Y43")
    change(desk, ACCOUNT, client, district="柯桥经济开发区")  # what somebody writes stays
    assert row(desk, ACCOUNT, client)["district"] == "柯桥经济开发区"


def test_territories_follow_the_districts(desk: Desk) -> None:
    east = added(desk, TERRITORY, name="东片", districts="上虞区、滨海新区")
    clients = [account(desk, f"C{n}", district=district) for n, district in enumerate(("上虞区", "柯桥区", "滨海新区"))]
    change(desk, ACCOUNT, clients[2], territory_id=added(desk, TERRITORY, name="自选"))
    done = actions.place(desk)
    assert done.count == 1
    assert [row(desk, ACCOUNT, each)["territory_id"] for each in clients[:2]] == [east, None]
    assert actions.place(desk).count == 0


@pytest.mark.parametrize(("field", "value"), [("website", "no site"), ("agreement_to", "2025-01-01")])
def test_what_cannot_be_saved(desk: Desk, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        account(desk, **{"agreement_from": "2026-01-01", field: value})
    assert list(refused.value.problems) == [field]


def test_a_file_that_goes_round_is_refused(desk: Desk, tmp_path: Path) -> None:
    account(desk, "One", code="1")
    account(desk, "Two", code="2")
    file = csv_file(tmp_path / "a.csv", ("类别", "编号", "名称", "上级单位"), ("company", "1", "One", "Two"), ("company", "2", "Two", "One"))
    with pytest.raises(Refused, match="above itself"):
        imported(desk, file, ACCOUNT)
    assert row(desk, ACCOUNT, desk.store.writer.execute("select id from account where code = '1'").fetchone()[0])["parent_id"] is None


# status


def test_the_steps_of_a_client(desk: Desk) -> None:
    client = account(desk, state="potential")
    with pytest.raises(Invalid, match="by its steps"):
        change(desk, ACCOUNT, client, state="active")
    desk.move(ACCOUNT, client, 1, "convert")
    with pytest.raises(Refused, match="Lost because"):
        desk.move(ACCOUNT, client, 2, "lose")
    desk.move(ACCOUNT, client, 2, "lose", values={"lost_reason": "price-rooms"})
    assert (row(desk, ACCOUNT, client)["state"], row(desk, ACCOUNT, client)["lost_on"]) == ("lost", TODAY)
    desk.move(ACCOUNT, client, 3, "win")
    assert (row(desk, ACCOUNT, client)["state"], row(desk, ACCOUNT, client)["lost_on"]) == ("active", "")
    assert [tuple(each) for each in desk.store.writer.execute("select before, after from step order by at, id").fetchall()] == [
        ("potential", "active"), ("active", "lost"), ("lost", "active"),
    ]  # fmt: skip


# contacts who move


@pytest.fixture
def firms(desk: Desk) -> dict[str, int]:
    zhou, tang = added(desk, STAFF, name="Zhou"), added(desk, STAFF, name="Tang")
    ids = {"zhou": zhou, "tang": tang, "orient": account(desk, "Orient", owner_id=zhou), "pine": account(desk, "Pine", owner_id=tang)}
    dates.set_clock(dt.datetime(2026, 10, 1, 13, 20))
    ids["qi"] = added(desk, PERSON, name="Qi Man", account_id=ids["orient"], role="booker", position="Clerk")
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    return ids


def test_a_contact_moves_and_both_clients_get_a_follow_up(desk: Desk, firms: dict[str, int]) -> None:
    actions.moved(desk, firms["qi"], firms["pine"], "Manager", day="2026-11-16", note="Called us from there")
    db = desk.store.writer
    roles = [tuple(each) for each in db.execute("select account_id, position, since, until, reason from role order by since")]
    assert roles == [(firms["orient"], "Clerk", "2026-10-01", "2026-11-15", "Called us from there"), (firms["pine"], "Manager", "2026-11-16", "", "")]
    follow_ups.refresh(desk, TODAY)
    found = db.execute("select account_id, owner_id, person_id, name from follow_up where gone is null order by name").fetchall()
    assert [tuple(each[:3]) for each in found] == [(firms["orient"], firms["zhou"], firms["qi"]), (firms["pine"], firms["tang"], firms["qi"])]
    assert "has left Orient" in found[0][3]
    assert "formerly with Orient, is now with Pine" in found[1][3]
    added(desk, PERSON, name="New booker", account_id=firms["orient"], role="booker")  # somebody follows: settled
    assert {each.key for each in causes.causes(db, TODAY)} == {"contact-came"}
    sound(desk.store)


def test_a_contact_who_left_for_nobody_knows_where(desk: Desk, firms: dict[str, int]) -> None:
    actions.moved(desk, firms["qi"], None)
    assert row(desk, PERSON, firms["qi"])["role"] == "guest"
    assert [each.key for each in causes.causes(desk.store.writer, TODAY)] == ["contact-left"]
    desk.undo()
    assert causes.causes(desk.store.writer, TODAY) == []
    assert row(desk, PERSON, firms["qi"])["account_id"] == firms["orient"]


def test_moves_that_are_none(desk: Desk, firms: dict[str, int]) -> None:
    with pytest.raises(Refused, match="works there already"):
        actions.moved(desk, firms["qi"], firms["orient"])
    with pytest.raises(Refused, match="still to come"):
        actions.moved(desk, firms["qi"], firms["pine"], day="2026-11-19")
    assert row(desk, PERSON, firms["qi"])["version"] == 1


# hand-overs


def test_clients_are_handed_over_with_what_is_to_be_done(desk: Desk, firms: dict[str, int]) -> None:
    other = account(desk, "Third", owner_id=firms["zhou"])
    todo = added(desk, FOLLOW_UP, name="Send the quotation", due=TODAY, account_id=firms["orient"], owner_id=firms["zhou"])
    mine = added(desk, FOLLOW_UP, name="Ask", due=TODAY, account_id=firms["orient"], owner_id=firms["tang"])
    actions_leaving.hand_over(desk, [firms["orient"], other], firms["tang"], day="2026-11-16", reason="Zhou takes over the east")
    db = desk.store.writer
    assert row(desk, FOLLOW_UP, todo)["owner_id"] == row(desk, FOLLOW_UP, mine)["owner_id"] == firms["tang"]
    assert [queries.owner_on(db, firms["orient"], day) for day in ("2026-11-15", "2026-11-16", TODAY)] == [firms["zhou"], firms["tang"], firms["tang"]]
    kept = db.execute("select owner_id, until, reason from account_past where what = 'owner' order by account_id").fetchall()
    assert [tuple(each) for each in kept] == [(firms["zhou"], "2026-11-15", "Zhou takes over the east")] * 2
    desk.undo()
    assert queries.owner_on(db, firms["orient"], TODAY) == firms["zhou"]
    assert row(desk, FOLLOW_UP, todo)["owner_id"] == firms["zhou"]
    sound(desk.store)


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"day": "2027-12-19"}, {"account_ids": []}, {"to": 5}])
def test_hand_overs_that_are_refused(desk: Desk, firms: dict[str, int], wrong: dict[str, Any]) -> None:
    given: dict[str, Any] = {"account_ids": [firms["orient"]], "to": firms["tang"], "reason": "leaves"} | wrong
    with pytest.raises(Refused):
        actions_leaving.hand_over(desk, **given)
    assert row(desk, ACCOUNT, firms["orient"])["owner_id"] == firms["zhou"]


def test_how_a_relationship_stands_needs_a_reason(desk: Desk) -> None:
    client = account(desk)
    with pytest.raises(Refused, match="Say why"):
        actions.set_relation(desk, client, 1, "strained", " ")
    actions.set_relation(desk, client, 1, "strained", "Nobody answers the phone")
    found = row(desk, ACCOUNT, client)
    assert (found["relation"], found["relation_reason"], found["relation_on"], found["relation_by"]) == ("strained", "Nobody answers the phone", TODAY, desk.person)


# the sample hotel


def test_a_family_as_it_was_on_a_day(hotel: Hotel, tmp_path: Path) -> None:
    from contextlib import closing

    from crm_desktop.duties import RECORDS
    from crm_desktop.store.store import Store

    with at_its_hour(), Store(hotel.copy(tmp_path / "demo.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        names = dict(reader.execute("select id, short_name from account").fetchall())

        def family(short: str, day: str) -> list[str]:
            return [names[each] for each in queries.family(reader, hotel.ids[short], day)]

        assert family("越岫城建", TODAY) == ["越岫城建", "越岫市政", "越岫置地", "越岫水务", "越岫滨江"]
        assert family("越岫市政", TODAY) == ["越岫市政", "越岫滨江"]
        assert sorted(family("越岫市政", "2026-05-01")) == sorted(["越岫市政", "越岫置地", "越岫滨江"])  # 200 days ago
        assert queries.above(reader, hotel.ids["越岫滨江"]) == [(hotel.ids["越岫市政"], "越岫市政工程有限公司"), (hotel.ids["越岫城建"], "越岫城建集团")]
        roles = reader.execute("select until, kept from role where person_id = ?", (hotel.ids["祁曼"],)).fetchall()
        assert [(each[0] < "2026-10-01", each[1]) for each in roles] == [(True, 1)]
