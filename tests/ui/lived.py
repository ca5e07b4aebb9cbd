"""The real program on the sample hotel, for tests that drive it as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.app import Program
from crm_desktop.desk.settings import LANGUAGE, Settings
from crm_desktop.record import dates
from crm_desktop.record.text import language, use
from crm_desktop.ui import drafts
from crm_desktop.ui.form import Form
from crm_desktop.ui.window import Window
from tests.gallery import sample
from tests.gallery.take import small
from tests.window_thread import Guarded, guard_store

PATIENCE = 20_000


@contextmanager
def opened(path: Path, qtbot: Any, settings: Settings | None = None) -> Iterator[Program]:
    """The program on a database, once it knows who sits there."""
    program = Program(path, settings or Settings())
    program.window.show()
    qtbot.waitUntil(lambda: program.window.seat.here() != "", timeout=PATIENCE)
    yield program
    program.window.close()
    program.close()


class House:
    """The program open on the sample hotel."""

    def __init__(self, program: Program, ids: dict[str, int], folder: Path) -> None:
        self.program, self.window, self.ids, self.folder = program, program.window, ids, folder

    def one(self, sql: str, *values: Any) -> Any:
        strict, Guarded.strict = Guarded.strict, False
        with closing(self.program.store.open_reader()) as reader:
            found = reader.execute(sql, values).fetchone()[0]
        Guarded.strict = strict
        return found


@contextmanager
def lived_in(qtbot: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The small sample hotel, in Chinese, until the test has done with it."""
    monkeypatch.setenv("CRM_DESKTOP_DATA", str(folder / "data"))
    monkeypatch.setenv("CRM_DESKTOP_SETTINGS", str(folder / "settings"))
    hotel = small(money=False)
    dates.set_clock(sample.NOW)
    spoken = language()
    use("zh_CN")
    database, ids = hotel.copy(folder / "data" / "crm.db"), hotel.ids
    guard_store(monkeypatch)
    settings = Settings()
    settings.set(LANGUAGE, "zh_CN")
    program = Program(database, settings)
    house = House(program, ids, folder)
    house.window.show()
    today = house.window.page("today")
    qtbot.waitUntil(lambda: len(today.cards) >= 3, timeout=PATIENCE)
    Guarded.strict = True
    yield house
    Guarded.strict = False
    assert Guarded.asked == []  # the window's thread never asks the store
    for form in house.program.window.findChildren(Form):
        form.discard()
    drafts.clear()
    house.program.window.close()
    house.program.close()
    dates.set_clock(None)
    use(spoken)


@contextmanager
def bare_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The program on a database in which nothing is."""
    monkeypatch.setenv("CRM_DESKTOP_DATA", str(folder / "data"))
    monkeypatch.setenv("CRM_DESKTOP_SETTINGS", str(folder / "settings"))
    spoken = language()
    program = Program(folder / "data" / "crm.db", Settings())
    program.window.show()
    yield program.window
    program.window.close()
    program.close()
    use(spoken)
