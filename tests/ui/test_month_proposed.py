"""The month's proposal driven by keyboard: accepted and left out, cells typed into, taken into the plan, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTableView

from crm_desktop.duties.care.pages_proposal_grid import BUDGET, DAY, KIND, WHY
from crm_desktop.duties.care.records_standard import CARE_HOLD
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.ui.edits import Edit
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def clients(lodge: Lodge) -> list[int]:
    made = [lodge.add(ACCOUNT, name=name, code=name, kind="company", level="A", agreement_to="2026-12-20") for name in ("澄籁", "禾渚", "青垧", "勿扰")]
    for row_id in made:
        lodge.add(VISIT, account_id=row_id, day="2026-10-12")
    lodge.add(CARE_HOLD, account_id=made[3], kind="asked", since="2026-11-01")
    return made


def typed(lodge: Lodge, view: Any, page: Any, row: int, column: int, words: str) -> None:
    """Type into a cell as a person does: the first key opens it."""
    view.setCurrentIndex(page.grid.index(row, column))
    QTest.keyClicks(view, words[:1])
    editor = QApplication.focusWidget()
    assert isinstance(editor, Edit)
    QTest.keyClicks(editor, words[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    lodge.wait(lambda: view.state() != QTableView.State.EditingState)


@pytest.mark.parametrize(("spoken", "why", "no_day"), [("zh_CN", "距上次拜访", "不是 2026-12 的日期"), ("en", "days since the last contact", "is no day of 2026-12")])
def test_a_month_is_proposed_changed_and_planned(lodge: Lodge, spoken: str, why: str, no_day: str) -> None:
    clients(lodge)
    window = lodge.open(spoken)
    page = lodge.page("care-proposal")
    lodge.wait(lambda: len(page.rows) == 3 and not window.busy.isVisible())
    view = page.view
    assert why in page.why.text()
    assert "11-" not in page.span_label.text()
    view.setFocus()
    view.setCurrentIndex(page.grid.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert [one.client.name for one in page.accepted()] == [one.client.name for one in page.rows[1:]]
    first = page.rows[1].day
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.rows[1].day > first
    typed(lodge, view, page, 1, DAY, "32")
    assert page.problem.isVisible()
    assert no_day in page.problem.text()
    assert page.rows[1].day > first
    typed(lodge, view, page, 1, DAY, "24")
    typed(lodge, view, page, 1, BUDGET, "180")
    typed(lodge, view, page, 2, WHY, "bring cake")
    assert (page.rows[1].day, page.rows[1].budget, page.problem.isVisible()) == ("2026-12-24", 180_00, False)
    view.setCurrentIndex(page.grid.index(2, KIND))
    view.edit(page.grid.index(2, KIND))
    box = view.findChild(QComboBox)
    box.setCurrentIndex(box.findData("call"))
    QTest.keyClick(box, Qt.Key.Key_Return)
    lodge.wait(lambda: page.rows[2].kind == "call")
    page.left_button.click()
    assert page.left_view.isVisible()
    assert "勿扰" in page.why.text()
    page.left_button.click()
    QTest.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one("select count(*) from care_item where gone is null") == 2)
    assert lodge.one("select count(*) from care_item where day = '2026-12-24' and budget = 18000 and kind = 'visit'") == 1
    assert lodge.one("select count(*) from care_item where name = ? and kind = 'call'", "bring cake") == 1
    lodge.wait(lambda: window.page("care") is not None and window.page("care")._sheet is not None)
    window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from care_plan where gone is null") == 0)
    assert lodge.one("select count(*) from care_item where gone is null") == 0


def test_the_usual_table_is_written_once(lodge: Lodge) -> None:
    lodge.open("zh_CN")
    page = lodge.page("care-standards")
    page.write_usual()
    lodge.wait(lambda: lodge.one("select count(*) from care_standard where gone is null") == 4)
    assert lodge.one("select silence from care_standard where level = 'A'") == 20


def test_next_year_is_drafted_by_its_command(lodge: Lodge) -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    clients(lodge)
    window = lodge.open("zh_CN")
    page = lodge.page("care")
    next(command for command in page.commands() if command.name == "Draft next year's plan").run()
    lodge.wait(lambda: page._sheet is not None and page._sheet.form.values().get("code") == "2027")
    assert "A 级：4 户" in page._sheet.form.values()["goals"]
    window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from care_plan where gone is null") == 0)
