"""The plan of a reception through the desk: made with the step into preparation, moved with the guest, taken back whole."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.vip import queries_plan
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_plan import DIARY, TASK
from crm_desktop.record.text import Refused, say, use
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import added, change, hotel, remove, row, sound


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    found = lobby.fill(desk)
    crew: dict[str, int] = {}
    for number, (name, department) in enumerate((("顾砚秋", "总经办"), ("程牧野", "总经办"), ("邵远", "前厅部")), 1):
        crew[name] = added(desk, STAFF, name=name, code=f"LT{number:03d}", department=department)
    for code, name, who in (("GM", "总经办", "顾砚秋"), ("FO", "前厅部", "邵远"), ("HK", "客房部", "")):
        added(desk, DEPARTMENT, hotel_id=hotel(desk), name=name, code=code, signs_id=crew.get(who))
    return found | crew


def move(desk: Desk, record: Any, row_id: int, key: str, **more: Any) -> None:
    desk.move(record, row_id, row(desk, record, row_id)["version"], key, **more)


def plan(desk: Desk, stay: int) -> dict[str, tuple[str, str]]:
    return {task["task"] or task["name"]: (task["day"], task["time"]) for task in queries_plan.tasks(desk.store.writer, stay)}


def points(desk: Desk, stay: int) -> list[str]:
    return [say(point.words) for point in queries_plan.now(desk.store.writer, "vip_stay", stay, DAY)]


def test_a_plan_begins_with_the_preparation_and_follows_the_guest(desk: Desk, ids: dict[str, int]) -> None:
    situ = ids["situ"]
    change(desk, VIP_STAY, situ, arrival_time="14:20")
    assert plan(desk, situ) == {}  # nothing is planned yet, nothing moves
    move(desk, VIP_STAY, situ, "prepare")
    first = plan(desk, situ)
    assert first["greeters"] == (DAY, "14:10")
    assert first["inspect-am"] == (DAY, "12:20")
    dinner = added(desk, TASK, vip_stay_id=situ, name="晚宴 8 位", phase="meal", day=DAY, time="18:30", lasts=120)
    done = next(task for task in queries_plan.tasks(desk.store.writer, situ) if task["task"] == "ready")
    move(desk, TASK, done["id"], "done")
    change(desk, VIP_STAY, situ, arrival_time="16:05")
    later = plan(desk, situ)
    assert (later["greeters"], later["inspect-am"]) == ((DAY, "15:55"), (DAY, "14:05"))
    assert later["ready"] == first["ready"]  # done is done
    assert later["晚宴 8 位"] == (DAY, "18:30")
    assert later["bill"] == first["bill"]
    desk.undo()
    assert {**plan(desk, situ)} == first | {"晚宴 8 位": (DAY, "18:30")}
    change(desk, VIP_STAY, situ, arrival_time="17:55")
    assert any("晚宴 8 位" in words and "35" in words for words in points(desk, situ))
    remove(desk, TASK, dinner)
    sound(desk.store)


def test_who_is_wanted_twice_and_who_is_free(desk: Desk, ids: dict[str, int]) -> None:
    situ = ids["situ"]
    move(desk, VIP_STAY, situ, "prepare")
    assert not any("顾砚秋" in words for words in points(desk, situ))
    meeting = added(desk, DIARY, owner_id=ids["顾砚秋"], day=DAY, begins="15:30", ends="16:30", name="业主会")
    told = [words for words in points(desk, situ) if "业主会" in words]
    assert told == ["15:55 Greeters in the lobby: 顾砚秋 is taken 15:30-16:30 by 业主会; 程牧野 is free"]
    use("zh_CN")
    assert any("业主会" in words and "程牧野" in words and "大堂" in words for words in points(desk, situ))
    use("en")
    lines = {say(line.label): line.count for line in queries_plan.today(desk.store.writer, DAY, None)}
    assert lines["Wanted twice"] == 1
    added(desk, DIARY, owner_id=ids["程牧野"], day=DAY, begins="16:00", ends="17:00", name="消防检查")
    assert next(words for words in points(desk, situ) if "业主会" in words).endswith("by 业主会")  # nobody is free
    remove(desk, DIARY, meeting)
    assert not any("业主会" in words for words in points(desk, situ))


def test_another_level_and_another_departure(desk: Desk, ids: dict[str, int]) -> None:
    situ = ids["situ"]
    move(desk, VIP_STAY, situ, "prepare")
    assert "driver" in plan(desk, situ)
    change(desk, VIP_STAY, situ, level="V5", departure="2026-11-21")
    now = plan(desk, situ)
    assert "driver" not in now
    assert now["greeters-sales"] == (DAY, "15:55")
    assert now["bill"] == ("2026-11-20", "20:00")
    move(desk, VIP_STAY, situ, "arrive")
    remove(desk, VIP_STAY, situ)  # what the program planned goes with the reception
    assert plan(desk, situ) == {}
    desk.undo()
    assert plan(desk, situ) == now
    sound(desk.store)


def test_an_official_reception_is_approved_with_its_letter_only(desk: Desk, ids: dict[str, int]) -> None:
    new = lobby.reception(desk, ids["单翊飞"], "V3", DAY, "2026-11-20", official=1, must="大堂红地毯、鲜花")
    with pytest.raises(Refused, match="letter"):
        move(desk, VIP_STAY, new, "approve")
    change(desk, VIP_STAY, new, letter_no="浙督函〔2026〕31号")
    with pytest.raises(Refused, match="red carpet, flowers"):
        move(desk, VIP_STAY, new, "approve")
    assert any("red carpet" in words for words in points(desk, new))
    change(desk, VIP_STAY, new, must="工作餐一次")
    move(desk, VIP_STAY, new, "approve")
    assert row(desk, VIP_STAY, new)["stage"] == "approved"
