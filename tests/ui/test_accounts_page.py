"""Clients' files through the window, by keyboard, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_standing import IMPROVEMENT
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LANGUAGES = pytest.mark.parametrize("spoken", ["zh_CN", "en"])


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def firm(lodge: Lodge, **values: Any) -> int:
    client = lodge.add(ACCOUNT, **{"name": "澄籁精密制造有限公司", "level": "A", "relation": "strained"} | values)
    house = lodge.add(HOTEL, name="H", code="H")
    for n in range(6):
        lodge.add(STAY, hotel_id=house, company_id=client, status="Check-Out", arrival=add_days("2026-06-01", 9 * n), departure=add_days("2026-06-02", 9 * n), rate=400_00)
    return client


def standing(lodge: Lodge, client: int) -> Any:
    """The part of the sheet, reached by its key."""
    lodge.window.open_record("account", client)
    sheet = lodge.page("accounts", id=client)._sheet
    lodge.wait(lambda: sheet.tabs.bar.keys()[:2] == ["timeline", "standing"] and sheet.figures.isVisible())
    sheet.focus_first()
    lodge.wait(lambda: sheet.figures.hasFocus())
    QTest.keyClick(sheet.figures, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    lodge.wait(lambda: "standing" in sheet.tabs._built and sheet.tabs._built["standing"].cards)
    return sheet, sheet.tabs._built["standing"]


@LANGUAGES
def test_how_a_client_stands_and_what_its_file_lacks(lodge: Lodge, spoken: str) -> None:
    client = firm(lodge)
    lodge.open(spoken)
    sheet, panel = standing(lodge, client)
    text = "\n".join(line for made in panel.cards.values() for line in made.lines.words())
    assert "2,400.00" in text
    assert ("按信号判断" if spoken == "zh_CN" else "The signals say") in text
    lines = panel.cards["file"].lines
    at = next(n for n, line in enumerate(lines._lines) if line.opens == ("field", "credit_code"))
    lines.setFocus()
    for _ in range(at):
        QTest.keyClick(lines, Qt.Key.Key_Down)
    QTest.keyClick(lines, Qt.Key.Key_Return)
    lodge.wait(lambda: sheet.form.cells["credit_code"].editor.hasFocus() or sheet.form.cells["credit_code"].isAncestorOf(lodge.window.focusWidget()))


@LANGUAGES
def test_a_relationship_is_set_with_its_reason(lodge: Lodge, spoken: str) -> None:
    client = firm(lodge)
    lodge.open(spoken)
    _, panel = standing(lodge, client)
    line = panel._relation
    line.states.setFocus()
    line.states.setCurrentIndex(line.states.findData("broken"))
    line.reason.setFocus()
    QTest.keyClick(line.reason, Qt.Key.Key_Return)  # no reason: nothing is kept
    QTest.keyClicks(line.reason, "Nobody answers")
    QTest.keyClick(line.reason, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select relation_reason from account where id = ?", client) == "Nobody answers")
    assert lodge.one("select relation from account where id = ?", client) == "broken"
    lodge.wait(lambda: line.reason.text() == "")


@LANGUAGES
def test_the_class_that_money_says_is_taken_over(lodge: Lodge, spoken: str) -> None:
    client = firm(lodge)
    lodge.open(spoken)
    _, panel = standing(lodge, client)
    lodge.wait(panel._take.isVisible)
    panel._take.setFocus()
    QTest.keyClick(panel._take, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select level from account where id = ?", client) == "D")
    lodge.wait(lambda: not panel._take.isVisible())


@LANGUAGES
def test_the_clients_side_is_shut_until_ours_is_written(lodge: Lodge, spoken: str) -> None:
    client = lodge.add(ACCOUNT, name="瑞栀药业有限公司")
    lodge.add(IMPROVEMENT, account_id=client, day="2026-11-12", own_causes="价格函压在内部会签没人盯")
    lodge.open(spoken)
    page = lodge.page("improvements")
    lodge.wait(lambda: page.list.model.rowCount() == 1 and page.list.model.row_id(0) is not None)
    page.list.view.setFocus()
    page.list.view.selectRow(0)
    lodge.wait(lambda: page.form is not None and page.form.can_remove())
    cells = page.form.cells
    assert not cells["client_side"].isEnabled()
    cells["corrected"].editor.setFocus()
    QTest.keyClicks(lodge.window.focusWidget(), "letter handed over in person")
    lodge.wait(cells["client_side"].isEnabled)
    assert cells["analysis"].isEnabled()


@LANGUAGES
def test_a_signature_becomes_a_person_and_a_client(lodge: Lodge, spoken: str) -> None:
    window = lodge.open(spoken)
    QGuiApplication.clipboard().setText("张晓岚\n销售经理\n越州轻纺贸易有限公司\n手机：13812345678\n地址：浙江省绍兴市柯桥区裕民路 1 号")
    from crm_desktop.duties.clients.pages_paste import paste_card

    line = paste_card(window)
    lodge.wait(lambda: any("138 1234 5678" in words for words in line.parts.words()))
    assert lodge.one("select count(*) from person") == 0  # shown before anything is saved
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from person where gone is null") == 1)
    assert lodge.one("select position from person") == "销售经理"
    assert lodge.one("select district from account") == "柯桥区"
    assert lodge.one("select count(*) from role where kept = 1 and since = '2026-11-18'") == 1
    window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from person where gone is null") == 0)
    assert lodge.one("select count(*) from account where gone is null") == 0


@LANGUAGES
def test_what_a_client_wants_on_its_invoices_is_pasted(lodge: Lodge, spoken: str) -> None:
    """Without anybody's name it belongs to the client alone; what is there already stays."""
    firm = lodge.add(ACCOUNT, name="绍兴越秀会展服务有限公司", phone="0575-88660000")
    window = lodge.open(spoken)
    QGuiApplication.clipboard().setText(
        "公司抬头：绍兴越秀会展服务有限公司\n纳税人识别号：91350100M000100Y43\n地址、电话：绍兴市越城区平江路 18 号 0575-88661234\n开户行及账号：中国农业银行绍兴越城支行 19510101040012345"
    )
    from crm_desktop.duties.clients.pages_paste import paste_card

    line = paste_card(window)
    lodge.wait(lambda: any("中国农业银行绍兴越城支行" in words for words in line.parts.words()))
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select bank_account from account where id = ?", firm) == "19510101040012345")
    assert lodge.one("select invoice_title || '|' || invoice_phone || '|' || invoice_address || '|' || phone || '|' || district from account where id = ?", firm) == (
        "绍兴越秀会展服务有限公司|0575-88661234|绍兴市越城区平江路 18 号|0575-88660000|越城区"
    )
    assert (lodge.one("select count(*) from person"), lodge.one("select count(*) from account")) == (0, 1)


@LANGUAGES
def test_a_contact_changes_firm_in_one_line(lodge: Lodge, spoken: str) -> None:
    old, new = lodge.add(ACCOUNT, name="澄籁精密制造有限公司"), lodge.add(ACCOUNT, name="鹿渚文化传播有限公司", short_name="鹿渚文化")
    who = lodge.add(PERSON, name="祁曼", account_id=old, role="booker")
    window = lodge.open(spoken)
    lodge.page("people", id=who)
    lodge.wait(lambda: window.shown() == ("person", who))
    from crm_desktop.duties.clients.quick_moves import QuickMoved
    from crm_desktop.ui.quick import open_line

    line = open_line(window, QuickMoved())
    QTest.keyClicks(line.edit, "lzwh ")
    line.edit.insert("行政经理")
    lodge.wait(lambda: any("鹿渚文化传播有限公司" in words for words in line.parts.words()))
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select account_id from person where id = ?", who) == new)
    assert lodge.one("select position from person where id = ?", who) == "行政经理"


@LANGUAGES
def test_clients_are_handed_over_in_one_line(lodge: Lodge, spoken: str) -> None:
    he, xu = lodge.add(STAFF, name="贺小满"), lodge.add(STAFF, name="许棠")
    for n in range(3):
        lodge.add(ACCOUNT, name=f"客户{n}", owner_id=he)
    window = lodge.open(spoken)
    from crm_desktop.duties.clients.quick_moves import QuickHandOver
    from crm_desktop.ui.quick import open_line

    line = open_line(window, QuickHandOver())
    line.edit.insert("贺小满 许棠 ")
    QTest.keyClick(line.edit, Qt.Key.Key_Return)  # no reason yet: nothing happens
    line.edit.insert("离职交接")
    lodge.wait(lambda: any("离职交接" in words for words in line.parts.words()))
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from account where owner_id = ?", xu) == 3)
    assert lodge.one("select count(*) from account_past where what = 'owner' and reason = '离职交接'") == 3
