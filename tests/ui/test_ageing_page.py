"""The ageing page driven as a person would: another day, other limits, a cell opens its items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import dates
from tests.ui.lodge import Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
BILLS = (("A1", "2026-10-01", "2026-10-31", 50_000), ("A2", "2026-11-16", "2026-12-16", 20_000))


@pytest.fixture
def lodge(store: Any, qtbot: Any) -> Iterator[Lodge]:
    dates.set_clock(dt.datetime(2026, 11, 18, 9))
    with lodge_on(store, qtbot) as house:
        hotel, client = house.add(HOTEL, code="LT", name="澜棠大酒店"), house.add(ACCOUNT, name="越岫城建集团")
        for number, billed, due, amount in BILLS:
            house.add(RECEIVABLE, account_id=client, hotel_id=hotel, document_no=number, bill_date=billed, due=due, amount=amount)
        yield house


def told(page: Any) -> list[list[str]]:
    rows = page.rows
    return [[rows.data(rows.index(at, column)) for column in range(rows.columnCount())] for at in range(rows.rowCount())]


def test_another_day_other_limits_and_the_items_of_a_cell(lodge: Lodge, qtbot: QtBot) -> None:
    lodge.open("zh_CN")
    lodge.window.go("ageing")
    page = lodge.page("ageing")
    lodge.wait(lambda: len(told(page)) == 2)
    assert told(page)[1] == ["越岫城建集团", "CNY", "700.00", "700.00", "", "200.00", "500.00", "", "", "", "2", ""]
    page.limits.selectAll()
    qtbot.keyClicks(page.limits, "10,20,")
    qtbot.keyClick(page.limits, Qt.Key.Key_Return)
    assert page.problem.text() == "账龄界限是由小到大的天数，如 30,60,90"
    qtbot.keyClicks(page.limits, "5")
    qtbot.keyClick(page.limits, Qt.Key.Key_Backspace)
    qtbot.keyClicks(page.limits, "40")
    qtbot.keyClick(page.limits, Qt.Key.Key_Return)
    page.day.setFocus()
    page.day.selectAll()
    qtbot.keyClicks(page.day, "2026-11-15")
    qtbot.keyClick(page.day, Qt.Key.Key_Return)
    lodge.wait(lambda: told(page)[0] == ["合计", "CNY", "500.00", "500.00", "", "", "", "500.00", "", "", "1", ""])
    page.view.setCurrentIndex(page.rows.index(1, 7))
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    bills = lodge.page("receivables")
    lodge.wait(lambda: bills.list.model.rowCount() == 1 and bills.isVisible())
    assert bills.list.model.value(0, 1) == "A1"
