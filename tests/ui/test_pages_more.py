"""More of the real pages: the keyboard, removing, closing and opening again, the two looks, an empty database."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame

from crm_desktop.record import dates
from crm_desktop.record.text import Text
from crm_desktop.ui import speech, theme
from crm_desktop.ui.commands import Finder, load_readings
from crm_desktop.ui.list_view import ListView
from crm_desktop.ui.sheet import Figures
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _list(house: House, key: str, qtbot: Any) -> Any:
    house.window.go(key)
    page = house.window.page(key)
    qtbot.waitUntil(lambda: page.list.model.rowCount() > 3 and page.list.model.row_id(3) is not None, timeout=PATIENCE)
    return page


def _click(page: Any, row: int) -> None:
    view = page.list.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(page.list.model.index(row, 0)).center())


def _loaded(page: Any, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: page.form is not None and page.form.can_remove(), timeout=PATIENCE)


def test_every_page_takes_the_keyboard(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.activateWindow()
    for number, key in enumerate(window.rail.keys()[:9], 1):
        window.rail.fold_button.setFocus()
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        page = window.page(key)
        assert window.stack.currentWidget() is page
        assert page.isAncestorOf(QApplication.focusWidget()), key
    page = _list(lived, "accounts", qtbot)
    window.go("today")
    window.go("accounts")
    assert isinstance(QApplication.focusWidget(), ListView)
    window.open_record("account", lived.ids["越岫城建集团"])
    assert isinstance(QApplication.focusWidget(), Figures)
    assert page.isAncestorOf(QApplication.focusWidget())


def test_a_closed_row_is_opened_by_a_click_on_it(lived: House, qtbot: Any) -> None:
    page = _list(lived, "accounts", qtbot)
    _click(page, 1)
    _loaded(page, qtbot)
    assert not page._side.isHidden()
    page.form._on_close()
    assert page._side.isHidden()
    _click(page, 1)
    assert not page._side.isHidden()


def test_a_stay_is_removed_and_comes_back(lived: House, qtbot: Any) -> None:
    window, page = lived.window, _list(lived, "stays", qtbot)
    count = lived.one("select count(*) from stay where gone is null")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == count, timeout=PATIENCE)
    _click(page, 0)
    _loaded(page, qtbot)
    qtbot.mouseClick(page.form._foot.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == count - 1, timeout=PATIENCE)
    assert page._side.isHidden()
    assert window.toast.undo_button.isVisible()
    window.undo()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == count, timeout=PATIENCE)


def test_what_others_refer_to_is_not_removed(lived: House, qtbot: Any) -> None:
    load_readings()
    window = lived.window
    window.open_record("account", lived.ids["越岫城建集团"])
    form = window.page("accounts")._sheet.form
    qtbot.waitUntil(form.can_remove, timeout=PATIENCE)
    commands = Finder(window.commands()).find("shanchu")
    assert next(command.name for command in commands) == "Remove: Client"
    commands[0].run()
    qtbot.waitUntil(form._notice.isVisible, timeout=PATIENCE)
    assert form.can_remove()


def test_a_removed_row_leaves_its_sheet(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.open_record("person", lived.ids["林一"])
    page = window.page("people")
    lived_form = page._sheet.form
    stays = lived.one("select count(*) from stay where gone is null and guest_id = ?", lived.ids["林一"])
    qtbot.waitUntil(lived_form.can_remove, timeout=PATIENCE)
    lived_form.remove()
    if stays:
        qtbot.waitUntil(lived_form._notice.isVisible, timeout=PATIENCE)
    else:
        qtbot.waitUntil(lambda: page._stack.currentWidget() is page._split, timeout=PATIENCE)


def test_new_is_there_from_everywhere(lived: House, qtbot: Any) -> None:
    load_readings()
    window = lived.window
    window.go("today")
    names = [command.name for command in Finder(window.commands()).find("新建")]
    assert {"New: Client", "New: Person", "New: Stay", "New: Hotel"} <= set(names)
    for word in ("backup", "备份", "jiancha", "恢复", "restore", "check"):
        assert Finder(window.commands()).find(word), word
    Finder(window.commands()).find("新建")[names.index("New: Client")].run()
    page = window.page("accounts")
    assert page.form.isVisible()
    assert page.form.isAncestorOf(QApplication.focusWidget())
    page.form._on_close()
    qtbot.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isVisible()


def test_a_departure_counts_from_its_arrival(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.go("stays", new=True)
    form = window.page("stays").form
    cells = form.cells
    cells["hotel_id"].editor.setFocus()
    qtbot.keyClicks(cells["hotel_id"].editor, "zzz")
    assert str(cells["hotel_id"].problem()) == str(Text("Choose one from the list"))
    for name, words in (("arrival", "2026-12-30"), ("departure", "+2")):
        cells[name].editor.setFocus()
        qtbot.keyClicks(cells[name].editor, words)
    cells["rate"].editor.setFocus()
    assert cells["departure"].value() == "2027-01-01"
    assert "2" in form._facts.text()
    cells["departure"].editor.setFocus()
    cells["departure"].editor.selectAll()
    qtbot.keyClicks(cells["departure"].editor, "2026-12-20")
    cells["adults"].editor.setFocus()
    assert cells["departure"]._note.property("class") == "error"  # at once, on leaving the field
    assert form._facts.text() == ""
    cells["adults"].editor.selectAll()
    qtbot.keyClicks(cells["adults"].editor, "-1")
    form.save()
    wrong = {name for name, cell in cells.items() if cell._note.property("class") == "error"}
    assert wrong == {"hotel_id", "departure", "adults"}


def test_an_agency_is_looked_for_among_agencies(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.go("stays", new=True)
    editor = window.page("stays").form.cells["agency_id"].editor
    editor.setFocus()
    qtbot.keyClicks(editor, "cljm")  # a company
    qtbot.waitUntil(lambda: editor._answered == "cljm", timeout=PATIENCE)
    assert editor._popup.chosen() is None
    editor.selectAll()
    qtbot.keyClicks(editor, "ycslw")
    qtbot.waitUntil(lambda: editor._answered == "ycslw", timeout=PATIENCE)
    assert editor._popup.chosen().title == "云程商旅网"


def test_another_look_is_whole(lived: House, qtbot: Any) -> None:
    window = lived.window
    for key in list(window.rail.buttons):
        window.go(key)
    window.open_record("account", lived.ids["越岫城建集团"])
    window.go("settings")
    qtbot.wait(400)
    light = window.grab().toImage()
    window.switch_look()
    dark = window.grab().toImage()
    colours = {dark.pixelColor(x, y).name() for x in range(0, 900, 9) for y in range(0, 600, 9)}
    assert {theme.DARK["ground"], theme.DARK["surface"], theme.DARK["sunken"]} <= colours
    assert not colours & {theme.LIGHT["ground"], theme.LIGHT["surface"], theme.LIGHT["sunken"]}
    window.switch_look()
    qtbot.wait(50)
    again = window.grab().toImage()
    assert all(again.pixelColor(x, y) == light.pixelColor(x, y) for x in range(0, 900, 9) for y in range(70, 600, 9))


def test_choices_follow_the_language(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.go("settings")
    page = window.page("settings")
    speech.switch("en")
    assert page.look_box.itemText(0) == "Light"
    assert page.language_box.currentText() == "English"
    assert window.page("today").hotel_box.itemText(0) == "All hotels"
    speech.switch("zh_CN")
    assert page.look_box.itemText(0) == "浅色"


def test_the_hour_of_the_night_audit_makes_the_day(lived: House, qtbot: Any) -> None:
    """At half past five it is yesterday; with the night audit at five it is today, everywhere and at once."""
    window = lived.window
    dates.set_clock(dt.datetime(2026, 11, 18, 5, 30))
    window.say_day()
    assert window.today() == "2026-11-17"
    assert "2026-11-17" in window.top.date.text()
    assert window.page("today").day_edit.value() == "2026-11-17"
    window.go("settings")
    box = window.page("settings").audit_box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)  # 05:00
    qtbot.waitUntil(lambda: "2026-11-18" in window.top.date.text(), timeout=PATIENCE)
    assert window.page("today").day_edit.value() == "2026-11-18"
    assert window.today() == "2026-11-18"


def test_a_message_covers_no_button_of_a_form(lived: House, qtbot: Any) -> None:
    window, page = lived.window, _list(lived, "accounts", qtbot)
    _click(page, 1)
    _loaded(page, qtbot)
    window.toast.note(Text("Saved"), undo=True)
    qtbot.wait(20)
    foot = next(each for each in page.form.findChildren(QFrame, "foot"))
    assert window.toast.geometry().bottom() < foot.mapTo(window, QPoint(0, 0)).y()


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_nothing_overlaps_in_a_small_window(lived: House, qtbot: Any, spoken: str) -> None:
    window = lived.window
    speech.switch(spoken)
    window.resize(960, 560)
    page = _list(lived, "accounts", qtbot)
    qtbot.wait(50)
    top = window.top
    if top.date.text():
        assert top.search.geometry().right() < top.date.geometry().left()
        assert top.date.geometry().width() >= top.date.fontMetrics().horizontalAdvance(top.date.text())
    shown = [box for box in (page.list.search, *page.list.boxes) if box.isVisible()]
    for at, box in enumerate(shown):
        assert box.width() >= min(box.sizeHint().width(), box.maximumWidth())
        assert not any(box.geometry().intersects(other.geometry()) for other in shown[:at])


def test_a_long_act_gives_a_sign_of_life(lived: House, qtbot: Any) -> None:
    from crm_desktop.ui import jobs

    window = lived.window
    jobs.act(window, lambda desk, job: time.sleep(0.8))
    assert window.busy.isHidden()
    qtbot.waitUntil(window.busy.isVisible, timeout=PATIENCE)
    assert not window.busy.cancel_button.isVisible()
    qtbot.waitUntil(window.busy.isHidden, timeout=PATIENCE)


def test_an_empty_house_shows_the_first_step(bare: Any, qtbot: Any) -> None:
    today = bare.page("today")
    qtbot.waitUntil(today.welcome.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(today.welcome.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(today.first_step.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(today.first_step._step, Qt.MouseButton.LeftButton)
    assert bare.stack.currentWidget() is bare.page("import")
