"""The window's thread never waits for the store, and no other thread touches the window: in every page, and by how work is given
away. Qt says nothing of it, and mostly nothing happens, until one day it does."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel

from crm_desktop import app
from crm_desktop.desk.settings import Settings
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel
from tests.samples import REPOSITORY, account
from tests.window_thread import Guarded, guard_store, guard_widgets

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PATIENCE = 20_000


@pytest.fixture
def program(store: Store, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[app.Program]:
    """The window with both nets under it."""
    from crm_desktop.desk.desk import Desk

    account(Desk(store), "Orient")
    store.close()
    guard_store(monkeypatch)
    made = app.Program(store.path, Settings())
    made.window.show()
    qtbot.waitUntil(lambda: made.window.page("today")._board is not None, timeout=PATIENCE)
    Guarded.strict = True
    yield made
    Guarded.strict = False
    made.window.close()
    made.close()


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
def test_no_page_asks_the_store_itself_and_no_worker_writes_on_one(program: app.Program, qtbot: Any, monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    strangers = guard_widgets(monkeypatch)
    window = program.window
    for page in [page for duty in window.duties for page in duty.pages][::every]:
        window.go(page.key)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not jobs.hub()._tasks, timeout=PATIENCE)
    assert Guarded.asked == []
    assert strangers == []


@pytest.mark.qt_log_ignore("This plugin does not support", "different thread|another thread", extend=True)  # which is what is tried here
def test_the_nets_hold(program: app.Program, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    strangers = guard_widgets(monkeypatch)
    reader = program.store.open_reader()
    assert Guarded.asked, "a page that opens the store itself is noticed"
    Guarded.asked.clear()
    reader.execute("select 1")
    assert Guarded.asked == ["select 1"]
    reader.close()
    Guarded.asked.clear()
    label = PlainLabel(program.window)
    model = QStandardItemModel()
    for touch in (partial(put, label, "setText", "x"), label.hide, partial(label.setVisible, True), partial(QLabel.setText, label, "x"), partial(PlainLabel.update, label), model.clear):
        worker = threading.Thread(target=touch, name="worker")
        worker.start()
        worker.join()
        assert "worker" in strangers, touch
        strangers.clear()


GIVEN_AWAY = {"read": 1, "act": 1, "work": 1}  # of `jobs.read(owner, work, done)`, what another thread runs


def works() -> Iterator[tuple[str, ast.expr]]:
    """Every piece of work that the code gives to another thread."""
    for path in sorted((REPOSITORY / "crm_desktop").rglob("*.py")):
        code = path.read_text("utf-8")
        for node in ast.walk(ast.parse(code)) if "jobs." in code else ():
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
            if named and node.func.value.id == "jobs" and node.func.attr in GIVEN_AWAY and len(node.args) > 1:
                yield f"{path.name}:{node.lineno}", node.args[1]


def is_of_the_window(given: ast.expr) -> bool:
    """True for a page that hands itself over, or its window: not for what it knows of it (`self._window.store`)."""
    name = given.id if isinstance(given, ast.Name) else given.attr if isinstance(given, ast.Attribute) else ""
    return name in ("self", "window", "_window", "_page", "_form", "_list")


def reaches_itself(work: ast.expr) -> bool:
    """True for work that is a method of what asks for it, or is handed that itself: it could touch the window."""
    if isinstance(work, ast.Call) and isinstance(work.func, ast.Name) and work.func.id == "partial":
        return any(is_of_the_window(each) for each in work.args) or reaches_itself(work.args[0])
    if isinstance(work, ast.Lambda):
        return any(isinstance(each, ast.Name) and each.id == "self" for each in ast.walk(work.body))
    return isinstance(work, ast.Attribute) and isinstance(work.value, ast.Name) and work.value.id == "self"


def test_what_another_thread_runs_cannot_reach_the_window() -> None:
    found = list(works())
    assert len(found) > 100
    assert [where for where, work in found if reaches_itself(work)] == []


@pytest.mark.parametrize(
    ("code", "reaches"),
    [("self._read", True), ("partial(self._read, 1)", True), ("partial(_read, self)", True), ("partial(_read, self._window)", True), ("partial(_read, window)", True), ("partial(_read, self._window.store)", False), ("lambda r, j: self.x", True), ("partial(_read, self._id)", False), ("_read", False)],
)
def test_reaching_is_seen(code: str, reaches: bool) -> None:
    assert reaches_itself(ast.parse(code, mode="eval").body) == reaches
