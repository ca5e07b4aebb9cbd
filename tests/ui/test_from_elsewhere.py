"""The PC is gone, a stick with a backup is there: it comes back through the window, and this PC works on it from then on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from crm_desktop import app, cli
from crm_desktop.desk import sign_in
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import OWN_FILE, Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.settings import pages_key
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import backup, keys, wraps
from crm_desktop.store.folders import manifest
from crm_desktop.store.store import Store
from crm_desktop.ui import from_elsewhere, jobs, rescue, single, speech, theme
from crm_desktop.ui.sign_in import SignIn
from tests.conftest import live_in
from tests.samples import account

PATIENCE = 20_000
LOGIN, WORDS, NEW = "lina", "correct horse battery", "wisteria by the gate"
CLIENT = "东方船务"


@pytest.fixture(autouse=True)
def house(qapp: QApplication, cheap_passwords: None) -> Iterator[None]:
    if qapp.property("look") is None:
        theme.apply(qapp, dark=False)
    yield
    jobs.close()
    speech.switch("en")


class Stick:
    """A backup from a PC that is gone, on a stick: only the large file with its two small ones, and the paper with the recovery key."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, guarded: bool) -> None:
        self.folder, self.printed = folder / "stick", wraps.new_recovery()
        self.keys = folder / "gone" / "settings" / "keys"
        with monkeypatch.context() as patch:
            live_in(patch, folder / "gone")
            with Store(folder / "gone" / "crm.db", RECORDS, create=True) as store:
                desk = Desk(store, "Li Na")
                account(desk, CLIENT)
                person = desk.save(STAFF, None, 0, {"name": "李娜", "role": "dosm"}).rows[0][1]
                if guarded:
                    sign_in.begin(desk, person, LOGIN, WORDS, self.printed)
                with closing(store.open_reader()) as reader:
                    made = backup.make(store, reader).path
            self.keys = keys.key_folder()
        keys._unlocked.clear()
        self.folder.mkdir()
        for each in made.parent.glob(f"{made.name}*"):
            shutil.copy(each, self.folder)
        self.file = self.folder / made.name
        manifest(self.file).unlink()
        self.before = self.file.read_bytes()


@pytest.fixture
def opened(tmp_path: Path, qtbot: Any) -> Iterator[Callable[[], app.Program]]:
    """Opens the program as a person starts it; closed in the end."""
    made: list[app.Program] = []

    def start() -> app.Program:
        for program in made:
            program.close()
        keys._unlocked.clear()
        found = app._begin("", Settings())
        assert found is not None
        made[:] = [found]
        found.window.resize(1366, 700)
        found.window.show()
        return found

    yield start
    for program in made:
        program.close()


def choose(monkeypatch: pytest.MonkeyPatch, file: Path | None, folder: Path | None = None) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file or ""), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder or ""))


def answer(qtbot: Any, seen: list[str], *presses: str) -> None:
    """Press these buttons of the questions that come, one after the other."""
    left = list(presses)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            seen.append(box.text())
            words = left.pop(0)
            next(each for each in box.buttons() if each.text().replace("&", "") == words).click()
        if left:
            QTimer.singleShot(20, look)

    if left:
        QTimer.singleShot(20, look)


def names(program: app.Program) -> list[str]:
    with closing(program.store.open_reader()) as reader:
        return [row[0] for row in reader.execute("select name from account where gone is null")]


def ask(program: app.Program, qtbot: Any) -> None:
    """Press the button on the settings page."""
    program.window.go("settings")
    qtbot.mouseClick(program.window.page("settings").backups.file_button, Qt.MouseButton.LeftButton)


def recovered(qtbot: Any, stick: Stick) -> None:
    """Use the printed key at the door that comes."""

    def door() -> Any:
        return next((each for each in QApplication.topLevelWidgets() if isinstance(each, SignIn) and each.isVisible()), None)

    def look() -> None:
        found = door()
        if found is None:
            QTimer.singleShot(20, look)
            return
        found.recover.click()
        for edit, words in ((found.printed, stick.printed), (found.new_login, LOGIN), (found.new_password, NEW), (found.again, NEW)):
            edit.setText(words)
        QTest.keyClick(found.again, Qt.Key.Key_Return)

    QTimer.singleShot(20, look)


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_on_a_new_pc_the_paper_opens_it_and_every_later_start_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Callable[[], app.Program], qtbot: Any, spoken: str
) -> None:
    stick = Stick(tmp_path, monkeypatch, guarded=True)
    speech.switch(spoken)
    program = opened()
    usual, seen = program.store.path, list[str]()
    single.listen(program)
    assert single.raised(usual)
    choose(monkeypatch, stick.file)
    answer(qtbot, seen, say(from_elsewhere.OPEN_IT))
    recovered(qtbot, stick)
    program.window.go("today")
    qtbot.waitUntil(lambda: program.window.page("today").welcome.isVisible(), timeout=PATIENCE)
    first = program.window
    program.window.page("today").welcome.back_link.click()
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    assert "crm-2.db" in seen[0]
    assert "crm.db" in seen[0]
    assert program.store.path == usual.with_name("crm-2.db")
    assert names(program) == [CLIENT]
    assert program.store.guarded
    assert program.settings.person, "who used the paper is signed in"
    strip = program.window.strips.strip(rescue.MENDED)
    assert strip is not None
    assert "crm-2.db" in strip.words.text()
    assert stick.file.read_bytes() == stick.before
    assert usual.exists()
    assert single.raised(program.store.path), "a second start brings this window to the front"
    assert not single.raised(usual)
    program.close()
    assert cli.default_database() == usual.with_name("crm-2.db"), "the command line means the same data"

    monkeypatch.setattr(app, "_came_in", lambda path, settings: bool(sign_in.open_with_password(path, LOGIN, NEW)))
    program = opened()
    assert names(program) == [CLIENT]
    program.window.go("settings")
    link = program.window.page("settings").usual_link
    assert link.isVisible()
    second = program.window
    monkeypatch.setattr(app, "_came_in", lambda path, settings: True)
    link.click()
    qtbot.waitUntil(lambda: program.window is not None and program.window is not second, timeout=PATIENCE)
    assert program.store.path == usual
    assert names(program) == []
    program.window.go("settings")
    assert not program.window.page("settings").usual_link.isVisible()
    assert Settings().get(OWN_FILE) == ""


def test_a_backup_of_the_open_data_takes_their_place(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the large file was copied to the stick, with what leads to its key."""
    program = opened()
    desk = Desk(program.store, "Li Na")
    account(desk, CLIENT)
    with closing(program.store.open_reader()) as reader:
        made = backup.make(program.store, reader, tmp_path / "stick.backup").path
    manifest(made).unlink()
    account(desk, "Later")
    first = program.window
    choose(monkeypatch, made)
    ask(program, qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    assert names(program) == [CLIENT]
    assert Settings().get(OWN_FILE) == ""
    assert list(program.store.path.parent.glob("crm.db.before-restore-*"))


@pytest.mark.parametrize("where", ["there", "not there", "not chosen"])
def test_without_passwords_the_key_comes_from_its_folder(
    opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    stick = Stick(tmp_path, monkeypatch, guarded=False)
    program = opened()
    first, seen = program.window, list[str]()
    choose(monkeypatch, stick.file, {"there": stick.keys, "not there": tmp_path, "not chosen": None}[where])
    answer(qtbot, seen, "Open it", "Choose …")
    ask(program, qtbot)
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=PATIENCE)
    assert "is not on this PC" in seen[1]
    if where == "there":
        qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
        assert names(program) == [CLIENT]
        return
    if where == "not there":
        qtbot.waitUntil(lambda: "is not in" in program.window.toast.label.text(), timeout=PATIENCE)
    qtbot.wait(200)
    assert program.window is first
    assert names(program) == []
    assert not program.store.path.with_name("crm-2.db").exists()
    assert not keys.id_file(program.store.path.with_name("crm-2.db")).exists()


@pytest.mark.parametrize(
    ("kind", "presses"), [("no file", ()), ("not ours", ()), ("unwanted", ("Cancel",)), ("altered", ("Open it", "Choose …"))], ids=lambda given: given if isinstance(given, str) else ""
)
def test_what_cannot_come_back_changes_nothing(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, presses: tuple[str, ...]) -> None:
    stick = Stick(tmp_path, monkeypatch, guarded=False)
    program = opened()
    first, seen = program.window, list[str]()
    file: Path | None = stick.file
    if kind == "not ours":
        keys.id_file(stick.file).unlink()
    if kind == "altered":
        at = len(stick.before) // 2
        stick.file.write_bytes(stick.before[:at] + b"?" * 64 + stick.before[at + 64 :])
    choose(monkeypatch, None if kind == "no file" else file, stick.keys)
    answer(qtbot, seen, *presses)
    ask(program, qtbot)
    if kind == "altered":
        qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
        assert "is not as it was when it was made" in program.window.toast.label.text()
    if kind == "not ours":
        qtbot.waitUntil(lambda: "is not a database of this program" in program.window.toast.label.text(), timeout=PATIENCE)
    if kind == "unwanted":
        qtbot.waitUntil(lambda: len(seen) == 1, timeout=PATIENCE)
    qtbot.wait(200)
    assert names(program) == []
    assert program.store.path.name == "crm.db"
    assert Settings().get(OWN_FILE) == ""
    assert not program.store.path.with_name("crm-2.db").exists()


@pytest.mark.parametrize("wanted", [True, False])
def test_where_the_disk_of_the_data_is_away_nothing_new_is_begun(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: bool) -> None:
    away = tmp_path / "away" / "crm-2.db"
    Settings().set(OWN_FILE, str(away))
    monkeypatch.setattr(from_elsewhere, "nobody_sees", lambda: False)
    seen: list[str] = []
    answer(qtbot, seen, say(from_elsewhere.USUAL) if wanted else "Cancel")
    found = app._begin("", Settings())
    assert "crm-2.db" in seen[0]
    assert not away.parent.exists()
    assert (found is not None) is wanted
    assert Settings().get(OWN_FILE) == ("" if wanted else str(away))
    if found is not None:
        assert found.store.path.name == "crm.db"
        found.close()


def test_where_nobody_sees_a_question_it_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Settings().set(OWN_FILE, str(tmp_path / "away.db"))
    assert app._begin("", Settings()) is None
    assert "Is its disk connected?" in capsys.readouterr().err
    (tmp_path / "one.csv").write_text("name,type\n甲,company\n", "utf-8")
    assert cli.run(["import", str(tmp_path / "one.csv"), "--as", "accounts"]) == 1
    assert "There is no database at" in capsys.readouterr().err
    assert not (tmp_path / "away.db").exists()


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_with_backups_elsewhere_a_copy_of_the_key_is_asked_for(
    opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: str
) -> None:
    """And with it another PC opens them; nothing is asked while all lies on one disk."""
    speech.switch(spoken)
    program = opened()
    account(Desk(program.store, "Li Na"), CLIENT)
    program.window.go("settings")
    card = program.window.page("settings").backups
    qtbot.waitUntil(lambda: bool(card.note.text()), timeout=PATIENCE)
    assert not card.key.isVisible()
    stick, disk = tmp_path / "stick", tmp_path / "disk"
    for each in (stick, disk):
        each.mkdir()
    card.back_up()
    qtbot.waitUntil(lambda: card.list.rowCount() == 1, timeout=PATIENCE)
    card.second.take(str(disk))
    qtbot.waitUntil(lambda: bool(list(disk.rglob("*.backup.json"))), timeout=PATIENCE)
    assert card.key.isVisible()
    assert card.key.words.text() == say(pages_key.NEEDED)
    assert card.key.words.property("class") == "warning"
    choose(monkeypatch, None, stick)
    qtbot.mouseClick(card.key.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: str(stick) in card.key.words.text(), timeout=PATIENCE)
    (copy,) = stick.iterdir()
    assert copy.read_text() == program.store.keys.secret
    assert copy.stat().st_mode & 0o077 == 0
    (file,) = disk.rglob("*.backup")
    program.close()

    live_in(monkeypatch, tmp_path / "new")
    program = opened()
    first, seen = program.window, list[str]()
    choose(monkeypatch, file, stick)
    answer(qtbot, seen, say(from_elsewhere.OPEN_IT), say(Text("Choose …")))
    ask(program, qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    assert names(program) == [CLIENT]


def test_where_passwords_are_set_no_key_is_given_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        desk = Desk(store, "Li Na")
        person = desk.save(STAFF, None, 0, {"name": "李娜", "role": "dosm"}).rows[0][1]
        sign_in.begin(desk, person, LOGIN, WORDS, wraps.new_recovery())
        with pytest.raises(Refused, match="recovery key"):
            keys.copy_key(store.keys, tmp_path)
    assert not list(tmp_path.glob("*.key"))
