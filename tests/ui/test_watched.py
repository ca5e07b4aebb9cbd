"""What a PMS puts into the watched folder is offered and looked at before it is taken; a list is written regularly."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from crm_desktop.desk.settings import WATCHED_DONE
from crm_desktop.duties.files.pages_regular import Runner
from crm_desktop.duties.files.pages_watch import KEY, Watcher
from crm_desktop.record.dates import set_clock
from crm_desktop.ui.exporting import Choice
from tests.samples import csv_file
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
HEAD = ["预订号", "酒店", "姓名", "房价", "抵店", "离店"]


def drop(path: Path, *rows: list[str]) -> None:
    csv_file(path, HEAD, *rows)
    os.utime(path, (path.stat().st_mtime - 60,) * 2)


def test_an_export_that_was_dropped_is_offered_once(lived: House, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window, folder = lived.window, tmp_path / "pms"
    window.activateWindow()
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.go("import")
    page = window.page("import")
    watcher = window.findChild(Watcher) or Watcher(window)
    qtbot.keyClick(page.watch_line.choose_link, Qt.Key.Key_Space)
    drop(folder / "预抵1201.csv", ["LT7801", "澜棠大酒店", "令狐未央", "680", "2026-12-01", "2026-12-02"])

    def offered() -> bool:
        watcher.look()
        return window.strips.strip(KEY) is not None

    qtbot.waitUntil(offered, timeout=PATIENCE)
    strip = window.strips.strip(KEY)
    assert "预抵1201.csv" in strip.words.text()
    qtbot.keyClick(strip.action, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page._summary is not None, timeout=PATIENCE)
    assert (page._summary.added, lived.one("select count(*) from stay where booking_no = 'LT7801'")) == (1, 0)
    qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lived.one("select count(*) from stay where booking_no = 'LT7801'") == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.strips.strip(KEY) is None, timeout=PATIENCE)
    assert len(window.settings.get(WATCHED_DONE)) == 1

    drop(folder / "预抵1202.csv", ["LT7801", "澜棠大酒店", "令狐未央", "720", "2026-12-01", "2026-12-02"], ["LT7802", "澜棠大酒店", "令狐未央", "1", "2026-12-01", "2026-12-02"])
    qtbot.waitUntil(offered, timeout=PATIENCE)
    qtbot.keyClick(window.strips.strip(KEY).action, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page._summary is not None and page._summary.updated == 1, timeout=PATIENCE)
    assert page.outcome.tabs.keys() == ["changes", "new"]
    qtbot.keyClick(window.strips.strip(KEY).close_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(window.settings.get(WATCHED_DONE)) == 2, timeout=PATIENCE)
    watcher.look()
    assert watcher.offered is None
    qtbot.keyClick(page.watch_line.stop_link, Qt.Key.Key_Space)
    assert not page.watch_line.stop_link.isVisible()


def test_a_list_is_written_every_day(lived: House, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = lived.window
    window.activateWindow()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.go("stays", filters=[("status", "=", "Booked")])
    qtbot.waitUntil(lambda: window.page("stays").list.model.rowCount() > 0, timeout=PATIENCE)
    window.page("stays").export()
    choice = window.findChild(Choice)
    choice.kinds[".csv"].setChecked(True)
    qtbot.keyClick(choice.regularly, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lived.one("select count(*) from export_plan where gone is null") == 1, timeout=PATIENCE)
    assert lived.one("select every || time || kind || shows from export_plan") == "day07:00.csv住店记录：状态 = 预订"
    runner = window.findChild(Runner) or Runner(window)
    runner.look()
    try:
        set_clock(dt.datetime.now() + dt.timedelta(1))
        runner.look()
        qtbot.waitUntil(lambda: (lived.one("select result from export_plan") or "") != "", timeout=PATIENCE)
    finally:
        set_clock(None)
    [path] = tmp_path.glob("*.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) - 1 == lived.one("select count(*) from stay where status = 'Booked' and gone is null")
    assert "状态 = 预订" in lived.one("select source from change where action = 'Exported'")
