from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.record import text
from crm_desktop.record.catalogue import Catalogue
from crm_desktop.record.text import Text
from crm_desktop.ui import speech


class Words(Catalogue):
    def said(self, message: str) -> str:
        return {"Guest": "客人", "{count} rooms": "{count} 间", "Name": "姓名"}.get(message, message)


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue of three words in place of the compiled one."""

    def use(language: str) -> None:
        text._Speech.language = language
        text._Speech.catalogue = Words() if language == "zh_CN" else Catalogue()

    monkeypatch.setattr(speech, "use", use)
    yield
    speech.switch("en")


class Painted(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = 0

    def changeEvent(self, event: QEvent) -> None:
        self.told += event.type() == QEvent.Type.LanguageChange
        super().changeEvent(event)


def test_words_change_with_the_language(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label, line, action = QLabel(window), QLineEdit(window), QAction(window)
    window.addAction(action)
    speech.put(label, "setText", Text("{count} rooms", count=3))
    speech.put(line, "setPlaceholderText", Text("Name"))
    speech.put(line, "setAccessibleName", Text("Guest"))
    speech.put(action, "setText", Text("Guest"))
    assert (label.text(), action.text()) == ("3 rooms", "Guest")
    speech.switch("zh_CN")
    assert label.text() == "3 间"
    assert (line.placeholderText(), line.accessibleName()) == ("姓名", "客人")
    assert action.text() == "客人"
    speech.switch("en")
    assert label.text() == "3 rooms"


def test_data_is_shown_as_it_is_and_forgotten(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    speech.put(label, "setText", Text("Guest"))
    speech.put(label, "setText", "Name")
    speech.switch("zh_CN")
    assert label.text() == "Name"


def test_painted_children_hear_of_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    middle = QWidget(window)
    painted = Painted(middle)
    speech.switch("zh_CN")
    assert painted.told


def test_qts_own_words_follow(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)

    def words() -> list[str]:
        menu = line.createStandardContextMenu()
        found = [a.text() for a in menu.actions() if a.text()]
        menu.deleteLater()
        return found

    speech.switch("zh_CN")
    assert any("\u4e00" <= c <= "\u9fff" for word in words() for c in word)
    assert line.locale().name() == "zh_CN"
    speech.switch("en")
    assert all(c < "\u4e00" for word in words() for c in word)
