"""Meetings and instructions: a decision lives until somebody shows what came of it; a report waits for its yes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.meetings import causes, queries, rules
from crm_desktop.duties.meetings.records import INSTRUCTION, MINUTES, MINUTES_ITEM
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import added, change, facts, row, sound

TODAY = "2026-11-18"
DAYS = st.integers(-40, 40).map(lambda n: add_days(TODAY, n))


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@pytest.mark.parametrize(("due", "want"), [("2026-11-17", 1), ("2026-11-18", None), ("2026-11-19", None), ("", None), ("2026-10-18", 31)])
def test_what_is_late(due: str, want: int | None) -> None:
    assert rules.late_on(due, TODAY) == want
    assert rules.item_late(rules.RUNNING, due) == rules.instruction_late(rules.GIVEN, due) == want
    assert rules.item_late(rules.DONE, due) is rules.instruction_late(rules.REPORTED, due) is None


@given(DAYS, DAYS)
def test_late_days_count_from_the_day_after(due: str, day: str) -> None:
    found = rules.late_on(due, day)
    assert (found or 0) == max(0, days_between(due, day))
    assert (rules.late_tone(found) == "text") == (day <= due)


@pytest.fixture
def meeting(desk: Desk) -> int:
    return added(desk, MINUTES, name="营销部周例会", day="2026-11-16")


def decision(desk: Desk, meeting: int, name: str = "话筒逐个检测", due: str = "2026-11-20", **values: Any) -> int:
    return added(desk, MINUTES_ITEM, minutes_id=meeting, name=name, due=due, **values)


def move(desk: Desk, record: Any, at: int, key: str, reason: str = "", **values: Any) -> None:
    desk.move(record, at, row(desk, record, at)["version"], key, reason=reason, values=values)


def test_a_decision_cannot_be_cheated(desk: Desk, meeting: int) -> None:
    shi, shen = added(desk, STAFF, name="石固"), added(desk, STAFF, name="沈知渝")
    item = decision(desk, meeting, owner_id=shi)
    before = facts(desk.store)
    for key, reason, words in (("done", "", "how one sees it"), ("cancel", "不用了", "somebody agrees"), ("defer", "", "reason"), ("reopen", "x", "not open now")):
        with pytest.raises(Refused, match=words):
            move(desk, MINUTES_ITEM, item, key, reason)
    with pytest.raises(Refused, match="another colleague"):
        move(desk, MINUTES_ITEM, item, "cancel", "不用了", approver_id=shi)
    with pytest.raises(Invalid, match="steps"):
        change(desk, MINUTES_ITEM, item, state=rules.DONE)
    assert facts(desk.store) == before
    change(desk, MINUTES_ITEM, item, due="2026-11-17")
    with pytest.raises(Refused, match="new day"):
        move(desk, MINUTES_ITEM, item, "defer", "等配件")
    move(desk, MINUTES_ITEM, item, "defer", "等配件", due="2026-12-01")
    move(desk, MINUTES_ITEM, item, "done", evidence="换了 3 支")
    kept = row(desk, MINUTES_ITEM, item)
    assert (kept["state"], kept["done_on"], kept["late"]) == (rules.DONE, TODAY, None)
    assert row(desk, MINUTES, meeting)["done"] == row(desk, MINUTES, meeting)["items"] == 1
    move(desk, MINUTES_ITEM, item, "reopen", "又坏了")
    move(desk, MINUTES_ITEM, item, "cancel", "整套换新", approver_id=shen)
    assert row(desk, MINUTES, meeting)["done"] == 0
    sound(desk.store)


def test_what_one_meeting_leaves_open_stands_before_the_next_of_its_kind(desk: Desk, reader: Any, meeting: int) -> None:
    decision(desk, meeting, "开着")
    decision(desk, meeting, "办完", state=rules.DONE, evidence="好了")
    later, other = added(desk, MINUTES, name="周例会", day="2026-11-23"), added(desk, MINUTES, name="月例会", kind="monthly", day="2026-11-23")
    decision(desk, later, "新的")
    told = {}
    for at in (meeting, later, other):
        for figure in queries.figures(reader, "minutes", at, "2026-11-21"):
            told[at, figure.label.source] = figure.value
            assert count(reader, ListQuery(MINUTES_ITEM, figure.opens)) == int(figure.value)
    assert [told[at, "Left open earlier"] for at in (meeting, later, other)] == ["0", "1", "0"]
    assert [told[meeting, name] for name in ("Decisions", "Done", "Still open", "Overdue")] == ["2", "1", "1", "1"]
    assert queries.figures(reader, "account", meeting, TODAY) == []


def test_an_instruction_is_reported_and_ticked_off(desk: Desk, reader: Any) -> None:
    at = added(desk, INSTRUCTION, name="三个档期的促销方案", day="2026-11-09", due="2026-11-16")
    assert row(desk, INSTRUCTION, at)["code"] == "ZL-2026-0001"
    assert row(desk, INSTRUCTION, at)["late"] == 2
    with pytest.raises(Refused, match="not open now"):
        move(desk, INSTRUCTION, at, "close")
    with pytest.raises(Refused, match="Write the report"):
        move(desk, INSTRUCTION, at, "report")
    move(desk, INSTRUCTION, at, "accept")
    move(desk, INSTRUCTION, at, "report", report="三份都在附件")
    assert [line.label.source for line in queries.today(reader, TODAY, None)] == ["Reports to be ticked off"]
    with pytest.raises(Refused, match="reason"):
        move(desk, INSTRUCTION, at, "return")
    move(desk, INSTRUCTION, at, "return", "缺预算")
    assert row(desk, INSTRUCTION, at)["reported_on"] == ""
    move(desk, INSTRUCTION, at, "report")
    move(desk, INSTRUCTION, at, "close")
    assert (row(desk, INSTRUCTION, at)["state"], row(desk, INSTRUCTION, at)["closed_on"]) == (rules.CLOSED, TODAY)
    with pytest.raises(Invalid, match="on or after"):
        added(desk, INSTRUCTION, name="x", day="2026-11-09", due="2026-11-08")


def test_today_and_the_follow_ups_know_what_waits(desk: Desk, reader: Any, meeting: int) -> None:
    who = added(desk, STAFF, name="唐屿")
    for due, state in ((TODAY, rules.DECIDED), ("2026-11-17", rules.RUNNING), ("2026-11-16", rules.DONE), ("2026-11-30", rules.DECIDED)):
        decision(desk, meeting, due, due, state=state, owner_id=who)
    for due, state in ((TODAY, rules.ACCEPTED), ("2026-11-17", rules.GIVEN), ("2026-11-17", rules.CLOSED)):
        added(desk, INSTRUCTION, name=f"i{due}{state}", day="2026-11-01", due=due, state=state, owner_id=who)
    lines = queries.today(reader, TODAY, None)
    assert {line.label.source: (line.count, line.tone) for line in lines} == {"Instructions due": (2, "red"), "Decisions due": (2, "red"), "Minutes to hand out": (1, "")}
    assert [line.label.source for line in queries.today(reader, "2026-11-16", None)] == ["Minutes to hand out"], "nothing was due yet"
    assert [line.tone for line in queries.today(reader, "2026-11-17", None)] == ["amber", "", ""]
    for line in lines:
        assert count(reader, ListQuery(desk.store.by_key[line.record], line.filters)) == line.count
    found = causes.causes(reader, TODAY)
    assert [(cause.key, cause.due, cause.owner_id) for cause in found] == [
        ("instruction", "2026-11-17", who), ("instruction", TODAY, who), ("decision", "2026-11-17", who), ("decision", TODAY, who),
    ]  # fmt: skip
