"""The window: pages built at first use, going back, searching, undoing, and what it remembers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.desk.settings import LANGUAGE, LOOK, RECENT_COMMANDS
from crm_desktop.record import text
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.search import Hit
from crm_desktop.ui import jobs, theme
from crm_desktop.ui.commands import Command
from crm_desktop.ui.palette import Palette
from crm_desktop.ui.search_box import PER_RECORD
from crm_desktop.ui.topbar import day_text
from crm_desktop.ui.trail import Place, Trail
from crm_desktop.ui.window import Window
from tests.ui.conftest import FakeReader
from tests.ui.frame_fixtures import DummyPage, FakeChange, FakeDesk, FakeSettings, dummy_duties, fake_find

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
OPENERS = {"account": ("accounts",), "stay": ("stays",)}


@pytest.fixture
def desk() -> FakeDesk:
    """Notes what was undone."""
    return FakeDesk()


@pytest.fixture
def make(reader: FakeReader, desk: FakeDesk, qtbot: QtBot) -> Callable[..., Window]:
    """Makes a window on the screen, in English."""
    jobs.synchronous(reader, desk)

    def build(settings: FakeSettings | None = None, **more: Any) -> Window:
        kept = settings if settings is not None else FakeSettings()
        kept.setdefault("language", "en")
        made = Window(dummy_duties(), kept, "周敏", openers=OPENERS, find=fake_find, **more)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        return made

    return build


@pytest.fixture
def window(make: Callable[..., Window]) -> Window:
    """A window as it first opens."""
    return make()


def told(window: Window, key: str) -> list[dict[str, Any]]:
    page = window.page(key)
    assert isinstance(page, DummyPage)
    return [args for args in page.told if args]


def test_pages_are_built_when_first_shown(window: Window) -> None:
    assert window.page("today") is not None
    assert window.page("stays") is None
    window.rail.buttons["stays"].click()
    assert window.stack.currentWidget() is window.page("stays")
    assert window.rail.buttons["stays"].chosen
    assert not window.rail.buttons["today"].chosen


def test_the_settings_stand_at_the_bottom(window: Window) -> None:
    assert window.rail.keys() == ["today", "accounts", "stays", "broken", "settings"]
    assert window.rail.buttons["settings"].y() > window.rail.buttons["broken"].y() + 100


def test_a_broken_page_says_so_and_leaves_the_others(window: Window) -> None:
    window.go("broken")
    assert window.toast.isVisible()
    assert window.stack.currentWidget() is window.page("today")
    window.back()
    assert window.stack.currentWidget() is window.page("today")


def test_back_and_forward_as_in_a_browser(window: Window, qtbot: QtBot) -> None:
    window.go("stays")
    window.go("accounts", record="account", id=5)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.stack.currentWidget() is window.page("stays")
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert told(window, "accounts") == [{"record": "account", "id": 5}] * 2
    qtbot.mouseClick(window, Qt.MouseButton.BackButton)
    qtbot.mouseClick(window, Qt.MouseButton.BackButton)
    assert window.stack.currentWidget() is window.page("today")
    qtbot.mouseClick(window, Qt.MouseButton.ForwardButton)
    assert window.stack.currentWidget() is window.page("stays")


def test_the_trail() -> None:
    trail = Trail()
    assert trail.step(-1) is None
    for key in "abb":
        trail.go(Place(key, {}))
    assert trail.here == Place("b", {})
    assert trail.step(-1) == Place("a", {})
    trail.go(Place("c", {}))
    assert trail.step(1) is None
    for n in range(300):
        trail.go(Place(str(n), {}))
    assert len(trail._places) == 100


def test_ctrl_digits_go_to_pages(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    assert window.stack.currentWidget() is window.page("stays")
    qtbot.keyClick(window, Qt.Key.Key_5, CTRL)
    assert window.stack.currentWidget() is window.page("settings")


def test_a_record_opens_on_its_page(window: Window) -> None:
    window.open_record("stay", 1 << 62)
    assert told(window, "stays") == [{"record": "stay", "id": 1 << 62}]
    window.open_record("unknown", 1)
    assert window.stack.currentWidget() is window.page("stays")


def test_one_chinese_character_finds_and_enter_opens(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    search = window.top.search
    assert QApplication.focusWidget() is search
    search.setText("云")
    assert search.popup.isVisible()
    assert search.popup.list.titles() == ["云栖湖酒店集团", "云南白药"]  # people have no page here
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert told(window, "accounts") == [{"record": "account", "id": (1 << 60) + 1}]
    assert not search.popup.isVisible()
    assert search.text() == ""


def test_what_is_cut_is_said_and_all_of_it_is_reached(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Hit("account", at, f"云栖{at}号酒店", "") for at in range(PER_RECORD + 1)]
    monkeypatch.setattr(window.top.search, "_find", lambda _reader, _words, limit, _records: many[:limit])
    search = window.top.search
    search.setFocus()
    search.setText("云栖")
    assert len(search.popup.list.titles()) == PER_RECORD + 1
    assert search.popup.list.titles()[-1].startswith("Show all")
    qtbot.keyClick(search, Qt.Key.Key_Up)
    assert search.about() is None, "the line stands for no row"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert told(window, "accounts") == [{"filters": [("*", "find", "云栖")]}]
    many.pop()
    search.setText("云")
    assert len(search.popup.list.titles()) == PER_RECORD


def test_nothing_found_is_said_and_esc_clears(window: Window, qtbot: QtBot) -> None:
    search = window.top.search
    search.setFocus()
    qtbot.keyClicks(search, "zzz")
    assert search.popup.none.isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not search.popup.isVisible()
    assert search.text() == ""


def test_enter_before_the_answer_opens_the_first_hit(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(
        "crm_desktop.ui.search_box.jobs.read", lambda _owner, work, done, **_kw: asked.append((work, done))
    )
    search = window.top.search
    search.setFocus()
    search.setText("Cloud")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    work, done = asked[-1]
    done(work(None, None))
    assert told(window, "accounts") == [{"record": "account", "id": (1 << 60) + 2}]


def test_enter_never_opens_what_was_found_for_fewer_letters(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    search = window.top.search
    search.setFocus()
    search.setText("云")
    assert search.popup.list.titles()[0] == "云栖湖酒店集团"
    asked: list[Any] = []
    monkeypatch.setattr("crm_desktop.ui.search_box.jobs.read", lambda _owner, work, done, **_kw: asked.append((work, done)))
    search.setText("Cloud")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert search.popup.list.titles()[0] == "云栖湖酒店集团", "the answer is still on its way"
    work, done = asked[-1]
    done(work(None, None))
    assert told(window, "accounts") == [{"record": "account", "id": (1 << 60) + 2}]


def test_clicking_elsewhere_closes_the_results(window: Window, qtbot: QtBot) -> None:
    window.top.search.setFocus()
    window.top.search.setText("云")
    page = window.page("today")
    assert isinstance(page, DummyPage)
    page.edit.setFocus()
    qtbot.waitUntil(lambda: not window.top.search.popup.isVisible())
    window.top.search.setFocus()
    assert window.top.search.popup.isVisible()


def test_a_change_is_said_and_can_be_undone(window: Window, desk: FakeDesk) -> None:
    assert not window.top.redo.isEnabled()
    jobs.hub().changed.emit(FakeChange("Changed", {"stay"}))
    assert window.toast.label.text() == "Changed"
    window.toast.undo_button.click()
    assert desk.done == ["undo"]
    assert window.toast.label.text() == "Undone: Saved"
    assert window.top.redo.isEnabled()
    window.toast.redo_button.click()
    assert desk.done == ["undo", "redo"]
    assert window.toast.label.text() == "Done again: Saved"
    jobs.hub().changed.emit(FakeChange("", {"stay"}))
    assert window.toast.label.text() == "Saved"
    assert not window.top.redo.isEnabled()
    jobs.hub().changed.emit(FakeChange("Imported", {"stay"}, 1200))
    assert window.toast.label.text() == "Imported: 1,200 rows"


def test_the_keys_of_undo(window: Window, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert desk.done == ["undo", "redo", "redo"]


def test_a_text_box_keeps_its_own_undo(window: Window, desk: FakeDesk, qtbot: QtBot) -> None:
    page = window.page("today")
    assert isinstance(page, DummyPage)
    page.edit.setFocus()
    qtbot.keyClicks(page.edit, "typed")
    qtbot.keyClick(page.edit, Qt.Key.Key_Z, CTRL)
    assert page.edit.text() == ""
    assert desk.done == []
    assert not page.edit.isUndoAvailable()
    qtbot.keyClick(page.edit, Qt.Key.Key_Z, CTRL)
    assert desk.done == ["undo"]


def test_failures_nobody_handled_are_said(window: Window) -> None:
    jobs.hub().failed.emit(Refused(Text("There is nothing to undo.")))
    assert window.toast.label.text() == "There is nothing to undo."


def test_the_palette_offers_pages_keys_and_the_pages_own(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window._palette
    assert isinstance(palette, Palette)
    titles = palette.list.titles()
    assert titles[0] == "New stay"
    assert "Go to Client history" in titles
    qtbot.keyClicks(palette.edit, "kh")
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.page("accounts"))
    assert window.settings.get(RECENT_COMMANDS) == ["Go to Client history"]
    window.show_palette()
    again = window._palette
    assert isinstance(again, Palette)
    assert again.list.titles()[0] == "Go to Client history"
    with qtbot.waitSignal(again.destroyed):
        window.show_palette()
    assert window._palette is None


def test_commands_from_outside(make: Callable[..., Window]) -> None:
    ran: list[int] = []

    def run() -> None:
        ran.append(1)

    window = make(extra_commands=[Command(Text("Check the database"), run, "", ("体检",))])
    next(command for command in window.commands() if command.name == "Check the database").run()
    assert ran == [1]


def test_language_and_look_switch_live_and_are_remembered(window: Window) -> None:
    window.switch_language()
    assert text.language() == "zh_CN"
    assert window.settings.get(LANGUAGE) == "zh_CN"
    window.switch_language()
    window.switch_look()
    assert theme.dark()
    assert window.settings.get(LOOK) == "dark"
    window.switch_look()
    assert not theme.dark()


def test_it_reopens_where_it_was(make: Callable[..., Window]) -> None:
    settings = FakeSettings()
    first = make(settings)
    first.go("stays")
    first.fold_rail()
    first.resize(960, 600)
    first.close()
    second = make(settings)
    assert second.stack.currentWidget() is second.page("stays")
    assert second.rail.narrow
    assert second.rail.width() == 56
    assert (second.width(), second.height()) == (960, 600)
    assert second.page("today") is None


def test_what_pages_ask_of_the_window(window: Window) -> None:
    assert window.record("stay").key == "stay"
    assert window.related("account") == []
    window.go("stays", record="stay", id=4)
    window.go_list("stay")
    page = window.page("stays")
    assert isinstance(page, DummyPage)
    assert page.told[-1] == {}
    window.back()
    assert page.told[-1] == {"record": "stay", "id": 4}
    window.long_work_failed(jobs.Cancelled())
    assert not window.toast.isVisible()
    window.long_work_failed(Refused(Text("There is nothing to undo.")))
    assert window.toast.isVisible()


def test_settings_that_make_no_sense_do_no_harm(make: Callable[..., Window]) -> None:
    window = make(FakeSettings(page="gone", geometry="???", language="en", theme="green"))
    assert window.stack.currentWidget() is window.page("today")


def test_the_narrow_rail_keeps_its_words_as_tooltips(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL)
    assert window.rail.width() == 56
    assert window.rail.buttons["stays"].toolTip() == "Stays"
    window.rail.fold_button.click()
    assert window.rail.width() == 224
    assert window.rail.buttons["stays"].toolTip() == ""
    window.rail.set_badge("stays", 14)
    window.rail.grab()


def test_the_date_has_its_weekday() -> None:
    assert str(day_text("2026-11-21")).startswith("2026-11-21 Sat")


def test_a_closed_window_is_freed(make: Callable[..., Window], qtbot: QtBot) -> None:
    window = make()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.top.search.setText("云")
    with qtbot.waitSignal(window.destroyed):
        window.close()
    jobs.hub().changed.emit(FakeChange("Changed", {"stay"}))


def test_the_window_imports_nothing_heavy() -> None:
    heavy = (
        "pypinyin",
        "sqlcipher3",
        "sqlite_utils",
        "crm_desktop.ui.palette",
        "crm_desktop.ui.form",
        "crm_desktop.ui.lists",
    )
    code = f"import sys, crm_desktop.ui.window; print([m for m in {heavy!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
