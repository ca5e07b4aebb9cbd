"""Compliance rules at work: duties go by the wording of the day, a change of law is a row, and what was written before stays right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.consents import law, queries_law
from crm_desktop.duties.consents import rules_requests as requests
from crm_desktop.duties.consents.records_law import LAW_RULE
from crm_desktop.duties.credit import rules_law
from crm_desktop.duties.events.records import BIG_EVENT
from crm_desktop.duties.guests import rules as guests
from crm_desktop.duties.receivables import rules_deposits as deposits
from crm_desktop.duties.receivables.records_deposits import DEPOSIT
from crm_desktop.record import dates, integrity, lawbook
from crm_desktop.record.text import Refused
from crm_desktop.store import law_rules
from crm_desktop.store.store import Store
from tests.samples import RECORDS, account, added, change, hotel, remove, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    yield
    lawbook.learn(())


def _own(desk: Desk, rule: str, since: str = "2026-11-19", **values: Any) -> int:
    at = added(desk, LAW_RULE, rule=rule, since=since, **({"basis": "新规"} | values))
    lawbook.learn(law_rules.read(desk.store.writer))
    return at


def _on(day: str) -> None:
    dates.set_clock(dt.datetime.fromisoformat(f"{day}T13:20"))


def test_a_deposit_keeps_the_share_of_the_day_it_came(desk: Desk) -> None:
    client, house = account(desk, "禾渚"), hotel(desk)
    before = added(desk, DEPOSIT, hotel_id=house, account_id=client, day=TODAY, kind=deposits.EARNEST, amount=50_000_00, contract=100_000_00)
    _own(desk, lawbook.EARNEST, one=30)
    _on("2026-11-20")
    after = added(desk, DEPOSIT, hotel_id=house, account_id=client, day="2026-11-20", kind=deposits.EARNEST, amount=50_000_00, contract=100_000_00)
    assert (row(desk, DEPOSIT, before)["earnest"], row(desk, DEPOSIT, after)["earnest"]) == (20_000_00, 30_000_00)
    assert (deposits.forfeitable(row(desk, DEPOSIT, before)), deposits.forfeitable(row(desk, DEPOSIT, after))) == (20_000_00, 30_000_00)
    change(desk, DEPOSIT, before, payer="集团")
    assert row(desk, DEPOSIT, before)["earnest"] == 20_000_00
    sound(desk.store)


def test_the_other_duties_ask_too(desk: Desk) -> None:
    assert integrity.forbidden(integrity.GIFT, "government")
    assert guests.check_companion({"relation": "child", "birthday": "2010-11-19", "consent": 0}) == {}
    assert "consent" in guests.check_companion({"relation": "child", "birthday": "2012-11-19", "consent": 0})
    assert rules_law.limitation("2026-01-31", [], TODAY).runs_out == "2029-01-31"
    assert requests.due(TODAY) == "2026-12-03"
    for rule, values in ((lawbook.STATE_GIFT, {"off": 1}), (lawbook.MINOR, {"one": 18}), (lawbook.LIMITATION, {"one": 5}), (lawbook.REQUEST, {"one": 7})):
        _own(desk, rule, **values)
    assert integrity.forbidden(integrity.GIFT, "government"), "from tomorrow on only"
    _on("2026-11-19")
    assert not integrity.forbidden(integrity.GIFT, "government")
    assert integrity.forbidden(integrity.MEAL, "government"), "each rule has its own switch"
    assert "consent" in guests.check_companion({"relation": "child", "birthday": "2010-11-19", "consent": 0})
    assert rules_law.limitation("2026-01-31", [], "2026-11-19").runs_out == "2031-01-31"
    assert (requests.due(TODAY), requests.due("2026-11-19")) == ("2026-12-03", "2026-11-26")


def test_a_wording_begins_later_stays_and_has_its_numbers(desk: Desk) -> None:
    for values, field in (
        ({"rule": lawbook.EARNEST, "since": TODAY, "one": 30}, "since"), ({"rule": lawbook.EARNEST}, "one"), ({"rule": lawbook.EARNEST, "one": 101}, "one"),
        ({"rule": lawbook.CROWD, "one": 800}, "two"), ({"rule": lawbook.MESSAGES, "one": 25, "two": 8}, "one"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            added(desk, LAW_RULE, **({"since": "2026-11-19", "basis": "新规"} | values))
        assert list(refused.value.problems) == [field]
    at = _own(desk, lawbook.EARNEST, one=None, off=1)
    with pytest.raises(Invalid, match="already"):
        _own(desk, lawbook.EARNEST, one=25)
    with pytest.raises(Refused, match="held from its day on"):
        remove(desk, LAW_RULE, at)
    with pytest.raises(Invalid):
        change(desk, LAW_RULE, at, since="2026-12-01")


def test_whoever_opens_the_data_goes_by_the_hotel_s_rules(store: Store, desk: Desk, address: Any) -> None:
    _own(desk, lawbook.EARNEST, one=30)
    lawbook.learn(())
    with Store(address, RECORDS):
        assert lawbook.number(lawbook.EARNEST, "2026-11-19") == 30
        assert lawbook.number(lawbook.EARNEST, TODAY) == 20


def test_the_page_tells_every_wording_with_its_days(desk: Desk) -> None:
    _own(desk, lawbook.LIMITATION, one=5)
    lines = [line for line in law.pack(TODAY) if line[0] == lawbook.RULES[1].what]
    assert [(line[2], line[3], str(line[4])) for line in lines] == [
        ("1987-01-01", "2017-09-30", "Former"), ("2017-10-01", "2026-11-18", "Holds; let counsel look at it"), ("2026-11-19", "", "To come"),
    ]  # fmt: skip
    assert [str(line[1]) for line in lines] == ["2 years", "3 years", "5 years"]
    assert all(line[5] for line in law.pack(TODAY))


def _said(desk: Desk, record: str, at: int) -> list[tuple[str, str]]:
    with closing(desk.store.open_reader()) as reader:
        return [(str(point.words), point.tone) for point in queries_law.now(reader, record, at, TODAY)]


def test_a_crowd_needs_a_permit_and_a_banquet_samples(desk: Desk) -> None:
    fair = added(desk, BIG_EVENT, name="市民开放日", day="2026-12-20", public=1, tables=100, per_table=10)
    assert _said(desk, "big_event", fair) == [("1,000 people: the permit of the police is applied for until 2026-11-30", "amber")]
    assert _said(desk, "big_event", added(desk, BIG_EVENT, name="小", day="2026-12-20", public=1, tables=99, per_table=10)) == []
    assert _said(desk, "big_event", added(desk, BIG_EVENT, name="内", day="2026-12-20", public=0, tables=100, per_table=10)) == []
    soon = added(desk, BIG_EVENT, name="急", day="2026-12-01", public=1, tables=100, per_table=10)
    assert [tone for _, tone in _said(desk, "big_event", soon)] == ["red"]
    house = hotel(desk)
    dinner = added(desk, BOOKING, hotel_id=house, kind="banquet", day="2026-11-20", people=101, name="答谢宴")
    assert _said(desk, "booking", dinner) == [("More than 100 people: food samples are kept for 48 hours, at least 125 g of each dish", "amber")]
    assert _said(desk, "booking", added(desk, BOOKING, hotel_id=house, kind="banquet", day="2026-11-20", people=100, name="小宴")) == []
    assert _said(desk, "booking", added(desk, BOOKING, hotel_id=house, kind="meeting", day="2026-11-20", people=500, name="会")) == []
    assert _said(desk, "booking", added(desk, BOOKING, hotel_id=house, kind="banquet", day="2026-11-10", people=300, name="过去")) == []
