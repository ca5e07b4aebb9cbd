"""A month's money in the window: planned care taken over, sent in, granted, an item paid and cleared by its steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.funds.records import FUND_PLAN
from crm_desktop.record import dates
from crm_desktop.ui.one_button import OneButton
from crm_desktop.ui.steps import StepsBar
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def step(lodge: Lodge, form: Any, key: str) -> None:
    """Take a step by its button, as the keyboard does."""
    bar, now = form.findChild(StepsBar), f"select version from {form.record.key} where id = ?"
    lodge.wait(lambda: not form._saving and form._row.get("version") == lodge.one(now, form._id))  # what is shown is what is kept
    lodge.wait(lambda: bar.buttons.get(key) is not None and bar.buttons[key].isVisible() and bar.buttons[key].isEnabled())
    bar.buttons[key].setFocus()
    QTest.keyClick(bar.buttons[key], Qt.Key.Key_Space)


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_a_months_money_from_planned_care_to_the_voucher(lodge: Lodge, spoken: str) -> None:
    year = lodge.add(CARE_PLAN, name="2026 年计划", code="2026", state="running", budget=10_000_00)
    month = lodge.add(CARE_PLAN, name="11 月计划", code="2026-11", state="running", budget=1_000_00)
    lodge.add(CARE_ITEM, plan_id=month, account_id=lodge.add(ACCOUNT, name="瑞栀药业", code="R1"), kind="gift", day="2026-11-20", name="青瓷茶具", budget=298_00)
    plan = lodge.add(FUND_PLAN, name="11 月资金计划", code="2026-11", year_id=year)
    lodge.open(spoken)
    page = lodge.page("funds", id=plan)
    lodge.wait(lambda: page._sheet is not None and page._sheet.form._id == plan)
    form = page._sheet.form
    take = form.findChild(OneButton)
    lodge.wait(take.button.isVisible)
    assert take.button.text() == ("取入维护计划的项目" if spoken == "zh_CN" else "Take over the maintenance plan's items")
    QTest.keyClick(take.button, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select count(*) from fund_line where gone is null") == 1)
    for key, state in (("submit", "manager"), ("endorse", "director"), ("agree", "finance"), ("grant", "approved")):
        step(lodge, form, key)
        lodge.wait(lambda state=state: lodge.one("select state from fund_plan where id = ?", plan) == state)
    assert not take.isVisible()
    item = lodge.one("select id from fund_line where gone is null")
    assert lodge.one("select approved from fund_line where id = ?", item) == 298_00
    items = lodge.page("fund-items", id=item)
    lodge.wait(lambda: items._sheet is not None and items._sheet.form._id == item)
    form = items._sheet.form
    form.cells["spent"].editor.setFocus()
    form.cells["spent"].editor.selectAll()
    QTest.keyClicks(form.cells["spent"].editor, "700")
    step(lodge, form, "spend")
    lodge.wait(lambda: any(("追加" if spoken == "zh_CN" else "Ask for more") in words for words in texts(form)))
    assert lodge.one("select state from fund_line where id = ?", item) == "approved", "what is too much is not booked"


def texts(form: Any) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
