"""Preferences through the desk: noting, confirming, contradicting; who is meant by a room number."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.preferences import actions, queries
from crm_desktop.duties.preferences.queries_rooms import guests_in
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.text import say
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from tests.duties import lobby
from tests.duties.lobby import DAY
from tests.samples import change, row, stay


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    return lobby.fill(desk)


def test_a_line_becomes_a_fact(desk: Desk, ids: dict[str, int]) -> None:
    made = actions.note(desk, ids["司徒曜"], "不吃花生", "food", "never", "peanut", "太太", "电话里说")
    found = row(desk, PREFERENCE, made.rows[0][1])
    told = {name: found[name] for name in ("person_id", "name", "kind", "polarity", "allergen", "source", "evidence", "told_on", "standing")}
    assert told == {
        "person_id": ids["司徒曜"], "name": "不吃花生", "kind": "food", "polarity": "never", "allergen": "peanut", "source": "太太", "evidence": "电话里说",
        "told_on": DAY, "standing": "holds",
    }  # fmt: skip


def test_the_same_fact_again_is_a_confirmation(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    before = len(queries.of_person(reader, ids["霍明翊"]))
    actions.note(desk, ids["霍明翊"], "不吃香菜", "food", "dislike", source="太太")
    facts = queries.of_person(reader, ids["霍明翊"])
    assert len(facts) == before
    assert [(f.name, f.source, f.told_on) for f in facts if f.polarity == "dislike"] == [("香菜", "太太", DAY)]
    actions.note(desk, ids["霍明翊"], "香菜", "food", "never")  # another feeling is another fact
    assert len(queries.of_person(reader, ids["霍明翊"])) == before + 1


def test_nobody_likes_an_allergen(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    with pytest.raises(Invalid, match="no allergen"):
        actions.note(desk, ids["霍明翊"], "花生", polarity="like", allergen="peanut")
    with pytest.raises(Invalid, match="after today"):
        lobby.fact(desk, ids["霍明翊"], "like", "茶", told_on="2026-11-19")
    with pytest.raises(Invalid, match="on or after 2026-11-01"):
        lobby.fact(desk, ids["霍明翊"], "like", "茶", told_on="2026-11-01", expires="2026-10-01")
    assert len(queries.of_person(reader, ids["霍明翊"])) == 3


def test_nevers_of_a_guest(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    assert [f.name for f in queries.never(reader, ids["霍明翊"])] == ["花生、甲壳类,喉头水肿"]
    old = lobby.fact(desk, ids["霍明翊"], "never", "术后忌口", told_on="2026-01-01", expires="2026-02-01")
    assert len(queries.never(reader, ids["霍明翊"])) == 2
    assert len(queries.never(reader, ids["霍明翊"], DAY)) == 1
    assert row(desk, PREFERENCE, old)["standing"] == "expired"


def test_contradicting_facts_stand_side_by_side(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    points = queries.now(reader, "person", ids["单翊飞"], DAY)
    assert [(say(point.words), point.tone) for point in points] == [
        ("Never: 羽绒过敏", "red"),
        ("Contradiction: Never: 羽绒过敏 (客人本人 2026-11-06) ⇄ Likes: 喜欢羽绒枕 (前台 2024-12-01)", "amber"),
    ]
    for point, count in zip(points, (1, 2), strict=True):
        assert point.opens is not None
        assert not isinstance(point.opens[1], int)
        assert pages.count(reader, ListQuery(PREFERENCE, point.opens[1])) == count
    assert queries.now(reader, "account", ids["云垞医疗集团"], DAY) == []


def meant(reader: Any, room: str, day: str = DAY) -> list[str]:
    return [each.name for each in guests_in(reader, room, day)]


def test_who_is_in_a_room(desk: Desk, ids: dict[str, int], reader: Any) -> None:
    assert meant(reader, "1211") == ["俞闻笛"]
    assert meant(reader, "0808") == ["单翊飞"]
    assert meant(reader, "1606") == ["司徒曜"]
    assert meant(reader, "1702") == ["霍明翊"]  # he comes tomorrow: what he likes is told today
    assert meant(reader, "1702", "2026-11-16") == []
    assert (meant(reader, ""), meant(reader, "808")) == ([], [])
    shared = stay(desk, "2026-11-18", "2026-11-20", status="Booked", guest_id=ids["司徒曜"], room_no="0808")
    assert meant(reader, "0808") == ["单翊飞", "司徒曜"]  # who is there comes first
    change(desk, STAY, shared, status="Canceled")
    assert meant(reader, "0808") == ["单翊飞"]
    stay(desk, "2026-11-10", DAY, status="Check-Out", guest_id=ids["司徒曜"], room_no="0808")
    assert meant(reader, "0808") == ["单翊飞", "司徒曜"]  # who has left comes last, however early they came
    stay(desk, "2026-11-17", "2026-11-21", status="In-House", guest_id=ids["俞闻笛"], room_no="1211")
    assert meant(reader, "1211") == ["俞闻笛"]  # reception and stay are of one guest
