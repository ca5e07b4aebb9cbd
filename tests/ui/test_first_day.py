"""The first day with the program: what works before anybody entered anything."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from PySide6.QtCore import Qt

from crm_desktop.record.text import both
from crm_desktop.store.seat import OUR_HOTEL
from crm_desktop.ui.quick import QuickLine
from tests.ui.lived import PATIENCE


def test_a_booking_can_be_taken_before_anybody_entered_the_hotel(bare: Any, qtbot: Any) -> None:
    bare.keys.run("booking")
    line = bare.findChild(QuickLine)
    line.edit.setText("周六晚 12位 包厢")
    line.edit.typed.emit(line.edit.text())
    qtbot.waitUntil(lambda: bool(line.parts.words()), timeout=PATIENCE)
    qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    sql = "select h.name, b.people from booking as b join hotel as h on h.id = b.hotel_id"

    def taken() -> bool:
        with closing(bare.store.open_reader()) as reader:
            return [(name in both(OUR_HOTEL), people) for name, people in reader.execute(sql).fetchall()] == [(True, 12)]

    qtbot.waitUntil(taken, timeout=PATIENCE)
