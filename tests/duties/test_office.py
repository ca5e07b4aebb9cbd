"""The office: documents numbered by way and year, files that come back the same evening, trainings with who was there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.office import causes, queries, rules
from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINEE, TRAINING
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import added, change, facts, remove, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def move(desk: Desk, record: Any, at: int, key: str, reason: str = "", **values: Any) -> None:
    desk.move(record, at, row(desk, record, at)["version"], key, reason=reason, values=values)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_is_whole_percent(part: int, whole: int) -> None:
    found = rules.share(part, whole)
    assert (found is None) == (whole == 0)
    if found is not None:
        assert abs(found * whole - part * 100) * 2 <= whole


@pytest.mark.parametrize(
    ("day", "given", "want"),
    [
        (TODAY, {}, {"lent_on": TODAY, "due": TODAY}), (TODAY, {"due": "2026-11-20"}, {"lent_on": TODAY, "due": "2026-11-20"}),
        (TODAY, {"lent_on": "2026-11-17"}, {"lent_on": "2026-11-17", "due": "2026-11-17"}),
    ],
)  # fmt: skip
def test_a_file_is_due_the_same_evening(day: str, given: dict[str, str], want: dict[str, str]) -> None:
    assert rules.lent(given, day) == want


def test_documents_are_numbered_by_way_and_year(desk: Desk) -> None:
    for way, day in (("in", TODAY), ("out", TODAY), ("in", TODAY), ("in", "2025-12-31"), ("out", TODAY)):
        added(desk, DOCUMENT, name="x", direction=way, day=day)
    found = desk.store.writer.execute("select code from document order by id").fetchall()
    assert [code for (code,) in found] == ["SW-2026-0001", "FW-2026-0001", "SW-2026-0002", "SW-2025-0001", "FW-2026-0002"]
    with pytest.raises(Invalid, match="already has this"):
        added(desk, DOCUMENT, name="y", day=TODAY, code="SW-2026-0001")


def test_a_document_is_not_filed_before_somebody_dealt_with_it(desk: Desk) -> None:
    came, went = added(desk, DOCUMENT, name="公函", day=TODAY, due="2026-11-17"), added(desk, DOCUMENT, name="确认函", day=TODAY, direction="out")
    assert row(desk, DOCUMENT, came)["late"] == 1
    before = facts(desk.store)
    for at, key, words in ((came, "finish", "how it was dealt with"), (came, "file", "not open now"), (went, "finish", "to whom it went")):
        with pytest.raises(Refused, match=words):
            move(desk, DOCUMENT, at, key)
    with pytest.raises(Invalid, match="stays as it was"):
        change(desk, DOCUMENT, came, direction="out")
    assert facts(desk.store) == before
    move(desk, DOCUMENT, came, "circulate")
    move(desk, DOCUMENT, came, "finish", result="转信贷")
    assert (row(desk, DOCUMENT, came)["finished_on"], row(desk, DOCUMENT, came)["late"]) == (TODAY, None)
    with pytest.raises(Refused, match="box or shelf"):
        move(desk, DOCUMENT, came, "file")
    move(desk, DOCUMENT, came, "file", shelf="文书柜 2-3")
    move(desk, DOCUMENT, went, "finish", party="澜洲轻纺")


def test_nobody_lends_to_themselves(desk: Desk) -> None:
    song, shen = added(desk, STAFF, name="宋晚晴"), added(desk, STAFF, name="沈知渝")
    at = added(desk, LOAN, name="婚宴合同", day=TODAY, purpose="核对定金", owner_id=song)
    with pytest.raises(Refused, match="who approves"):
        move(desk, LOAN, at, "approve")
    with pytest.raises(Refused, match="another colleague"):
        move(desk, LOAN, at, "approve", approver_id=song)
    with pytest.raises(Refused, match="not open now"):
        move(desk, LOAN, at, "lend")
    move(desk, LOAN, at, "approve", approver_id=shen)
    with pytest.raises(Refused, match="which is past"):
        move(desk, LOAN, at, "lend", due="2026-11-17")
    move(desk, LOAN, at, "lend")
    assert (row(desk, LOAN, at)["lent_on"], row(desk, LOAN, at)["due"]) == (TODAY, TODAY)
    dates.set_clock(dt.datetime(2026, 11, 20, 9, 0))
    assert row(desk, LOAN, at)["late"] == 2
    with pytest.raises(Invalid, match="on or after"):
        move(desk, LOAN, at, "return", returned_on="2026-11-17")
    move(desk, LOAN, at, "return")
    assert (row(desk, LOAN, at)["state"], row(desk, LOAN, at)["returned_on"], row(desk, LOAN, at)["late"]) == (rules.RETURNED, "2026-11-20", None)


def test_a_training_counts_who_was_there_and_who_passed(desk: Desk) -> None:
    at = added(desk, TRAINING, name="定金怎么写", day=TODAY)
    with pytest.raises(Refused, match="who was there"):
        move(desk, TRAINING, at, "hold")
    people = [added(desk, TRAINEE, training_id=at, name=name, **more) for name, more in (("甲", {"score": 90, "result": "passed"}), ("乙", {"result": "failed"}), ("丙", {"attendance": "leave"}))]
    with pytest.raises(Invalid, match="present"):
        change(desk, TRAINEE, people[2], result="passed")
    kept = row(desk, TRAINING, at)
    assert (kept["wanted"], kept["present"], kept["passed"], kept["rate"]) == (3, 2, 1, 67)
    move(desk, TRAINING, at, "hold")
    with pytest.raises(Refused, match="evaluation"):
        move(desk, TRAINING, at, "evaluate")
    move(desk, TRAINING, at, "evaluate", evaluation="合同没再写错")
    remove(desk, TRAINEE, people[0])
    assert (row(desk, TRAINING, at)["present"], row(desk, TRAINING, at)["passed"]) == (1, 0)
    sound(desk.store)


def test_today_and_the_follow_ups_know_what_waits(desk: Desk, reader: Any) -> None:
    for due, state in (("2026-11-17", rules.HANDLED), (TODAY, rules.REGISTERED), ("", rules.REGISTERED), ("2026-11-17", rules.FILED)):
        added(desk, DOCUMENT, name="文", day="2026-11-01", due=due, state=state)
    for due, state in (("2026-11-17", rules.LENT), (TODAY, rules.LENT), ("2026-11-17", rules.RETURNED), ("", rules.APPLIED)):
        added(desk, LOAN, name="卷", day="2026-11-01", purpose="查", due=due, state=state)
    for day, state in ((TODAY, rules.PLANNED), ("2026-11-13", rules.HELD), ("2026-11-12", rules.PLANNED), ("2026-11-12", rules.EVALUATED)):
        added(desk, TRAINING, name="课", day=day, state=state)
    lines = queries.today(reader, TODAY, None)
    assert {line.label.source: (line.count, line.tone) for line in lines} == {
        "Documents due": (2, "red"), "Files to come back": (2, "red"), "Files asked for": (1, "amber"), "Trainings today": (1, ""), "Trainings not evaluated": (2, "amber"),
    }  # fmt: skip
    for line in lines:
        assert count(reader, ListQuery(desk.store.by_key[line.record], line.filters)) == line.count
    assert [(cause.key, cause.due) for cause in causes.causes(reader, TODAY)] == [("document", "2026-11-17"), ("document", TODAY), ("archive-loan", TODAY)]
