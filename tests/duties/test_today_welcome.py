"""The first steps: on an empty database only, never over anything, and away for good once closed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QProcess, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.app import Program
from crm_desktop.desk.settings import HOTEL_NAME, WELCOMED, Settings
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.today import queries
from crm_desktop.record.text import LANGUAGES, use
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs
from tests.samples import REPOSITORY

PATIENCE = 20_000


@pytest.fixture
def opened(tmp_path: Path, qtbot: Any) -> Iterator[Any]:
    """Opens the program on the same data, as often as wanted."""
    running: list[Program] = []

    def one() -> Program:
        while running:
            running.pop().close()
        running.append(Program(tmp_path / "data" / "crm.db", Settings()))
        window = running[-1].window
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.page("today")._board is not None, timeout=PATIENCE)
        return running[-1]

    yield one
    while running:
        running.pop().close()


def card(program: Program) -> Any:
    return program.window.page("today").welcome


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_hotels_name_is_typed_and_kept(opened: Any, qtbot: Any, spoken: str) -> None:
    use(spoken)
    program = opened()
    assert card(program).isVisible()
    assert not program.window.page("today").first_step.isVisible()
    edit = card(program).name_edit
    edit.setFocus()
    for words in ("云栖湖", "酒店"):
        event = QInputMethodEvent("", [])
        event.setCommitString(words)
        QCoreApplication.sendEvent(edit, event)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.rail.title.text() == "云栖湖酒店", timeout=PATIENCE)
    assert program.settings.get(HOTEL_NAME) == "云栖湖酒店"
    again = opened()
    assert again.window.rail.title.text() == "云栖湖酒店"
    assert card(again).name_edit.text() == "云栖湖酒店"


def test_closed_once_it_is_away_for_good(opened: Any, qtbot: Any) -> None:
    program = opened()
    card(program).close_button.setFocus()
    QTest.keyClick(card(program).close_button, Qt.Key.Key_Space)
    assert card(program).isHidden()
    assert program.window.page("today").first_step.isVisible()  # an empty page still says what would be here
    assert Settings().get(WELCOMED)
    assert card(opened()).isHidden()


def test_the_steps_lead_on(opened: Any, qtbot: Any) -> None:
    program = opened()
    window = program.window
    QTest.keyClick(card(program).import_button, Qt.Key.Key_Space)
    assert window.stack.currentWidget() is window.page("import")
    window.back()
    QTest.keyClick(card(program).first_link, Qt.Key.Key_Space)
    assert window.stack.currentWidget() is window.page("accounts")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.page("accounts").form.isAncestorOf(focused)


def test_the_sample_hotel_opens_in_a_program_of_its_own(opened: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(program: str, words: list[str]) -> tuple[bool, int]:
        started.append([program, *words])
        return True, 1

    monkeypatch.setattr(QProcess, "startDetached", start)
    program = opened()
    before = program.store.path
    QTest.keyClick(card(program).sample_button, Qt.Key.Key_Space)
    assert started == [[sys.executable, str(REPOSITORY / "main.py"), "--demo"]]
    assert "sample hotel opens" in program.window.toast.label.text()
    assert program.store.path == before


def test_it_goes_when_somebody_is_there(opened: Any, qtbot: Any) -> None:
    program = opened()
    with qtbot.waitSignal(jobs.hub().changed, timeout=PATIENCE):
        jobs.act(program.window, lambda desk, job: desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company"}))
    qtbot.waitUntil(card(program).isHidden, timeout=PATIENCE)
    assert card(opened()).isHidden()
    assert not Settings().get(WELCOMED)


def test_what_counts_as_empty(store: Store, reader: Any, desk: Any) -> None:
    from tests.samples import account

    assert queries.nobody_known(reader)
    assert queries.board(reader, (), "2026-11-18", None).blank
    account(desk, "甲")
    assert not queries.nobody_known(reader)
    assert not queries.board(reader, (), "2026-11-18", None).blank
