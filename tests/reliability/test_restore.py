"""The window meets a damaged file: it is looked at again, then one press restores the backup or keeps what can be read."""

from __future__ import annotations

import errno
import random
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from crm_desktop import app
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.settings import safety
from crm_desktop.record.text import say, use
from crm_desktop.store import backup, database, files, restoring
from crm_desktop.store.store import Store
from crm_desktop.ui import around, jobs, log_strips, rescue
from tests.samples import account, stay

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PATIENCE, PAGE = 20_000, 4096


@pytest.fixture
def program(store: Store, desk: Desk, qtbot: Any) -> Iterator[app.Program]:
    """The window on a database with forty clients, a backup, and a client with a stay made since."""
    for n in range(40):
        account(desk, f"Client {n}", remark="x" * 900)
    with closing(store.open_reader()) as reader:
        backup.make(store, reader)
    stay(desk, company_id=account(desk, "Newest"))
    store.close()
    made = app.Program(store.path, Settings())
    made.window.show()
    qtbot.waitUntil(lambda: made.window.page("today")._board is not None, timeout=PATIENCE)
    yield made
    made.window.close()
    made.close()
    use("en")


def spoil(store: Store) -> None:
    """A bad block where clients are, under the open program."""
    store.writer.execute("pragma wal_checkpoint(truncate)")
    with closing(store.open_reader()) as reader:
        root = reader.execute("select rootpage from sqlite_master where name = 'account'").fetchone()[0]
    with store.path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(random.Random(1).randbytes(PAGE))


def names(program: app.Program) -> set[str]:
    with closing(program.store.open_reader()) as reader:
        return {row[0] for row in reader.execute("select name from account where gone is null")}


def check(program: app.Program, qtbot: Any) -> Any:
    """Press *Check everything* and wait for the two lines."""
    program.window.go("settings")
    page = program.window.page("settings")
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.strips.strip(rescue.REST) is not None, timeout=PATIENCE)
    return program.window.strips


@pytest.mark.parametrize(("key", "there"), [(rescue.FILE, False), (rescue.REST, True)], ids=["restore", "salvage"])
def test_a_damaged_file_is_mended_with_one_press(program: app.Program, qtbot: Any, key: str, there: bool) -> None:
    window = program.window
    spoil(program.store)
    strip = check(program, qtbot).strip(key)
    qtbot.mouseClick(strip.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window is not window, timeout=PATIENCE)
    assert {f"Client {n}" for n in range(40)} <= names(program)
    assert there == ("Newest" in names(program))  # the page that led to the rows is lost, not they
    assert list(program.store.path.parent.glob("sqlite.db.damaged-*"))
    assert program.window.strips.strip(rescue.FILE) is None
    told = program.window.strips.strip(rescue.MENDED)
    assert ("to be entered again" in told.words.text()) == (key == rescue.FILE)
    qtbot.mouseClick(told.close_button, Qt.MouseButton.LeftButton)
    assert program.window.strips.strip(rescue.MENDED) is None
    account(Desk(program.store), "Next")


def test_a_disk_that_faltered_once_raises_no_alarm(program: app.Program, qtbot: Any) -> None:
    """The engine says malformed, the file read anew is sound."""
    window = program.window
    window.toast.error(database.explain(database.Error("database disk image is malformed")))
    qtbot.waitUntil(lambda: "faltered for a moment" in window.toast.label.text(), timeout=PATIENCE)
    assert window.strips.strip(rescue.FILE) is None


def test_the_lines_are_chinese_too(program: app.Program, qtbot: Any) -> None:
    use("zh_CN")
    spoil(program.store)
    strips = check(program, qtbot)
    words = strips.strip(rescue.FILE).words.text() + strips.strip(rescue.REST).words.text() + strips.strip(rescue.FILE).action.text()
    assert "损坏" in words
    assert not any(word in words for word in ("damaged", "backup", "Restore"))


def test_at_the_start_what_can_be_read_may_be_kept(program: app.Program, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store = program.store
    spoil(store)
    program.close()
    seen: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.extend(button.text().replace("&", "") for button in box.buttons())
        next(button for button in box.buttons() if button.text().replace("&", "") == say(rescue.KEEP)).click()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, press)
    mend = rescue.wanted(store.path, "The database file is damaged.", RECORDS, True)
    assert mend is not None
    words, problem = mend()
    assert problem is None
    assert "rows were read from the damaged file" in say(words)
    assert len(seen) == 4
    program.store = program._open_store()
    program.window = program._open()
    assert {f"Client {n}" for n in range(40)} <= names(program)


def test_a_restore_that_fails_at_the_start_is_said_and_offered_again(program: app.Program, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk without room for both files: nobody is left before a program that does not open and says nothing."""
    store = program.store
    spoil(store)
    program.close()
    said: list[str] = []
    copy = files.copy_whole

    def full(*given: Any) -> None:
        if len(said) < 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        copy(*given)

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.buttons()[0 if len(said) < 3 else -1].click()
        if len(said) < 2:
            QTimer.singleShot(20, press)

    from PySide6.QtCore import QTimer

    monkeypatch.setattr(files, "copy_whole", full)
    QTimer.singleShot(0, press)
    done = rescue.mended(store.path, "The database file is damaged.", RECORDS, True)
    assert [words.partition("\n\n")[0] for words in said] == ["The database file is damaged.", str(database.FULL)]
    assert all("only put aside and nothing is deleted" in words for words in said)
    assert done is not None
    assert "Restored as of" in say(done)
    program.store = program._open_store()
    program.window = program._open()
    assert {f"Client {n}" for n in range(40)} == names(program)


@pytest.mark.parametrize("chosen", [True, False])
def test_a_way_out_that_fails_in_the_window_is_said_and_offered_again(program: app.Program, monkeypatch: pytest.MonkeyPatch, chosen: bool) -> None:
    """The file does not open any more and the disk is full: the window is gone by then, so a question asks; who chooses nothing leaves."""
    path, said, left = program.store.path, list[str](), list[bool]()
    newest = backup.newest_good(path)
    assert newest is not None
    with path.open("r+b") as file:
        file.write(b"U" * PAGE)
    way, copy = partial(around.restored, path, newest.path, damaged=True), files.copy_whole

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def wanted(_path: Any, words: str, _records: Any, _seen: bool, _settings: Any) -> Any:
        said.append(words)
        monkeypatch.setattr(files, "copy_whole", copy)  # somebody made room
        return way if chosen else None

    monkeypatch.setattr(files, "copy_whole", full)
    monkeypatch.setattr(rescue, "wanted", wanted)
    monkeypatch.setattr(QCoreApplication, "quit", lambda: left.append(True))
    program.mend(way)
    assert len(said) == 1
    assert str(database.FULL) in said[0], "why the first one failed is said with why it does not open"
    assert len(said[0].split("\n\n")) == 2
    if chosen:
        assert names(program) == {f"Client {n}" for n in range(40)}
        strip = program.window.strips.strip(rescue.MENDED)
        assert strip is not None
        assert "Restored as of" in strip.words.text()
    assert left == ([] if chosen else [True])
    if not chosen:  # for the fixture
        assert program.window is None
        restoring.restore(path, newest.path)
        program.come_back()


def test_the_first_look_after_the_start_is_at_the_pages_though_nothing_changed(store: Store, desk: Desk) -> None:
    account(desk, "Orient")
    with closing(store.open_reader()) as reader:
        backup.make(store, reader)
        assert safety.keep_backed_up(store, reader, first=True) == (None, False)
    spoil(store)
    with closing(store.open_reader()) as reader:
        assert safety.keep_backed_up(store, reader) == (None, False)
        problem, _ = safety.keep_backed_up(store, reader, first=True)
    assert database.is_damage(problem)


def begun(store: Store, language: str, qtbot: Any) -> app.Program:
    """The program on these data in a language, once it has looked at all it asks for at the start."""
    use(language)
    made = app.Program(store.path, Settings())
    use(language)
    made.window.show()
    today = made.window.page("today")
    qtbot.waitUntil(lambda: today._board is not None and not jobs.hub()._tasks, timeout=PATIENCE)
    return made


@pytest.mark.parametrize(("language", "words"), [("en", "The newest work that was saved on this PC is missing"), ("zh_CN", "缺少这台电脑上最近保存的工作")])
def test_saves_lost_with_the_wal_are_told_when_the_program_begins(store: Store, desk: Desk, qtbot: Any, language: str, words: str) -> None:
    account(desk, "First")
    store.writer.execute("pragma wal_checkpoint(truncate)")
    before = store.path.read_bytes()
    account(desk, "Only in the -wal")
    store.close()
    whole = store.path.read_bytes()
    for content, lost in ((whole, False), (before, True)):
        store.path.write_bytes(content)
        made = begun(store, language, qtbot)
        strip = made.window.strips.strip(log_strips.MISSING)
        assert (strip is not None) == lost
        assert strip is None or words in strip.words.text()
        assert strip is None or "sqlite.db-wal" in strip.words.text()
        made.window.close()
        made.close()
    use("en")


@pytest.mark.parametrize(("language", "words"), [("en", "this PC's clock says"), ("zh_CN", "请把这台电脑的时钟调准")])
def test_a_clock_behind_the_newest_work_is_told_when_the_program_begins(store: Store, desk: Desk, qtbot: Any, language: str, words: str) -> None:
    """By the newest entry, not by any: once the clock is right and something was saved, nothing is said."""
    for name in ("First", "Second"):
        account(desk, name)
    far = "2099-01-01T12:00:00.000Z"
    newest = "(select max(id) from change)"
    store.close()
    for which, told in ((f"id < {newest}", False), (f"id = {newest}", True)):
        with closing(database.connect(store.path, store.keys)) as direct:
            direct.execute(f"update change set at = '{far}' where {which}")
        made = begun(store, language, qtbot)
        strip = made.window.strips.strip(log_strips.CLOCK)
        assert (strip is not None) == told
        if strip is not None:
            assert words in strip.words.text()
            assert "2099-01-01" in strip.words.text()
            qtbot.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
            assert made.window.strips.strip(log_strips.CLOCK) is None
        assert made.window.strips.strip(log_strips.MISSING) is None
        account(Desk(made.store), f"Nothing is refused {told}")
        made.window.close()
        made.close()
    use("en")
