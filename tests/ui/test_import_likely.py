"""A file of clients of which some are here already, by keys: why, and updated instead of added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.duties.files.pages_likely import LikelyRows
from crm_desktop.exchange.likely import LEAVE, UPDATE
from tests.samples import csv_file
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
KNOWN = "澄籁精密制造有限公司"


def test_a_client_that_is_here_is_updated(lived: House, qtbot: Any, tmp_path: Path) -> None:
    window, where = lived.window, lived.ids[KNOWN]
    before = lived.one("select count(*) from account where gone is null")
    rows = [["单位名称", "网址"], ["诚籁精密制造有限公司", "www.example.com"], ["云垞医疗集团股份有限公司", "www.example.org"], ["一家新的客户", ""]]
    window.activateWindow()
    window.go("import", record="account", file=str(csv_file(tmp_path / "单位.csv", *rows)))
    page = window.page("import")
    likely: LikelyRows = page.outcome.likely
    qtbot.waitUntil(lambda: page._summary is not None and likely.isVisible(), timeout=PATIENCE)
    assert (page._summary.added, sorted(each.name for each in likely.found)) == (3, ["云垞医疗集团股份有限公司", "诚籁精密制造有限公司"])
    assert "%" in likely.why.text()
    likely.view.setFocus()
    at = next(at for at, each in enumerate(likely.found) if each.found.id == where)
    qtbot.keyClick(likely.buttons[LEAVE], Qt.Key.Key_Space)  # all of them are marked to begin with
    qtbot.keyClick(likely.view, Qt.Key.Key_Home)
    for _ in range(at):
        qtbot.keyClick(likely.view, Qt.Key.Key_Down)
    assert [index.row() for index in likely.view.selectionModel().selectedRows()] == [at]
    assert "诚" in likely.why.text()
    qtbot.keyClick(likely.buttons[UPDATE], Qt.Key.Key_Space)
    assert [figure.text() for figure in page.outcome._figures] == ["3", "1", "1", "1", "0"]
    qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lived.one("select website from account where id = ?", where) == "www.example.com", timeout=PATIENCE)
    qtbot.waitUntil(lambda: page._job is None and page.done_label.text() != "", timeout=PATIENCE)
    assert page.done_label.text() == "完成：新增 1 行，更新 1 行。"
    assert lived.one("select count(*) from account where gone is null") == before + 1
    window.undo()
    qtbot.waitUntil(lambda: lived.one("select website from account where id = ?", where) == "", timeout=PATIENCE)
    assert lived.one("select count(*) from account where gone is null") == before
