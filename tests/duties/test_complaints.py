"""Complaints, orders and call-backs: clocks, the way to the archive and what cannot be skipped, what other screens know of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.complaints import queries, rules
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.feedback import queries as feedback_queries
from crm_desktop.duties.feedback import rules as feedback_rules
from crm_desktop.duties.feedback.records import FEEDBACK
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.rectifications import queries as order_queries
from crm_desktop.duties.rectifications import rules as order_rules
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.duties.vip import queries_reasons
from crm_desktop.record import dates
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import PERSON, account, added, hotel, row

TODAY = "2026-11-18"


def at(time: str) -> None:
    dates.set_clock(dt.datetime.fromisoformat(f"{TODAY} {time}"))


@pytest.fixture(autouse=True)
def _now() -> None:
    at("13:20")


def step(desk: Desk, record: Record, row_id: int, key: str, reason: str = "", **values: Any) -> Row:
    desk.move(record, row_id, row(desk, record, row_id)["version"], key, reason=reason, values=values)
    return row(desk, record, row_id)


@pytest.fixture
def house(desk: Desk) -> dict[str, int]:
    found = {name: added(desk, STAFF, name=name) for name in ("罗青", "方予安", "叶听澜")}
    found["client"] = account(desk, "瑞栀药业", code="R1")
    found["guest"] = added(desk, PERSON, name="解采薇", account_id=found["client"])
    found["工程部"] = added(desk, DEPARTMENT, name="工程部", code="ENG")
    found["hotel"] = hotel(desk)
    return found


def complained(desk: Desk, house: dict[str, int], **values: Any) -> int:
    given = {"name": "空调不制冷", "severity": "S2", "owner_id": house["罗青"], "hotel_id": house["hotel"], "guest": "解采薇", "person_id": house["guest"], "account_id": house["client"]}
    return added(desk, COMPLAINT, **given | values)


def test_the_whole_way_of_a_complaint(desk: Desk, house: dict[str, int]) -> None:
    at("09:50")
    made = complained(desk, house)
    now = row(desk, COMPLAINT, made)
    assert (now["code"], now["received_on"], now["received_at"], now["waits_for"], now["due"]) == ("TS261118-01", TODAY, "09:50", "accept", "2026-11-18 10:00")
    at("09:55")
    assert step(desk, COMPLAINT, made, "accept")["waits_for"] == "scene"
    at("10:02")
    assert (step(desk, COMPLAINT, made, "scene"))["due"] == "2026-11-18 10:50"
    with pytest.raises(Refused, match="Measures"):
        step(desk, COMPLAINT, made, "plan")
    assert step(desk, COMPLAINT, made, "plan", measures="换电机")["waits_for"] == "answer"
    with pytest.raises(Refused, match="Result"):
        step(desk, COMPLAINT, made, "answer")
    with pytest.raises(Refused, match="Allowed by"):
        step(desk, COMPLAINT, made, "answer", result="换房并致歉", compensation=200_00)
    step(desk, COMPLAINT, made, "answer", result="换房并致歉", compensation=200_00, approver_id=house["叶听澜"])
    at("11:00")
    now = step(desk, COMPLAINT, made, "agree")
    assert (now["waits_for"], now["due"]) == ("call-back", "2026-11-19 11:00")
    with pytest.raises(Refused):
        step(desk, COMPLAINT, made, "file")
    with pytest.raises(Invalid, match="another person"):
        step(desk, COMPLAINT, made, "call-back", call_back="satisfied", caller_id=house["罗青"])
    step(desk, COMPLAINT, made, "call-back", call_back="satisfied", caller_id=house["方予安"])
    for values, missing in (({}, "Root cause"), ({"cause": "plant"}, "Cost"), ({"no_cost": 1}, "Prevention")):
        desk.save(COMPLAINT, made, row(desk, COMPLAINT, made)["version"], values) if values else None
        with pytest.raises(Refused, match=missing):
            step(desk, COMPLAINT, made, "file")
    now = step(desk, COMPLAINT, made, "file", prevention="换季前逐间试机")
    assert (now["state"], now["closed_on"], now["due"], now["waits_for"]) == ("filed", TODAY, "", "")


def test_nobody_is_called_back_by_who_handled_it_and_the_answer_decides(desk: Desk, house: dict[str, int], reader: Any) -> None:
    made = complained(desk, house)
    for key, values in (("accept", {}), ("answer", {"result": "已换房"}), ("agree", {})):
        step(desk, COMPLAINT, made, key, **values)
    (asked,) = (each for (each,) in desk.store.writer.execute("select id from feedback where complaint_id = ?", (made,)).fetchall())
    assert (row(desk, FEEDBACK, asked)["due"], row(desk, FEEDBACK, asked)["owner_id"]) == ("2026-11-19", None)
    with pytest.raises(Invalid, match="another person"):
        step(desk, FEEDBACK, asked, "reached", grade="satisfied", owner_id=house["罗青"])
    with pytest.raises(Refused, match="In their words"):
        step(desk, FEEDBACK, asked, "reached", grade="dissatisfied", owner_id=house["方予安"])
    step(desk, FEEDBACK, asked, "reached", grade="dissatisfied", owner_id=house["方予安"], words="夜里又响")
    now = row(desk, COMPLAINT, made)
    assert (now["state"], now["reopened"], now["answered_on"], now["agreed_on"]) == ("accepted", 1, "", "")
    assert [point.tone for point in feedback_queries.now(reader, "account", house["client"], TODAY)] == ["red"]
    desk.undo()
    assert row(desk, COMPLAINT, made)["state"] == "agreed"
    step(desk, FEEDBACK, asked, "reached", grade="very-satisfied", owner_id=house["方予安"])
    now = row(desk, COMPLAINT, made)
    assert [now[name] for name in ("state", "call_back", "caller_id", "called_on")] == ["called-back", "very-satisfied", house["方予安"], TODAY]


def test_three_calls_in_vain_are_enough_and_counted_as_such(desk: Desk, house: dict[str, int]) -> None:
    made = complained(desk, house)
    for key, values in (("accept", {}), ("answer", {"result": "已换房"}), ("agree", {})):
        step(desk, COMPLAINT, made, key, **values)
    (asked,) = (each for (each,) in desk.store.writer.execute("select id from feedback where complaint_id = ?", (made,)).fetchall())
    at("14:05")
    step(desk, FEEDBACK, asked, "missed")
    assert row(desk, FEEDBACK, asked)["again"] == "09:00–12:00"
    at("16:10")
    with pytest.raises(Refused, match="Called by"):
        step(desk, FEEDBACK, asked, "give-up")
    with pytest.raises(Refused, match="1 more first"):
        step(desk, FEEDBACK, asked, "give-up", owner_id=house["方予安"])
    step(desk, FEEDBACK, asked, "missed", owner_id=house["方予安"])
    at("17:00")  # too soon after the last, and no other part of the day
    step(desk, FEEDBACK, asked, "missed")
    at("18:30")
    with pytest.raises(Refused, match="third call"):
        step(desk, FEEDBACK, asked, "missed")
    assert step(desk, FEEDBACK, asked, "give-up")["attempts"] == 4
    assert row(desk, FEEDBACK, asked)["tried"] == "; ".join(f"{TODAY} {time}" for time in ("14:05", "16:10", "17:00", "18:30"))
    assert (row(desk, COMPLAINT, made)["state"], row(desk, COMPLAINT, made)["call_back"]) == ("called-back", "not-reached")


@pytest.mark.parametrize(
    ("times", "missing"),
    [
        ((), 3), (("11-18 09:10", "11-18 09:20", "11-18 09:30"), 2), (("11-18 09:10", "11-18 14:30", "11-18 19:00"), 0), (("11-18 09:10", "11-19 09:10", "11-20 09:10"), 1),
        (("11-18 07:00", "11-18 12:30", "11-18 22:00"), 3), (("11-18 09:10", "11-18 14:30", "11-18 15:00", "11-18 16:40"), 0),
    ],
)  # fmt: skip
def test_which_calls_in_vain_count(times: tuple[str, ...], missing: int) -> None:
    assert feedback_rules.missing_tries("; ".join(f"2026-{at}" for at in times)) == missing


@given(st.lists(st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2026, 11, 30)), max_size=8))
def test_more_calls_never_leave_more_to_make(moments: list[dt.datetime]) -> None:
    said = [f"{moment:%Y-%m-%d %H:%M}" for moment in sorted(moments)]
    left = [feedback_rules.missing_tries("; ".join(said[:n])) for n in range(len(said) + 1)]
    assert left == sorted(left, reverse=True)
    assert all(n == 0 or feedback_rules.next_try("tried", "; ".join(said)) for n in left[1:])


@pytest.mark.parametrize(
    ("severity", "received", "late_at", "waits"),
    [("S1", "03:00", "03:06", "accept"), ("S2", "23:00", "23:11", "accept"), ("S3", "21:50", "23:59", ""), ("S4", "09:00", "10:01", "accept")],
)
def test_the_severe_run_at_night_and_the_others_wait_for_the_morning(severity: str, received: str, late_at: str, waits: str) -> None:
    at(late_at)
    late = [one for one in rules.clocks({"severity": severity, "state": "new", "kind": "complaint", "received_on": TODAY, "received_at": received}) if one.left() < 0]
    assert ([repr(one.label) for one in late][:1] == [repr(rules.WORDS[waits])]) if waits else not late


STAMPS = st.one_of(st.just(""), st.integers(0, 3000).map(lambda n: f"{dt.datetime(2026, 11, 18, 9) + dt.timedelta(minutes=n):%Y-%m-%d %H:%M}"))


@given(st.sampled_from(sorted(rules.LIMITS)), st.sampled_from(rules.OPEN), st.lists(STAMPS, min_size=4, max_size=4))
def test_what_is_due_is_the_first_clock_that_runs(severity: str, state: str, stamps: list[str]) -> None:
    given_row: Row = {"severity": severity, "state": state, "kind": "complaint", "received_on": TODAY, "received_at": "08:30"}
    for step_name, found in zip(rules.STEPS, stamps, strict=True):
        name = rules.STOPPED_BY[step_name]
        given_row |= {f"{name}_on": found[:10], f"{name}_at": found[11:]}
    settled = rules.settle(given_row)
    running = [one for one in rules.clocks(given_row) if not one.stopped]
    assert settled["due"] == min((one.due for one in running), default="")
    assert bool(settled["waits_for"]) == bool(running)
    if stamps[-1]:
        assert not running, "what is answered was accepted, looked at and planned"


def test_praise_is_filed_at_once_a_complaint_is_not(desk: Desk, house: dict[str, int]) -> None:
    assert step(desk, COMPLAINT, complained(desk, house, kind="praise"), "note")["state"] == "filed"
    with pytest.raises(Refused, match="whole way"):
        step(desk, COMPLAINT, complained(desk, house), "note")


def test_what_others_know_of_a_complaint(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    complained(desk, house, room_no="1216", category="facility", received_on="2026-10-28", received_at="22:00", state="filed")
    made = complained(desk, house, room_no="1216", category="facility", received_at="09:50", received_on=TODAY)
    (before,) = queries.now(reader, "complaint", made, TODAY)
    assert (before.tone, str(before.words)) == ("red", "Room 1216: Facilities, time no. 2 in 21 days")
    for record, row_id in (("account", house["client"]), ("person", house["guest"])):
        (point,) = queries.now(reader, record, row_id, TODAY)
        assert (point.tone, point.opens) == ("red", ("complaint", made))
    found = queries_reasons.known(reader, [queries_reasons.Whom(1, house["guest"], house["client"], TODAY, TODAY)], TODAY)
    assert found[1].complaints == [("S2", "空调不制冷", True)]
    lines = {str(line.label): line for line in queries.today(reader, TODAY, house["hotel"])}
    assert {name: line.count for name, line in lines.items()} == {"Complaints received": 1, "Complaints open": 1, "Severe complaints open": 1, "Complaints past their time": 1, "To be filed": 0}
    assert all(count(reader, ListQuery(COMPLAINT, line.filters)) == line.count for line in lines.values())
    assert lines["Complaints past their time"].tone == "red"
    assert [line.count for line in queries.today(reader, "2026-10-28", None)] == [1]


@pytest.mark.parametrize(("amount", "who"), [(0, "Anybody on duty"), (100_00, "Anybody on duty"), (100_01, "Supervisor"), (1_000_00, "Duty manager"), (5_000_00, "Director of sales"), (5_000_01, "General manager")])
def test_who_may_allow_how_much(amount: int, who: str) -> None:
    assert str(rules.may_allow(amount)) == who


def test_weighted_satisfaction() -> None:
    assert feedback_rules.score({"very-satisfied": 46, "satisfied": 21, "fairly-satisfied": 7, "dissatisfied": 2, "": 5}) == 88
    assert feedback_rules.score({"": 5}) is None


# orders


def test_both_halves_stop_the_four_hours(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    complaint = complained(desk, house)
    at("10:00")
    made = added(desk, RECTIFICATION, name="换电机", complaint_id=complaint, hotel_id=house["hotel"])
    with pytest.raises(Refused, match="Department"):
        step(desk, RECTIFICATION, made, "issue")
    assert step(desk, RECTIFICATION, made, "issue", department_id=house["工程部"])["due"] == "2026-11-18 10:30"
    with pytest.raises(Refused, match="Received by"):
        step(desk, RECTIFICATION, made, "receive")
    at("10:05")
    now = step(desk, RECTIFICATION, made, "receive", received_by="石固")
    assert (now["code"], now["due"], now["due_at"], now["waits_for"]) == ("ZG261118-01", "2026-11-18 14:05", "13:05", "scene")
    at("10:40")
    now = step(desk, RECTIFICATION, made, "scene")
    assert (now["due"], now["waits_for"]) == ("2026-11-18 14:05", "plan"), "coming alone stops nothing"
    with pytest.raises(Refused, match="no plan yet"):
        step(desk, RECTIFICATION, made, "work")
    at("13:20")
    now = row(desk, RECTIFICATION, made)
    assert (now["left"], [one.left() for one in order_rules.clocks(now)], order_rules.breach(now)) == ("0:45", [205, 45], None)
    assert "0:45" in str(order_queries.now(reader, "complaint", complaint, TODAY)[0].words)
    at("14:06")
    assert [(line.count, line.tone) for line in order_queries.today(reader, TODAY, None)] == [(1, ""), (1, "red"), (0, "")]
    assert "Breach 2" in str(order_queries.now(reader, "rectification", made, TODAY)[0].words)
    at("14:10")
    now = step(desk, RECTIFICATION, made, "plan", plan="今天换电机", limit_on=TODAY, limit_at="18:00")
    assert (now["waits_for"], now["due"], [one.left() for one in order_rules.clocks(now)]) == ("finish", "2026-11-18 18:00", [205, -5])


def test_the_inspection_and_the_way_back(desk: Desk, house: dict[str, int]) -> None:
    made = added(desk, RECTIFICATION, name="换电机", contractor="洗涤公司", hotel_id=house["hotel"])
    step(desk, RECTIFICATION, made, "issue")
    assert order_rules.breach(step(desk, RECTIFICATION, made, "refuse", "不归我们管")) is not None
    for key, values in (("receive", {"received_by": "石固"}), ("plan", {"plan": "换"})):
        step(desk, RECTIFICATION, made, key, **values)
    with pytest.raises(Refused, match="on the scene"):
        step(desk, RECTIFICATION, made, "work")
    for key, values in (("scene", {}), ("work", {}), ("done", {})):
        step(desk, RECTIFICATION, made, key, **values)
    with pytest.raises(Refused, match="Inspected by"):
        step(desk, RECTIFICATION, made, "pass")
    assert step(desk, RECTIFICATION, made, "fail", "仍有异响", inspected_by="罗青")["failed"] == 1
    for key, values in (("done", {}), ("pass", {})):
        step(desk, RECTIFICATION, made, key, **values)
    with pytest.raises(Refused, match="Reply"):
        step(desk, RECTIFICATION, made, "reply")
    step(desk, RECTIFICATION, made, "reply", reply="已普查同批电机")
    now = step(desk, RECTIFICATION, made, "close")
    assert (now["state"], now["due"], order_rules.clocks(now)) == ("closed", "", [])


@given(st.lists(STAMPS, min_size=2, max_size=2), st.booleans())
def test_an_order_waits_until_both_are_there_or_an_excuse_was_allowed(stamps: list[str], excused: bool) -> None:
    given_row: Row = {"state": "received", "issued_on": TODAY, "issued_at": "08:00", "received_on": TODAY, "received_at": "08:30", "excused_by_id": 1 if excused else None}
    for name, found in zip(("scene", "plan"), stamps, strict=True):
        given_row |= {f"{name}_on": found[:10], f"{name}_at": found[11:]}
    settled = order_rules.settle(given_row)
    waits = not excused and not all(stamps)
    assert (settled["due"] == "2026-11-18 12:30") == waits
    assert (settled["due_on"], settled["due_at"]) == ((TODAY, "11:30") if waits else ("", ""))
