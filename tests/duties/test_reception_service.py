"""A reception's service through the desk: chosen with the step into preparation, kept with the guest, filed at the end."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.vip import levels, queries_plan, queries_reception, service, words_reception
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_levels import VIP_AMENITY, VIP_LEVEL
from crm_desktop.duties.vip.records_service import AMENITY_ISSUE, GUEST_CARD, JOURNAL, ROOM_CHECK
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused, say
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import added, change, hotel, row, sound, stay


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    found = lobby.fill(desk)
    found["chef"] = added(desk, STAFF, name="樊守味", code="LT001", department="餐饮部")
    for code, name in (("GM", "总经办"), ("FO", "前厅部"), ("HK", "客房部"), ("FB", "餐饮部")):
        added(desk, DEPARTMENT, hotel_id=hotel(desk), name=name, code=code, signs_id=found["chef"] if code == "FB" else None)
    return found


def move(desk: Desk, record: Any, row_id: int, key: str, **more: Any) -> None:
    desk.move(record, row_id, row(desk, record, row_id)["version"], key, **more)


def begun(desk: Desk, reception: int) -> words_reception.Reception:
    found = words_reception.reception(desk.store.writer, reception)
    assert found is not None
    return found


def card(desk: Desk, reception: int, kind: str) -> dict[str, Any]:
    return next(each for each in queries_reception.cards(desk.store.writer, reception) if each["kind"] == kind)


def names(desk: Desk, reception: int, kind: str) -> list[str]:
    return [each["name"] for each in queries_reception.issues(desk.store.writer, reception) if each["kind"] == kind]


def test_the_service_begins_with_the_preparation_and_goes_back_with_it(desk: Desk, ids: dict[str, int]) -> None:
    situ = ids["situ"]
    move(desk, VIP_STAY, situ, "prepare")
    found = begun(desk, situ)
    assert {each["round"] for each in found.checks} == {"1-hk", "2-am", "3-dos"}
    assert [each["kind"] for each in found.cards] == ["kitchen", "housekeeping"]
    assert card(desk, situ, "kitchen")["signer_id"] == ids["chef"]
    assert found.planned == sum(each["cost"] for each in found.issues) > 0
    assert found.cap == 400_00  # one night of the third level
    service.refresh(desk, situ)
    assert begun(desk, situ).issues == found.issues  # nothing is made twice
    desk.undo()
    assert begun(desk, situ).preview  # what the matrix would give is still told
    assert not queries_reception.issues(desk.store.writer, situ) + begun(desk, situ).checks + begun(desk, situ).cards
    sound(desk.store)


def test_the_same_is_not_given_twice(desk: Desk, ids: dict[str, int]) -> None:
    guest, before = ids["俞闻笛"], list[list[str]]()
    for arrival in ("2026-11-19", "2026-12-01", "2026-12-10"):
        new = lobby.reception(desk, guest, "V5", arrival, add_days(arrival, 1), stage="approved", room_no="1211")
        move(desk, VIP_STAY, new, "prepare")
        for each in queries_reception.issues(desk.store.writer, new):
            move(desk, AMENITY_ISSUE, each["id"], "issue")
        now = [each["name"] for each in queries_reception.issues(desk.store.writer, new)]
        assert len(now) == 3
        assert not set(now) & set(before[-1] if before else ())
        before.append(now)
        assert row(desk, VIP_STAY, new)["amenity_cost"] == sum(each["cost"] for each in queries_reception.issues(desk.store.writer, new)) == 45_00
    sound(desk.store)


def test_the_amenities_follow_the_stay_and_what_is_issued_stays(desk: Desk, ids: dict[str, int]) -> None:
    situ = ids["situ"]
    move(desk, VIP_STAY, situ, "prepare")
    fruit = next(each for each in queries_reception.issues(desk.store.writer, situ) if each["kind"] == "fruit")
    move(desk, AMENITY_ISSUE, fruit["id"], "issue")
    change(desk, VIP_STAY, situ, departure="2026-11-21", arrival="2026-11-18", never="酒")
    assert names(desk, situ, "fruit")[0] == fruit["name"]
    assert len(set(names(desk, situ, "fruit"))) == 3
    assert names(desk, situ, "wine") == ["无醇起泡饮一支"]
    change(desk, VIP_STAY, situ, official=1)
    found = {each["kind"]: each for each in queries_reception.issues(desk.store.writer, situ) if each["state"] == "struck"}
    assert {"flowers", "fruit", "wine", "specialty", "turndown", "gift"} == set(found)
    assert {AMENITY_ISSUE.work(each)["because"] for each in found.values()} == {"Official reception"}
    assert row(desk, AMENITY_ISSUE, fruit["id"])["state"] == "issued"
    sound(desk.store)


def test_a_hotel_s_own_matrix_and_levels(desk: Desk, ids: dict[str, int]) -> None:
    situ = ids["situ"]
    added(desk, VIP_AMENITY, level="V3", kind="fruit", day="first", variants="绍兴杨梅", cost=10_00, department="KT")
    added(desk, VIP_LEVEL, scheme="V", code="V3", rank=3, name="三级", cap=250_00)
    move(desk, VIP_STAY, situ, "prepare")
    assert [each["name"] for each in queries_reception.issues(desk.store.writer, situ)] == ["绍兴杨梅"]
    assert begun(desk, situ).cap == 250_00
    told = next(block for block in words_reception.blocks(begun(desk, situ), DAY) if block.key == "level")
    assert (told.value, [say(line.words) for line in told.lines][-1]) == ("V3 三级", "Cost cap a day: 250.00")
    old = lobby.reception(desk, ids["司徒曜"], "VB", "2026-12-01", "2026-12-02", stage="approved")
    move(desk, VIP_STAY, old, "prepare")  # a former operator's level: the plan of its rank
    assert {each["round"] for each in begun(desk, old).checks} == {"1-hk", "2-am", "3-dos"}
    assert {task["task"] for task in begun(desk, old).tasks} >= {"inspect-dos", "driver"}


def test_a_room_is_ready_when_nothing_is_broken_and_the_cards_are_signed(desk: Desk, ids: dict[str, int]) -> None:
    situ = ids["situ"]
    move(desk, VIP_STAY, situ, "prepare")
    with pytest.raises(Refused, match="not inspected to the end: Housekeeping"):
        move(desk, VIP_STAY, situ, "ready")
    safe = next(each for each in queries_reception.checks(desk.store.writer, situ) if (each["round"], each["item"]) == ("1-hk", "safe"))
    with pytest.raises(Refused, match="Write what is wrong"):
        move(desk, ROOM_CHECK, safe["id"], "defect")
    move(desk, ROOM_CHECK, safe["id"], "defect", values={"defect": "保险箱打不开"})
    for walk in ("1-hk", "2-am", "3-dos"):
        service.pass_round(desk, situ, walk)
    with pytest.raises(Refused, match="Nothing of this round"):
        service.pass_round(desk, situ, "2-am")
    states = {task["task"]: task["state"] for task in queries_plan.tasks(desk.store.writer, situ)}
    assert (states["ready"], states["inspect-am"], states["inspect-dos"]) == ("open", "done", "done")  # its own round has the defect
    with pytest.raises(Refused, match="Room 1606 has an open defect: Safe: 保险箱打不开"):
        move(desk, VIP_STAY, situ, "ready")
    move(desk, ROOM_CHECK, safe["id"], "fix")
    with pytest.raises(Refused, match="Kitchen card is not signed"):
        move(desk, VIP_STAY, situ, "ready")
    for kind in ("kitchen", "housekeeping"):
        for step in ("issue", "sign"):
            move(desk, GUEST_CARD, card(desk, situ, kind)["id"], step)
    move(desk, VIP_STAY, situ, "ready")
    assert row(desk, VIP_STAY, situ)["stage"] == "ready"
    change(desk, VIP_STAY, situ, room_no="1608")  # another room: everything is looked at again
    assert {each["state"] for each in queries_reception.checks(desk.store.writer, situ)} == {"todo"}
    move(desk, VIP_STAY, situ, "arrive")  # a guest who stands there is received all the same
    sound(desk.store)


def test_a_dish_that_must_not_be_is_stopped_until_it_is_replaced_or_signed_for(desk: Desk, ids: dict[str, int]) -> None:
    huo = ids["huo"]
    service.refresh(desk, huo)
    kitchen = card(desk, huo, "kitchen")
    assert set(kitchen["codes"].split()) == {"peanut", "shellfish"}
    assert "水肿" not in kitchen["nevers"]
    change(desk, GUEST_CARD, kitchen["id"], menu="花雕醉虾\n清蒸白鱼\n花生碎拌菜", place="听泉", meal_at="18:30")
    assert any("花雕醉虾 · 花生碎拌菜" in say(point.words) for point in desk_now(desk, huo))
    with pytest.raises(Refused, match="花雕醉虾"):
        move(desk, GUEST_CARD, kitchen["id"], "issue")
    change(desk, GUEST_CARD, kitchen["id"], menu="花雕醉鸡\n清蒸白鱼\n花生碎拌菜")
    with pytest.raises(Refused, match="needs a reason"):
        move(desk, GUEST_CARD, kitchen["id"], "excuse")
    move(desk, GUEST_CARD, kitchen["id"], "excuse", reason="只给同桌,主宾位单独分餐")
    for step in ("issue", "sign"):
        move(desk, GUEST_CARD, kitchen["id"], step)
    signed = row(desk, GUEST_CARD, kitchen["id"])
    assert (signed["state"], signed["revision"], signed["signed_revision"]) == ("signed", 1, 1)
    change(desk, GUEST_CARD, kitchen["id"], menu=signed["menu"] + "\n虾仁蒸蛋")
    again = row(desk, GUEST_CARD, kitchen["id"])
    assert (again["state"], again["revision"], again["signed_revision"]) == ("draft", 2, 1)
    with pytest.raises(Refused, match="虾仁蒸蛋"):
        move(desk, GUEST_CARD, kitchen["id"], "issue")
    sound(desk.store)


def desk_now(desk: Desk, reception: int) -> list[Any]:
    from crm_desktop.duties.vip import now

    return now(desk.store.writer, "vip_stay", reception, DAY)


def test_a_new_fact_makes_a_new_revision_of_the_card_it_is_for(desk: Desk, ids: dict[str, int]) -> None:
    huo = ids["huo"]
    service.refresh(desk, huo)
    for kind in ("kitchen", "housekeeping"):
        for step in ("issue", "sign"):
            move(desk, GUEST_CARD, card(desk, huo, kind)["id"], step)
    lobby.fact(desk, ids["霍明翊"], "never", "芒果", kind="food", allergen="mango")
    service.refresh(desk, huo)
    assert (card(desk, huo, "kitchen")["state"], card(desk, huo, "kitchen")["revision"]) == ("draft", 2)
    assert (card(desk, huo, "housekeeping")["state"], card(desk, huo, "housekeeping")["revision"]) == ("signed", 1)


def test_a_summary_files_what_was_found_and_takes_the_cost(desk: Desk, ids: dict[str, int]) -> None:
    yu = ids["yu"]
    service.refresh(desk, yu)
    for each in queries_reception.issues(desk.store.writer, yu):
        move(desk, AMENITY_ISSUE, each["id"], "issue")
    found = {"vip_stay_id": yu, "guest_id": ids["俞闻笛"], "day": DAY}
    added(desk, JOURNAL, **found, kind="like", name="荞麦枕", fact_kind="bed")
    added(desk, JOURNAL, **found, kind="never", name="芹菜", fact_kind="food")
    added(desk, JOURNAL, **found, kind="praise", name="楼层服务好")
    with pytest.raises(Refused, match="whose fault"):
        added(desk, JOURNAL, **found, kind="fault", name="水果送晚了")
    move(desk, VIP_STAY, yu, "depart")
    assert row(desk, VIP_STAY, yu)["actual_cost"] == row(desk, VIP_STAY, yu)["amenity_cost"] == 20_00 * 4 + 20_00 + 5_00
    move(desk, VIP_STAY, yu, "review")
    told = desk.store.writer.execute("select name, polarity, kind, evidence from preference where person_id = ? and gone is null order by name", (ids["俞闻笛"],)).fetchall()
    assert {(name, polarity, kind) for name, polarity, kind, _ in told} >= {("荞麦枕", "like", "bed"), ("芹菜", "never", "food")}
    assert {each["state"] for each in queries_reception.notes(desk.store.writer, yu) if each["kind"] in ("like", "never")} == {"filed"}
    desk.undo()
    assert not desk.store.writer.execute("select 1 from preference where name = '芹菜' and gone is null").fetchall()
    sound(desk.store)


def test_who_has_earned_a_level(desk: Desk, ids: dict[str, int]) -> None:
    for month in range(1, 11):
        stay(desk, f"2026-{month:02d}-05", f"2026-{month:02d}-06", status="Check-Out", guest_id=ids["单翊飞"])
    stay(desk, "2024-01-05", "2024-01-06", status="Check-Out", guest_id=ids["小林 遥"])
    found = queries_reception.earned(desk.store.writer, DAY)
    assert [(one.name, one.now, one.level["code"], one.history.stays) for one in found] == [("单翊飞", "", "V5", 11)]
    assert queries_reception.history(desk.store.writer, ids["小林 遥"], DAY).stays == 0
    assert queries_reception.counts(desk.store.writer) == {"V2": 1}


def test_an_earned_level_is_given_with_its_evidence(desk: Desk, ids: dict[str, int]) -> None:
    for month in range(1, 11):
        stay(desk, f"2026-{month:02d}-05", f"2026-{month:02d}-06", status="Check-Out", guest_id=ids["单翊飞"])
    one = queries_reception.earned(desk.store.writer, DAY)[0]
    why = say(levels.evidence(one.history, one.level))
    assert why.endswith("V5 asks for 10 stays")
    levels.give(desk, one.id, one.version, "V5", why)
    assert row(desk, PERSON, one.id)["vip"] == "V5"
    assert not queries_reception.earned(desk.store.writer, DAY)
    sound(desk.store)


def test_the_standards_become_rows_of_the_hotel(desk: Desk, ids: dict[str, int]) -> None:
    added(desk, VIP_AMENITY, level="V3", kind="fruit", day="first", variants="绍兴杨梅", cost=10_00, department="KT")
    before = (queries_reception.levels(desk.store.writer), queries_reception.matrix(desk.store.writer))
    levels.put_in(desk)
    after = (queries_reception.levels(desk.store.writer), queries_reception.matrix(desk.store.writer))
    assert all("id" in each for rows in after for each in rows)
    assert [each["code"] for each in after[0]] == [each["code"] for each in before[0]]
    told = [sorted((each["level"], each["kind"], each["cost"], each["variants"]) for each in rows[1]) for rows in (before, after)]
    assert told[0] == told[1]  # nothing beside the hotel's own row of the third level
    with pytest.raises(Refused, match="already"):
        levels.put_in(desk)
    sound(desk.store)


def test_two_guests_want_the_same_greeter_and_a_moved_task_says_when_it_was(desk: Desk, ids: dict[str, int]) -> None:
    boss = added(desk, STAFF, name="顾砚秋", code="LT009", department="总经办")
    change(desk, DEPARTMENT, desk.store.writer.execute("select id from department where code = 'GM'").fetchone()[0], signs_id=boss)
    second = lobby.reception(desk, ids["单翊飞"], "V3", DAY, "2026-11-19", stage="approved", arrival_time="16:00", room_no="1608")
    for each in (ids["situ"], second):
        move(desk, VIP_STAY, each, "prepare")
    assert [say(each.words()) for each in queries_plan.clashes(desk.store.writer, DAY)] == ["15:50 Greeters in the lobby: 顾砚秋 is taken 15:55-16:20 by Greeters in the lobby"]
    change(desk, VIP_STAY, ids["situ"], arrival_time="18:00")
    assert not queries_plan.clashes(desk.store.writer, DAY)
    greeters = next(task for task in queries_plan.tasks(desk.store.writer, ids["situ"]) if task["task"] == "greeters")
    was = desk.store.writer.execute("select was from reception_task where id = ?", (greeters["id"],)).fetchone()[0]
    assert (was, greeters["time"]) == ("11-18 15:55", "17:50")
