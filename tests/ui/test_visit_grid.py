"""The plan of visits driven by keyboard and mouse: moved, copied, dragged, a month, and a large one scrolled."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.visits.pages_grid_parts import chip_box
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def days(lodge: Lodge) -> list[str]:
    reader = lodge.store.open_reader()
    try:
        return [row[0] for row in reader.execute("select day from visit where gone is null and state = 'planned' order by day").fetchall()]
    finally:
        reader.close()


def middle(page: Any, row: int, column: int) -> QPoint:
    """The middle of the first chip of a cell."""
    return chip_box(page.view.visualRect(page.model.index(row, column)), 0).center()


@pytest.mark.parametrize(("spoken", "quota"), [("zh_CN", "各级走访"), ("en", "Visits by class")])
def test_a_week_is_planned_by_keys_and_mouse(lodge: Lodge, spoken: str, quota: str) -> None:
    seller, other = lodge.add(STAFF, name="周一禾"), lodge.add(STAFF, name="唐屿")
    client = lodge.add(ACCOUNT, name="澄籁", code="1", level="A", owner_id=seller)
    lodge.add(ACCOUNT, name="禾渚", code="2", level="B", owner_id=other)
    lodge.add(VISIT, account_id=client, day="2026-11-18", state="planned", owner_id=seller)
    window = lodge.open(spoken)
    page = lodge.page("visit-grid")
    lodge.wait(lambda: page.model.rowCount() == 2)
    row = next(at for at, (_, name) in enumerate(page.model.sellers) if name == "周一禾")
    assert quota in page.quotas.text()
    view = page.view
    view.setFocus()
    view.setCurrentIndex(page.model.index(row, 3))
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL)
    lodge.wait(lambda: days(lodge) == ["2026-11-19"])
    lodge.wait(lambda: len(page.model.visits(row, 4)) == 1)
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_V, CTRL)
    lodge.wait(lambda: days(lodge) == ["2026-11-19", "2026-11-20"])
    lodge.wait(lambda: len(page.model.visits(row, 5)) == 1)
    ground = view.viewport()
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(page, row, 5))
    QTest.mouseMove(ground, middle(page, 1 - row, 2))
    QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(page, 1 - row, 2))
    lodge.wait(lambda: days(lodge) == ["2026-11-17", "2026-11-19"])
    assert lodge.one("select count(*) from visit where day = '2026-11-17' and owner_id = ?", other) == 1
    lodge.wait(lambda: len(page.model.visits(1 - row, 2)) == 1)
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, CTRL, middle(page, 1 - row, 2))
    QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, CTRL, middle(page, row, 1))
    lodge.wait(lambda: days(lodge) == ["2026-11-16", "2026-11-17", "2026-11-19"])
    page.turn_button.click()
    lodge.wait(lambda: len(page.model.days) == 30)
    view.grab()
    view.setCurrentIndex(page.model.index(row, 19))
    QTest.keyClick(view, Qt.Key.Key_Return)
    lodge.wait(lambda: window.page("visits") is not None and window.page("visits")._sheet is not None)
