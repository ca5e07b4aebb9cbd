"""All day long: opening forms and saving in them again and again leaves no widgets, no open files and no memory behind."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from crm_desktop import app
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import Settings
from crm_desktop.record import terms
from crm_desktop.store import backup
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs
from crm_desktop.ui.collecting import collect_due
from crm_desktop.ui.commands import load_readings
from tests.samples import account, stay

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory and files are counted in /proc"),
]
MIB = 1 << 20
PATIENCE, LOOKS = 20_000, 25
ALONE = "CRM_TEST_ALONE"
WARM, HALF_HOUR = 60, 100  # forms
STEADY = 4  # seconds in which nothing more is loaded
LONG = 1_000  # as often as this a day of its own process is worth while
PAGES = ("today", "stays", "people", "follow_ups")


def _open_files() -> int:
    time.sleep(0.02)
    return len(os.listdir("/proc/self/fd"))


class Held:
    """What the program holds now: widgets, open files, bytes."""

    def __init__(self) -> None:
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
            gc.collect()
        self.widgets = len(QApplication.allWidgets())
        self.files = min(_open_files() for _ in range(LOOKS))  # a thread may be reading a file just now
        self.bytes = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def done_alone(request: pytest.FixtureRequest) -> bool:
    """Run this test by itself in a new process, as a program is that has begun in the morning; False where that is so already.

    What other tests left in pieces of free memory is not what a day leaves."""
    if ALONE in os.environ:
        return False
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | {ALONE: "1"}
    words = ("-m", "pytest", "-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider", "-o", "faulthandler_timeout=0", "-m", "long or not long", request.node.nodeid)
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=request.config.rootpath, env=own, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    return True


def day(program: app.Program, ids: list[int], times: int, qtbot: Any) -> None:
    """Open one client after the other, and look at today after every fourth. 2,000 in ten hours are one in 18 seconds; what the
    window does each second is done after each."""
    window = program.window
    for n in range(times):
        row_id = ids[n % len(ids)]
        window.open_record("account", row_id)
        page = window.page("accounts")
        qtbot.waitUntil(lambda: page._sheet is not None and page._sheet.form.row_id == row_id, timeout=PATIENCE)  # noqa: B023
        if n % 4 == 0:
            window.go("today")
            QApplication.processEvents()
        collect_due()


def back_up(program: app.Program, qtbot: Any, *, new: bool = True) -> None:
    """What the window does every half hour: a backup, a `new` one where something changed, and the rest of its threads after it."""
    path, hub = program.store.path, jobs.hub()
    there = len(backup.listed(path))
    program._back_up()
    qtbot.waitUntil(lambda: len(backup.listed(path)) >= there + new and not hub._tasks and not any(worker._full for worker in hub._workers), timeout=PATIENCE)


def begun(qtbot: Any) -> None:
    """Until what the duties begin by themselves some seconds after the start is loaded: once a day, whatever is done in it."""
    same = 0
    while same < STEADY:
        known = len(sys.modules)
        qtbot.wait(1_000)
        same = same + 1 if len(sys.modules) == known else 0


@pytest.mark.parametrize(("times", "grown"), [(30, 8), pytest.param(2000, 1, marks=pytest.mark.long)])
def test_forms_opened_all_day_leave_nothing(request: pytest.FixtureRequest, store: Store, desk: Desk, qtbot: Any, times: int, grown: int) -> None:
    """`grown`: MiB at most; the short run has the noise of a few pages more. The half-hourly rest, which gives free memory back, comes after
    every hundred forms, as in a day of ten hours in which 2,000 are opened."""
    if times > LONG and done_alone(request):
        return
    ids = [account(desk, f"Client {n}") for n in range(8)]
    for row_id in ids:
        stay(desk, company_id=row_id)
    store.close()
    program = app.Program(store.path, Settings())
    program.window.show()
    day(program, ids, WARM, qtbot)
    back_up(program, qtbot)  # the first one loads what it needs
    load_readings()  # the window does so when it has nothing else to do, perhaps only now
    begun(qtbot)
    before = Held()
    for done in range(0, times, HALF_HOUR):
        day(program, ids, min(HALF_HOUR, times - done), qtbot)
        back_up(program, qtbot, new=False)
    after = Held()
    program.window.close()
    program.close()
    print(f"{times} forms: {(after.bytes - before.bytes) / MIB:+.1f} MiB, {after.widgets - before.widgets:+d} widgets, {after.files - before.files:+d} files")
    assert after.widgets <= before.widgets + 2  # a note that has not gone yet
    assert after.files <= before.files
    assert after.bytes - before.bytes <= grown * MIB


def actions(program: app.Program, ids: list[int], times: int, qtbot: Any) -> float:
    """What a seller does all day, one thing after the other: open a client, change and save it, look around, search, undo. How
    long the slowest of them kept the window's thread busy, in seconds of the processor.

    In a day there are five seconds from one to the next, in which the program's clocks run: what the window does each second
    is done after each, what it does each half hour after so many (`half_hours`)."""
    window, slowest = program.window, 0.0
    for n in range(times):
        row_id, begun = ids[n % len(ids)], time.thread_time()
        if n % 8 == 5:
            window.go(PAGES[n // 8 % len(PAGES)])
        elif n % 8 == 6:
            window.top.search.setText("Client")
            window.top.search.clear()
        elif n % 8 == 7:
            window.undo()
        else:
            _save(window, row_id, n, qtbot)
        QApplication.processEvents()
        slowest = max(slowest, time.thread_time() - begun)
        collect_due()
    return slowest


def half_hours(program: app.Program, ids: list[int], times: int, every: int, qtbot: Any) -> float:
    """So many actions with a backup after so many of them; the slowest."""
    slowest = 0.0
    for _ in range(times // every):
        slowest = max(slowest, actions(program, ids, every, qtbot))
        back_up(program, qtbot)
    return slowest


def _save(window: Any, row_id: int, n: int, qtbot: Any) -> None:
    """Open a client, type another city, save."""
    window.open_record("account", row_id)
    page = window.page("accounts")
    qtbot.waitUntil(lambda: page._sheet is not None and page._sheet.form.row_id == row_id, timeout=PATIENCE)
    form = page._sheet.form
    form.cells["city"].editor.setText(f"City {n}")
    form.cells["city"].editor.changed.emit()
    form.save()
    qtbot.waitUntil(lambda: form._saving is None, timeout=PATIENCE)


@pytest.mark.parametrize(("every", "times", "grown", "opened"), [(12, 24, 12, 10), pytest.param(360, 5760, 5, 10, marks=pytest.mark.long)])
def test_a_day_of_actions_leaves_nothing(
    request: pytest.FixtureRequest, store: Store, desk: Desk, qtbot: Any, every: int, times: int, grown: int, opened: int
) -> None:
    """5,760 of them are one every five seconds of eight hours, 360 those of half an hour, after which a backup is made; half an
    hour comes before, as the first one loads what it needs. `opened`: files at most: the drafts and the second reader are
    opened on the way, once."""
    if times > LONG and done_alone(request):
        return
    terms.load_readings()
    ids = [account(desk, f"Client {n}") for n in range(8)]
    store.close()
    program = app.Program(store.path, Settings())
    program.window.show()
    for page in PAGES:
        program.window.go(page)
    half_hours(program, ids, every, every, qtbot)
    begun(qtbot)
    before = Held()
    slowest = half_hours(program, ids, times, every, qtbot)
    after = Held()
    program.window.close()
    program.close()
    with Store(store.path, store.records) as kept:
        assert kept.writer.execute("select count(*) from change where action in ('Changed', 'Undone')").fetchone()[0] >= (every + times) // 2
    print(f"{times} actions: {(after.bytes - before.bytes) / MIB:+.1f} MiB, {after.widgets - before.widgets:+d} widgets, {after.files - before.files:+d} files, slowest {slowest * 1000:.0f} ms")
    assert after.widgets <= before.widgets + 2
    assert after.files <= before.files + opened
    assert after.bytes - before.bytes <= grown * MIB
