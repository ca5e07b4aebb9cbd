"""The pages of the house, reached from the settings and by the palette."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crm_desktop.duties.settings.pages_seat import HOUSE
from tests.samples import HOTEL
from tests.ui.lodge import Lodge


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_every_page_is_one_press_away(lodge: Lodge, spoken: str) -> None:
    lodge.add(HOTEL, name="云栖湖酒店", code="YX")
    window = lodge.open(spoken)
    for key in HOUSE:
        made = lodge.page("settings").findChild(QPushButton, key)
        lodge.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        assert window.stack.currentWidget() is window.page(key)
        assert key not in set(window.rail.keys())


def test_a_room_is_typed_in(lodge: Lodge) -> None:
    only = lodge.add(HOTEL, name="云栖湖酒店", code="YX")
    lodge.open("zh_CN")
    lodge.wait(lambda: lodge.window.seat is not None)
    from crm_desktop.ui import seat

    lodge.wait(lambda: seat.here() is not None)
    form = lodge.page("rooms", new=True).form
    for name, words in (("name", "1702"), ("floor", "17")):
        form.cells[name].editor.setFocus()
        lodge.qtbot.keyClicks(form.cells[name].editor, words)
    lodge.qtbot.keyClick(form.cells["floor"].editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one("select count(*) from room") == 1)
    assert lodge.one("select hotel_id from room") == only
