"""Starting the program: what is said when something is missing, where things are made, the backup that comes by itself."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import app
from crm_desktop.desk.settings import Settings, preferred_language
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import say, use
from crm_desktop.store import backup
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
    qtbot.waitUntil(lambda: len(program.window.page("today").cards) == 3, timeout=PATIENCE)
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


def test_a_broken_settings_file_means_the_defaults(own: Path) -> None:
    (own / "settings").mkdir(parents=True)
    (own / "settings" / "settings.json").write_text("{broken")
    settings = Settings()
    assert settings.get("language", "en") == "en"
    settings.set("rail_narrow", True)
    assert Settings().get("rail_narrow", False) is True
    assert Settings().get("rail_narrow", "text") == "text"  # another type is not what was asked for
