"""Files that are written regularly: the rows of their list, logged with filter and count; what cannot be written says so."""

from __future__ import annotations

import csv
import datetime as dt
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from crm_desktop import cli
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.files import regular
from crm_desktop.duties.files.records import EXPORT_PLAN
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.exchange.progress import Quiet
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import Stale
from crm_desktop.store.store import Store
from crm_desktop.ui.regularly import told, values
from tests.samples import account, added, change, sound

SEVEN = dt.datetime(2026, 11, 23, 7, 0, 30)
LEVEL_A = ListQuery(ACCOUNT, [("level", "=", "A")], "name", False, ("name", "level"))


def plan(desk: Desk, folder: Path, **more: Any) -> Row:
    desk.save(EXPORT_PLAN, None, 0, values(LEVEL_A, ".csv", str(folder)) | {"name": "A 级/客户", "last_at": "2026-11-22 08:00:00"} | more)
    with closing(desk.store.open_reader()) as reader:
        rows = regular.due(reader, SEVEN)
    assert len(rows) == 1
    return rows[0]


def test_what_is_due_is_written_and_logged(desk: Desk, tmp_path: Path) -> None:
    account(desk, "华东电气", level="A")
    account(desk, "云程商旅", level="B")
    row = plan(desk, tmp_path)
    regular.claim(desk, row, SEVEN)
    with pytest.raises(Stale):
        regular.claim(desk, row, SEVEN)
    with closing(desk.store.open_reader()) as reader:
        assert regular.due(reader, SEVEN) == []
        path, rows = regular.write(desk.store, RECORDS, reader, row, "2026-11-23", Quiet())
    assert (path.name, rows) == ("A 级_客户 2026-11-23.csv", 1)
    assert [cells[1] for cells in csv.reader(path.read_text("utf-8-sig").splitlines())][1:] == ["华东电气"]
    regular.finished(desk, row, path, rows)
    logged = desk.store.writer.execute("select action, source, reason from change where action = 'Exported'").fetchall()
    assert logged == [("Exported", f"accounts ({told(LEVEL_A)}): 1 -> A 级_客户 2026-11-23.csv", "A 级/客户")]
    assert desk.store.writer.execute("select result from export_plan").fetchone()[0].startswith("1 rows written")
    sound(desk.store)


def test_a_folder_that_is_away_is_told_in_the_plan(desk: Desk, tmp_path: Path) -> None:
    row = plan(desk, tmp_path / "away")
    with closing(desk.store.open_reader()) as reader, pytest.raises(Refused, match="cannot be reached") as refused:
        regular.write(desk.store, RECORDS, reader, row, "2026-11-23", Quiet())
    regular.failed(desk, row, refused.value.text)
    assert "away" in desk.store.writer.execute("select result from export_plan").fetchone()[0]


def test_plans_of_other_pcs_and_sleeping_ones_are_not_due(desk: Desk, tmp_path: Path) -> None:
    plan(desk, tmp_path)
    for more in ({"pc": "another"}, {"active": 0}, {"last_at": "2026-11-23 07:00:00"}):
        desk.save(EXPORT_PLAN, None, 0, values(LEVEL_A, ".csv", str(tmp_path)) | {"last_at": ""} | more)
    with closing(desk.store.open_reader()) as reader:
        assert [row["name"] for row in regular.due(reader, SEVEN)] == ["A 级/客户"]


@pytest.mark.parametrize(("wrong", "field"), [({"folder": ""}, "folder"), ({"folder": "reports"}, "folder"), ({"every": "month", "month_day": None}, "month_day"), ({"time": ""}, "time")])
def test_a_plan_that_cannot_work_is_not_saved(desk: Desk, tmp_path: Path, wrong: Row, field: str) -> None:
    with pytest.raises(Invalid) as invalid:
        desk.save(EXPORT_PLAN, None, 0, values(LEVEL_A, ".csv", str(tmp_path)) | wrong)
    assert set(invalid.value.problems) == {field}


def test_the_scheduler_of_the_system_writes_what_is_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a window, for cron or the task planner; once a day however often it is called."""
    for name in ("out", "away"):
        (tmp_path / name).mkdir()
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        desk = Desk(store)
        account(desk, "华东电气", level="A")
        for name in ("out", "away"):
            desk.save(EXPORT_PLAN, None, 0, values(LEVEL_A, ".csv", str(tmp_path / name)) | {"name": name, "last_at": "2020-01-01 08:00:00"})
    (tmp_path / "away").rmdir()
    order = ["regular", "--data", str(tmp_path / "crm.db")]
    assert cli.run(order) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["rows"] == 1
    assert "cannot be reached" in said.err
    [written] = (tmp_path / "out").iterdir()
    assert "华东电气" in written.read_text("utf-8-sig")
    assert cli.run(order) == 0
    assert capsys.readouterr().out == ""
    assert cli.run([*order, "--all"]) == 1


def test_a_calendar_is_kept_fresh_under_one_name(desk: Desk, tmp_path: Path) -> None:
    """Phones and mail programs subscribe to the file: what was moved is there within the hour, under the number it had."""
    unit = account(desk, "华东电气")
    visit = added(desk, VISIT, account_id=unit, kind="visit", day="2026-11-24", time="09:30", state="planned")
    row = plan_of(desk, tmp_path)
    written: list[str] = []
    for moved in ("2026-11-24", "2026-11-25"):
        change(desk, VISIT, visit, day=moved)
        with closing(desk.store.open_reader()) as reader:
            path, rows = regular.write(desk.store, RECORDS, reader, row, moved, Quiet())
        assert (path.name, rows, [each.name for each in tmp_path.glob("*.ics")]) == ("我的拜访.ics", 1, ["我的拜访.ics"])
        written.append(path.read_text("utf-8"))
    calendars = [Calendar.from_ical(words) for words in written]
    assert [event["DTSTART"].dt.isoformat() for calendar in calendars for event in calendar.walk("VEVENT")] == ["2026-11-24T09:30:00", "2026-11-25T09:30:00"]
    assert len({event["UID"] for calendar in calendars for event in calendar.walk("VEVENT")}) == 1
    assert "X-PUBLISHED-TTL:PT1H" in written[0]


def plan_of(desk: Desk, folder: Path) -> Row:
    given = values(ListQuery(VISIT, [("state", "=", "planned")], "day", False, ("day", "account_id")), ".ics", str(folder))
    assert (given["kind"], given["every"]) == (".ics", "hour")
    desk.save(EXPORT_PLAN, None, 0, given | {"name": "我的拜访", "last_at": "2026-11-23 06:00:00"})
    with closing(desk.store.open_reader()) as reader:
        (row,) = regular.due(reader, SEVEN)
    return row
