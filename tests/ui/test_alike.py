"""Rows that may be one: told while a new row is typed, listed, put side by side, merged and taken apart; by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.record.text import Text, say
from crm_desktop.ui.alike_strip import AlikeStrip
from tests.ui.lodge import Lodge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LANGUAGES = pytest.mark.parametrize("spoken", ["zh_CN", "en"])


def pair(lodge: Lodge) -> tuple[int, int, int]:
    """Two spellings of one client, and a contact of the second."""
    one = lodge.add(ACCOUNT, name="云楸医疗器械有限公司", code="C1", phone="0575-00001000", city="绍兴")
    other = lodge.add(ACCOUNT, name="雲楸醫療器械有限公司", code="C2", phone="0575-00002000")
    return one, other, lodge.add(PERSON, name="祁曼", account_id=other)


def commit(editor: Any, words: str) -> None:
    """What an input method gives when it is done."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


def press(widget: Any, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


@LANGUAGES
def test_a_new_client_is_told_of_the_one_that_is_there(lodge: Lodge, spoken: str) -> None:
    one, _, _ = pair(lodge)
    window = lodge.open(spoken)
    page = lodge.page("accounts")
    page.new()
    name = page.form.cells["name"].editor
    strip = page.form.findChild(AlikeStrip)
    assert strip is not None
    assert strip.isHidden()
    name.setFocus()
    commit(name, "云楸医疗器械股份有限公司")
    lodge.wait(strip.isVisible)
    assert {line.found.id for line in strip.lines if not line.isHidden()} >= {one}
    assert say(strip.lines[0].found.reasons[0]) == say(Text("same name but for the legal form"))
    press(name, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    lodge.wait(strip.lines[0].hasFocus)
    press(strip.lines[0], Qt.Key.Key_Down)
    assert strip.lines[1].hasFocus()
    press(strip.lines[1], Qt.Key.Key_Escape)
    assert not strip.lines[1].hasFocus()
    strip.enter()
    wanted = strip.lines[0].found.id
    press(strip.lines[0], Qt.Key.Key_Return)
    lodge.wait(lambda: window.page("accounts").shown() == ("account", wanted))
    page.show_args(new=True)
    assert page.form.cells["name"].editor.value() == "云楸医疗器械股份有限公司", "what was typed is still there"


def test_what_is_saved_or_strange_is_told_of_nothing(lodge: Lodge) -> None:
    pair(lodge)
    lodge.open()
    page = lodge.page("accounts")
    page.new()
    strip = page.form.findChild(AlikeStrip)
    commit(page.form.cells["name"].editor, "Something else")
    strip.ask()
    lodge.wait(lambda: strip._asked)
    lodge.qtbot.wait(50)
    assert strip.isHidden()


@LANGUAGES
def test_two_are_merged_and_taken_apart_by_keyboard(lodge: Lodge, spoken: str) -> None:
    one, other, guest = pair(lodge)
    window = lodge.open(spoken)
    page = lodge.page("alike")
    lodge.wait(lambda: page.rows.rowCount() == 1)
    assert {str(page.rows.data(page.rows.index(0, at))).split(" · ")[1] for at in (1, 2)} == {"C1", "C2"}, "two of one name are told apart by their numbers"
    page.focus_first()
    press(page.view, Qt.Key.Key_Return)
    lodge.wait(lambda: window.page("merge") is not None and window.page("merge").merge is not None)
    merge = window.page("merge")
    assert merge.merge.kept["id"] == other, "more refers to this one"
    press(merge, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert merge.merge.kept["id"] == one
    assert "1" in merge.moving.text()
    fields = [each.field.name for each in merge.merge.differences]
    assert fields == ["code", "name", "phone", "city"]
    merge.view.selectRow(fields.index("code"))
    press(merge.view, Qt.Key.Key_Right)
    assert [each.chosen for each in merge.merge.differences] == ["other", "kept", "both", "kept"]
    press(merge, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: window.page("accounts") is not None and window.page("accounts").shown() == ("account", one))
    assert lodge.one("select phone from account where id = ?", one) == "0575-00001000 / 0575-00002000"
    assert lodge.one("select code from account where id = ?", one) == "C2"
    assert lodge.one("select account_id from person where id = ?", guest) == one
    page = lodge.page("alike")
    lodge.wait(lambda: page.past.rowCount() == 1 and page.rows.rowCount() == 0)
    page.part_button.setFocus()
    press(page.part_button, Qt.Key.Key_Space)
    lodge.wait(lambda: page.past.rowCount() == 0 and page.rows.rowCount() == 1)
    assert lodge.one("select account_id from person where id = ?", guest) == other
    assert lodge.one("select count(*) from account where id = ? and gone is null", other) == 1


def test_two_that_are_not_the_same_are_not_shown_again(lodge: Lodge) -> None:
    pair(lodge)
    lodge.open()
    page = lodge.page("alike")
    lodge.wait(lambda: page.rows.rowCount() == 1)
    page.focus_first()
    press(page.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one("select count(*) from different") == 1)
    page.scan()
    lodge.wait(lambda: page._job is None)
    assert page.rows.rowCount() == 0


def test_a_merge_that_cannot_be_says_why(lodge: Lodge) -> None:
    one, _, _ = pair(lodge)
    agency = lodge.add(ACCOUNT, name="云楸医疗器械有限公司", kind="agency", code="T1")
    window = lodge.open()
    merge = lodge.page("merge", record="account", one=one, other=agency)
    lodge.wait(lambda: merge.merge is not None)
    merge.save()
    lodge.wait(merge.problem.isVisible)
    assert "Kind" in merge.problem.text()
    press(merge, Qt.Key.Key_Escape)
    lodge.wait(lambda: window.stack.currentWidget() is not merge)


def test_one_that_is_gone_is_said_to_be(lodge: Lodge) -> None:
    one, _, _ = pair(lodge)
    lodge.open()
    merge = lodge.page("merge", record="account", one=one, other=12345)
    lodge.wait(merge.problem.isVisible)
    assert not merge.save_button.isEnabled()
