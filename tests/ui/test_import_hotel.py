"""A file that does not say the hotel, in a group of several: the window asks, and takes it for all of its rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.duties.stays.records import HOTEL
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_the_hotel_is_asked_and_taken(lodge: Lodge, qtbot: Any, tmp_path: Path) -> None:
    lodge.add(HOTEL, name="澜棠大酒店", code="LT")
    second = lodge.add(HOTEL, name="湖畔酒店", code="HP")
    path = tmp_path / "预抵.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["预订号", "姓名", "抵店", "离店"], ["0012", "令狐未央", "2026-12-03", "2026-12-05"]])
    window = lodge.open("zh_CN")
    window.activateWindow()
    window.go("import", record="stay", file=str(path))
    page: Any = window.page("import")
    lodge.wait(lambda: page.hotel_box.isVisible())
    assert "2" in page.outcome.problem.text()
    box = page.hotel_box.box
    assert [box.itemText(at) for at in range(box.count())][1:] == ["澜棠大酒店", "湖畔酒店"]
    for _ in range(2):  # the first choice is already taken for compared; the second one stays
        qtbot.keyClick(box, Qt.Key.Key_Down)
    lodge.wait(lambda: page._summary is not None and page._job is None)
    assert page._summary.added == 1
    qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select count(*) from stay where gone is null") == 1)
    assert lodge.one("select hotel_id from stay") == second
    lodge.wait(lambda: page._job is None and page.done_label.text() != "")
