"""The history of what is shown, within two keys; the record as it was on a day; what others changed since one looked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.app import Program
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import use
from crm_desktop.store.store import Store
from tests.samples import account, change
from tests.ui import lived

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PATIENCE = 20_000


@pytest.fixture
def opened(store: Store, desk: Desk, qtbot: Any) -> Iterator[tuple[Program, int]]:
    """The program on data that a colleague changed."""
    use("zh_CN")
    row_id = account(desk, "江南轴承", city="绍兴")
    change(Desk(store, "许棠"), ACCOUNT, row_id, city="杭州")
    store.close()
    with lived.opened(store.path, qtbot) as program:
        yield program, row_id


def cells(texts: Any) -> list[list[str]]:
    """What a table of texts says."""
    return [[str(texts.index(row, column).data()) for column in range(texts.columnCount())] for row in range(texts.rowCount())]


def test_the_history_is_one_key_away(opened: tuple[Program, int], qtbot: Any) -> None:
    program, row_id = opened
    window = program.window
    window.open_record("account", row_id)
    page = window.page("accounts")
    qtbot.waitUntil(lambda: page.shown() == ("account", row_id), timeout=PATIENCE)
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    past = window.page("past")
    qtbot.waitUntil(lambda: past.rows.rowCount() == 2 and past.values.rowCount() > 0, timeout=PATIENCE)
    assert [line[1:] for line in cells(past.rows)] == [["许棠", "城市", "绍兴", "杭州"], ["Li Na", "已新增", "", ""]]
    QTest.keyClick(past.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: ["城市", "绍兴", "杭州"] in cells(past.values), timeout=PATIENCE)
    QTest.keyClicks(past.day, "2020-01-01")
    QTest.keyClick(past.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "还没有" in cells(past.values)[0][1], timeout=PATIENCE)
    QTest.keyClick(past.view, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is page


def test_what_others_changed_is_opened_and_seen(opened: tuple[Program, int], qtbot: Any) -> None:
    program, row_id = opened
    window = program.window
    QTest.keyClick(window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    since = window.page("since")
    qtbot.waitUntil(lambda: since.rows.rowCount() > 0, timeout=PATIENCE)
    assert ["许棠 Li Na", "客户", "江南轴承"] in [line[1:4] for line in cells(since.rows)]
    QTest.keyClick(since.view, Qt.Key.Key_Return)
    assert window.shown() == ("account", row_id)
    window.back()
    QTest.keyClick(since.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: since.rows.rowCount() == 0 and since.note.isVisible(), timeout=PATIENCE)
