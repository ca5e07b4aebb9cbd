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
from crm_desktop.desk import attachments, sign_in
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import OWN_FILE, Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.settings import pages_key
from crm_desktop.record.text import Refused, say
from crm_desktop.store import backup, database, files, key_copy, keys, restoring, wraps
from crm_desktop.store.folders import data_folder, manifest, private_folder
from crm_desktop.store.store import Store
from crm_desktop.ui import from_elsewhere, jobs, rescue, single, speech, theme
from crm_desktop.ui.sign_in import SignIn
from tests.conftest import live_in
from tests.samples import account

PATIENCE = 20_000
LOGIN, WORDS, NEW = "lina", "correct horse battery", "wisteria by the gate"
CLIENT = "东方船务"
WAITING: list[list[str]] = []  # presses that this test still waits for


@pytest.fixture(autouse=True)
def house(qapp: QApplication, cheap_passwords: None) -> Iterator[None]:
    if qapp.property("look") is None:
        theme.apply(qapp, dark=False)
    yield
    WAITING.clear()
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
    WAITING.append(left)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if left not in WAITING:
            return
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
    answer(qtbot, seen, say(from_elsewhere.OPEN_IT), say(from_elsewhere.WITH_SHEET))
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
    first, seen = program.window, list[str]()
    choose(monkeypatch, made)
    answer(qtbot, seen, "Cancel", "Restore")
    ask(program, qtbot)
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=PATIENCE)
    assert "take the place of those that are open" in seen[0]
    assert names(program) == [CLIENT, "Later"]
    ask(program, qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    assert names(program) == [CLIENT]
    assert Settings().get(OWN_FILE) == ""
    assert list(program.store.path.parent.glob("crm.db.before-restore-*"))


@pytest.mark.parametrize("where", ["there", "not there", "not chosen", "another one", "cut"])
def test_without_passwords_the_key_comes_from_its_folder(
    opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    stick = Stick(tmp_path, monkeypatch, guarded=False)
    (key,) = stick.keys.glob("*.key")
    for folder, words in (("another one", "0" * 64), ("cut", key.read_text()[:20])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / key.name).write_text(words)
    program = opened()
    first, seen = program.window, list[str]()
    choose(monkeypatch, stick.file, {"there": stick.keys, "not there": tmp_path, "not chosen": None}.get(where, tmp_path / where))
    answer(qtbot, seen, "Open it", "Choose the folder …")
    ask(program, qtbot)
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=PATIENCE)
    assert "is not on this PC" in seen[1]
    if where == "there":
        qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
        assert names(program) == [CLIENT]
        return
    if where != "not chosen":
        words = "is not in" if where == "not there" else "does not open these data"
        qtbot.waitUntil(lambda: words in program.window.toast.label.text(), timeout=PATIENCE)
    qtbot.wait(200)
    assert program.window is first
    assert not (keys.key_folder() / key.name).exists(), "a key that opens nothing is not kept"
    assert names(program) == []
    assert not program.store.path.with_name("crm-2.db").exists()
    assert not keys.id_file(program.store.path.with_name("crm-2.db")).exists()


@pytest.mark.parametrize(
    ("kind", "presses"), [("no file", ()), ("not ours", ()), ("unwanted", ("Cancel",)), ("altered", ("Open it", "Choose the folder …"))], ids=lambda given: given if isinstance(given, str) else ""
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
        qtbot.waitUntil(lambda: "is not beside the backup" in program.window.toast.label.text(), timeout=PATIENCE)
    if kind == "unwanted":
        qtbot.waitUntil(lambda: len(seen) == 1, timeout=PATIENCE)
    qtbot.wait(200)
    assert names(program) == []
    assert program.store.path.name == "crm.db"
    assert Settings().get(OWN_FILE) == ""
    assert not program.store.path.with_name("crm-2.db").exists()


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("kind", ["away", "newer"])
def test_where_the_data_of_this_pc_do_not_open_the_usual_ones_are_offered(
    opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, wanted: bool
) -> None:
    """Their disk is away, or they are of a newer version: nothing new is begun in their place."""
    file = tmp_path / "away" / "crm-2.db"
    if kind == "newer":
        made_newer(file, monkeypatch)
    Settings().set(OWN_FILE, str(file))
    monkeypatch.setattr(app, "nobody_sees", lambda: False)
    seen: list[str] = []
    answer(qtbot, seen, say(rescue.USUAL) if wanted else "Close")
    found = app._begin("", Settings())
    assert ("is not there" if kind == "away" else "newer version") in seen[0]
    assert file.parent.exists() == (kind == "newer")
    assert (found is not None) is wanted
    assert Settings().get(OWN_FILE) == ("" if wanted else str(file))
    if found is not None:
        assert found.store.path.name == "crm.db"
        found.close()


def made_newer(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of a version to come."""
    with Store(file, RECORDS, create=True) as store:
        store.writer.execute("create table of_the_future (id integer primary key, version integer not null, gone text) strict")
        store.writer.execute("update _sqlite_migrations set name = 'declared of the future' where id = (select max(id) from _sqlite_migrations where name like 'declared %')")


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
    answer(qtbot, seen, say(from_elsewhere.OPEN_IT), say(from_elsewhere.WITH_FOLDER))
    ask(program, qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    assert names(program) == [CLIENT]


def test_where_passwords_are_set_no_key_is_given_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        desk = Desk(store, "Li Na")
        person = desk.save(STAFF, None, 0, {"name": "李娜", "role": "dosm"}).rows[0][1]
        sign_in.begin(desk, person, LOGIN, WORDS, wraps.new_recovery())
        with pytest.raises(Refused, match="recovery key"):
            key_copy.copy_key(store.keys, tmp_path)
    assert not list(tmp_path.glob("*.key"))


def test_a_backup_that_does_not_open_here_leaves_all_as_it_was(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a newer version: the usual data are open again, and so are they at the next start."""
    file = tmp_path / "new" / "crm.db"
    made_newer(file, monkeypatch)
    with closing(database.connect(file, keys.read_keys(file))) as db, closing(database.connect(tmp_path / "x.backup", keys.read_keys(file))) as copy:
        db.backup(copy)
        copy.execute("pragma journal_mode = delete")
    keys.copy_id(file, tmp_path / "x.backup")
    program = opened()
    first, seen = program.window, list[str]()
    choose(monkeypatch, tmp_path / "x.backup")
    answer(qtbot, seen, "Open it")
    ask(program, qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "newer version" in program.window.toast.label.text(), timeout=PATIENCE)
    assert program.store.path.name == "crm.db"
    assert Settings().get(OWN_FILE) == ""
    assert opened().store.path.name == "crm.db"


@pytest.mark.parametrize("which", ["open", "beside"])
def test_data_that_people_work_in_are_no_backup(opened: Callable[[], app.Program], qtbot: Any, monkeypatch: pytest.MonkeyPatch, which: str) -> None:
    """Their newest work is in the -wal; chosen by mistake they are left alone, and open as before."""
    other = private_folder(data_folder()) / "crm-7.db"
    Store(other, RECORDS, create=True).close()
    program = opened()
    chosen = program.store.path if which == "open" else other
    choose(monkeypatch, chosen)
    answer(qtbot, [], *(["Restore"] if which == "open" else []))
    ask(program, qtbot)
    qtbot.waitUntil(lambda: "is not a backup of this program" in program.window.toast.label.text(), timeout=PATIENCE)
    assert not manifest(chosen).exists()
    program.close()
    Store(chosen, RECORDS).close()


def test_files_that_are_not_with_the_backup_are_told(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "contract.txt"
    paper.write_text("contract")
    program = opened()
    desk = Desk(program.store, "Li Na")
    attachments.add(desk, "account", account(desk, CLIENT), paper)
    with closing(program.store.open_reader()) as reader:
        made = backup.make(program.store, reader).path
    for pool in (made.parent / "files", files.folder(program.store.path)):
        shutil.rmtree(pool)
    first = program.window
    choose(monkeypatch, made)
    answer(qtbot, [], "Restore")
    ask(program, qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    strip = program.window.strips.strip(rescue.MENDED)
    assert strip is not None
    assert "1 attached files were not with the backup" in strip.words.text()


def test_the_folder_of_the_keys_brings_the_passwords(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has it, and a password, needs no paper."""
    stick = Stick(tmp_path, monkeypatch, guarded=True)
    program = opened()
    first, seen = program.window, list[str]()
    choose(monkeypatch, stick.file, stick.keys)
    answer(qtbot, seen, "Open it", "Choose the folder …")

    def door() -> None:
        found = next((each for each in QApplication.topLevelWidgets() if isinstance(each, SignIn) and each.isVisible()), None)
        if found is None:
            QTimer.singleShot(20, door)
            return
        assert found.isModal()
        assert found.password.isVisible()
        found.login.setText(LOGIN)
        found.password.setText(WORDS)
        QTest.keyClick(found.password, Qt.Key.Key_Return)

    QTimer.singleShot(20, door)
    ask(program, qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    assert names(program) == [CLIENT]
    assert program.store.guarded
    assert program.settings.person


def test_a_door_that_is_closed_leaves_who_sat_here(opened: Callable[[], app.Program], qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    program = opened()
    program.settings.person = Desk(program.store, "Li Na").save(STAFF, None, 0, {"name": "李娜", "role": "dosm"}).rows[0][1]
    person, first = program.settings.person, program.window
    other = program.store.path.with_name("crm-7.db")
    Store(other, RECORDS, create=True).close()
    monkeypatch.setattr(app, "_came_in", lambda path, settings: path != other)
    program.window.data_asked.emit(str(other))
    qtbot.waitUntil(lambda: program.window is not None and program.window is not first, timeout=PATIENCE)
    assert program.store.path.name == "crm.db"
    assert program.settings.person == person
    assert Settings().get(OWN_FILE) == ""


def test_the_door_of_a_chosen_file_leads_to_the_usual_data(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who forgot the password of the one still has the other."""
    stick = Stick(tmp_path, monkeypatch, guarded=True)
    file = private_folder(data_folder()) / "crm-2.db"
    key_copy.take_key(stick.file, stick.keys)
    sign_in.open_with_password(stick.file, LOGIN, WORDS)
    restoring.restore(file, stick.file)
    keys._unlocked.clear()
    Settings().set(OWN_FILE, str(file))
    monkeypatch.setattr(app, "nobody_sees", lambda: False)

    def press() -> None:
        found = next((each for each in QApplication.topLevelWidgets() if isinstance(each, SignIn) and each.isVisible()), None)
        if found is None:
            QTimer.singleShot(20, press)
            return
        found.usual.click()

    QTimer.singleShot(20, press)
    program = opened()
    assert program.store.path.name == "crm.db"
    assert Settings().get(OWN_FILE) == ""


def test_data_that_lost_their_key_open_with_its_copy(opened: Callable[[], app.Program], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = opened()
    account(Desk(program.store, "Li Na"), CLIENT)
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = key_copy.copy_key(program.store.keys, stick)
    program.close()
    (keys.key_folder() / copy.name).unlink()
    monkeypatch.setattr(app, "nobody_sees", lambda: False)
    choose(monkeypatch, None, stick)
    seen: list[str] = []
    answer(qtbot, seen, say(rescue.KEY))
    program = opened()
    assert "is not on this PC" in seen[0]
    assert names(program) == [CLIENT]


def test_the_key_is_not_saved_beside_the_backups(tmp_path: Path) -> None:
    with Store(tmp_path / "crm.db", RECORDS, create=True) as store:
        (tmp_path / "disk" / "inner").mkdir(parents=True)
        for folder in (tmp_path / "disk", tmp_path / "disk" / "inner"):
            with pytest.raises(Refused, match="another place than that of the backups"):
                key_copy.copy_key(store.keys, folder, tmp_path / "disk")
    assert not list((tmp_path / "disk").rglob("*.key"))
