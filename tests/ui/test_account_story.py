"""One account from its application to the last fen collected, through the window: agreement, three bills, a part payment, a dispute, a broken
promise, letters, a stop of credit, the payment, the statement. Every paper on the way is set and read."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.desk.records import STAFF
from crm_desktop.documents import sheets
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import pages_keeper as credit_keeper
from crm_desktop.duties.credit.pages_beside import SaidLine
from crm_desktop.duties.receivables import pages_keeper as money_keeper
from crm_desktop.duties.receivables import queries
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import dates
from crm_desktop.ui.edits import ENTER
from crm_desktop.ui.paper_view import PaperView
from crm_desktop.ui.steps import StepsBar
from tests.moments.shift import CTRL, Hands
from tests.samples import sound
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
BILLS = (("YS-1", "12300", "2026-08-31"), ("YS-2", "28000", "2026-09-20"), ("YS-3", "15000", "2026-09-25"))  # number, amount, due


class Clerk:
    """Whoever works on the account: writes in forms, takes steps, reads papers."""

    def __init__(self, lodge: Lodge, client: int) -> None:
        self.lodge, self.client = lodge, client
        self.hands = Hands(lodge.window, lodge.store, lodge.qtbot)
        self.keepers = [begin(lodge.window) for begin in (credit_keeper.begin, money_keeper.begin)]

    def day(self, day: str) -> None:
        """It is another day, and the program has looked what that brings."""
        dates.set_clock(dt.datetime.fromisoformat(f"{day}T09:00:00"))
        self.look()

    def look(self) -> None:
        for keeper in self.keepers:
            keeper.look()

    def write(self, form: Any, **typed: str) -> None:
        """Words into fields, as one types them."""
        self.settled(form)
        for name, words in typed.items():
            editor = form.cells[name].editor
            editor.setFocus()
            where: Any = QApplication.focusWidget()
            if hasattr(where, "selectAll"):
                where.selectAll()
            self.hands.write(words)
            if form.record.by_name[name].ref:
                self.lodge.wait(lambda editor=editor: editor._popup is not None and editor._popup.isVisible())
                self.hands.press(ENTER[0])
                self.lodge.wait(lambda editor=editor: editor.value() is not None)

    def settled(self, form: Any) -> None:
        """Wait until what is shown is what is kept."""
        now = f"select version from {form.record.key} where id = ?"
        self.lodge.wait(lambda: not form._saving and (form.row_id is None or form._row.get("version") == self.lodge.one(now, form.row_id)))

    def new(self, page: str, given: dict[str, Any], **typed: str) -> Any:
        """A new row of a page, typed and saved; the form that shows it."""
        shown = self.lodge.page(page, new=True, given={"account_id": self.client, "account_id.name": "越岫城建"} | given)
        self.write(shown.form, **typed)
        self.save(shown.form)
        return shown.form

    def save(self, form: Any) -> None:
        """Ctrl+S, and wait; what cannot be saved is told."""
        before = form.row_id and self.lodge.one(f"select version from {form.record.key} where id = ?", form.row_id)
        QTest.keyClick(form, Qt.Key.Key_S, CTRL)
        wrong: list[str] = []

        def saved() -> bool:
            wrong[:] = [label.text() for label in form.findChildren(QWidget) if label.property("class") == "error" and label.isVisible() and label.text() not in ("", "*")]
            return bool(wrong) or bool(form.row_id and self.lodge.one(f"select version from {form.record.key} where id = ?", form.row_id) != before)

        self.lodge.wait(saved)
        assert not wrong
        self.settled(form)

    def step(self, form: Any, key: str, state: str, reason: str = "") -> None:
        """A step by its button, with its reason."""
        bar, field = form.findChild(StepsBar), form.record.machine.field
        self.settled(form)
        self.lodge.wait(bar.buttons[key].isVisible)
        QTest.keyClick(bar.buttons[key], Qt.Key.Key_Space)
        if reason:
            bar.reason.setFocus()
            self.hands.write(reason)
            QTest.keyClick(bar.reason, Qt.Key.Key_Return)
        self.lodge.wait(lambda: self.lodge.one(f"select {field} from {form.record.key} where id = ?", form.row_id) == state)

    def file(self) -> Any:
        """The client's credit file."""
        self.lodge.window.open_record("account", self.client)
        sheet: Any = self.lodge.window.page("accounts")._sheet
        self.lodge.wait(lambda: sheet.row_id == self.client and sheet.tabs.show_rows("credit-file", []))
        panel = sheet.tabs._built["credit-file"]
        self.lodge.wait(lambda: {"exposure", "collection", "agreement"} <= set(panel.cards))
        return panel

    def told(self, key: str, words: str) -> Any:
        """Wait until a card of the credit file says so."""
        panel = self.file()
        self.lodge.wait(lambda: words in " | ".join(panel.cards[key].lines.words()))
        return panel

    def papers(self, press: QWidget | None, *wanted: tuple[str, tuple[str, ...]]) -> None:
        """Look at papers of what is shown: each by its key, with words that must stand on it."""
        if press is None:
            self.hands.press(Qt.Key.Key_P, CTRL)
        else:
            QTest.keyClick(press, Qt.Key.Key_Space)
        self.lodge.wait(lambda: self.hands.find(PaperView) and self.hands.find(PaperView).pages.has_picture(0))
        view = self.hands.find(PaperView)
        for key, words in wanted:
            view.form_box.choose(key)
            view.form_box.chosen.emit()
            self.lodge.wait(lambda key=key: view.shown and view.shown.made.form.key == key and view.pages.has_picture(0))
            with closing(sheets.Sheets(view.shown.made.pdf)) as pages:
                said = "".join("".join(pages.text(at) for at in range(pages.count)).split())
            assert [each for each in words if each not in said] == [], key
        QTest.keyClick(view, Qt.Key.Key_Escape)
        self.lodge.wait(lambda: self.hands.find(PaperView) is None or not self.hands.find(PaperView).isVisible())
        self.lodge.window.activateWindow()
        self.lodge.wait(self.lodge.window.isActiveWindow)

    def balances(self) -> list[int]:
        return [self.lodge.one("select balance from receivable where document_no = ?", number) for number, _, _ in BILLS]


def test_one_account_from_the_application_to_the_last_fen(lodge: Lodge, qtbot: Any) -> None:
    dates.set_clock(dt.datetime(2026, 8, 3, 9))
    lodge.add(HOTEL, code="LT", name="澜棠大酒店")
    seller = lodge.add(STAFF, name="唐屿", code="TY")
    client = lodge.add(ACCOUNT, name="越岫城建", code="0042", owner_id=seller)
    party = lodge.add(BOOKING, account_id=client, hotel_id=lodge.one("select id from hotel"), day="2026-12-18", name="年终会", kind="meeting", price=20_000_00)
    lodge.open("zh_CN")
    clerk = Clerk(lodge, client)
    _credit(clerk)
    _bills(clerk)
    _trouble(clerk)
    _stop(clerk, party)
    _paid(clerk, party)
    with closing(lodge.store.open_reader()) as reader:
        assert queries.untied(reader) is None
    sound(lodge.store)


def _credit(clerk: Clerk) -> None:
    """Application with its scorecard, three approvals, the agreement and who may sign."""
    lodge = clerk.lodge
    clerk.told("agreement", "尚未申请")
    form = clerk.new("credit-applications", {"day": "2026-08-03"}, limit_asked="60000", days_asked="30", reason="项目部长住")
    clerk.step(form, "submit", "manager")
    clerk.write(form, manager_words="同意")
    clerk.save(form)
    clerk.step(form, "endorse", "finance")
    clerk.write(form, finance_words="无涉诉")
    clerk.save(form)
    clerk.step(form, "pass", "decision")
    clerk.write(form, director_words="产量有保证", controller_words="按月对账")
    clerk.save(form)
    assert lodge.one("select limit_granted from credit_application") == 60_000_00
    clerk.step(form, "approve", "approved")
    clerk.papers(None, ("F05", ("越岫城建", "60,000.00", "项目部长住", "产量有保证", "按月对账")), ("F05B", ("同意给予", "陆万元整")))
    form = clerk.new("credit-agreements", {"starts": "2026-08-03"}, number="GZ-01", ends="2027-08-02", signed_on="2026-08-03", credit_limit="60000", days="30")
    clerk.step(form, "sign", "active")
    clerk.new("signatories", {"starts": "2026-08-03"}, agreement_id="GZ", name="屠会计", most="20000")
    clerk.look()
    lodge.wait(lambda: lodge.one("select credit from account where id = ?", clerk.client) == "open")
    lodge.page("credit-agreements", id=lodge.one("select id from credit_agreement"))
    lodge.wait(lambda: lodge.window.shown() == ("credit_agreement", lodge.one("select id from credit_agreement")))
    clerk.papers(None, ("F06", ("GZ-01", "屠会计", "陆万元整")))


def _bills(clerk: Clerk) -> None:
    """Three bills, one through all its stages; a part payment, and what is left."""
    lodge = clerk.lodge
    for number, amount, due in BILLS:
        form = clerk.new("receivables", {"bill_date": "2026-08-05"}, document_no=number, amount=amount, due=due)
        lodge.wait(lambda form=form: "屠会计" in " ".join(line.words.text() for line in form.findChildren(SaidLine)))
    clerk.write(form, statement_no="DZ-08")
    clerk.save(form)
    clerk.step(form, "match", "matched")
    clerk.write(form, confirmed_on="2026-08-20")
    clerk.save(form)
    clerk.step(form, "confirm", "confirmed")
    clerk.day("2026-09-05")
    form = clerk.new("receipts", {}, received_on="2026-09-05", payer="越岫城建", amount="2300")
    bar = _bar(clerk, "越岫城建", 2_300_00)
    QTest.keyClick(bar.go, Qt.Key.Key_Space)
    lodge.wait(lambda: clerk.balances() == [10_000_00, 28_000_00, 15_000_00])
    clerk.told("exposure", "未收账款：53,000.00")


def _bar(clerk: Clerk, payer: str, amount: int) -> Any:
    """The bills a receipt may pay, once it is shown whole."""
    lodge = clerk.lodge
    page: Any = lodge.page("receipts")
    lodge.window.open_record("receipt", lodge.one("select id from receipt where payer = ? and amount = ?", payer, amount))
    lodge.wait(lambda: any(bar.go.isVisible() and bar.go.isEnabled() for bar in page._bars))
    return next(bar for bar in page._bars if bar.go.isVisible())


def _trouble(clerk: Clerk) -> None:
    """A bill is disputed, a promise broken, two letters go out and are delivered."""
    lodge = clerk.lodge
    clerk.day("2026-10-12")
    clerk.new("disputes", {"opened_on": "2026-10-12"}, receivable_id="YS-3", amount="5000", facts="话筒失灵两次")
    clerk.look()
    lodge.wait(lambda: lodge.one("select disputed from receivable where document_no = 'YS-3'") == 5_000_00)
    clerk.new("promises", {"made_on": "2026-10-12"}, due="2026-10-16", amount="38000", said_by="屠会计")
    page: Any = lodge.page("collection-calls")
    lodge.wait(lambda: page.rows.rowCount() == 1)
    assert "48,000.00" in page.why.text()
    clerk.day("2026-10-20")  # the working day after the promised one is over
    lodge.wait(lambda: lodge.one("select state from promise") == "broken")
    page = lodge.page("collection-calls")
    lodge.wait(lambda: page.chosen() is not None and "broken" in page.chosen().call.presses)
    total = ("48,000.00", "送达回执", "YS-3")
    clerk.papers(page.letter_button, ("F32-1", total), ("F32-2", total), ("F32-3", (*total[1:], "违约金")), ("F31", ("53,000.00", "5,000.00", "对账确认函")))
    for answer in ("发票已收到", "下周付", "已收函", "见到屠会计", "收函②"):
        waits = page.chosen().waiting
        page.answer.setFocus()
        clerk.hands.write(answer)
        QTest.keyClick(page.answer, Qt.Key.Key_Return)
        lodge.wait(lambda waits=waits: not page.answer.text() and page.chosen() is not None and page.chosen().waiting != waits)
    assert lodge.one("select count(*) from collection_step where outcome = 'done'") == 5


def _stop(clerk: Clerk, party: int) -> None:
    """Credit is stopped after what that hits was shown; the party cannot go on account then."""
    lodge, panel = clerk.lodge, clerk.file()
    QTest.keyClick(panel.stop_link, Qt.Key.Key_Space)
    lodge.wait(lambda: "年终会" in panel.stop_strip.hits.text())
    clerk.hands.write("逾期未付")
    QTest.keyClick(panel.stop_strip.reason, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select credit from account where id = ?", clerk.client) == "stopped")
    clerk.told("collection", "）：逾期未付")
    assert lodge.one("select state from credit_agreement") == "suspended"
    page: Any = lodge.page("bookings", id=party)
    lodge.wait(lambda: page._sheet is not None and page._sheet.form.row_id == party)
    form = page._sheet.form
    bar = form.findChild(StepsBar)
    lodge.wait(lambda: bar.buttons["confirm"].isVisible())
    QTest.keyClick(bar.buttons["confirm"], Qt.Key.Key_Space)
    lodge.wait(lambda: any("已停挂。预订未改动" in label.text() for label in form.findChildren(QWidget) if label.isVisible() and hasattr(label, "text")))
    assert lodge.one("select state from booking where id = ?", party) == "inquiry"


def _paid(clerk: Clerk, party: int) -> None:
    """The dispute is settled, everything is paid, credit begins again, the statement is empty."""
    lodge = clerk.lodge
    clerk.day("2026-10-28")
    page: Any = lodge.page("disputes", id=lodge.one("select id from dispute"))
    lodge.wait(lambda: page._sheet is not None and page._sheet.form.row_id is not None)
    form = page._sheet.form
    clerk.write(form, result="照付，下次送茶歇")
    clerk.save(form)
    clerk.step(form, "settle", "settled")
    clerk.look()
    lodge.wait(lambda: lodge.one("select disputed from receivable where document_no = 'YS-3'") == 0)
    clerk.new("receipts", {}, received_on="2026-10-28", payer="越岫城建", amount="53000")
    QTest.keyClick(_bar(clerk, "越岫城建", 53_000_00).go, Qt.Key.Key_Space)
    lodge.wait(lambda: clerk.balances() == [0, 0, 0])
    panel = clerk.file()
    QTest.keyClick(panel.stop_link, Qt.Key.Key_Space)
    lodge.wait(lambda: panel.stop_strip.isVisible() and panel.stop_strip.reason.hasFocus())
    clerk.hands.write("全部付清")
    QTest.keyClick(panel.stop_strip.reason, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select credit from account where id = ?", clerk.client) == "open")
    clerk.told("exposure", "未收账款：0.00")
    bookings: Any = lodge.page("bookings", id=party)
    lodge.wait(lambda: bookings._sheet.form.row_id == party)
    clerk.step(bookings._sheet.form, "confirm", "definite")
    lodge.window.open_record("account", clerk.client)
    lodge.wait(lambda: lodge.window.shown() == ("account", clerk.client))
    clerk.papers(None, ("F31", ("越岫城建", "零元整")))
