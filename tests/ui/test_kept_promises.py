"""What the window does with people's wishes and the house's safety: a request carried out from its sheet, a restore tried, the weekly check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.app import Program
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import EXPORT_FOLDER, Settings
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.consents.records_requests import DATA_REQUEST
from crm_desktop.record.text import Text, use
from crm_desktop.store import check, drill, weekly
from crm_desktop.store.store import Store
from crm_desktop.ui import page_keys
from crm_desktop.ui.weekly import Weekly
from tests.samples import added
from tests.ui import lived

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PATIENCE = 30_000
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(store: Store, desk: Desk, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Program, int]]:
    """The program on a house in which 霍明翊 asked for a copy."""
    use("zh_CN")
    guest = added(desk, PERSON, name="霍明翊")
    request = added(desk, DATA_REQUEST, person_id=guest, kind="copy", received_on="2026-11-18")
    store.close()
    settings = Settings()
    settings.set(EXPORT_FOLDER, str(tmp_path))
    monkeypatch.setattr(page_keys, "opened", lambda path: None)
    with lived.opened(store.path, qtbot, settings) as program:
        yield program, request


def _one(program: Program, sql: str, *values: Any) -> Any:
    reader = program.store.open_reader()
    try:
        return reader.execute(sql, values).fetchone()[0]
    finally:
        reader.close()


@pytest.mark.embedded
def test_a_request_is_carried_out_from_its_sheet(opened: tuple[Program, int], qtbot: Any, tmp_path: Path) -> None:
    program, request = opened
    window = program.window
    window.open_record("data_request", request)
    requests = window.page("data-requests")
    qtbot.waitUntil(lambda: requests.shown() == ("data_request", request), timeout=PATIENCE)
    QTest.keyClick(window, Qt.Key.Key_D, KEYS)
    page = window.page("privacy")
    qtbot.waitUntil(lambda: page.known is not None and page.known.name == "霍明翊", timeout=PATIENCE)
    qtbot.mouseClick(page.book_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _one(program, "select file_hash from data_request where id = ?", request) != "", timeout=PATIENCE)
    assert list(tmp_path.glob("霍明翊*.xlsx"))


@pytest.mark.embedded
def test_a_restore_is_tried_with_one_press(opened: tuple[Program, int], qtbot: Any) -> None:
    program, _ = opened
    window = program.window
    window.go("settings")
    page = window.page("settings")
    page.backups.back_up()
    qtbot.waitUntil(lambda: page.backups.list.rowCount() == 1, timeout=PATIENCE)
    assert page.backups.drill.words.text() == "尚未演练过恢复。演练在临时位置进行，不触动现有数据。"
    qtbot.mouseClick(page.backups.drill.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "演练恢复" in page.backups.drill.words.text() and "完整恢复" in page.backups.drill.words.text(), timeout=PATIENCE)
    found = drill.last(program.store.path)
    assert found is not None
    assert found.problems == []
    assert page.backups.drill.button.isEnabled()


@pytest.mark.embedded
def test_everything_is_checked_while_nobody_types_and_a_finding_is_told(opened: tuple[Program, int], qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    program, _ = opened
    window = program.window
    keeper = window.findChild(Weekly)
    keeper.look()
    assert keeper._job is None, "somebody sits here"
    monkeypatch.setattr(window.idle, "quiet", lambda: 1_000.0)
    monkeypatch.setattr(check, "everything", lambda *_: [Text("Log entry {number} was changed after it was written", number=7)])
    keeper.look()
    keeper.look()  # never two at once
    qtbot.waitUntil(lambda: keeper._job is None and weekly.last(program.store.path) is not None, timeout=PATIENCE)
    found = weekly.last(program.store.path)
    assert found is not None
    assert len(found[1]) == 1
    assert not weekly.is_due(program.store.path)
    window.go("settings")
    page = window.page("settings")
    qtbot.waitUntil(lambda: found[1][0] in page.checked_label.text(), timeout=PATIENCE)
