"""A workbook through the window: which sheet, how its dates are written, what it changes, what stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import Qt

from crm_desktop.record.text import LANGUAGES
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
HEAD = ["预订号", "酒店", "姓名", "协议单位", "房价", "抵店", "离店"]


def book(path: Path, rate: str, first: str = "03/12/2026", last: str = "05/12/2026", more: tuple[str, ...] = ("LT7702",)) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("说明").write_string(0, 0, "请勿修改")
        sheet = made.add_worksheet("预抵")
        rows = [["预抵报表"], HEAD, *([no, "澜棠大酒店", "令狐未央", "", rate, first, last] for no in ("LT7701", *more))]
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return path


def test_a_workbook_corrected_and_brought_again(lived: House, qtbot: Any, tmp_path: Path) -> None:
    window = lived.window
    window.activateWindow()
    before = lived.one("select count(*) from stay where gone is null")
    window.go("import", record="stay", file=str(book(tmp_path / "预抵1201.xlsx", "680")))
    page = window.page("import")
    qtbot.waitUntil(lambda: page.outcome.problem.text() != "", timeout=PATIENCE)
    assert "抵店" in page.outcome.problem.text()
    assert not any(letter.isascii() and letter.isalpha() for letter in page.outcome.problem.text())
    assert [page.sheet_box.itemText(at) for at in range(page.sheet_box.count())] == ["说明", "预抵"]
    assert page.sheet_box.currentText() == "预抵"
    assert page.dates_box.isVisible()
    page.dates_box.box.setFocus()
    qtbot.keyClick(page.dates_box.box, Qt.Key.Key_Down)  # day first
    qtbot.waitUntil(lambda: page._summary is not None, timeout=PATIENCE)
    assert (page._summary.added, page._summary.made["person"]) == (2, ["令狐未央"])
    qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page._job is None and page.done_label.text() != "", timeout=PATIENCE)
    assert lived.one("select arrival from stay where booking_no = 'LT7701'") == "2026-12-03"

    window.go("import", record="stay", file=str(book(tmp_path / "预抵1202.xlsx", "720", "2026-12-03", "2026-12-05", ("LT7703",))))
    qtbot.waitUntil(lambda: page._summary is not None, timeout=PATIENCE)
    assert page.outcome.tabs.keys() == ["changes", "new", "gone"]
    assert [line.name for line in page._summary.gone] == ["LT7702"]
    assert "680.00 → 720.00" in page.outcome.rows.index(0, 2).data()
    assert not page.dates_box.isVisible()
    page.outcome.view.table.setFocus()
    page.outcome.view.table.selectRow(0)
    qtbot.keyClick(page.outcome.view.table, Qt.Key.Key_Space)
    assert page.outcome.rows.index(0, 0).data() == "保留"
    assert [figure.text() for figure in page.outcome._figures] == ["2", "1", "0", "1", "0"]
    qtbot.keyClick(page.outcome.view.table, Qt.Key.Key_Return)
    assert page.outcome.rows.index(0, 0).data() == "另增"
    assert [figure.text() for figure in page.outcome._figures] == ["2", "2", "0", "0", "0"]
    qtbot.keyClick(page.outcome.view.table, Qt.Key.Key_Return)
    assert page.outcome.rows.index(0, 0).data() == "更新"
    qtbot.keyClick(page.outcome.view.table, Qt.Key.Key_Return)
    for _ in LANGUAGES:
        window.switch_language()
        page.outcome.tabs.choose("gone")
        assert page.outcome.note.text() != ""
        page.outcome.tabs.choose("changes")
    qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lived.one("select count(*) from stay where gone is null") == before + 3, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page._job is None, timeout=PATIENCE)
    assert lived.one("select rate from stay where booking_no = 'LT7701'") == 68_000
    window.undo()
    qtbot.waitUntil(lambda: lived.one("select count(*) from stay where gone is null") == before + 2, timeout=PATIENCE)
