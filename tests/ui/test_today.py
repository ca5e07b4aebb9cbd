"""*Today*, driven by keys: every figure of every duty, its rows, and the briefing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crm_desktop.desk.settings import LOOKED
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.today.pages_widgets import FigureCard, FigureLine
from crm_desktop.record.duty import Duty, TodayLine
from crm_desktop.record.text import Text, say
from crm_desktop.ui import jobs
from crm_desktop.ui.list_view import ListView
from tests import samples
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def extra(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """What a duty may say: people, tasks, and one figure that is nothing today."""
    people = reader.execute("select count(*) from person where gone is null").fetchone()[0]
    tasks = reader.execute("select count(*) from follow_up where gone is null and name = '催发票' and due <= ?", (day,)).fetchone()[0]
    return [
        TodayLine(Text("Everybody"), people, None, "person", [("id", ">", 0)], group="vip"),
        TodayLine(Text("Nobody"), 0, None, "person", [("id", "<", 0)], group="vip"),
        TodayLine(Text("Late"), tasks, None, "follow_up", [("due", "<=", day), ("name", "=", "催发票")], group="late", tone="red", amount="88,000.00" if tasks else ""),
    ]


@pytest.fixture
def today(lived: House, qtbot: Any) -> Any:
    """The page with another duty's figures."""
    page = lived.window.page("today")
    lived.window.activateWindow()
    lived.window.duties = (*lived.window.duties, Duty("extra", Text("Extra"), today=extra))
    jobs.act(lived.window, lambda desk, job: desk.save(FOLLOW_UP, None, 0, {"name": "催发票", "due": "2026-11-17"}))
    qtbot.waitUntil(lambda: "Late" in labels(page), timeout=PATIENCE)
    return page


def labels(page: Any) -> list[str]:
    return [card.line.label.source for card in page.cards]


def card(page: Any, label: str) -> Any:
    return next(card for card in page.cards if card.line.label.source == label)


def test_figures_of_nothing_take_no_room(today: Any) -> None:
    assert "Nobody" not in labels(today)
    assert labels(today)[:3] == ["Arrivals", "In house", "Departures"]
    assert isinstance(today.cards[0], FigureCard)
    assert isinstance(card(today, "Late"), FigureLine)
    assert "88,000.00" in card(today, "Late").accessibleName()
    assert (card(today, "Late").tone(), card(today, "Everybody").tone()) == ("red", "")


def test_no_figure_lies_over_another_or_is_cut_off(today: Any, lived: House, qtbot: Any) -> None:
    for width, height in ((1366, 700), (1280, 650)):
        lived.window.resize(width, height)
        qtbot.wait(50)
        boxes = [QRect(each.mapTo(today, QPoint(0, 0)), each.size()) for each in today.cards]
        assert all(today.rect().contains(box) for box in boxes)
        assert not any(box.intersects(other) for at, box in enumerate(boxes) for other in boxes[:at])


def test_arrows_reach_every_figure_and_enter_shows_its_rows(today: Any, lived: House, qtbot: Any) -> None:
    today.focus_first()
    seen = set()
    for key in [Qt.Key.Key_Right] * 2 + [Qt.Key.Key_Left] * 2 + [Qt.Key.Key_Down] * 20 + [Qt.Key.Key_Right] * 3 + [Qt.Key.Key_Up] * 20:
        seen.add(QApplication.focusWidget().line.label.source)
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert {"Arrivals", "In house", "Departures", "Everybody", "Late"} <= seen
    people = lived.one("select count(*) from person where gone is null")
    card(today, "Everybody").setFocus()
    qtbot.keyClick(card(today, "Everybody"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: today.rows.panel.record.key == "person" and today.rows.panel.model.rowCount() == people, timeout=PATIENCE)
    assert QApplication.focusWidget() is card(today, "Everybody")  # it may go on to the next figure
    qtbot.keyClick(card(today, "Everybody"), Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), ListView)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert lived.window.stack.currentWidget() is lived.window.page("people")
    lived.window.back()
    assert today.rows.panel.record.key == "person"
    assert card(today, "Everybody").chosen


def test_the_chosen_figure_goes_when_nothing_is_left_of_it(today: Any, lived: House, qtbot: Any) -> None:
    card(today, "Late").setFocus()
    qtbot.keyClick(card(today, "Late"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: today.rows.panel.record.key == "follow_up" and today.rows.panel.model.rowCount() == 1, timeout=PATIENCE)
    task = lived.one("select id from follow_up where name = '催发票' and gone is null")
    jobs.act(lived.window, lambda desk, job: samples.remove(desk, FOLLOW_UP, task))
    qtbot.waitUntil(lambda: "Late" not in labels(today), timeout=PATIENCE)
    assert card(today, "Arrivals").chosen
    qtbot.waitUntil(lambda: today.rows.panel.record.key == "stay", timeout=PATIENCE)


def test_the_briefing_on_the_clipboard_ties_with_the_page(today: Any, lived: House, qtbot: Any) -> None:
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(today.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "【住店】" in QGuiApplication.clipboard().text(), timeout=PATIENCE)
    words = QGuiApplication.clipboard().text()
    assert len(words.splitlines()) < 40
    house = next(each for each in words.splitlines() if each.startswith("【住店】"))
    for each in today.cards[:3]:
        assert f" {each.line.count}" in house
    assert "司徒**" in words
    assert "司徒曜" not in words
    today._briefing.switch_masked()
    qtbot.mouseClick(today.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "司徒曜" in QGuiApplication.clipboard().text(), timeout=PATIENCE)
    lived.window.switch_language()
    qtbot.mouseClick(today.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "[House] Arrivals" in QGuiApplication.clipboard().text(), timeout=PATIENCE)


def test_what_is_unusual_stands_beside_the_title(today: Any, lived: House, qtbot: Any) -> None:
    def said() -> bool:
        red = [each.line for each in today.cards if each.line.tone == "red" and each.line.count]
        first = max(red, key=lambda line: line.count)
        return say(first.label) in today.unusual.text()

    qtbot.waitUntil(said, timeout=PATIENCE)
    assert today.unusual.text().count(" · ") <= 2 + today.unusual.text().count("USD")


@pytest.mark.parametrize("english", [False, True])
def test_what_changed_is_told_until_it_was_seen(today: Any, lived: House, qtbot: Any, english: bool) -> None:
    if english:
        lived.window.switch_language()
    assert "New bookings of the register" not in labels(today)
    jobs.act(lived.window, lambda desk, job: samples.added(desk, desk.store.by_key["booking"], day="2026-11-20", name="新来的", hotel_id=samples.hotel(desk, "澜棠大酒店")))
    qtbot.waitUntil(lambda: "New bookings of the register" in labels(today), timeout=PATIENCE)
    assert today.groups.cards["since"].title.text() == ("Since you last looked" if english else "上次查看后的变化")
    figure = card(today, "New bookings of the register")
    qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: today.rows.panel.record.key == "booking" and today.rows.panel.model.rowCount() == 1, timeout=PATIENCE)
    lived.window.go("people")
    assert lived.window.settings.get(LOOKED.of("0")) == today._board.newest  # the next time the program is opened it begins here
    lived.window.go("today")
    assert today.bar.seen_button.isVisible()
    qtbot.mouseClick(today.bar.seen_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "New bookings of the register" not in labels(today), timeout=PATIENCE)
    assert not today.bar.seen_button.isVisible()


@pytest.mark.parametrize("english", [False, True])
def test_the_big_screen_hides_names_and_leaves_with_esc(today: Any, lived: House, qtbot: Any, english: bool) -> None:
    if english:
        lived.window.switch_language()
    qtbot.mouseClick(today.bar.screen_button, Qt.MouseButton.LeftButton)
    shown = today.screen_shown
    qtbot.waitUntil(lambda: shown.shown is not None, timeout=PATIENCE)
    words = "; ".join(shown.words())
    assert ("In house: " if english else "在店: ") in words
    assert "**" in words
    assert "霍明翊" not in words
    assert "1,303,900" not in words
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    assert shown.turn == 1
    assert not shown.grab().isNull()
    today._briefing.switch_names()
    shown.read()
    qtbot.waitUntil(lambda: "**" not in "; ".join(shown.words()), timeout=PATIENCE)
    with qtbot.waitSignal(shown.destroyed, timeout=PATIENCE):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
