"""What a seller does fifty times a day takes one to three keys besides the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import EXPORT_FOLDER
from crm_desktop.exchange import reading
from crm_desktop.store.store import Store
from crm_desktop.ui import page_keys
from crm_desktop.ui.card_box import CardBox
from crm_desktop.ui.key_card import KeyCard
from crm_desktop.ui.pdf_view import PdfView
from crm_desktop.ui.quick import QuickLine
from tests.moments.shift import CTRL, SHIFT, Hands

ENTER = Qt.Key.Key_Return


def line(hands: Hands) -> QuickLine:
    found: Any = hands.find(QuickLine)
    assert found is not None
    return found  # type: ignore[no-any-return]


def account(hands: Hands, name: str) -> int:
    return int(hands.rows("select id from account where name like ? and gone is null", f"{name}%")[0][0])


def test_5_a_preference_is_noted(hands: Hands) -> None:
    before = hands.rows("select count(*) from preference")[0][0]
    hands.press(Qt.Key.Key_F6)
    hands.write("霍明翊 不吃芒果 过敏 听太太说")
    hands.wait(lambda: any("霍明翊" in words for words in line(hands).parts.words()))
    hands.press(ENTER)
    hands.wait(lambda: hands.rows("select count(*) from preference")[0][0] == before + 1)
    assert hands.keys <= 3
    saved = hands.rows("select p.name, r.polarity, r.allergen from preference as r join person as p on p.id = r.person_id order by r.id desc limit 1")
    assert saved == [("霍明翊", "never", "mango")]


def test_10_the_list_goes_to_excel(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(page_keys, "opened", opened.append)
    hands.window.settings.set(EXPORT_FOLDER, str(tmp_path))
    hands.window.go("receivables")
    hands.wait(lambda: hands.window.page("receivables").query() is not None)
    hands.press(Qt.Key.Key_E, CTRL)
    hands.wait(lambda: opened)
    assert hands.keys == 1
    assert opened[0].suffix == ".xlsx"
    assert reading.read(opened[0]).table().lines > 100


def test_11_a_booking_is_taken(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F9)
    hands.write("周六晚 12位 包厢")
    hands.wait(lambda: line(hands).parts.words())
    hands.press(ENTER)
    hands.wait(lambda: hands.rows("select count(*) from booking where day = '2026-11-21' and people = 12 and remark = '周六晚 12位 包厢'")[0][0])
    assert hands.keys <= 3


def test_11_a_booking_knows_its_client_by_name(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F9)
    hands.write("周六晚 12位 包厢 澄籁精密制造")
    hands.wait(lambda: any("澄籁精密制造有限公司" in words for words in line(hands).parts.words()))
    hands.press(ENTER)
    hands.wait(lambda: hands.rows("select count(*) from booking where day = '2026-11-21' and account_id = ?", account(hands, "澄籁精密"))[0][0])


def test_a_follow_up_from_anywhere(hands: Hands) -> None:
    hands.window.open_record("account", account(hands, "越岫城建"))
    hands.wait(lambda: hands.window.shown() is not None)
    hands.press(Qt.Key.Key_T, CTRL)
    hands.write("下周三 催发票")
    hands.press(ENTER)
    sql = "select f.due, a.name from follow_up as f join account as a on a.id = f.account_id where f.name = '催发票' and f.source = 'hand' order by f.id desc"
    hands.wait(lambda: hands.rows(sql))
    assert hands.rows(sql)[0][0] == "2026-11-25"
    assert hands.keys <= 3


def test_9_what_is_shown_is_printed(hands: Hands) -> None:
    hands.window.open_record("account", account(hands, "越岫城建"))
    hands.wait(lambda: hands.window.shown() is not None)
    hands.press(Qt.Key.Key_P, CTRL | SHIFT)
    hands.wait(lambda: hands.find(PdfView))
    assert hands.keys == 1
    hands.find(PdfView).close()


def test_the_key_card(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    card = hands.find(KeyCard)
    assert card is not None
    shown = {choice.note for choice in card._lines()}
    assert {"F1", "F6", "F9", "Ctrl+T", "Ctrl+E"} <= shown
    hands.press(Qt.Key.Key_Escape)
    hands.wait(lambda: hands.find(KeyCard) is None)


def test_the_key_card_lies_beside_the_phone_on_a5(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    hands.find(KeyCard).print_button.click()
    hands.wait(lambda: (view := hands.find(PdfView)) and view.pages.has_picture(0))
    sheets = hands.find(PdfView).shown.sheets
    assert [round(side / 72 * 25.4) for side in sheets.sizes[0]] == [148, 210]
    said = "".join(sheets.text(at) for at in range(sheets.count))
    assert all(key in said for key in ("F1", "F2", "F3", "F4", "F6", "F7", "F8", "F9", "Ctrl+J", "Ctrl+T"))
    hands.find(PdfView).close()


def test_6_a_promise_is_taken(hands: Hands) -> None:
    hands.window.open_record("account", account(hands, "越岫城建"))
    hands.wait(lambda: hands.window.shown() is not None)
    hands.press(Qt.Key.Key_F7)
    hands.write("25号前付5万 会计说")
    hands.wait(lambda: len(line(hands).parts.words()) >= 4)
    hands.press(ENTER)
    sql = "select amount, due, said_by from promise where gone is null order by id desc limit 1"
    hands.wait(lambda: hands.rows(sql) == [(5_000_000, "2026-11-25", "会计")])
    assert hands.keys <= 3


def test_6_money_that_came_is_matched(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F7)
    hands.write("到账 18600 绍兴鹿渚")
    hands.wait(lambda: any("鹿渚文化" in words for words in line(hands).parts.words()))
    hands.press(ENTER)
    hands.wait(lambda: hands.find(QuickLine) is None)
    (receipt,) = hands.rows("select id, amount, unapplied from receipt where gone is null order by id desc limit 1")
    assert receipt[1:] == (1_860_000, 0)
    matched = "select r.amount from application as a join receivable as r on r.id = a.receivable_id where a.receipt_id = ? and a.gone is null order by r.amount"
    assert hands.rows(matched, receipt[0]) == [(740_000,), (1_120_000,)]
    assert hands.keys <= 3


def test_4_what_somebody_owes_is_one_sentence(hands: Hands) -> None:
    hands.window.open_record("account", account(hands, "越岫城建"))
    hands.wait(lambda: hands.window.shown() is not None)
    QGuiApplication.clipboard().clear()
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.wait(lambda: QGuiApplication.clipboard().text())
    assert "262,800.00" in QGuiApplication.clipboard().text()
    assert hands.keys == 1


def test_4_asked_on_the_phone_the_client_of_the_card_is_meant(hands: Hands) -> None:
    QGuiApplication.clipboard().clear()
    hands.press(Qt.Key.Key_F2)
    hands.write("越岫城建")
    box = hands.find(CardBox)
    hands.wait(lambda: box.found and box.found[0].name.startswith("越岫城建"))
    assert "262,800.00" in "".join(box.list.notes())
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.wait(lambda: QGuiApplication.clipboard().text())
    assert "262,800.00" in QGuiApplication.clipboard().text()
    assert hands.keys == 2


def test_4_the_result_of_a_search_is_meant_too(hands: Hands) -> None:
    QGuiApplication.clipboard().clear()
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("越岫城建")
    hands.wait(lambda: hands.window.top.search.about() == ("account", account(hands, "越岫城建")))
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.wait(lambda: "262,800.00" in QGuiApplication.clipboard().text())
    assert hands.keys == 2


def test_1_the_phone_rings(hands: Hands) -> None:
    phone = hands.rows("select phone from person where name = '霍明翊'")[0][0]
    before = hands.rows("select count(*) from visit")[0][0]
    hands.press(Qt.Key.Key_F2)
    hands.write(str(phone)[-4:])
    box = hands.find(CardBox)
    hands.wait(lambda: box.found and box.found[0].phone.endswith(str(phone)[-4:]))
    assert box.chosen().record == "person"
    hands.wait(lambda: all(chip.geometry().bottom() <= box.card.now.height() for chip in box.card.now.chips))  # none is cut away
    assert len(box.card.now.chips) == 4
    apart = [part for part in (box.card.now, box.card.unit, box.card.unit_now, box.card.facts, box.card.contacts_title, box.card.contacts) if part.isVisible()]
    assert all(one.geometry().bottom() < other.geometry().top() for one, other in pairwise(apart))  # nothing lies on anything else
    assert box.card.contacts.geometry().bottom() <= box.card.height()
    person = box.chosen().row_id
    hands.press(ENTER)
    hands.write("要报价 下周五再联系")
    hands.press(ENTER)
    hands.wait(lambda: hands.rows("select count(*) from visit")[0][0] == before + 1)
    assert hands.rows("select person_id, kind, state, time from visit order by id desc limit 1") == [(person, "call", "done", "13:20")]
    assert hands.rows("select due from follow_up where person_id = ? order by id desc limit 1", person) == [("2026-11-27",)]
    assert hands.keys <= 3


def test_1_an_unknown_number_is_taken_down(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F2)
    hands.write("19900098765")
    box = hands.find(CardBox)
    hands.wait(lambda: box._typed == "19900098765" and not box.found)
    hands.press(ENTER)
    hands.write("王总 周六晚 12位 包厢")
    hands.wait(lambda: hands.find(QuickLine) and hands.find(QuickLine).parts.words())
    hands.press(ENTER)
    hands.wait(lambda: hands.rows("select count(*) from person where replace(phone, ' ', '') = '19900098765' and name = '王总'")[0][0])
    assert hands.rows("select count(*) from booking where replace(phone, ' ', '') = '19900098765' and day = '2026-11-21'") == [(1,)]
    assert hands.keys <= 3


def test_3_the_boss_asks_for_today(hands: Hands) -> None:
    hands.window.go("receivables")
    QGuiApplication.clipboard().clear()
    hands.press(Qt.Key.Key_F4)
    hands.wait(lambda: hands.window.stack.currentWidget() is hands.window.page("today") and hands.window.page("today").cards)
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.wait(lambda: "191" in QGuiApplication.clipboard().text())
    words = QGuiApplication.clipboard().text()
    assert len(words.splitlines()) < 40
    assert "霍明翊" not in words
    assert hands.keys == 2


def test_7_next_weeks_visits_are_planned(hands: Hands) -> None:
    before = hands.rows("select count(*) from visit where state = 'planned' and gone is null")[0][0]
    hands.press(Qt.Key.Key_F8)
    page = hands.window.page("visit-plan")
    hands.wait(lambda: hands.window.stack.currentWidget() is page and page.rows)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        hands.press(key)
    hands.press(ENTER, CTRL)
    hands.wait(lambda: hands.rows("select count(*) from visit where state = 'planned' and gone is null")[0][0] > before)
    assert hands.keys <= 6


def test_7_a_visit_is_reported_on_in_one_line(hands: Hands) -> None:
    visit, person = hands.rows("select id, person_id from visit where state = 'planned' and day = '2026-11-18' and kind = 'visit' and gone is null order by id limit 1")[0]
    hands.window.open_record("visit", visit)
    hands.wait(lambda: hands.window.shown() == ("visit", visit))
    before = hands.rows("select count(*) from visit")[0][0]
    hands.press(Qt.Key.Key_L, CTRL)
    hands.write("已签 下次周五送合同")
    hands.wait(lambda: hands.find(QuickLine) and any("送合同" in words for words in line(hands).parts.words()))
    hands.press(ENTER)
    sql = "select state, result, next, next_on, person_id from visit where id = ?"
    hands.wait(lambda: hands.rows(sql, visit) == [("done", "signed", "送合同", "2026-11-20", person)])
    assert hands.rows("select count(*) from visit")[0][0] == before  # the visit itself, not a call besides
    hands.wait(lambda: hands.rows("select count(*) from follow_up where name like '%送合同%' and due = '2026-11-20' and gone is null")[0][0] == 1)
    assert hands.keys == 2


def test_12_leaving(hands: Hands) -> None:
    hands.press(Qt.Key.Key_J, CTRL)
    hands.wait(lambda: hands.window.stack.currentWidget() is hands.window.page("handover"))
    assert hands.keys == 1


def test_2_a_guest_in_the_lobby(hands: Hands) -> None:
    before = hands.rows("select count(*) from visit")[0][0]
    hands.press(Qt.Key.Key_F3)
    hands.write("1211")
    box = hands.find(CardBox)
    hands.wait(lambda: box.found and box.found[0].name == "俞闻笛")
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: hands.rows("select count(*) from visit")[0][0] == before + 1)
    assert hands.rows("select p.name, v.kind from visit as v join person as p on p.id = v.person_id order by v.id desc limit 1") == [("俞闻笛", "in-house")]
    assert hands.keys == 2


def test_2_the_photo_of_the_guest_is_on_the_card(hands: Hands) -> None:
    from crm_desktop.duties import RECORDS

    picture = QImage(80, 120, QImage.Format.Format_RGB32)
    picture.fill(QColor("#1f8a4c"))
    content = QBuffer()
    content.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(content, "PNG")
    guest = hands.rows("select id from person where name = '俞闻笛'")[0][0]
    with Store(hands.store.path, RECORDS, seat="other") as store:
        attachments.add_content(Desk(store, "许棠"), "person", guest, "俞闻笛.png", bytes(content.data().data()))
    hands.press(Qt.Key.Key_F3)
    hands.write("1211")
    box = hands.find(CardBox)
    hands.wait(lambda: box.found and not box.card.photo.isNull())
    painted = box.card.grab().toImage()
    assert painted.pixelColor(48, 48).name() == "#1f8a4c"
    box.card.show_card(None)
    assert box.card.photo.isNull()  # and is not on the next one's


def test_8_a_birthday(hands: Hands) -> None:
    before = hands.rows("select count(*) from visit")[0][0]
    person = hands.rows("select id from person where name = '俞闻笛'")[0][0]
    hands.window.open_record("person", person)
    hands.wait(lambda: hands.window.shown() == ("person", person))
    QGuiApplication.clipboard().clear()
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.wait(lambda: "俞" in QGuiApplication.clipboard().text())
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: hands.find(PdfView))
    hands.find(PdfView).close()
    hands.wait(lambda: hands.find(PdfView) is None)
    hands.window.activateWindow()
    hands.wait(hands.window.isActiveWindow)
    hands.press(Qt.Key.Key_G, CTRL)
    hands.wait(lambda: hands.find(QuickLine) and hands.focus() is line(hands).edit)
    hands.write("生日蛋糕 150")
    hands.press(ENTER)
    sql = "select kind, actual, state from care_item where person_id = ? and name = '生日蛋糕'"
    hands.wait(lambda: hands.rows(sql, person))
    assert hands.rows(sql, person) == [("birthday", 15_000, "done")]
    hands.wait(lambda: hands.find(QuickLine) is None)
    hands.press(Qt.Key.Key_L, CTRL)
    hands.write("已祝生日快乐")
    hands.press(ENTER)
    hands.wait(lambda: hands.rows("select count(*) from visit")[0][0] == before + 1)
    assert hands.keys <= 6


def test_8_a_gift_of_the_store_is_asked_for(hands: Hands) -> None:
    person = hands.rows("select id from person where name = '俞闻笛'")[0][0]
    hands.window.open_record("person", person)
    hands.wait(lambda: hands.window.shown() == ("person", person))
    hands.press(Qt.Key.Key_G, CTRL)
    hands.wait(lambda: hands.find(QuickLine) and hands.focus() is line(hands).edit)
    hands.write("手写贺卡")
    hands.press(ENTER)
    sql = (
        "select i.name, g.state, g.cost, g.quantity, s.name from gift as g join gift_item as i on i.id = g.item_id left join staff as s on s.id = g.owner_id"
        " where g.person_id = ? order by g.id desc limit 1"
    )
    hands.wait(lambda: hands.rows(sql, person) == [("手写贺卡", "asked", 1_200, 1, "沈知渝")])
    assert hands.keys == 2
