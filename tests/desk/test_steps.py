"""Steps of a record: what may follow what, with a reason where one is needed, each leaving its trace; all undone at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crm_desktop.desk.desk import Conflict, Desk, Invalid
from crm_desktop.desk.records import STEP
from crm_desktop.duties import RECORDS
from crm_desktop.duties.follow_ups.records import DONE, DROPPED, FOLLOW_UP, OPEN
from crm_desktop.record.dates import business_date, set_clock
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import rows
from crm_desktop.store.store import Store


@pytest.fixture
def task(desk: Desk) -> int:
    return desk.save(FOLLOW_UP, None, 0, {"name": "催发票", "due": "2026-11-25"}).rows[0][1]


def now(desk: Desk, row_id: int, record: Record = FOLLOW_UP) -> Row:
    found = rows.read(desk.store.writer, record, row_id)
    assert found is not None
    return found


def steps(desk: Desk) -> list[tuple[str, str, str, str]]:
    return list(desk.store.writer.execute("select before, after, who, reason from step where gone is null order by at, id").fetchall())


def test_a_step_moves_the_row_and_is_written_down(desk: Desk, task: int) -> None:
    desk.move(FOLLOW_UP, task, 1, "done", values={"remark": "已寄出"})
    row = now(desk, task)
    assert (row["state"], row["done_on"], row["remark"], row["version"]) == (DONE, business_date(), "已寄出", 2)
    assert steps(desk) == [(OPEN, DONE, desk.person, "")]
    desk.undo()
    assert now(desk, task)["state"] == OPEN
    assert steps(desk) == []


def test_a_reason_is_needed_where_the_step_says_so(desk: Desk, task: int) -> None:
    with pytest.raises(Refused, match="reason"):
        desk.move(FOLLOW_UP, task, 1, "drop", reason="  ")
    desk.move(FOLLOW_UP, task, 1, "drop", reason="客户已搬走")
    assert now(desk, task)["state"] == DROPPED
    assert steps(desk)[0][3] == "客户已搬走"


def test_a_step_that_is_not_open_changes_nothing(desk: Desk, task: int) -> None:
    with pytest.raises(Refused, match="not open"):
        desk.move(FOLLOW_UP, task, 1, "open")
    with pytest.raises(Conflict):
        desk.move(FOLLOW_UP, task, 9, "done")
    assert now(desk, task)["version"] == 1
    assert steps(desk) == []


def test_the_state_of_a_saved_row_changes_by_steps_only(desk: Desk, task: int) -> None:
    with pytest.raises(Invalid):
        desk.save(FOLLOW_UP, task, 1, {"state": DONE})
    desk.save(FOLLOW_UP, task, 1, {"state": OPEN, "remark": "x"})
    assert now(desk, task)["remark"] == "x"


def test_what_is_missing_is_said_before_the_step(desk: Desk) -> None:
    from crm_desktop.duties.care.records import CARE_PLAN, SUMMED

    plan = desk.save(CARE_PLAN, None, 0, {"name": "十一月", "code": "2026-11", "state": "running"}).rows[0][1]
    with pytest.raises(Refused, match="summary"):
        desk.move(CARE_PLAN, plan, 1, "sum-up")
    desk.move(CARE_PLAN, plan, 1, "sum-up", values={"summary": "27 项完成"})
    assert now(desk, plan, CARE_PLAN)["state"] == SUMMED
    assert STEP.name == "after"


NUMBERED = Record(
    "numbered", Text("Paper"), Text("Papers"), Section(Text("Paper"), Field("name", Text("Name"), required=True), Field("code", Text("No."), Kind.CODE)),
    listed=("code", "name"), sorted_by="name", indexes=(Index("code"),), series="ZZ",
)  # fmt: skip


def test_a_new_row_gets_the_next_number_of_its_series(tmp_path: Path) -> None:
    with Store(tmp_path / "n.db", (*RECORDS, NUMBERED), create=True) as store:
        desk = Desk(store)
        set_clock(dt.datetime(2026, 11, 18, 13, 20))
        for code in ("", "", "own", "ZZ261118-09", "", "ZZ261118-x", ""):
            desk.save(NUMBERED, None, 0, {"name": "n", "code": code})
        desk.undo()
        desk.save(NUMBERED, None, 0, {"name": "n"})
        set_clock(dt.datetime(2026, 11, 19, 13, 20))
        desk.save(NUMBERED, None, 0, {"name": "n"})
        found = store.writer.execute("select code from numbered where gone is null order by id").fetchall()
    assert [code for (code,) in found] == [
        "ZZ261118-01", "ZZ261118-02", "own", "ZZ261118-09", "ZZ261118-10", "ZZ261118-x", "ZZ261118-12", "ZZ261119-01",
    ], "what was taken back keeps its number"  # fmt: skip


YEARLY = Record(
    "yearly", Text("Paper"), Text("Papers"),
    Section(Text("Paper"), Field("name", Text("Name"), required=True), Field("code", Text("No."), Kind.CODE), Field("way", Text("Kind"), Kind.CODE), Field("day", Text("Day"), Kind.DATE)),
    listed=("code", "name"), sorted_by="name", indexes=(Index("code"),), series=Series({"in": "SW", "out": "FW"}, by="way", day="day"),
)  # fmt: skip


def test_numbers_of_a_year_go_by_the_day_and_the_way_of_the_row(tmp_path: Path) -> None:
    set_clock(dt.datetime(2026, 11, 18, 13, 20))
    given = (("in", "", ""), ("in", "2026-01-02", ""), ("out", "", ""), ("in", "2025-12-31", ""), ("in", "", "SW-2026-9999"), ("in", "", ""), ("in", "", "SW-2026-8甲"), ("in", "", ""))
    with Store(tmp_path / "n.db", (*RECORDS, YEARLY), create=True) as store:
        desk = Desk(store)
        for way, day, code in given:
            desk.save(YEARLY, None, 0, {"name": "n", "way": way, "day": day, "code": code})
        found = store.writer.execute("select code from yearly where gone is null order by id").fetchall()
    assert [code for (code,) in found] == [
        "SW-2026-0001", "SW-2026-0002", "FW-2026-0001", "SW-2025-0001", "SW-2026-9999", "SW-2026-10000", "SW-2026-8甲", "SW-2026-10001",
    ]  # fmt: skip
