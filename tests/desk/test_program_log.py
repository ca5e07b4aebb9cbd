"""The program's own log: what happened, where in the code, and nothing of anybody's data."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import VERSION
from crm_desktop.desk import program_log
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.program_log import CRASH, CRASH_BEFORE, FILE, KEPT, LARGEST
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.exchange.apart import once
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.database import explain
from crm_desktop.store.folders import state_folder
from crm_desktop.ui import jobs
from tests.samples import added, csv_file, imported

MARKS = ("欧阳秘密", "Zyxwv Quark", "13987654321", "z.quark@example.org")


def log() -> str:
    found = sorted(state_folder().glob(FILE + "*"))
    return "".join(path.read_text("utf-8") for path in found)


def caught(work: Any, *arguments: Any) -> Exception:
    try:
        work(*arguments)
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def _lookup(mark: str) -> None:
    {"name": 1}[mark]


def _convert(mark: str) -> None:
    try:
        int(mark + "?")
    except ValueError as error:
        raise RuntimeError(f"{mark} cannot be saved") from error


def _open(mark: str) -> None:
    (Path("/no such folder") / mark).read_bytes()


def test_errors_are_written_without_what_they_say(desk: Desk) -> None:
    for mark in MARKS:
        for work in (_lookup, _convert, _open):
            program_log.failed(caught(work, mark))
        database = caught(desk.store.writer.execute, f"select name from nowhere where name = '{mark}'")
        said = explain(database)
        said.__cause__ = database  # as the store raises it
        program_log.failed(said)
        program_log.failed(caught(exec, f"raise ValueError({mark!r})"))
    words = log()
    assert not [mark for mark in MARKS if mark in words]
    for expected in ("builtins.KeyError", "RuntimeError", "builtins.ValueError", "FileNotFoundError [2]", "_convert"):
        assert expected in words
    assert "OperationalError" in words or "ServerError" in words
    assert "test_program_log.py:" in words
    assert str(Path.home()) not in words


def test_nothing_of_the_data_gets_out_when_work_goes_wrong(desk: Desk, tmp_path: Path, qtbot: Any) -> None:
    """Names, numbers and search words through everything that fails: a save, a search, an import, a job, a thread."""
    name, latin, phone, mail = MARKS
    added(desk, PERSON, name=name, mobile=phone, email=mail)
    jobs.start(desk.store.open_reader, lambda: desk)
    failures: list[Exception] = []

    def search(reader: Any, job: jobs.Job) -> None:
        reader.execute("select name from person where nothing = ?", (name,))

    def save(desk: Desk, job: jobs.Job) -> None:
        row = {"name": latin, "mobile": phone}
        raise LookupError(row)

    for kind, work in ((jobs.read, search), (jobs.act, save), (jobs.work, search)):
        _run(kind, work, failures, qtbot)
    failures.append(caught(partial(desk.save, ACCOUNT, None, 0, {"name": "", "code": latin})))
    bad = csv_file(tmp_path / f"{name}.csv", ["name", "birthday"], [latin, phone])
    failures.append(caught(imported, desk, bad, PERSON, "no such mapping"))
    for error in failures:
        program_log.failed(error)
    failures.append(caught(once, _burst, _Silent(), name))
    jobs.close()
    words = log()
    assert len(failures) == 6
    assert not [mark for mark in MARKS if mark in words]
    assert words.count("LookupError") == 1  # once, though it went through the job and through here
    assert "ZeroDivisionError" in words  # from the process of its own
    assert isinstance(failures[3], Invalid)
    assert "Invalid" not in words  # a sentence the person has read


def _run(kind: Any, work: Any, failures: list[Exception], qtbot: Any) -> None:
    from PySide6.QtCore import QObject

    owner, before = QObject(), len(failures)
    kind(owner, work, print, failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) > before)


class _Silent:
    def step(self, done: int, total: int) -> None:
        """Nobody watches."""


def _burst(progress: Any, name: str) -> Any:
    yield {name: 1 / 0}


def test_a_thread_that_breaks_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: told.append(what))
    monkeypatch.setattr(threading, "excepthook", told.append)
    program_log.watch()
    thread = threading.Thread(target=_lookup, args=(MARKS[0],))
    thread.start()
    thread.join()
    error = caught(_convert, MARKS[1])
    sys.excepthook(type(error), error, error.__traceback__)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(told) == 3  # Python's own words come as before
    words = log()
    assert words.count("ERROR") == 2
    assert "KeyError" in words
    assert "RuntimeError" in words
    assert not [mark for mark in MARKS if mark in words]


def test_start_end_and_long_work() -> None:
    program_log.started(0.84)
    program_log.slow(partial(_convert, MARKS[0]), 2.34)
    program_log.slow(partial(_convert, MARKS[0]), 0.99)
    program_log.ended()
    lines = log().splitlines()
    assert f"started {VERSION} in 0.84 s" in lines[0]
    assert lines[1].endswith("tests.desk.test_program_log._convert took 2.3 s")
    assert lines[2].endswith(f"ended {VERSION}")
    assert len(lines) == 3


def test_what_was_only_refused_is_not_written() -> None:
    program_log.failed(Refused(Text("There is nothing to undo.")))
    assert log() == ""


def test_it_does_not_grow_for_ever() -> None:
    for _ in range(LARGEST * (KEPT + 2) // 60_000):
        program_log._write("ERROR", "x" * 60_000)
    files = list(state_folder().glob(FILE + "*"))
    assert len(files) == KEPT + 1
    assert all(path.stat().st_size <= LARGEST for path in files)


def test_a_log_that_cannot_be_written_stops_nobody() -> None:
    state_folder().parent.mkdir(parents=True, exist_ok=True)
    state_folder().write_text("in its place")
    program_log.ended()
    assert state_folder().read_text() == "in its place"


def test_a_death_of_the_process_leaves_lines_of_code_only() -> None:
    """And is said in the log by the next run, which keeps it beside."""
    code = "import os, crm_desktop.desk.program_log as log\nlog.keep_crashes()\ndef save(name):\n    os.abort()\nsave('13800138000')"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    for name in (CRASH, CRASH_BEFORE):
        words = (state_folder() / name).read_text()
        assert "Fatal Python error" in words
        assert "in save" in words
        assert "138" not in words
    assert log().count("ERROR") == 1
    assert (state_folder() / CRASH).stat().st_mode & 0o077 == 0


def test_nothing_is_loaded_before_there_is_something_to_write() -> None:
    code = "import sys, crm_desktop.desk.program_log as log; log.watch(); print('logging' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
