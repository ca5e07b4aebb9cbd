"""The calendar driven by keyboard: month, week, agenda, into a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(("spoken", "moon", "unpublished"), [("zh_CN", "初十", "2027 年放假安排未公布"), ("en", "", "of 2027 are not published yet")])
def test_month_week_agenda_and_a_file(lodge: Lodge, spoken: str, moon: str, unpublished: str, tmp_path: Path) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    seller = lodge.add(STAFF, name="周一禾")
    client = lodge.add(ACCOUNT, name="澄籁", code="1", owner_id=seller)
    for time in ("09:00", "14:00"):
        lodge.add(VISIT, account_id=client, day="2026-11-18", time=time, state="planned", owner_id=seller)
    window = lodge.open(spoken)
    page = lodge.page("calendar")
    lodge.wait(lambda: page.days.rowCount() == 6 and len(page.entries) == 2)
    assert moon in page.grid.currentIndex().data()
    assert "澄籁" in page.grid.currentIndex().data()
    page.grid.grab()
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    lodge.wait(lambda: unpublished in page.told.text())
    QTest.keyClick(page.grid, Qt.Key.Key_PageUp)
    QTest.keyClick(page.grid, Qt.Key.Key_PageUp)
    lodge.wait(lambda: len(page.entries) == 2)
    page.views.button(1).click()
    lodge.wait(lambda: page.days.rowCount() == 1)
    page._day = "2026-11-18"
    page.views.button(2).click()
    lodge.wait(lambda: page.rows.rowCount() == 2)
    page.write(tmp_path / "out.ics")
    lodge.wait(lambda: "out.ics" in page.told.text())
    text = (tmp_path / "out.ics").read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20261118T090000\r\n" in text
    assert text.endswith("END:VCALENDAR\r\n")
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    lodge.wait(lambda: window.page("visits") is not None and window.page("visits")._sheet is not None)
