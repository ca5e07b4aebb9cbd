"""Rights a hotel settled itself, at the desk: they hold from the next action on, on both engines."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from crm_desktop.desk import exports, own_rights
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.eyes import Eyes
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.records_rights import APPROVAL_LEVEL, PERSON_RIGHT, POST_ROLE
from crm_desktop.desk.rights import Sighted
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.record import rights
from crm_desktop.record.own_rights import ANY, LESS, MORE, NO, UP_TO
from crm_desktop.record.text import Refused
from crm_desktop.store import seat
from tests.samples import account, row

PERSON, VIP = record_of("person"), record_of("vip_stay")


def added(desk: Desk, record: Any, **values: Any) -> int:
    return int(next(row_id for table, row_id in desk.save(record, None, 0, values).rows if table == record.key))


@pytest.fixture
def people(desk: Desk) -> dict[str, int]:
    return {role: added(desk, STAFF, name=role, role=role, login=role) for role in ("dosm", "seller", "kitchen", "sales_manager")}


def of(desk: Desk, person: int, name: str) -> Desk:
    other = Desk(desk.store, name)
    other.signed_in = other.seat.person_id = person
    return other


def test_one_colleague_has_more_and_another_less(desk: Desk, people: dict[str, int]) -> None:
    guest = added(desk, PERSON, name="俞闻笛", phone="139 0000 0000")
    boss = of(desk, people["dosm"], "dosm")
    added(boss, PERSON_RIGHT, staff_id=people["kitchen"], what=rights.CONTACT, way=MORE, reason="夜间送餐联系")
    added(boss, PERSON_RIGHT, staff_id=people["seller"], what=rights.CONTACT, way=LESS, reason="离职交接期")
    added(boss, PERSON_RIGHT, staff_id=people["seller"], what="export", way=LESS, reason="离职交接期")
    seller = of(desk, people["seller"], "seller")
    assert (seller.get(PERSON, guest) or {})["phone"] == rights.MASK
    assert (of(desk, people["kitchen"], "kitchen").get(PERSON, guest) or {})["phone"] == "139 0000 0000"
    for who, shown in (("seller", rights.MASK), ("kitchen", "139 0000 0000")):
        with closing(Sighted(desk.store.open_reader(), RECORDS, Eyes(people[who]))) as reader:
            assert reader.execute("select phone from person where id = ?", (guest,)).fetchone()[0] == shown
    with pytest.raises(Refused, match="may not export"):
        exports.permit(seller.rights, PERSON, 1)
    desk.undo()
    exports.permit(of(desk, people["seller"], "seller").rights, PERSON, 1)


@pytest.mark.parametrize("who", ["seller", "sales_manager"])
def test_nobody_gives_themselves_more(desk: Desk, people: dict[str, int], who: str) -> None:
    mine = of(desk, people[who], who)
    for record, values in (
        (PERSON_RIGHT, {"staff_id": people[who], "what": "log", "way": MORE, "reason": "x"}), (APPROVAL_LEVEL, {"kind": "gift", "role": who, "way": ANY}),
        (POST_ROLE, {"post": "x", "role": rights.GM}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            added(mine, record, **values)


def test_the_hotels_own_levels_decide(desk: Desk, people: dict[str, int]) -> None:
    boss = of(desk, people["dosm"], "dosm")
    seller = of(desk, people["seller"], "seller")
    assert not seller.rights.approves("gift", 1)
    level = added(boss, APPROVAL_LEVEL, kind="gift", role=rights.SELLER, way=UP_TO, most=300_00, reason="小额自批")
    assert seller.rights.approves("gift", 300_00)
    assert not seller.rights.approves("gift", 300_01)
    boss.save(APPROVAL_LEVEL, level, 1, {"most": 500_00})
    assert seller.rights.approves("gift", 500_00)
    added(boss, APPROVAL_LEVEL, kind="gift", role=rights.DOSM, way=NO)
    with pytest.raises(Refused, match="nobody would approve any amount of Gifts and meals"):
        added(boss, APPROVAL_LEVEL, kind="gift", role=rights.GM, way=NO)
    with pytest.raises(Invalid, match="already has this"):
        added(boss, APPROVAL_LEVEL, kind="gift", role=rights.SELLER, way=NO)
    boss.remove(APPROVAL_LEVEL, level, 2)
    assert not seller.rights.approves("gift", 1)


def test_the_usual_levels_are_written_down_once_and_change_nothing(desk: Desk, people: dict[str, int]) -> None:
    """All that were missing, in one action that can be taken back; what was the hotel's own stays."""
    boss, seller = of(desk, people["dosm"], "dosm"), of(desk, people["seller"], "seller")
    with pytest.raises(Refused):
        own_rights.write_usual(seller)
    added(boss, APPROVAL_LEVEL, kind="gift", role=rights.GM, way=ANY, reason="我们的")
    before = boss.rights.levels
    change = own_rights.write_usual(boss)
    rows = [(kind, role) for kind, levels in rights.APPROVALS.items() for role in levels]
    assert len(change.rows) == len(rows) - 1
    assert boss.rights.levels == before
    with closing(desk.store.open_reader()) as reader:
        found = reader.execute("select kind, role, way, most, reason from approval_level where gone is null").fetchall()
    assert {row[:2] for row in found} == set(rows)
    assert {row[2:] for row in found if row[:2] == ("credit", rights.DOSM)} == {(UP_TO, 50_000_00, "")}
    assert ("gift", rights.GM, ANY, 0, "我们的") in found
    with pytest.raises(Refused, match="written down already"):
        own_rights.write_usual(boss)
    desk.undo()
    assert len(seat.levels(desk.store.writer)) == 1


def test_the_last_who_approves_all_is_not_taken_away(desk: Desk, people: dict[str, int]) -> None:
    boss = of(desk, people["dosm"], "dosm")
    own = added(boss, APPROVAL_LEVEL, kind="vip", role=rights.DOSM, way=ANY)
    added(boss, APPROVAL_LEVEL, kind="vip", role=rights.GM, way=NO)
    with pytest.raises(Refused, match="nobody would approve"):
        boss.remove(APPROVAL_LEVEL, own, 1)
    with pytest.raises(Refused, match="nobody would approve"):
        boss.save(APPROVAL_LEVEL, own, 1, {"way": UP_TO, "most": 5})


def test_a_post_brings_its_role(desk: Desk, people: dict[str, int]) -> None:
    boss = of(desk, people["dosm"], "dosm")
    added(boss, POST_ROLE, post="外联销售主管", role=rights.MANAGER)
    one = added(boss, STAFF, name="许棠", post="外联销售主管", login="xutang")
    assert row(desk, STAFF, one)["role"] == rights.MANAGER
    other = added(boss, STAFF, name="唐屿", post="外联销售主管", role=rights.SELLER, login="tangyu")
    assert row(desk, STAFF, other)["role"] == rights.SELLER
    with pytest.raises(Invalid, match="needs a role"):
        added(boss, STAFF, name="某人", post="无此岗位", login="nobody")
    assert account(desk, "x")
