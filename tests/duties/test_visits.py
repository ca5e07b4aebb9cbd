"""Visits: who is proposed for next week, a call in one line, a report with its next step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.care import rules_proposal as care
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.care.records_standard import CARE_HOLD, CARE_STANDARD
from crm_desktop.duties.care.rules_proposal import Touch
from crm_desktop.duties.follow_ups import actions as follow_ups
from crm_desktop.duties.follow_ups import queries as follow_up_queries
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.visits import actions, queries, queries_grid, queries_week, rules
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import PERSON, account, added, row

TODAY, WEEK = "2026-11-18", "2026-11-23"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def test_weeks() -> None:
    assert rules.next_week(TODAY) == rules.next_week("2026-11-22") == WEEK
    assert rules.monday("2026-11-22") == "2026-11-16"
    assert care.working_days("2026-09-28", "2026-10-04") == ["2026-09-28", "2026-09-29", "2026-09-30"]
    assert care.working_days("2026-02-16", "2026-02-22") == []
    assert care.working_days("2026-02-23", "2026-03-01") == ["2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28"]  # the Saturday is worked instead


@pytest.mark.parametrize(("touch", "level", "kind"), [
    ("visit", "C", "visit"), ("call", "A", "call"), ("birthday", "A", "visit"), ("thanks", "B", "visit"), ("data", "B", "visit"), ("birthday", "C", "call"),
])  # fmt: skip
def test_how_a_touch_is_made_in_a_week(touch: str, level: str, kind: str) -> None:
    assert rules.kind_of(touch, level) == kind


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


def named(found: list[Touch]) -> dict[str, Touch]:
    return {one.client.name: one for one in found}


def test_a_week_is_proposed_for_the_months_reasons(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    mine = queries.proposal(reader, house["seller"], WEEK)
    assert [(one.client.name, one.kind, {each.key: each.points for each in one.reasons}) for one in mine] == [("澄籁", "visit", {"late": 23, "gaps": 10}), ("禾渚", "data", {"gaps": 10})]
    assert (mine[0].person, mine[0].person_id) == ("祁曼", house["booker"])
    assert set(named(queries.proposal(reader, None, WEEK))) == {"澄籁", "禾渚", "越岫"}, "one that is planned, one without a class, one that left, a small one never seen are not"
    change = actions.accept(desk, mine)
    assert change.count == 2
    assert queries.proposal(reader, house["seller"], WEEK) == []
    first = row(desk, VISIT, change.rows[0][1])
    assert (first["state"], first["day"], first["account_id"], first["person_id"], first["owner_id"]) == ("planned", WEEK, house["澄籁"], house["booker"], house["seller"])
    assert first["purpose"].startswith("35 days since the last contact (standard 20), file only")
    desk.undo()
    assert len(queries.proposal(reader, house["seller"], WEEK)) == 2
    with pytest.raises(Refused, match="nothing was planned"):
        actions.accept(desk, [])


def test_a_week_goes_by_the_hotels_own_standard_and_leaves_in_peace_who_asked(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    added(desk, CARE_STANDARD, level="A", since="2026-11-01", silence=60, touches=12, visits=6)
    assert "late" not in {each.key for each in named(queries.proposal(reader, None, WEEK))["澄籁"].reasons}, "35 days are within the hotel's 60"
    grid = queries_grid.plan(reader, WEEK, add_days(WEEK, 6))
    assert (grid.covered["A"].clients, grid.covered["A"].all_clients) == (2, 2), "the plan of visits goes by the same standard"
    sheet = {"id": 0, "owner_id": house["seller"], "kind": "phone", "most": 20}
    assert house["澄籁"] not in {line["account_id"] for line in queries_week.proposed(reader, sheet, TODAY)}, "and so does the call sheet"
    added(desk, CARE_HOLD, account_id=house["越岫"], kind="asked", since="2026-11-01")
    assert "越岫" not in named(queries.proposal(reader, None, WEEK))


def test_whoever_was_not_met_was_not_seen_and_a_plan_item_counts(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    added(desk, VISIT, account_id=house["澄籁"], day="2026-11-17", result="not-met")
    added(desk, VISIT, account_id=house["澄籁"], day="2026-11-17", kind="chat")  # a message nobody answered
    assert "late" in {each.key for each in named(queries.proposal(reader, None, WEEK))["澄籁"].reasons}
    plan = added(desk, CARE_PLAN, name="十一月", code="2026-11")
    added(desk, CARE_ITEM, plan_id=plan, account_id=house["澄籁"], kind="meal", day="2026-11-17", state="done", done_on="2026-11-17")
    assert "late" not in {each.key for each in named(queries.proposal(reader, None, WEEK))["澄籁"].reasons}
    assert queries_grid.plan(reader, WEEK, add_days(WEEK, 6)).covered["A"].clients == 2


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
    added(desk, VISIT, account_id=house["澄籁"], day="2026-11-16", result="demand")  # says what came of it, other than the one five days ago
    lines = queries.today(reader, TODAY, None)
    assert lines[-1].label.source == "Visits without a result"
    assert [(line.group, line.count, line.tone, count(reader, ListQuery(VISIT, line.filters))) for line in lines] == [("care", 1, "", 1), ("care", 1, "amber", 1), ("care", 1, "amber", 1)]
