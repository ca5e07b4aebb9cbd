"""The arrival card: who is meant by a room or a name, what it tells, and marking a guest as met."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.clients.records_roles import DECIDER
from crm_desktop.duties.stays.records import STAY
from crm_desktop.duties.vip import actions, arrivals
from crm_desktop.duties.vip.arrivals import Arrival
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.exchange import typed_columns
from crm_desktop.record.text import Refused, say, use
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import account, added, hotel, remove, sound, stay


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    return lobby.fill(desk)


def cards(reader: Any, words: str, day: str = DAY) -> list[Arrival]:
    return arrivals.arrival_cards(reader, day, words)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("1211", ["俞闻笛"]), ("0808", ["单翊飞"]), ("单", ["单翊飞"]), ("shanyi", ["单翊飞"]), ("syf", ["单翊飞"]), ("situ", ["司徒曜"]),
        ("司徒", ["司徒曜"]), ("小林", []), ("霍", []), ("", ["司徒曜", "俞闻笛"]), ("s", ["司徒曜", "单翊飞"]), ("zzz", []), ("!", []),
    ],
)  # fmt: skip
def test_who_is_meant(desk: Desk, ids: dict[str, int], reader: Any, words: str, names: list[str]) -> None:
    assert [card.name for card in cards(reader, words)] == names


def test_what_the_card_of_a_vip_tells(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    (card,) = cards(reader, "huo", "2026-11-19")
    assert (card.address, card.level, card.unit, card.position, card.room) == ("霍博士", "V2", "云垞医疗集团", "董事长", "1702")
    assert (card.arrival, card.arrival_time, card.departure, card.here, card.met) == ("2026-11-19", "15:40", "2026-11-22", False, False)
    assert (card.stays, card.last_stay, card.photo, card.purpose) == (0, "", "", "集团年会")
    assert told(card) == [
        ("VIP V2", "purple"), ("Never: 花生 · 虾蟹 · 花生、甲壳类,喉头水肿", "red"), ("First stay, from a class A client", "blue"),
    ]  # fmt: skip
    assert card.nevers == ["虾蟹", "花生、甲壳类,喉头水肿"]
    assert card.dislikes == ["香菜"]
    assert card.likes == ["硬枕两个"]
    assert [(say(words), tone) for words, tone in card.warnings] == [("To be prepared, but never for this guest: 虾 · 花生", "red")]


def told(card: Arrival) -> list[tuple[str, str]]:
    return [(say(reason.words), reason.tone) for reason in card.reasons]


def test_reasons_to_meet_and_a_debt_is_none(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    assert desk.store.writer.execute("select balance from receivable where account_id = ?", (ids["瑞栀药业"],)).fetchone() == (400_000,)
    stay(desk, "2024-05-01", "2024-05-02", guest_id=ids["俞闻笛"])
    (card,) = cards(reader, "1211")
    assert say(card.address) == "Ms 俞"
    assert told(card) == [("VIP V5", "purple"), ("Birthday on 2026-11-20 (lunar calendar)", "amber"), ("Back after 930 days", "blue")]
    use("zh_CN")
    assert say(card.address) == "俞女士"
    assert say(card.reasons[1].words) == "2026-11-20 生日（农历）"
    (card,) = cards(reader, "1211", "2026-11-20")
    assert say(card.reasons[1].words) == "今天生日（农历）"


def test_every_reason_is_found_in_the_data(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    client = account(desk, "棠溪生物", level="B", competitors="云栖酒店")
    made: dict[str, int] = {}

    def guest(name: str, before: int = 1, arrival: str = DAY, **values: Any) -> int:
        made[name] = added(desk, PERSON, name=name, **values)
        for number in range(before):
            stay(desk, f"2026-09-{number + 1:02d}", f"2026-09-{number + 2:02d}", guest_id=made[name])
        stay(desk, arrival, "2026-11-20", guest_id=made[name], status="Booked")
        return made[name]

    guest("plain")
    guest("vip", vip="V4")
    lobby.fact(desk, guest("never"), "dislike", "不碰麸质", allergen="gluten")
    lobby.fact(desk, guest("over"), "never", "香水", expires="2026-11-17")
    for name, day, state in (("complained", "2026-09-01", "filed"), ("long ago", "2026-08-31", "filed"), ("open", "2026-08-31", "new")):
        told = {"name": "空调", "received_on": day, "received_at": "09:00", "person_id": guest(name), "hotel_id": hotel(desk)}
        complaint = added(desk, desk.store.by_key["complaint"], **told)
        desk.store.writer.execute("update complaint set state = ? where id = ?", (state, complaint))
    guest("birthday", birthday="1980-11-21")
    guest("first", 0, account_id=client)
    guest("back", 0)
    stay(desk, "2026-05-20", "2026-05-21", guest_id=made["back"])
    guest("decides", account_id=client, role=DECIDER)
    added(desk, desk.store.by_key["agreement"], account_id=client, name="2026", since="2026-01-01", until="2026-12-31", hotel_id=hotel(desk))
    desk.store.writer.execute("update agreement set state = 'running'")
    guest("tenth", 9)
    guest("elsewhere", account_id=client)
    added(desk, desk.store.by_key["visit"], person_id=guest("introduced"), kind="visit", day="2026-10-01", result="referral")
    query = ListQuery(STAY, [("arrival", "=", DAY)], columns=("guest_id", "reason"))
    found = {row[2]: row[3] for row in pages.fetch(desk.store.writer, query)}
    assert {name: found[name] for name in made} == {
        "plain": "", "vip": "V4", "never": "never", "over": "", "complained": "complaint", "long ago": "", "open": "complaint", "birthday": "birthday",
        "first": "first", "back": "back", "decides": "agreement", "tenth": "round", "elsewhere": "competitor", "introduced": "introduced",
    }  # fmt: skip
    assert "reason" not in typed_columns_titles()
    receptions = ListQuery(VIP_STAY, [("arrival", "=", DAY)], columns=("guest_id", "to_meet"))
    assert [row[2:] for row in pages.fetch(desk.store.writer, receptions)] == [("司徒曜", "V3")]


def typed_columns_titles() -> list[str]:
    return [column.name for column in typed_columns.of(STAY, ("guest_id", "reason"), words=True)]


def test_a_stay_gives_a_reception_its_room(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    lobby.reception(desk, ids["单翊飞"], "V4", DAY, "2026-11-20", stage="preparing")
    (card,) = cards(reader, "单")
    assert (card.record, card.level, card.room, card.here) == ("vip_stay", "V4", "0808", True)
    assert [each.name for each in cards(reader, "0808")] == ["单翊飞"]


def test_space_marks_met_once(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    made = actions.met(desk, "vip_stay", ids["yu"], "送上生日贺卡")
    visit = desk.get(desk.store.by_key["visit"], made.rows[0][1])
    assert visit is not None
    told = {name: visit[name] for name in ("person_id", "account_id", "kind", "day", "time", "state", "words")}
    assert told == {
        "person_id": ids["俞闻笛"], "account_id": ids["瑞栀药业"], "kind": "in-house", "day": DAY, "time": "13:20", "state": "done", "words": "送上生日贺卡",
    }  # fmt: skip
    assert [card.met for card in cards(reader, "")] == [False, True]
    with pytest.raises(Refused, match="俞闻笛 is marked"):
        actions.met(desk, "vip_stay", ids["yu"])
    desk.undo()
    assert not cards(reader, "1211")[0].met
    sound(desk.store)


def test_who_cannot_be_met(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    nameless = stay(desk, DAY, "2026-11-20", status="Booked")
    with pytest.raises(Refused, match="no guest"):
        actions.met(desk, "stay", nameless)
    remove(desk, desk.store.by_key["stay"], ids["shan"])
    with pytest.raises(Refused, match="removed"):
        actions.met(desk, "stay", ids["shan"])
    with pytest.raises(ValueError, match="person"):
        actions.met(desk, "person", ids["单翊飞"])
    assert desk.store.writer.execute("select count(*) from visit").fetchone() == (0,)
