"""The call sheet and the credit file driven as a person would, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit.pages_beside import BesideStrip, SaidLine
from crm_desktop.duties.credit.queries_collection import steps_done
from crm_desktop.duties.credit.records import CREDIT_AGREEMENT, SIGNATORY
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.record import dates
from crm_desktop.ui.portrait import Specimen
from tests.ui.lodge import Lodge, lodge_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def lodge(store: Any, qtbot: Any) -> Iterator[Lodge]:
    dates.set_clock(dt.datetime(2026, 11, 18, 9))
    with lodge_on(store, qtbot) as house:
        hotel = house.add(HOTEL, code="LT", name="澜棠大酒店")
        seller = house.add(STAFF, name="唐屿", code="TY", manager_id=house.add(STAFF, name="顾砚秋", code="GYQ"))
        for name, amount, due in (("旭阑置业", 46_000_00, "2023-12-20"), ("鹿渚文化", 9_000_00, "2026-11-12")):
            client = house.add(ACCOUNT, name=name, credit="open", credit_limit=80_000_00, owner_id=seller)
            house.add(RECEIVABLE, account_id=client, hotel_id=hotel, document_no=name, bill_date=min(due, "2026-10-01"), due=due, amount=amount)
        yield house
    dates.set_clock(None)


@pytest.mark.parametrize(
    ("spoken", "why", "says", "forecast", "step"),
    [
        ("zh_CN", "排序依据：逾期无争议 46,000.00 × 企业两周回款率 30 % × 时效不足 90 天 +1", "核对对账单与发票（另 7 步）", "最早一笔：无法预计到账日，已收账款中没有拖这么久的", "此步由唐屿办，自 2023-12-15 起；已等 30+ 个工作日，已升至顾砚秋。诉讼时效"),
        ("en", "Why here: 46,000.00 overdue and undisputed × 30 % of Companies pay within a fortnight × limitation within 90 days +1", "Check statement and invoice with the client (+7)", "Oldest bill: no day can be told: no bill that was paid had been open so long", "Step of 唐屿, since 2023-12-15: it has waited for 30+ working days and gone up to 顾砚秋. Limitation:"),
    ],
)
def test_a_call_from_the_sheet(lodge: Lodge, spoken: str, why: str, says: str, forecast: str, step: str) -> None:
    lodge.open(spoken)
    lodge.window.go("collection-calls")
    page: Any = lodge.page("collection-calls")
    lodge.wait(lambda: page.rows.rowCount() == 2)
    lodge.wait(lambda: page.why.text().endswith(forecast))  # it comes after the sheet
    assert page.why.text().startswith(why)
    assert page.rows.data(page.rows.index(0, 4)) == ""  # no bill was ever paid here: no day is made up
    assert page.rows.data(page.rows.index(0, 5)) == says
    assert page.shown() == ("account", page.chosen().debtor.id)
    assert page.last.text().startswith(step)
    first = page.chosen().debtor.id
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    assert page.chosen().debtor.name == "鹿渚文化"
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    page.skip_button.click()
    lodge.wait(lambda: not page.problem.isHidden())
    page.answer.setFocus()
    QTest.keyClicks(page.answer, "sent again")
    QTest.keyClick(page.answer, Qt.Key.Key_Return)
    lodge.wait(lambda: not page.answer.text() and [each["reason"] for each in steps_done(lodge.store.writer, first)] == ["sent again"])
    assert page.problem.isHidden()


def test_the_credit_file_opens_what_its_lines_say(lodge: Lodge) -> None:
    lodge.open("zh_CN")
    client = lodge.store.writer.execute("select id from account where name = '旭阑置业'").fetchone()[0]
    lodge.window.open_record("account", client)
    sheet: Any = lodge.window.page("accounts")._sheet
    lodge.wait(lambda: sheet.row_id == client)
    lodge.wait(lambda: sheet.tabs.show_rows("credit-file", []))
    panel: Any = sheet.tabs._built["credit-file"]
    lodge.wait(lambda: "exposure" in panel.cards and "collection" in panel.cards)
    assert panel.cards["exposure"].lines.words()[0] == "未收账款：46,000.00"
    panel.cards["exposure"].lines.setFocus()
    QTest.keyClick(panel.cards["exposure"].lines, Qt.Key.Key_Return)
    lodge.wait(lambda: sheet.tabs.shown is not None and sheet.tabs.shown.record.key == "receivable")


def test_an_agreement_asks_for_the_declaration_until_it_is_made(lodge: Lodge) -> None:
    lodge.open("zh_CN")
    client = lodge.add(ACCOUNT, name="越岫城建", type="government")
    form = lodge.page("credit-agreements", new=True, given={"account_id": client, "account_id.name": "越岫城建", "signed_on": "2026-11-18"}).form

    def said() -> list[str]:
        return [line.chip.accessibleName() for line in form.findChildren(SaidLine) if line.isVisible()]

    lodge.wait(lambda: said() == ["未声明"])
    QTest.keyClicks(form.cells["days"].editor, "90")
    lodge.wait(lambda: said() == ["超过法定账期", "未声明"])
    QTest.keyClick(form.cells["small_firm"].editor, Qt.Key.Key_Space)
    lodge.wait(lambda: said() == ["超过法定账期"])


def test_a_bill_shows_how_those_who_may_sign_do_it(lodge: Lodge, tmp_path: Path) -> None:
    client, bill = lodge.one("select account_id from receivable where document_no = '鹿渚文化'"), lodge.one("select id from receivable where document_no = '鹿渚文化'")
    agreed = lodge.add(CREDIT_AGREEMENT, account_id=client, number="GZ-1", ends="2026-12-31", hotel_id=lodge.one("select id from hotel"), signed_on="2026-01-01", starts="2026-01-01", days=30)
    for name in ("骆时雨", "温如玉"):
        signer = lodge.add(SIGNATORY, agreement_id=agreed, account_id=client, name=name, post="财务", starts="2026-01-01")
        picture = QImage(300, 100, QImage.Format.Format_RGB32)
        picture.fill(QColor("navy"))
        file = tmp_path / f"{name}.png"
        assert picture.save(str(file))
        attachments.add(Desk(lodge.store, "x"), "signatory", signer, file if name == "骆时雨" else spoilt(file))
    lodge.open("zh_CN")
    lodge.window.open_record("receivable", bill)
    page = lodge.window.page("receivables")
    lodge.wait(lambda: sorted(each.accessibleName() for each in page.findChildren(Specimen)) == ["温如玉 财务", "骆时雨 财务"])
    broken, sound = sorted(page.findChildren(Specimen), key=lambda each: each.accessibleName())
    lodge.wait(sound.isVisible)
    assert (sound.height(), round(sound.pixmap().deviceIndependentSize().width())) == (40, 120)
    assert not broken.isVisible()
    page.findChildren(BesideStrip)[0].read()
    lodge.qtbot.wait(300)
    assert sound.isVisible(), "read once, not with each letter typed"


def spoilt(file: Path) -> Path:
    """A picture that is cut off in its head."""
    file.write_bytes(file.read_bytes()[:30])
    return file


def test_credit_is_stopped_after_what_it_hits_was_shown(lodge: Lodge) -> None:
    from crm_desktop.duties.bookings.records import BOOKING

    client, house = lodge.one("select id from account where name = '旭阑置业'"), lodge.one("select id from hotel")
    lodge.add(BOOKING, account_id=client, hotel_id=house, day="2026-12-05", name="年终会", kind="meeting", price=2_200_00, state="definite")
    lodge.open("zh_CN")
    lodge.window.go("collection-calls")
    page: Any = lodge.page("collection-calls")
    lodge.wait(lambda: page.rows.rowCount() == 2)
    QTest.keyClick(page.stop_button, Qt.Key.Key_Space)
    strip = page.stop_strip
    lodge.wait(lambda: "年终会" in strip.hits.text())
    assert "2,200.00" in strip.hits.text()
    QTest.keyClick(strip.go_button, Qt.Key.Key_Space)
    lodge.wait(lambda: not strip.problem.isHidden())  # not without a reason
    assert lodge.one("select credit from account where id = ?", client) == "open"
    QTest.keyClicks(strip.reason, "overdue")
    QTest.keyClick(strip.reason, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select credit from account where id = ?", client) == "stopped" and not strip.isVisible())
    lodge.wait(lambda: page.stop_button.text() == "恢复挂账…")
    page.stop_button.click()
    lodge.wait(lambda: "年终会" in strip.hits.text())
    QTest.keyClicks(strip.reason, "paid")
    QTest.keyClick(strip.go_button, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select credit from account where id = ?", client) == "open")
