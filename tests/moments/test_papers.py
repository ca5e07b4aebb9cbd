"""Papers in the window: seen, turned, made larger, issued, printed, saved, copied as one picture; in both languages."""

from __future__ import annotations

from contextlib import closing
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest

from crm_desktop.documents import long, sheets
from crm_desktop.ui import jobs, paper_batch, printing
from crm_desktop.ui.paper_view import PaperView
from crm_desktop.ui.pdf_view import PdfView, ReadyView
from tests.moments.shift import CTRL, SHIFT, Hands

NOT_ISSUED = "select v.id from vip_stay as v join person as p on p.id = v.guest_id where p.name = '郭砚平' and v.stage = 'approved'"
NUMBER = "F16-2026-0005"  # after the four notices of the sample


def notice(hands: Hands) -> Any:
    """A reception notice that was not issued yet, opened by one key."""
    row_id = hands.rows(NOT_ISSUED)[0][0]
    hands.window.open_record("vip_stay", row_id)
    hands.wait(lambda: hands.window.shown() == ("vip_stay", row_id))
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: hands.find(PaperView) and hands.find(PaperView).pages.has_picture(0))
    return hands.find(PaperView)


def test_a_reception_becomes_a_notice_by_one_key(hands: Hands) -> None:
    view = notice(hands)
    assert hands.keys == 1
    assert view.offer.form.key == "F16"
    assert [view.form_box.itemData(at) for at in range(view.form_box.count())] [:3] == ["F16", "F16B", "F15"]
    assert "1 / 1" in view.number.text() or "1" in view.number.text()
    assert view.print_button.isEnabled()


def test_another_form_language_and_size(hands: Hands) -> None:
    view = notice(hands)
    before = view.shown
    view.language_box.choose("en")
    view.language_box.chosen.emit()
    hands.wait(lambda: view.shown is not before and view.print_button.isEnabled())
    assert "VIP reception notice" in view.shown.name
    before = view.shown
    view.size_box.choose("A5")
    view.size_box.chosen.emit()
    hands.wait(lambda: view.shown is not before and view.print_button.isEnabled())
    assert round(view.shown.sheets.sizes[0][0] / 72 * 25.4) == 148
    view.form_box.choose("F15")
    view.form_box.chosen.emit()
    hands.wait(lambda: view.shown.made.form.key == "F15")
    assert round(view.shown.sheets.sizes[0][0] / 72 * 25.4) == 210


def test_keys_turn_pages_and_change_the_size(hands: Hands) -> None:
    hands.window.go("accounts")
    hands.wait(lambda: hands.window.page("accounts").list.model.rowCount() > 0)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: hands.find(PaperView) and hands.find(PaperView).pages.has_picture(0))
    pages = hands.find(PaperView).pages
    assert pages.hasFocus()
    size = pages._zoom
    hands.press(Qt.Key.Key_Plus)
    assert pages._zoom > size
    hands.press(Qt.Key.Key_Minus)
    hands.press(Qt.Key.Key_End)
    last = hands.find(PaperView).shown.sheets.count - 1
    hands.wait(lambda: pages.has_picture(last))
    assert pages.page >= last - 1
    hands.press(Qt.Key.Key_Home)
    hands.wait(lambda: pages.page == 0)
    hands.press(Qt.Key.Key_Escape)
    hands.wait(lambda: hands.find(PaperView) is None)


def test_issuing_gives_a_number_and_a_change_the_next_revision(hands: Hands) -> None:
    view = notice(hands)
    view.issue_button.click()
    hands.wait(lambda: hands.rows("select number, revision from paper order by id desc limit 1") == [(NUMBER, 1)])
    hands.wait(lambda: view.made is not None and view.made.issued is not None and view.print_button.isEnabled())
    assert not view.issue_button.isEnabled()
    assert NUMBER in view.note.text()


def test_saved_as_pdf_and_as_one_long_picture(hands: Hands, tmp_path: Path) -> None:
    view = notice(hands)
    pdf, png = tmp_path / "通知单.pdf", tmp_path / "通知单.png"
    view.save_to(pdf)
    hands.wait(pdf.exists)
    assert pdf.read_bytes() == view.shown.pdf
    view.save_to(png)
    hands.wait(png.exists)
    assert QImage(str(png)).height() > 1000
    hands.wait(lambda: hands.rows("select count(*) from change where source in ('通知单.pdf', '通知单.png')") == [(2,)])


def test_a_file_that_cannot_be_written_is_told(hands: Hands, tmp_path: Path) -> None:
    view = notice(hands)
    view.save_to(tmp_path / "nowhere" / "x.pdf")
    hands.wait(lambda: view.note.property("class") == "error")
    assert "x.pdf" in view.note.text()


def test_the_picture_is_on_the_clipboard(hands: Hands) -> None:
    view = notice(hands)
    QGuiApplication.clipboard().clear()
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.wait(lambda: not QGuiApplication.clipboard().image().isNull())
    assert QGuiApplication.clipboard().image().width() > 1000
    assert str(QGuiApplication.clipboard().image().width()) in view.note.text()


def test_the_mail_program_gets_a_letter_with_the_paper(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    view = notice(hands)
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or len(opened) > 1)
    hands.press(Qt.Key.Key_M, CTRL)
    hands.wait(lambda: view.note.property("class") == "error")  # nothing here opens letters: said, not logged
    assert hands.rows("select count(*) from change where source like '%.eml'") == [(0,)]
    hands.press(Qt.Key.Key_M, CTRL)
    hands.wait(lambda: hands.rows("select count(*) from change where source like '%.eml'") == [(1,)])
    letter = message_from_bytes(opened[1].read_bytes(), policy=SMTP)
    assert (letter["X-Unsent"], letter["Subject"], letter["To"] is not None) == ("1", view.shown.name, "@" in view.note.text())
    (paper,) = letter.iter_attachments()
    assert paper.get_filename() == f"{view.shown.name}.pdf"
    assert paper.get_content() == view.shown.pdf


def test_the_printer_is_chosen_in_the_system_dialog(hands: Hands) -> None:
    view = notice(hands)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: view.findChild(QPrintDialog))
    view.findChild(QPrintDialog).reject()


def test_what_is_printed_has_the_pages_and_their_size(hands: Hands, tmp_path: Path) -> None:
    view = notice(hands)
    printer = printing.printer_for(view.shown.sheets, "x")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    view._printing.print(printer, view.shown.sheets)
    hands.wait(lambda: (tmp_path / "printed.pdf").exists() and hands.window.busy.isHidden())
    with closing(sheets.Sheets((tmp_path / "printed.pdf").read_bytes())) as printed:
        assert printed.count == view.shown.sheets.count
        assert [round(side / 72 * 25.4) for side in printed.sizes[0]] == [210, 297]
        dots = printed.picture(0, 40).pixels
    assert 0.005 < sum(dots[at] < 128 for at in range(0, len(dots), 4)) / (len(dots) / 4) < 0.5


def test_every_paper_of_a_reception_at_once_with_the_missing_signatures(hands: Hands) -> None:
    view = notice(hands)
    view.issue_button.click()
    hands.wait(lambda: hands.rows("select count(*) from paper where number = ?", NUMBER) == [(1,)])
    view.close()
    hands.wait(lambda: hands.find(PaperView) is None)
    hands.window.activateWindow()
    hands.wait(hands.window.isActiveWindow)
    hands.press(Qt.Key.Key_P, CTRL | SHIFT)
    hands.wait(lambda: hands.find(ReadyView) and hands.find(ReadyView).pages.has_picture(0))
    batch = hands.find(ReadyView)
    assert batch.shown.sheets.count >= 3
    assert NUMBER in batch.note.text()
    assert "工程部" in batch.note.text() or "Engineering" in batch.note.text()


def test_a_batch_is_cancelled_with_nothing_left(hands: Hands) -> None:
    from crm_desktop.documents import library
    from crm_desktop.duties import DUTIES

    form = library.form(DUTIES, "F16")
    ids = [row[0] for row in hands.rows("select id from vip_stay")] * 20
    job = paper_batch.show_many(hands.window, form, ids)
    hands.wait(lambda: job.done >= 3)
    hands.window.busy.cancel_button.click()
    hands.wait(hands.window.busy.isHidden)
    assert job.cancelled
    assert job.done < len(ids)
    assert hands.find(PdfView) is None


def test_the_key_card_and_the_briefing_are_papers_too(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    from crm_desktop.ui.key_card import KeyCard

    hands.find(KeyCard).print_button.click()
    hands.wait(lambda: hands.find(PaperView) and hands.find(PaperView).pages.has_picture(0))
    assert round(hands.find(PaperView).shown.sheets.sizes[0][0] / 72 * 25.4) == 148
    hands.find(PaperView).close()
    hands.find(KeyCard).close()
    hands.wait(lambda: hands.find(PaperView) is None and hands.find(KeyCard) is None)
    hands.window.activateWindow()
    hands.wait(hands.window.isActiveWindow)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: hands.find(PaperView) and hands.find(PaperView).pages.has_picture(0))
    assert hands.find(PaperView).offer.form.key == "F36"
    assert jobs.working()


def test_a_long_table_can_be_stopped_and_asked_for_again(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LONG", 1)  # every table is a long one
    hands.window.go("accounts")
    hands.wait(lambda: hands.window.page("accounts").list.model.rowCount() > 0)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.wait(lambda: hands.find(PaperView) and hands.find(PaperView).stop_button.isVisible())
    view = hands.find(PaperView)
    assert "%" in view.note.text()
    QTest.keyClick(view.stop_button, Qt.Key.Key_Space)
    assert (view.stop_button.isVisible(), view.shown) == (False, None)
    stopped = view.note.text()
    QTest.qWait(300)
    assert view.note.text() == stopped  # nothing comes after it
    view.size_box.choose("A4")
    view.size_box.chosen.emit()
    hands.wait(lambda: view.shown is not None and view.pages.has_picture(0))
    assert not view.stop_button.isVisible()
