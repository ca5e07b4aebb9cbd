"""The files of a client and of a guest, built up from nothing as their paper forms demand, without the mouse: every field is
reached by Tab."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_roles import TERRITORY
from crm_desktop.record import dates
from crm_desktop.record.text import Text, say
from crm_desktop.ui.alike_strip import AlikeStrip
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.quick import QuickLine
from tests.moments.shift import CTRL, Hands
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LANGUAGES = pytest.mark.parametrize("spoken", ["zh_CN", "en"])
MOST = 120  # keys to the next field: fewer than once around the form
TYPED = "typed"
SHEET = {  # what the account sheet (DOC-F02) asks for -> what is typed, and what is kept
    "code": ("K88", "K88"), "name": ("越岫城建集团有限公司", TYPED), "short_name": ("越岫城建", TYPED), "credit_code": ("91990000MA0DM00173", TYPED),
    "legal_person": ("岳明远", TYPED), "phone": ("0575-00001000", TYPED), "email": ("office@example.com", TYPED), "address": ("绍兴市越城区澜棠路221号", TYPED),
    "invoice_title": ("越岫城建集团有限公司", TYPED), "bank": ("泽沅银行绍兴支行", TYPED), "bank_account": ("0000111122223333", TYPED),
    "agreement_no": ("HT-2026-088", TYPED), "agreed_rate": ("468", 468_00), "agreement_to": ("2027-03-31", TYPED), "promised_nights": ("300", 300),
    "competitors": ("鹿渚宾馆", TYPED), "founded": ("1998-11-25", TYPED), "remark": ("每月拜访两次", TYPED),
    "name_en": ("Yuexiu City Group", TYPED), "staff_count": ("1200", 1200), "website": ("www.example.com", TYPED), "invoice_phone": ("0575-00001001", TYPED),
    "invoice_address": ("绍兴市越城区澜棠路221号", TYPED), "agreement_from": ("2026-04-01", TYPED), "could_nights": ("500", 500), "could_meals": ("80000", 80_000_00),
    "decides_on": ("2026-12-20", TYPED), "needs": ("年会场地", TYPED), "background": ("市属国企", TYPED), "partner_since": ("2019-05-06", TYPED), "source": ("同行介绍", TYPED),
}  # fmt: skip
SHEET_PICKED = {"type": "state-owned", "industry": "E", "ownership": "state", "size": "large", "invoice_kind": "special", "segment": "negotiated"}
CARD = {  # and the guest card (DOC-F01)
    "name": ("仇蕴仪", TYPED), "latin_name": ("Qiu Yunyi", TYPED), "birthday": ("1984-12-02", TYPED), "lunar_birthday": ("10-12", TYPED),
    "called": ("仇总", TYPED), "nationality": ("CN", TYPED), "language": ("中文", TYPED), "native_place": ("浙江绍兴", TYPED), "member_level": ("金卡", TYPED),
    "position": ("行政总监", TYPED), "department": ("行政部", TYPED), "phone": ("199 0000 1001", TYPED), "email": ("qiu@example.com", TYPED),
    "remark": ("安静楼层", TYPED),
}  # fmt: skip
CARD_PICKED = {"sex": "female", "id_type": "passport", "card_type": "unionpay", "role": "decision-maker", "vip": "V4"}
PASSPORT = "E12345678"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def reach(hands: Hands, form: Any, name: str) -> None:
    """Tab to a field."""
    cell = form.cells[name]
    for _ in range(MOST):
        if cell.isAncestorOf(hands.focus()):
            return
        hands.press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached by Tab")


def choose(lodge: Lodge, hands: Hands, form: Any, name: str, letters: str) -> None:
    """A row of another record, by what one types of its name, and Enter."""
    reach(hands, form, name)
    editor = form.cells[name].editor
    if letters.isascii():
        QTest.keyClicks(editor, letters)
    else:
        hands.write(letters)
    lodge.wait(lambda: editor._popup is not None and editor._popup.isVisible())
    hands.press(ENTER[0])
    lodge.wait(lambda: editor.value() is not None)


def fill(hands: Hands, form: Any, wanted: dict[str, tuple[str, Any]]) -> None:
    for name, (words, _) in wanted.items():
        reach(hands, form, name)
        hands.write(words)


def pick(hands: Hands, form: Any, wanted: dict[str, str]) -> None:
    """Each list of values: Home, then Down as often as it takes."""
    for name, code in wanted.items():
        reach(hands, form, name)
        editor = form.cells[name].editor
        hands.press(Qt.Key.Key_Home)
        for _ in range(MOST):
            if editor.value() == code:
                break
            hands.press(Qt.Key.Key_Down)
        assert editor.value() == code, name


def begin(lodge: Lodge, hands: Hands, key: str, number: Qt.Key) -> Any:
    """A new row of a page of the rail, by its number and Ctrl+N."""
    hands.press(number, CTRL)
    lodge.wait(lambda: lodge.window.page(key) is not None and lodge.window.stack.currentWidget() is lodge.window.page(key))
    page = lodge.window.page(key)
    lodge.wait(lambda: page.isAncestorOf(hands.focus()))
    hands.press(Qt.Key.Key_N, CTRL)
    lodge.wait(lambda: page.form.isVisible() and page.form.isAncestorOf(hands.focus()))
    return page.form


def kept(hands: Hands, table: str, wanted: dict[str, tuple[str, Any]]) -> None:
    (found,) = hands.rows(f"select {', '.join(wanted)} from {table} where gone is null and name = ?", wanted["name"][0])
    assert dict(zip(wanted, found, strict=True)) == {name: words if value == TYPED else value for name, (words, value) in wanted.items()}


@LANGUAGES
def test_a_client_and_a_guest_are_built_up_without_the_mouse(lodge: Lodge, spoken: str) -> None:
    seller, east = lodge.add(STAFF, name="许棠"), lodge.add(TERRITORY, name="越城东区")
    hands = Hands(lodge.open(spoken), lodge.store, lodge.qtbot)
    lodge.window.activateWindow()
    lodge.wait(lambda: QApplication.focusWidget() is not None)
    form = begin(lodge, hands, "accounts", Qt.Key.Key_2)
    fill(hands, form, SHEET)
    pick(hands, form, SHEET_PICKED)
    for name, letters in (("owner_id", "xt"), ("territory_id", "ycdq")):
        choose(lodge, hands, form, name, letters)
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select 1 from account"))
    kept(hands, "account", SHEET)
    assert hands.rows(f"select {', '.join(SHEET_PICKED)} from account") == [tuple(SHEET_PICKED.values())]
    assert hands.rows("select owner_id, territory_id from account") == [(seller, east)]
    assert hands.rows("select city, district from account") == [("绍兴", "越城区")], "found by the address"
    form = begin(lodge, hands, "people", Qt.Key.Key_3)
    fill(hands, form, CARD | {"id_number": (PASSPORT, TYPED)})
    pick(hands, form, CARD_PICKED)
    choose(lodge, hands, form, "account_id", "yxcj")
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select 1 from person"))
    kept(hands, "person", CARD)
    assert hands.rows(f"select {', '.join(CARD_PICKED)} from person") == [tuple(CARD_PICKED.values())]
    ((number,),) = hands.rows("select id_number from person")
    assert (PASSPORT in number, PASSPORT[-4:] in number) == (False, True), "of the paper its last four are kept"
    assert hands.rows("select a.name from person as p join account as a on a.id = p.account_id") == [("越岫城建集团有限公司",)]
    found_merged_and_taken_apart(lodge, hands)
    tastes(lodge, hands)


def tastes(lodge: Lodge, hands: Hands) -> None:
    """What the card has below its fields: a wish heard, in one line."""
    hands.press(Qt.Key.Key_F6)
    lodge.wait(lambda: isinstance(hands.focus(), QLineEdit))
    hands.write("仇蕴仪 不吃芒果 过敏 听太太说")
    lodge.wait(lambda: any("仇蕴仪" in words for words in lodge.window.findChild(QuickLine).parts.words()))
    hands.press(ENTER[0])
    lodge.wait(lambda: hands.rows("select p.name, r.polarity, r.allergen from preference as r join person as p on p.id = r.person_id") == [("仇蕴仪", "never", "mango")])


def found_merged_and_taken_apart(lodge: Lodge, hands: Hands) -> None:
    """Three letters of pinyin find the client; a second spelling of it is told, kept, merged with the first, and taken apart."""
    (client,) = (row[0] for row in hands.rows("select id from account"))
    hands.press(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(hands.focus(), "yxc")
    lodge.wait(lambda: "越岫城建集团有限公司" in lodge.window.top.search.popup.list.titles())
    hands.press(ENTER[0])
    lodge.wait(lambda: lodge.window.page("accounts").shown() == ("account", client))
    hands.press(Qt.Key.Key_Escape)
    form = begin(lodge, hands, "accounts", Qt.Key.Key_2)
    fill(hands, form, {"name": ("越岫城建集團", TYPED), "phone": ("0575-00001000", TYPED)})
    lodge.wait(lambda: form.findChild(AlikeStrip).isVisible())
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select count(*) from account") == [(2,)])
    command(lodge, hands, "Duplicates")
    alike = lodge.window.page("alike")
    lodge.wait(lambda: alike.rows.rowCount() == 1 and hands.focus() is alike.view)
    hands.press(ENTER[0])
    lodge.wait(lambda: lodge.window.page("merge") is not None and lodge.window.page("merge").merge is not None)
    lodge.wait(lambda: lodge.window.page("merge").isAncestorOf(hands.focus()))
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select count(*) from account where gone is null") == [(1,)])
    command(lodge, hands, "Duplicates")
    lodge.wait(lambda: alike.past.rowCount() == 1)
    for _ in range(MOST):
        if hands.focus() is alike.part_button:
            break
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)
    lodge.wait(lambda: hands.rows("select count(*) from account where gone is null") == [(2,)])


def command(lodge: Lodge, hands: Hands, title: str) -> None:
    """A page by the palette, in the words of the language."""
    hands.press(Qt.Key.Key_K, CTRL)
    lodge.wait(lambda: isinstance(hands.focus(), QLineEdit))
    hands.write(say(Text(title)))
    hands.press(ENTER[0])
    lodge.wait(lambda: lodge.window.page("alike") is not None and lodge.window.stack.currentWidget() is lodge.window.page("alike"))


def tab_of(lodge: Lodge, hands: Hands, page: str, record: str) -> Any:
    """The list of a record in the sheet that is shown, by Ctrl+Tab."""
    sheet = lodge.window.page(page)._sheet
    tabs = sheet.tabs
    lodge.wait(lambda: sheet.isAncestorOf(hands.focus()) and tabs._row is not None and tabs._row["id"] == sheet.row_id)
    for _ in range(MOST):
        hands.press(Qt.Key.Key_Tab, CTRL)
        if tabs.shown is not None and tabs.shown.record.key == record:
            break
    lodge.wait(lambda: tabs.shown.isAncestorOf(hands.focus()))
    return tabs.shown


def begin_here(lodge: Lodge, hands: Hands, page: str, column: str, row_id: int) -> Any:
    """A new row of the list that has the keyboard, which belongs to whose sheet it is."""
    hands.press(Qt.Key.Key_N, CTRL)
    lodge.wait(lambda: lodge.window.page(page) is not None and lodge.window.stack.currentWidget() is lodge.window.page(page))
    form = lodge.window.page(page).form
    lodge.wait(lambda: form.values().get(column) == row_id and form.isAncestorOf(hands.focus()))
    return form


@LANGUAGES
def test_contacts_companions_and_days_of_a_client_are_added_without_the_mouse(lodge: Lodge, spoken: str) -> None:
    """What the papers ask for beside the fields of the card: a second contact with a role, the family, a day to keep."""
    firm = lodge.add(ACCOUNT, name="越岫城建集团有限公司", short_name="越岫城建")
    boss = lodge.add(PERSON, name="岳明远", account_id=firm, role="decision-maker")
    hands = Hands(lodge.open(spoken), lodge.store, lodge.qtbot)
    lodge.window.activateWindow()
    lodge.wait(lambda: QApplication.focusWidget() is not None)
    lodge.window.open_record("account", firm)
    tab_of(lodge, hands, "accounts", "person")
    form = begin_here(lodge, hands, "people", "account_id", firm)
    fill(hands, form, {"name": ("祁曼", TYPED), "position": ("出纳", TYPED), "phone": ("199 0000 1002", TYPED)})
    pick(hands, form, {"role": "finance"})
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select p.role, r.role, r.until from person as p join role as r on r.person_id = p.id where p.name = '祁曼' and p.account_id = ?", firm) == [("finance", "finance", "")])
    lodge.window.open_record("person", boss)
    tab_of(lodge, hands, "people", "companion")
    form = begin_here(lodge, hands, "companions", "person_id", boss)
    fill(hands, form, {"name": ("岳小满", TYPED), "birthday": ("2019-06-01", TYPED)})
    pick(hands, form, {"relation": "child"})
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: form.cells["consent"]._note.property("class") == "error")
    assert not hands.rows("select 1 from companion"), "what is kept of a child needs a guardian's consent"
    reach(hands, form, "consent")
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select name, relation, consent from companion where person_id = ?", boss) == [("岳小满", "child", 1)])
    lodge.window.open_record("account", firm)
    tab_of(lodge, hands, "accounts", "key_date")
    form = begin_here(lodge, hands, "key-dates", "account_id", firm)
    fill(hands, form, {"name": ("迁入新址", TYPED), "day": ("2020-11-21", TYPED)})
    hands.press(Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: hands.rows("select name, day from key_date where account_id = ?", firm) == [("迁入新址", "2020-11-21")])
