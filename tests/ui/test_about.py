"""About the program: read in the background, copied as text, freed when it is closed."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop import VERSION
from crm_desktop.app import Program
from crm_desktop.desk.settings import Settings
from crm_desktop.record.text import LANGUAGES, use
from crm_desktop.store.folders import state_folder
from crm_desktop.ui.about import About

PATIENCE = 20_000


@pytest.fixture(params=LANGUAGES)
def program(tmp_path: Path, qtbot: Any, request: pytest.FixtureRequest) -> Iterator[Program]:
    """The program in each language."""
    use(request.param)
    made = Program(tmp_path / "data" / "crm.db", Settings())
    made.window.show()
    yield made
    made.close()


def _dialog(program: Program, qtbot: Any, typed: str) -> About:
    """Opened by keys: the palette, a word, Enter."""
    QTest.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    edit = program.window._palette.edit
    edit.insert(typed)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), About), timeout=PATIENCE)
    found = QApplication.activeModalWidget()
    assert isinstance(found, About)
    qtbot.waitUntil(lambda: found.rows.rowCount() > 10, timeout=PATIENCE)
    return found


@pytest.mark.parametrize("typed", ["关于", "about", "licence"])
def test_it_is_found_read_and_copied(program: Program, qtbot: Any, typed: str) -> None:
    program.window.started_in = 0.8
    dialog = _dialog(program, qtbot, typed)
    assert "MIT" in dialog.text.toPlainText()
    dialog.view.setFocus()
    for _ in range(dialog.rows.rowCount()):
        QTest.keyClick(dialog.view, Qt.Key.Key_Down)
        assert dialog.text.toPlainText()
    dialog.copy_button.setFocus()
    QTest.keyClick(dialog.copy_button, Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert VERSION in copied
    assert "0.80 s" in copied
    assert str(program.store.path) in copied
    assert "PySide6_Essentials" in copied
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_is_freed_on_close(program: Program, qtbot: Any) -> None:
    dialog = _dialog(program, qtbot, "about")
    gone: list[int] = []
    dialog.destroyed.connect(lambda: gone.append(1))
    alive = weakref.ref(dialog)
    dialog.close_button.click()
    del dialog
    qtbot.waitUntil(lambda: bool(gone), timeout=PATIENCE)
    assert alive() is None or not alive().isVisible()


def test_the_log_folder_is_opened_and_made(program: Program, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    program.window.go("settings")
    page = program.window.page("settings")
    page.log_button.setFocus()
    QTest.keyClick(page.log_button, Qt.Key.Key_Space)
    assert opened == [str(state_folder())]
    assert state_folder().is_dir()
    QTest.keyClick(page.about_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), About), timeout=PATIENCE)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, About)
    qtbot.waitUntil(lambda: dialog.rows.rowCount() > 10, timeout=PATIENCE)
    dialog.close()
