"""The sample in the window and on the command line: marked all the time, signed in as its own person, made anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop import app, cli, start
from crm_desktop.demo import place
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS
from crm_desktop.record import dates
from crm_desktop.record.text import use
from crm_desktop.store.store import Store
from crm_desktop.ui import around, jobs, sample_strip, speech, theme
from tests.hotel import Hotel, at_its_hour
from tests.samples import account

PATIENCE = 20_000


@pytest.fixture(autouse=True)
def house(qapp: QApplication) -> Iterator[None]:
    if qapp.property("look") is None:
        theme.apply(qapp, dark=False)
    yield
    jobs.close()
    speech.switch("en")  # Qt's own words too


def strip_of(program: app.Program) -> Any:
    return program.window.strips.strip(sample_strip.KEY)


def test_the_window_says_all_the_time_that_it_is_a_sample(hotel: Hotel, qtbot: Any) -> None:
    hotel.copy(place.database())
    with at_its_hour():
        program = app.Program(place.database(), Settings())
        program.window.show()
        qtbot.waitUntil(lambda: program.window.top.who.text() == "沈知渝", timeout=PATIENCE)
        strip = strip_of(program)
        assert "invented hotel around 2026-11-18" in strip.words.text()
        assert strip.close_button.isHidden()
        assert program._desk().person == "沈知渝"
        program.window.switch_language()
        assert "示例数据" in strip.words.text()
        program.close()


def test_nothing_to_take_back_when_it_is_opened(hotel: Hotel) -> None:
    """Making it is nobody's action: Ctrl+Z must not empty the house."""
    from crm_desktop.record.text import Refused

    with Store(hotel.copy(place.database()), RECORDS) as store, pytest.raises(Refused, match="nothing to undo"):
        Desk(store).undo()


def test_an_old_sample_says_how_old_it_is(hotel: Hotel, qtbot: Any) -> None:
    hotel.copy(place.database())
    dates.set_clock(dt.datetime(2026, 11, 28, 9, 0))
    program = app.Program(place.database(), Settings())
    program.window.show()
    assert "10 days old" in strip_of(program).words.text()
    program.close()


def test_real_data_has_no_such_line(qtbot: Any) -> None:
    program = app.Program("", Settings())
    program.window.show()
    assert strip_of(program) is None
    program.close()


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_it_is_made_anew_from_the_line(small: list[str], qtbot: Any, spoken: str) -> None:
    use(spoken)
    program = app.Program(place.ready(), Settings())
    before = program.window
    before.show()
    with qtbot.waitSignal(jobs.hub().changed, timeout=PATIENCE):
        jobs.act(before, lambda desk, job: Desk(desk.store).save(desk.store.by_key["account"], None, 0, {"name": "甲"}))
    link = strip_of(program).action
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.window is not before and program.window.isVisible(), timeout=PATIENCE)
    assert program.store.writer.execute("select count(*) from account").fetchone() == (0,)
    assert len(small) == 2
    program.close()


def test_it_is_made_at_the_first_start_while_a_small_window_says_so(small: list[str], qtbot: Any) -> None:
    assert around.sample(fresh=False) == str(place.database())
    assert around.sample(fresh=False) == str(place.database())
    assert len(small) == 1
    assert around.sample(fresh=True) == str(place.database())
    assert len(small) == 2


def test_why_there_is_none_is_said(small: list[str], qtbot: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(place.database(), RECORDS, create=True) as store:
        account(Desk(store), "Real")
    assert around.sample(fresh=True) == ""
    assert "no sample hotel" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "sample"), [(["--demo"], "--demo"), (["--demo", "--fresh"], "--fresh"), (["--fresh", "--demo"], "--fresh")])
def test_how_it_is_asked_for(monkeypatch: pytest.MonkeyPatch, words: list[str], sample: str) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(app, "run", lambda *given, **named: asked.append((given[0], named)) or 0)
    assert start.run(words) == 0
    assert asked == [("", {"sample": sample})]


def test_the_command_line_uses_it(hotel: Hotel, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hotel.copy(place.database())
    with at_its_hour():
        assert cli.run(["--demo", "report", "in-house", "--on", "2026-11-18", "--format", "json"]) == 0
        assert '"bookings": 191' in capsys.readouterr().out
        assert cli.run(["export", "vip-stays", "--demo", "--to", str(tmp_path / "vips.csv")]) == 0
    assert len((tmp_path / "vips.csv").read_text("utf-8-sig").splitlines()) == 97
