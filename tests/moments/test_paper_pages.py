"""Issued papers, check codes and templates in the window, by hand; in both languages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent

from crm_desktop.desk.desk import Desk
from crm_desktop.documents import issuing, library
from crm_desktop.documents.boxes import boxes
from crm_desktop.duties import DUTIES
from crm_desktop.duties.papers.pages import CheckCode
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import say_in
from crm_desktop.store.store import Store
from crm_desktop.ui.pdf_view import ReadyView
from tests.moments.shift import CTRL, SHIFT, Hands

NOT_ISSUED = "select v.id from vip_stay as v join person as p on p.id = v.guest_id where p.name = '郭砚平' and v.stage = 'approved'"
NUMBER = "F16-2026-0005"  # after the four notices of the sample


def issued(hands: Hands) -> issuing.Issue:
    """A notice issued at another seat."""
    from crm_desktop.duties import RECORDS

    with Store(hands.store.path, RECORDS, seat="other") as store:
        return issuing.issue(Desk(store, "许棠"), library.form(DUTIES, "F16"), Ask(hands.rows(NOT_ISSUED)[0][0]))


def test_a_typed_code_tells_whether_the_paper_holds(hands: Hands) -> None:
    found = issued(hands)
    hands.press(Qt.Key.Key_K, CTRL | SHIFT)
    box = hands.find(CheckCode)
    hands.write(found.stamp.code.lower().replace("-", ""))
    hands.wait(lambda: box.found is not None)
    assert NUMBER in box.answer.text()
    assert box.answer.property("class") == "good"
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: hands.window.shown() == ("paper", found.paper_id))
    assert hands.keys == 2


def test_the_paper_is_shown_as_it_was_issued(hands: Hands) -> None:
    found = issued(hands)
    hands.window.open_record("paper", found.paper_id)
    hands.wait(lambda: hands.window.shown() == ("paper", found.paper_id))
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: hands.find(ReadyView) and hands.find(ReadyView).pages.has_picture(0))
    assert hands.find(ReadyView).shown.pdf == found.pdf


def test_a_paper_whose_pages_were_not_kept_is_set_again_from_what_it_said(hands: Hands) -> None:
    """Those of the sample: what was said then is on them, with number, code and who signs."""
    (paper, code), = hands.rows("select p.id, p.check_code from paper as p join vip_stay as v on v.id = p.about_row join person as g on g.id = v.guest_id where g.name = '霍明翊'")
    with Store(hands.store.path, hands.store.records, seat="other") as store:
        desk = Desk(store, "许棠")
        row, version = store.writer.execute("select about_row, (select version from vip_stay where id = about_row) from paper where id = ?", (paper,)).fetchone()
        desk.save(VIP_STAY, row, version, {"room_no": "1801"})
    hands.window.open_record("paper", paper)
    hands.wait(lambda: hands.window.shown() == ("paper", paper))
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: hands.find(ReadyView) and hands.find(ReadyView).pages.has_picture(0))
    sheets = hands.find(ReadyView).shown.sheets
    said = "".join(sheets.text(at) for at in range(sheets.count))
    assert code in said
    assert "1702" in said
    assert "1801" not in said
    assert all(word in said for word in ("F16-2026-0003", "霍明翊", "柳静仪"))


def templates(hands: Hands) -> Any:
    hands.window.go("templates")
    page = hands.window.page("templates")
    page.form_box.choose("F16")
    page.load()
    hands.wait(lambda: page.tried is not None and "VIP接待通知单" in page.edit.toPlainText())
    return page


def test_a_template_is_changed_and_seen_at_once(hands: Hands) -> None:
    page = templates(hands)
    before = page.tried
    page.edit.setPlainText(page.edit.toPlainText().replace('"准备事项", "To prepare"', '"准备与回复", "Prepare and reply"'))
    page.edit.typed.emit()
    hands.wait(lambda: page.tried is not before and page.keep_button.isEnabled())
    text = "".join(page.tried.sheets.text(0).split())
    assert "准备与回复" in text or "Prepareandreply" in text
    page.keep_button.click()
    hands.wait(lambda: hands.rows("select template, revision, in_use from paper_template") == [("F16", 1, 1)])
    hands.wait(lambda: page.version_box.count() == 2 and page.back_button.isEnabled())
    page.back_button.click()
    hands.wait(lambda: hands.rows("select in_use from paper_template") == [(0,)])
    hands.wait(lambda: "准备与回复" not in page.edit.toPlainText())


def test_what_differs_from_another_version_is_shown_line_by_line(hands: Hands) -> None:
    page = templates(hands)
    before, source = page.tried, page.edit.toPlainText()
    page.edit.setPlainText(source.replace('"准备事项", "To prepare"', '"准备与回复", "Prepare and reply"'))
    page.edit.typed.emit()
    hands.wait(lambda: page.tried is not before and page.keep_button.isEnabled())
    page.differ_button.click()
    assert page.left.currentWidget() is page.differences
    shown = page.differences.toPlainText().splitlines()
    assert [line[0] for line in shown if line[0] in "−+"] == ["−", "+"]
    assert any(line.startswith("+") and "准备与回复" in line for line in shown)
    assert any(line.startswith("−") and "准备事项" in line for line in shown)
    page.keep_button.click()
    hands.wait(lambda: page.against_box.count() == 2)
    page.against_box.choose(page.version_box.value())
    page.against_box.chosen.emit()
    assert page.differences.toPlainText() in ("两个版本内容相同。", "Both versions say the same.")
    page.differ_button.click()
    assert page.left.currentWidget() is page.edit


def test_a_broken_template_says_its_line_and_is_not_kept(hands: Hands) -> None:
    page = templates(hands)
    before = page.tried
    page.edit.setPlainText(page.edit.toPlainText() + "\n#nothere")
    page.edit.typed.emit()
    hands.wait(lambda: page.tried is not before)
    line = str(page.edit.toPlainText().count("\n") + 1)
    assert line in page.note.text()
    assert "nothere" in page.note.text()
    assert not page.keep_button.isEnabled()
    page.keep()
    assert hands.rows("select count(*) from paper_template") == [(0,)]


def test_guest_cards_of_chosen_rows_become_one_file(hands: Hands) -> None:
    from PySide6.QtCore import QItemSelectionModel

    hands.window.go("people")
    page = hands.window.page("people")
    hands.wait(lambda: page.list.model.rowCount() > 20 and page.list.model.row_id(4) is not None)
    view = page.list.view
    for row in range(3):
        view.selectionModel().select(page.list.model.index(row, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)
    command = next(each for each in hands.window.commands() if say_in(each.title, "en") == "A paper for each chosen row")
    command.run()
    hands.wait(lambda: hands.find(ReadyView) and hands.find(ReadyView).pages.has_picture(0))
    assert hands.find(ReadyView).shown.sheets.count >= 3


def test_a_box_is_moved_by_keys_and_by_mouse(hands: Hands) -> None:
    page = templates(hands)
    before, source = page.tried, page.edit.toPlainText()
    page.boxes_button.click()
    assert page.left.currentWidget() is page.boxes
    assert page.boxes.list.hasFocus()
    names = [box.english for box in boxes(source)[0]]
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [box.english for box in boxes(page.edit.toPlainText())[0]][:2] == names[1::-1]
    hands.wait(lambda: page.tried is not before and page.keep_button.isEnabled())
    hands.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.edit.toPlainText() == source
    where = page.boxes.list.visualItemRect(page.boxes.list.item(3)).center()  # below the heading and two others
    data = page.boxes.list.model().mimeData([page.boxes.list.currentIndex()])
    event = QDropEvent(QPointF(where), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.boxes.list.dropEvent(event)
    assert [box.english for box in boxes(page.edit.toPlainText())[0]][:3] == [names[1], names[2], names[0]]
    page.boxes_button.click()
    assert page.left.currentWidget() is page.edit
    assert page.edit.hasFocus()


def test_a_box_pressed_on_the_page_is_worded_otherwise_left_out_and_put_back(hands: Hands) -> None:
    page = templates(hands)
    hands.wait(lambda: page.pages.has_picture(0))
    page.boxes_button.click()
    room = next(box for box in boxes(page.edit.toPlainText())[0] if box.english == "Room no.")
    _left, top, right, bottom = (page.tried.sheets.places(0, room.chinese) or page.tried.sheets.places(0, room.english))[0]
    page.pages.pressed.emit(0, right + 12, (top + bottom) / 2)  # in the box behind the words
    hands.wait(lambda: page.boxes.english.text() == "Room no.")
    before, source = page.tried, page.edit.toPlainText()
    page.boxes.english.setFocus()
    page.boxes.english.selectAll()
    hands.write("Chamber")
    assert "Chamber" in page.edit.toPlainText()
    hands.wait(lambda: page.tried is not before and page.keep_button.isEnabled())
    page.boxes.list.setFocus()
    hands.press(Qt.Key.Key_Delete)
    assert '"Chamber"' not in page.edit.toPlainText()
    for _ in range(len("Chamber") + 1):
        hands.press(Qt.Key.Key_Z, CTRL)
    assert page.edit.toPlainText() == source
