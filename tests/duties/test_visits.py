"""Visits: who is proposed for next week, a call in one line, a report with its next step."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.follow_ups import actions as follow_ups
from crm_desktop.duties.follow_ups import queries as follow_up_queries
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.visits import actions, queries, rules
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.duties.visits.rules import Candidate
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.text import Refused
from crm_desktop.record.workdays import is_working
from crm_desktop.store.pages import ListQuery, count
from tests.samples import PERSON, account, added, row

TODAY, WEEK = "2026-11-18", "2026-11-23"
CANDIDATES = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", "D", ""]), st.sampled_from([None, 1, 2]), st.integers(0, 9),
        st.one_of(st.just(""), st.integers(0, 300).map(lambda n: add_days(WEEK, -n))),
    ),
    max_size=60,
).map(lambda rows: [Candidate(n + 1, f"c{n}", level, owner, money * 100, last) for n, (level, owner, money, last) in enumerate(rows)])  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


@given(CANDIDATES, st.integers(0, 60), st.dictionaries(st.tuples(st.sampled_from([None, 1, 2]), st.integers(0, 6).map(lambda n: add_days(WEEK, n))), st.integers(0, 4)))
def test_a_weeks_proposal(candidates: list[Candidate], weeks: int, taken: Any) -> None:
    week = add_days(WEEK, 7 * weeks)
    taken = {(owner, add_days(day, 7 * weeks)): n for (owner, day), n in taken.items()}
    found = rules.plan(candidates, week, taken)
    assert all(is_working(one.day) and week <= one.day < add_days(week, 7) for one in found)
    loads = Counter((one.client.owner_id, one.day) for one in found)
    assert all(load <= max(0, rules.A_DAY - taken.get(key, 0)) for key, load in loads.items())
    assert len({one.client.account_id for one in found}) == len(found)
    proposed = {one.client.account_id for one in found}
    days = rules.working_days(week)
    for one in candidates:
        due = bool(days) and one.level in rules.SILENT_FOR and (not one.last or days_between(one.last, days[0]) > rules.SILENT_FOR[one.level])
        assert due or one.account_id not in proposed
        if due and one.account_id not in proposed:  # only where its seller's week is full, with clients worth as much
            same = [other for other in found if other.client.owner_id == one.owner_id]
            assert len(same) == sum(max(0, rules.A_DAY - taken.get((one.owner_id, day), 0)) for day in days)
            assert all(other.client.revenue >= one.revenue for other in same)
    assert [p.day for p in found] == sorted(p.day for p in found)


@pytest.mark.parametrize(("level", "days", "due"), [("A", 20, False), ("A", 21, True), ("B", 35, False), ("B", 36, True), ("C", 100, False), ("C", 101, True), ("D", 200, False), ("D", 201, True), ("", 999, False)])
def test_who_is_due(level: str, days: int, due: bool) -> None:
    assert rules.is_due(level, add_days(TODAY, -days), TODAY) is due
    assert rules.is_due(level, "", TODAY) is (level != "")


def test_weeks() -> None:
    assert rules.next_week(TODAY) == rules.next_week("2026-11-22") == WEEK
    assert rules.monday("2026-11-22") == "2026-11-16"
    assert rules.working_days("2026-09-28") == ["2026-09-28", "2026-09-29", "2026-09-30"]
    assert rules.working_days("2026-02-16") == []
    assert rules.working_days("2026-02-23") == ["2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28"]  # the Saturday is worked instead


@pytest.fixture
def house(desk: Desk) -> dict[str, int]:
    seller, other = added(desk, STAFF, name="周一禾"), added(desk, STAFF, name="唐屿")
    ids = {"seller": seller, "other": other}
    for name, level, owner in (("澄籁", "A", seller), ("禾渚", "A", seller), ("瑞栀", "B", seller), ("青垧", "D", seller), ("越岫", "B", other), ("无级", "", seller)):
        ids[name] = account(desk, name, code=name, level=level, owner_id=owner)
    ids["lost"] = account(desk, "走了", code="L", level="A", owner_id=seller, state="lost")
    added(desk, PERSON, name="客人", account_id=ids["澄籁"])
    ids["booker"] = added(desk, PERSON, name="祁曼", account_id=ids["澄籁"], role="booker")
    for name, ago in (("澄籁", 30), ("禾渚", 5), ("瑞栀", 50), ("越岫", 60)):
        added(desk, VISIT, account_id=ids[name], day=add_days(TODAY, -ago))
    added(desk, VISIT, account_id=ids["瑞栀"], day="2026-11-26", state="planned", owner_id=seller)
    return ids


def test_a_proposal_from_the_rows(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    mine = queries.proposal(reader, house["seller"], WEEK)
    assert [(one.client.name, one.kind, one.silent) for one in mine] == [("澄籁", "visit", 35), ("青垧", "call", None)]
    assert (mine[0].client.person, mine[0].client.person_id) == ("祁曼", house["booker"])
    assert {one.client.name for one in queries.proposal(reader, None, WEEK)} == {"澄籁", "青垧", "越岫"}
    assert queries.sellers(reader) == [(house["other"], "唐屿"), (house["seller"], "周一禾")]
    change = actions.accept(desk, mine)
    assert change.count == 2
    assert queries.proposal(reader, house["seller"], WEEK) == []
    first = row(desk, VISIT, change.rows[0][1])
    assert (first["state"], first["day"], first["account_id"], first["person_id"], first["owner_id"]) == ("planned", WEEK, house["澄籁"], house["booker"], house["seller"])
    desk.undo()
    assert len(queries.proposal(reader, house["seller"], WEEK)) == 2
    with pytest.raises(Refused, match="nothing was planned"):
        actions.accept(desk, [])


def test_a_call_in_one_line(desk: Desk, house: dict[str, int]) -> None:
    made = actions.log_call(desk, house["澄籁"], house["booker"], "下月要 20 间", result="demand").rows[0][1]
    kept = row(desk, VISIT, made)
    assert [kept[name] for name in ("kind", "day", "time", "state", "words", "result")] == ["call", TODAY, "13:20", "done", "下月要 20 间", "demand"]
    earlier = row(desk, VISIT, actions.log_call(desk, house["澄籁"], None, "昨日", kind="chat", day="2026-11-17").rows[0][1])
    assert (earlier["kind"], earlier["day"], earlier["time"]) == ("chat", "2026-11-17", "")


def test_a_report_and_its_next_step_are_one_action(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    planned = added(desk, VISIT, account_id=house["澄籁"], day="2026-11-18", state="planned", owner_id=house["seller"])
    actions.report(desk, planned, 1, "quote", "谈了新价", "送新价", "2026-11-19")
    kept = row(desk, VISIT, planned)
    assert (kept["state"], kept["result"], kept["words"], kept["next"], kept["next_on"]) == ("done", "quote", "谈了新价", "送新价", "2026-11-19")
    found = reader.execute("select id, name, due, owner_id, account_id, source from follow_up where gone is null").fetchall()
    assert [task[1:] for task in found] == [("送新价", "2026-11-19", house["seller"], house["澄籁"], "hand")]
    dates.set_clock(dt.datetime(2026, 11, 19, 13))
    follow_ups.refresh(desk, "2026-11-19")
    assert [one for one in follow_up_queries.automatic(reader) if one["cause"] == "next-step"] == []  # it is written down already
    follow_ups.done(desk, found[0][0], 1)
    follow_ups.refresh(desk, "2026-11-20")
    assert [one for one in follow_up_queries.automatic(reader) if one["cause"] == "next-step"] == []


def test_a_report_is_taken_back_whole(desk: Desk, house: dict[str, int]) -> None:
    planned = added(desk, VISIT, account_id=house["澄籁"], day="2026-11-18", state="planned")
    with pytest.raises(Conflict):
        actions.report(desk, planned, 9, "quote", "谈了新价", "送新价")
    assert count(desk.store.writer, ListQuery(FOLLOW_UP)) == 0
    actions.report(desk, planned, 1, "quote", "谈了新价", "送新价")
    assert desk.store.writer.execute("select due from follow_up").fetchone() == ("2026-11-19",)
    actions.report(desk, planned, 2, "signed", "当场签了")
    assert row(desk, VISIT, planned)["next"] == ""
    desk.undo()
    desk.undo()
    assert row(desk, VISIT, planned)["state"] == "planned"
    assert count(desk.store.writer, ListQuery(FOLLOW_UP)) == 0


def test_today(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    added(desk, VISIT, account_id=house["澄籁"], day=TODAY, state="planned")
    added(desk, VISIT, account_id=house["澄籁"], day="2026-11-10", state="planned")
    lines = queries.today(reader, TODAY, None)
    assert [(line.group, line.count, line.tone, count(reader, ListQuery(VISIT, line.filters))) for line in lines] == [("care", 1, "", 1), ("care", 1, "amber", 1)]
