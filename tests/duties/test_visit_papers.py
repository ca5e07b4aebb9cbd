"""The papers of visits: what is taken along to a client, and the week's plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.visits import documents
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.paper import Ask
from tests.samples import PERSON, account, added, hotel, stay


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def test_a_visit_is_prepared_from_the_clients_file(desk: Desk, reader: Any) -> None:
    seller = added(desk, STAFF, name="周一禾")
    client = account(desk, "澄籁", code="1", level="A", owner_id=seller, agreement_to="2026-12-31", competitors="晴圃商务")
    person = added(desk, PERSON, name="祁曼", account_id=client, role="booker", position="行政")
    added(desk, VISIT, account_id=client, day="2026-11-10", their_promise="月底付款", our_promise="三天内换好发票", words="谈了年会")
    added(desk, PREFERENCE, person_id=person, polarity="never", name="花生", told_on="2026-01-01")
    planned = added(desk, VISIT, account_id=client, person_id=person, day="2026-11-20", time="09:30", state="planned", owner_id=seller, next="年度协议续签")
    content = documents.preparation(reader, Ask(planned, "2026-11-18", language="zh"))
    assert content is not None
    data = content.data
    assert (data["day"], data["person"], data["owner"], data["purpose"]) == ("2026-11-20 09:30", "祁曼", "周一禾", "年度协议续签")
    assert (data["theirs"], data["ours"], data["never"], data["complaints"]) == (["2026-11-10 月底付款"], ["2026-11-10 三天内换好发票"], ["花生"], [])
    assert data["contacts"][0][2] == "谈了年会"
    assert documents.has_client({"state": "planned", "account_id": 1})
    assert not documents.has_client({"state": "done", "account_id": 1})
    assert documents.preparation(reader, Ask(12345, "2026-11-18")) is None


def test_the_report_names_the_room_of_an_in_house_guest(desk: Desk, reader: Any) -> None:
    house, firm = hotel(desk), account(desk, "茗渚")
    guest = added(desk, PERSON, name="于嘉霞", account_id=firm)
    for arrival, departure, room in (("2026-10-01", "2026-10-03", "0901"), ("2026-11-16", "2026-11-20", "1702")):
        stay(desk, arrival, departure, status="In-House", guest_id=guest, room_no=room, hotel_id=house)
    rooms = []
    for kind, day in (("in-house", "2026-11-18"), ("in-house", "2026-10-02"), ("in-house", "2026-09-01"), ("call", "2026-11-18")):
        content = documents.report(reader, Ask(added(desk, VISIT, account_id=firm, person_id=guest, kind=kind, day=day, words="问早餐"), "2026-11-18"))
        assert content is not None
        rooms.append(content.data["room"])
    assert rooms == ["1702", "0901", "", ""]


def test_the_weeks_plan_on_paper(desk: Desk, reader: Any) -> None:
    seller = added(desk, STAFF, name="周一禾")
    client = account(desk, "澄籁", code="1", level="A", owner_id=seller)
    added(desk, VISIT, account_id=client, day="2026-11-17", owner_id=seller, result="signed", cost=12000)
    added(desk, VISIT, account_id=client, day="2026-11-20", time="09:30", state="planned", owner_id=seller, purpose="年会")
    content = documents.week_plan(reader, Ask(0, "2026-11-18", language="zh"))
    assert content is not None
    days, mine = content.data["weeks"][0]
    assert days == ["", "11-16", "11-17", "11-18", "11-19", "11-20", "11-21", "11-22"]
    assert mine == ["周一禾", [], ["☑ A 澄籁", "　签约 · 120.00"], [], [], ["☐ 09:30 A 澄籁", "　年会"], [], []]
    month = documents.month_plan(reader, Ask(0, "2026-11-18", language="zh"))
    assert month is not None
    assert [week[0][1] for week in month.data["weeks"]] == ["", "11-02", "11-09", "11-16", "11-23", "11-30"]  # the first begins on a Sunday
    assert month.data["weeks"][3] == [[*days], mine]
