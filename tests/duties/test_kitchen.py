"""Cards of functions: who sits there is taken over with what they must never meet, a menu is stopped, signed and checked."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.vip import documents_kitchen, queries_kitchen, rules_cards
from crm_desktop.duties.vip.documents_service import card as paper_of
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_service import GUEST_CARD
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import Refused, say
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import added, change, hotel, row, sound

NEXT = "2026-11-19"
MENU = "冷菜四拼\n花生碎拌菜\n香辣蟹\n清蒸白鱼"


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    found = lobby.fill(desk)
    contact = added(desk, PERSON, name="卢一诺", account_id=found["云垞医疗集团"])
    lobby.fact(desk, contact, "never", "不吃羊肉", kind="food")
    banquet = added(
        desk, BOOKING, hotel_id=hotel(desk), kind="banquet", day=NEXT, time="18:30", place="听泉", people=12, account_id=found["云垞医疗集团"], person_id=contact, state="definite", never="芒果",
    )  # fmt: skip
    return found | {"contact": contact, "banquet": banquet}


def move(desk: Desk, card: int, key: str, **more: Any) -> None:
    desk.move(GUEST_CARD, card, row(desk, GUEST_CARD, card)["version"], key, **more)


def points(desk: Desk, booking: int) -> list[tuple[str, str]]:
    return [(say(point.words), point.tone) for point in queries_kitchen.now(desk.store.writer, booking, DAY)]


def test_a_card_of_a_banquet_knows_who_sits_there(desk: Desk, ids: dict[str, int]) -> None:
    assert [tone for _, tone in points(desk, ids["banquet"])] == ["red"]  # no card yet, though much is known
    card = added(desk, GUEST_CARD, kind="kitchen", booking_id=ids["banquet"])
    made = row(desk, GUEST_CARD, card)
    assert (made["meal_on"], made["meal_at"], made["place"], made["covers"], made["guests"]) == (NEXT, "18:30", "听泉", 12, "卢一诺、霍明翊")
    assert {"芒果", "不吃羊肉", "虾蟹"} <= set(made["nevers"].splitlines())
    assert {"peanut", "mango", "shellfish"} <= set(made["codes"].split())
    assert "喉头水肿" not in made["nevers"]  # the illness is nobody's
    assert points(desk, ids["banquet"]) == [("The kitchen has not signed yet", "amber")]
    sound(desk.store)


def test_a_stopped_menu_is_not_issued_until_it_is_another_one_or_signed_for(desk: Desk, ids: dict[str, int]) -> None:
    card = added(desk, GUEST_CARD, kind="kitchen", booking_id=ids["banquet"], menu=MENU)
    with pytest.raises(Refused, match="花生碎拌菜"):
        move(desk, card, "issue")
    lines = {say(line.label): (line.count, line.tone) for line in queries_kitchen.today(desk.store.writer, DAY)}
    assert lines == {"Menus stopped": (1, "red"), "Kitchen cards unsigned": (1, "amber")}
    assert {say(line.label): line.tone for line in queries_kitchen.today(desk.store.writer, NEXT)}["Kitchen cards unsigned"] == "red"
    change(desk, GUEST_CARD, card, menu="冷菜四拼\n清蒸白鱼")
    lobby.fact(desk, ids["contact"], "never", "不吃白鱼", kind="food")
    with pytest.raises(Refused, match="不吃白鱼"):
        move(desk, card, "issue")  # somebody said more since
    move(desk, card, "renew")
    with pytest.raises(Refused, match="清蒸白鱼"):
        move(desk, card, "issue")
    move(desk, card, "excuse", reason="单独一份，不上这位的桌")
    move(desk, card, "issue")
    move(desk, card, "sign")
    assert (row(desk, GUEST_CARD, card)["signed_revision"], points(desk, ids["banquet"])) == (1, [])
    change(desk, GUEST_CARD, card, menu="冷菜四拼")
    assert (row(desk, GUEST_CARD, card)["state"], row(desk, GUEST_CARD, card)["revision"]) == ("draft", 2)
    desk.undo()
    sound(desk.store)


def test_what_was_left_on_the_plate_is_learnt(desk: Desk, ids: dict[str, int]) -> None:
    card = added(desk, GUEST_CARD, kind="kitchen", booking_id=ids["banquet"], menu="冷菜四拼\n清蒸白鱼")
    move(desk, card, "issue")
    move(desk, card, "sign")
    with pytest.raises(Refused, match="first dish"):
        move(desk, card, "check")
    with pytest.raises(Invalid):
        change(desk, GUEST_CARD, card, began="18:40", ended="18:10")
    change(desk, GUEST_CARD, card, began="18:40", ended="19:50", looks="good", returned="", left_over="清蒸白鱼")
    move(desk, card, "check")
    found = desk.store.writer.execute("select polarity, strength, evidence from preference where name = '清蒸白鱼' and person_id = ?", (ids["contact"],)).fetchall()
    assert found == [("dislike", "mild", f"{NEXT} 听泉")]
    assert row(desk, GUEST_CARD, card)["state"] == rules_cards.SERVED


def test_a_card_is_of_something(desk: Desk, ids: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        added(desk, GUEST_CARD, kind="kitchen", menu="x")
    assert rules_cards.sign_by("2026-11-01") == "2026-10-31"
    assert rules_cards.sign_by("") == ""
    assert ids


def test_the_sheets_of_the_kitchen_and_the_floors(desk: Desk, ids: dict[str, int]) -> None:
    old = added(desk, BOOKING, hotel_id=hotel(desk), kind="banquet", day="2026-11-02", place="兰亭", account_id=ids["云垞医疗集团"], state="done")
    added(desk, GUEST_CARD, kind="kitchen", booking_id=old, menu="旧菜一\n旧菜二")
    reader = desk.store.writer
    waiting = documents_kitchen.meeting(reader, Ask(0, DAY)).data["parties"]
    assert [(line[1], line[5]) for line in waiting] == [("听泉", "11-02 旧菜一、旧菜二")]
    card = added(desk, GUEST_CARD, kind="kitchen", booking_id=ids["banquet"], menu=MENU)
    (line,) = documents_kitchen.meeting(reader, Ask(0, DAY)).data["parties"]
    assert "✗花生碎拌菜" in line[4]
    assert "✗香辣蟹" in line[4]
    found = paper_of(reader, Ask(card, DAY))
    assert found is not None
    assert (found.data["guest"], len(found.data["stops"])) == ("卢一诺、霍明翊", 2)
    assert documents_kitchen.floors(reader, Ask(0, NEXT)).data["floors"] == []
    lobby.fact(desk, ids["司徒曜"], "like", "硬枕两只", kind="bed")
    desk.move(lobby.VIP_STAY, ids["situ"], row(desk, lobby.VIP_STAY, ids["situ"])["version"], "prepare")
    (floor,) = documents_kitchen.floors(reader, Ask(0, DAY)).data["floors"]
    assert (floor["floor"], floor["rows"][0][:4]) == ("16", ["1606", "V3", "司徒曜", "硬枕两只"])


def test_the_kitchen_s_meeting_hears_of_dishes_and_of_no_microphones(desk: Desk, ids: dict[str, int]) -> None:
    served = added(desk, DEPARTMENT, hotel_id=hotel(desk), name="餐饮部", code="FB")
    for name, more in (
        ("菜太咸", {"category": "food"}), ("话筒两次没声", {"category": "event", "department_id": served}), ("上错汤", {"category": "event", "cause": "product"}),
        ("上菜慢", {"category": "speed", "department_id": served}), ("办入住慢", {"category": "speed"}), ("汤真好", {"category": "food", "kind": "praise"}),
    ):  # fmt: skip
        added(desk, COMPLAINT, name=name, received_on=DAY, received_at="10:00", channel="face", severity="S3", hotel_id=hotel(desk), **more)
    said = documents_kitchen.meeting(desk.store.writer, Ask(0, DAY)).data["complaints"]
    assert {line[2] for line in said} == {"菜太咸", "上错汤", "上菜慢"}
    assert ids


def test_an_official_reception_has_one_working_meal_at_which_few_of_the_house_dine(desk: Desk, ids: dict[str, int]) -> None:
    change(desk, VIP_STAY, ids["situ"], official=1, letter_no="函 118", party=8)
    seats = "主：乙\n主：丙\n主：丁\n主：戊\n司徒曜"
    first = added(desk, GUEST_CARD, kind="kitchen", vip_stay_id=ids["situ"], meal_on=DAY, meal_at="12:00", place="听泉", menu="四菜一汤", diners=seats)
    with pytest.raises(Refused, match="at most 3 of the house"):
        move(desk, first, "issue")
    change(desk, GUEST_CARD, first, diners=seats.replace("主：戊\n", ""))
    move(desk, first, "issue")
    second = added(desk, GUEST_CARD, kind="kitchen", vip_stay_id=ids["situ"], meal_on=DAY, meal_at="18:30", menu="冷菜四拼")
    with pytest.raises(Refused, match="one working meal, and that is the one of 2026-11-18 12:00 听泉"):
        move(desk, second, "issue")
    assert row(desk, GUEST_CARD, second)["state"] == "draft"
    change(desk, VIP_STAY, ids["situ"], official=0, letter_no="")
    move(desk, second, "issue")
    sound(desk.store)
