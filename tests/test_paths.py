"""The program where its folders and files are called what people really call them, and worse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import cli
from crm_desktop.app import Program, _begin
from crm_desktop.desk.settings import Settings
from crm_desktop.record.text import Refused
from crm_desktop.store import backup
from crm_desktop.store.store import Store
from tests.kept import Kept
from tests.samples import REPOSITORY, VARIABLES, csv_file

HEAD = ("hotel", "arrival", "departure", "status", "rate")
ROW = ("滨江酒店", "2026-11-16", "2026-11-18", "Check-Out", "500.00")
DEEP = "很长的文件夹名" * 10  # 210 bytes
FOLDERS = ("酒店 销售部 data", "Ünïcode & 'quotes' 100% #1", "客户?*|<>" if os.name != "nt" else "客户", f"{DEEP}/很长的文件夹名")
PATIENCE = 20_000


def program(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The real program with its folders below `folder`."""
    own = {name: str(folder / name.rsplit("_", 1)[1].lower()) for name in VARIABLES}
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "main.py"), *words], env=os.environ | own | {"LANG": "C", "LC_ALL": "C"} | environment,
        capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_everything_works_in_any_folder(tmp_path: Path, name: str) -> None:
    """Import, report, export, check, backup and restore, with the terminal's locale set to nothing."""
    folder = tmp_path / name
    folder.mkdir(parents=True)
    bookings = csv_file(folder / "预订 (11月).csv", HEAD, ROW)
    for words in (
        ("import", str(bookings), "--as", "stays"), ("export", "stays", "--to", str(folder / "导出 stays.csv")), ("check",), ("backup",),
        ("plain-copy", "--to", str(folder / "副本.sqlite")), ("restore",),
    ):  # fmt: skip
        done = program(folder, *words)
        assert done.returncode == 0, (words, done.stderr.decode())
    done = program(folder, "report", "production", "--by", "hotel", "--format", "json")
    assert json.loads(done.stdout.decode("utf-8"))["rows"][0]["key"] == "滨江酒店"
    assert "滨江酒店" in (folder / "导出 stays.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", FOLDERS)
def test_the_window_opens_in_any_folder(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, str(tmp_path / name / variable))
    running = Program("", Settings())
    running.window.show()
    qtbot.waitUntil(lambda: len(running.window.page("today").cards) >= 3, timeout=PATIENCE)
    with closing(running.store.open_reader()) as reader:
        assert backup.make(running.store, reader).path.exists()
    running.close()


@pytest.mark.parametrize("name", ["CON.csv", "nul", "LPT1.txt", "长" * 90 + ".csv", "x" * 300, "NUL/客户.csv"])
def test_a_name_no_file_can_have_is_refused_in_a_sentence(tmp_path: Path, empty: Kept, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data", str(empty.copy(tmp_path / "data" / "crm.db")))
    assert cli.run(["import", str(csv_file(tmp_path / "s.csv", HEAD, ROW)), "--as", "stays", *data]) == 0
    before = sorted(os.listdir(tmp_path))
    for words in (("export", "stays", "--to"), ("plain-copy", "--to"), ("backup", "--to")):
        capsys.readouterr()
        assert cli.run([*words, str(tmp_path / name), *data]) == 1
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("name", ["x" * 300, "x" * 250, "NUL", "nul.db", "d" * 300 + "/crm.db", f"{DEEP}/{DEEP}/crm.db"])
def test_a_database_with_such_a_name_is_refused_in_a_sentence(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str], qtbot: Any) -> None:
    with pytest.raises(Refused):
        Store(tmp_path / name, (), create=True)
    assert _begin(str(tmp_path / name), Settings()) is None  # the window says it and ends
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert os.listdir(tmp_path) in ([], ["person"])


def test_a_file_to_import_that_cannot_be_named_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = program(tmp_path, "import", str(tmp_path / ("长" * 200)), "--as", "stays")
    assert done.returncode == 1
    assert len(done.stderr.decode("utf-8").strip().splitlines()) == 1


def test_refused_rows_of_a_file_with_a_very_long_name_are_kept(tmp_path: Path) -> None:
    bookings = csv_file(tmp_path / ("长" * 83 + ".csv"), HEAD, ROW, ("滨江酒店", "soon", "2026-11-18", "Check-Out", "1"))
    done = program(tmp_path, "import", str(bookings), "--as", "stays")
    assert done.returncode == 0, done.stderr.decode()
    assert len(list((tmp_path / "data" / "refused").iterdir())) == 1
