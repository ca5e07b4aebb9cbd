"""Starting the program: what is said when something is missing, where things are made, the backup that comes by itself."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from crm_desktop import VERSION, app
from crm_desktop.desk import program_log
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import Settings, preferred_language
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import say, use
from crm_desktop.store import backup
from crm_desktop.store.folders import state_folder
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs, theme

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 20_000


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRM_DESKTOP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CRM_DESKTOP_SETTINGS", str(tmp_path / "settings"))
    return tmp_path


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X11 and Wayland can be missing")
def test_a_missing_screen_or_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    use("en")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    problem = app.missing_screen()
    assert problem is not None
    assert "no screen" in say(problem)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None if name == "xcb-cursor" else name)
    problem = app.missing_screen()
    assert problem is not None
    assert "xcb-cursor" in say(problem)
    assert "apt install" in say(problem)
    monkeypatch.setattr("ctypes.util.find_library", lambda name: name)
    assert app.missing_screen() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X11 and Wayland can be missing")
def test_without_a_screen_the_program_ends_with_one_sentence(own: Path) -> None:
    gone = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    environment = {k: v for k, v in os.environ.items() if k not in gone}
    done = subprocess.run([sys.executable, "main.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_missing_chinese_font_is_said(own: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "has_chinese_font", lambda: False)
    program = app.Program("", Settings())
    program.window.show()
    assert "fonts-noto-cjk" in program.window.toast.label.text()
    program.close()


def test_the_first_start_asks_nothing_and_makes_its_own(own: Path, qtbot: Any) -> None:
    program = app.Program("", Settings())
    program.window.show()
    qtbot.waitUntil(lambda: len(program.window.page("today").cards) >= 3, timeout=PATIENCE)
    database = own / "data" / "crm.db"
    assert database.exists()
    keys = list((own / "settings" / "keys").glob("*.key"))
    assert len(keys) == 1
    assert len(keys[0].read_text()) == 96
    if os.name != "nt":
        for private in (database, keys[0], database.with_name("crm.db.id")):
            assert stat.S_IMODE(private.stat().st_mode) == 0o600
    program.close()


def test_a_backup_comes_by_itself_when_something_changed(own: Path, qtbot: Any) -> None:
    program = app.Program("", Settings())
    program._back_up()
    assert program._backups.interval() == app.BACKUP_EVERY
    with qtbot.waitSignal(jobs.hub().changed, timeout=PATIENCE):
        jobs.act(program.window, lambda desk, job: desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company"}))
    assert backup.listed(program.store.path) == []  # nothing had changed when the first came
    program._back_up()
    qtbot.waitUntil(lambda: len(backup.listed(program.store.path)) == 1, timeout=PATIENCE)
    program._back_up()
    qtbot.wait(500)
    assert len(backup.listed(program.store.path)) == 1
    program.close()


@pytest.mark.parametrize(("locale", "spoken"), [("zh_CN.UTF-8", "zh_CN"), ("zh_TW", "zh_CN"), ("de_DE.UTF-8", "en"), ("C", "en")])
def test_the_first_language_is_that_of_the_pc(monkeypatch: pytest.MonkeyPatch, locale: str, spoken: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert preferred_language() == spoken


# the restore offered at start


def _worn(qtbot: Any) -> Path:
    """A database with a company and a backup, whose file was damaged since."""
    program = app.Program("", Settings())
    with qtbot.waitSignal(jobs.hub().changed, timeout=PATIENCE):
        jobs.act(program.window, lambda desk, job: desk.save(ACCOUNT, None, 0, {"name": "甲", "kind": "company"}))
    with closing(program.store.open_reader()) as reader:
        backup.make(program.store, reader)
    path = program.store.path
    program.close()
    path.write_bytes(b"x" * path.stat().st_size)
    return path


def _answer(number: int, seen: list[str]) -> None:
    """Press the button of this number with Return, as soon as the question is there."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.text())
        chosen = box.buttons()[number]
        seen.append(chosen.text())
        chosen.setFocus()
        QTest.keyClick(chosen, Qt.Key.Key_Return)

    QTimer.singleShot(0, press)


@pytest.mark.parametrize(("spoken", "offer"), [("en", "Restore the backup of 20"), ("zh_CN", "恢复")])
def test_a_damaged_database_offers_its_newest_backup(own: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch, spoken: str, offer: str) -> None:
    path = _worn(qtbot)
    use(spoken)
    monkeypatch.setattr(app, "nobody_sees", lambda: False)
    seen: list[str] = []
    _answer(0, seen)
    program = app._begin("", Settings())
    assert program is not None
    assert path.name in seen[0]
    assert offer in seen[1]
    with closing(program.store.open_reader()) as reader:
        assert reader.execute("select name from account").fetchall() == [("甲",)]
    assert len(list(path.parent.glob("crm.db.damaged-*"))) >= 1  # the damaged file is kept
    program.close()


def test_whoever_does_not_want_the_backup_gets_nothing_changed(own: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _worn(qtbot)
    damaged = path.read_bytes()
    monkeypatch.setattr(app, "nobody_sees", lambda: False)
    seen: list[str] = []
    _answer(-1, seen)
    assert app._begin("", Settings()) is None
    assert path.read_bytes() == damaged


def test_without_a_backup_one_that_lies_elsewhere_may_be_chosen(own: Path, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _worn(qtbot)
    stick = Path(shutil.move(backup.folder(path), tmp_path / "stick"))
    (file,) = stick.glob("*.backup")
    monkeypatch.setattr(app, "nobody_sees", lambda: False)
    seen: list[str] = []
    answers = iter([("", ""), (str(file), "")])

    def chosen(*_: Any) -> tuple[str, str]:
        found = next(answers)
        if not found[0]:
            _answer(0, seen)  # none was chosen: it is asked again
        return found

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    _answer(0, seen)
    program = app._begin("", Settings())
    assert program is not None
    assert [words.replace("&", "") for words in seen[1::2]] == ["Choose a backup …"] * 2
    assert seen[0] == seen[2]
    with closing(program.store.open_reader()) as reader:
        assert reader.execute("select name from account").fetchall() == [("甲",)]
    program.close()


def test_where_nobody_sees_a_window_the_sentence_is_printed_and_nothing_asked(own: Path, qtbot: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _worn(qtbot)
    assert app.nobody_sees()
    assert app._begin("", Settings()) is None
    assert "is damaged" in capsys.readouterr().err


# what the start tells


def test_older_data_is_brought_to_date_while_a_small_window_says_so(own: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(own / "data" / "crm.db", RECORDS[:-1], create=True) as older:
        Desk(older).save(ACCOUNT, None, 0, {"name": "甲", "kind": "company"})
    said: list[str] = []
    monkeypatch.setattr("crm_desktop.ui.waiting.say", lambda text: said.append(say(text)) or say(text))
    program = app.Program("", Settings())
    assert said == ["A backup is made, then the data is brought to this version"]
    assert len(backup.listed(program.store.path)) == 1
    program.close()


def test_the_start_is_measured_and_written_into_the_log(own: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "LOG_AFTER", 0)
    program = app.Program("", Settings())
    program.window.show()
    program.tell_start(time.monotonic() - 1.5)
    log = state_folder() / program_log.FILE
    qtbot.waitUntil(log.exists, timeout=PATIENCE)
    assert program.window.started_in >= 1.5
    assert f"started {VERSION} in {program.window.started_in:.2f} s" in log.read_text()
    program.close()
