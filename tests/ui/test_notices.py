"""The bell: what is due is counted, shown, opened and put off; nothing while nobody is signed in or all is to be quiet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QSystemTrayIcon

from crm_desktop.desk.records import STAFF
from crm_desktop.desk.settings import COLLEAGUE
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.record import dates
from crm_desktop.record.text import say
from crm_desktop.ui import notices, seat
from tests.samples import HOTEL
from tests.ui.lodge import Lodge


def opened(lodge: Lodge, spoken: str = "en", *, signed: bool = True, **hotel: Any) -> Any:
    """The window with its bell, at ten in the morning; who sits here has one thing to do, one at eleven."""
    dates.set_clock(dt.datetime(2026, 11, 18, 10, 0))
    me = lodge.add(STAFF, name="周敏的同事")
    if hotel:
        lodge.add(HOTEL, name="云栖湖酒店", code="YX", **hotel)
    lodge.add(FOLLOW_UP, name="催发票", due="2026-11-17", owner_id=me)
    lodge.add(FOLLOW_UP, name="给王总回电", due="2026-11-18", due_time="11:00", owner_id=me)
    if signed:
        lodge.settings.set(COLLEAGUE, me)
    window = lodge.open(spoken)
    notices.begin(window)
    lodge.wait(lambda: seat.here() is not None)
    return window


def lines(window: Any) -> list[str]:
    panel = window.notices.panel
    return [panel.list.item(at).text() for at in range(panel.list.count())]


@pytest.mark.parametrize(("spoken", "words"), [("en", "Since 2026-11-17: 催发票"), ("zh_CN", "2026-11-17 起：催发票")])
def test_the_bell_counts_and_opens(lodge: Lodge, spoken: str, words: str) -> None:
    window = opened(lodge, spoken)
    lodge.wait(lambda: window.top.bell.text() == "1")
    assert window.top.bell.isVisible()
    assert not window.notices.panel.isVisible()  # what was due before the start disturbs nobody
    lodge.qtbot.mouseClick(window.top.bell, Qt.MouseButton.LeftButton)
    assert lines(window) == [words]
    assert window.notices.panel.list.hasFocus()
    lodge.qtbot.keyClick(window.notices.panel.list, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.page("follow-ups")
    assert not window.notices.panel.isVisible()


def test_what_becomes_due_comes_up_by_itself_and_takes_no_focus(lodge: Lodge) -> None:
    window = opened(lodge)
    lodge.wait(lambda: window.top.bell.text() == "1")
    window.focus_search()
    dates.set_clock(dt.datetime(2026, 11, 18, 11, 0))
    window.notices.look()
    lodge.wait(window.notices.panel.isVisible)
    assert lines(window)[-1] == "11:00  给王总回电"
    assert window.top.search.hasFocus()
    window.notices.panel._on_time()
    assert not window.notices.panel.isVisible()


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_what_comes_up_by_itself_does_not_lie_on_what_is_typed(lodge: Lodge, spoken: str) -> None:
    window = opened(lodge, spoken)
    lodge.wait(lambda: window.top.bell.text() == "1")
    window.activateWindow()
    field = QLineEdit(window.centralWidget())  # where the list usually comes up
    field.setGeometry(window.width() - 300, 90, 200, 32)
    field.show()
    field.setFocus()
    lodge.wait(field.hasFocus)
    dates.set_clock(dt.datetime(2026, 11, 18, 11, 0))
    window.notices.look()
    panel = window.notices.panel
    lodge.wait(panel.isVisible)
    assert not panel.geometry().intersects(field.geometry())
    assert window.centralWidget().rect().contains(panel.geometry())
    panel.hide()
    window.notices.toggle()  # asked for, it comes where it always does
    assert panel.y() == notices.TOP
    field.deleteLater()


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_what_comes_up_by_itself_leaves_the_buttons_of_the_hand_over_to_be_pressed(lodge: Lodge, spoken: str) -> None:
    window = opened(lodge, spoken)
    lodge.wait(lambda: window.top.bell.text() == "1")
    window.resize(1366, 768)
    window.go("handover")
    page = window.page("handover")
    lodge.wait(lambda: page.isVisible() and page._found is not None)
    dates.set_clock(dt.datetime(2026, 11, 18, 11, 0))
    window.notices.look()
    panel = window.notices.panel
    lodge.wait(panel.isVisible)
    root = window.centralWidget()
    pressed = [page.print_button, page.copy_button, *(each for each in page.form.findChildren(QAbstractButton) if each.isVisible())]
    assert len(pressed) > 3
    for each in pressed:
        assert not panel.geometry().intersects(QRect(each.mapTo(root, QPoint(0, 0)), each.size())), each.accessibleName()
    assert root.rect().contains(panel.geometry())


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_the_system_and_a_sound_tell_it_where_another_window_is_in_front(lodge: Lodge, monkeypatch: pytest.MonkeyPatch, spoken: str) -> None:
    said: list[tuple[str, str]] = []
    beeps: list[bool] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, *words: said.append(words))
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(True))
    window = opened(lodge, spoken)
    lodge.wait(lambda: window.top.bell.text() == "1")
    assert not said
    assert not beeps
    window.notices.set_sound(True)
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    dates.set_clock(dt.datetime(2026, 11, 18, 11, 0))
    window.notices.look()
    lodge.wait(lambda: said)
    assert said == [(say(notices.TITLE), "11:00  给王总回电")]
    assert beeps == [True]
    window.notices.panel.hide()
    window.notices._tray.messageClicked.emit()  # pressed, it opens the list for whoever pressed it
    assert window.notices.panel.isVisible()
    assert window.notices.panel.y() == notices.TOP
    window.notices.look()
    lodge.wait(lambda: window.top.bell.text() == "2")
    assert len(said) == len(beeps) == 1  # nothing is told twice


def test_quiet_hours_are_kept(lodge: Lodge) -> None:
    window = opened(lodge, quiet_from="10:30", quiet_to="12:00")
    lodge.wait(lambda: window.top.bell.text() == "1")
    dates.set_clock(dt.datetime(2026, 11, 18, 11, 0))
    window.notices.look()
    lodge.wait(lambda: window.top.bell.text() == "2")
    assert not window.notices.panel.isVisible()


def test_putting_off_lasts_and_ends(lodge: Lodge) -> None:
    window = opened(lodge)
    lodge.wait(lambda: window.top.bell.text() == "1")
    lodge.qtbot.mouseClick(window.top.bell, Qt.MouseButton.LeftButton)
    lodge.qtbot.mouseClick(window.notices.panel.snooze["hour"], Qt.MouseButton.LeftButton)
    lodge.wait(lambda: window.top.bell.text() == "")
    assert window.notices.panel.nothing.isVisible()
    dates.set_clock(dt.datetime(2026, 11, 18, 11, 1))
    window.notices.look()
    lodge.wait(lambda: window.top.bell.text() == "2")
    assert len(lines(window)) == 2


def test_a_finished_one_goes_at_once(lodge: Lodge) -> None:
    window = opened(lodge)
    lodge.wait(lambda: window.top.bell.text() == "1")
    task = lodge.one("select id from follow_up where name = '催发票'")
    window.open_record("follow_up", task)
    from crm_desktop.ui.form import Form

    lodge.wait(lambda: any(form.isVisible() and form._id == task for form in window.findChildren(Form)))
    form = next(form for form in window.findChildren(Form) if form.isVisible() and form._id == task)
    lodge.wait(lambda: form._steps.buttons["done"].isVisible())
    lodge.qtbot.mouseClick(form._steps.buttons["done"], Qt.MouseButton.LeftButton)
    lodge.wait(lambda: window.top.bell.text() == "")


def test_nobody_signed_in_hears_nothing(lodge: Lodge) -> None:
    window = opened(lodge, signed=False)
    window.notices.look()
    assert not window.top.bell.isVisible()
    assert lines(window) == []


def test_the_language_is_switched_under_it(lodge: Lodge) -> None:
    window = opened(lodge)
    lodge.wait(lambda: window.top.bell.text() == "1")
    window.notices.toggle()
    window.switch_language()
    assert lines(window) == ["2026-11-17 起：催发票"]
    assert window.notices.panel.snooze["hour"].text() == "1 小时后"
