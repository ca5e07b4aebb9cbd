"""The page of all clients' classes, by keyboard: what would change and why, taken over for those that are chosen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.dates import business_date, days_before
from tests.samples import stay
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LANGUAGES = pytest.mark.parametrize("spoken", ["zh_CN", "en"])


def clients(lodge: Lodge) -> tuple[int, int, int]:
    """One that would rise, one that would fall, one that stands right."""
    up, down, right = (lodge.add(ACCOUNT, name=name, level=level) for name, level in (("云楸医疗", "C"), ("禾渚软件", "B"), ("沐棹文化", "D")))
    desk, day = Desk(lodge.store, "顾言舟"), business_date()
    for who, rate, days in ((up, 20_000_000, 30), (down, 15_000_000, 400), (right, 1_000, 40)):
        stay(desk, days_before(day, days), days_before(day, days - 1), company_id=who, rate=rate)
    return up, down, right


def press(widget: Any, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


CTRL = Qt.KeyboardModifier.ControlModifier


@LANGUAGES
def test_classes_are_taken_over_by_keyboard(lodge: Lodge, spoken: str) -> None:
    up, down, right = clients(lodge)
    window = lodge.open(spoken)
    page = lodge.page("classes")
    lodge.wait(lambda: page.rows.rowCount() == 2)
    page.focus_first()
    assert [page.rows.index(row, 0).data() for row in range(2)] == ["云楸医疗", "禾渚软件"]
    assert [page.rows.index(0, at).data() for at in (2, 3, 4, 5, 6)] == ["C", "B ↑", "200,000.00", "+200,000.00", "1 (+1)"]
    assert [page.rows.index(1, at).data() for at in (2, 3, 4, 5, 6)] == ["B", "D ↓", "0.00", "−150,000.00", "0 (−1)"]
    assert "200,000.00" in page.why.text()
    press(page.view, Qt.Key.Key_Down)
    assert "禾渚软件" in page.why.text()
    press(page.view, Qt.Key.Key_R, CTRL)
    assert page.rows.rowCount() == 3
    press(page.view, Qt.Key.Key_A, CTRL)
    assert page.take_button.text().count("2") == 1, "of the three, two change"
    press(page.view, Qt.Key.Key_S, CTRL)
    lodge.wait(lambda: lodge.one("select level from account where id = ?", up) == "B")
    assert [lodge.one("select level from account where id = ?", each) for each in (down, right)] == ["D", "D"]
    assert "150,000.00" not in lodge.one("select reason from account_past where account_id = ?", down)
    assert "200,000.00" in lodge.one("select reason from account_past where account_id = ?", up)
    lodge.wait(lambda: not any(each.changes for each in page._found))
    assert not page.take_button.isEnabled()
    press(page.view, Qt.Key.Key_R, CTRL)
    assert page.rows.rowCount() == 0
    window.undo()
    lodge.wait(lambda: page.rows.rowCount() == 2)
    assert lodge.one("select level from account where id = ?", up) == "C"


def test_enter_opens_the_client(lodge: Lodge) -> None:
    up, _, _ = clients(lodge)
    window = lodge.open()
    page = lodge.page("classes")
    lodge.wait(lambda: page.rows.rowCount() == 2)
    page.focus_first()
    press(page.view, Qt.Key.Key_Return)
    lodge.wait(lambda: window.page("accounts") is not None and window.page("accounts").shown() == ("account", up))


def test_what_was_changed_meanwhile_is_said_and_read_again(lodge: Lodge) -> None:
    up, _, _ = clients(lodge)
    lodge.open()
    page = lodge.page("classes")
    lodge.wait(lambda: page.rows.rowCount() == 2)
    page._shown[0] = page._shown[0]._replace(version=7)
    page.choose(0)
    page.take()
    lodge.wait(page.problem.isVisible)
    assert lodge.one("select level from account where id = ?", up) == "C"
    lodge.wait(lambda: page._shown[0].version == 1)
