"""The keys of the window: pressed, clicked, changed, printed; quiet while an input method composes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

from crm_desktop.desk.settings import EXPORT_FOLDER, EXPORT_KIND, KEYS
from crm_desktop.documents import making, plain, sheets
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.record.paper import Ask
from crm_desktop.record.text import Text, say_in, use
from crm_desktop.store import pages
from crm_desktop.ui import page_keys, quick
from crm_desktop.ui.key_card import KeyCard
from crm_desktop.ui.pdf_view import PdfView
from crm_desktop.ui.quick import QuickLine
from tests.ui.conftest import Compose
from tests.ui.lived import PATIENCE, House
from tests.window_thread import Guarded

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def forgotten() -> None:
    quick._left.clear()


def focused() -> Any:
    return QApplication.focusWidget()


def follow_ups(house: House) -> list[tuple[Any, ...]]:
    Guarded.strict = False  # this thread asks for the test, not for the window
    reader = house.program.store.open_reader()
    try:
        return pages.fetch(reader, pages.ListQuery(FOLLOW_UP, [("name", "=", "催发票")], columns=("name", "due", "due_time", "account_id")))
    finally:
        reader.close()
        Guarded.strict = True


def test_a_follow_up_is_two_keys_and_a_line(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.open_record("account", lived.ids["越岫城建集团"])
    sheet: Any = window.page("accounts")
    qtbot.waitUntil(lambda: sheet.shown() is not None, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL)
    line = window.findChild(QuickLine)
    assert focused() is line.edit
    QTest.keyClicks(line.edit, "2026-11-25 15:00 ")
    line.edit.insert("催发票")
    line.edit.typed.emit(line.edit.text())
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)  # before it is understood: it is saved as soon as it is
    qtbot.waitUntil(lambda: bool(follow_ups(lived)), timeout=PATIENCE)
    assert [row[2:] for row in follow_ups(lived)] == [("催发票", "2026-11-25", "15:00", "越岫城建集团")]
    qtbot.waitUntil(lambda: window.findChild(QuickLine) is None, timeout=PATIENCE)


def test_what_is_doubtful_is_picked_before_it_is_saved(lived: House, qtbot: Any) -> None:
    window = lived.window
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL)
    line = window.findChild(QuickLine)
    line.edit.insert("催发票")
    line.edit.typed.emit(line.edit.text())
    qtbot.waitUntil(lambda: len(line.list.titles()) >= 2, timeout=PATIENCE)
    assert line.ask.text() == "什么时候之前？"
    qtbot.keyClick(line.edit, Qt.Key.Key_Down)
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not line.ask.isVisible(), timeout=PATIENCE)
    assert follow_ups(lived) == []
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(follow_ups(lived)), timeout=PATIENCE)
    assert follow_ups(lived)[0][3] == "2026-11-19"


def test_what_was_typed_is_there_again(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.keys.run("follow-up")
    line = window.findChild(QuickLine)
    line.edit.insert("明天 给祁曼回电")
    line.edit.typed.emit(line.edit.text())
    qtbot.keyClick(line.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QuickLine) is None, timeout=PATIENCE)
    window.keys.run("follow-up")
    again = window.findChild(QuickLine)
    assert again.edit.text() == "明天 给祁曼回电"
    qtbot.waitUntil(lambda: any("祁曼" in words for words in again.parts.words()), timeout=PATIENCE)
    again.close()


def test_while_composing_no_key_does_anything(lived: House, qtbot: Any, compose: Compose) -> None:
    window = lived.window
    window.keys.run("follow-up")
    line = window.findChild(QuickLine)
    compose(line.edit, "cui", "")
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    qtbot.keyClick(line.edit, Qt.Key.Key_F1)
    qtbot.keyClick(line.edit, Qt.Key.Key_Escape)
    assert window.findChild(KeyCard) is None
    assert line.isVisible()
    assert follow_ups(lived) == []
    compose(line.edit, "", "催")
    assert line.edit.text() == "催"
    line.close()


def test_a_key_is_changed_remembered_and_reset(lived: House, qtbot: Any) -> None:
    window = lived.window
    qtbot.keyClick(window, Qt.Key.Key_F1)
    card = window.findChild(KeyCard)
    titles = [choice.title for choice in card._lines()]
    card.list.setCurrentRow(titles.index(window.keys.actions["follow-up"].title))
    qtbot.keyClick(card.list, Qt.Key.Key_Return)
    qtbot.keyClick(card.list, Qt.Key.Key_F1)  # taken: said, and nothing changes
    assert "F1" in card.note.text()
    assert window.keys.of("follow-up") == "Ctrl+T"
    qtbot.keyClick(card.list, Qt.Key.Key_F11)
    assert window.keys.of("follow-up") == "F11"
    assert window.settings.get(KEYS) == ["follow-up=F11"]
    assert window.key_bar.buttons["follow-up"].toolTip().endswith("（F11）")
    card.close()
    qtbot.waitUntil(lambda: window.findChild(KeyCard) is None, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_F11)
    window.findChild(QuickLine).close()
    window.keys.reset()
    assert window.settings.get(KEYS) == []
    assert window.keys.of("follow-up") == "Ctrl+T"


def test_the_bar_says_every_key_in_both_languages(lived: House, qtbot: Any) -> None:
    window = lived.window
    made = window.key_bar.buttons["follow-up"]
    assert "待办" in made.accessibleName()
    window.switch_language()
    assert made.accessibleName() == "New follow-up in one line (Ctrl+T)"
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert window.findChild(QuickLine).edit.placeholderText().startswith("Next Wednesday")
    window.findChild(QuickLine).close()
    window.switch_language()
    use("zh_CN")


def test_the_list_is_written_as_seen_and_opened(lived: House, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window, shown = lived.window, list[Path]()
    monkeypatch.setattr(page_keys, "opened", shown.append)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(QUrl(url)))
    window.settings.set(EXPORT_FOLDER, str(tmp_path))
    window.go("accounts")
    page: Any = window.page("accounts")
    qtbot.waitUntil(lambda: page.list.model.rowCount() > 0, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
    assert (shown[0].parent, shown[0].suffix) == (tmp_path, ".xlsx")
    book = CalamineWorkbook.from_path(str(shown[0]))
    rows = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert len(rows) == page.list.model.rowCount() + 2  # headings above, sums below
    window.settings.set(EXPORT_KIND, ".csv gb18030")
    qtbot.waitUntil(lambda: not window.busy.isVisible(), timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=PATIENCE)
    assert len(shown[1].read_text("gb18030").splitlines()) == page.list.model.rowCount() + 1
    window.go("settings")
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    assert "没有可导出的列表" in window.toast.label.text()


def test_a_records_paper_is_shown_before_it_is_printed(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.open_record("account", lived.ids["越岫城建集团"])
    page: Any = window.page("accounts")
    qtbot.waitUntil(lambda: page.shown() is not None, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT)
    qtbot.waitUntil(lambda: window.findChild(PdfView) is not None, timeout=PATIENCE)
    view = window.findChild(PdfView)
    qtbot.waitUntil(lambda: view.pages.has_picture(0), timeout=PATIENCE)
    view.close()


def test_a_paper_says_the_fields_and_the_lists(lived: House, qtbot: Any) -> None:
    from crm_desktop.duties import DUTIES

    Guarded.strict = False
    reader = lived.program.store.open_reader()
    made = making.make(reader, lived.program.store, plain.sheet(ACCOUNT, DUTIES), Ask(lived.ids["越岫城建集团"]))
    reader.close()
    pages_made = sheets.Sheets(made.pdf)
    words = "".join(pages_made.text(page) for page in range(pages_made.count))
    assert "越岫城建集团" in words
    assert "国有企业" in words
    assert say_in(Text("Stay history"), "zh_CN") in words


def test_nothing_to_copy_is_said(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.go("settings")
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL | SHIFT)
    assert "没有可复制" in window.toast.label.text()
    assert QGuiApplication.clipboard().text() == "before"
