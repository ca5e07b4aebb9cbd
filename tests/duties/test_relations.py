"""Relations: stakeholders by their rhythm, barter that has to be even, thanks and praise that is passed on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.relations import queries, rules
from crm_desktop.duties.relations.records import BARTER, BARTER_LINE, STAKEHOLDER, THANKS
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import account, added, hotel, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@given(st.lists(st.tuples(st.sampled_from(["gave", "got"]), st.integers(0, 10**7), st.integers(1, 99)), max_size=20))
def test_both_sides_of_a_barter(entries: list[tuple[str, int, int]]) -> None:
    gave, got = (sum(rules.settle_line({"unit": unit, "quantity": n})["amount"] for side, unit, n in entries if side == wanted) for wanted in ("gave", "got"))
    assert rules.balance(gave, got) == -rules.balance(got, gave)
    assert (rules.uneven({"gave": gave, "got": got}) is None) == (gave == got)


def test_a_stakeholder_is_seen_by_its_rhythm(desk: Desk, reader: Any) -> None:
    fire = added(desk, STAKEHOLDER, name="越城消防救援大队", kind="fire", every=90)
    added(desk, STAKEHOLDER, name="从未联系", kind="media", every=30)
    added(desk, VISIT, stakeholder_id=fire, day="2026-08-10", words="复查疏散通道")
    added(desk, VISIT, stakeholder_id=fire, day="2026-11-25", state="planned")
    kept = row(desk, STAKEHOLDER, fire)
    assert (kept["last"], kept["contacts"]) == ("2026-08-10", 1)
    assert [(name, on) for _, name, on, _ in queries.due(reader, TODAY)] == [("越城消防救援大队", "2026-11-08")]
    line = next(line for line in queries.today(reader, TODAY, None) if line.record == STAKEHOLDER.key)
    assert line.count == count(reader, ListQuery(STAKEHOLDER, line.filters)) == 1
    added(desk, VISIT, stakeholder_id=fire, day=TODAY, words="消防演练邀请")
    assert queries.due(reader, TODAY) == []
    with pytest.raises(Refused, match="reason"):
        desk.move(STAKEHOLDER, fire, row(desk, STAKEHOLDER, fire)["version"], "warm")
    sound(desk.store)


def test_a_barter_is_closed_when_it_is_even(desk: Desk, reader: Any) -> None:
    client = account(desk, "越城电台")
    with pytest.raises(Invalid, match="stakeholder"):
        added(desk, BARTER, name="房换广告", begins="2026-01-01")
    deal = added(desk, BARTER, name="房换广告", account_id=client, begins="2026-01-01", expires="2026-12-10", agreed=80_000_00)
    added(desk, BARTER_LINE, barter_id=deal, day="2026-03-01", side="gave", name="会议厅 2 天", unit=15_000_00, quantity=2)
    added(desk, BARTER_LINE, barter_id=deal, day="2026-05-01", side="got", name="早间广告 30 条", unit=800_00, quantity=30)
    kept = row(desk, BARTER, deal)
    assert (kept["gave"], kept["got"], rules.balance(kept["gave"], kept["got"])) == (30_000_00, 24_000_00, 6_000_00)
    with pytest.raises(Refused, match=r"6,000\.00 is open"):
        desk.move(BARTER, deal, kept["version"], "settle")
    assert [figure.value for figure in queries.figures(reader, "account", client, TODAY)] == ["6,000.00"]
    assert next(line for line in queries.today(reader, TODAY, None) if line.record == BARTER.key).count == 1
    added(desk, BARTER_LINE, barter_id=deal, day=TODAY, side="got", name="专访一期", unit=6_000_00)
    desk.move(BARTER, deal, row(desk, BARTER, deal)["version"], "settle")
    assert queries.figures(reader, "account", client, TODAY) == []
    sound(desk.store)


def test_praise_is_passed_on_and_said(desk: Desk, reader: Any) -> None:
    letter = added(desk, COMPLAINT, name="夸管家", kind="praise", received_on="2026-11-15", received_at="10:00", hotel_id=hotel(desk))
    assert [cause.about for cause in queries.causes(reader, TODAY)] == [("complaint", letter)]
    with pytest.raises(Invalid, match="Say who is thanked"):
        added(desk, THANKS, name="楼层服务", day=TODAY, complaint_id=letter)
    thanks = added(desk, THANKS, name="楼层服务", day=TODAY, complaint_id=letter, whom="柳静仪", marks=9)
    assert queries.causes(reader, TODAY) == []
    with pytest.raises(Refused, match="words of thanks"):
        desk.move(THANKS, thanks, 1, "say")
    desk.move(THANKS, thanks, 1, "say", values={"words": "客人一封信,全部门都看了"})
    assert row(desk, THANKS, thanks)["said_on"] == TODAY
