"""Around the visits: the week approved and reported, tables visited, telephone sheets, and one report that goes into several files."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.care.records_standard import CARE_HOLD
from crm_desktop.duties.today.queries import approvals
from crm_desktop.duties.visits import actions_week as actions
from crm_desktop.duties.visits import queries_week as queries
from crm_desktop.duties.visits import rules_week as rules
from crm_desktop.duties.visits.records import VISIT, _without_result
from crm_desktop.duties.visits.records_week import CALL_LINE, CALL_SHEET, TABLE_LINE, VISIT_WEEK
from crm_desktop.record import dates
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery, count
from tests.samples import PERSON, account, added, hotel, row, sound, stay

TODAY, WEEK = "2026-11-18", "2026-11-16"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def rows(desk: Desk, table: str, columns: str) -> list[Any]:
    return list(desk.store.writer.execute(f"select {columns} from {table} where gone is null order by id").fetchall())


def test_one_report_goes_into_six_files_once(desk: Desk) -> None:
    hotel(desk)
    seller, client = added(desk, STAFF, name="周一禾"), account(desk, "澄籁")
    person = added(desk, PERSON, name="祁曼", account_id=client)
    planned = added(desk, VISIT, account_id=client, person_id=person, day=TODAY, time="10:00", state="planned", owner_id=seller, our_promise="周五前给新价")
    with pytest.raises(Refused, match="Result"):
        desk.move(VISIT, planned, 1, "done")
    with pytest.raises(Refused, match="nothing new"):
        desk.move(VISIT, planned, 1, "done", values={"result": "kept-up"})
    told: Row = {"result": "demand", "complaint": "发票抬头又写错了", "taste": "要高楼层", "intel": "棹歌宾馆送双早", "pay": 50_000_00, "pay_on": "2026-11-30", "our_on": "2026-11-20"}
    desk.move(VISIT, planned, 1, "done", values=told)
    assert rows(desk, "complaint", "name, account_id, person_id, received_on, channel") == [("发票抬头又写错了", client, person, TODAY, "face")]
    assert rows(desk, "preference", "person_id, name, told_on") == [(person, "要高楼层", TODAY)]
    assert rows(desk, "market_info", "content, kind, account_id") == [("棹歌宾馆送双早", "competitor", client)]
    assert rows(desk, "promise", "account_id, amount, due, owner_id") == [(client, 50_000_00, "2026-11-30", seller)]
    assert rows(desk, "follow_up", "name, due, owner_id, account_id") == [("周五前给新价", "2026-11-20", seller, client)]
    kept = row(desk, VISIT, planned)
    desk.save(VISIT, planned, kept["version"], {"intel": "棹歌宾馆送双早和停车"})  # said better: no second one
    assert len(rows(desk, "market_info", "id")) == len(rows(desk, "complaint", "id")) == 1
    desk.undo()
    desk.undo()  # the report with all it became
    assert row(desk, VISIT, planned)["state"] == "planned"
    assert not [table for table in ("complaint", "preference", "market_info", "promise", "follow_up") if rows(desk, table, "id")]
    sound(desk.store)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"taste": "高楼层"}, "person_id"), ({"pay": 100}, "account_id"), ({"pay_on": "2026-12-01"}, "account_id"), ({"time": "10:00", "until": "09:30"}, "until")],
)
def test_what_a_file_asks_for_is_asked_in_the_report(desk: Desk, values: Row, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        added(desk, VISIT, day=TODAY, **values)
    assert list(refused.value.problems) == [field]


def test_a_week_is_handed_in_approved_and_reported(desk: Desk, reader: Any) -> None:
    seller, client = added(desk, STAFF, name="周一禾"), account(desk, "澄籁")
    with pytest.raises(Refused, match="No visit is planned"):
        actions.hand_in(desk, seller, TODAY)
    added(desk, VISIT, account_id=client, day="2026-11-17", result="demand", owner_id=seller, cost=35_00)
    added(desk, VISIT, account_id=client, day="2026-11-19", state="planned", owner_id=seller)
    week = actions.hand_in(desk, seller, TODAY).rows[0][1]
    assert (queries.states(reader, WEEK), row(desk, VISIT_WEEK, week)["week"]) == ({seller: (week, rules.ASKED)}, WEEK)
    with pytest.raises(Refused, match="already"):
        actions.hand_in(desk, seller, "2026-11-20")
    assert [(line.record, line.count) for line in approvals(reader, TODAY, None)] == [(VISIT_WEEK.key, 1)]
    desk.move(VISIT_WEEK, week, 1, "return", reason="周四加两户")
    actions.hand_in(desk, seller, TODAY)
    desk.move(VISIT_WEEK, week, 3, "approve")
    with pytest.raises(Refused, match="three lines"):
        desk.move(VISIT_WEEK, week, 4, "report")
    told = {"went_well": "新需求一个", "went_badly": "两户未遇", "next_week": "补访"}
    open_end = added(desk, VISIT, account_id=client, day="2026-11-18", owner_id=seller)
    with pytest.raises(Refused, match="1 visits of these days have no result yet, the first is of 2026-11-18"):
        desk.move(VISIT_WEEK, week, 4, "report", values=told)
    desk.remove(VISIT, open_end, 1)
    desk.move(VISIT_WEEK, week, 4, "report", values=told)
    found = queries.figures(reader, "visit_week", week, TODAY)
    assert [figure.value for figure in found] == ["2", "1", "1", "1", "35.00", "0.00"]
    assert [count(reader, ListQuery(VISIT, figure.opens)) for figure in found[:4]] == [2, 1, 1, 1]
    with pytest.raises(Invalid, match="Monday"):
        added(desk, VISIT_WEEK, week="2026-11-18", owner_id=seller)
    sound(desk.store)


@pytest.mark.parametrize(
    ("span", "first", "last", "due"),
    [("week", "2026-11-16", "2026-11-22", "2026-11-20"), ("week", "2026-09-28", "2026-10-04", "2026-09-30"), ("month", "2026-11-01", "2026-11-30", "2026-11-30"), ("month", "2026-10-01", "2026-10-31", "2026-10-30")],
)
def test_when_a_report_is_due(span: str, first: str, last: str, due: str) -> None:
    assert (rules.last_day(span, first), rules.report_due(span, first), rules.begins(span, last)) == (last, due, first)


def test_a_month_is_planned_and_reported_beside_its_weeks(desk: Desk, reader: Any) -> None:
    seller, client = added(desk, STAFF, name="周一禾"), account(desk, "澄籁")
    for day in ("2026-10-12", "2026-10-29"):
        added(desk, VISIT, account_id=client, day=day, result="demand", owner_id=seller, cost=20_00)
    with pytest.raises(Refused, match="planned in the month of 2026-12-01"):
        actions.hand_in(desk, seller, "2026-12-24", rules.MONTH)
    month = actions.hand_in(desk, seller, "2026-10-20", rules.MONTH).rows[0][1]
    actions.hand_in(desk, seller, "2026-10-12")
    assert (queries.states(reader, "2026-10-01", rules.MONTH), queries.states(reader, "2026-10-01")) == ({seller: (month, rules.ASKED)}, {})
    with pytest.raises(Refused, match="month was handed in"):
        actions.hand_in(desk, seller, "2026-10-01", rules.MONTH)
    assert [figure.value for figure in queries.figures(reader, "visit_week", month, TODAY)][:3] == ["2", "2", "1"]
    owing = next(line for line in queries.today(reader, TODAY, None) if line.label.source == "Reports to hand in")
    assert (owing.count, owing.tone) == (2, "red")
    with pytest.raises(Invalid, match="its first"):
        added(desk, VISIT_WEEK, week="2026-11-16", span="month", owner_id=seller)
    sound(desk.store)


@pytest.mark.parametrize(
    ("values", "said"),
    [({"result": "demand"}, "comes next"), ({"result": "demand", "next": "送报价"}, ""), ({"result": "demand", "words": "已回绝"}, ""), ({"result": "not-met"}, ""), ({"result": "complaint", "complaint": "发票"}, "")],
)
def test_a_visit_opens_or_closes_something(values: Row, said: str) -> None:
    text = _without_result(values)
    assert (said in text.source) if text and said else (text is None) is not said


@pytest.mark.parametrize(("phone", "dialled"), [("0575-8512 0001", "tel:057585120001"), ("+86 138 0575 0001", "tel:+8613805750001"), ("转 12", ""), ("", "")])
def test_what_a_number_is_dialled_by(phone: str, dialled: str) -> None:
    assert rules.dialled(phone) == dialled


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (65, "1:05"), (3_729, "1:02:09"), (-4, "0:00")])
def test_how_long_somebody_talked(seconds: int, said: str) -> None:
    assert rules.talked(seconds) == said


def test_a_table_is_one_line_and_its_promise_a_follow_up(desk: Desk) -> None:
    host, client = added(desk, STAFF, name="秦苏"), account(desk, "禾渚软件")
    line = added(desk, TABLE_LINE, day=TODAY, time="18:40", name="听泉", guest="沈总", mood="cold", dish="清蒸鲈鱼", promise="下次送同款", promise_on="2026-11-25", account_id=client, owner_id=host)
    assert rows(desk, "follow_up", "name, due, account_id, owner_id") == [("听泉 沈总 下次送同款", "2026-11-25", client, host)]
    desk.save(TABLE_LINE, line, 1, {"promise": "下次送两份"})
    assert len(rows(desk, "follow_up", "id")) == 1
    sound(desk.store)


@pytest.fixture
def sheet(desk: Desk) -> int:
    seller = added(desk, STAFF, name="周一禾")
    for name, level, ago, state in (("澄籁", "A", 30, "active"), ("青垧", "D", 210, "active"), ("及时", "A", 3, "active"), ("勿扰", "A", 90, "active"), ("走了", "A", 90, "lost")):
        client = account(desk, name, code=name, level=level, owner_id=seller, state=state)
        added(desk, PERSON, name=f"{name}订房人", account_id=client, role="booker", phone="0575-00001234")
        added(desk, VISIT, account_id=client, day=dates.days_before(TODAY, ago))
        if name == "勿扰":
            added(desk, CARE_HOLD, account_id=client, kind="asked", since="2026-11-01")
    return added(desk, CALL_SHEET, name="C/D 类问候", day=TODAY, owner_id=seller)


def test_a_sheet_is_filled_called_and_stays_as_it_was(desk: Desk, sheet: int) -> None:
    actions.fill(desk, sheet)
    assert rows(desk, "call_line", "name, why, attempt") == [("澄籁订房人", "30 days since the last contact", 1), ("青垧订房人", "210 days since the last contact", 1)]
    with pytest.raises(Refused, match="Nobody is left"):
        actions.fill(desk, sheet)
    first, second = (found[0] for found in rows(desk, "call_line", "id"))
    with pytest.raises(Refused, match="Result"):
        desk.move(CALL_LINE, first, 1, "reached")
    found = queries.session(desk.store.writer, sheet)
    assert found is not None
    assert [(one.name, one.client, one.attempt) for one in found.waiting] == [("澄籁订房人", "澄籁", 1), ("青垧订房人", "青垧", 1)]
    desk.move(CALL_LINE, first, 1, "reached", values={"result": "demand", "words": "12 月要 20 间", "next": "送报价", "next_on": "2026-11-20", "seconds": 185})
    found = queries.session(desk.store.writer, sheet)
    assert found is not None
    assert (found.counts, found.seconds) == ({"reached": 1, "waiting": 1}, 185)
    made = rows(desk, "visit", "kind, day, time, result, words, next, state")[-1]
    assert made == ("call", TODAY, "13:20", "demand", "12 月要 20 间", "送报价", "done")
    with pytest.raises(Refused, match="stays as it is"):
        desk.save(CALL_LINE, first, 2, {"words": "没说什么"})
    desk.save(CALL_LINE, first, 2, {"lead": "won"})  # prospects go on
    with pytest.raises(Refused, match="stays as it is"):
        desk.remove(CALL_LINE, first, 3)
    for attempt in (1, 2, 3):
        line = desk.store.writer.execute("select id, version from call_line where state = 'waiting' and account_id = (select account_id from call_line where id = ?)", (second,)).fetchone()
        assert row(desk, CALL_LINE, line[0])["attempt"] == attempt
        desk.move(CALL_LINE, line[0], line[1], "nobody")
    kept = row(desk, CALL_SHEET, sheet)
    assert (kept["lines"], kept["reached"], kept["waiting"]) == (4, 1, 0)  # nobody is called a fourth time
    sound(desk.store)


def test_whom_to_see_in_the_house(desk: Desk) -> None:
    house = hotel(desk)
    for name, vip, room, nights in (("霍明翊", "V2", "1702", 3), ("过客", "", "0801", 1), ("长住", "", "0802", 9), ("撤回", "V3", "0803", 9)):
        guest = added(desk, PERSON, name=name, vip=vip)
        stay(desk, "2026-11-17", dates.add_days("2026-11-17", nights), status="In-House", guest_id=guest, room_no=room, hotel_id=house)
        if name == "撤回":
            added(desk, CARE_HOLD, person_id=guest, kind="consent", since="2026-11-01")
    sheet = added(desk, CALL_SHEET, name="本周访客", day=TODAY, kind="in-house", most=12, owner_id=None)
    actions.fill(desk, sheet)
    assert rows(desk, "call_line", "name, room_no, why") == [("霍明翊", "1702", "VIP V2, never met, 3 nights"), ("长住", "0802", "never met, 9 nights")]
    line = rows(desk, "call_line", "id")[0][0]
    desk.move(CALL_LINE, line, 1, "reached", values={"result": "preference"})
    assert rows(desk, "visit", "kind, result") == [("in-house", "preference")]


def test_a_third_call_in_vain_is_the_last() -> None:
    assert [rules.tried_enough({"attempt": n}) for n in (None, 1, 2, 3, 4)] == [False, False, False, True, True]
