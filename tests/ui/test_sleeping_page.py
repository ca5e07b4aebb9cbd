"""The page of sleeping clients and the pool, by keyboard."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import COLLEAGUE
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record import dates
from crm_desktop.record.dates import business_date, days_before
from tests.samples import stay
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier


def press(widget: Any, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_a_silent_client_goes_into_the_pool_and_somebody_takes_it(lodge: Lodge, spoken: str) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    zhou, me = lodge.add(STAFF, name="周一禾"), lodge.add(STAFF, name="许棠")
    silent, lively = (lodge.add(ACCOUNT, name=name, owner_id=zhou, level="B") for name in ("禾渚软件", "云楸医疗"))
    desk, day = Desk(lodge.store, "顾言舟"), business_date()
    for ago in (100, 90, 80, 70):
        stay(desk, days_before(day, ago), days_before(day, ago - 1), company_id=silent)
        stay(desk, days_before(day, ago - 69), days_before(day, ago - 70), company_id=lively)
    lodge.settings.set(COLLEAGUE, me)
    window = lodge.open(spoken)
    page = lodge.page("sleeping")
    lodge.wait(lambda: page.rows.rowCount() == 1)
    page.focus_first()
    assert [page.rows.index(0, at).data() for at in (0, 1, 2, 4, 5, 6)] == ["禾渚软件", "周一禾", "B", days_before(day, 70), "70", "10"]
    assert "70" in page.why.text()
    assert not page.take_button.isEnabled()
    page.sleep_button.click()
    lodge.wait(lambda: lodge.one("select state from account where id = ?", silent) == "dormant")
    lodge.wait(lambda: not page.sleep_button.isEnabled() and page.give_button.isEnabled())
    press(page.view, Qt.Key.Key_D, CTRL)
    lodge.wait(lambda: lodge.one("select owner_id from account where id = ?", silent) is None)
    assert "70" in lodge.one("select reason from change where action = 'Given to the pool'")
    lodge.wait(lambda: page.rows.rowCount() == 0)
    press(page.view, Qt.Key.Key_R, CTRL)
    assert page.rows.rowCount() == 1
    press(page.view, Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: lodge.one("select owner_id from account where id = ?", silent) == me)
    window.undo()
    lodge.wait(lambda: lodge.one("select owner_id from account where id = ?", silent) is None)
