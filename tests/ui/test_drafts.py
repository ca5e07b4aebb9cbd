"""What was typed and not saved outlives a crash, and closing the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from crm_desktop.app import Program
from crm_desktop.desk.settings import Settings
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import LANGUAGES, use
from crm_desktop.store.folders import DRAFTS
from crm_desktop.ui import drafts, jobs
from crm_desktop.ui.drafts import Draft
from tests.samples import REPOSITORY

PATIENCE = 20_000
HALF = "棠舟会展 half a sentence"


@pytest.fixture
def opened(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Opens the program on the same data, as often as wanted; what is open at the end is closed."""
    monkeypatch.setattr(drafts, "WRITE_AFTER", 50)
    monkeypatch.setattr("crm_desktop.ui.drafts_left.LOOK_AFTER", 0)
    running: list[Program] = []

    def one() -> Program:
        running.append(Program(tmp_path / "data" / "crm.db", Settings()))
        running[-1].window.show()
        return running[-1]

    yield one
    for each in running:
        with suppress(RuntimeError):
            each.close()
    drafts._drafts.clear()


def commit(widget: Any, words: str) -> None:
    """What an input method sends when the words are chosen."""
    widget.setFocus()
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QCoreApplication.sendEvent(widget, event)


def begin_account(program: Program) -> Any:
    """A new client whose name is typed."""
    program.window.go("accounts", new=True)
    form = program.window.page("accounts").form
    commit(form.cells["name"].editor, HALF[:4])
    QTest.keyClicks(form.cells["name"].editor, HALF[4:])
    return form


def kept(program: Program) -> int:
    """How many drafts are on the disk, seen by another program's eyes."""
    from crm_desktop.store import database

    files = [p for p in program.store.path.parent.glob(f"*{DRAFTS}*") if len(p.name.rpartition(DRAFTS)[2]) == 8]
    total = 0
    for file in files:
        with suppress(database.Error), closing(database.connect(file, program.store.keys, readonly=True)) as reader:  # it may be being made
            total += reader.execute("select count(*) from draft").fetchone()[0]
    return total


def account(program: Program, name: str, qtbot: Any) -> int:
    with qtbot.waitSignal(jobs.hub().changed, timeout=PATIENCE) as told:
        jobs.act(program.window, lambda desk, job: desk.save(ACCOUNT, None, 0, {"name": name, "kind": "company"}))
    return int(told.args[0].rows[0][1])


def strip(program: Program) -> Any:
    return program.window.strips.strip("drafts")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_what_was_typed_is_offered_after_closing(opened: Any, qtbot: Any, spoken: str) -> None:
    first = opened()
    begin_account(first)
    qtbot.waitUntil(lambda: drafts.keeper().is_safe, timeout=PATIENCE)
    first.window.close()
    first.close()
    use(spoken)
    second = opened()
    qtbot.waitUntil(lambda: strip(second) is not None, timeout=PATIENCE)
    assert (strip(second).words.text() == "Typed earlier and not saved: 1") == (spoken == "en")
    strip(second).action.setFocus()
    QTest.keyClick(strip(second).action, Qt.Key.Key_Space)
    form = second.window.page("accounts").form
    assert form.cells["name"].editor.text() == HALF
    assert strip(second) is None
    form.cells["kind"].editor.set_value("company")
    form.save()
    qtbot.waitUntil(lambda: kept(second) == 0, timeout=PATIENCE)
    assert drafts.count() == 0


def test_closing_at_once_loses_no_key(opened: Any, qtbot: Any) -> None:
    """The window waits for the disk, not for a person."""
    first = opened()
    begin_account(first)
    assert not drafts.keeper().is_safe
    first.window.close()
    qtbot.waitUntil(lambda: not first.window.isVisible(), timeout=PATIENCE)
    first.close()
    second = opened()
    qtbot.waitUntil(lambda: strip(second) is not None, timeout=PATIENCE)
    assert [draft.typed["name"] for draft in drafts._drafts.values()] == [HALF]


def test_the_draft_of_a_saved_row_opens_the_row(opened: Any, qtbot: Any) -> None:
    first = opened()
    row_id = account(first, "棠舟会展", qtbot)
    first.window.open_record("account", row_id)
    sheet = first.window.page("accounts")._sheet
    qtbot.waitUntil(lambda: sheet.form.cells["name"].editor.text() == "棠舟会展", timeout=PATIENCE)
    commit(sheet.form.cells["name"].editor, "新")
    QTest.keyClick(sheet.form.cells["name"].editor, Qt.Key.Key_Escape)  # simply closed
    qtbot.waitUntil(lambda: kept(first) == 1, timeout=PATIENCE)
    first.window.close()
    first.close()
    second = opened()
    qtbot.waitUntil(lambda: strip(second) is not None, timeout=PATIENCE)
    strip(second).action.click()
    form = second.window.page("accounts")._sheet.form
    qtbot.waitUntil(lambda: "新" in form.cells["name"].editor.text(), timeout=PATIENCE)
    assert form.dirty()
    form.discard()
    qtbot.waitUntil(lambda: kept(second) == 0, timeout=PATIENCE)


def test_a_draft_of_a_row_that_is_gone_can_still_be_read(opened: Any, qtbot: Any) -> None:
    program = opened()
    row_id = account(program, "棠舟会展", qtbot)
    row = {field.name: field.default for field in ACCOUNT.fields if field.stored} | {"id": row_id, "version": 1, "name": "棠舟会展"}
    drafts.keep(drafts.key_of(ACCOUNT, row_id, {}), Draft(row, {"name": HALF}))
    with qtbot.waitSignal(jobs.hub().changed, timeout=PATIENCE):
        jobs.act(program.window, lambda desk, job: desk.remove(ACCOUNT, row_id, 1))
    program.window.open_record("account", row_id)
    form = program.window.page("accounts")._sheet.form
    qtbot.waitUntil(lambda: form.cells["name"].editor.text() == HALF, timeout=PATIENCE)
    assert not form._notice.isHidden()
    form.discard()


def test_put_away_they_are_offered_again_at_the_next_start(opened: Any, qtbot: Any) -> None:
    first = opened()
    begin_account(first)
    qtbot.waitUntil(lambda: kept(first) == 1, timeout=PATIENCE)
    for _ in range(2):
        first.window.close()
        first.close()
        first = opened()
        qtbot.waitUntil(lambda first=first: strip(first) is not None, timeout=PATIENCE)
        strip(first).close_button.click()
        assert strip(first) is None


def test_a_second_window_does_not_take_the_drafts_of_the_first(opened: Any, qtbot: Any) -> None:
    first = opened()
    begin_account(first)
    qtbot.waitUntil(lambda: kept(first) == 1, timeout=PATIENCE)
    from crm_desktop.store.draft_file import DraftFile

    other = DraftFile(first.store.path, first.store.keys)
    assert other.take_over() == {}
    first.window.page("accounts").form.discard()


@pytest.mark.parametrize("answer", [0, 1])
def test_only_where_drafts_cannot_be_kept_the_person_is_asked(opened: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch, answer: int) -> None:
    program = opened()
    begin_account(program)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crm_desktop.store.draft_file.DraftFile.write", full)
    asked: list[str] = []

    def press(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[answer].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[answer])
    program.window.close()
    qtbot.waitUntil(lambda: bool(asked), timeout=PATIENCE)
    leaves = program.window.isHidden()
    typed = drafts.count()
    assert (leaves, typed) in ((True, 0), (False, 1))
    if not leaves:
        program.window.page("accounts").form.discard()


def test_a_full_disk_is_said_once_and_typing_goes_on(opened: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    program = opened()
    tries: list[int] = []

    def full(*_: Any) -> None:
        tries.append(1)
        raise OSError(28, "No space left on device")

    errors: list[Exception] = []
    jobs.hub().failed.connect(errors.append)
    with monkeypatch.context() as patch:
        patch.setattr("crm_desktop.store.draft_file.DraftFile.write", full)
        form = begin_account(program)
        for number in range(1, 3):
            qtbot.waitUntil(lambda number=number: len(tries) >= number, timeout=PATIENCE)
            commit(form.cells["name"].editor, "了")
        qtbot.waitUntil(lambda: bool(errors), timeout=PATIENCE)
    assert "The disk is full" in str(errors[0])
    assert len(errors) == 1
    commit(form.cells["name"].editor, "了")
    qtbot.waitUntil(lambda: kept(program) == 1, timeout=PATIENCE)
    form.discard()


CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from crm_desktop.app import Program
from crm_desktop.desk.settings import Settings
from crm_desktop.ui import drafts
from tests.ui.test_drafts import begin_account

app = QApplication([])
program = Program(Path(sys.argv[1]), Settings())
program.window.show()
begin_account(program)

def look():
    if drafts.keeper().is_safe and drafts.count():
        print("kept", flush=True)

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_program_loses_nothing_and_leaves_nothing_to_read(opened: Any, qtbot: Any, tmp_path: Path) -> None:
    """A real process, typed into by keys and input method, killed two seconds after the last of them."""
    database = tmp_path / "data" / "crm.db"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(database)], cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline().strip() == "kept"
        os.kill(child.pid, signal.SIGKILL)
        assert child.wait(timeout=60) == -9
    plain = [HALF.encode(), HALF[4:].encode(), HALF[:4].encode(), HALF[:4].encode("utf-16-le"), HALF[:4].encode("gb18030")]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if DRAFTS in path.name]
    assert not [(path.name, word) for path in files for word in plain if word in path.read_bytes()]
    program = opened()
    qtbot.waitUntil(lambda: strip(program) is not None, timeout=PATIENCE)
    strip(program).action.click()
    form = program.window.page("accounts").form
    assert form.cells["name"].editor.text() == HALF
    form.discard()
