"""The pack of the credit meeting: what stands in it, and what is decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties import RECORDS
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import actions_pack, queries_pack
from crm_desktop.duties.credit.records import CREDIT_APPLICATION, GUARANTEE
from crm_desktop.duties.credit.records_collection import DISPUTE, WRITE_OFF
from crm_desktop.duties.follow_ups import actions as follow_ups
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.record.dates import set_clock
from crm_desktop.record.text import Refused, say
from crm_desktop.store.store import Store
from tests.hotel import TODAY, at_its_hour, made
from tests.samples import account, added, change, hotel, row


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    made()
    set_clock(dt.datetime(2026, 11, 18, 9))
    yield
    set_clock(None)


def bill(desk: Desk, client: int, amount: int, due: str, **more: Any) -> int:
    return added(desk, RECEIVABLE, account_id=client, hotel_id=hotel(desk), amount=amount, due=due, bill_date=min(due, "2026-11-01"), **more)


def told(reader: Any) -> dict[str, list[tuple[str, int]]]:
    return {chapter.key: [(topic.name, topic.amount) for topic in chapter.topics] for chapter in queries_pack.pack(reader, TODAY).chapters}


def test_the_pack_of_the_sample(tmp_path: Path) -> None:
    sample = made()
    with at_its_hour(), Store(sample.copy(tmp_path / "hotel.db"), RECORDS) as store, closing(store.open_reader()) as reader:
        found = {chapter.key: chapter.topics for chapter in queries_pack.pack(reader, TODAY).chapters}
        first = {key: (topics[0].name, topics[0].amount) for key, topics in found.items()}
        assert first["stops"] == ("越岫城建集团", 262_800_00)
        assert (first["limits"][1], "沐棹会展服务有限公司" in {topic.name for topic in found["limits"]}) == (max(topic.amount for topic in found["limits"]), True)
        assert ("越岫城建集团", 60_000_00) in [(topic.name, topic.amount) for topic in found["promises"]]
        assert first["disputes"] == ("澄籁精密制造有限公司", 15_000_00)
        assert first["over90"] == ("越岫城建集团", 152_500_00)
        assert "旭阑置业有限公司" in {topic.name for topic in found["over90"]}
        assert first["write-offs"][1] == 50
        assert {topic.name for topic in found["applications"]} >= {"青垧新材料有限公司", "鹿渚文化传播有限公司"}
        assert any("瑞栀" in topic.name for topic in found["reviews"])
        assert [topic.tone for topic in found["guarantees"]] == ["red"]
        assert any(topic.tone == "red" for topic in found["events"])  # the year-end feast of whose credit is stopped


def test_each_chapter_has_what_belongs_there_and_nothing_else(desk: Desk, reader: Any) -> None:
    assert told(reader) == {}
    one, two = account(desk, "甲", credit="open", credit_limit=1_000_00), account(desk, "乙", credit="stopped", credit_limit=9_000_00)
    quarrel = bill(desk, one, 950_00, "2026-12-01", disputed=100_00)
    assert told(reader) == {"stops": [("乙", 0)], "limits": [("甲", 950_00)]}
    late = bill(desk, two, 500_00, "2026-09-10")
    assert told(reader) == {"stops": [("乙", 500_00)], "limits": [("甲", 950_00)], "over60": [("乙", 500_00)]}
    bill(desk, two, 70_00, "2026-08-01")
    assert (told(reader)["over90"], "over60" in told(reader)) == ([("乙", 70_00)], False)
    bill(desk, one, 30_00, "2026-10-10")
    assert told(reader)["stops"] == [("乙", 570_00), ("甲", 30_00)]
    added(desk, PROMISE, account_id=one, made_on="2026-10-01", due="2026-11-10", amount=200_00)
    added(desk, PROMISE, account_id=one, made_on="2026-11-01", due="2026-11-17", amount=900_00)  # not over yet: it may come today
    added(desk, DISPUTE, account_id=one, receivable_id=quarrel, opened_on="2026-11-01", amount=100_00, kind="price", due="2026-11-17")
    added(desk, DISPUTE, account_id=one, receivable_id=quarrel, opened_on="2026-11-17", amount=5_00, kind="price", due=TODAY)
    asked = added(desk, WRITE_OFF, account_id=two, receivable_id=late, asked_on=TODAY, amount=70_00, cause="倒闭")
    added(desk, CREDIT_APPLICATION, account_id=one, hotel_id=hotel(desk), day=TODAY, limit_asked=2_000_00, days_asked=30, reason="扩大")
    added(desk, GUARANTEE, account_id=one, staff_id=added(desk, STAFF, name="江叙", code="JX"), amount=40_00, given_on="2026-11-01", due="2026-11-20")
    added(desk, BOOKING, account_id=two, hotel_id=hotel(desk), day="2026-12-10", kind="meeting", state="definite", price=800_00, name="年会", pays="prepaid")
    found = told(reader)
    assert (found["promises"], found["disputes"], found["applications"], found["guarantees"], found["events"]) == ([("甲", 200_00)], [("甲", 100_00)], [("甲", 2_000_00)], [("甲", 40_00)], [("乙", 800_00)])
    assert "write-offs" not in found
    desk.move(WRITE_OFF, asked, row(desk, WRITE_OFF, asked)["version"], "ask")
    assert told(reader)["write-offs"] == [("乙", 70_00)]


def test_a_decision_becomes_a_follow_up_and_stays_in_the_pack_until_it_is_done(desk: Desk, reader: Any) -> None:
    seller, manager = added(desk, STAFF, name="唐屿", code="TY"), added(desk, STAFF, name="陆行舟", code="LXZ")
    client = account(desk, "甲", credit="stopped", owner_id=seller)
    ((topic,),) = [chapter.topics for chapter in queries_pack.pack(reader, TODAY).chapters]
    for words, due in ((" ", TODAY), ("上门", "2026-11-17")):
        with pytest.raises(Refused):
            actions_pack.decide(desk, client, queries_pack.about(topic), words, due)
    actions_pack.decide(desk, client, queries_pack.about(topic), "总监上门谈分期", "2026-11-25")
    actions_pack.decide(desk, client, queries_pack.about(topic), "律师函备稿", "2026-11-30", manager)
    pack = queries_pack.pack(reader, TODAY)
    assert [(each.words, each.who, each.due, each.done) for each in pack.decided(client)] == [("总监上门谈分期", "唐屿", "2026-11-25", False), ("律师函备稿", "陆行舟", "2026-11-30", False)]
    follow_ups.refresh(desk, TODAY)
    task = row(desk, FOLLOW_UP, pack.decisions[0].id)
    assert (task["state"], task["source"], task["about"]) == ("open", "hand", queries_pack.about(topic))
    follow_ups.done(desk, task["id"], task["version"])
    pack = queries_pack.pack(reader, TODAY)
    assert ([each.words for each in pack.decided(client)], [each.done for each in pack.decisions]) == (["律师函备稿"], [False, True])
    (line,) = queries_pack.report(reader, TODAY).rows
    assert (line["client"], line["decision"]) == ("甲", "律师函备稿（陆行舟 11-30）")
    desk.undo()
    desk.undo()
    assert [each.words for each in queries_pack.pack(reader, TODAY).decisions] == ["总监上门谈分期"]
    change(desk, ACCOUNT, client, credit="open")
    assert say(queries_pack.pack(reader, TODAY).chapters[0].title if queries_pack.pack(reader, TODAY).chapters else "") == ""
    with pytest.raises(Refused, match="no longer there"):
        actions_pack.decide(desk, 1, "", "x", TODAY)
