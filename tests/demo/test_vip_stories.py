"""What the sample hotel tells of its VIPs: the dish that is stopped, the late train, the official group, the confidential guest."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.documents import library, making
from crm_desktop.duties import DUTIES
from crm_desktop.duties.vip import queries_kitchen, queries_plan, rules_amenities, words_reception
from crm_desktop.duties.vip.quick_late import QuickLate
from crm_desktop.duties.vip.records import REFUSED, VIP_STAY
from crm_desktop.duties.vip.records_service import GUEST_CARD
from crm_desktop.duties.vip.words_reception import Reception
from crm_desktop.record.paper import ZH, Ask
from crm_desktop.record.text import Refused, say
from crm_desktop.store.rows import get
from tests.documents.conftest import Staying, staying  # noqa: F401
from tests.documents.test_forms import text_of
from tests.hotel import TODAY

HUO, SITU, YU, TEAM, AYNUR = "霍明翊", "司徒曜", "俞闻笛", "督查组联络人 戚科", "阿依努尔·买合木提"


def found(staying: Staying, name: str, stage: str) -> Reception:  # noqa: F811
    row_id = staying.one("select v.id from vip_stay as v join person as p on p.id = v.guest_id where p.name = ? and v.stage = ?", name, stage)
    told = words_reception.reception(staying.reader, int(row_id))
    assert told is not None
    return told


def given(told: Reception, kind: str = "") -> list[str]:
    return [row["name"] for row in told.issues if row["name"] and kind in ("", row["kind"])]


def times(staying: Staying, stay: Any) -> dict[str, str]:  # noqa: F811
    return {task["task"] or task["phase"]: task["time"] for task in queries_plan.tasks(staying.reader, stay["id"]) if task["state"] == "open"}


def test_the_dinner_with_an_allergen_is_stopped_until_the_dishes_are_others(staying: Staying) -> None:  # noqa: F811
    told = found(staying, HUO, "preparing")
    (card,) = [row for row in told.cards if row["kind"] == "kitchen"]
    stop = say(queries_kitchen.held_card(staying.reader, card["id"]) or "")
    assert "花雕醉虾" in stop
    assert "花生碎拌菜" in stop
    with pytest.raises(Refused, match="花雕醉虾"):
        staying.desk.move(GUEST_CARD, card["id"], card["version"], "issue")
    menu = str(card["menu"]).replace("花雕醉虾", "清蒸白鱼").replace("花生碎拌菜", "凉拌莴笋")
    staying.desk.save(GUEST_CARD, card["id"], card["version"], {"menu": menu})
    assert queries_kitchen.held_card(staying.reader, card["id"]) is None
    staying.desk.move(GUEST_CARD, card["id"], int(staying.one("select version from guest_card where id = ?", card["id"])), "issue")
    notice = text_of(making.make(staying.reader, staying.store, library.form(DUTIES, "F16"), Ask(told.row["id"], TODAY, language=ZH)).pdf)
    assert "✗" not in notice
    assert "凉拌莴笋" in notice


def test_what_is_given_keeps_the_cap_and_is_not_what_it_was_last_time(staying: Staying) -> None:  # noqa: F811
    told = found(staying, HUO, "preparing")
    assert (told.planned, told.cap) == (1_640_00, 1_800_00)
    assert not {"干红葡萄酒一支", "红提、奇异果、火龙果"} & set(given(told))
    again = found(staying, YU, "in-house")
    assert not {"红提、奇异果、火龙果", "总经理亲笔信"} & set(given(again))
    assert len(set(given(again, "fruit"))) == len(given(again, "fruit")) == 4
    assert not any("酒" in name for name in given(found(staying, AYNUR, "approved")))


def test_the_late_train_moves_the_tasks_and_leaves_the_dinner(staying: Staying) -> None:  # noqa: F811
    stay = found(staying, SITU, "preparing").row
    staying.desk.save(VIP_STAY, stay["id"], stay["version"], {"arrival_time": "14:20"})
    before = times(staying, stay)
    assert (before["inspect-am"], before["greeters"], before["meal"]) == ("12:20", "14:10", "18:30")
    line = QuickLate()
    guess = line.understand(staying.reader, "晚点 1小时45分", {}, (VIP_STAY, stay["id"]))
    assert guess.missing is None
    line.act(staying.desk, guess)
    after = times(staying, stay)
    assert (after["inspect-am"], after["inspect-dos"], after["greeters"], after["greet"], after["meal"]) == ("14:05", "15:05", "15:55", "16:05", "18:30")
    clashes = [say(clash.words()) for clash in queries_plan.clashes(staying.reader, TODAY, stay["id"])]
    assert any("顾砚秋" in words and "业主会" in words and "程牧野" in words for words in clashes)


def test_a_room_with_a_defect_is_not_ready(staying: Staying) -> None:  # noqa: F811
    told = found(staying, SITU, "preparing")
    assert [row["defect"] for row in told.checks if row["state"] == "defect"] == ["保险箱打不开，已报工程部"]
    with pytest.raises(Refused):
        staying.desk.move(VIP_STAY, told.row["id"], told.row["version"], "ready")


def test_the_inspection_group_is_received_officially(staying: Staying) -> None:  # noqa: F811
    assert found(staying, TEAM, REFUSED).row["official"] in (0, None)
    told = found(staying, TEAM, "applied")
    struck = {row["kind"] for row in told.issues if row["why"] == rules_amenities.UNOFFICIAL}
    assert {"flowers", "fruit"} <= struck
    assert not {"flowers", "fruit", "wine", "gift"} & {row["kind"] for row in told.issues if row["name"]}
    said = text_of(making.make(staying.reader, staying.store, library.form(DUTIES, "F30"), Ask(told.row["id"], TODAY, language=ZH)).pdf)
    assert "函〔2026〕118号" in said


def test_the_confidential_guest_is_an_alias_everywhere_and_the_outsider_is_written_down(staying: Staying) -> None:  # noqa: F811
    row_id = staying.ids["林一"]
    assert staying.one("select count(*) from person where name like '%林婉乔%'") == 0
    opened = staying.reader.execute("select who, knew from opening where person_id = ? order by day", (row_id,)).fetchall()
    assert tuple(opened[0]) == ("宋晚晴", 0)
    assert {knew for _, knew in opened[1:]} == {1}
    stay = get(staying.reader, VIP_STAY, int(staying.one("select id from vip_stay where guest_id = ?", row_id)))
    assert stay is not None
    for key in ("F16", "F17", "F36"):
        said = text_of(making.make(staying.reader, staying.store, library.form(DUTIES, key), Ask(0 if key == "F36" else stay["id"], TODAY, language=ZH)).pdf)
        assert "林婉乔" not in said
        assert "林一" in said
