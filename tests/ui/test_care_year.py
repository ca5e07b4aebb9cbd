"""A year of care through the window: the year drafted and approved, a month proposed, funded, carried out, cleared and summed up."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from crm_desktop.desk.records import STAFF
from crm_desktop.documents import sheets
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.text import Text, say
from crm_desktop.ui.one_button import OneButton
from crm_desktop.ui.paper_view import PaperView
from crm_desktop.ui.steps import StepsBar
from tests.moments.shift import CTRL, Hands
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
JANUARY = "2027-01"


class Walk:
    """What a person does in the window, by key, input method and mouse: opens, types, takes steps, saves, reads papers."""

    def __init__(self, lodge: Lodge) -> None:
        self.lodge = lodge
        self.hands = Hands(lodge.window, lodge.store, lodge.qtbot)
        lodge.window.activateWindow()
        lodge.wait(lambda: QApplication.focusWidget() is not None)

    def command(self, title: str) -> None:
        """Something by the palette, in the words of the language."""
        self.hands.press(Qt.Key.Key_K, CTRL)
        self.lodge.wait(lambda: isinstance(self.hands.focus(), QLineEdit))
        self.hands.write(say(Text(title)))
        self.hands.press(Qt.Key.Key_Return)

    def form(self, record: str, row_id: int) -> Any:
        """The sheet's form of a row, once it is there."""
        window = self.lodge.window
        window.open_record(record, row_id)
        page = window.page(window.page_of(record))
        self.lodge.wait(lambda: page._sheet is not None and page._sheet.form._id == row_id and not page._sheet.form._saving)
        return page._sheet.form

    def type(self, form: Any, **values: str) -> None:
        """Type into fields, one after the other; a choice is gone through with the arrow."""
        for name, words in values.items():
            editor = form.cells[name].editor
            editor.setFocus()
            if isinstance(editor, QComboBox):
                for _ in range(editor.count()):
                    if editor.value() != words:
                        QTest.keyClick(editor, Qt.Key.Key_Down)
                assert editor.value() == words
                continue
            self.hands.press(Qt.Key.Key_A, CTRL)
            self.hands.write(words)

    def step(self, record: str, row_id: int, key: str, state: str, *, click: bool = False, **values: str) -> None:
        """Type what a step needs and take it by its button: with Space, or with the mouse."""
        form, lodge = self.form(record, row_id), self.lodge
        lodge.wait(lambda: form._row.get("version") == lodge.one(f"select version from {record} where id = ?", row_id))
        self.type(form, **values)
        bar = form.findChild(StepsBar)
        lodge.wait(lambda: bar.buttons[key].isVisible() and bar.buttons[key].isEnabled())
        if click:
            QTest.mouseClick(bar.buttons[key], Qt.MouseButton.LeftButton)
        else:
            bar.buttons[key].setFocus()
            self.hands.press(Qt.Key.Key_Space)
        lodge.wait(lambda: lodge.one(f"select state from {record} where id = ?", row_id) == state)

    def new(self, page_key: str, **values: str) -> None:
        """A new row by its form; references are given as the page that leads there gives them."""
        given = {name: value for name, value in values.items() if not isinstance(value, str)}
        page = self.lodge.page(page_key, new=True, given=given)
        self.lodge.wait(lambda: page.form is not None and page.form.isVisible())
        self.type(page.form, **{name: value for name, value in values.items() if isinstance(value, str)})
        self.hands.press(Qt.Key.Key_S, CTRL)
        self.lodge.wait(lambda: page.form._id is not None and not page.form._saving)

    def paper(self, record: str, row_id: int, key: str, *wanted: str) -> None:
        """Look at a paper of a row as it will be printed."""
        form = self.form(record, row_id)
        form.setFocus()
        self.hands.press(Qt.Key.Key_P, CTRL)
        self.lodge.wait(lambda: self.hands.find(PaperView) and self.hands.find(PaperView).pages.has_picture(0))
        view = self.hands.find(PaperView)
        view.form_box.choose(key)
        view.form_box.chosen.emit()
        self.lodge.wait(lambda: view.shown and view.shown.made.form.key == key and view.pages.has_picture(0))
        with closing(sheets.Sheets(view.shown.made.pdf)) as pages:
            said = "".join("".join(pages.text(at) for at in range(pages.count)).split())
        assert [each for each in wanted if each not in said] == [], key
        QTest.keyClick(view, Qt.Key.Key_Escape)
        self.lodge.wait(lambda: self.hands.find(PaperView) is None or not self.hands.find(PaperView).isVisible())
        self.lodge.window.activateWindow()
        self.lodge.wait(self.lodge.window.isActiveWindow)


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


def summary_opens_its_rows(lodge: Lodge, walk: Walk, year: int, month: int, spoken: str) -> None:
    blocks = panel(lodge, walk, month)
    assert set(blocks) == {"ended", "money", "reached", "reactions", "effects"}
    assert say(Text("too few to say")) in str(say(blocks["effects"].lines._lines[0].words))
    ended = blocks["ended"].lines._lines
    assert (say(ended[0].left), ended[0].opens) == ("2", ("care_item", [("plan_id", "=", month), ("state", "=", "done")]))
    told = panel(lodge, walk, year)
    assert ("1／24" if spoken == "zh_CN" else "1 of 24") in str(say(told["goal-A"].lines._lines[0].words))
    assert [say(line.left) for line in told["quarters"].lines._lines][:1] == ["第 1 季度" if spoken == "zh_CN" else "Quarter 1"]


WHY = {  # every reason of the first touch in one sentence, and its points
    "zh_CN": ("距上次拜访141天", "协议02-20到期", "总01-20生日", "档案完整度仅", "超期未联系 60"),
    "en": ("141 days since the last contact", "agreement ends 02-20", "总's birthday on 01-20", "file only", "Too long silent 60"),
}


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_a_year_is_planned_a_month_funded_carried_out_cleared_and_summed_up(lodge: Lodge, spoken: str) -> None:
    dates.set_clock(dt.datetime(2026, 12, 28, 10, 0))
    two_clients(lodge)
    lodge.open(spoken)
    walk = Walk(lodge)
    # the year: drafted with goals by class, approved
    lodge.page("care")
    walk.command("Draft next year's plan")
    lodge.wait(lambda: lodge.one("select count(*) from care_goal where gone is null") == 2)
    year = lodge.one("select id from care_plan where code = '2027'")
    walk.step("care_plan", year, "submit", "approval")
    walk.step("care_plan", year, "approve", "running", click=True)
    # the month: proposed with its reasons, taken, approved
    proposal = lodge.page("care-proposal", month=JANUARY)
    lodge.wait(lambda: len(proposal.rows) == 2 and not lodge.window.busy.isVisible())
    assert [part for part in WHY[spoken] if part not in proposal.why.text()] == []
    for accepted in (1, 2):  # left out with the mouse, and taken in again
        QTest.mouseClick(proposal.view.viewport(), Qt.MouseButton.LeftButton, pos=proposal.view.visualRect(proposal.grid.index(1, 0)).center())
        lodge.wait(lambda accepted=accepted: len(proposal.accepted()) == accepted)
    QTest.keyClick(proposal.view, Qt.Key.Key_Return, CTRL)
    lodge.wait(lambda: lodge.one("select count(*) from care_item as i join care_plan as p on p.id = i.plan_id where p.code = ? and i.budget > 0", JANUARY) == 2)
    month = lodge.one("select id from care_plan where code = ?", JANUARY)
    planned = lodge.one("select planned from care_plan where id = ?", month)
    walk.step("care_plan", month, "submit", "approval", budget="500")
    walk.step("care_plan", month, "approve", "running", click=True)
    # its money: taken over, granted through every desk, paid, cleared
    walk.new("funds", name="Jan", code=JANUARY, year_id=year)
    fund = lodge.one("select id from fund_plan where gone is null")
    take = walk.form("fund_plan", fund).findChild(OneButton)
    lodge.wait(take.button.isVisible)
    QTest.mouseClick(take.button, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: lodge.one("select asked from fund_plan where id = ?", fund) == planned)
    for key, state in (("submit", "manager"), ("endorse", "director"), ("agree", "finance"), ("grant", "approved"), ("start", "running")):
        walk.step("fund_plan", fund, key, state)
    walk.paper("care_plan", month, "F39", "澄籁澄籁总A", "2,000.00")
    walk.paper("fund_plan", fund, "F39B", "450.00", "2,000.00")
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
    summary_opens_its_rows(lodge, walk, year, month, spoken)
    walk.paper("care_plan", month, "F40C", "两户都见到人", "450.00")
