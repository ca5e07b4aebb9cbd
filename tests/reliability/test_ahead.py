"""A proven backup ahead of an import and of a check; what is said where none can be made, and both ways on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop import app, cli
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import LANGUAGE, Settings
from crm_desktop.record.text import use
from crm_desktop.store import ahead, backup, database, holding
from crm_desktop.store.store import Store
from tests.samples import account, csv_file

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PATIENCE = 120_000


def test_one_is_made_where_something_changed_and_none_is_fresh(store: Store, desk: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not ahead.is_wanted(store, reader), "nothing is there"
    account(desk, "Orient")
    assert ahead.secure(store, lambda: None) is None
    assert [one.facts["counts"]["account"] for one in backup.listed(store.path)] == [1]
    assert not ahead.is_wanted(store, reader), "nothing changed since"
    account(desk, "Later")
    assert ahead.is_wanted(store, reader)
    monkeypatch.setattr(ahead, "QUICK", 0)
    assert not ahead.is_wanted(store, reader), "it would take long, and there is one of this half hour"
    for minutes, wanted in ((29, False), (31, True), (-1, True)):
        monkeypatch.setattr(backup, "age", lambda _stamp, minutes=minutes: dt.timedelta(minutes=minutes))
        assert ahead.is_wanted(store, reader) == wanted, minutes


def test_saving_does_not_make_the_copying_begin_anew(store: Store, desk: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    account(desk, "Before")
    saved: list[int] = []

    def save() -> None:
        assert len(saved) < 1000, "it began anew each time"
        saved.append(account(desk, f"While {len(saved)}"))

    monkeypatch.setattr(backup, "PAGES_AT_A_TIME", 100)
    made = backup.make(store, reader, step=save)
    assert len(saved) > 3
    assert made.facts["counts"]["account"] == 1, "what was there when it began"
    assert reader.execute("select count(*) from account").fetchone()[0] == 1 + len(saved), "nothing is held on to afterwards"


def test_a_fresh_one_is_as_new_as_those_made_by_themselves() -> None:
    assert ahead.FRESH == dt.timedelta(milliseconds=app.BACKUP_EVERY) == dt.timedelta(minutes=30)


class Enough(Exception):
    """Nobody wants the backup any more."""


def test_one_that_is_not_wanted_any_more_stops_while_it_is_proven(store: Store, desk: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    account(desk, "Orient")
    steps: list[bool] = []

    def step() -> None:
        steps.append(True)
        if len(steps) > 3:
            raise Enough

    monkeypatch.setattr(holding, "STEPS", 100)
    monkeypatch.setattr(backup, "PAGES_AT_A_TIME", -1)  # the copying is one step
    with pytest.raises(Enough):
        backup.make(store, reader, step=step)
    assert list(backup.folder(store.path).iterdir()) == []
    assert backup.make(store, reader).facts["counts"]["account"] == 1


def test_the_command_line_has_one_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, files = tmp_path / "crm.db.backups", [csv_file(tmp_path / f"{n}.csv", ("name", "type"), (f"Client {n}", "company")) for n in range(3)]

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = cli.run([*words, "--data", str(tmp_path / "crm.db")])
        return (status, *capsys.readouterr())

    assert run("import", str(files[0]), "--as", "accounts")[0] == 0
    assert not place.exists(), "nothing was there before"
    place.write_text("in the way")
    status, out, err = run("import", str(files[1]), "--as", "accounts")
    assert (status, out) == (1, "")
    assert "no backup of what is here could be made first" in err
    status, out, err = run("check")
    assert (status, out) == (0, "Everything is as it was saved.\n")
    assert "No backup could be made before the check." in err
    assert run("import", str(files[1]), "--as", "accounts", "--without-backup")[0] == 0
    place.unlink()
    assert run("import", str(files[2]), "--as", "accounts", "--dry-run")[0] == 0
    assert not place.exists(), "nothing changes"
    assert run("import", str(files[2]), "--as", "accounts")[0] == 0
    assert [one.facts["counts"]["account"] for one in backup.listed(tmp_path / "crm.db")] == [2]
    assert run("check") == (0, "Everything is as it was saved.\n", "")
    assert len(backup.listed(tmp_path / "crm.db")) == 2


@pytest.fixture(params=["en", "zh_CN"])
def program(store: Store, desk: Desk, qtbot: Any, request: pytest.FixtureRequest) -> Iterator[app.Program]:
    """The window on a database with one client, in both languages."""
    account(desk, "Orient")
    store.close()
    settings = Settings()
    settings.set(LANGUAGE, request.param)
    use(request.param)
    made = app.Program(store.path, settings)
    made.window.show()
    yield made
    made.window.close()
    made.close()
    use("en")


def clients(program: app.Program) -> int:
    with closing(program.store.open_reader()) as reader:
        return int(reader.execute("select count(*) from account where gone is null").fetchone()[0])


def blocked(program: app.Program) -> Path:
    """Something else stands where the backups would go."""
    place = backup.folder(program.store.path)
    place.write_text("in the way")
    return place


def compared(program: app.Program, folder: Path, qtbot: Any) -> Any:
    """The import page with a file of two clients, ready to be brought in."""
    file = csv_file(folder / "clients.csv", ("name", "type"), ("Aurora", "company"), ("Borealis", "company"))
    program.window.go("import", file=str(file), record="account")
    page = program.window.page("import")
    qtbot.waitUntil(lambda: page._summary is not None and page.go_button.isEnabled(), timeout=PATIENCE)
    assert page._summary.added == 2
    return page


def test_an_import_has_a_backup_of_what_was_there(program: app.Program, tmp_path: Path, qtbot: Any) -> None:
    page = compared(program, tmp_path, qtbot)
    qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done_label.text() != "", timeout=PATIENCE)
    assert clients(program) == 3
    assert [one.facts["counts"]["account"] for one in backup.listed(program.store.path)] == [1]
    assert page.no_backup.isHidden()


@pytest.mark.parametrize("way", ["again", "without"])
def test_where_none_can_be_made_both_ways_are_offered(program: app.Program, tmp_path: Path, qtbot: Any, way: str) -> None:
    page, place = compared(program, tmp_path, qtbot), blocked(program)
    qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.no_backup.isVisible, timeout=PATIENCE)
    assert clients(program) == 1
    assert ("Nothing was imported yet" in page.no_backup.words.text()) == (program.settings.get(LANGUAGE) == "en")
    assert program.window.busy.isHidden()
    if way == "without":
        qtbot.mouseClick(page.no_backup.go_on, Qt.MouseButton.LeftButton)
    else:
        place.unlink()
        qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done_label.text() != "", timeout=PATIENCE)
    assert clients(program) == 3
    assert page.no_backup.isHidden()
    assert len(backup.listed(program.store.path)) == (way == "again")


def test_into_a_damaged_file_nothing_is_brought(program: app.Program, tmp_path: Path, qtbot: Any) -> None:
    page = compared(program, tmp_path, qtbot)
    page.no_backup.tell(database.MALFORMED)
    assert page.no_backup.isVisible()
    assert not page.no_backup.go_on.isVisible()
    qtbot.waitUntil(lambda: program.window.toast.label.text() != "", timeout=PATIENCE)  # it was looked at again: all is well
    program.window.go("today")


def test_a_check_has_one_too_and_says_where_it_could_not(program: app.Program, qtbot: Any) -> None:
    place = blocked(program)
    program.window.go("settings")
    page = program.window.page("settings")
    said: list[str] = []
    for made in (0, 1):
        qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: program.window.busy.isHidden() and page.answer.isVisible(), timeout=PATIENCE)
        said.append(page.answer.text())
        assert len(backup.listed(program.store.path)) == made
        place.unlink(missing_ok=True) if not made else None
    well = {"en": "Everything is as it was saved.", "zh_CN": "一切与保存时一致。"}[program.settings.get(LANGUAGE)]
    assert said[1] == well
    assert said[0].startswith(well)
    assert len(said[0]) > len(well) + 10
