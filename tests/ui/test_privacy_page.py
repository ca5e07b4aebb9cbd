"""A person's data in the window: what is known, a copy, and erasing for good with a reason."""

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
from crm_desktop.record.text import use
from crm_desktop.store import left_behind
from crm_desktop.store.store import Store
from crm_desktop.ui import page_keys
from crm_desktop.ui.widgets import PlainLabel
from tests.forgotten import NAME, house
from tests.ui import lived

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PATIENCE = 20_000
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(store: Store, desk: Desk, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Program, dict[str, int]]]:
    """The program on a house that knows somebody well."""
    use("zh_CN")
    ids = house(desk)
    store.close()
    settings = Settings()
    settings.set(EXPORT_FOLDER, str(tmp_path))
    monkeypatch.setattr(page_keys, "opened", lambda path: None)
    with lived.opened(store.path, qtbot, settings) as program:
        yield program, ids


def test_a_copy_and_then_nothing(opened: tuple[Program, dict[str, int]], qtbot: Any, tmp_path: Path) -> None:
    program, ids = opened
    window = program.window
    window.open_record("person", ids["guest"])
    people = window.page("people")
    qtbot.waitUntil(lambda: people.shown() == ("person", ids["guest"]), timeout=PATIENCE)
    QTest.keyClick(window, Qt.Key.Key_D, KEYS)
    page = window.page("privacy")
    qtbot.waitUntil(lambda: page.rows.rowCount() > 4, timeout=PATIENCE)
    assert page.title.text() == f"个人信息：{NAME}"
    page.book_button.click()
    qtbot.waitUntil(lambda: len(list(tmp_path.glob(f"{NAME}*.xlsx"))) == 1, timeout=PATIENCE)
    page.erase_button.click()
    qtbot.waitUntil(lambda: page.problem.isVisible(), timeout=PATIENCE)
    assert "原因" in page.problem.text()
    page.why.insert("客人来函")
    path = window.store.path
    aside = path.with_name(f"{path.name}.before-restore-20261101-080000")
    aside.touch()
    refused = left_behind.refused_folder() / "来宾-20261101.csv"
    refused.parent.mkdir(parents=True)
    refused.write_text(f"name,birthday\n{NAME},?\n", "utf-8")
    page.erase_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible() and page.known is None, timeout=PATIENCE)
    assert NAME not in page.title.text()
    said = page.note.findChild(PlainLabel).text()
    assert said.startswith("已删除")
    assert f"：{aside.name}。" in said
    assert f"：{refused.name}。" in said
    window.go("people")
    qtbot.waitUntil(lambda: people.list.model.rowCount() == 1, timeout=PATIENCE)
