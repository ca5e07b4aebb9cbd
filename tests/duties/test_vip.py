"""VIP stays through the desk: their steps, what Today says of them, what needs care about each."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.vip import queries
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import Refused, say, use
from crm_desktop.store import pages, timeline
from crm_desktop.store.pages import ListQuery
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import change, remove, row, sound


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    return lobby.fill(desk)


def move(desk: Desk, row_id: int, key: str, **more: Any) -> str:
    desk.move(VIP_STAY, row_id, row(desk, VIP_STAY, row_id)["version"], key, **more)
    return str(row(desk, VIP_STAY, row_id)["stage"])


def test_a_reception_from_application_to_review(desk: Desk, ids: dict[str, int]) -> None:
    new = lobby.reception(desk, ids["单翊飞"], "V4", DAY, "2026-11-20")
    before = {name: value for name, value in row(desk, VIP_STAY, new).items() if name not in ("stage", "version")}
    with pytest.raises(Refused, match="reason"):
        move(desk, new, "refuse")
    assert move(desk, new, "refuse", reason="公务接待,另行办理") == "refused"
    stages = [move(desk, new, key) for key in ("apply", "approve", "prepare", "arrive", "depart")]
    assert stages == ["applied", "approved", "preparing", "in-house", "departed"]
    after = {name: value for name, value in row(desk, VIP_STAY, new).items() if name not in ("stage", "version")}
    assert after == before  # no step writes anything a person did not say
    with pytest.raises(Refused, match="actual cost"):
        move(desk, new, "review")
    assert move(desk, new, "review", values={"no_cost": 1}) == "reviewed"
    reasons = desk.store.writer.execute("select reason from step where row = ? and after = 'refused'", (new,)).fetchall()
    assert reasons == [("公务接待,另行办理",)]
    sound(desk.store)


def test_nobody_is_in_house_before_the_day(desk: Desk, ids: dict[str, int]) -> None:
    with pytest.raises(Refused, match="2026-11-19"):
        move(desk, ids["huo"], "arrive")
    assert row(desk, VIP_STAY, ids["huo"])["stage"] == "preparing"


def test_a_cost_and_no_cost_do_not_go_together(desk: Desk, ids: dict[str, int]) -> None:
    with pytest.raises(Invalid, match="nothing was spent"):
        change(desk, VIP_STAY, ids["huo"], no_cost=1)


def lines(reader: Any, day: str = DAY) -> dict[str, TodayLine]:
    return {say(line.label): line for line in queries.today(reader, day, None)}


def test_today_counts_and_opens_the_same_rows(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    found = lines(reader)
    assert {words: (line.count, line.tone) for words, line in found.items()} == {
        "V5 in house": (1, ""), "Arriving": (1, ""), "Not prepared yet": (1, "amber"),
        "Coming in 7 days": (1, ""), "Still in house after departure": (0, ""), "Review due": (1, "amber"),
    }  # fmt: skip
    opened = {words: [r[0] for r in pages.fetch(reader, ListQuery(VIP_STAY, line.filters))] for words, line in found.items()}
    assert opened["Not prepared yet"] == opened["Arriving"] == [ids["situ"]]
    assert opened["Review due"] == [ids["kobayashi"]]
    assert opened["Coming in 7 days"] == [ids["huo"]]
    assert {line.group for line in found.values()} == {"vip"}


def test_today_of_other_days(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    assert lines(reader, "2026-11-14")["V4 in house"].count == 1  # she has left since
    assert lines(reader, "2026-11-20")["V2 in house"].count == 1  # he is expected
    assert lines(reader, "2026-11-17")["Review due"].count == 0
    assert queries.today(reader, DAY, 1) != []
    assert all(line.count == 0 for line in queries.today(reader, DAY, 1))  # another hotel


@pytest.mark.embedded
def test_the_figures_of_today_read_an_index_only(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    for line in (*queries.today(reader, DAY, None), *queries.today(reader, "2026-11-20", 1)):
        where, values = pages.where(reader, ListQuery(VIP_STAY, line.filters))
        plan = reader.execute(f"explain query plan select count(*) from vip_stay as t where {where}", values).fetchall()
        assert all("COVERING INDEX" in step[3] for step in plan), (say(line.label), plan)


def said(reader: Any, row_id: int, record: str = "vip_stay", day: str = DAY) -> list[tuple[str, str]]:
    return [(say(point.words), point.tone) for point in queries.now(reader, record, row_id, day)]


def test_what_needs_care_about_a_reception(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    assert said(reader, ids["huo"]) == [
        ("Never: 虾蟹 · 花生、甲壳类,喉头水肿", "red"),
        ("To be prepared, but never for this guest: 虾 · 花生", "red"),
    ]
    change(desk, VIP_STAY, ids["huo"], must="晚宴 12 位: 不要花生和虾; 香菜拌豆腐", room_no="")
    assert said(reader, ids["huo"])[1:] == [("To be prepared, but not liked: 香菜", "amber"), ("No room yet", "amber")]
    assert said(reader, ids["situ"]) == [("Not in preparation yet", "amber")]
    assert said(reader, ids["yu"]) == [("Day 2 of 5", "green")]
    assert said(reader, ids["yu"], day="2026-11-22") == [("Still in house after departure", "amber")]
    assert said(reader, ids["kobayashi"]) == [("Review due 2026-11-18", "amber")]
    assert said(reader, ids["kobayashi"], day="2026-11-19") == [("Review due 2026-11-18", "red")]
    assert said(reader, 1) == []


def test_a_guest_s_and_a_unit_s_sheet_tell_of_the_reception(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    words = "V2 reception 2026-11-19 to 2026-11-22, room 1702 (In preparation)"
    assert said(reader, ids["霍明翊"], "person") == [(words, "blue")]
    assert said(reader, ids["云垞医疗集团"], "account") == [(f"霍明翊: {words}", "blue")]
    assert said(reader, ids["司徒曜"], "person")[0][1] == "amber"
    assert said(reader, ids["小林 遥"], "person") == []
    use("zh_CN")
    assert said(reader, ids["霍明翊"], "person") == [("V2 接待 2026-11-19 至 2026-11-22，1702 房（准备）", "blue")]


def test_figures_of_a_reception(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    def told() -> dict[str, tuple[str, str]]:
        return {say(f.label): (f.value, f.tone) for f in queries.figures(reader, "vip_stay", ids["huo"], DAY)}

    assert told() == {
        "Nights": ("3", ""), "Days to arrival": ("1", ""), "Cost cap": ("1,800.00", ""), "Actual cost": ("1,640.00", "amber"),
        "Left under the cap": ("160.00", ""),
    }  # fmt: skip
    change(desk, VIP_STAY, ids["huo"], actual_cost=180_001)
    assert told()["Actual cost"] == ("1,800.01", "red")
    assert told()["Above the cap"] == ("0.01", "red")
    assert row(desk, VIP_STAY, ids["huo"])["against_cap"] == "over"
    assert queries.figures(reader, "person", ids["霍明翊"], DAY) == []
    remove(desk, VIP_STAY, ids["huo"])
    assert told() == {}


def test_the_timeline_tells_of_receptions_and_preferences(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    entries = [entry for duty in DUTIES for entry in duty.entries]
    look = timeline.Look(entries, {record.key: record for record in RECORDS}, "person", ids["霍明翊"])
    found = [(entry.day, say(entry.words)) for entry in timeline.before(reader, look, timeline.end_of("2027-01-01")) if entry.record != "person"]
    assert found[0] == ("2026-11-19", "V2 reception until 2026-11-22, room 1702, 集团年会")
    look = timeline.Look(entries, {record.key: record for record in RECORDS}, "account", ids["云垞医疗集团"])
    (entry,) = timeline.before(reader, look, timeline.end_of("2027-01-01"))
    assert say(entry.words) == "霍明翊: V2 reception until 2026-11-22, room 1702, 集团年会"
    assert {words for day, words in found if day == "2026-04-22"} == {"花生、甲壳类,喉头水肿 (客人本人)", "香菜", "硬枕两个 (客房部)"}
