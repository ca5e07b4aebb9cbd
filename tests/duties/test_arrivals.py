"""The arrival card: who is meant by a room or a name, what it tells, and marking a guest as met."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.vip import actions, arrivals
from crm_desktop.duties.vip.arrivals import Arrival
from crm_desktop.record.text import Refused, say, use
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import remove, sound, stay


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
    assert (card.stays, card.last_stay, card.photo, card.purpose) == (0, "", None, "集团年会")
    assert [(say(words), tone) for words, tone in card.reasons] == [("VIP V2", "purple"), ("Class A client", "green"), ("First stay here", "blue")]
    assert card.nevers == ["虾蟹", "花生、甲壳类,喉头水肿"]
    assert card.dislikes == ["香菜"]
    assert card.likes == ["硬枕两个"]
    assert [(say(words), tone) for words, tone in card.warnings] == [("To be prepared, but never for this guest: 虾 · 花生", "red")]


def test_reasons_to_meet(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    stay(desk, "2024-05-01", "2024-05-02", guest_id=ids["俞闻笛"])
    (card,) = cards(reader, "1211")
    assert say(card.address) == "Ms 俞"
    assert [(say(words), tone) for words, tone in card.reasons] == [
        ("Birthday on 2026-11-20 (lunar calendar)", "amber"), ("VIP V5", "purple"),
        ("The unit owes CNY 4,000.00, overdue 4,000.00", "red"), ("Back after more than a year", "blue"),
    ]  # fmt: skip
    use("zh_CN")
    assert say(card.address) == "俞女士"
    assert say(card.reasons[0][0]) == "2026-11-20 生日（农历）"
    (card,) = cards(reader, "1211", "2026-11-20")
    assert say(card.reasons[0][0]) == "今天生日（农历）"


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
