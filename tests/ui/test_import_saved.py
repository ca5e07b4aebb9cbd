"""A file nobody knows, through the window: headings dragged onto fields, words translated, all of it kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from crm_desktop.duties.files.pages_meaning import KeepMapping
from crm_desktop.duties.files.pages_preview import carried
from crm_desktop.exchange.reading import read
from crm_desktop.record.text import LANGUAGES
from tests.samples import csv_file
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
HEAD = ["Res#", "酒店", "Ankunft", "Abreise", "Stat", "Mkt"]
ROWS = (
    ["R9001", "澜棠大酒店", "2026-12-01", "2026-12-03", "EXP", "COR"], ["R9002", "澜棠大酒店", "2026-12-02", "2026-12-03", "INH", "Corporate"],
    ["R9003", "澜棠大酒店", "", "2026-12-03", "EXP", ""],
)  # fmt: skip


def drag(heading: str, target: QWidget) -> None:
    """What the system tells a widget on which a heading is dropped."""
    data, actions, button, no_key = carried(heading), Qt.DropAction.LinkAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(4, 4), actions, data, button, no_key)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(4, 4), actions, data, button, no_key)
    QApplication.sendEvent(target, drop)
    assert drop.isAccepted()


class Somebody:
    """Somebody at the import page, step by step."""

    def __init__(self, house: House, qtbot: Any, folder: Path) -> None:
        self.house, self.qtbot, self.folder = house, qtbot, folder
        self.window = house.window
        self.window.activateWindow()

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)

    def file(self, name: str, *rows: list[str]) -> str:
        return str(csv_file(self.folder / name, HEAD, *rows))

    def open_a_strange_file(self) -> None:
        self.window.go("import", record="stay", file=self.file("Arrivals 1201.csv", *ROWS))
        self.page = self.window.page("import")
        self.meaning = self.page.meaning
        self.wait(lambda: self.page.outcome.problem.text() != "" and self.meaning.free.count > 5)
        assert list(self.meaning.free.chips)[:2] == ["arrival", "departure"]

    def drag_the_headings(self) -> None:
        page, meaning = self.page, self.meaning
        page.record_box.setCurrentIndex(page.record_box.findData("stay"))
        for heading, field in (("Ankunft", "arrival"), ("Abreise", "departure"), ("Mkt", "segment"), ("Stat", "booking_no"), ("Res#", "status")):
            drag(heading, meaning.free.chips[field])
        drag("Stat", meaning.columns._boxes["Res#"])  # put right: what is dropped on a column takes its field
        drag("Res#", meaning.free.chips["booking_no"])
        assert page._opened.chosen == {"酒店": "hotel_id", "Ankunft": "arrival", "Abreise": "departure", "Mkt": "segment", "Stat": "status", "Res#": "booking_no"}
        self.wait(lambda: page._summary is not None and meaning.words.unknown == 3)
        assert (page._summary.added, page._summary.refused) == (0, 3)

    def translate_the_words(self) -> None:
        page, meaning = self.page, self.meaning
        meaning.tabs.setFocus()
        self.qtbot.keyClick(meaning.tabs, Qt.Key.Key_Right)
        for column, word, code in (("Stat", "EXP", "Booked"), ("Stat", "INH", "In-House"), ("Mkt", "COR", "Corporate")):
            box = meaning.words.boxes[column, word]
            assert box.isVisible()
            box.setFocus()
            for _ in range(box.findData(code)):
                self.qtbot.keyClick(box, Qt.Key.Key_Down)
        self.wait(lambda: page._summary is not None and page._summary.added == 2 and meaning.words.unknown == 0)
        for _ in LANGUAGES:
            self.window.switch_language()

    def save_what_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        out = self.folder / "left.xlsx"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
        self.page.outcome.tabs.choose("errors")
        self.qtbot.keyClick(self.page.outcome.save_link, Qt.Key.Key_Space)
        self.wait(out.exists)
        assert [cells[0] for _, cells in read(out).table().rows()] == ["R9003"]
        self.wait(lambda: self.page._job is None)

    def keep_the_meaning_and_import(self) -> None:
        self.qtbot.keyClick(self.meaning.keep_link, Qt.Key.Key_Space)
        box = self.window.findChild(KeepMapping)
        assert box.name.text() == "Arrivals"
        self.qtbot.keyClick(box.name, Qt.Key.Key_Return)
        self.wait(lambda: self.house.one("select count(*) from file_mapping where gone is null") == 1)
        self.wait(lambda: self.meaning.saved_box.count() == 2)
        self.qtbot.keyClick(self.page.go_button, Qt.Key.Key_Space)
        self.wait(lambda: self.page._job is None and self.page.done_label.text() != "")
        assert self.house.one("select status from stay where booking_no = 'R9002'") == "In-House"

    def open_the_next_file(self) -> None:
        page, meaning = self.page, self.meaning
        self.window.go("import", file=self.file("Arrivals 1202.csv", ["R9004", *ROWS[0][1:]]))
        self.wait(lambda: page._summary is not None and page._opened.used is not None)
        assert (meaning.saved_box.currentText(), page._summary.added, page._opened.record.key) == ("Arrivals", 1, "stay")

    def leave_it_take_it_and_forget_it(self) -> None:
        page, meaning = self.page, self.meaning
        meaning.saved_box.setFocus()
        self.qtbot.keyClick(meaning.saved_box, Qt.Key.Key_Up)
        self.wait(lambda: page.outcome.problem.text() != "")
        self.qtbot.keyClick(meaning.saved_box, Qt.Key.Key_Down)
        self.wait(lambda: page._summary is not None)
        self.qtbot.keyClick(meaning.forget_link, Qt.Key.Key_Space)
        self.wait(lambda: not meaning.saved_box.isVisible())
        assert (page._opened.chosen["Ankunft"], page._summary.added) == ("arrival", 1)


def test_a_mapping_made_by_hand_is_kept_and_taken_for_the_next_file(lived: House, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = Somebody(lived, qtbot, tmp_path)
    somebody.open_a_strange_file()
    somebody.drag_the_headings()
    somebody.translate_the_words()
    somebody.save_what_is_refused(monkeypatch)
    somebody.keep_the_meaning_and_import()
    somebody.open_the_next_file()
    somebody.leave_it_take_it_and_forget_it()
