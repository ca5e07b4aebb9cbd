"""A year of care through the window: the year drafted and approved, a month proposed, funded, carried out, cleared and summed up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.text import say
from crm_desktop.ui.one_button import OneButton
from crm_desktop.ui.steps import StepsBar
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
JANUARY = "2027-01"


class Walk:
    """What a person does in the window: opens, types, takes steps, saves."""

    def __init__(self, lodge: Lodge) -> None:
        self.lodge = lodge

    def form(self, record: str, row_id: int) -> Any:
        """The sheet's form of a row, once it is there."""
        window = self.lodge.window
        window.open_record(record, row_id)
        page = window.page(window.page_of(record))
        self.lodge.wait(lambda: page._sheet is not None and page._sheet.form._id == row_id and not page._sheet.form._saving)
        return page._sheet.form

    def type(self, form: Any, **values: str) -> None:
        """Type into fields, one after the other."""
        for name, words in values.items():
            editor = form.cells[name].editor
            editor.setFocus()
            if hasattr(editor, "selectAll") and not words.isascii():
                editor.selectAll()
                editor.insert(words) if hasattr(editor, "insert") else editor.insertPlainText(words)
            elif hasattr(editor, "selectAll"):
                editor.selectAll()
                QTest.keyClicks(editor, words)
            else:
                editor.set_value(words)
            editor.changed.emit()

    def step(self, record: str, row_id: int, key: str, state: str, **values: str) -> None:
        """Type what a step needs and take it by its button, as the keyboard does."""
        form, lodge = self.form(record, row_id), self.lodge
        lodge.wait(lambda: form._row.get("version") == lodge.one(f"select version from {record} where id = ?", row_id))
        self.type(form, **values)
        bar = form.findChild(StepsBar)
        lodge.wait(lambda: bar.buttons[key].isVisible() and bar.buttons[key].isEnabled())
        bar.buttons[key].setFocus()
        QTest.keyClick(bar.buttons[key], Qt.Key.Key_Space)
        lodge.wait(lambda: lodge.one(f"select state from {record} where id = ?", row_id) == state)

    def new(self, page_key: str, **values: str) -> None:
        """A new row by its form; references are given as the page that leads there gives them."""
        given = {name: value for name, value in values.items() if not isinstance(value, str)}
        page = self.lodge.page(page_key, new=True, given=given)
        self.lodge.wait(lambda: page.form is not None and page.form.isVisible())
        self.type(page.form, **{name: value for name, value in values.items() if isinstance(value, str)})
        page.form.save()
        self.lodge.wait(lambda: page.form._id is not None and not page.form._saving)


def plan_is_year(lodge: Lodge, plan: int) -> bool:
    return len(lodge.one("select code from care_plan where id = ?", plan)) == 4


def panel(lodge: Lodge, walk: Walk, plan: int) -> dict[str, Any]:
    """The blocks a plan's sheet shows of how it stands."""
    form = walk.form("care_plan", plan)
    sheet = lodge.window.page("care")._sheet
    assert form is sheet.form
    lodge.wait(lambda: sheet.tabs.show_rows("care-summary", []))
    shown = sheet.tabs._built["care-summary"]
    lodge.wait(lambda: shown.row_id == plan and any(made.isVisible() for made in shown.cards.values()))
    lodge.wait(lambda: ("goal-A" in shown.cards and shown.cards["goal-A"].isVisible()) == (plan_is_year(lodge, plan)))
    return {key: made for key, made in shown.cards.items() if made.isVisible()}


def two_clients(lodge: Lodge) -> None:
    """An A and a B client, silent since September, of one seller."""
    seller = lodge.add(STAFF, name="周一禾")
    for name, level in (("澄籁", "A"), ("禾渚", "B")):
        client = lodge.add(ACCOUNT, name=name, code=name, kind="company", level=level, agreement_to="2027-02-20", owner_id=seller)
        lodge.add(PERSON, name=f"{name}总", account_id=client, role="decision-maker", birthday="1975-01-20")
        lodge.add(VISIT, account_id=client, day="2026-09-01", result="kept-up", words="老样子")


def summary_opens_its_rows(lodge: Lodge, walk: Walk, year: int, month: int) -> None:
    blocks = panel(lodge, walk, month)
    assert set(blocks) == {"ended", "money", "reached", "reactions", "effects"}
    assert "样本太少" in str(say(blocks["effects"].lines._lines[0].words))
    ended = blocks["ended"].lines._lines
    assert (say(ended[0].left), ended[0].opens) == ("2", ("care_item", [("plan_id", "=", month), ("state", "=", "done")]))
    told = panel(lodge, walk, year)
    assert "1／24" in str(say(told["goal-A"].lines._lines[0].words))
    assert [say(line.left) for line in told["quarters"].lines._lines][:1] == ["第 1 季度"]


def test_a_year_is_planned_a_month_funded_carried_out_cleared_and_summed_up(lodge: Lodge) -> None:
    dates.set_clock(dt.datetime(2026, 12, 28, 10, 0))
    two_clients(lodge)
    lodge.open("zh_CN")
    walk = Walk(lodge)
    # the year: drafted with goals by class, approved
    care = lodge.page("care")
    next(command for command in care.commands() if command.name == "Draft next year's plan").run()
    lodge.wait(lambda: lodge.one("select count(*) from care_goal where gone is null") == 2)
    year = lodge.one("select id from care_plan where code = '2027'")
    walk.step("care_plan", year, "submit", "approval")
    walk.step("care_plan", year, "approve", "running")
    # the month: proposed with its reasons, taken, approved
    proposal = lodge.page("care-proposal", month=JANUARY)
    lodge.wait(lambda: len(proposal.rows) == 2 and not lodge.window.busy.isVisible())
    why = proposal.why.text()  # every reason of the touch in one sentence, and its points
    assert all(part in why for part in ("距上次拜访141天", "协议02-20到期", "总01-20生日", "档案完整度仅", "超期未联系 60"))
    QTest.keyClick(proposal.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one("select count(*) from care_item as i join care_plan as p on p.id = i.plan_id where p.code = ? and i.budget > 0", JANUARY) == 2)
    month = lodge.one("select id from care_plan where code = ?", JANUARY)
    planned = lodge.one("select planned from care_plan where id = ?", month)
    walk.step("care_plan", month, "submit", "approval", budget="500")
    walk.step("care_plan", month, "approve", "running")
    # its money: taken over, granted through every desk, paid, cleared
    walk.new("funds", name="Jan", code=JANUARY, year_id=year)
    fund = lodge.one("select id from fund_plan where gone is null")
    take = walk.form("fund_plan", fund).findChild(OneButton)
    lodge.wait(take.button.isVisible)
    QTest.keyClick(take.button, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select asked from fund_plan where id = ?", fund) == planned)
    for key, state in (("submit", "manager"), ("endorse", "director"), ("agree", "finance"), ("grant", "approved"), ("start", "running")):
        walk.step("fund_plan", fund, key, state)
    dates.set_clock(dt.datetime(2027, 1, 21, 10, 0))
    reader = lodge.store.open_reader()
    lines = reader.execute("select id, approved from fund_line where gone is null order by id").fetchall()
    items = reader.execute("select id, budget from care_item where plan_id = ? and gone is null order by id", (month,)).fetchall()
    reader.close()
    for line, approved in lines:
        walk.step("fund_line", line, "spend", "spent", spent=str(approved // 100))
        walk.step("fund_line", line, "clear", "cleared", voucher=f"FP{line % 1000}")
    # carried out: what it cost, how it was taken
    for item, budget in items:
        walk.step("care_item", item, "done", "done", actual=str(budget // 100), reaction="glad")
    walk.step("fund_plan", fund, "clear", "clearing")
    walk.step("fund_plan", fund, "carry", "carried")
    # summed up, and every number of the summary opens its rows
    walk.step("care_plan", month, "sum-up", "summed-up", summary="两户都见到人,生日送到")
    assert lodge.one("select spent from care_plan where id = ?", month) == planned
    summary_opens_its_rows(lodge, walk, year, month)
