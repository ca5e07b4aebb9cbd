from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.record.text import Text
from crm_desktop.ui import speech, theme
from crm_desktop.ui.widgets import Chip, CutLabel, EmptyNote, PlainLabel, button, card, chip_width, paint_chip, tool


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def painted(word: str, tone: str, selected: bool = False, width: int = 120) -> QImage:
    image = QImage(width, 36, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.C["accent_soft"]))
    painter = QPainter(image)
    paint_chip(painter, QRect(0, 0, width, 36), word, tone, theme.small_font(), selected)
    painter.end()
    return image


@pytest.mark.parametrize("tone", ["green", "amber", "red", "grey", "blue", "purple"])
def test_a_chip_has_its_colour(tone: str) -> None:
    assert theme.C[f"{tone}_bg"] in colours(painted("在店", tone))


def test_a_chip_is_seen_on_a_selected_row() -> None:
    assert theme.C["surface"] in colours(painted("预订", "blue", selected=True))


def test_a_chip_without_tone_or_word() -> None:
    assert colours(painted("", "blue")) == {theme.C["accent_soft"]}
    assert theme.C["grey_bg"] not in colours(painted("协议", ""))


def test_a_chip_stays_in_its_box() -> None:
    image = painted("a very long word indeed that does not fit", "red", width=60)
    assert image.pixelColor(59, 2).name() == theme.C["accent_soft"]


def test_a_chip_grows_with_its_word(qtbot: QtBot) -> None:
    chip = Chip(None, Text("Booked"), "blue")
    qtbot.addWidget(chip)
    assert chip.sizeHint().width() == chip_width("Booked", theme.small_font())
    assert chip.accessibleName() == "Booked"
    chip.show_text("VIP", "purple")
    assert chip.sizeHint().width() == chip_width("VIP", theme.small_font())
    chip.show_text("", "grey")
    assert chip.sizeHint().width() == 0


def test_words_are_never_markup(qtbot: QtBot) -> None:
    label = PlainLabel(None, "h2", "<b>bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b>"
    assert label.property("class") == "h2"


def test_a_name_in_a_tooltip_is_never_markup(qtbot: QtBot) -> None:
    name = "Orient <img src='file:///etc/hostname'> & Co"
    label, other = CutLabel(None, "", name), PlainLabel(None)
    for each in (label, other):
        qtbot.addWidget(each)
    label.resize(20, 20)
    label.show()
    qtbot.waitUntil(lambda: label.toolTip() != "")
    speech.put(other, "setToolTip", name)
    for tip in (label.toolTip(), other.toolTip()):
        assert "&lt;img" in tip
        assert "<img" not in tip
    speech.put(other, "setToolTip", "R&D <3")
    assert other.toolTip() == "R&D <3"


def test_a_button_is_pressed_by_its_key_also_after_a_switch_of_language(qtbot: QtBot) -> None:
    window, pressed = QWidget(), list[int]()
    qtbot.addWidget(window)
    made = button(window, Text("Save"), primary=True, icon="save", key="Ctrl+S")
    made.clicked.connect(lambda: pressed.append(1))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for language in ("zh_CN", "en"):
        speech.switch(language)
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1, 1]
    assert made.toolTip() == "Save (Ctrl+S)"


def test_a_tool_has_a_name(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    made = tool(window, "bell", Text("Notices"))
    assert (made.toolTip(), made.accessibleName()) == ("Notices", "Notices")


def test_a_card_follows_the_look(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    frame, _ = card(window)
    QVBoxLayout(window).addWidget(frame)
    window.resize(200, 100)
    window.show()
    for dark, look in ((True, theme.DARK), (False, theme.LIGHT)):
        theme.apply(qapp, dark)
        assert look["surface"] in colours(frame.grab().toImage())


def test_an_empty_place_says_what_would_be_here(qtbot: QtBot) -> None:
    note, acted = EmptyNote(None, "bed", Text("No stays yet"), Text("Import")), list[int]()
    qtbot.addWidget(note)
    note.acted.connect(lambda: acted.append(1))
    note.resize(400, 300)
    note.show()
    QTest.mouseClick(note._step, Qt.MouseButton.LeftButton)
    assert acted == [1]
    note.say(Text("Nothing matches"))
    assert not note._step.isVisible()
    assert theme.C["line2"] in colours(note.grab().toImage())
