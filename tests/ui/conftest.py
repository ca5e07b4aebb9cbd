"""What the window's tests share: no screen, the program's look, both languages, a fake reader."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.record import text
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.window import Window
from tests.ui.lived import House, bare_in, lived_in
from tests.ui.lodge import Lodge, lodge_on


@pytest.fixture(autouse=True)
def house(qapp: QApplication) -> Iterator[None]:
    """Every test starts in English and in the light look, and leaves no threads behind."""
    text.use("en")
    if theme.dark() or qapp.property("look") is None:
        theme.apply(qapp, dark=False)
    QGuiApplication.clipboard().clear()  # what another test copied is not what this one waits for
    yield
    jobs.close()
    text.use("en")


@pytest.fixture
def lodge(store: Store, qtbot: Any) -> Iterator[Lodge]:
    """The window on a small real store; `lodge.open()` shows it."""
    with lodge_on(store, qtbot) as made:
        yield made


@pytest.fixture
def lived(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The real program on the sample hotel."""
    with lived_in(qtbot, tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def bare(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The real program on a database in which nothing is."""
    with bare_in(tmp_path, monkeypatch) as made:
        yield made


Compose = Callable[[QObject, str, str], None]


@pytest.fixture
def compose() -> Compose:
    """Sends what an input method sends: the letters being composed, and what was committed."""

    def send(widget: QObject, preedit: str, commit: str) -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(widget, event)

    return send


class FakeReader:
    """Stands for a connection; the work of a test decides what it answers."""

    def __init__(self) -> None:
        self.closed = False
        self.interrupted = 0

    def execute(self, sql: str, params: Any = (), /) -> Any:
        raise AssertionError(f"no store in this test: {sql}")

    def interrupt(self) -> None:
        self.interrupted += 1

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def reader() -> FakeReader:
    """A reader that answers nothing."""
    return FakeReader()
