"""The sample hotel's day (its numbers of the day, its birthdays, what waits) lived through by keys alone, in both languages: no
widget is pressed, called or given the keyboard by the test."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crm_desktop.duties.today.pages_widgets import FoldLine, Pressable
from crm_desktop.ui.day_editor import DayEditor
from crm_desktop.ui.list_view import ListView
from tests.hotel import TODAY
from tests.moments.shift import CTRL, SHIFT, Hands

ENTER, TAB, BACK_TAB, ALT = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.KeyboardModifier.AltModifier
MOST = 200  # keys: more than once around the page
BY_LABEL = {  # what the sample promises of its day
    "Arrivals": 64, "In house": 191, "Departures": 58, "Agreement guests": 88, "Groups in house": 46, "Groups arriving": 28, "Day use": 4, "Late check-outs": 3, "Long stays": 11, "Birthdays": 1,
    "Birthday in house": 1, "Birthdays tomorrow": 3, "Promised for today": 3, "Visits planned": 9, "Follow-ups overdue": 14,
    "Complaints open": 5, "Open bills": 143, "Overdue": 76, "Over 60 days": 22,
}  # fmt: skip


def today(hands: Hands) -> Any:
    """*Today*, by its key, with all its figures."""
    hands.press(Qt.Key.Key_F4)
    page = hands.window.page("today")
    hands.wait(lambda: hands.window.stack.currentWidget() is page and len(page.cards) > 20 and isinstance(hands.focus(), Pressable))
    return page


def open_folds(hands: Hands, page: Any) -> None:
    """What is folded away shows itself by Space on its line, one Tab from the figures."""
    if any(not card.isVisible() for card in page.cards):
        hands.press(TAB)
        assert isinstance(hands.focus(), FoldLine)
        hands.press(Qt.Key.Key_Space)
        hands.wait(lambda: all(card.isVisible() for card in page.cards) and hands.focus() in page.cards)


def middle(page: Any, figure: QWidget) -> QPoint:
    return QRect(figure.mapTo(page, QPoint(0, 0)), figure.size()).center()


def go_to(hands: Hands, page: Any, wanted: Pressable) -> None:
    """By arrows, as one sees where it stands."""
    stuck = False
    for _ in range(MOST):
        here = hands.focus()
        if here is wanted:
            return
        way = middle(page, wanted) - middle(page, here)
        across = (abs(way.x()) > abs(way.y())) != stuck
        hands.press((Qt.Key.Key_Right if way.x() > 0 else Qt.Key.Key_Left) if across else Qt.Key.Key_Down if way.y() > 0 else Qt.Key.Key_Up)
        stuck = hands.focus() is here and not stuck
    raise AssertionError(f"{wanted.accessibleName()} is not reached by arrows")


def named(page: Any, label: str) -> Any:
    (card,) = (card for card in page.cards if card.line.label.source == label)
    return card


def open_rows(hands: Hands, page: Any, figure: Any) -> Any:
    """Press a figure; the list beside it shows as many rows as it says."""
    go_to(hands, page, figure)
    line = figure.line
    if not figure.chosen:  # pressed once more it gives its rows the keyboard
        hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: page.rows.panel.record.key == line.record and page.rows.panel.query().filters == tuple(line.filters))
    hands.wait(lambda: page.rows.panel.model.rowCount() == line.count)
    return page.rows.panel


def test_every_figure_of_today_opens_its_rows_by_keys(hands: Hands) -> None:
    page = today(hands)
    open_folds(hands, page)
    assert BY_LABEL.items() <= {card.line.label.source: card.line.count for card in page.cards}.items()
    for number in range(len(page.cards)):
        open_rows(hands, page, page.cards[number])


def test_yesterday_and_a_year_ago_are_other_days(hands: Hands) -> None:
    """The board of another day, by its day typed, and back by F4."""
    page = today(hands)
    counts = {TODAY: house(page)}
    for day in ("2026-11-17", "2025-11-18"):
        for _ in range(MOST):
            if isinstance(hands.focus(), DayEditor):
                break
            hands.press(BACK_TAB, SHIFT)
        hands.press(Qt.Key.Key_A, CTRL)
        hands.write(day)
        hands.press(ENTER)
        hands.wait(lambda day=day: page._board.day == day and house(page) not in counts.values())
        counts[day] = house(page)
    hands.press(Qt.Key.Key_F4)
    hands.wait(lambda: house(page) == counts[TODAY] and hands.focus() in page.cards)


def house(page: Any) -> tuple[int, ...]:
    return tuple(card.line.count for card in page.cards[:3])


def test_from_a_birthday_tomorrow_to_the_words_and_back(hands: Hands) -> None:
    page = today(hands)
    open_folds(hands, page)
    panel = open_rows(hands, page, named(page, "Birthdays in two days"))
    QGuiApplication.clipboard().clear()
    hands.press(Qt.Key.Key_Space)  # its rows have the keyboard
    assert isinstance(hands.focus(), ListView)
    keys = hands.keys
    hands.press(ENTER)
    hands.wait(lambda: hands.window.shown() == ("person", panel.model.row_id(0)))
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.wait(lambda: "俞" in QGuiApplication.clipboard().text())
    assert hands.keys - keys == 2
    hands.press(Qt.Key.Key_Left, ALT)
    hands.wait(lambda: hands.window.stack.currentWidget() is page)
